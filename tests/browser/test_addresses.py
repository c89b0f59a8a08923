"""Every tab, job and picture has an address, and the form comes back as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import history
from tests.browser.conftest import Server, create, worn
from tests.browser.test_main_job import photo_of, upload

CHOSEN = "input:checked"


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def is_on(page: Page, name: str) -> None:
    expect(page.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true", timeout=20_000)


def chosen(page: Page, group: str) -> str:
    return str(page.locator(f"{group} {CHOSEN}").evaluate("input => input.value"))


def opened(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    page.locator("#go").wait_for(timeout=20_000)
    return page


@pytest.fixture(scope="module")
def made(browser: Browser, app: Server) -> Iterator[Page]:
    """A page on which a job was made: a tee of the visitor's, on Nora, two pictures, half body."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page = opened(context, app.url)
    page.locator("#library label").filter(has_text="Nora").click()
    page.locator("#count label").nth(1).click()
    page.locator("#view label").nth(1).click()
    expect(page.locator("#willdo")).to_contain_text("Nora", timeout=20_000)
    create(page)
    worn(page, 2)
    expect(page).to_have_url(re.compile(r"\?job=[0-9a-f]{12}$"))
    yield page
    context.close()


def test_tabs_have_addresses_and_back_and_forward_go_through_them(
    context: BrowserContext, app: Server
) -> None:
    page = opened(context, app.url)
    tab(page, "My jobs")
    expect(page).to_have_url(re.compile(r"\?tab=jobs$"))
    tab(page, "Refine")
    expect(page).to_have_url(re.compile(r"\?tab=refine$"))
    history.back(page)
    is_on(page, "My jobs")
    history.back(page)
    is_on(page, "Try-on")
    history.forward(page)
    is_on(page, "My jobs")
    history.reload(page)
    is_on(page, "My jobs")


@pytest.fixture(scope="module")
def again(made: Page) -> Iterator[Page]:
    """Another page of that visitor's, opened at the job's address; each test leaves it with the job."""
    page = opened(made.context, made.url)
    worn(page, 2)
    yield page
    page.close()


def test_a_jobs_address_opens_the_job_with_its_form_on_a_page_of_its_own(again: Page) -> None:
    page = again
    expect(page.locator("#count input:checked")).to_have_value("2", timeout=20_000)
    assert (chosen(page, "#library"), chosen(page, "#view")) == ("Nora", "halfbody")
    expect(page).to_have_title(f"{page.locator('#jobcard h2').inner_text()} · Try-On Studio")


def test_back_closes_a_picture_and_its_address_opens_it(again: Page) -> None:
    page, own = again, again.url
    page.locator("#jobcard .hero img").click()
    expect(page.locator("dialog[open]")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?job=[0-9a-f]{12}&picture=1$"))
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"&picture=2$"))
    address = page.url
    history.back(page)
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page).to_have_url(own)
    page.goto(address)
    expect(page.locator("dialog[open]")).to_be_visible(timeout=15_000)
    expect(page.locator("dialog .lb-count")).to_have_text("2 of 2")
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page).to_have_url(own)


def test_going_back_goes_to_the_job_before(again: Page) -> None:
    page = again
    before = page.url
    page.locator("#count label").first.click()
    expect(page.locator("#go")).to_contain_text("1 picture", timeout=20_000)
    create(page)
    worn(page, 1)
    expect(page).not_to_have_url(before)
    history.back(page)
    worn(page, 2)
    expect(page.locator("#count input:checked")).to_have_value("2", timeout=20_000)
    history.forward(page)
    worn(page, 1)
    history.back(page)
    worn(page, 2)


def test_the_same_garment_goes_on_another_model_and_the_same_model_takes_another(again: Page) -> None:
    page = again
    page.locator("#library label").filter(has_text="Theo").click()
    page.locator("#samples label").filter(has_text="Dress").click()
    expect(page.locator("#willdo")).to_contain_text("Dress on Theo", timeout=20_000)
    page.get_by_role("button", name="Same garment, another model").click()
    expect(page.locator("#willdo")).to_contain_text("Hoodie on Theo", timeout=20_000)
    page.get_by_role("button", name="Same model, another garment").click()
    expect(page.locator("#garment .image-frame img")).to_have_count(0, timeout=20_000)
    assert chosen(page, "#library") == "Nora"


