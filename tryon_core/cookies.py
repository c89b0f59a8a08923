"""The jar of a client that keeps no cookies.

A client serves the accounts of all visitors: a vendor's cookie would tie one to another, and cookies that
only become more end in refused requests.
"""

from __future__ import annotations

from http.cookiejar import CookieJar, DefaultCookiePolicy


def no_cookies() -> CookieJar:
    """A jar that takes nothing, whoever sets it."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=[]))
