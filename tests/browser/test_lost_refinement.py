"""A chosen picture whose refinement comes to nothing: its cell says so, and leads on."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import QUICK_APP, Server, app_server, laptop, sandbox_server
from tests.browser.screenshot_states import fault, fresh
from tests.browser.test_collection import ALL_MADE_MS, CELLS

MADE = "#boardwhole .btotal"
MADE_THERE = 3  # the picture, the refinement whose answer was lost, and the one that was sent again


@pytest.fixture(scope="module")
def vendors(drawn: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = sandbox_server(tmp_path_factory.mktemp("vendors"), "--queue-s", "0.1").start()
    fresh(server)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def cell(browser: Browser, vendors: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Locator]:
    """The chosen cell of a collection of one garment on one model, in an app that buys of these vendors."""
    keys = {"AIDGE_APP_KEY": "sandbox", "AIDGE_APP_SECRET": "sandbox-secret", "AILAB_API_KEY": "sandbox"}
    bases = {"AIDGE_BASE_URL": f"{vendors.url}/rest", "AILAB_BASE_URL": vendors.url}
    app = app_server(tmp_path_factory.mktemp("app"), QUICK_APP, **keys, **bases).start()
    with laptop(browser, app.url, height=900) as page:
        page.get_by_role("button", name="Several garments or models").click()
        page.locator("#count label").first.click()
        expect(page.locator("#many-go")).to_contain_text("1 job · 1 picture", timeout=20_000)
        page.locator("#many-go").click()
        expect(page.locator(f"{CELLS}.ok img")).to_have_count(1, timeout=ALL_MADE_MS)
        page.locator(f"{CELLS} .pick").first.click()
        yield page.locator(CELLS)
    app.stop()


def refine(page: Page) -> None:
    tool = page.locator("#boardwhole .btools [data-board=refine]")
    expect(tool).to_contain_text("Refine 1", timeout=20_000)
    tool.click()
    page.locator("#boardask .primary").click()


def test_a_lost_answer_is_looked_for_and_a_refused_one_made_again(cell: Locator, vendors: Server) -> None:
    page = cell.page
    fault(vendors, "code:ERROR_CONTENT_NON_COMPLIANCE", "ailab.submit")
    refine(page)
    lost = cell.locator(".cmend")
    expect(lost).to_contain_text("Not charged", timeout=20_000)
    expect(page.locator(MADE)).to_contain_text("1 not refined")
    fault(vendors, "drop_after", "ailab.submit")
    lost.get_by_role("button", name="Retry").click()
    lost.get_by_role("button", name="Look again").click(timeout=20_000)
    there = page.locator("#refinecard .job")
    expect(there).to_contain_text("no answer came back", timeout=20_000)
    there.get_by_role("button", name="Send again").click()
    expect(there).to_have_class(re.compile("succeeded"), timeout=ALL_MADE_MS)
    page.get_by_role("tab", name="Try-on").click()
    expect(cell.locator(".shot.made img")).to_be_visible(timeout=20_000)
    expect(page.locator(MADE)).to_contain_text("1 of 1 pictures + 1 refined")
    expect(lost).to_have_count(0)
    assert len(httpx.get(f"{vendors.url}/_sandbox/tasks").json()) == MADE_THERE
