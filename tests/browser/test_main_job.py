"""The main job as a visitor does it, in a real browser, against the real app in its own process."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser import held_calls, history
from tests.browser.conftest import HOUSE, Server, app_server, create, one_picture, worn

REFINED_LIMIT_MS = 40_000
# How a form that is not back yet looks: its garment, what Create would use, and what Create says.
LOOKS = """() => {
  const style = (id) => getComputedStyle(document.querySelector(id));
  return [style("#wear").opacity, style("#willdo .willdo").opacity, style("#go").color];
}"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app as a user has it, with the sandbox at its usual pace."""
    server = app_server(tmp_path_factory.mktemp("main")).start()
    yield server
    server.stop()


def photo_of(name: str, folder: Path, side: int = 2000) -> Path:
    """A sample garment as a phone would send it: a JPEG of `side` pixels."""
    path = folder / f"my {name}.jpg"
    picture = Image.open(HOUSE / "assets" / "garments" / f"{name}.jpg").convert("RGB")
    picture.resize((side, side), Image.Resampling.LANCZOS).save(path, quality=92)
    return path


def upload(page: Page, where: str, file: Path) -> None:
    page.locator(f"{where} input[type=file]").first.set_input_files(file)
    expect(page.locator(f"{where} .image-frame img")).to_be_visible(timeout=20_000)
    page.wait_for_timeout(500)  # the new picture replaces the one that was there


@dataclass(frozen=True)
class Heard:
    """All that a page asked for, and the errors that it logged."""

    page: Page
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def listen(self) -> None:
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on(
            "console", lambda message: self.said.append(message.text) if message.type == "error" else None
        )


@pytest.fixture(scope="module")
def first_click(browser: Browser, app: Server) -> Iterator[Heard]:
    """A page that was listened to from its first request on, with the job of one click, finished."""
    context = browser.new_context(viewport={"width": 1440, "height": 1068}, reduced_motion="reduce")
    heard = Heard(page := context.new_page())
    heard.listen()
    page.goto(app.url)
    page.locator("#go").wait_for(timeout=20_000)
    create(page)
    expect(page.locator("#jobcard .steps")).to_be_visible()
    worn(page, 4)
    yield heard
    context.close()


@pytest.fixture(scope="module")
def finished(first_click: Heard) -> Page:
    return first_click.page


def test_one_click_on_a_fresh_page_gives_four_pictures(finished: Page) -> None:
    worn(finished, 4)
    widths = finished.locator("#jobcard .hero img").evaluate_all("all => all.map(i => i.naturalWidth)")
    assert widths and widths[0] > 0


def test_the_page_asks_nobody_else_for_anything_and_logs_no_error(first_click: Heard) -> None:
    strangers = [
        url for url in first_click.asked if not url.startswith(("http://127.0.0.1", "data:", "blob:"))
    ]
    assert first_click.asked and strangers == [] and first_click.said == []


def test_a_visitors_own_photo_is_worn_and_a_reload_while_the_job_runs_loses_nothing(
    page: Page, tmp_path: Path
) -> None:
    upload(page, "#garment", photo_of("tee", tmp_path))
    expect(page.locator("#willdo")).to_contain_text("My tee on James", timeout=20_000)
    one_picture(page)
    create(page)
    expect(page.locator("#jobcard .steps")).to_be_visible()
    page.wait_for_timeout(500)
    history.reload(page)
    worn(page, 1)
    expect(page.locator("#jobcard .job-head")).to_contain_text("My tee on James")


def test_what_was_missing_is_not_told_any_more_when_it_was_given(page: Page) -> None:
    missing, card = page.locator("#jobcard .job"), page.locator("#jobcard")
    page.locator("#garment").get_by_role("button", name=re.compile("clear|remove", re.IGNORECASE)).click()
    expect(page.locator("#garment .image-frame img")).to_have_count(0, timeout=20_000)
    create(page)
    expect(missing).to_contain_text("Missing: garment photo", timeout=20_000)
    page.locator("#samples label").nth(1).click()
    expect(card.locator(".empty")).to_be_visible(timeout=20_000)
    expect(missing).not_to_contain_text("Missing")
    page.locator("#mode label").nth(2).click()
    create(page)
    expect(missing).to_contain_text("Missing", timeout=20_000)
    page.locator("#mode label").first.click()
    expect(card.locator(".empty")).to_be_visible(timeout=20_000)


def test_who_leaves_while_a_job_runs_reads_of_no_fault_and_sees_that_the_form_comes_back(page: Page) -> None:
    faults: list[str] = []
    page.on("console", lambda told: faults.append(told.text) if told.type == "error" else None)
    one_picture(page)
    create(page)
    expect(page.locator("#jobcard .steps")).to_be_visible()
    page.wait_for_timeout(500)
    waiting = held_calls.held(page, held_calls.JOIN)
    history.reload(page)
    coming = re.compile(r"\bcoming-back\b")
    expect(page.locator("html")).to_have_class(coming)
    page.locator("#go").wait_for(timeout=20_000)
    assert page.evaluate(LOOKS) == ["0", "0", "rgba(0, 0, 0, 0)"]  # what stands there is not it yet
    page.get_by_role("tab", name="My jobs").click()
    expect(page.locator("#jobrows .coming")).to_be_visible(timeout=20_000)
    waiting.let_go()
    expect(page.locator("#jobrows .jobrow")).to_have_count(1, timeout=20_000)
    expect(page.locator("#jobrows .coming")).to_have_count(0)
    expect(page.locator("html")).not_to_have_class(coming, timeout=20_000)
    assert faults == []


def test_the_picture_is_downloaded_as_the_vendor_served_it(finished: Page) -> None:
    page = finished
    page.get_by_role("tab", name="Try-on").click()
    with page.expect_download(timeout=20_000) as waiting:
        page.get_by_role("button", name="Download", exact=True).or_(
            page.get_by_role("link", name="Download", exact=True)
        ).first.click()
    saved = Image.open(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    assert saved.format == "PNG" and saved.info["Comment"].startswith("sandbox preview")


def test_all_pictures_are_downloaded_as_one_archive_time_and_again(finished: Page) -> None:
    finished.get_by_role("tab", name="Try-on").click()
    for _ in range(2):
        with finished.expect_download(timeout=20_000) as waiting:
            finished.get_by_role("button", name="Download all").click()
        with zipfile.ZipFile(waiting.value.path()) as archive:
            pictures = [name for name in archive.namelist() if name.endswith(".png")]
        assert len(pictures) == 4 and waiting.value.suggested_filename.endswith(".zip")


def test_my_jobs_lists_what_was_made(finished: Page) -> None:
    finished.get_by_role("tab", name="My jobs").click()
    expect(finished.locator("#jobrows .jobrow").first).to_contain_text("Hoodie on James", timeout=20_000)


def test_refine_this_takes_the_picture_along_and_makes_it_better(finished: Page) -> None:
    page = finished
    page.get_by_role("tab", name="Try-on").click()
    page.get_by_role("button", name="Refine this").click()
    expect(page.locator("#refine-go")).to_be_visible(timeout=20_000)
    page.locator("#refine-go").click()
    expect(page.locator(".ba img")).to_have_count(2, timeout=REFINED_LIMIT_MS)


def test_another_picture_to_refine_is_not_shown_beside_the_one_before(finished: Page) -> None:
    finished.get_by_role("tab", name="My jobs").click()
    finished.locator("#jobrows .jobrow", has_text="Refine").last.get_by_role("button", name="Refine").click()
    expect(finished.locator("#refinecard .empty")).to_be_visible(timeout=20_000)
    expect(finished.locator("#coarse img")).to_be_visible()
