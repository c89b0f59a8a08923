"""Eight pictures in each cell of a matrix: how all of them are reached, and which is chosen is seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser import history
from tests.browser.conftest import Server, laptop
from tests.browser.test_collection import ALL_MADE_MS, CELLS, DROP

EIGHT = 8
SAID = """([more, said]) => {
  const cell = document.querySelector("#boardwhole .cell");
  return getComputedStyle(cell.querySelector(more), "::before").content.replace(/[" ]/g, "") === said;
}"""
WIDE = "#boardwhole .mrow { grid-template-columns: 148px repeat(3, 700px) !important }"  # as of one model
DRAWN_MS = 1000  # the answer to a star is drawn by then
DESKTOP, PHONE = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)
TABS = 12  # more than there are buttons in a cell
# Of all calls, those that choose a picture: which, and whether it is chosen.
STARS = """() => {
  const ask = window.fetch, heard = window.stars = [];
  window.fetch = (input, options) => {
    const told = /"act":"star"/.test(options?.body ?? "") && JSON.parse(options.body).event_data;
    if (told) heard.push([told.n, told.chosen]);
    return ask(input, options);
  };
}"""


@pytest.fixture(scope="module")
def board(browser: Browser, app: Server) -> Iterator[Page]:
    """A page with a garment on three models, each with eight pictures."""
    with laptop(browser, app.url, height=900) as page:
        page.evaluate(DROP, ["hoodie", "tee"])
        expect(page.locator(".glist .g")).to_have_count(2, timeout=20_000)
        page.locator(".glist .goff").last.click()
        expect(page.locator(".glist .g")).to_have_count(1, timeout=20_000)
        for model in (1, 2):
            page.locator("#manylibrary label").nth(model).click()
        page.locator("#count label").last.click()
        expect(page.locator("#many-go")).to_have_text("Create 3 jobs · 24 pictures", timeout=20_000)
        page.locator("#many-go").click()
        expect(page.locator(f"{CELLS}.ok .shot img")).to_have_count(3 * EIGHT, timeout=ALL_MADE_MS)
        yield page


def large(cell: Locator) -> Locator:
    return cell.locator(".shot[data-n]:not(.second, .third)")


def test_all_pictures_of_a_narrow_cell_are_a_press_away(board: Page) -> None:
    cell = board.locator(CELLS).first
    more = cell.get_by_role("button", name="All 8 pictures of My hoodie on James", exact=True)
    seen = cell.locator(".cpick:visible")
    expect(seen).to_have_count(2)
    board.wait_for_function(SAID, arg=[".cmore", "+6"])

    more.click()

    expect(board.locator("dialog.lightbox[open] .lb-thumb")).to_have_count(EIGHT)
    board.keyboard.press("Escape")
    expect(cell).to_be_focused()


def test_a_step_back_from_a_picture_leads_to_its_collection(board: Page) -> None:
    address, opened = board.url, board.locator("dialog.lightbox[open]")
    for closed_by in ("back", "key", "back"):
        board.locator(f"{CELLS} .cmore").first.click()
        expect(opened).to_be_visible()
        board.keyboard.press("ArrowRight")
        if closed_by == "back":
            history.back(board)
        else:
            board.keyboard.press("Escape")
        expect(opened).to_have_count(0)
        expect(board.locator(f"{CELLS}.ok")).to_have_count(3)
        assert board.url == address


def test_all_pictures_of_a_cell_are_reached_by_keys(board: Page) -> None:
    cell = board.locator(CELLS).nth(1)
    cell.focus()
    for _ in range(TABS):
        board.keyboard.press("Tab")
        if cell.locator(".cmore:focus").count():
            break
    board.keyboard.press("Enter")
    expect(board.locator("dialog.lightbox[open] .lb-thumb")).to_have_count(EIGHT)
    board.keyboard.press("Escape")
    expect(cell).to_be_focused()


def test_space_pressed_twice_is_one_pictures_star_and_none(board: Page) -> None:
    cell, chosen = board.locator(CELLS).nth(2), board.locator("#boardwhole .btools [data-filter=chosen]")
    cell.focus()
    for key in ("Enter", "ArrowRight", "ArrowRight", "ArrowRight", "s", "Escape"):
        board.keyboard.press(key)
    expect(chosen).to_have_text("Chosen 1", timeout=20_000)
    expect(large(cell)).to_have_attribute("data-n", "4")  # a chosen one stands first
    expect(cell).to_be_focused()

    board.keyboard.press("Space")
    expect(chosen).to_have_text("Chosen 0", timeout=20_000)
    board.keyboard.press("Space")  # after the answer, by which another one would stand first
    expect(chosen).to_have_text("Chosen 1", timeout=20_000)
    expect(cell.locator(".shot.on")).to_have_attribute("data-n", "4")

    board.evaluate(STARS)
    for _ in range(3):
        board.keyboard.press("Space")
    board.wait_for_function("window.stars.length === 3")
    assert board.evaluate("window.stars") == [[4, False], [4, True], [4, False]]
    expect(chosen).to_have_text("Chosen 0", timeout=20_000)
    expect(cell.locator(".shot.on")).to_have_count(0)


def test_pictures_stay_under_the_finger_that_chooses_one_of_them(board: Page) -> None:
    wide = board.add_style_tag(content=WIDE)
    cell, chosen = board.locator(CELLS).nth(1), board.locator("#boardwhole .btools [data-filter=chosen]")
    expect(large(cell)).to_have_attribute("data-n", "1")
    second = cell.locator(".shot.second")
    for count in (1, 0):
        second.locator(".pick").click()
        expect(chosen).to_have_text(f"Chosen {count}", timeout=20_000)
        board.wait_for_timeout(DRAWN_MS)
        assert large(cell).get_attribute("data-n") == "1" and second.get_attribute("data-n") == "2"
    wide.evaluate("(style) => style.remove()")


def test_which_picture_is_chosen_is_seen_while_another_one_stands_large(board: Page) -> None:
    cell = board.locator(CELLS).first
    sign, thumbs = cell.locator(".cstars"), board.locator("dialog.lightbox[open] .lb-thumb")
    cell.focus()
    for key in ("5", "Space", "1"):
        board.keyboard.press(key)
    expect(board.locator("#boardwhole .btools [data-filter=chosen]")).to_have_text("Chosen 1", timeout=20_000)

    expect(large(cell)).to_have_attribute("data-n", "1")
    small = cell.locator(".cpick:visible")
    expect(small).to_have_count(2)
    expect(cell.locator(".cpick.on:visible")).to_have_attribute("data-shot", "5")
    expect(cell.locator(".cpick.on:visible svg")).to_be_visible()
    cell.press("Enter")  # the one that is large
    expect(thumbs.nth(0)).to_have_attribute("aria-current", "true")
    expect(board.locator("dialog.lightbox[open] .lb-thumb .lb-icon:visible")).to_have_count(1)
    expect(thumbs.nth(4)).to_have_attribute("aria-label", "Picture 5 of 8, Chosen")
    board.keyboard.press("s")
    expect(thumbs.nth(0)).to_have_attribute("aria-label", "Picture 1 of 8, Chosen")
    board.keyboard.press("s")
    board.keyboard.press("Escape")

    board.set_viewport_size(PHONE)  # has room for one picture
    expect(sign).to_have_accessible_name("Chosen: 5. Show it large")
    board.wait_for_function(SAID, arg=[".cmore", "+7"])
    cell.locator(".cmore").click()
    expect(thumbs.nth(4)).to_have_attribute("aria-current", "true")  # a chosen one before others
    board.keyboard.press("Escape")
    sign.click()
    expect(large(cell)).to_have_attribute("data-n", "5")
    expect(sign).to_be_hidden()
    expect(cell).to_be_focused()
    board.set_viewport_size(DESKTOP)
