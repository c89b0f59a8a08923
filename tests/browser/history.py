"""Back, forward and opened anew as by hand: no sooner than the browser itself knows where it is.

A page that goes through addresses of its own is there before the part of the browser that keeps them has
heard of it; a script that goes on at once reloads, or leaves from, the place before. No hand is so quick.
"""

import time
from collections.abc import Callable

from playwright.sync_api import Page, Response

LIMIT_S = 15.0


def back(page: Page) -> None:
    """One step back."""
    _go(page, page.go_back)


def forward(page: Page) -> None:
    """One step forward again."""
    _go(page, page.go_forward)


def reload(page: Page) -> Response | None:
    """The page opened anew where it is."""
    _arrived(page)
    return page.reload()


def _go(page: Page, step: Callable[[], object]) -> None:
    _arrived(page)
    step()
    _arrived(page)


def _arrived(page: Page) -> None:
    """Waits until the browser holds the page to be where the page is."""
    session = page.context.new_cdp_session(page)
    end = time.monotonic() + LIMIT_S
    try:
        while time.monotonic() < end:
            told = session.send("Page.getNavigationHistory")
            if told["entries"][told["currentIndex"]]["url"] == page.evaluate("location.href"):
                return
            page.wait_for_timeout(10)
    finally:
        session.detach()
    raise AssertionError(f"the browser does not know that the page is at {page.url}")
