"""Garments of a list whose pictures are fetched by their links, and cannot be had."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, laptop

ROWS, GO, CARD = "#manygarments .g", "#many-go", "#boardwhole"

LIT = """() => {
  const animate = Element.prototype.animate, lit = window.lit = [];
  Element.prototype.animate = function (...how) {
    lit.push(this.dataset.key);
    return animate.apply(this, how);
  };
}"""


@pytest.fixture
def refused(browser: Browser, app: Server, tmp_path: Path) -> Iterator[Page]:
    """Two garments by links that lead to a private network; they were not sent."""
    listed = tmp_path / "list.csv"
    links = "".join(f"Coat {n},http://127.0.0.1:9/coat{n}.jpg\n" for n in (1, 2))
    listed.write_text(f"name,image\n{links}")
    with laptop(browser, app.url) as page:
        page.get_by_role("button", name="Several garments or models").click()
        expect(page.locator(ROWS)).to_have_count(1, timeout=20_000)
        page.locator("#manyadd input[type=file]").set_input_files(listed)
        expect(page.locator(GO)).to_have_text("Create 2 jobs · 8 pictures", timeout=20_000)
        expect(page.locator(ROWS)).to_have_count(2)
        page.locator(GO).click()
        expect(page.locator(CARD)).to_contain_text("Not sent", timeout=30_000)
        yield page


def test_each_garment_that_cannot_be_had_says_so_in_the_list(refused: Page) -> None:
    expect(refused.locator(f"{ROWS}.bad")).to_have_count(2)
    expect(refused.locator(f"{ROWS} .tag.bad")).to_have_text(["Not taken", "Not taken"])
    expect(refused.locator(f"{ROWS}.bad .gsays").first).to_contain_text("could not be fetched")


def test_the_way_back_to_the_form_is_seen_to_lead_to_the_first_of_them(refused: Page) -> None:
    refused.evaluate(LIT)
    refused.locator(f"{CARD} [data-act=change]:visible").click()
    assert refused.evaluate("lit") == [refused.locator(ROWS).first.get_attribute("data-key")]
    assert refused.locator(ROWS).first.evaluate("(row) => row.contains(document.activeElement)")


def test_on_a_phone_it_comes_into_view_that_nothing_was_sent_and_is_said_once(refused: Page) -> None:
    refused.set_viewport_size({"width": 390, "height": 844})
    refused.locator(GO).scroll_into_view_if_needed()
    refused.locator(GO).click()
    expect(refused.locator(f"{CARD} .notice")).to_be_in_viewport(ratio=1)
    shown = [part for part in refused.get_by_text("Nothing was sent to a vendor").all() if part.is_visible()]
    assert len(shown) == 1


def test_what_to_do_about_all_of_them_is_told_once(refused: Page) -> None:
    said = refused.locator(CARD).inner_text()
    assert said.count("Coat 1") == said.count("Coat 2") == said.count("Open the link in a browser") == 1
