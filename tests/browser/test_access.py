"""The page for everybody: axe finds nothing, nothing scrolls sideways, wide and narrow, light and dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.conftest import Server
from tests.browser.test_main_job import create, worn

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, app: Server, scheme: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(app.url)
    page.locator("#go").wait_for(timeout=20_000)
    page.locator("#mode label").nth(1).click()
    create(page)
    worn(page, 4)
    found: list[str] = []
    for tab in ("Try-on", "Refine", "My jobs"):
        page.get_by_role("tab", name=tab).click()
        page.wait_for_timeout(600)
        violations = Axe().run(page).response["violations"]
        found += [f"{tab}: {v['id']} {v['nodes'][0]['html'][:160]}" for v in violations]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
    assert found == []
