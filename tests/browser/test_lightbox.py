"""The pictures of a job by themselves: every way in, through and out, by mouse, keys and fingers."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, CDPSession, Locator, Page, expect

from tests.browser import axe, history
from tests.browser.conftest import WORN_LIMIT_MS, Server, worn
from tests.browser.own_words import framework_words

NO_FULL_SCREEN = (
    "delete Element.prototype.requestFullscreen; delete Element.prototype.webkitRequestFullscreen;"
)
HEARD = """() => {
  window.heard = [];
  document.addEventListener("tryon:lightbox", ({ detail }) => heard.push([detail.kind, detail.n]));
}"""
# A busy browser is told to step back, and does so later.
LATE_STEPS = """() => {
  const back = history.back.bind(history);
  let asked = 0;
  history.back = () => { asked += 1; };
  window.letStep = () => new Promise((done) => {
    addEventListener("popstate", () => setTimeout(done, 100), { once: true });
    for (; asked; asked -= 1) back();
  });
}"""
SHOWN = "document.querySelector('.lightbox .lb-full')?.naturalWidth > 0"
ZOOM = """() => {
  const box = document.querySelector(".lb-box").getBoundingClientRect();
  return box.width * devicePixelRatio / document.querySelector(".lb-full").naturalWidth;
}"""
UNKNOWN = r"""() => {
  const { dataset } = document.querySelector("#jobcard .job"), told = dataset.lightbox;
  dataset.lightbox = told.replaceAll(/("file":"[^"]+\?v=\w+)"/g, '$1&unknown"');
  return told;
}"""


@pytest.fixture
def card(finished: Page) -> Iterator[Page]:
    """The page with its finished job, at the same size and with nothing opened before and after each test."""
    finished.set_viewport_size({"width": 1440, "height": 900})
    finished.get_by_role("tab", name="Try-on").click()
    yield finished
    finished.evaluate("TryOn.lightbox.close()")


def opened(page: Page, n: int = 1) -> Locator:
    page.evaluate("(n) => TryOn.lightbox.open(document.querySelector('#jobcard .job').dataset.job, n)", n)
    page.wait_for_function(SHOWN)
    return page.locator(".lightbox")


def count(page: Page) -> Locator:
    return page.locator(".lightbox .lb-count")


def test_the_picture_opens_it_by_click_and_by_enter_and_esc_gives_the_focus_back(card: Page) -> None:
    card.evaluate(HEARD)
    card.locator("#jobcard .hero img").click()
    expect(card.locator(".lightbox")).to_be_visible()
    assert card.evaluate("document.querySelector('.lightbox').matches(':modal')")
    card.keyboard.press("Escape")
    expect(card.locator(".lightbox")).to_be_hidden()
    expect(card.locator("#jobcard button.full")).to_be_focused()
    card.keyboard.press("Enter")
    expect(card.locator(".lightbox")).to_be_visible()
    expect(count(card)).to_have_text("1 of 4")
    card.keyboard.press("ArrowRight")
    card.get_by_role("button", name="Close").click()
    expect(card.locator("#jobcard button.full")).to_be_focused()
    expected = [["open", 1], ["close", 1], ["open", 1], ["move", 2], ["close", 2]]
    # A browser tells of the close of a dialog after it has given the focus back.
    card.wait_for_function("heard.length >= 5")
    assert card.evaluate("heard") == expected


def test_it_opens_at_the_picture_that_is_chosen(card: Page) -> None:
    card.locator("#jobcard button.slot").nth(2).click()
    card.locator("#jobcard button.full").click()
    expect(count(card)).to_have_text("3 of 4")
    card.keyboard.press("Escape")
    card.locator("#jobcard button.slot").first.click()


def test_back_closes_it_forward_opens_it_and_a_reload_comes_back_to_its_picture(card: Page) -> None:
    card.locator("#jobcard button.full").click()
    card.keyboard.press("ArrowRight")
    expect(card).to_have_url(re.compile(r"picture=2"))
    history.back(card)
    expect(card.locator(".lightbox")).to_be_hidden()
    history.forward(card)
    expect(count(card)).to_have_text("2 of 4")
    history.reload(card)
    expect(count(card)).to_have_text("2 of 4", timeout=15_000)
    card.keyboard.press("Escape")
    expect(card).not_to_have_url(re.compile("picture="))


def test_opened_again_before_the_step_back_of_its_end_has_come_it_stays_open(card: Page) -> None:
    box, button = card.locator(".lightbox"), card.locator("#jobcard button.full")
    address = card.url
    card.evaluate(LATE_STEPS)
    button.click()
    card.keyboard.press("Escape")
    expect(button).to_be_focused()
    for last in ("Enter", "Enter"):
        card.keyboard.press(last)
        card.keyboard.press("ArrowRight")
        expect(count(card)).to_have_text("2 of 4")
        card.evaluate("letStep()")
        expect(card).to_have_url(re.compile("picture=2"))
        expect(box).to_be_visible()
        card.keyboard.press("Escape")
        expect(box).to_be_hidden()
        expect(button).to_be_focused()
    card.evaluate("letStep()")
    expect(card).to_have_url(address)
    card.evaluate("delete history.back")


def test_keys_arrows_and_small_pictures_move_and_it_ends_at_the_ends(card: Page) -> None:
    box = opened(card)
    for key, at in (("ArrowRight", 2), ("End", 4), ("ArrowRight", 4), ("ArrowLeft", 3), ("Home", 1)):
        card.keyboard.press(key)
        expect(count(card)).to_have_text(f"{at} of 4")
        expect(box.locator("[aria-current]")).to_have_attribute("aria-label", f"Picture {at} of 4")
    expect(box.get_by_role("button", name="Previous picture")).to_have_attribute("aria-disabled", "true")
    box.get_by_role("button", name="Next picture").click()
    expect(box.locator("[aria-live]").first).to_have_text("Picture 2 of 4")
    box.get_by_role("button", name="Picture 4 of 4").click()
    expect(count(card)).to_have_text("4 of 4")
    expect(box.locator(".lb-facts")).to_contain_text("hoodie-james-4.png")


@pytest.mark.parametrize("screen", [1, 2, 3])
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1200), (390, 844)])
def test_by_itself_no_picture_is_larger_than_its_own_pixels(
    card: Page, size: tuple[int, int], screen: int
) -> None:
    session = card.context.new_cdp_session(card)
    metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": screen, "mobile": False}
    session.send("Emulation.setDeviceMetricsOverride", metrics)
    try:
        opened(card)
        zoom = card.evaluate(ZOOM)
        assert 0.3 < zoom <= 1.001
        frame = card.locator(".lb-box").bounding_box()
        assert frame and frame["width"] <= size[0] and frame["height"] <= size[1]
        card.keyboard.press("z")  # asked for: 1:1, or as large as the window takes
        if zoom < 0.995:
            assert card.evaluate(ZOOM) == pytest.approx(1)
        else:
            assert card.evaluate(ZOOM) > 0.995
    finally:
        session.send("Emulation.clearDeviceMetricsOverride")
        session.detach()


def test_the_wheel_and_a_double_click_zoom_and_a_drag_pans(card: Page) -> None:
    box = opened(card)
    frame = box.locator(".lb-box").bounding_box()
    assert frame
    x, y = frame["x"] + frame["width"] / 4, frame["y"] + frame["height"] / 4
    card.mouse.move(x, y)
    card.mouse.wheel(0, -600)
    card.wait_for_function(f"({ZOOM})() > 1.5")
    larger = box.locator(".lb-box").bounding_box()
    assert larger  # what lay under the pointer still does
    assert (x - larger["x"]) / larger["width"] == pytest.approx(0.25, abs=0.01)
    card.mouse.down()
    card.mouse.move(x + 50, y + 40, steps=3)
    card.mouse.up()
    panned = box.locator(".lb-box").bounding_box()
    assert panned and panned["x"] == pytest.approx(larger["x"] + 50, abs=2)
    card.mouse.dblclick(x, y)
    assert card.evaluate(ZOOM) < 1
    card.mouse.dblclick(x, y)
    assert card.evaluate(ZOOM) == pytest.approx(1)
    expect(box.get_by_role("button", name="1:1")).to_have_attribute("aria-pressed", "true")


def test_the_download_is_the_picture_to_the_byte(card: Page) -> None:
    opened(card, 2)
    original = card.evaluate(
        """async () => { const full = document.querySelector(".lb-full").src;
        const digest = await crypto.subtle.digest("SHA-256", await (await fetch(full)).arrayBuffer());
        return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join(""); }"""
    )
    with card.expect_download(timeout=20_000) as waiting:
        card.keyboard.press("d")
    assert hashlib.sha256(Path(waiting.value.path()).read_bytes()).hexdigest() == original
    assert waiting.value.suggested_filename == "hoodie-james-2.png"


def test_a_picture_that_cannot_be_loaded_says_so_and_its_smaller_copy_stays(card: Page) -> None:
    told = card.evaluate(UNKNOWN)  # the browser still holds what it has loaded before
    card.route("**/files/**&unknown", lambda route: route.abort())
    try:
        card.locator("#jobcard button.full").click()
        expect(card.locator(".lb-failed")).to_contain_text("cannot be loaded in its own size")
        card.wait_for_function("document.querySelector('.lb-view').naturalWidth > 0")
    finally:
        card.unroute("**/files/**&unknown")
        card.evaluate("(told) => { document.querySelector('#jobcard .job').dataset.lightbox = told; }", told)


def test_the_presentation_hides_everything_else_and_goes_by_keys_and_by_itself(card: Page) -> None:
    box = opened(card)
    card.keyboard.press("p")
    slides = box.locator(".lb-present")
    expect(slides.locator("img")).to_have_count(5)  # the garment beside its four pictures
    expect(slides.get_by_role("heading")).to_have_text("Hoodie on James")
    assert card.evaluate(
        "[...document.querySelectorAll('.lightbox > *')].every((e) => e.inert || e.offsetWidth == innerWidth)"
    )
    for key, at in (("ArrowRight", 2), (" ", 3), ("PageDown", 4), ("PageUp", 3), ("End", 5), ("Home", 1)):
        card.keyboard.press(key)
        expect(slides.locator("[aria-live]")).to_have_text(f"Slide {at} of 5")
    card.evaluate(
        "window.patient = setInterval; window.setInterval = (does) => { window.turn = does; return 0; }"
    )
    card.keyboard.press("a")
    for at in (2, 3, 4):  # turned by hand: at any pace of a clock, a slow machine would miss slides
        card.evaluate("turn()")
        expect(slides.locator("[aria-live]")).to_have_text(f"Slide {at} of 5")
    card.keyboard.press("a")
    card.evaluate("window.setInterval = patient")
    card.keyboard.press("End")
    expect(slides).not_to_have_class("lb-awake")
    card.keyboard.press("Escape")
    expect(slides).to_be_hidden()
    expect(count(card)).to_have_text("4 of 4")


def test_a_card_of_my_jobs_opens_its_pictures_and_only_known_jobs_open(card: Page) -> None:
    card.get_by_role("tab", name="My jobs").click()
    look = card.locator("#jobrows .look").first
    expect(look).to_be_visible(timeout=20_000)
    look.click()
    expect(count(card)).to_have_text("1 of 4")
    card.keyboard.press("Escape")
    expect(look).to_be_focused()
    assert card.evaluate("TryOn.lightbox.open('no-such-job', 1)") is False
    assert card.evaluate("document.querySelector('.lightbox').open") is False


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_in_it_and_nothing_scrolls_sideways(card: Page, width: int) -> None:
    card.set_viewport_size({"width": width, "height": 844})
    opened(card)
    found, words = axe.told(card), framework_words(card)
    card.keyboard.press("p")
    found += axe.told(card)
    words += framework_words(card)
    card.keyboard.press("Escape")
    assert found + words == []
    assert card.evaluate("document.querySelector('.lightbox').scrollWidth <= innerWidth")


class Fingers:
    """Touches of one or two fingers, as a phone reports them, each 20 ms after the one before by its own
    time: two taps are a double tap however busy the machine is."""

    def __init__(self, session: CDPSession) -> None:
        self._session, self._now = session, time.time()

    def _send(self, kind: str, points: list[tuple[float, float]]) -> None:
        touches = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]
        self._now += 0.02
        said = {"type": kind, "touchPoints": touches, "timestamp": self._now}
        self._session.send("Input.dispatchTouchEvent", said)

    def drag(self, *ways: tuple[tuple[float, float], tuple[float, float]], steps: int = 5) -> None:
        """Each finger from its first place to its second."""
        self._send("touchStart", [begin for begin, _ in ways])
        for step in range(1, steps + 1):
            part = step / steps
            self._send(
                "touchMove", [(a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part) for a, b in ways]
            )
        self._send("touchEnd", [])

    def tap(self, x: float, y: float) -> None:
        self._send("touchStart", [(x, y)])
        self._send("touchEnd", [])


def test_fingers_move_zoom_and_close_it_where_no_element_can_go_full_screen(
    finished: Page, browser: Browser, app: Server
) -> None:
    state = finished.context.storage_state()
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=3, has_touch=True, is_mobile=True,
        storage_state=state, reduced_motion="reduce",
    )  # fmt: skip
    context.add_init_script(NO_FULL_SCREEN)
    page = context.new_page()
    page.goto(app.url)
    worn(page, 4)
    fingers = Fingers(context.new_cdp_session(page))
    box = opened(page)
    assert box.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    for begin, end, at in ((300, 80, 2), (300, 80, 3), (80, 300, 2)):
        fingers.drag(((begin, 350), (end, 352)))
        expect(count(page)).to_have_text(f"{at} of 4")
    page.wait_for_function(SHOWN)
    before = page.evaluate(ZOOM)
    fingers.drag(((180, 350), (80, 250)), ((210, 380), (310, 480)))
    assert page.evaluate(ZOOM) > 2 * before
    where = box.locator(".lb-box").bounding_box()
    fingers.drag(((200, 350), (150, 350)))  # larger than the window: pans, does not move on
    panned = box.locator(".lb-box").bounding_box()
    assert where and panned and panned["x"] < where["x"] - 30
    expect(count(page)).to_have_text("2 of 4")
    fingers.tap(195, 350)
    fingers.tap(195, 350)
    assert page.evaluate(ZOOM) == pytest.approx(before)
    fingers.tap(195, 350)
    fingers.tap(195, 350)
    assert page.evaluate(ZOOM) > before
    fingers.tap(195, 350)
    fingers.tap(195, 350)
    box.get_by_role("button", name="Present").tap()
    expect(box.locator(".lb-present")).to_be_visible()
    fingers.drag(((300, 400), (100, 400)))
    expect(box.locator(".lb-present [aria-live]")).to_have_text("Slide 2 of 5")
    fingers.drag(((200, 200), (200, 500)))
    expect(box.locator(".lb-present")).to_be_hidden()
    fingers.drag(((200, 300), (205, 520)))
    expect(box).to_be_hidden()
    context.close()


def test_refine_takes_the_picture_along_and_its_result_is_shown_before_and_after(card: Page) -> None:
    box = opened(card, 3)
    card.keyboard.press("r")
    expect(box).to_be_hidden()
    expect(card.locator("#coarse .image-frame img")).to_have_attribute("src", re.compile("hoodie-james-3"))
    card.locator("#refine-go").click()
    expect(card.locator("#refinecard .ba img")).to_have_count(2, timeout=WORN_LIMIT_MS)
    card.locator("#refinecard button.full").click()
    slide = box.get_by_role("slider", name="Before refining and refined")
    for key, value in ((".", "55"), (",", "50"), (",", "45")):
        card.keyboard.press(key)
        expect(slide).to_have_value(value)
    slide.focus()
    card.keyboard.press("End")
    expect(slide).to_have_value("100")
    card.keyboard.down("b")
    expect(box).to_have_class(re.compile("lb-held"))
    card.keyboard.up("b")
    expect(box).not_to_have_class(re.compile("lb-held"))
    frame = box.locator(".lb-box").bounding_box()
    assert frame
    card.mouse.move(frame["x"] + frame["width"] / 2, frame["y"] + 200)
    card.mouse.down()
    card.mouse.move(frame["x"] + frame["width"] / 4, frame["y"] + 205, steps=4)
    card.mouse.up()
    expect(slide).to_have_value("25")
    card.keyboard.press("p")
    captions = box.locator(".lb-present li p")
    expect(captions).to_have_text(["Garment", "Before refining", "Refined"])
    running, bar = box.locator(".lb-byitself"), box.locator(".lb-controls").bounding_box()
    expect(running).to_be_hidden()
    card.keyboard.press("a")
    expect(running).to_have_text("Runs by itself")
    expect(box.locator(".lb-clock")).to_be_visible()
    ends = [place["y"] + place["height"] for place in map(Locator.bounding_box, captions.all()) if place]
    assert bar and max(ends) <= bar["y"]
