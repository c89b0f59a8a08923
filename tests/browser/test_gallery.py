"""My jobs as a gallery: scrolled, searched, starred, deleted and had back, by pointer and by keys."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import history
from tests.browser.conftest import QUICK_APP, Server, app_server, create, from_menu, worn

ROWS = "#jobrows .jobrow"
MANY = 400
MOST_TURNS = 300


@pytest.fixture(scope="module")
def gallery(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """My jobs of a visitor with one job that was made, and four hundred more rows like it in the ledger."""
    folder = tmp_path_factory.mktemp("app")
    server = app_server(folder, QUICK_APP).start()
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(server.url)
    page.locator("#go").wait_for(timeout=20_000)
    page.locator("#count label").first.click()
    expect(page.locator("#go")).to_contain_text("1 picture", timeout=20_000)
    create(page)
    worn(page, 1)
    multiply(folder / "data" / "studio.sqlite", MANY)
    page.get_by_role("tab", name="My jobs").click()
    expect(page.locator("#jobscount")).to_contain_text(str(MANY + 1), timeout=20_000)
    yield page
    context.close()
    server.stop()


def multiply(database: Path, many: int) -> None:
    """Copies the newest job's row, each copy a second older than the one before, so that hardly a midnight
    lies between the first ones; every tenth is a coat's."""
    with sqlite3.connect(database) as connection:
        connection.row_factory = sqlite3.Row
        row = dict(connection.execute("select * from tryon_jobs").fetchone())
        for number in range(1, many + 1):
            copy = {
                **row,
                "id": f"{number:040x}",
                "likeness": f"copy {number}",
                "submitted_at": row["submitted_at"] - number,
                "title": f"Red coat {number} on James" if number % 10 == 0 else f"Tee {number} on James",
                "title_said": None,
            }
            marks = ",".join("?" * len(copy))
            connection.execute(
                f"insert into tryon_jobs ({','.join(copy)}) values ({marks})", [*copy.values()]
            )
    connection.close()


def settled(page: Page) -> None:
    """Waits until the list has been drawn for the last thing that was chosen above it."""
    drawn = "document.querySelector('#jobrows ul.jobs')?.dataset.drawn"
    before = None
    while (now := page.evaluate(drawn)) != before:
        before = now
        page.wait_for_timeout(700)


def test_more_cards_come_as_one_scrolls_and_few_stay_in_the_page(gallery: Page) -> None:
    expect(gallery.locator(ROWS).first).to_contain_text("Hoodie on James")
    last = gallery.locator(ROWS).filter(has_text=f"Tee {MANY - 1} on James")
    for _ in range(MOST_TURNS):  # of the wheel: on a busy machine many find nothing new yet
        gallery.mouse.wheel(0, 4000)
        gallery.wait_for_timeout(100)
        if last.count():
            break
    expect(last).to_be_visible(timeout=20_000)
    assert gallery.locator(ROWS).count() < 350
    for at in (0, 12_000, 3000):  # far jumps: what was emptied on the way comes again
        gallery.evaluate(f"scrollTo(0, {at})")
        gallery.wait_for_timeout(150)
    seen = "[...document.querySelectorAll('#jobrows .jobrow')].some(c => c.getBoundingClientRect().top > 0 &&"
    gallery.wait_for_function(f"{seen} c.getBoundingClientRect().top < innerHeight)", timeout=15_000)
    gallery.evaluate("scrollTo(0, 0)")
    expect(gallery.locator(ROWS).first).to_contain_text("Hoodie on James", timeout=20_000)


def test_on_a_phone_the_other_language_is_in_sight_and_an_opened_job_comes_into_view(gallery: Page) -> None:
    page = gallery.context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(gallery.url)
    expect(page.locator(ROWS).first).to_be_visible(timeout=20_000)
    expect(page.locator("button.tongue:visible")).to_be_in_viewport(ratio=1)
    page.locator(f"{ROWS} h3 button").first.click(timeout=20_000)
    top = "document.querySelector('#now')?.getBoundingClientRect().top"
    page.wait_for_function(f"Math.abs({top}) < 200", timeout=20_000)
    page.wait_for_url("**/?job=*")
    page.goto(page.url.replace("?", "?by=link&"))  # as by a bookmark, and not as after a reload
    page.wait_for_function(f"Math.abs({top}) < 200", timeout=20_000)
    page.close()


