"""What axe finds on a page, by its rules for WCAG and good practice."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

_RUN = "axe.run({ resultTypes: ['violations'] }).then((found) => found.violations)"


def violations(page: Page) -> list[dict[str, Any]]:
    """As axe tells them. Its script, a third of the time that a look takes, is brought once to a document."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(_RUN)
    return found


def told(page: Page) -> list[str]:
    """Each violation with the first place of its kind."""
    return [f"{one['id']} {one['nodes'][0]['html'][:160]}" for one in violations(page)]
