"""What matters is in the window and stays where it is: boxes and layout shift, on a laptop and on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, FloatRect, Locator, Page, expect

from tests.browser.conftest import HOUSE, Server, app_server, create, laptop, sandbox_server, worn

LAPTOP, PHONE = (1280, 720), (390, 844)
MOST_SHIFT = 0.05
ROUNDING = 1.0  # pixels
COUNT_SHIFTS = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
# After them, what was to happen in the next two frames has happened.
THREE_FRAMES = "async () => { for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame); }"
# Every picture that was painted in the large place, frame by frame.
NOTE_HEROES = """
window.heroes = [];
const look = () => {
  const shown = document.querySelector("#jobcard .hero img")?.getAttribute("src");
  if (shown && shown !== window.heroes.at(-1)) window.heroes.push(shown);
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
# How many frames the page asks for, whoever asks.
COUNT_FRAMES = """
window.frames_asked = 0;
const asked = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (draw) => { window.frames_asked += 1; return asked(draw); };
"""
FEW_FRAMES = 10  # in a second, of which a loop would take all 60
PATIENCE_S = 10  # until the sign that the page is opening has come to rest


@pytest.fixture(scope="module")
def paced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Server]]:
    """The app, and the vendors as a server of their own whose pace can be set."""
    folder = tmp_path_factory.mktemp("first-screen")
    vendors = sandbox_server(folder, "--queue-s", "0.1", "--per-image-s", "0.2").start()
    app = app_server(
        folder,
        AIDGE_APP_KEY="sandbox",
        AIDGE_APP_SECRET="sandbox-secret",
        AIDGE_BASE_URL=f"{vendors.url}/rest",
    ).start()
    yield app, vendors
    app.stop()
    vendors.stop()


def visitor(browser: Browser, size: tuple[int, int]) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, has_touch=size == PHONE, reduced_motion="reduce"
    )
    context.add_init_script(COUNT_SHIFTS + NOTE_HEROES)
    return context


def opened(context: BrowserContext, url: str, size: tuple[int, int]) -> Page:
    page = context.new_page()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(url)
    page.locator("#go").wait_for(timeout=20_000)
    return page


@pytest.fixture(scope="module")
def regular(browser: Browser, paced: tuple[Server, Server]) -> Iterator[BrowserContext]:
    """A visitor whose first job was looked at from the click to its end, on a laptop."""
    context = visitor(browser, LAPTOP)
    page = opened(context, paced[0].url, LAPTOP)
    parts = ("#go", "#garment", "#view", "#count", "#more")
    inside(page, *(page.locator(part) for part in parts))
    create(page)
    worn(page, 4)
    assert shift(page) <= MOST_SHIFT
    assert len(page.evaluate("window.heroes")) == 1
    page.close()
    yield context
    context.close()


def inside(page: Page, *parts: Locator) -> None:
    """Asserts that all of each part is in the window, with nobody having scrolled."""
    height, width = page.evaluate("[innerHeight, innerWidth]")
    for part in parts:
        box = part.bounding_box()
        assert box, part
        assert box["y"] >= -ROUNDING and box["y"] + box["height"] <= height + ROUNDING, (part, box)
        assert box["x"] >= -ROUNDING and box["x"] + box["width"] <= width + ROUNDING, (part, box)


def the_actions(page: Page) -> tuple[Locator, ...]:
    acts = page.locator("#jobcard .info .acts")
    return tuple(acts.locator(f"[data-act={act}]") for act in ("refine", "compare", "save"))


def shift(page: Page) -> float:
    page.wait_for_timeout(300)  # what is drawn last is counted in the next frame
    return float(page.evaluate("window.shift"))


@pytest.mark.parametrize("size", [LAPTOP, PHONE, (1440, 900), (1920, 1080)], ids=lambda s: f"{s[0]}x{s[1]}")
def test_a_result_and_its_actions_are_in_the_window_and_nothing_jumps(
    regular: BrowserContext, paced: tuple[Server, Server], size: tuple[int, int]
) -> None:
    page = opened(regular, paced[0].url, size)
    inside(page, page.locator("#go"), page.locator("#garment"))
    worn(page, 4)
    if size == PHONE:
        page.locator("#now").evaluate("(now) => now.scrollIntoView()")
    slots = page.locator("#jobcard button.slot")
    inside(page, page.locator("#jobcard .hero"), slots.first, slots.last, *the_actions(page))
    assert shift(page) <= MOST_SHIFT
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