def test_jobs_are_found_by_words_and_by_the_star(gallery: Page) -> None:
    gallery.keyboard.press("/")
    gallery.keyboard.insert_text(
        "coat red"
    )  # as one: letter by letter the list may be drawn once more under a click
    expect(gallery.locator(ROWS).first).to_contain_text("Red coat", timeout=20_000)
    expect(gallery.locator("#jobscount")).to_contain_text(f"{MANY // 10} of {MANY + 1}", timeout=20_000)
    settled(gallery)
    gallery.locator(f"{ROWS} .star").nth(1).click()
    expect(gallery.locator(f"{ROWS} .star").nth(1)).to_have_attribute("aria-pressed", "true", timeout=20_000)
    gallery.get_by_label("Starred").check()
    expect(gallery.locator(ROWS)).to_have_count(1, timeout=20_000)
    gallery.locator("#jobssearch :is(input, textarea)").fill("parka")
    expect(gallery.locator("#jobrows")).to_contain_text("Nothing found for “parka”", timeout=20_000)
    gallery.get_by_role("button", name="Show all").click()
    expect(gallery.locator(ROWS).first).to_contain_text("Hoodie on James", timeout=20_000)


def test_a_deleted_job_can_be_had_back_also_after_a_reload(gallery: Page) -> None:
    settled(gallery)
    from_menu(gallery.locator(ROWS).first, "delete")
    expect(gallery.locator("#jobscount")).to_contain_text(str(MANY), timeout=20_000)
    expect(gallery.locator("#jobsundo")).to_contain_text("Hoodie on James deleted.", timeout=20_000)
    expect(gallery.locator(ROWS).first).to_contain_text("Tee 1 on James")
    history.reload(gallery)
    expect(gallery.locator("#jobsundo")).to_contain_text("Hoodie on James deleted.", timeout=20_000)
    undo = gallery.locator("#jobsundo [data-act=undo]")
    undo.dispatch_event("click", {"detail": 2})  # the second of a double click is no second wish
    settled(gallery)
    expect(undo).to_be_visible()
    undo.click()
    expect(gallery.locator(ROWS).first).to_contain_text("Hoodie on James", timeout=20_000)
    expect(gallery.locator("#jobsundo .undo")).to_have_count(0)


def test_what_an_address_names_is_shown_there_when_it_is_had_back(gallery: Page) -> None:
    gallery.locator(f"{ROWS} [data-act=open]").first.click()
    expect(gallery).to_have_url(re.compile("job="))
    named = gallery.url
    gallery.get_by_role("tab", name="My jobs").click()
    settled(gallery)
    from_menu(gallery.locator(ROWS).first, "delete")
    expect(gallery.locator("#jobsundo")).to_contain_text("Hoodie on James deleted.", timeout=20_000)
    gallery.goto(named)
    expect(gallery.locator("#jobcard .job.refused")).to_be_visible(timeout=20_000)
    gallery.get_by_role("tab", name="My jobs").click()
    gallery.locator("#jobsundo [data-act=undo]").click()
    expect(gallery.locator(ROWS).first).to_contain_text("Hoodie on James", timeout=20_000)
    gallery.get_by_role("tab", name="Try-on").click()
    worn(gallery, 1)
    gallery.get_by_role("tab", name="My jobs").click()
    expect(gallery.locator(ROWS).first).to_contain_text("Hoodie on James", timeout=20_000)


def test_an_open_menu_stays_when_the_list_is_drawn_anew(gallery: Page) -> None:
    settled(gallery)
    menu = gallery.locator(ROWS).first.locator("details.menu")
    while menu.get_attribute("open") is None:  # a list that is drawn at this moment takes the click
        menu.locator("summary").click()
    before = gallery.evaluate("document.querySelector('#jobrows ul.jobs').dataset.drawn")
    gallery.evaluate("dispatchEvent(new Event('tryon:back'))")
    gallery.wait_for_function(
        "(before) => document.querySelector('#jobrows ul.jobs')?.dataset.drawn !== before", arg=before
    )
    expect(menu).to_have_attribute("open", "")
    gallery.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")


