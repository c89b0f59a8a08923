"""A browser whose language is Chinese is shown no English, not of the framework's either, and can have it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import history
from tests.browser.conftest import Server, create, unfold
from tests.ui.reader import foreign
from tryon_ui.language import TAGS

# All that is read or shown, hidden parts too; but for ids, and what says of itself in which language it is.
READ: Final = """() => {
  const all = [], which = NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT;
  const walker = document.createTreeWalker(document.body, which);
  const HIDDEN = "[data-testid=status-tracker], .toast-title-row";
  const shown = ["alt", "title", "aria-label", "placeholder"];
  while (walker.nextNode()) {
    const node = walker.currentNode, text = node.nodeType === Node.TEXT_NODE;
    const at = text ? node.parentElement : node;
    if (at.closest("script, style, noscript, code, #library, [lang]:not(html)")) continue;
    if (at.closest(HIDDEN)?.checkVisibility() === false) continue;  // never shown
    if (text) all.push(node.data);
    else for (const name of shown) all.push(node.getAttribute(name) ?? "");
  }
  return all;
}"""


@pytest.fixture
def chinese(browser: Browser, app: Server) -> Iterator[Page]:
    context = browser.new_context(locale=TAGS["zh"], reduced_motion="reduce")
    page = context.new_page()
    page.goto(app.url)
    expect(page.locator("#go")).to_be_visible(timeout=60_000)
    yield page
    context.close()


def read(page: Page) -> list[str]:
    """What stands on the page now, without the names of models."""
    found: list[str] = page.evaluate(READ)
    models = page.locator("#library label").all_text_contents()
    return [re.sub("|".join(name.strip() for name in models), "", text) for text in found]


def walked(page: Page) -> Iterator[list[str]]:
    """The page in turn: its tabs with all that can be opened, a refusal, a job, and what the panels say."""
    page.locator("#more button").first.click()
    page.locator("#mode label").nth(2).click()
    page.locator("#go").click()
    expect(page.locator("#jobcard .job.refused")).to_be_visible(timeout=30_000)
    yield read(page)
    page.locator("#mode label").first.click()
    create(page)
    expect(page.locator("#jobcard .job.succeeded")).to_be_visible(timeout=60_000)
    page.locator("#jobcard button.full").first.click()
    page.locator(".lb-failed").wait_for(state="attached")
    yield read(page)
    page.keyboard.press("Escape")
    page.get_by_role("tab").nth(1).click()
    expect(page.locator("#refine-go")).to_be_visible()
    yield read(page)
    page.get_by_role("tab").nth(2).click()
    expect(page.locator("#jobrows .jobrow")).to_have_count(1, timeout=30_000)
    unfold(page, "#pickup")
    page.locator("#pickupid :is(input, textarea)").fill("这里 没有")
    page.locator("#pickupgo").click()
    expect(page.locator(".toast-body")).to_be_visible(timeout=30_000)
    page.locator("#topbar button.pill").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    yield read(page)
    page.keyboard.press("Escape")


def test_a_chinese_browser_reads_no_english_until_it_is_asked_for(chinese: Page) -> None:
    page, switch = chinese, chinese.locator("#topbar button.tongue")
    for number, found in enumerate(walked(page)):
        assert (number, foreign("zh", found)) == (number, set())
    expect(page.locator("html")).to_have_attribute("lang", TAGS["zh"])

    switch.click()

    expect(switch).to_have_text("中文", timeout=60_000)
    history.reload(page)
    expect(page.locator("html")).to_have_attribute("lang", TAGS["en"], timeout=60_000)
    expect(page.locator("#jobrows .jobrow")).to_have_count(1, timeout=30_000)
    assert foreign("en", read(page)) == set()
