"""Suits, a sandbox of its own, scripts, and what the page says when something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import (
    HOUSE,
    Server,
    app_server,
    create,
    laptop,
    one_picture,
    sandbox_server,
    worn,
)
from tests.browser.test_collection import CELLS, DROP
from tests.browser.test_main_job import photo_of, upload

HOODIE = HOUSE / "assets" / "garments" / "hoodie.jpg"
COARSE = HOUSE / "assets" / "refine" / "coarse.png"
PERSON = HOUSE / "assets" / "refine" / "person.png"


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Server]]:
    """The app and the sandbox as two processes, talking over sockets."""
    folder = tmp_path_factory.mktemp("pair")
    sandbox = sandbox_server(folder, "--queue-s", "0.2", "--per-image-s", "0.2").start()
    app = app_server(
        folder,
        AIDGE_APP_KEY="sandbox",
        AIDGE_APP_SECRET="sandbox-secret",
        AIDGE_BASE_URL=f"{sandbox.url}/rest",
        AILAB_API_KEY="sandbox",
        AILAB_BASE_URL=sandbox.url,
    ).start()
    yield app, sandbox
    app.stop()
    sandbox.stop()


@pytest.fixture(scope="module")
def pair_page(browser: Browser, pair: tuple[Server, Server]) -> Iterator[Page]:
    """A page of the pair; each test leaves it with another garment than the one before."""
    context = browser.new_context(viewport={"width": 1440, "height": 1068}, reduced_motion="reduce")
    opened = context.new_page()
    opened.goto(pair[0].url)
    opened.locator("#go").wait_for(timeout=20_000)
    yield opened
    context.close()


def size_of(file: Path) -> tuple[int, int]:
    with Image.open(file) as picture:
        return picture.size


def submits(sandbox: Server) -> int:
    return len(httpx.get(f"{sandbox.url}/_sandbox/tasks").json())


def test_a_suit_of_two_photos_is_worn(page: Page, tmp_path: Path) -> None:
    upload(page, "#garment", photo_of("shirt", tmp_path))
    page.locator("#addbottom").click()
    upload(page, "#bottom", photo_of("jeans", tmp_path))
    one_picture(page)
    create(page)
    worn(page, 1)


def test_a_lost_answer_is_told_and_nothing_is_sent_twice(
    pair_page: Page, pair: tuple[Server, Server]
) -> None:
    _, sandbox = pair
    before = submits(sandbox)
    fault = [{"on": "aidge.submit", "fault": "drop_after", "times": 1, "after": 0}]
    httpx.post(f"{sandbox.url}/_sandbox/faults", json=fault).raise_for_status()
    create(pair_page)
    notice = pair_page.locator("#jobcard .notice")
    expect(notice).to_contain_text("no answer came back", timeout=15_000)
    expect(notice).to_contain_text("charges nothing")
    pair_page.wait_for_timeout(900)
    assert submits(sandbox) == before + 1


def test_over_sockets_the_result_is_the_same(pair_page: Page) -> None:
    pair_page.locator("#samples label").nth(1).click()
    expect(pair_page.locator("#willdo")).to_contain_text("Shirt on James", timeout=20_000)
    create(pair_page)
    expect(pair_page.locator("#jobcard .job-head")).to_contain_text("Shirt on James", timeout=20_000)
    worn(pair_page, 4)
    pair_page.get_by_role("button", name="Refine this").click()
    expect(pair_page.locator("#refine-go")).to_be_visible(timeout=20_000)
    pair_page.locator("#refine-go").click()
    expect(pair_page.locator(".ba img")).to_have_count(2, timeout=20_000)


def test_a_garment_too_small_is_refused_at_the_well(
    pair_page: Page, pair: tuple[Server, Server], tmp_path: Path
) -> None:
    before = submits(pair[1])
    small = tmp_path / "small.png"
    Image.new("RGB", (149, 400), "white").save(small)
    pair_page.get_by_role("tab", name="Try-on").click()
    pair_page.locator("#garment input[type=file]").first.set_input_files(small)  # it may be gone at once
    said = pair_page.locator("#wearsaid .said li")
    expect(said).to_have_text("Garment: found 149 × 400 pixels. Allowed: sides of at least 150 pixels.")
    expect(pair_page.locator("#garment .image-frame img")).to_have_count(0)
    assert submits(pair[1]) == before


def test_a_failed_cell_says_why_and_is_tried_again_alone(
    pair_page: Page, pair: tuple[Server, Server]
) -> None:
    before = submits(pair[1])
    pair_page.evaluate(DROP, ["shirt", "skirt"])
    expect(pair_page.locator(".glist .g")).to_have_count(2, timeout=20_000)
    pair_page.locator("#count label").first.click()
    expect(pair_page.locator("#many-go")).to_have_text("Create 2 jobs · 2 pictures", timeout=20_000)
    fault = [{"on": "aidge.submit", "fault": "code:707", "times": 1, "after": 0}]
    httpx.post(f"{pair[1].url}/_sandbox/faults", json=fault).raise_for_status()
    pair_page.locator("#many-go").click()
    failed, made = pair_page.locator(f"{CELLS}.bad"), pair_page.locator(f"{CELLS}.ok img")
    expect(failed.locator(".cwhy")).to_contain_text("Not charged", timeout=30_000)
    expect(made).to_have_count(1, timeout=30_000)
    pair_page.locator("#boardwhole [data-filter=failed]").click()
    expect(pair_page.locator("#boardwhole .mrow[data-garment]:visible")).to_have_count(1)
    failed.get_by_role("button", name="Retry").click()
    expect(made).to_have_count(2, timeout=30_000)
    assert submits(pair[1]) == before + 2


def test_a_wrong_key_is_told_with_the_settings_to_look_at(
    browser: Browser, pair: tuple[Server, Server], tmp_path: Path
) -> None:
    app = app_server(
        tmp_path,
        AIDGE_APP_KEY="sandbox",
        AIDGE_APP_SECRET="another",
        AIDGE_BASE_URL=f"{pair[1].url}/rest",
    ).start()
    try:
        with laptop(browser, app.url) as page:
            create(page)
            notice = page.locator("#jobcard .notice")
            expect(notice).to_contain_text("AIDGE_APP_SECRET", timeout=15_000)
            expect(notice).to_contain_text("IncompleteSignature")
    finally:
        app.stop()


@pytest.fixture(scope="module")
def script(pair: tuple[Server, Server]) -> Client:
    return Client(pair[0].url, verbose=False)


def test_a_script_gets_worn_pictures_by_name(script: Client) -> None:
    pictures, job = script.predict(handle_file(str(HOODIE)), count=2, api_name="/tryon")
    assert job["state"] == "succeeded" and job["task_id"]
    assert [size_of(Path(path))[1] for path in pictures] == [1024, 1024]
    assert script.predict(job["id"], api_name="/job")["id"] == job["id"]
    assert job["id"] in [one["id"] for one in script.predict(api_name="/jobs")]


def test_a_script_gets_a_refined_picture_by_name(script: Client) -> None:
    files = [handle_file(str(file)) for file in (PERSON, HOODIE, COARSE)]
    pictures, job = script.predict(*files, "woman", api_name="/refine")
    assert job["state"] == "succeeded"
    assert size_of(Path(pictures[0])) == size_of(COARSE)


def five_megabytes_and_one_byte(folder: Path) -> Path:
    path = folder / "large.png"
    data = COARSE.read_bytes()
    path.write_bytes(data + b"\0" * (5 * 1024 * 1024 + 1 - len(data)))
    return path


Case = tuple[str, Callable[[Client, Path], object], tuple[str, ...]]
CASES: tuple[Case, ...] = (
    (
        "no pictures",
        lambda c, _: c.predict(handle_file(str(HOODIE)), count=0, api_name="/tryon"),
        ("0", "1 to 8"),
    ),
    (
        "nine pictures",
        lambda c, _: c.predict(handle_file(str(HOODIE)), count=9, api_name="/tryon"),
        ("9", "1 to 8"),
    ),
    (
        "nine model photos",
        lambda c, _: c.predict(
            handle_file(str(HOODIE)), model_photos=[handle_file(str(PERSON))] * 9, api_name="/tryon"
        ),
        ("9 photos", "1 to 8"),
    ),
    (
        "no gender",
        lambda c, _: c.predict(
            handle_file(str(PERSON)),
            handle_file(str(HOODIE)),
            handle_file(str(COARSE)),
            "",
            api_name="/refine",
        ),
        ("ender", "woman, man"),
    ),
    (
        "5 MB and a byte",
        lambda c, folder: c.predict(
            handle_file(str(PERSON)),
            handle_file(str(HOODIE)),
            handle_file(str(five_megabytes_and_one_byte(folder))),
            "woman",
            api_name="/refine",
        ),
        ("5 MB",),
    ),
)


@pytest.mark.parametrize(("case", "call", "words"), CASES, ids=[case[0] for case in CASES])
def test_a_broken_rule_names_the_field_and_the_limit_before_anything_is_sent(
    script: Client,
    pair: tuple[Server, Server],
    tmp_path: Path,
    case: str,
    call: Callable[[Client, Path], object],
    words: tuple[str, ...],
) -> None:
    before = submits(pair[1])
    with pytest.raises(AppError) as refused:
        call(script, tmp_path)
    assert [word for word in words if word not in str(refused.value)] == []
    assert submits(pair[1]) == before