def test_the_opening_frame_stays_until_form_and_card_are_there_though_a_field_for_a_key_comes_first(
    browser: Browser,
) -> None:
    page = browser.new_page()
    page.set_content("<div id=splash></div><gradio-app><input type=password></gradio-app>")
    page.add_script_tag(path=HOUSE / "assets" / "js" / "splash.js")
    splash = page.locator("#splash")
    add = "(html) => document.querySelector('gradio-app').insertAdjacentHTML('beforeend', html)"
    for part in ("<p></p>", "<button id=go></button>"):
        page.evaluate(add, part)
        page.evaluate(THREE_FRAMES)
        expect(splash).to_be_attached()
    page.evaluate(add, "<div id=jobcard><div class=job></div></div>")
    expect(splash).not_to_be_attached()
    page.close()


def test_on_a_phone_create_shows_the_card_and_change_leads_back_to_the_form(
    browser: Browser, paced: tuple[Server, Server]
) -> None:
    context = visitor(browser, PHONE)
    page = opened(context, paced[0].url, PHONE)
    page.locator("#count label").first.click()
    create(page)
    back = page.locator("#jobcard .wayback")
    expect(back).to_contain_text("Hoodie on James", timeout=20_000)
    inside(page, back, page.locator("#jobcard .hero"))
    worn(page, 1)
    inside(page, back, page.locator("#jobcard .hero"), *the_actions(page))
    assert shift(page) <= MOST_SHIFT
    back.get_by_role("button", name="Change").click()
    expect(page.locator("#garment")).to_be_in_viewport(ratio=1)
    inside(page, page.locator("#go"))
    context.close()


def test_the_picture_that_was_picked_stays_while_others_come(
    regular: BrowserContext, paced: tuple[Server, Server]
) -> None:
    app, vendors = paced
    httpx.post(f"{vendors.url}/_sandbox/timing", json={"per_image_s": 1.2}).raise_for_status()
    page = opened(regular, app.url, LAPTOP)
    worn(page, 4)
    page.locator("#samples label").nth(1).click()
    page.evaluate("window.heroes = []")
    create(page)
    expect(page.locator("#jobcard .job")).to_have_class(re.compile("running"), timeout=20_000)
    slots = page.locator("#jobcard button.slot")
    slots.nth(1).click(timeout=30_000)
    picked = slots.nth(1).get_attribute("data-view")
    worn(page, 4)
    mine = [shown for shown in page.evaluate("window.heroes") if "shirt" in shown]
    assert mine in ([picked], [slots.first.get_attribute("data-view"), picked])
    assert page.locator("#jobcard .hero img").get_attribute("src") == picked
    expect(page.locator("#jobcard .cap")).to_contain_text("Picture 2 of 4")
    page.close()


def test_in_a_frame_the_page_has_a_height_of_its_own(browser: Browser, app: Server) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 1400})
    page.route("**/frame.html", lambda route: route.fulfill(
        content_type="text/html", body=f'<iframe src="{app.url}/" width="1270" height="1380"></iframe>'
    ))  # fmt: skip
    page.goto(f"{app.url}/frame.html")
    inner = page.frame_locator("iframe")
    inner.locator("#go").wait_for(timeout=20_000)
    box = inner.locator("#brief").bounding_box()
    assert box and round(box["height"]) == 760
    page.close()


def test_on_every_phone_the_tabs_end_before_the_vendors_and_the_opening_picture_is_whole(
    browser: Browser, app: Server
) -> None:
    with laptop(browser, app.url) as page:
        for width in (320, 360, 375, 389, 390, 414, 600):
            page.set_viewport_size({"width": width, "height": 720})
            tabs = page.get_by_role("tab", name="My jobs").bounding_box()
            pill = page.locator(".vendors .pill").first.bounding_box()
            assert tabs and pill and tabs["x"] + tabs["width"] <= pill["x"], width
            if width == 390:  # a window beside whose page a scroll bar takes its room
                page.evaluate("document.documentElement.style.width = '375px'")
                tabs = page.get_by_role("tab", name="My jobs").bounding_box()
                pill = page.locator(".vendors .pill").first.bounding_box()
                assert tabs and pill and tabs["x"] + tabs["width"] <= pill["x"]
                page.evaluate("document.documentElement.style.width = ''")
            opening = page.locator("#now .empty").bounding_box()
            ends = [page.locator("#now .eq > *").nth(n).bounding_box() for n in (0, -1)]
            assert opening and all(end and _within(end, opening) for end in ends), width


def _within(part: FloatRect, whole: FloatRect) -> bool:
    return part["x"] >= whole["x"] and part["x"] + part["width"] <= whole["x"] + whole["width"]


def test_a_page_on_which_nothing_moves_draws_nothing(context: BrowserContext, app: Server) -> None:
    context.add_init_script(COUNT_FRAMES)
    page = context.new_page()
    page.goto(app.url)
    page.locator("#go").wait_for(timeout=20_000)
    assert any(_frames_in_a_second(page) < FEW_FRAMES for _ in range(PATIENCE_S))


def _frames_in_a_second(page: Page) -> int:
    before = page.evaluate("frames_asked")
    page.wait_for_timeout(1000)
    return int(page.evaluate("frames_asked")) - int(before)
