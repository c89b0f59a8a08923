"""The page under a path prefix, behind a proxy that cuts it and behind one that keeps it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import history
from tests.browser.conftest import (
    QUICK_APP,
    Server,
    app_server,
    create,
    laptop,
    one_picture,
    sandbox_server,
    worn,
)
from tests.browser.odd_pictures import heic
from tests.browser.prefix_proxy import PREFIX, prefix_proxy


@pytest.fixture(scope="module")
def prefixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = app_server(tmp_path_factory.mktemp("prefix"), QUICK_APP, GRADIO_ROOT_PATH=PREFIX).start()
    yield server
    server.stop()


@pytest.mark.parametrize("cuts", [True, False], ids=["cuts it", "keeps it"])
def test_the_whole_page_works_under_a_prefix(
    context: BrowserContext, prefixed: Server, tmp_path: Path, cuts: bool
) -> None:
    with prefix_proxy(prefixed.url, cuts=cuts) as address:
        page = context.new_page()
        missed: list[str] = []
        page.on("response", lambda got: missed.append(got.url) if got.status >= 400 else None)
        page.goto(address)
        page.locator("#go").wait_for(timeout=20_000)
        page.evaluate("document.fonts.load('16px Instrument Sans')")
        assert page.evaluate("document.fonts.check('16px Instrument Sans')")
        page.locator("#garment input[type=file]").first.set_input_files(heic(tmp_path))
        shown = page.locator("#garment .image-frame img[src*=HEIC]")
        expect(shown).to_be_visible(timeout=15_000)
        page.wait_for_function("(image) => image.naturalWidth > 0", arg=shown.element_handle())
        create(page)
        worn(page, 4)
        page.locator("#jobcard button.full").click()
        page.wait_for_function("document.querySelector('.lb-full')?.naturalWidth > 0")
        page.keyboard.press("Escape")
        with page.expect_download(timeout=15_000) as one:
            page.get_by_role("link", name="Download", exact=True).first.click()
        assert Path(one.value.path()).read_bytes().startswith(b"\x89PNG")
        with page.expect_download(timeout=15_000) as everything:
            page.get_by_role("button", name="Download all").click()
        assert Path(everything.value.path()).read_bytes().startswith(b"PK")
        page.get_by_role("button", name="Refine this").click()
        page.locator("#rworn label").first.click()  # nothing tells what the photo shows
        page.locator("#refine-go").click()
        expect(page.locator(".ba img")).to_have_count(2, timeout=30_000)
        page.get_by_role("tab", name="My jobs").click()
        expect(page.locator("#jobrows .jobrow")).to_have_count(2, timeout=20_000)
        history.reload(page)
        worn(page, 4)
        assert missed == []
        page.goto("about:blank")  # its streams end before the proxy does


def choose_counts(page: Page, numbers: Sequence[int]) -> None:
    """Each before the page has read that the stream of the one before has ended."""
    for number in numbers:
        page.locator("#count label").filter(has_text=str(number)).click()
        expect(page.locator("#go")).to_contain_text(f"{number} picture", timeout=20_000)


def test_what_is_asked_for_while_a_stream_is_about_to_end_is_heard(
    context: BrowserContext, prefixed: Server
) -> None:
    with prefix_proxy(prefixed.url, cuts=True, lags=True) as address:
        page = context.new_page()
        page.goto(address)
        page.locator("#go").wait_for(timeout=20_000)
        choose_counts(page, (1, 2, 4))
        create(page)
        worn(page, 4)
        page.goto("about:blank")


def test_what_is_asked_for_is_heard_after_an_upload_that_began_while_a_stream_was_open(
    context: BrowserContext, prefixed: Server, tmp_path: Path
) -> None:
    with prefix_proxy(prefixed.url, cuts=True, lags=True) as address:
        page = context.new_page()
        page.goto(address)
        page.locator("#go").wait_for(timeout=20_000)
        page.locator("#count label").first.click()
        page.locator("#garment input[type=file]").first.set_input_files(heic(tmp_path))
        expect(page.locator("#garment .image-frame img[src*=HEIC]")).to_be_visible(timeout=15_000)
        choose_counts(page, (2, 4, 1))
        page.goto("about:blank")


def test_streams_are_not_to_be_gathered_by_a_proxy(prefixed: Server) -> None:
    with httpx.stream("GET", f"{prefixed.url}/gradio_api/heartbeat/session-of-this-test") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["x-accel-buffering"] == "no"


def test_a_prefix_without_its_last_stroke_leads_to_the_page(prefixed: Server) -> None:
    answer = httpx.get(f"{prefixed.url}{PREFIX}")
    assert answer.is_redirect and answer.headers["location"] == f"{PREFIX}/"


@pytest.fixture(scope="module")
def vendors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("vendors")
    server = sandbox_server(folder, "--queue-s", "0.2", "--per-image-s", "0.2").start()
    yield server
    server.stop()


@pytest.mark.parametrize("cuts", [True, False], ids=["cuts it", "keeps it"])
def test_a_vendor_fetches_the_photos_by_links_under_the_prefix(
    browser: Browser, vendors: Server, tmp_path: Path, cuts: bool
) -> None:
    app = app_server(
        tmp_path,
        GRADIO_ROOT_PATH=PREFIX,
        AIDGE_APP_KEY="sandbox",
        AIDGE_APP_SECRET="sandbox-secret",
        AIDGE_BASE_URL=f"{vendors.url}/rest",
    )
    try:
        with prefix_proxy(app.url, cuts=cuts) as address:
            app.env["TRYON_PUBLIC_URL"] = address.rstrip("/")
            app.start()
            with laptop(browser, address) as page:
                one_picture(page)
                create(page)
                worn(page, 1)
    finally:
        app.stop()
