"""The lookbook for browsers, as one shows it: what stands where, on a desk's screen and on a phone's."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.core.collections.export.exports import export
from tryon_core.collections.export.contents import Export
from tryon_core.collections.export.lookbook_html import lookbook_html
from tryon_core.collections.export.lookbook_pages import GarmentPage, pages_of
from tryon_core.collections.export.pdf_places import first_places, further_places, photo_places

MM = 96 / 25.4  # pixels of a style sheet
DESK, PHONE = 1000, 390


def shown(browser: Browser, folder: Path, whole: Export, width: int) -> Page:
    file = folder / "lookbook.html"
    file.write_bytes(b"".join(lookbook_html(whole)))
    page = browser.new_page(viewport={"width": width, "height": 1200})
    page.goto(file.as_uri())
    return page


def boxes(found: Locator) -> list[dict[str, float]]:
    told: list[dict[str, float]] = found.evaluate_all(
        "(all) => all.map((one) => one.getBoundingClientRect().toJSON())"
    )
    return told


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_long_name_keeps_its_column_of_the_index_and_pushes_none_aside(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    whole = export(tmp_path, *[1] * 4)
    first, *others = whole.garments
    long = replace(first, name="Donaudampfschifffahrtsjacke" * 4, article="40-1187-" * 12)
    page = shown(browser, tmp_path, replace(whole, garments=(long, *others)), width)
    entries = page.locator(".idx li")
    widths = [box["width"] for box in boxes(entries)]
    assert len(widths) == 4 and max(widths) - min(widths) < 1
    for entry, box in zip(entries.all(), boxes(entries), strict=True):
        inner = boxes(entry.locator("img, b, span, em"))
        assert all(box["left"] - 1 <= one["left"] and one["right"] <= box["right"] + 1 for one in inner)
        (number,) = boxes(entry.locator("em"))
        assert number["right"] == pytest.approx(box["right"], abs=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_pictures_stand_where_the_pdf_has_them(browser: Browser, tmp_path: Path) -> None:
    whole = export(tmp_path, 1, 2, 3, 4, 5, 6, 7, 8, 10)
    garments = [replace(one, photos=one.photos * (1 + at % 2)) for at, one in enumerate(whole.garments)]
    whole = replace(whole, garments=tuple(garments))
    page = shown(browser, tmp_path, whole, DESK)
    sheets = [one for one in pages_of(whole) if isinstance(one, GarmentPage)]
    for there, sheet in zip(sheets, page.locator(".pg.one").all(), strict=True):
        wanted = (first_places if there.first else further_places)(len(there.pictures))
        wanted += photo_places(there) if there.first else []
        (paper,), photos = boxes(sheet), boxes(sheet.locator("figure.gm"))
        found = boxes(sheet.locator("figure:not(.gm)")) + photos
        assert len(found) == len(wanted)
        assert [(box["left"] - paper["left"]) / MM for box in found] == pytest.approx(
            [box.x for box in wanted], abs=0.2
        )
        for side in ("width", "height"):
            size = [getattr(box, side[0]) for box in wanted]
            assert [box[side] / MM for box in found] == pytest.approx(size, abs=0.2)
        foot, table = boxes(sheet.locator("footer"))[0], boxes(sheet.locator("table"))[0]
        assert max(box["bottom"] for box in (*found, table)) < foot["top"]
    page.close()


def test_on_a_phone_pictures_and_numbers_are_whole(browser: Browser, tmp_path: Path) -> None:
    page = shown(browser, tmp_path, export(tmp_path, 1, 13), PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    for sheet in page.locator(".pg.one").all():
        small = boxes(sheet.locator(".rest figure"))
        assert all(abs(one["width"] - other["width"]) < 1 for one, other in pairwise(small))
    page.close()


def test_a_number_of_two_digits_is_whole_in_its_table(browser: Browser, tmp_path: Path) -> None:
    page = shown(browser, tmp_path, export(tmp_path, 13), DESK)
    last = page.locator("td:first-child", has_text="13")
    inner = "(cell) => cell.clientWidth - parseFloat(getComputedStyle(cell).paddingRight)"
    written = """(cell) => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        return range.getBoundingClientRect().width;
    }"""
    assert last.evaluate(written) <= last.evaluate(inner)
    page.close()
