"""A page that is opened anew right after a press: what was begun is seen or told, so nobody buys it twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import held_calls, history
from tests.browser.conftest import Server, laptop
from tests.browser.test_collection import DROP
from tests.browser.test_collection_form import GO, NAMES, STORE, at_rest, made_of, stored
from tests.browser.test_offline import SAYING, STREAM, Streams

LOOK_FIRST = "look there first"
pytestmark = pytest.mark.timeout(300)  # seconds: pages are opened anew, and wait until they are still


@pytest.fixture(scope="module")
def made(browser: Browser, app: Server) -> Iterator[Page]:
    """A page with a collection of two garments on one model."""
    with laptop(browser, app.url, height=900) as page:
        made_of(page, ["tee", "skirt"], 1)
        expect(page.locator(GO)).to_contain_text("Create again: 2 jobs", timeout=20_000)
        yield page


def jobs_of(app: Server) -> int:
    return len(list((Path(app.env["TRYON_DATA_DIR"]) / "jobs").glob("*")))


def opened_anew_unheard(page: Page, app: Server, press: str, jobs: int) -> None:
    """Opens the page anew when the jobs of a press are there, and before it has heard of them."""
    before = jobs_of(app)
    Streams(page.context).until_none(page)
    unheard = held_calls.held(page, f"**{STREAM}*")
    page.locator(press).click()
    for _ in range(400):
        if jobs_of(app) >= before + jobs:
            break
        page.wait_for_timeout(50)
    assert jobs_of(app) == before + jobs
    unheard.holds = lambda _route: False
    history.reload(page)


def asked(page: Page) -> str:
    """Asks for the same again; the button that says yes, when it can be pressed."""
    Streams(page.context).until_none(page)  # what counts anew takes a question away
    page.locator(GO).click()
    yes = page.locator("#manyask [data-draft=yes]")
    expect(yes).to_be_visible(timeout=20_000)
    expect(yes).not_to_have_attribute("aria-disabled", "true", timeout=20_000)
    return "#manyask [data-draft=yes]"


def test_a_yes_that_was_not_heard_of_is_told_and_its_collection_is_the_one_that_is_shown(
    made: Page, app: Server
) -> None:
    before = made.url
    opened_anew_unheard(made, app, asked(made), 2)
    expect(made.locator(SAYING)).to_contain_text(LOOK_FIRST, timeout=20_000)
    expect(made.locator("#boardwhole .cell")).to_have_count(2, timeout=20_000)
    expect(made.locator(GO)).to_contain_text("Create again: 2 jobs", timeout=20_000)
    assert made.url != before and "collection=" in made.url
    at_rest(made)
    history.reload(made)
    expect(made.locator(GO)).to_contain_text("Create again: 2 jobs", timeout=20_000)
    expect(made.locator(f"{SAYING} p")).to_have_count(0)


def test_a_yes_to_what_is_done_in_the_matrix_that_was_not_heard_of_is_told(made: Page, app: Server) -> None:
    before = made.url
    expect(made.locator("#boardwhole .cell.ok")).to_have_count(2, timeout=40_000)
    made.locator("#boardwhole .cell").first.hover()
    made.locator("#boardwhole .cell [data-board=again]").first.click()
    yes = made.locator("#boardask [data-answer=yes]")
    expect(yes).not_to_have_attribute("aria-disabled", "true", timeout=20_000)
    opened_anew_unheard(made, app, "#boardask [data-answer=yes]", 1)
    expect(made.locator(SAYING)).to_contain_text(LOOK_FIRST, timeout=20_000)
    assert made.url == before


def test_a_question_that_nobody_answered_is_not_told_to_have_begun_anything(made: Page) -> None:
    expect(made.locator("#boardwhole .cell.ok")).to_have_count(2, timeout=40_000)
    asked(made)
    history.reload(made)
    expect(made.locator(NAMES)).to_have_count(2, timeout=20_000)
    expect(made.locator(f"{SAYING} p")).to_have_count(0)


def test_a_collection_that_was_not_heard_of_is_known_to_its_form(made: Page, app: Server) -> None:
    made.locator("[data-draft=sample][data-name=Dress]").click()
    expect(made.locator(GO)).to_have_text("Add 1 job · 1 picture", timeout=20_000)
    made.locator("#manywilldo [data-draft=apart]").click()
    expect(made.locator(GO)).to_have_text("Create 3 jobs · 3 pictures", timeout=20_000)
    opened_anew_unheard(made, app, asked(made), 3)
    expect(made.locator(SAYING)).to_contain_text(LOOK_FIRST, timeout=20_000)
    expect(made.locator("#boardwhole .cell")).to_have_count(3, timeout=20_000)
    expect(made.locator(GO)).to_contain_text("Create again: 3 jobs", timeout=20_000)
    expect(made.locator("#manyoffer .manyoffer")).to_have_count(0)


def test_a_double_click_makes_one_link_and_another_press_another(made: Page) -> None:
    made.locator("#boardwhole .btools [data-board=share]").click()
    panel = made.locator("#boardshare .bshare")
    make, links = panel.get_by_role("button", name="Make a link"), panel.locator("li.open")
    for count in (1, 2):
        make.dblclick()
        expect(links).to_have_count(count, timeout=20_000)
        Streams(made.context).until_none(made)
        expect(links).to_have_count(count)
    panel.locator("[data-share=close]").click()


def test_what_was_deleted_is_not_made_again_but_made(made: Page) -> None:
    expect(made.locator("#boardwhole .cell:not(.ok)")).to_have_count(0, timeout=40_000)
    made.locator("#boardwhole .btools [data-board=delete]").click()
    made.locator("#boardask [data-answer=with-jobs]").click()
    expect(made.locator(GO)).to_have_text(re.compile(r"Create \d jobs"), timeout=20_000)
    made.locator("#boardundo [data-act=undo]").click()
    expect(made.locator(GO)).to_contain_text("Create again: ", timeout=20_000)


def test_a_list_that_one_garment_took_the_place_of_comes_back_after_a_reload(
    browser: Browser, app: Server
) -> None:
    with laptop(browser, app.url, height=900) as page:
        page.evaluate(DROP, ["tee", "skirt", "dress"])
        expect(page.locator(NAMES)).to_have_count(3, timeout=20_000)
        page.locator("#manylibrary label").nth(1).click()
        expect(page.locator(GO)).to_contain_text("Create 6 jobs", timeout=20_000)
        before = page.evaluate(STORE)
        page.get_by_role("button", name="Just one garment").click()
        expect(page.locator("#go")).to_be_visible(timeout=20_000)
        stored(page, before)
        history.reload(page)
        expect(page.locator("html.coming-back")).to_have_count(0, timeout=40_000)
        page.get_by_role("button", name="Several garments or models").click()
        expect(page.locator(NAMES)).to_have_count(3, timeout=20_000)
        expect(page.locator(GO)).to_contain_text("Create 6 jobs", timeout=20_000)
