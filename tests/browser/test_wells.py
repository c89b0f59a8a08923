"""Whatever file is put into a place for a picture: words there, and a form that goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, create, laptop, one_picture, to_own_photos, worn
from tests.browser.odd_pictures import broken, heic, photo

WELLS = {"#garment": "#wearsaid", "#bottom": "#wearsaid", "#coarse": "#rsaid", "#person": "#rsaid"}
WELLS |= {"#rtop": "#rsaid", "#rbottom": "#rsaid"}


QUIET, BRIGHT = re.compile("secondary"), re.compile("primary")  # of a main button


def put(page: Page, well: str, *files: Path) -> None:
    page.locator(f"{well} input[type=file]").first.set_input_files(list(files))


def opened(page: Page, well: str) -> None:
    """Shows the well."""
    if well == "#bottom":
        page.locator("#addbottom").click()
    elif well != "#garment":
        page.get_by_role("tab", name="Refine").click()
    page.locator(well).wait_for()


@pytest.fixture(scope="module")
def form(browser: Browser, app: Server) -> Iterator[Page]:
    """A page on which each well is filled in its turn, and that asks for one picture."""
    with laptop(browser, app.url) as page:
        one_picture(page)
        yield page


def shown(page: Page, job: str) -> None:
    """Waits until the card is that job's, and not the one's before it."""
    expect(page.locator("#jobcard .job-head")).to_contain_text(job, timeout=20_000)


def test_a_file_that_is_no_picture_is_refused_at_the_well_and_the_next_one_is_worn(
    form: Page, tmp_path: Path
) -> None:
    page = form
    said, line, go = page.locator("#wearsaid .said li"), page.locator("#willdo"), page.locator("#go")
    for kind in ("text", "page", "empty", "jpeg xl", "cut", "huge"):
        put(page, "#garment", broken(tmp_path, kind))
        expect(said).to_contain_text("Garment: found", timeout=15_000)
        expect(said).to_contain_text("Allowed: a picture (")
        expect(page.locator(".toast-body")).to_have_count(0)
        expect(page.locator("#garment .image-frame img")).to_have_count(0)
        expect(page.locator("#samples input:checked")).to_have_count(0)
        expect(line).to_contain_text("Missing: garment photo")
        expect(go).to_have_class(QUIET)
        page.locator("#samples label").first.click()  # the sample that was there before
        expect(page.locator("#garment .image-frame img")).to_be_visible()
        expect(said).to_have_count(0)
    put(page, "#garment", photo(tmp_path))
    expect(go).to_have_class(BRIGHT)
    expect(line).to_contain_text("Red coat on James", timeout=20_000)
    create(page)
    shown(page, "Red coat on James")
    worn(page, 1)


def test_a_photo_of_an_iphone_is_worn_and_compared(form: Page, tmp_path: Path) -> None:
    page = form
    put(page, "#garment", heic(tmp_path))
    expect(page.locator("#garment .image-frame img[src*=HEIC]")).to_be_visible(timeout=15_000)
    create(page)
    shown(page, "IMG 0042 on James")
    worn(page, 1)
    page.get_by_role("button", name="Compare").click()
    compared = page.locator(".compare figure img").first
    page.wait_for_function("(image) => image.naturalWidth > 0", arg=compared.element_handle())


def test_own_photos_that_are_none_are_left_out_by_name_and_the_others_kept(
    form: Page, tmp_path: Path
) -> None:
    page = form
    to_own_photos(page)
    put(page, "#photos", photo(tmp_path, "me.png"), broken(tmp_path, "text"), heic(tmp_path))
    expect(page.locator("#photothumbs .photos li")).to_have_count(2, timeout=15_000)
    expect(page.locator("#photosaid .said")).to_contain_text("text photo.jpg was left out")
    for thumb in page.locator("#photothumbs img").all():
        page.wait_for_function("(image) => image.naturalWidth > 0", arg=thumb.element_handle())
    create(page)
    shown(page, "my photos")
    worn(page, 2)
    page.locator("#mode label").first.click()
    expect(page.locator("#willdo")).to_contain_text("on James", timeout=20_000)


def test_an_upload_that_was_cleared_away_is_said_and_every_part_goes_on(
    form: Page, app: Server, tmp_path: Path
) -> None:
    page = form
    put(page, "#garment", photo(tmp_path))
    expect(page.locator("#willdo")).to_contain_text("Red coat on James", timeout=20_000)
    cache = Path(app.env["GRADIO_TEMP_DIR"])
    gone = max(cache.glob("tryon-*/red coat.png"), key=lambda file: file.stat().st_mtime)
    gone.unlink()
    page.locator("#library label").nth(1).click()
    expect(page.locator("#willdo")).to_contain_text("Red coat on Ariel", timeout=20_000)
    create(page)
    expect(page.locator("#jobcard .notice")).to_contain_text("not here any more", timeout=20_000)
    page.locator("#samples label").first.click()
    expect(page.locator("#willdo")).to_contain_text("Hoodie on Ariel", timeout=20_000)
    create(page)
    worn(page, 1)


def test_the_way_to_several_is_open_while_there_is_no_garment_and_so_is_the_way_back(
    form: Page, tmp_path: Path
) -> None:
    page = form
    put(page, "#garment", broken(tmp_path, "text"))
    expect(page.locator("#willdo")).to_contain_text("Missing: garment photo", timeout=15_000)
    page.get_by_role("button", name="Several garments or models").click()
    expect(page.locator("#manygarments .gmore")).to_be_visible(timeout=15_000)
    assert page.locator("#manygarments .g").count() == 0
    expect(page.locator("#many-go")).to_have_class(QUIET)
    expect(page.locator("#manywilldo")).to_contain_text("Missing: garments. Add at least one garment")
    page.get_by_role("button", name="Just one garment").click()
    expect(page.locator("#garment")).to_be_visible(timeout=15_000)
    page.locator("#samples label").first.click()
    expect(page.locator("#go")).to_have_class(BRIGHT)


def test_what_is_said_of_a_file_pushes_nothing_beneath_the_button(form: Page, tmp_path: Path) -> None:
    page, usual = form, form.viewport_size
    assert usual
    page.set_viewport_size({"width": 1366, "height": 768})
    put(page, "#garment", broken(tmp_path, "cut"))
    expect(page.locator("#willdo")).to_contain_text("Missing: garment photo", timeout=15_000)
    expect(page.locator("#wearsaid .said li")).to_be_visible()
    more, foot = page.locator("#more").bounding_box(), page.locator("#cta").bounding_box()
    assert more and foot and more["y"] + more["height"] <= foot["y"]
    page.set_viewport_size(usual)
    page.locator("#samples label").first.click()
    expect(page.locator("#go")).to_have_class(BRIGHT)


@pytest.mark.parametrize("well", WELLS)
def test_every_well_takes_every_file(form: Page, tmp_path: Path, well: str) -> None:
    page = form
    opened(page, well)
    for kind, words in (("text", "found something that is not a picture"), ("huge", "found far too many")):
        put(page, well, broken(tmp_path, kind))
        expect(page.locator(f"{WELLS[well]} .said li")).to_contain_text(words, timeout=15_000)
    go = page.locator("#refine-go" if WELLS[well] == "#rsaid" else "#go")
    expect(go).to_have_class(BRIGHT if well.endswith("bottom") else QUIET)
    put(page, well, heic(tmp_path))
    shown = page.locator(f"{well} .image-frame img[src*=HEIC]")
    expect(shown).to_be_visible(timeout=15_000)
    page.wait_for_function("(image) => image.naturalWidth > 0", arg=shown.element_handle())
    expect(page.locator(f"{WELLS[well]} .said li")).to_have_count(0)
