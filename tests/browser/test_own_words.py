"""What is on the screen, and what a screen reader says of it: no word of the framework, in no tab."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import QUICK_APP, app_server
from tryon_ui.texts import say

WORD = re.compile("gradio", re.IGNORECASE)
READ = """() => [document.title, document.body.innerText, ...[...document.body.querySelectorAll("*")].flatMap(
  (one) => ["aria-label", "title", "alt", "placeholder"].map((name) => one.getAttribute(name) ?? ""))]"""


def named(page: Page) -> list[str]:
    """What of the page's words names the framework."""
    return [text for text in page.evaluate(READ) if WORD.search(text)]


def test_no_tab_of_the_page_names_the_framework(finished: Page) -> None:
    for tab in (say("page.refine"), say("page.jobs"), say("page.tryon")):
        finished.get_by_role("tab", name=tab).click()
        assert named(finished) == []


def test_the_log_in_does_not_either_and_no_frame_hides_it(browser: Browser, tmp_path: Path) -> None:
    app = app_server(tmp_path, QUICK_APP, TRYON_AUTH="ann:Anns-password").start()
    page = browser.new_page()
    try:
        page.goto(app.url)
        page.locator("input[type=password]").wait_for(timeout=20_000)
        expect(page.locator("#splash")).to_have_count(0, timeout=20_000)
        assert named(page) == [] and page.title() == say("page.title")
    finally:
        page.close()
        app.stop()