def test_the_keyboard_goes_through_the_cards_and_acts_on_them(gallery: Page) -> None:
    errors: list[str] = []
    gallery.on("pageerror", lambda error: errors.append(str(error)))
    settled(gallery)
    gallery.locator(ROWS).first.focus()
    gallery.keyboard.press("ArrowRight")
    gallery.keyboard.press("ArrowDown")
    at = "document.activeElement.querySelector('h3').textContent"
    assert gallery.evaluate(at) == "Tee 7 on James"
    gallery.keyboard.press("s")
    star = "document.querySelectorAll('#jobrows .jobrow')[7].querySelector('.star').ariaPressed === 'true'"
    gallery.wait_for_function(star, timeout=20_000)
    search = gallery.locator("#jobssearch :is(input, textarea)")
    search.fill("tee")
    expect(gallery.locator(ROWS).first).to_contain_text("Tee 1 on James", timeout=20_000)
    settled(gallery)
    gallery.locator(ROWS).first.focus()
    gallery.keyboard.press("Delete")
    expect(gallery.locator("#jobsundo")).to_contain_text("Tee 1 on James deleted.", timeout=20_000)
    gallery.keyboard.press("Control+z")
    gallery.wait_for_function(f"{at} === 'Tee 1 on James'", timeout=20_000)
    expect(search).to_have_value("tee")
    search.fill("")
    expect(gallery.locator(ROWS).first).to_contain_text("Hoodie on James", timeout=20_000)
    settled(gallery)
    gallery.locator(ROWS).first.focus()
    gallery.keyboard.press("Enter")
    expect(gallery.locator("dialog[open] .lb-view")).to_be_visible()
    gallery.keyboard.press("Escape")
    expect(gallery.locator("dialog[open]")).to_have_count(0)
    every = "[...document.querySelectorAll('#jobrows :is(button, a, summary, li)')]"
    one_stop = f"{every}.filter(part => part.tabIndex >= 0).length === 1"
    search.focus()
    gallery.wait_for_function(one_stop, timeout=20_000)
    search.fill("tee")  # what is drawn anew while the focus is elsewhere is one stop, too
    expect(gallery.locator(ROWS).first).to_contain_text("Tee 1 on James", timeout=20_000)
    gallery.wait_for_function(one_stop, timeout=20_000)
    search.fill("")
    expect(gallery.locator(ROWS).first).to_contain_text("Hoodie on James", timeout=20_000)
    assert errors == []


def test_the_keys_of_a_card_hold_on_what_is_in_it_too(gallery: Page) -> None:
    settled(gallery)
    cards = gallery.locator(ROWS)
    cards.first.locator("h3 button").focus()
    gallery.keyboard.press("ArrowRight")
    expect(cards.nth(1)).to_be_focused()
    star = cards.nth(1).locator(".star")
    star.focus()
    for pressed in ("true", "false"):
        gallery.keyboard.press("s")
        expect(star).to_have_attribute("aria-pressed", pressed, timeout=20_000)
    settled(gallery)
    cards.nth(1).locator("summary").focus()
    gallery.keyboard.press("Enter")  # a button's own
    expect(cards.nth(1).locator(".menu")).to_have_attribute("open", "")
    gallery.keyboard.press("Escape")
    gallery.keyboard.press("End")
    expect(cards.last).to_be_focused()


def test_what_runs_is_shown_above_gets_its_card_at_its_end_and_leaves_the_keyboard_a_place_when_deleted(
    context: BrowserContext, app: Server
) -> None:
    page = context.new_page()
    page.goto(app.url)
    page.locator("#go").wait_for(timeout=20_000)
    create(page)
    expect(page.locator("#jobcard .steps")).to_be_visible(timeout=20_000)
    page.get_by_role("tab", name="My jobs").click()
    expect(page.locator("#jobsrunning li")).to_have_count(1, timeout=20_000)
    expect(page.locator("#jobsrunning li")).to_contain_text("Hoodie on James")
    expect(page.locator("#jobsrunning li")).to_have_count(0, timeout=40_000)
    expect(page.locator(f"{ROWS}.ok")).to_have_count(1, timeout=20_000)
    page.locator("[data-layout=list]").click()
    history.reload(page)
    expect(page.locator(ROWS)).to_have_count(1, timeout=20_000)
    expect(page.locator("#jobspanel.lines [data-layout=list]")).to_have_attribute("aria-pressed", "true")
    page.locator("[data-layout=grid]").click()
    settled(page)
    page.locator("#jobrows li.jobrow").focus()
    page.keyboard.press("Delete")
    expect(page.locator("#jobrows .nojobs button")).to_be_focused(timeout=20_000)
