"""What is changed, and pressed, while files for the list of garments are still being read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, laptop
from tests.browser.held_calls import UPLOAD, held
from tests.browser.odd_pictures import photo
from tests.browser.test_collection import CELLS

NAMES, GO = "#manygarments .gname", "#many-go"
FILES = "#manyadd input[type=file]"


@pytest.fixture
def rail(browser: Browser, app: Server) -> Iterator[Page]:
    """A list of two garments on one model, of which one picture each is wanted."""
    with laptop(browser, app.url) as page:
        page.get_by_role("button", name="Several garments or models").click()
        page.locator("#count label").first.click()
        page.locator("[data-draft=sample][data-name=Dress]").click()
        expect(page.locator(GO)).to_have_text("Create 2 jobs · 2 pictures", timeout=20_000)
        yield page


def names(page: Page) -> list[str]:
    return [field.input_value() for field in page.locator(NAMES).all()]


def large(folder: Path) -> list[Path]:
    """Photos that take a machine a while to look at."""
    places = [folder / f"coat {n}.png" for n in range(6)]
    for n, place in enumerate(places):
        Image.effect_noise((2400, 2400), 60 + n).save(place, compress_level=0)
    return places


def change(page: Page) -> None:
    page.locator("[data-draft=sample][data-name=Jeans]").click()
    page.locator(NAMES).first.fill("My hoodie")
    page.locator(NAMES).first.press("Enter")
    page.locator("#manylibrary label").nth(1).click()


def test_what_is_changed_before_files_are_there_is_in_the_list_as_well(rail: Page, tmp_path: Path) -> None:
    upload = held(rail, UPLOAD)
    rail.locator(FILES).set_input_files(photo(tmp_path))
    upload.until()
    change(rail)
    expect(rail.locator(NAMES)).to_have_count(3)
    upload.let_go()
    expect(rail.locator(GO)).to_have_text("Create 8 jobs · 8 pictures", timeout=20_000)
    assert names(rail) == ["My hoodie", "Dress", "Jeans", "Red coat"]


def test_what_is_changed_while_files_are_looked_at_is_in_the_list_as_well(rail: Page, tmp_path: Path) -> None:
    with rail.expect_request(re.compile("/queue/join")):
        rail.locator(FILES).set_input_files(large(tmp_path))
    change(rail)
    expect(rail.locator(NAMES)).to_have_count(9, timeout=60_000)
    expect(rail.locator(GO)).to_have_text("Create 18 jobs · 18 pictures", timeout=20_000)
    assert names(rail)[0] == "My hoodie" and "Jeans" in names(rail)


def test_nothing_is_begun_of_another_number_than_the_button_said(rail: Page, tmp_path: Path) -> None:
    upload, said = held(rail, UPLOAD), rail.locator("#saying")
    rail.locator(FILES).set_input_files(photo(tmp_path))
    upload.until()
    rail.locator(GO).click()
    expect(said).to_contain_text("Waiting for your pictures")
    upload.let_go()
    expect(said).to_contain_text("the button says another number", timeout=20_000)
    expect(rail.locator(GO)).to_have_text("Create 3 jobs · 3 pictures")
    assert rail.locator(CELLS).count() == 0
    rail.locator(GO).click()
    expect(rail.locator(CELLS)).to_have_count(3, timeout=20_000)


def test_of_an_archive_pictures_come_first_and_all_that_is_left_out_is_counted(
    rail: Page, tmp_path: Path
) -> None:
    archive, said = tmp_path / "all.zip", rail.locator("#saying")
    with ZipFile(archive, "w") as packed:
        for n in range(12):
            packed.writestr(f"note {n}.txt", "not a picture")
        packed.write(photo(tmp_path), "last/blue coat.png")
    rail.evaluate("window.TryOn.limits.garments = 2")
    rail.locator(FILES).set_input_files(archive)
    expect(said).to_contain_text("At most 2 photos. Left out: note 1.txt", timeout=20_000)
    expect(said).to_contain_text("note 5.txt and 6 more.")
    expect(rail.locator(GO)).to_have_text("Create 3 jobs · 3 pictures", timeout=20_000)
    assert "Blue coat" in names(rail)
