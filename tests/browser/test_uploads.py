"""Pictures on their way into the page: pasted, dropped, chosen by the dozen, or still under way."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Server, create, laptop, one_picture, to_own_photos, unfold, worn
from tests.browser.odd_pictures import dropped, heic, photo

UPLOAD = re.compile(r"/gradio_api/upload(\?|$)")


@pytest.fixture(scope="module")
def open_form(browser: Browser, app: Server) -> Iterator[Page]:
    with laptop(browser, app.url) as page:
        yield page


@pytest.fixture
def untouched(open_form: Page) -> Iterator[Page]:
    """A page on its first tab, shared by the tests that put nothing into its form."""
    open_form.get_by_role("tab", name="Try-on").click()
    yield open_form
    open_form.keyboard.press("Escape")  # a dialog


def pasted(page: Page, selector: str, picture: Path, text: str = "") -> bool:
    """Pastes a picture, and a text as spreadsheets add it, there; whether it was taken from it."""
    place = page.locator(selector).first
    return bool(
        place.evaluate(
            """(place, [name, data, text]) => {
                const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
                const clipboardData = new DataTransfer();
                clipboardData.items.add(new File([bytes], name, { type: "image/png" }));
                if (text) clipboardData.setData("text/plain", text);
                place.focus();
                const event = new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData });
                place.dispatchEvent(event);
                return event.defaultPrevented;
            }""",
            [picture.name, base64.b64encode(picture.read_bytes()).decode(), text],
        )
    )


def uploads_of(page: Page) -> list[str]:
    """Fills as the page uploads something."""
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url) if UPLOAD.search(request.url) else None)
    return seen


def test_what_is_pasted_into_a_text_field_is_that_fields(untouched: Page, tmp_path: Path) -> None:
    page = untouched
    uploads, picture = uploads_of(page), photo(tmp_path, "sheet.png")
    unfold(page, "#more")
    assert not pasted(
        page, "#garmentlink input, #garmentlink textarea", picture, "https://shop.test/coat.jpg"
    )
    page.get_by_role("tab", name="My jobs").click()
    unfold(page, "#pickup")
    assert not pasted(page, "#pickupid input, #pickupid textarea", picture, "task-17")
    page.get_by_role("tab", name="Try-on").click()
    page.locator(".pill").first.click()
    assert not pasted(page, ".keydialog input", picture, "my secret key")
    assert not pasted(page, ".keydialog button", picture)
    page.wait_for_timeout(500)
    assert uploads == []


def test_a_picture_pasted_where_there_is_no_place_for_one_is_not_lost_unsaid(
    untouched: Page, tmp_path: Path
) -> None:
    page = untouched
    page.get_by_role("tab", name="My jobs").click()
    pasted(page, "body", photo(tmp_path))
    expect(page.locator("#saying")).to_contain_text("no place for a picture on this tab")


def test_a_drop_beside_a_well_stays_on_the_page_and_is_said(untouched: Page, tmp_path: Path) -> None:
    page = untouched
    dropped(page, "#library", photo(tmp_path))
    assert page.evaluate("window.leavesThePage") is False
    expect(page.locator("#saying")).to_contain_text("Drop the file on one of the places")


def test_a_picture_dragged_out_of_another_page_is_said(untouched: Page) -> None:
    page = untouched
    page.locator("#garment").evaluate(
        """(place) => {
            const dataTransfer = new DataTransfer();
            dataTransfer.setData("text/uri-list", "https://shop.test/coat.jpg");
            const drop = new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer });
            place.dispatchEvent(drop);
            window.leavesThePage = !drop.defaultPrevented;
        }"""
    )
    assert page.evaluate("window.leavesThePage") is False
    expect(page.locator("#saying")).to_contain_text("cannot be taken out of another page")


def test_of_ten_photos_eight_are_kept_and_two_are_named(page: Page, tmp_path: Path) -> None:
    to_own_photos(page)
    files = [photo(tmp_path, f"me {n}.png", f"#{n}a3") for n in range(10)]
    page.locator("#photos input[type=file]").set_input_files(files)
    expect(page.locator("#photothumbs .photos li")).to_have_count(8, timeout=20_000)
    expect(page.locator("#saying")).to_contain_text("At most 8 photos. Left out: me 8.png, me 9.png")
    page.locator("#photos input[type=file]").set_input_files([photo(tmp_path, "one more.png", "#123")])
    expect(page.locator("#photosaid .said")).to_contain_text("Left out: one more.png", timeout=20_000)
    expect(page.locator("#photothumbs .photos li")).to_have_count(8)


def test_a_file_that_is_too_large_is_named_and_the_good_ones_are_kept(page: Page, tmp_path: Path) -> None:
    to_own_photos(page)
    large = tmp_path / "poster.png"
    large.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(16 * 2**20))
    page.locator("#photos input[type=file]").set_input_files([large, photo(tmp_path, "me.png")])
    expect(page.locator("#saying")).to_contain_text("More than 15 MB, left out: poster.png")
    expect(page.locator("#photothumbs .photos li")).to_have_count(1, timeout=20_000)


def held_back(page: Page) -> list[Route]:
    """The uploads of a page, which go on when the test lets them."""
    held: list[Route] = []
    page.route(UPLOAD, lambda route: held.append(route))
    return held


def until_under_way(page: Page, held: list[Route]) -> Route:
    for _ in range(200):
        if held:
            break
        page.wait_for_timeout(50)
    return held[0]


def test_create_waits_for_photos_that_are_still_on_their_way(page: Page, tmp_path: Path) -> None:
    to_own_photos(page)
    held = held_back(page)
    files = [photo(tmp_path, "me.png"), photo(tmp_path, "you.png", "#3a3")]
    page.locator("#photos input[type=file]").set_input_files(files)
    upload = until_under_way(page, held)
    create(page)
    expect(page.locator("#saying")).to_contain_text("Waiting for your pictures")
    expect(page.locator("#go")).to_have_attribute("aria-busy", "true")
    upload.continue_()
    worn(page, 2)
    expect(page.locator("#jobcard")).to_contain_text("2 pictures")
    expect(page.locator("#jobcard .job-head")).to_contain_text("my photos")
    expect(page.locator("#go")).not_to_have_attribute("aria-busy", "true")


@pytest.fixture(scope="module")
def filled(browser: Browser, app: Server) -> Iterator[Page]:
    """A page that asks for one picture, for tests that put one garment in the place of another."""
    with laptop(browser, app.url) as page:
        one_picture(page)
        yield page


def test_a_picture_pasted_beside_every_field_becomes_the_garment(filled: Page, tmp_path: Path) -> None:
    page = filled
    assert pasted(page, "body", photo(tmp_path, "from clipboard.png"))
    expect(page.locator("#willdo")).to_contain_text("From clipboard on James", timeout=20_000)


def test_after_an_upload_that_failed_the_sample_can_be_chosen_again(filled: Page, tmp_path: Path) -> None:
    page = filled
    page.route(UPLOAD, lambda route: route.abort())
    page.locator("#garment input[type=file]").set_input_files(photo(tmp_path))
    expect(page.locator("#saying")).to_contain_text("The upload did not arrive")
    page.locator("#samples label").first.click()
    expect(page.locator("#garment .image-frame img")).to_be_visible(timeout=20_000)
    create(page)
    expect(page.locator("#jobcard .job-head")).to_contain_text("Hoodie on James", timeout=20_000)
    worn(page, 1)
    page.unroute(UPLOAD)


def test_a_newer_photo_counts_and_not_an_older_link_in_closed_options(filled: Page, tmp_path: Path) -> None:
    page = filled
    unfold(page, "#more")
    link = page.locator("#garmentlink input, #garmentlink textarea").first
    link.fill("https://shop.test/coat.jpg")
    link.blur()
    expect(page.locator("#willdo")).to_contain_text("by link on James", timeout=20_000)
    page.locator("#more button").first.click()
    page.locator("#garment input[type=file]").set_input_files(photo(tmp_path))
    expect(page.locator("#willdo")).to_contain_text("Red coat on James", timeout=20_000)
    create(page)
    expect(page.locator("#jobcard .job-head")).to_contain_text("Red coat on James", timeout=20_000)
    worn(page, 1)


def test_a_garment_that_is_still_on_its_way_is_the_one_that_is_worn(filled: Page, tmp_path: Path) -> None:
    page = filled
    held = held_back(page)
    page.locator("#garment input[type=file]").set_input_files(photo(tmp_path, "late coat.png", "#3a3"))
    upload = until_under_way(page, held)
    create(page)
    expect(page.locator("#saying")).to_contain_text("Waiting for your pictures")
    upload.continue_()
    expect(page.locator("#jobcard .job-head")).to_contain_text("Late coat on James", timeout=20_000)
    worn(page, 1)
    page.unroute(UPLOAD)


def test_a_file_of_no_known_type_is_taken_by_what_is_in_it(filled: Page, tmp_path: Path) -> None:
    page = filled
    dropped(page, "#garment", heic(tmp_path), kind="")
    expect(page.locator("#willdo")).to_contain_text("IMG 0042 on James", timeout=15_000)
    page.locator("#addbottom").click()
    page.locator("#bottom").wait_for()
    dropped(page, "#bottom", photo(tmp_path, "blue jeans.png"), kind="")
    expect(page.locator("#willdo")).to_contain_text("IMG 0042 and blue jeans", timeout=15_000)


def test_of_five_dropped_files_the_others_are_named(filled: Page, tmp_path: Path) -> None:
    page = filled
    files = [photo(tmp_path, f"coat {n}.png", f"#a{n}3") for n in range(1, 6)]
    page.get_by_role("tab", name="Refine").click()
    dropped(page, "#coarse", *files, kind="image/png")  # a place for one picture
    expect(page.locator("#saying")).to_contain_text(
        "Left out: coat 2.png, coat 3.png, coat 4.png, coat 5.png"
    )
    expect(page.locator("#coarse img")).to_have_attribute("src", re.compile("coat"), timeout=20_000)
