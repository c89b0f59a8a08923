"""How many pictures a cell of the matrix shows side by side: as many as it is wide for."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import HOUSE

CSS = HOUSE / "assets" / "css"
# A cell with five pictures: what says how many more there are is set as the server sets it.
CELL = """<div style="width: {width}px"><div class="cell"><div class="cin"
  style='--beyond2:"+3";--beyond3:"+2";--beyond4:"+1"'>
  <div class="shot" data-n="1"></div><div class="shot second" data-n="2"></div>
  <div class="shot third" data-n="3"></div><div class="shot third fourth" data-n="4"></div>
  <div class="shot third further" data-n="5"></div><div class="cside"></div></div></div></div>"""
SEEN = """() => [...document.querySelectorAll(".shot")].filter((one) => one.checkVisibility())
  .map((one) => [one.dataset.n, getComputedStyle(one, "::after").content])"""
ROOM = "document.querySelector('.cside').getBoundingClientRect().width"
NO_MORE = "none"
LEAST_PX = 70  # beside the pictures, for the word and the clock


@pytest.mark.parametrize(
    ("screen", "width", "more"),
    [
        (1440, 340, [NO_MORE]),
        (1440, 366, [NO_MORE, '"+3"']),
        (1280, 645, [NO_MORE, NO_MORE, '"+2"']),
        (1440, 773, [NO_MORE, NO_MORE, NO_MORE, '"+1"']),
        (1920, 550, [NO_MORE, '"+3"']),
        (1920, 1115, [NO_MORE, NO_MORE, NO_MORE, '"+1"']),
    ],
)
def test_a_cell_shows_as_many_as_have_room_and_counts_the_others(
    browser: Browser, screen: int, width: int, more: list[str]
) -> None:
    page = browser.new_page(viewport={"width": screen, "height": 900})
    page.set_content(CELL.format(width=width))
    page.add_style_tag(path=CSS / "board.css")
    page.add_style_tag(content="* { box-sizing: border-box }")
    assert page.evaluate(SEEN) == [[str(n), content] for n, content in enumerate(more, 1)]
    assert page.evaluate(ROOM) > LEAST_PX
    page.close()