def test_what_is_changed_beside_a_job_is_still_so_after_a_reload(again: Page) -> None:
    page = again
    page.locator("#library label").filter(has_text="Mila").click()
    page.locator("#count label").first.click()
    expect(page.locator("#go")).to_contain_text("1 picture", timeout=20_000)
    page.locator("#samples label").filter(has_text="Dress").click()
    expect(page.locator("#willdo")).to_contain_text("Dress on Mila", timeout=20_000)
    page.wait_for_timeout(600)  # what is kept follows the line
    own = page.url
    history.reload(page)
    worn(page, 2)
    expect(page.locator("#willdo")).to_contain_text("Dress on Mila", timeout=20_000)
    expect(page.locator("#count input:checked")).to_have_value("1")
    expect(page).to_have_url(own)


def test_a_jobs_address_shows_anybody_else_nothing(context: BrowserContext, made: Page) -> None:
    page = opened(context, made.url)
    expect(page.locator("#jobcard")).to_contain_text("made in another browser", timeout=20_000)
    assert "Not sent" not in page.locator("#jobcard").inner_text()
    assert page.locator("#jobcard img").count() == 0 and "Nora" not in page.locator("#jobcard").inner_text()


def test_a_reload_keeps_a_form_with_a_photo_of_the_visitors_own(
    context: BrowserContext, app: Server, tmp_path: Path
) -> None:
    page = opened(context, app.url)
    upload(page, "#garment", photo_of("tee", tmp_path))
    page.get_by_text("More options").click()
    page.locator("#version label").nth(1).click()
    page.locator("#library label").filter(has_text="Zuri").click()
    page.locator(
        "#count label"
    ).first.click()  # the last: what is said of it is said, and kept, with all before
    expect(page.locator("#go")).to_contain_text("Create 1 picture", timeout=20_000)
    expect(page.locator("#willdo")).to_contain_text("My tee on Zuri", timeout=20_000)
    page.wait_for_timeout(600)  # what is kept follows the line
    history.reload(page)
    expect(page.locator("#willdo")).to_contain_text("My tee on Zuri", timeout=15_000)
    expect(page.locator("#garment .image-frame img")).to_be_visible()
    page.get_by_text("More options").click()
    assert [chosen(page, group) for group in ("#library", "#count", "#version")] == ["Zuri", "1", "pro"]
    assert page.locator("#samples input:checked").count() == 0


ASKED = """window.told = []; let allowed = "default";
window.Notification = class { constructor(text) { told.push(text); }
    static get permission() { return allowed; }
    static async requestPermission() { return allowed = "granted"; } };"""
NOTE_TITLES = """window.titles = [];
new MutationObserver(() => titles.push(document.title))
  .observe(document.head, { childList: true, subtree: true });"""


def test_the_windows_title_says_what_runs_and_that_it_is_done_and_who_wants_to_is_told_of_the_end(
    context: BrowserContext, app: Server
) -> None:
    context.add_init_script(ASKED)
    page = opened(context, app.url)
    assert page.title() == "Try-On Studio"
    page.evaluate("Object.defineProperty(document, 'hidden', { get: () => window.away ?? false })")
    page.evaluate(NOTE_TITLES)
    create(page)
    page.get_by_role("button", name="Tell me when it is done").click()
    page.evaluate("window.away = true")
    worn(page, 4)
    expect(page).to_have_title("Done: Hoodie on James")
    assert page.evaluate("told") == ["Done: Hoodie on James"]
    assert re.search(r"^\d of 4 · Hoodie on James$", page.evaluate("titles.join('\\n')"), re.MULTILINE)
    page.evaluate("window.away = false; dispatchEvent(new Event('focus'))")
    expect(page).to_have_title("Hoodie on James · Try-On Studio")
