"""The page for everybody: axe finds nothing, nothing scrolls sideways, wide and narrow, light and dark."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import worn


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    finished: Page, scheme: Literal["light", "dark"], width: int
) -> None:
    page = finished
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.reload()
    worn(page, 4)
    page.get_by_role("tab", name="Try-on").click()  # a reload comes back to the tab that was open
    page.locator("#mode label").nth(1).click()
    found: list[str] = []
    for tab in ("Try-on", "Refine", "My jobs"):
        page.get_by_role("tab", name=tab).click()
        page.wait_for_timeout(600)
        violations = Axe().run(page).response["violations"]
        found += [f"{tab}: {v['id']} {v['nodes'][0]['html'][:160]}" for v in violations]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert found == []
