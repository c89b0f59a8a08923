"""Whether a vendor can fetch what is hosted: the link is asked for from outside, as the vendor will ask.

Only a proof counts. Where this machine gets no answer from its own address, as behind some routers, or a
proxy is just busy, nothing is known, and the job goes on.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Callable
from urllib.parse import urlsplit

from tryon_core.errors import NoPublicAddress, problem
from tryon_core.hosting.fetching import Answer, NotFetched, Web, is_public
from tryon_core.sentences import said

ASK_S = 6.0
TRUSTED_S = 300.0  # how long an address is trusted that was reached, or of which nothing could be learned
PROBE = 1024  # bytes of the picture that prove that it is this one
SPACE = ".hf.space"  # Hugging Face's pages: a Space's own address
_LOGIN = frozenset({401, 403, 407})
_NOT_HERE = frozenset({404, 410})


class Reach:
    """Asks for hosted pictures through the open internet, once in a while for each address."""

    def __init__(self, web: Web, monotonic: Callable[[], float]) -> None:
        self._web = web
        self._monotonic = monotonic
        self._trusted: dict[str, float] = {}
        self._asking = asyncio.Lock()

    async def check(self, link: str, beginning: bytes, setting: str) -> None:
        """Returns when the picture that begins so is to be had by its link, or when that cannot be told.

        `setting` is what the link's address comes from. Raises `NoPublicAddress` when it is certain that the
        vendor would not get it.
        """
        parts = urlsplit(link)
        origin = f"{parts.scheme}://{parts.netloc}"
        async with self._asking:  # of many jobs at once, one asks for all
            if self._trusted.get(origin, 0.0) > self._monotonic():
                return
            if why := await self._why_not(link, parts.hostname or "", beginning):
                raise NoPublicAddress(problem("not_reached", field=setting, why=why))
            self._trusted[origin] = self._monotonic() + TRUSTED_S

    async def _why_not(self, link: str, host: str, beginning: bytes) -> str:
        """What is known to stand between a vendor and the picture."""
        if _is_private(host):
            return said("reach.private", host=host)
        answer = await self._answer(link)
        return "" if answer is None or _is_it(answer, beginning) else _explained(host, answer.status)

    async def _answer(self, link: str) -> Answer | None:
        wanted = {"range": f"bytes=0-{PROBE - 1}"}
        try:
            answer = await self._web.ask(link, limit=PROBE, timeout_s=ASK_S, headers=wanted)
        except NotFetched:
            return None
        return None if answer.status >= 500 or answer.status == 429 else answer


def _is_it(answer: Answer, beginning: bytes) -> bool:
    return answer.status in (200, 206) and answer.body[:PROBE] == beginning[:PROBE]


def _is_private(host: str) -> bool:
    """Whether a host is written as an address that the internet does not know; a name may mean another
    machine from outside."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return not is_public(host)


def _explained(host: str, status: int) -> str:
    if host.endswith(SPACE) and status in _LOGIN | _NOT_HERE:
        return said("reach.private_space")
    if status in _LOGIN:
        return said("reach.login", host=host, status=status)
    if status in _NOT_HERE:
        return said("reach.not_here", host=host, status=status)
    return said("reach.another_site", host=host)
