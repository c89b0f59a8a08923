"""What is on the screen, and what a screen reader says of it: no word of the framework, in no tab."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import QUICK_APP, app_server
from tests.browser.own_words import framework_words
from tryon_ui.texts import say


def test_no_tab_of_the_page_has_words_of_the_framework(finished: Page) -> None:
    for tab in (say("page.refine"), say("page.jobs"), say("page.tryon")):
        finished.get_by_role("tab", name=tab).click()
        assert framework_words(finished) == []
    for pill in finished.locator("#topbar button.pill").all():
        pill.click()
        assert framework_words(finished) == []
        finished.keyboard.press("Escape")


def test_the_log_in_does_not_either_and_no_frame_hides_it(browser: Browser, tmp_path: Path) -> None:
    app = app_server(tmp_path, QUICK_APP, TRYON_AUTH="ann:Anns-password").start()
    page = browser.new_page()
    try:
        page.goto(app.url)
        page.locator("input[type=password]").wait_for(timeout=20_000)
        expect(page.locator("#splash")).to_have_count(0, timeout=20_000)
        assert framework_words(page) == [] and page.title() == say("page.title")
    finally:
        page.close()
        app.stop()
