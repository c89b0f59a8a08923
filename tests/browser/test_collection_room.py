"""A collection uses the room that it has: cards where rows would be empty, a list that leaves the settings in
reach, and focus rings that are seen whole."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, laptop
from tests.browser.test_collection import ALL_MADE_MS, CELLS, DROP, PHOTOS, drop

SIX = ["hoodie", "shirt", "tee", "skirt", "dress", "jeans"]
BLUE, YELLOW = (0, 0, 255), (255, 255, 0)  # the left and the right of a frame around a garment of one's own
NEAR = 60  # of a colour's parts, after a JPEG and a screenshot
IN_REACH = """(id) => {
  const part = document.querySelector(id), { left, width, top, bottom } = part.getBoundingClientRect();
  const isSeen = (y) => part.contains(document.elementFromPoint(left + width / 2, y));
  return isSeen(top + 4) && isSeen(bottom - 6);
}"""
PLACES = f"""[...document.querySelectorAll('{CELLS}')]
  .map((cell) => Object.values(cell.getBoundingClientRect().toJSON()))"""
FILLED = f"""() => [...document.querySelectorAll('{CELLS}')].map((cell) => {{
  const size = ({{ width, height }}) => width * height;
  return size(cell.querySelector(".shot img").getBoundingClientRect()) / size(cell.getBoundingClientRect());
}})"""
# What of the ring of that which has the focus lies outside of a box that cuts it.
CUT = """() => {
  const one = document.activeElement, { outlineWidth, outlineOffset } = getComputedStyle(one);
  const out = parseFloat(outlineWidth) + parseFloat(outlineOffset);
  const ring = one.getBoundingClientRect(), cut = [];
  for (let box = one.parentElement; box; box = box.parentElement) {
    const style = getComputedStyle(box), edge = box.getBoundingClientRect();
    const more = style.overflowX === "clip" ? parseFloat(style.overflowClipMargin) || 0 : 0;
    const isPage = box === document.body || box === document.documentElement;
    if (isPage || style.overflowX === "visible") continue;
    const across = [edge.left - ring.left, ring.right - edge.right];
    const over = [...across, edge.top - ring.top, ring.bottom - edge.bottom];
    if (over.some((by) => by + out > more + 0.5)) cut.push(box.tagName + "." + box.className);
  }
  return cut;
}"""

HELD_UPLOADS = """() => {
  const fetched = window.fetch, free = new Promise((done) => { window.letGo = done; });
  window.fetch = async (input, options) => {
    if (String(input?.url ?? input).includes("/upload")) await free;
    return fetched(input, options);
  };
}"""


@pytest.fixture(scope="module")
def board(browser: Browser, app: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page with two garments on one model, each with one picture; the first is a photo of one's own."""
    own = tmp_path_factory.mktemp("own") / "framed.png"
    with Image.open(PHOTOS / "hoodie.jpg") as photo:
        rim = photo.width // 16
        framed = Image.new("RGB", (photo.width + 2 * rim, photo.height + 2 * rim), BLUE)
        framed.paste(YELLOW, (framed.width // 2, 0, framed.width, framed.height))
        framed.paste(photo.convert("RGB"), (rim, rim))
        framed.save(own)
    with laptop(browser, app.url, height=900) as page:
        drop(page, own, PHOTOS / "tee.jpg")
        expect(page.locator(".glist .g")).to_have_count(2, timeout=20_000)
        page.locator("#count label").first.click()
        expect(page.locator("#many-go")).to_have_text("Create 2 jobs · 2 pictures", timeout=20_000)
        page.locator("#many-go").click()
        expect(page.locator(CELLS)).to_have_count(2, timeout=20_000)
        page.evaluate(f"window.before = {PLACES}")
        expect(page.locator(f"{CELLS}.ok .shot img")).to_have_count(2, timeout=ALL_MADE_MS)
        yield page


def test_pictures_of_one_model_stand_side_by_side_and_fill_their_cards_from_the_start(board: Page) -> None:
    for width, height in ((1440, 900), (1366, 768), (390, 844)):
        board.set_viewport_size({"width": width, "height": height})
        first, second = (board.locator(CELLS).nth(at).bounding_box() for at in (0, 1))
        assert first and second and first["y"] == second["y"] and first["x"] < second["x"]
        assert min(board.evaluate(FILLED)) > 0.75
        assert not board.evaluate("document.documentElement.scrollWidth > innerWidth")
    board.set_viewport_size({"width": 1440, "height": 900})
    assert board.evaluate(PLACES) == board.evaluate("window.before")


def test_cards_are_gone_through_and_moved_as_they_stand(board: Page) -> None:
    cells, heads = board.locator(CELLS), board.locator("#boardwhole .rh b")
    names = heads.all_text_contents()
    cells.first.focus()
    board.keyboard.press("ArrowRight")
    expect(cells.nth(1)).to_be_focused()
    board.keyboard.press("Alt+ArrowLeft")
    expect(heads).to_have_text(names[::-1], timeout=20_000)
    expect(cells.first).to_be_focused()
    board.keyboard.press("Alt+ArrowRight")
    expect(heads).to_have_text(names, timeout=20_000)


def test_a_head_shows_its_whole_ring_after_a_new_name_and_takes_keys(board: Page) -> None:
    name = board.locator("#boardwhole .rh b button").first
    name.click()
    asked = board.locator("dialog.naming input")
    asked.first.fill("Green hoodie")
    board.keyboard.press("Enter")
    expect(name).to_have_text("Green hoodie", timeout=20_000)
    expect(name).to_be_focused()
    others = (board.locator(f"#boardwhole {head} button").first for head in (".mcol b", ".bttl h2"))
    for part in (name, *others):
        board.keyboard.press("Shift")  # so that the ring is one of keys
        part.focus()
        assert board.evaluate(CUT) == []
    name.focus()
    board.keyboard.press("F2")
    expect(asked.first).to_have_value("Green hoodie")
    board.keyboard.press("Escape")
    expect(name).to_be_focused()
    board.keyboard.press("ArrowDown")
    expect(board.locator(CELLS).first).to_be_focused()


def test_what_is_about_the_whole_is_done_by_keys_wherever_the_focus_is(board: Page) -> None:
    board.locator("#boardwhole .btools [data-filter=all]").click()
    board.keyboard.press("p")
    expect(board.locator("dialog[open] .lb-present")).to_be_visible()
    board.keyboard.press("Escape")
    expect(board.locator("dialog[open]")).to_have_count(0)


def test_a_garment_of_ones_own_is_presented_whole_to_its_edges(board: Page) -> None:
    board.locator(CELLS).first.focus()
    board.keyboard.press("p")
    photo = board.locator("dialog[open] .lb-cloth img")
    expect(photo).to_have_js_property("complete", True)
    board.wait_for_function("document.querySelector('dialog[open] .lb-cloth img').naturalWidth > 0")
    box = photo.bounding_box()
    assert box
    seen = Image.open(io.BytesIO(board.screenshot(clip=box))).convert("RGB")
    edge, left, right = 5, seen.width // 4, 3 * seen.width // 4  # the frame is a sixteenth wide
    last, down = seen.height - edge, seen.height // 2
    blue = [seen.getpixel(spot) for spot in ((edge, down), (left, edge), (left, last))]
    yellow = [seen.getpixel(spot) for spot in ((seen.width - edge, down), (right, edge), (right, last))]
    board.keyboard.press("Escape")
    assert all(near(one, BLUE) for one in blue) and all(near(one, YELLOW) for one in yellow), (blue, yellow)


def near(seen: float | tuple[int, ...] | None, colour: tuple[int, ...]) -> bool:
    return isinstance(seen, tuple) and all(
        abs(part - wanted) < NEAR for part, wanted in zip(seen, colour, strict=True)
    )


@pytest.mark.parametrize("size", [(1366, 768), (1440, 900)])
@pytest.mark.parametrize("many", [3, 4, 6])
def test_settings_and_create_stay_in_reach_of_however_many_garments(
    browser: Browser, app: Server, size: tuple[int, int], many: int
) -> None:
    with laptop(browser, app.url) as page:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.evaluate(DROP, SIX[:many])
        expect(page.locator(".glist .g")).to_have_count(many, timeout=20_000)
        expect(page.locator("#many-go")).to_contain_text("Create", timeout=20_000)
        parts = ("#view", "#count", "#more", "#many-go", ".gadd", "#manylibrary label")
        assert [id for id in parts if not page.evaluate(IN_REACH, id)] == []
        last = page.locator(".glist .g").last
        last.scroll_into_view_if_needed()
        expect(last).to_be_in_viewport(ratio=0.9)


# How far the words of a button stay from its edges, above and below.
# Whether a garment's name has its room where the photo could be better, and why stands below.
NAME_WITH_A_HINT = """(row) => {
  row.className = "g hint";
  Object.assign(row.querySelector(".tag"), { className: "tag warn", textContent: "Could be better" });
  row.append(Object.assign(document.createElement("p"), { className: "gsays", textContent: "Few pixels" }));
  const name = row.querySelector(".gname");
  name.value = "Turtleneck";
  return name.scrollWidth <= name.clientWidth;
}"""
AIR = """(button) => {
  const words = document.createRange(), box = button.getBoundingClientRect();
  words.selectNodeContents(button.querySelector("span"));
  const { top, bottom } = words.getBoundingClientRect();
  return Math.min(top - box.top, box.bottom - bottom);
}"""
WHOLE_ROWS = """() => {
  const { top, bottom } = document.querySelector(".glist").getBoundingClientRect();
  const rows = [...document.querySelectorAll(".glist .g")].map((row) => row.getBoundingClientRect());
  return rows.filter((row) => row.top >= top - 1 && row.bottom <= bottom + 1).length;
}"""


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_in_a_low_window_many_garments_are_seen_at_once_and_words_keep_off_their_frames(
    browser: Browser, app: Server, locale: str
) -> None:
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, locale=locale, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(app.url)
    page.locator("#go").wait_for(timeout=20_000)
    page.evaluate(DROP, SIX[:3])
    expect(page.locator(".glist .g")).to_have_count(3, timeout=20_000)
    add = page.locator(".gmore")
    assert add.evaluate(AIR) >= 3
    page.evaluate(DROP.replace("#garment", "#manygarments"), SIX * 2)
    expect(page.locator(".glist .g")).to_have_count(15, timeout=40_000)
    assert page.evaluate(WHOLE_ROWS) >= 5 and add.evaluate(AIR) >= 3
    assert page.locator(".glist .g").first.evaluate(NAME_WITH_A_HINT)
    assert page.locator("#more").evaluate("(part) => part.getBoundingClientRect().bottom < innerHeight")
    context.close()


def test_that_files_are_being_read_is_said_before_they_have_gone_up(browser: Browser, app: Server) -> None:
    with laptop(browser, app.url, height=900) as page:
        said = page.locator("#reading")
        page.evaluate(HELD_UPLOADS)
        drop(page, PHOTOS / "hoodie.jpg", PHOTOS / "tee.jpg")
        expect(said).to_have_text("Reading 2 files…")
        expect(said).to_be_in_viewport()
        page.evaluate("letGo()")
        expect(page.locator(".glist .g")).to_have_count(2, timeout=20_000)
        expect(said).to_have_count(0, timeout=20_000)


def test_what_did_not_get_through_is_not_shown_as_done_and_is_not_to_be_typed_again(board: Page) -> None:
    star, title = board.locator(f"{CELLS} .pick:visible").first, board.locator("#boardwhole h2 button")
    pressed, name = star.get_attribute("aria-pressed"), title.inner_text()
    asked = board.locator("dialog.naming input")
    board.context.set_offline(True)
    star.click()
    expect(board.locator("#saying")).to_contain_text("that was not done")
    expect(star).to_have_attribute("aria-pressed", str(pressed))
    title.click()
    asked.fill("Autumn rail")
    board.keyboard.press("Enter")
    expect(asked).to_have_count(0)
    board.context.set_offline(False)
    expect(board.locator("#connection")).not_to_have_class(re.compile("lost"), timeout=20_000)
    title.click()
    expect(asked).to_have_value("Autumn rail")
    board.keyboard.press("Enter")
    expect(title).to_have_text("Autumn rail", timeout=20_000)
    title.click()
    expect(asked).to_have_value("Autumn rail")
    asked.fill(name)
    board.keyboard.press("Enter")
    expect(title).to_have_text(name, timeout=20_000)
