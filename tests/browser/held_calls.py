"""Calls of a page that go on only when a test lets them, as over a slow line."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page, Route

from tests.browser.page_events import events_of

JOIN = "**/gradio_api/queue/join*"
UPLOAD = re.compile(r"/gradio_api/upload(\?|$)")  # of a well, and of a button
SETTLED_MS = 600  # for what an answer still does on the page


@dataclass
class Held:
    """The calls that wait, in their order. `holds` says of a call whether it is to wait."""

    page: Page
    holds: Callable[[Route], bool]
    calls: list[Route] = field(default_factory=list)

    def take(self, route: Route) -> None:
        if self.holds(route):
            self.calls.append(route)
        else:
            route.continue_()

    def until(self, count: int = 1) -> None:
        """Waits until so many calls wait."""
        for _ in range(200):
            if len(self.calls) >= count:
                return
            self.page.wait_for_timeout(50)
        raise TimeoutError(f"{len(self.calls)} calls of {count}")

    def let_go(self) -> None:
        """Lets all go on that wait, and all that come."""
        self.holds = lambda _route: False
        for route in self.calls:
            route.continue_()
        self.calls.clear()


def held(
    page: Page, pattern: str | re.Pattern[str], holds: Callable[[Route], bool] = lambda _route: True
) -> Held:
    """Holds calls back from now on."""
    made = Held(page, holds)
    page.route(pattern, made.take)
    return made


def event_of(page: Page, element: str, trigger: str) -> Callable[[Route], bool]:
    """Whether a call is that event's; elements are called as in the page."""
    found = {event["id"] for event in events_of(page.evaluate("window.gradio_config"), element, trigger)}
    return lambda route: (route.request.post_data_json or {})["fn_index"] in found
