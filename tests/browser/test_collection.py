"""Several garments on several models: dropped, made, chosen from, compared, refined, found again."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import axe, history
from tests.browser.conftest import HOUSE, Server, laptop
from tests.browser.own_words import framework_words
from tests.browser.test_gallery import settled

CELLS = "#boardwhole .cell"
PHOTOS = HOUSE / "assets" / "garments"
GARMENTS = ("hoodie", "shirt", "tee", "skirt", "dress")
ALL_MADE_MS = 120_000  # ten jobs, a few at a time, on a machine that does other things too

DROP = """async (names) => {
  const dropped = new DataTransfer();
  for (const name of names) {
    const data = await (await fetch(`gradio_api/ext/a/garments/${name}.jpg`)).blob();
    dropped.items.add(new File([data], `47${name.length}_my-${name}.jpg`, { type: "image/jpeg" }));
  }
  const place = document.querySelector("#garment");
  for (const kind of ["dragover", "drop"]) {
    place.dispatchEvent(new DragEvent(kind, { dataTransfer: dropped, bubbles: true, cancelable: true }));
  }
}"""
HEIGHT = "(part) => part.offsetHeight"
COUNT_CLICKS = "window.clicks = 0; addEventListener('click', (e) => { if (e.isTrusted) clicks += 1; }, true)"

# Stars the last picture, and draws no frame until a moment after its answer has come.
LOSE_THE_ANSWER = """async () => {
  const draw = window.requestAnimationFrame, patches = document.getElementById("boardpatch");
  const seen = () => patches.querySelector("[data-collection]")?.dataset.now;
  const before = seen();
  window.requestAnimationFrame = () => 0;
  [...document.querySelectorAll("#boardwhole .cell .pick")].at(-1).click();
  while (seen() === before) await new Promise((done) => setTimeout(done, 20));
  await new Promise((done) => setTimeout(done, 100));
  window.requestAnimationFrame = draw;
}"""


# How tall the tools are with one thing in them, and with all that can stand there at once.
ONE_LINE = """([running, priced]) => {
  const tools = document.querySelector("#boardwhole .btools"), here = tools.cloneNode(true);
  const like = (name) => here.querySelector(`[data-board=${name}]`);
  const more = (name, model, look, words) => {
    const made = model.cloneNode(true);
    Object.assign(made, { className: `btn ${look}` }).dataset.board = name;
    made.querySelector("span").textContent = words;
    like("compare").before(made);
  };
  if (running) more("retry-all", like("compare"), "desk", "Retry 3");
  if (running) more("stop", like("share"), "quiet", "Stop");
  if (priced) like("refine").querySelector("span").textContent = "Refine 4 · 32 credits";
  if (priced) like("refine").className = "btn primary desk";
  here.classList.toggle("priced", priced);
  tools.replaceWith(here);
  const full = here.offsetHeight;
  here.replaceChildren(here.firstElementChild);
  const bare = here.offsetHeight;
  here.replaceWith(tools);
  return [bare, full];
}"""


@pytest.fixture(scope="module")
def board(browser: Browser, app: Server) -> Iterator[Page]:
    """A page with five garments on two models, each with one picture, for all tests of this file."""
    with laptop(browser, app.url, height=900) as page:
        page.evaluate(COUNT_CLICKS)
        page.evaluate(DROP, list(GARMENTS))
        expect(page.locator(".glist .g")).to_have_count(5, timeout=20_000)
        page.locator("#manylibrary label").nth(1).click()
        page.locator("#count label").first.click()
        expect(page.locator("#many-go")).to_have_text("Create 10 jobs · 10 pictures", timeout=20_000)
        page.locator("#many-go").click()
        expect(page.locator(CELLS)).to_have_count(10, timeout=20_000)
        expect(page.locator(f"{CELLS}.ok img")).to_have_count(10, timeout=ALL_MADE_MS)
        yield page


def focus(page: Page, row: int, column: int) -> None:
    page.locator(f"{CELLS}").nth(2 * row + column).focus()


def test_five_files_and_two_models_are_ten_cells_after_few_clicks(board: Page) -> None:
    assert board.evaluate("clicks") <= 8
    expect(board.locator("#boardwhole .btotal")).to_contain_text("10 of 10 pictures", timeout=20_000)
    expect(board.locator("#boardwhole .rh").first).to_have_text(re.compile("My hoodie.*476", re.DOTALL))
    assert "collection=" in board.url


def test_what_is_chosen_below_the_garments_is_in_sight_however_many_there_are(board: Page) -> None:
    whole = """(id) => {
      const part = document.querySelector(id), { left, width, bottom } = part.getBoundingClientRect();
      return part.contains(document.elementFromPoint(left + width / 2, bottom - 6));
    }"""
    assert [id for id in ("#view", "#count", "#more") if not board.evaluate(whole, id)] == []


def test_a_garment_that_is_said_to_be_something_else_is_made_anew_as_that(board: Page) -> None:
    kind, go = board.get_by_label("What My skirt is", exact=True), board.locator("#many-go")
    expect(kind).to_have_value("bottoms")  # a sample, under whatever name
    expect(go).to_contain_text("Create again", timeout=20_000)
    kind.select_option("dresses")
    expect(go).to_have_text("Add 2 jobs · 2 pictures", timeout=20_000)
    kind.select_option("auto")
    expect(go).to_contain_text("Create again", timeout=20_000)


def test_a_reload_shows_the_matrix_again_at_its_address(board: Page) -> None:
    address = board.url
    history.reload(board)

    expect(board.locator(f"{CELLS}.ok img")).to_have_count(10, timeout=20_000)
    assert board.url == address
    expect(board.locator(".glist .g")).to_have_count(5, timeout=20_000)


def test_the_large_view_leads_on_through_the_cells(board: Page) -> None:
    large, cells = board.locator("dialog.lightbox[open]"), board.locator(CELLS)
    title, back, on = large.locator("#lb-title"), large.locator(".lb-previous"), large.locator(".lb-next")
    titles = cells.evaluate_all("(all) => all.map((cell) => cell.dataset.title)")
    cells.first.locator(".look").click()
    expect(title).to_have_text(titles[0])
    expect(back).to_have_attribute("aria-disabled", "true")
    board.keyboard.press("ArrowLeft")
    for each in titles[1:-1]:
        board.keyboard.press("ArrowRight")
        expect(title).to_have_text(each)
    on.click()
    expect(title).to_have_text(titles[-1])
    expect(on).to_have_attribute("aria-disabled", "true")
    for key in ("ArrowRight", "Home", "End"):
        board.keyboard.press(key)
    expect(title).to_have_text(titles[-1])
    back.click()
    expect(title).to_have_text(titles[-2])
    expect(large.locator(".lb-say")).to_contain_text(titles[-2])
    board.keyboard.press("Escape")
    expect(large).to_have_count(0)
    expect(cells.nth(len(titles) - 2)).to_be_focused()
    cells.first.focus()  # the first tab stop again


def test_stars_by_pointer_and_by_keys_are_one_selection(board: Page) -> None:
    board.locator(f"{CELLS} .pick").first.click()
    focus(board, 0, 0)
    board.keyboard.press("ArrowRight")
    board.keyboard.press("Space")
    board.keyboard.press("ArrowDown")
    board.keyboard.press("Space")

    expect(board.locator(f"{CELLS}.chosen")).to_have_count(3)
    expect(board.locator("#boardwhole .btools [data-filter=chosen]")).to_have_text("Chosen 3", timeout=20_000)
    board.locator("#boardwhole .btools [data-filter=chosen]").click()
    expect(board.locator("#boardwhole .mrow[data-garment]:visible")).to_have_count(2)
    board.locator("#boardwhole .btools [data-filter=all]").click()
    every = "[...document.querySelectorAll('.matrix :is(.cell, button)')].filter(part => part.tabIndex >= 0)"
    assert board.evaluate(f"new Set({every}.map(part => part.closest('.cell'))).size") == 1


def test_a_star_whose_answer_is_not_drawn_is_counted_a_little_later(board: Page) -> None:
    chosen = board.locator("#boardwhole .btools [data-filter=chosen]")
    board.evaluate(LOSE_THE_ANSWER)
    expect(chosen).to_have_text("Chosen 4", timeout=20_000)
    board.locator(f"{CELLS} .pick").last.click()
    expect(chosen).to_have_text("Chosen 3", timeout=20_000)


def test_a_note_stays_on_its_picture(board: Page) -> None:
    focus(board, 0, 0)
    board.keyboard.press("n")
    board.locator("dialog.naming input").fill("The best one")
    board.keyboard.press("Enter")

    note = board.locator(f"{CELLS}").first.locator(".cnote")
    expect(note).to_have_attribute("title", "The best one", timeout=20_000)


def test_the_chosen_are_compared_side_by_side_with_one_zoom(board: Page) -> None:
    focus(board, 0, 0)
    board.keyboard.press("c")
    expect(board.locator("dialog.cmp[open] figure")).to_have_count(3)
    board.keyboard.press("+")
    scales = "[...document.querySelectorAll('.cmp-view > img:first-child')].map(i => i.style.transform)"
    assert len(set(board.evaluate(scales))) == 1 and "scale(1.25)" in board.evaluate(scales)[0]
    board.keyboard.press("3")
    board.keyboard.press("Escape")
    third = board.locator(CELLS).nth(3)

    expect(board.locator("dialog.cmp[open]")).to_have_count(0)
    expect(board.locator(f"{CELLS}.chosen")).to_have_count(2)
    expect(board.locator("#boardwhole .btools [data-board=compare]")).to_have_text(
        "Compare 2", timeout=20_000
    )
    third.focus()  # what was put back by mistake is chosen again where it is seen large
    board.keyboard.press("Enter")
    star = board.locator("dialog.lightbox[open] [data-do=star]")
    expect(star).to_have_attribute("aria-pressed", "false")
    board.keyboard.press("s")
    expect(star).to_have_attribute("aria-pressed", "true")
    board.keyboard.press("Escape")
    expect(board.locator(f"{CELLS}.chosen")).to_have_count(3)


def test_the_chosen_are_presented_garment_by_garment(board: Page) -> None:
    board.locator(CELLS).first.focus()
    board.keyboard.press("p")
    slide = board.locator("dialog[open] .lb-present")
    expect(slide).to_contain_text("My hoodie")
    expect(slide).to_contain_text("476")
    expect(slide.locator(".lb-lineup li")).to_have_count(3)  # the garment, and two models
    board.keyboard.press("Escape")
    expect(board.locator("dialog[open]")).to_have_count(0)


def test_the_chosen_are_refined_in_one_step_that_asks_once(board: Page) -> None:
    refine, question = board.locator("#boardwhole .btools [data-board=refine]"), board.locator("#boardask")
    expect(refine).to_have_text("Refine 3", timeout=20_000)
    star = board.locator(f"{CELLS}.chosen .pick").first
    star.click()
    expect(refine).to_have_text("Refine 2", timeout=20_000)
    refine.click()
    expect(question).to_contain_text("Refine 2 pictures?", timeout=20_000)
    board.locator(f"{CELLS} .pick[aria-pressed=false]").first.click()
    expect(refine).to_have_text("Refine 3", timeout=20_000)
    question.locator("[data-answer=yes]").click()
    expect(question).to_contain_text("Refine 3 pictures?", timeout=20_000)
    expect(board.locator("#boardwhole .shot.made")).to_have_count(0)
    question.locator("[data-answer=yes]").click()

    made = board.locator("#boardwhole .shot.made")
    expect(made.locator("img")).to_have_count(3, timeout=ALL_MADE_MS)
    board.locator("#boardwhole .btools [data-board=present]").click()
    shown = board.locator("dialog[open] .lb-lineup li:nth-child(2) img")  # behind the garment
    expect(shown).to_have_attribute("src", re.compile(made.first.get_attribute("data-job") or "none"))
    board.keyboard.press("Escape")
    board.locator("#boardwhole .btools [data-board=compare]").click()
    expect(board.locator("dialog.cmp[open] .cmp-kind")).to_have_text(["Refined"] * 3)
    board.keyboard.press("Escape")
    expect(board.locator("#boardwhole .btools [data-board=refine]")).to_have_attribute(
        "aria-disabled", "true", timeout=20_000
    )


def test_a_refined_picture_is_seen_chosen_and_looked_at_in_its_cell(board: Page) -> None:
    chosen = board.locator("#boardwhole .btools [data-filter=chosen]")
    cell = board.locator(f"{CELLS}:has(.shot.made)").first
    made, first = cell.locator(".shot.made"), cell.locator(".shot[data-n]:not(.made)")
    expect(board.locator("#boardwhole .btotal")).to_contain_text("10 of 10 pictures + 3 refined")
    for on, n in (("false", 2), ("true", 3)):
        made.locator(".pick").click()
        expect(chosen).to_have_text(f"Chosen {n}", timeout=20_000)
        for star in (made.locator(".pick"), first.locator(".pick")):
            expect(star).to_have_attribute("aria-pressed", on)
    for width in (390, 1440):  # on a phone a cell has room for one picture
        board.set_viewport_size({"width": width, "height": 900})
        expect(made.locator(".ctag")).to_be_visible()
        expect(first).to_be_visible(visible=width > 600)
    made.locator(".look").click()
    thumbs, title = board.locator(".lb-thumb"), board.locator("#lb-title")
    expect(thumbs).to_have_count(2)
    expect(thumbs.nth(1)).to_have_attribute("aria-label", "Picture 2 of 2, Refined, Chosen")
    expect(title).to_contain_text("refined")
    board.keyboard.press("ArrowLeft")
    expect(title).not_to_contain_text("refined")
    expect(board.locator("dialog.lightbox [data-do=refine]")).to_be_visible()
    thumbs.nth(1).click()
    expect(title).to_contain_text("refined")
    expect(board.locator("dialog.lightbox .lb-before")).to_be_visible()
    board.keyboard.press("s")
    expect(first.locator(".pick")).to_have_attribute("aria-pressed", "false")
    board.keyboard.press("s")
    board.keyboard.press("Escape")
    expect(chosen).to_have_text("Chosen 3", timeout=20_000)


@pytest.mark.parametrize(("at", "by_key"), [(0, False), (1, True)])
def test_a_cells_picture_is_refined_by_itself_from_the_large_view_as_one_of_a_job(
    board: Page, at: int, by_key: bool
) -> None:
    large = board.locator("dialog.lightbox[open]")
    refine = large.locator("[data-do=refine]")
    board.locator(f"{CELLS}:not(:has(.shot.made)) .look").nth(at).click()
    expect(refine).to_be_visible()
    name = large.locator("[data-do=save]").get_attribute("download") or ""
    board.keyboard.press("r") if by_key else refine.click()
    expect(large).to_have_count(0)
    taken = board.locator("#coarse .image-frame img")
    expect(taken).to_have_attribute("src", re.compile(re.escape(Path(name).stem)), timeout=20_000)
    board.get_by_role("tab", name="Try-on").click()
    expect(board.locator(CELLS).first).to_be_visible()


def test_a_garment_that_comes_later_adds_its_own_cells_only(board: Page) -> None:
    board.locator("[data-draft=sample]").first.click()
    expect(board.locator(".glist .g")).to_have_count(6, timeout=20_000)
    at = "const { x, bottom } = row.getBoundingClientRect();"
    seen = f"(row) => {{ {at} return row.contains(document.elementFromPoint(x + 9, bottom - 6)); }}"
    assert board.locator(".glist .g").last.evaluate(seen)  # the list is longer than its place by now
    expect(board.locator("#many-go")).to_have_text("Add 2 jobs · 2 pictures", timeout=20_000)
    board.locator("#many-go").click()
    made = board.locator(f"{CELLS}.ok .shot img")
    expect(made).to_have_count(15, timeout=ALL_MADE_MS)  # three are refined ones
    expect(board.locator("#many-go")).to_contain_text("Create again", timeout=20_000)


@pytest.mark.parametrize("running", [False, True])
@pytest.mark.parametrize("priced", [False, True])
def test_what_is_done_with_it_stands_in_one_line_whatever_runs(
    board: Page, running: bool, priced: bool
) -> None:
    for width in (1440, 1366, 1280, 1024):
        board.set_viewport_size({"width": width, "height": 900})
        bare, full = board.evaluate(ONE_LINE, [running, priced])
        assert full == bare, (width, full)
    board.set_viewport_size({"width": 1440, "height": 900})


def test_my_jobs_has_it_as_one_stack_that_opens_it(board: Page) -> None:
    board.get_by_role("tab", name="My jobs").click()
    stack = board.locator("#jobrows .jobstack")
    expect(stack).to_have_count(1, timeout=20_000)
    expect(board.locator("#jobrows .jobrow")).to_have_count(1)
    stack.get_by_role("button", name="Open").click()
    expect(board.locator(CELLS).first).to_be_visible(timeout=20_000)
    assert "collection=" in board.url


def test_jobs_that_end_while_my_jobs_is_looked_at_lie_in_the_stack(browser: Browser, app: Server) -> None:
    with laptop(browser, app.url) as page:
        page.evaluate(DROP, ["hoodie", "tee"])
        expect(page.locator(".glist .g")).to_have_count(2, timeout=20_000)
        name = page.get_by_label("Name of My tee", exact=True)
        name.fill("Coat")
        name.press("Enter")
        for label in ("Name of Coat", "Article number of Coat", "What Coat is", "Take Coat out"):
            expect(page.get_by_label(label, exact=True)).to_have_count(1)
        page.locator("#count label").last.click()  # eight each: they are still made when My jobs is open
        expect(page.locator("#many-go")).to_contain_text("16 pictures", timeout=20_000)
        page.locator("#many-go").click()
        expect(page.locator(CELLS)).to_have_count(2, timeout=20_000)
        page.get_by_role("tab", name="My jobs").click()
        expect(page.locator("#jobsrunning li")).to_have_count(2, timeout=20_000)
        stack = page.locator("#jobrows .jobstack")
        expect(page.locator("#jobsrunning li")).to_have_count(0, timeout=ALL_MADE_MS)
        expect(stack.locator(".cover img")).to_have_count(2, timeout=20_000)
        settled(page)
        expect(page.locator("#jobrows .jobrow")).to_have_count(1)


def test_on_a_phone_pairs_stand_below_each_other_and_nothing_scrolls_sideways(board: Page) -> None:
    page = board.context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(board.url)
    expect(page.locator(f"{CELLS}.ok img").first).to_be_visible(timeout=20_000)
    expect(page.get_by_role("button", name=re.compile("^Move .* right$")).first).to_be_visible()
    wide = "document.documentElement.scrollWidth > innerWidth"
    assert not page.evaluate(wide)
    expect(page.locator("#boardwhole .bchoice")).to_be_visible()
    page.locator(CELLS).last.scroll_into_view_if_needed()
    for _ in range(2):  # the second time it is there already
        page.locator("#boardwhole .btools [data-board=share]").click()
        expect(page.locator("#boardshare .bshare h3")).to_be_in_viewport(timeout=20_000)
        page.locator(CELLS).last.scroll_into_view_if_needed()
    boxes = page.locator("#boardshare form :is(select, input:not([type=checkbox]), .btn)").all()
    sides = [(box["x"], box["width"], box["height"]) for one in boxes if (box := one.bounding_box())]
    assert len(sides) == 5 and set(sides) == {sides[0]} and sides[0][2] >= 44
    corner = "getComputedStyle(document.querySelector('#boardshare .bshare')).borderTopLeftRadius"
    assert page.evaluate(corner) == "15px" and not page.evaluate(wide)  # the sheet's, within its border
    page.close()


def drop(page: Page, *paths: Path) -> None:
    """Lets go of files and folders over the garment's place, as a person does."""
    box = page.locator("#brief").bounding_box()
    assert box
    session = page.context.new_cdp_session(page)
    files = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        where = {"x": box["x"] + box["width"] / 2, "y": box["y"] + 200}
        session.send("Input.dispatchDragEvent", {"type": kind, **where, "data": files})


