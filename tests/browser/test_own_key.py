"""A key of one's own in a real browser: entered used, forgotten, given back. And a full queue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser import axe
from tests.browser.conftest import Server, app_server, sandbox_server
from tryon_ui.concurrency import busy
from tryon_ui.error_boundary import sentence

NAME, SECRET = "sandbox", "sandbox-secret"  # what the vendor's copy takes
LIMIT_MS = 20_000
WORDS = sentence(busy())


@dataclass(frozen=True)
class Container:
    """An app that gives each visitor three pictures a day; its vendors are reached over a socket."""

    app: Server
    vendors: Server

    def pace(self, queue_s: float) -> None:
        timing = {"queue_s": queue_s, "per_image_s": 0.2, "jitter": 0.0}
        httpx.post(f"{self.vendors.url}/_sandbox/timing", json=timing).raise_for_status()

    def submits(self) -> int:
        tasks = httpx.get(f"{self.vendors.url}/_sandbox/tasks").raise_for_status().json()
        return len(tasks["tasks"] if isinstance(tasks, dict) else tasks)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Container]:
    folder = tmp_path_factory.mktemp("own-key")
    vendors = sandbox_server(folder, "--aidge-key", "operator:whisper", "--ailab-key", "murmur").start()
    keys = {"AIDGE_APP_KEY": "operator", "AIDGE_APP_SECRET": "whisper", "AILAB_API_KEY": "murmur"}
    places = {"AIDGE_BASE_URL": f"{vendors.url}/rest", "AILAB_BASE_URL": vendors.url}
    app = app_server(folder, **keys, **places, TRYON_DAILY_PICTURES_PER_VISITOR="3").start()
    yield Container(app, vendors)
    app.stop()
    vendors.stop()


def opened(browser: Browser, house: Container, *, width: int, dark: bool = False) -> Page:
    page = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    ).new_page()
    page.goto(house.app.url)
    page.locator("#go").wait_for(timeout=LIMIT_MS)
    return page


def pill(page: Page, number: int = 0) -> str:
    return page.locator("#topbar button.pill").nth(number).inner_text().replace("\n", " ")


def enter_key(page: Page) -> None:
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Access key name").fill(NAME)
    dialog.get_by_label("Access key secret").fill(SECRET)
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("status")).to_contain_text("Taken", timeout=LIMIT_MS)


def test_a_key_is_used_forgotten_and_given_back_and_is_nowhere_on_the_page(
    browser: Browser, house: Container
) -> None:
    page = opened(browser, house, width=1440)
    carried: list[Request] = []
    page.on(
        "request", lambda request: carried.append(request) if SECRET in (request.post_data or "") else None
    )
    before = house.submits()
    house.pace(9.0)  # time enough to forget the key, on a busy machine too
    page.locator("#count label").nth(1).click()
    page.locator("#topbar button.pill").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_label("Access key name")).to_be_focused()
    assert axe.told(page) == []
    enter_key(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#topbar button.pill").first).to_be_focused()
    expect(page.locator("#willdo")).to_contain_text("Your key: Aidge charges you for 2 pictures.")
    assert "Live · your key" in pill(page) and "your key" not in pill(page, 1) and len(carried) == 1
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert SECRET not in kept + page.content()

    page.locator("#go").click()
    expect(page.locator("#jobcard .steps")).to_be_visible(timeout=LIMIT_MS)
    page.locator("#topbar button.pill").first.click()
    page.get_by_role("button", name="Forget my key").click()
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("forgotten")
    page.keyboard.press("Escape")
    expect(page.locator("#jobcard .notice")).to_contain_text("waits for your Aidge key", timeout=LIMIT_MS)
    page.get_by_role("tab", name="My jobs").click()
    expect(page.locator("#jobrows .state")).to_contain_text("Waits for your key", timeout=LIMIT_MS)

    page.locator("#jobrows").get_by_role("button", name="Enter the key").click()
    enter_key(page)
    page.get_by_role("button", name="Close").click()
    page.get_by_role("tab", name="Try-on").click()
    expect(page.locator("#jobcard .job.succeeded button.slot img")).to_have_count(2, timeout=LIMIT_MS)
    assert house.submits() - before == 1 and len(carried) == 2
    page.context.close()


def test_on_a_phone_in_the_dark_it_is_told_what_is_left_and_a_key_that_is_none_is_refused(
    browser: Browser, house: Container
) -> None:
    page = opened(browser, house, width=390, dark=True)
    house.pace(0.1)
    line = page.locator("#willdo")
    expect(line).to_contain_text("Only 3 pictures left today", timeout=LIMIT_MS)
    page.locator("#count label").first.click()
    expect(line).to_contain_text("Live: Aidge charges for 1 picture. 3 pictures left today.")
    page.locator("#go").click()
    expect(line).to_contain_text("2 pictures left today", timeout=LIMIT_MS)
    page.get_by_role("tab", name="Refine").click()
    expect(page.locator("#rwilldo")).to_contain_text("25 credits. Balance: 100,000 credits. 2 pictures left")

    page.locator("#topbar button.pill").nth(1).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("API key")).to_be_focused()
    dialog.get_by_label("API key").fill("with blanks in it")
    dialog.get_by_role("button", name="Use my key").click()
    expect(dialog.get_by_role("status")).to_contain_text("API key", timeout=LIMIT_MS)
    assert dialog.get_by_label("API key").input_value() == "" and "blanks" not in dialog.inner_text()
    assert axe.told(page) == [] and page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.close()


def test_a_full_queue_is_tried_again_and_then_told_in_plain_words(page: Page) -> None:
    page.clock.install()
    asked: list[str] = []

    def full(route: object) -> None:
        asked.append("join")
        route.fulfill(status=503, json={"detail": WORDS})  # type: ignore[attr-defined]

    page.route("**/queue/join*", full)
    page.locator("#go").click()
    for count in range(1, 5):
        while len(asked) < count:
            page.wait_for_timeout(50)
        page.clock.run_for(4000)
    expect(page.get_by_text(WORDS).first).to_be_visible()
    assert len(asked) >= 4
