"""How many pictures a cell of the matrix shows side by side: as many as it is wide for."""

from __future__ import annotations

from base64 import b64encode

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import HOUSE

CSS = HOUSE / "assets" / "css"
# A cell with five pictures: what says how many more there are is told as the server tells it.
CELL = """<div class="gradio-container"><div style="width: {width}px"><div class="cell"><div class="cin">
  <div class="shot" data-n="1"></div><div class="shot second" data-n="2"></div>
  <div class="shot third" data-n="3"></div><div class="shot third fourth" data-n="4"></div>
  <div class="shot third further" data-n="5"></div>
  <button class="cmore" data-beyond1="4" data-beyond2="3" data-beyond3="2" data-beyond4="1"></button>
  <div class="cside">{small}</div></div></div></div></div>"""
SMALL = '<div class="cpicks"><button class="cpick">1</button><button class="cpick">2</button></div>'
SEEN = """() => [...document.querySelectorAll(".shot")].filter((one) => one.checkVisibility()).length"""
MORE = """() => getComputedStyle(document.querySelector(".cmore"), "::before").content.replace(/[" ]/g, "")"""
ROOM = "document.querySelector('.cside').getBoundingClientRect().width"
LEAST_PX = 70  # beside the pictures, for the word and the clock


# One that is being made, with the room for two pictures taken.
UNDER_WAY = """<div class="gradio-container"><div class="matrix" data-models="{models}"><div class="cell">
  <div class="cin">
  <div class="shot"></div><div class="shot second"></div><div class="cside">
  <div class="cst"><span class="cw"><svg width="16" height="16"></svg><span></span></span>
  <span class="ct">0:12</span></div>
  </div></div></div></div></div>"""
LETTERS = b64encode((HOUSE / "assets" / "fonts" / "instrument-sans-600.woff2").read_bytes()).decode()
FONT = f"""@font-face {{ font-family: Instrument; src: url(data:font/woff2;base64,{LETTERS}) }}
  * {{ box-sizing: border-box }} body {{ font: 600 16px Instrument, sans-serif }}"""
# How far a word is beyond the cell's edge, in a cell of that width.
BEYOND = """([width, words]) => {
  const cell = document.querySelector(".cell"), word = cell.querySelector(".cw > span");
  cell.style.width = `${width}px`;
  cell.querySelector(".cst").className = `cst ${words === "Saved" ? "ok" : "run"}`;
  word.textContent = words;
  return word.checkVisibility() ? word.getBoundingClientRect().right - cell.getBoundingClientRect().right : 0;
}"""


@pytest.mark.parametrize(
    ("screen", "width", "seen", "more"),
    [
        (1440, 340, 1, "+4"),
        (1440, 366, 2, "+3"),
        (1280, 645, 3, "+2"),
        (1440, 773, 4, "+1"),
        (1920, 550, 2, "+3"),
        (1920, 1115, 4, "+1"),
    ],
)
def test_a_cell_shows_as_many_as_have_room_and_counts_the_others(
    browser: Browser, screen: int, width: int, seen: int, more: str
) -> None:
    page = browser.new_page(viewport={"width": screen, "height": 900})
    page.set_content(CELL.format(width=width, small=""))
    page.add_style_tag(path=CSS / "board.css")
    page.add_style_tag(content="* { box-sizing: border-box }")
    assert (page.evaluate(SEEN), page.evaluate(MORE)) == (seen, more)
    assert page.evaluate(ROOM) > LEAST_PX
    page.close()


# As wide as cells of so many models can be on such a screen.
@pytest.mark.parametrize(
    ("screen", "models", "widths"),
    [
        (1366, 3, range(172, 270, 3)),
        (1366, 2, range(330, 360, 3)),
        (1440, 2, range(366, 420, 3)),
        (1700, 3, range(300, 420, 3)),
        (1920, 4, range(220, 300, 3)),
        (1920, 5, range(172, 240, 3)),
        (2560, 4, range(300, 500, 3)),
    ],
)
def test_how_far_a_cell_is_stands_whole_in_cells_of_every_width(
    browser: Browser, screen: int, models: int, widths: range
) -> None:
    page = browser.new_page(viewport={"width": screen, "height": 900})
    page.set_content(UNDER_WAY.format(models=models))
    for name in ("tokens.css", "board.css"):
        page.add_style_tag(path=CSS / name)
    page.add_style_tag(content=FONT)
    page.evaluate("document.fonts.load('600 14px Instrument')")
    for words in ("Generating", "2 of 8", "Saved", "Queued"):
        cut = [width for width in widths if page.evaluate(BEYOND, [width, words]) > 0]
        assert cut == [], words
    page.close()


# One whose picture could not be refined, with and without the small ones.
UNREFINED = """<div class="gradio-container"><div id="board"><div id="boardwhole">
  <div class="{look}" style="--each:1">
  <div class="mrow"><div style="width: {width}px"><div class="cell ok unrefined"><div class="cin">
  <div class="shot"></div><div class="shot blank second words">Not refined</div>
  <div class="cside"><div class="cst bad">
  <span class="cw"><span>Not refined</span></span><span class="ct">1 of 1</span></div>
  <div class="cmend"><div class="cways"><button class="btn"><span>Look again</span></button></div>
  <p class="cwhy">May be charged. Look again.</p></div>{small}<div class="chv"><button class="cdo">
  <span>Open</span></button></div></div></div></div></div></div></div></div></div></div>"""
# Which of them is not whole in the cell, or lies below something else.
COVERED = """() => [".cw > span", ".cways .btn"].filter((name) => {
  const one = document.querySelector(name), cell = document.querySelector(".cell").getBoundingClientRect();
  const { left, right, top, bottom, width } = one.getBoundingClientRect();
  const here = width && left >= cell.left && right <= cell.right && top >= cell.top && bottom <= cell.bottom;
  return !here || !one.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
})"""


@pytest.mark.parametrize("small", ["", SMALL])
@pytest.mark.parametrize(
    ("screen", "look", "width"),
    [
        *((1440, "board", width) for width in (180, 240, 320, 380, 560, 800)),
        *((1920, "board", width) for width in (320, 380, 560, 800)),
        *((screen, "board cards", 210) for screen in (1440, 390)),
        (390, "board", 172),
    ],
)
def test_a_picture_that_was_not_refined_says_so_and_can_be_looked_after_in_cells_of_every_width(
    browser: Browser, screen: int, look: str, width: int, small: str
) -> None:
    page = browser.new_page(viewport={"width": screen, "height": 900})
    page.set_content(UNREFINED.format(look=look, width=width, small=small))
    for name in ("tokens.css", "board.css"):
        page.add_style_tag(path=CSS / name)
    page.add_style_tag(content=f"{FONT} p {{ margin: 0 }} button {{ border: 0 }}")
    assert page.evaluate(COVERED) == []
    page.locator(".shot").first.hover()
    assert page.evaluate(COVERED) == []
    page.close()


@pytest.mark.parametrize(
    ("screen", "width", "more"), [(1440, 250, "+3"), (1440, 340, "+3"), (1440, 200, "+4")]
)
def test_a_narrow_cell_counts_what_is_in_neither_of_its_small_ones(
    browser: Browser, screen: int, width: int, more: str
) -> None:
    page = browser.new_page(viewport={"width": screen, "height": 900})
    page.set_content(CELL.format(width=width, small=SMALL))
    page.add_style_tag(path=CSS / "board.css")
    assert (page.evaluate(SEEN), page.evaluate(MORE)) == (1, more)
    page.close()