def test_a_folder_and_an_archive_are_dropped_and_all_in_them_comes_up(
    browser: Browser, app: Server, tmp_path: Path
) -> None:
    (tmp_path / "rail" / "deeper").mkdir(parents=True)
    for name in ("rail/4711_hoodie", "rail/deeper/4712_tee", "rail/.hidden"):
        shutil.copy(PHOTOS / "hoodie.jpg", tmp_path / f"{name}.jpg")
    for name in ("manifest.json", "Thumbs.db"):  # what an export and systems put beside pictures
        (tmp_path / "rail" / name).write_text("{}")
    with zipfile.ZipFile(tmp_path / "more.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(PHOTOS / "skirt.jpg", "summer/4713_skirt.jpg")
        archive.writestr("summer/manifest.json", "{}")
        archive.writestr("__MACOSX/summer/._4713_skirt.jpg", b"nothing")
    page = browser.new_page()
    page.goto(app.url)
    page.locator("#go").wait_for(timeout=20_000)
    drop(page, tmp_path / "rail")
    expect(page.locator(".glist .g")).to_have_count(2, timeout=20_000)
    drop(page, tmp_path / "more.zip")
    expect(page.locator(".glist .g")).to_have_count(3, timeout=20_000)
    articles = page.locator(".glist [name=article]")
    assert [articles.nth(at).input_value() for at in range(3)] == ["4711", "4712", "4713"]
    page.close()


def test_a_drop_that_brings_no_garment_says_why_and_takes_none_away(
    browser: Browser, app: Server, tmp_path: Path
) -> None:
    listed, broken, empty = (tmp_path / name for name in ("list.csv", "broken.zip", "empty.zip"))
    listed.write_text("article,picture\n4711,gone.jpg\n")
    broken.write_bytes(b"no archive")
    zipfile.ZipFile(empty, "w").close()
    (folder := tmp_path / "nothing").mkdir()
    with laptop(browser, app.url, height=900) as page:
        page.locator("#go").wait_for(timeout=20_000)
        notice = page.locator(".toast-body")
        for dropped, word in ((listed, "gone.jpg"), (broken, "broken.zip"), (empty, "empty.zip")):
            drop(page, dropped)
            expect(notice.filter(has_text=word)).to_be_visible(timeout=20_000)
        expect(page.locator(".toast-title").first).to_be_hidden()  # as what the page says by itself
        dark = "getComputedStyle(document.querySelector('.toast-body')).backgroundColor"
        ink = "getComputedStyle(document.querySelector('#manygarments h2')).color"
        assert page.evaluate(dark) == page.evaluate(ink)
        drop(page, folder)
        expect(page.locator("#saying")).to_contain_text("no files in this folder")
        expect(page.locator(".glist")).to_have_count(0)
        page.locator("[data-draft=start]").click()
        expect(page.locator(".glist .g")).to_have_count(1, timeout=20_000)  # a sample, which came along
        drop(page, listed)
        expect(page.locator("#manysaid")).to_contain_text("gone.jpg", timeout=20_000)
        expect(page.locator(".glist .g")).to_have_count(1)


def open_on_a_phone(browser: Browser, address: str) -> None:
    """A picture of a link stands large within its page, is left for the next one, and closed again."""
    phone = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = phone.new_page()
    page.goto(address)
    viewer, pictures = page.locator(".viewer"), page.locator("figure .ph")
    pictures.first.tap()
    expect(viewer).to_be_visible()
    assert page.url == address
    expect(viewer.locator(".back")).to_be_hidden()
    first = viewer.locator("#viewed").text_content() or ""
    page.keyboard.press("ArrowRight")
    expect(viewer.locator("#viewed")).not_to_have_text(first)
    viewer.locator(".back").tap()
    expect(viewer.locator("#viewed")).to_have_text(first)
    viewer.locator("[data-view=close]").tap()
    expect(viewer).to_be_hidden()
    expect(pictures.first).to_be_focused()
    pictures.first.tap()
    expect(viewer).to_be_visible()
    page.go_back()
    expect(viewer).to_be_hidden()
    assert page.url == address
    phone.close()


def faults(page: Page) -> list[str]:
    """What axe finds on a page, each with the first place of its kind, and words of the framework."""
    return axe.told(page) + framework_words(page)


def test_a_link_shows_the_chosen_to_somebody_else_until_it_is_closed(board: Page, browser: Browser) -> None:
    board.locator("#boardwhole .btools [data-board=share]").click()
    form, link = board.locator("#boardshare form"), board.locator("#boardshare li a")
    for name in ("for", "by"):
        form.locator(f"[name={name}]").fill(f"{name} Anna")
    form.locator("[name=password]").fill("abc")  # too short: nothing is made, and nothing that was typed goes
    form.locator(".primary").click()
    expect(form.locator(".refused")).to_contain_text("password", timeout=20_000, ignore_case=True)
    expect(form.locator("[name=password]")).to_have_value("abc")
    form.locator("[name=password]").fill("")
    form.locator(".primary").click()
    expect(link).to_have_count(1, timeout=20_000)
    expect(form.locator(".refused")).to_have_count(0)
    form.locator("[name=password]").fill("of the next")
    form.locator("[name=for]").fill("Ben")
    form.locator(".primary").click()
    expect(link).to_have_count(2, timeout=20_000)
    for name, left in (("password", ""), ("for", ""), ("by", "by Anna")):
        expect(form.locator(f"[name={name}]")).to_have_value(left)
    open_on_a_phone(browser, board.locator("#boardshare li a").last.get_attribute("href") or "")
    board.locator("#boardshare [data-share=revoke]").first.click()
    expect(link).to_have_count(1, timeout=20_000)
    expect(board.locator("#boardshare li.open")).to_contain_text("Opened 1 time")
    expect(board.locator("#boardshare li.open b")).to_contain_text(", for for Anna")
    named, copy = (
        board.locator(f"#boardshare li.open {part}").bounding_box() for part in ("b", ".btn >> nth=0")
    )
    assert named and copy and named["x"] + named["width"] <= copy["x"]  # beside the words, not over them
    address = link.get_attribute("href") or ""

    form.locator("[name=for]").fill("Half")
    others = browser.new_context()
    theirs = others.new_page()
    theirs.goto(address)
    expect(theirs.locator("main")).to_contain_text("My hoodie")
    expect(theirs.locator("figure .ph img")).to_have_count(3)
    yes, word = theirs.locator("#p1 .vote .yes"), theirs.locator("#p1 .word textarea")
    yes.click()
    theirs.locator("#p1 .word summary").click()
    word.fill("Shorter")
    theirs.locator("#p1 .word .btn").click()
    expect(theirs.locator(".judge .ask p")).to_have_text(re.compile("^Not sent yet: your name"))
    theirs.locator(".askname input").fill("Kim")  # in the other place: what waits for a name goes along
    theirs.locator(".askname .btn").click()
    expect(theirs.locator("#p1 .said")).to_contain_text("Shorter")  # the last of what waited for a name
    expect(yes).to_have_attribute("aria-pressed", "true")
    theirs.locator("#p1 .word summary").click()
    word.fill("Shorter, and in red")
    yes.click()
    expect(yes).to_have_attribute("aria-pressed", "false")
    expect(word).to_have_value("Shorter, and in red")
    yes.click()
    expect(yes).to_have_attribute("aria-pressed", "true")
    assert faults(theirs) == []
    in_chinese = browser.new_context(locale="zh-CN")
    chinese = in_chinese.new_page()
    chinese.goto(address)
    assert chinese.evaluate("document.documentElement.lang").startswith("zh") and faults(chinese) == []
    in_chinese.close()
    expect(board.locator(f"{CELLS} .shot.made .cvotes")).to_have_text("Yes 1", timeout=20_000)
    expect(board.locator("#boardshare .bwords")).to_contain_text("Kim", timeout=20_000)
    expect(form.locator("[name=for]")).to_have_value("Half")  # what is being typed for the next one
    expect(form.locator("[name=for]")).to_be_focused()
    form.locator("[name=for]").fill("")
    board.locator("#boardshare [data-share=revoke]").click()
    expect(board.locator("#boardshare li.over")).to_have_count(2, timeout=20_000)
    answer = history.reload(theirs)
    assert answer is not None and answer.status == 404
    others.close()
    share = board.locator("#boardwhole .btools [data-board=share]")
    panel, close = board.locator("#boardshare .bshare"), board.locator("#boardshare [data-share=close]")
    for place, key in (
        (close, "Enter"),
        (form.locator("[name=by]"), "Escape"),
        (share, "Escape"),
        (share, "Enter"),
    ):
        place.press(key)
        expect(panel).to_have_count(0, timeout=20_000)
        expect(share).to_be_focused()
        share.click()
        expect(panel).to_have_count(1, timeout=20_000)
    close.click()
    expect(panel).to_have_count(0, timeout=20_000)


def test_the_chosen_are_handed_over_as_a_zip_and_a_lookbook_that_prints(board: Page, tmp_path: Path) -> None:
    board.locator("#boardwhole .btools [data-board=export]").click()
    dialog = board.locator("dialog.handover[open]")
    expect(dialog.locator("[name=which]:checked")).to_have_value("chosen", timeout=20_000)
    expect(dialog.locator(".handwhich label").first).to_have_text("3 chosen + 3 refined")
    tabs = len(board.context.pages)
    pattern, wrong = dialog.locator("[name=pattern]"), dialog.locator("#handwrong")
    pattern.fill("{price}")
    expect(wrong).to_contain_text("{price}")  # at the field, while it is typed
    dialog.locator("li a").first.click()  # and nothing is downloaded
    expect(pattern).to_be_focused()
    assert len(board.context.pages) == tabs
    pattern.fill("{article}_{model}_{n}")
    expect(wrong).to_be_empty()
    kept = {}
    for at, name in enumerate(("chosen.zip", "lookbook.pdf", "lookbook.html")):
        with board.expect_download() as download:
            dialog.locator("li a").nth(at).click()
        kept[name] = tmp_path / name
        download.value.save_as(kept[name])
    dialog.locator("[data-hand=close]").click()
    expect(board.locator("dialog.handover")).to_have_count(0, timeout=20_000)

    archive = zipfile.ZipFile(kept["chosen.zip"])
    rows = list(csv.DictReader(io.TextIOWrapper(archive.open("manifest.csv"), "utf-8-sig")))
    pictures = [name for name in archive.namelist() if not name.startswith("manifest")]
    assert [row["file"] for row in rows] == pictures and len(pictures) == 6
    assert pictures[0].startswith("476_James_1.") and pictures[1].startswith("476_James_1-refined.")
    assert all(hashlib.sha256(archive.read(row["file"])).hexdigest() == row["sha256"] for row in rows)
    assert kept["lookbook.pdf"].read_bytes().startswith(b"%PDF-")
    book = board.context.new_page()
    book.goto(kept["lookbook.html"].as_uri())
    assert book.evaluate("[...document.images].every((image) => image.complete && image.naturalWidth > 0)")
    assert faults(book) == []
    assert book.pdf().count(b"/Type /Page\n") >= 3  # the cover, and a page for each garment
    book.close()


def test_garments_are_arranged_by_keys_and_by_pointer(board: Page) -> None:
    heads = board.locator("#boardwhole .rh b")
    board.locator(CELLS).nth(2).focus()
    board.keyboard.press("Alt+ArrowUp")
    expect(heads.first).to_have_text("My shirt", timeout=20_000)
    expect(board.locator(CELLS).first).to_be_focused()
    board.locator("#boardwhole .mrow[data-garment]").first.hover()
    board.get_by_role("button", name="Move My shirt down").click()
    expect(heads.first).to_have_text("My hoodie", timeout=20_000)


def test_models_are_arranged_and_named_by_keys_and_by_pointer(board: Page) -> None:
    heads = board.locator("#boardwhole .mcol b")
    first, second = heads.all_text_contents()
    focus(board, 0, 0)
    board.keyboard.press("Alt+ArrowRight")
    expect(heads).to_have_text([second, first], timeout=20_000)
    expect(board.locator(CELLS).nth(1)).to_be_focused()
    expect(board.locator("#boardsays")).to_have_text(f"{first}: 2 of 2")
    address = board.url
    board.keyboard.press("Alt+ArrowRight")  # there is no further place, and the browser stays here
    board.locator("#boardwhole .mcol").last.hover()
    board.get_by_role("button", name=f"Move {first} left").click()
    expect(heads).to_have_text([first, second], timeout=20_000)
    expect(board.get_by_role("button", name=f"Move {first} right")).to_be_focused()
    assert board.url == address
    focus(board, 0, 1)
    board.keyboard.press("Shift+F2")
    board.locator("dialog.naming input").fill("Ada")
    board.keyboard.press("Enter")
    expect(heads).to_have_text([first, "Ada"], timeout=20_000)
    expect(board.locator(CELLS).nth(1)).to_be_focused()
    focus(board, 0, 0)
    board.keyboard.press("Shift+F2")
    board.locator("dialog.naming input").fill("W" * 100)
    board.keyboard.press("Enter")
    expect(heads).to_have_text(["W" * 100, "Ada"], timeout=20_000)
    places = (board.locator(one).nth(1).bounding_box() for one in ("#boardwhole .mcol", CELLS))
    assert len({box and round(box["x"]) for box in places}) == 1  # a head stands over its cells


def test_a_garment_has_the_name_and_the_number_that_its_owner_gives_it(board: Page) -> None:
    head, asked = board.locator("#boardwhole .rh").first, board.locator("dialog.naming input")
    for name, number in (("Hooded knit " * 10, "H-" * 30), ("Green hoodie", "H-1")):
        focus(board, 0, 0)
        board.keyboard.press("F2")
        asked.first.fill(name)
        asked.last.fill(number)
        board.keyboard.press("Enter")
        expect(head).to_contain_text(name.strip(), timeout=20_000)
        button, article = head.locator("b button"), head.locator("small")
        assert button.evaluate(HEIGHT) <= 3 * 20 and article.evaluate(HEIGHT) <= 3 * 18  # pixels a line
        expect(button).to_have_attribute("title", re.compile(f"^{name.strip()}\n"))
    expect(head).to_contain_text("Green hoodie", timeout=20_000)
    expect(head).to_contain_text("H-1")
    expect(board.locator(CELLS).first).to_be_focused()


def test_a_chosen_picture_stays_in_its_cell_when_the_same_is_had_again(board: Page) -> None:
    cell, chosen = board.locator(CELLS).last, re.compile(r"\bchosen\b")
    cell.locator(".pick").first.click()
    cell.hover()
    cell.locator("[data-board=again]").click()
    board.locator(".boardask [data-answer=yes]").click()
    expect(cell.locator(".shot.kept.on img")).to_have_count(1, timeout=20_000)
    expect(cell.locator(".shot:not(.kept) img")).to_have_count(1, timeout=ALL_MADE_MS)
    expect(cell).to_have_class(chosen)

    cell.locator(".shot.kept .pick").click()
    expect(cell.locator(".shot.kept")).to_have_count(0, timeout=20_000)
    expect(cell).not_to_have_class(chosen)


def test_axe_finds_nothing_in_the_form_and_the_matrix(board: Page) -> None:
    for scheme in ("light", "dark"):
        board.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        expect(board.locator("body.dark")).to_have_count(int(scheme == "dark"), timeout=20_000)
        assert (scheme, faults(board)) == (scheme, [])


def test_a_deleted_collection_is_had_back_with_its_jobs_as_its_visitor_said(board: Page) -> None:
    board.emulate_media(color_scheme="light", reduced_motion="reduce")
    named = board.url
    board.locator("#boardwhole .btools [data-board=delete]").click()
    board.locator("#boardask [data-answer=with-jobs]").click()
    expect(board.locator("#boardwhole .board")).to_have_count(0, timeout=20_000)
    expect(board.locator("#many-go")).to_contain_text("Create", timeout=20_000)
    board.goto(named)
    expect(board.locator("#boardwhole .job.refused")).to_be_visible(timeout=20_000)
    board.get_by_role("tab", name="My jobs").click()
    expect(board.locator("#jobrows .nojobs")).to_be_visible(timeout=20_000)
    board.locator("#boardundo [data-act=undo]").click()
    board.get_by_role("tab", name="Try-on").click()
    expect(board.locator(CELLS)).to_have_count(12, timeout=20_000)
    expect(board.locator("#boardundo .undo")).to_have_count(0)
    board.get_by_role("tab", name="My jobs").click()
    expect(board.locator("#jobrows .jobstack")).to_have_count(1, timeout=20_000)


def test_a_stack_is_deleted_by_keys_and_had_back_by_a_page_opened_anew(board: Page) -> None:
    stack, undo = board.locator("#jobrows .jobstack"), board.locator("#boardundo .undo")
    settled(board)
    stack.focus()
    board.keyboard.press("Delete")
    expect(board.locator("#jobsask [data-answer=alone]")).to_be_focused(timeout=20_000)
    board.keyboard.press("Escape")
    expect(board.locator("#jobsask .boardask")).to_have_count(0, timeout=20_000)
    expect(stack).to_be_focused()
    board.keyboard.press("Delete")
    board.locator("#jobsask [data-answer=with-jobs]").press("Enter", timeout=20_000)
    expect(board.locator("#jobrows .nojobs button")).to_be_focused(timeout=20_000)
    expect(undo).to_contain_text("Collection of 6 garments deleted.")
    expect(board.locator("#jobsundo .undo")).to_have_count(0)  # its jobs come back with it
    history.reload(board)
    expect(undo).to_contain_text("Collection of 6 garments deleted.", timeout=20_000)
    undo.locator("[data-act=undo]").click()
    expect(stack).to_have_count(1, timeout=20_000)
    expect(undo).to_have_count(0)
    settled(board)
    stack.focus()
    board.keyboard.press("Delete")
    board.locator("#jobsask [data-answer=alone]").press("Enter", timeout=20_000)
    cards = 12 + 1 + 3  # of each job one: of the cells, of one that was made again, of the refined pictures
    expect(board.locator("#jobrows .jobrow")).to_have_count(cards, timeout=20_000)
    expect(board.locator("#jobrows .jobrow").first).to_be_focused()
    board.keyboard.press("Control+z")
    expect(stack).to_be_focused(timeout=20_000)


ASKED = """() => {
  const question = document.getElementById("question"), yes = question.querySelector("button"), told = [];
  TryOn.boardAsk(question, (name, what) => told.push([name, what.agreed]));
  yes.click(), yes.click();
  dispatchEvent(new Event("tryon:notdone"));
  yes.click(), yes.click();
  return told;
}"""


def test_a_question_takes_one_answer_and_another_where_that_was_not_done(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(
        "<div id=question><div class=boardask data-agreed=3><button data-answer=yes>Yes</button></div></div>"
    )
    page.evaluate("window.TryOn = { asks: () => {} }")
    page.add_script_tag(path=HOUSE / "assets" / "js" / "board_panels.js")
    assert page.evaluate(ASKED) == [["submit", 3], ["submit", 3]]
    page.close()


TOLD = """() => {
  const question = document.getElementById("question"), yes = question.querySelector("button"), told = [];
  TryOn.boardAsk(question, (name, what) => told.push([name, what.kinds, what.genders]));
  yes.click();
  const missing = [...question.querySelectorAll(".missing")].map((one) => one.dataset.of);
  question.querySelectorAll("input").forEach((one) => one.click());
  yes.click();
  return [missing, told];
}"""


def test_what_is_said_of_garments_and_of_models_goes_with_the_answer_and_nothing_without(
    browser: Browser,
) -> None:
    page = browser.new_page()
    asked = "".join(
        f"<fieldset data-told={told} data-of={line}><legend>What is {line}?</legend>"
        f"<input type=radio name={line} value={value}></fieldset>"
        for told, line, value in (("kinds", "row", "tops"), ("genders", "column", "man"))
    )
    page.set_content(
        f"<div id=question><div class=boardask>{asked}<button data-answer=yes>Yes</button></div></div>"
    )
    page.evaluate(
        "window.TryOn = { asks: () => {}, words: { answerFirst: 'First:' },"
        " say: (lines) => { window.said = lines; } }"
    )
    page.add_script_tag(path=HOUSE / "assets" / "js" / "board_panels.js")
    assert page.evaluate(TOLD) == [["row", "column"], [["submit", {"row": "tops"}, {"column": "man"}]]]
    assert page.evaluate("said") == ["First: What is row? What is column?"]
    page.close()
