"""Tabs of one browser: each keeps its own place."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import history
from tests.browser.conftest import Server
from tests.browser.test_collection import ALL_MADE_MS, CELLS, DROP

COMES_BACK = "dispatchEvent(new Event('focus'))"
SETTLED_MS = 6_000  # longer than what an address asks for may take to be shown


def collection_of(context: BrowserContext, app: Server, *garments: str) -> Page:
    """A tab with a finished collection of its own."""
    page = context.new_page()
    page.goto(app.url)
    page.locator("#go").wait_for(timeout=20_000)
    page.evaluate(DROP, list(garments))
    expect(page.locator(".glist .g")).to_have_count(len(garments), timeout=20_000)
    page.locator("#count label").first.click()
    expect(page.locator("#many-go")).to_contain_text(f"{len(garments)} pictures", timeout=20_000)
    page.locator("#many-go").click()
    expect(page.locator(f"{CELLS}.ok img")).to_have_count(len(garments), timeout=ALL_MADE_MS)
    expect(page).to_have_url(re.compile("collection="))
    return page


def other_view(page: Page, app: Server) -> None:
    """Begins another collection of the same garments, and waits until it is made."""
    page.goto(app.url)  # a rail comes back: what one garment is created with may never have been seen
    expect(page.locator("#many-go")).to_contain_text("Create again", timeout=20_000)
    before = page.url
    page.locator("#view label").nth(1).click()
    expect(page.locator("#many-go")).to_have_text("Create 2 jobs · 2 pictures", timeout=20_000)
    page.locator("#many-go").click()
    expect(page).not_to_have_url(before, timeout=20_000)
    expect(page.locator(f"{CELLS}.ok img")).to_have_count(2, timeout=ALL_MADE_MS)


def test_a_page_opened_anew_while_the_app_is_busy_keeps_its_address_and_comes_back_to_it(
    context: BrowserContext, app: Server
) -> None:
    mine = collection_of(context, app, "hoodie", "tee")
    other_view(context.new_page(), app)
    address, cells = mine.url, f"{CELLS}.ok img"
    mine.route("**/queue/join*", lambda route: route.fulfill(status=503, json={"detail": "It is busy."}))

    history.reload(mine)
    mine.locator("#go").wait_for(timeout=20_000)
    mine.mouse.click(2, 2)  # beside all that does something
    mine.wait_for_timeout(SETTLED_MS)
    assert mine.url == address and mine.locator(cells).count() == 0
    mine.unroute("**/queue/join*")

    expect(mine.locator(cells)).to_have_count(2, timeout=30_000)
    assert mine.url == address
    mine.wait_for_timeout(SETTLED_MS)
    assert mine.url == address


def test_what_another_tab_adds_to_a_collection_and_that_it_deletes_it_is_seen_on_coming_back(
    context: BrowserContext, app: Server
) -> None:
    mine = collection_of(context, app, "hoodie", "tee")
    other = context.new_page()
    other.goto(mine.url)
    expect(other.locator("#many-go")).to_contain_text("Create again", timeout=20_000)
    other.locator("[data-draft=sample]").first.click()
    expect(other.locator("#many-go")).to_have_text("Add 1 job · 1 picture", timeout=20_000)
    other.locator("#many-go").click()
    expect(other.locator(CELLS)).to_have_count(3, timeout=20_000)

    mine.evaluate(COMES_BACK)
    expect(mine.locator(f"{CELLS}.ok img")).to_have_count(3, timeout=ALL_MADE_MS)

    expect(other.locator(f"{CELLS}.ok img")).to_have_count(3, timeout=ALL_MADE_MS)
    other.locator("#boardwhole [data-board=delete]").click()
    other.locator("[data-answer=alone]").click()
    expect(other.locator(CELLS)).to_have_count(0, timeout=20_000)
    mine.wait_for_timeout(2_000)  # not asked for more often
    mine.evaluate(COMES_BACK)
    expect(mine.locator("#boardwhole")).to_contain_text("Nothing to show at this address", timeout=20_000)
    expect(mine.locator(CELLS)).to_have_count(0)
