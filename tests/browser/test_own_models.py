"""Models on own photos in the form of a collection: added once, counted as shown, and there again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import history
from tests.browser.conftest import Server, laptop, to_own_photos
from tests.browser.odd_pictures import photo
from tests.browser.test_collection import ALL_MADE_MS, CELLS, DROP
from tests.browser.test_collection_form import STORE, stored

GO = "#many-go"
PEOPLE = "#manypeople .people li"


@pytest.fixture(scope="module")
def me(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return photo(tmp_path_factory.mktemp("own"), "me.png", "#a53")


@pytest.fixture(scope="module")
def rail(browser: Browser, app: Server) -> Iterator[Page]:
    """A page with two garments on one model of the library, in no collection yet."""
    with laptop(browser, app.url, height=900) as page:
        page.evaluate(DROP, ["tee", "skirt"])
        expect(page.locator(".glist .g")).to_have_count(2, timeout=20_000)
        page.locator("#count label").first.click()
        yield page


def put(page: Page, picture: Path) -> None:
    """Puts a photo in, under My photos."""
    page.locator("#photos input[type=file]").first.set_input_files(picture)
    expect(page.locator("#photothumbs li")).to_have_count(1, timeout=20_000)


def test_a_photo_that_was_not_added_is_not_left_out_without_a_question(rail: Page, tmp_path: Path) -> None:
    asked, tray = rail.locator("#manyask"), rail.locator("#photothumbs li")
    to_own_photos(rail)
    put(rail, photo(tmp_path, "her.png", "#3a5"))
    rail.locator(GO).click()
    expect(asked).to_contain_text("What lies under “My photos” is not added as a model", timeout=20_000)
    asked.locator("[data-draft=no]").click()
    expect(asked).to_be_hidden()
    assert rail.locator(CELLS).count() == 0
    tray.locator(".off").click()
    expect(tray).to_have_count(0, timeout=20_000)


def test_a_model_that_is_in_no_collection_yet_is_there_again_after_a_reload(rail: Page, me: Path) -> None:
    to_own_photos(rail)
    put(rail, me)
    before = rail.evaluate(STORE)
    rail.locator("#addmodel").click()
    expect(rail.locator(PEOPLE)).to_have_count(1, timeout=20_000)
    expect(rail.locator(GO)).to_have_text("Create 4 jobs · 4 pictures", timeout=20_000)
    stored(rail, before)
    history.reload(rail)
    expect(rail.locator(".glist .g")).to_have_count(2, timeout=20_000)
    expect(rail.locator(PEOPLE)).to_have_text(["My model 1"])
    expect(rail.locator(f"{PEOPLE} img")).to_have_count(1)
    expect(rail.locator(GO)).to_have_text("Create 4 jobs · 4 pictures", timeout=20_000)


def test_a_photo_is_a_model_once(rail: Page, me: Path, tmp_path: Path) -> None:
    tray, said = rail.locator("#photothumbs li"), rail.locator("#photosaid")
    to_own_photos(rail)
    expect(tray).to_have_count(0)
    expect(rail.locator("#addmodel")).to_be_hidden()
    same = tmp_path / "same.png"
    same.write_bytes(me.read_bytes())
    put(rail, same)
    rail.locator("#addmodel").click()
    expect(said).to_contain_text("same.png is a model already: My model 1", timeout=20_000)
    expect(rail.locator(PEOPLE)).to_have_count(1)
    tray.locator(".off").click()
    expect(tray).to_have_count(0, timeout=20_000)
    expect(said).not_to_contain_text("already")


def test_models_of_ones_own_push_what_is_below_them_down(rail: Page) -> None:
    rail.set_viewport_size({"width": 1366, "height": 768})
    rail.locator("#mode label").first.click()
    rail.evaluate(DROP.replace("#garment", "#manygarments"), ["hoodie"])
    expect(rail.locator(".glist .g")).to_have_count(3, timeout=20_000)
    models, below = (rail.locator(part).bounding_box() for part in ("#manylibrary", "#howmany"))
    assert models and below and models["y"] + models["height"] <= below["y"]
    rail.locator("#manygarments .goff").last.click()
    expect(rail.locator(".glist .g")).to_have_count(2, timeout=20_000)
    rail.set_viewport_size({"width": 1440, "height": 900})


def test_what_is_added_after_a_reload_is_counted_on_the_models_that_are_shown(rail: Page) -> None:
    rail.locator(GO).click()
    expect(rail.locator(f"{CELLS}.ok img")).to_have_count(4, timeout=ALL_MADE_MS)
    history.reload(rail)
    expect(rail.locator(f"{CELLS}.ok img")).to_have_count(4, timeout=20_000)
    expect(rail.locator(PEOPLE)).to_have_text(["My model 1"], timeout=20_000)
    expect(rail.locator(GO)).to_contain_text("Create again: 4 jobs", timeout=20_000)
    rail.locator("[data-draft=sample][data-name=Dress]").click()
    expect(rail.locator(GO)).to_have_text("Add 2 jobs · 2 pictures", timeout=20_000)
    rail.locator("#manypeople .goff").click()
    expect(rail.locator(GO)).to_have_text("Create 3 jobs · 3 pictures", timeout=20_000)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_the_button_that_makes_a_photo_a_model_is_in_sight_with_it(
    rail: Page, tmp_path: Path, width: int, height: int
) -> None:
    rail.set_viewport_size({"width": width, "height": height})
    to_own_photos(rail)
    if not rail.locator("#photothumbs li").count():
        put(rail, photo(tmp_path, "his.png", "#35a"))
    rail.locator("#photothumbs li").first.scroll_into_view_if_needed()
    button, foot = rail.locator("#addmodel").bounding_box(), rail.locator(GO).bounding_box()
    assert button and foot and button["y"] > 0 and button["y"] + button["height"] <= foot["y"]
