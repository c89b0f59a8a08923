"""The form for several garments beside the collection that is shown: opened anew, added to, emptied."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import history
from tests.browser.conftest import Server, laptop
from tests.browser.test_collection import ALL_MADE_MS, CELLS, DROP
from tests.browser.test_gallery import settled

DROP_ONE = DROP.replace("#garment", "#manygarments")
NAMES = "#manygarments .gname"
GO = "#many-go"
# What the button is seen to say, from the page's beginning on: nothing, until the form has come back.
LABELS = """window.labels = new Set();
  const drawn = { childList: true, subtree: true, characterData: true, attributes: true };
  const look = () => {
    const go = document.getElementById("many-go");
    const isSeen = go?.offsetParent && !/^transparent$|, 0\\)$/.test(getComputedStyle(go).color);
    if (isSeen) window.labels.add(go.textContent.trim());
  };
  new MutationObserver(look).observe(document, drawn);
  setInterval(look, 50);"""
# How much of each model's tile is within the list, by its width.
SHARES = """(list) => {
  const box = document.querySelector(`${list} > .wrap:last-of-type`).getBoundingClientRect();
  return [...document.querySelectorAll(`${list} label`)].map((tile) => {
    const { left, right, width } = tile.getBoundingClientRect();
    return Math.max(0, Math.min(right, box.right) - left) / width;
  });
}"""
COULD_BE_BETTER = """() => {
  const row = document.querySelector("#manygarments .g");
  row.className = "g hint";
  Object.assign(row.querySelector(".tag"), { className: "tag warn", textContent: "Could be better" });
}"""
STORE = "JSON.stringify(localStorage)"
OLDER, NEWER = "My tee and My skirt", "My dress and My hoodie"


def made_of(page: Page, garments: list[str], models: int) -> str:
    """The address of a new collection of those on the first models."""
    page.evaluate(DROP, garments)
    expect(page.locator(NAMES)).to_have_count(len(garments), timeout=20_000)
    for number in range(1, models):
        page.locator("#manylibrary label").nth(number).click()
    page.locator("#count label").first.click()
    jobs = len(garments) * models
    wanted = re.compile(rf"Create {jobs} jobs? · {jobs} pictures?$")
    expect(page.locator(GO)).to_have_text(wanted, timeout=20_000)
    before = page.url
    page.locator(GO).click()
    expect(page).not_to_have_url(before, timeout=20_000)
    expect(page.locator(f"{CELLS}.ok img")).to_have_count(jobs, timeout=ALL_MADE_MS)
    return page.url


@pytest.fixture(scope="module")
def two(browser: Browser, app: Server) -> Iterator[Page]:
    """A page with two collections of which the older one, of two garments on two models, is not shown."""
    with laptop(browser, app.url, height=900) as page:
        made_of(page, ["tee", "skirt"], 2)
        page.locator("#view label").nth(1).click()
        page.get_by_role("button", name="Just one garment").click()
        expect(page.locator("#go")).to_be_visible()
        made_of(page, ["dress", "hoodie"], 1)
        yield page


def opened(page: Page, name: str) -> None:
    """Opens the collection of that name in My jobs."""
    page.get_by_role("tab", name="My jobs").click()
    expect(page.locator("#jobrows .jobstack")).to_have_count(2, timeout=20_000)
    settled(page)
    page.locator("#jobrows .jobstack", has_text=name).get_by_role("button", name="Open").click()
    expect(page.locator("#boardwhole .board")).to_contain_text(name, timeout=20_000)


def stored(page: Page, before: str) -> None:
    """Waits until the browser keeps what was changed last: it follows by itself, a moment after the page."""
    page.wait_for_function(f"(before) => {STORE} !== before", arg=before, timeout=20_000)
    at_rest(page, before)


def at_rest(page: Page, before: str = "") -> None:
    """Waits until the browser keeps the same for a second."""
    while (now := page.evaluate(STORE)) != before:
        before = now
        page.wait_for_timeout(1000)


def names(page: Page) -> list[str]:
    return [field.input_value() for field in page.locator(NAMES).all()]


def ticked(page: Page) -> int:
    return page.locator("#manylibrary input:checked").count()


def test_an_older_collection_brings_its_garments_models_and_settings_and_is_added_to(two: Page) -> None:
    assert names(two) == ["My dress", "My hoodie"]
    assert two.locator("#view label").nth(1).locator("input").is_checked()
    opened(two, OLDER)

    expect(two.locator(NAMES).first).to_have_value("My tee", timeout=20_000)
    expect(two.locator(GO)).to_have_text("Create again: 4 jobs · 4 pictures", timeout=20_000)
    assert names(two) == ["My tee", "My skirt"] and ticked(two) == 2
    assert two.locator("#view label").first.locator("input").is_checked()
    two.locator("[data-draft=sample][data-name=Dress]").click()
    expect(two.locator(GO)).to_have_text("Add 2 jobs · 2 pictures", timeout=20_000)


def test_what_is_in_no_collection_yet_stays_when_another_one_is_opened(two: Page) -> None:
    opened(two, NEWER)
    offer = two.locator("#manyoffer")
    expect(offer).to_contain_text(f"adds to “{OLDER}”", timeout=20_000)
    assert len(names(two)) == 3 and ticked(two) == 2
    offer.get_by_role("button").click()

    expect(two.locator(NAMES)).to_have_count(2, timeout=20_000)
    expect(offer).not_to_contain_text(OLDER)
    expect(two.locator("#view label").nth(1).locator("input")).to_be_checked(timeout=20_000)
    assert names(two) == ["My dress", "My hoodie"] and ticked(two) == 1
    two.locator("#manygarments").get_by_role("button", name="Undo").click()
    expect(two.locator(NAMES)).to_have_count(3, timeout=20_000)
    expect(two.locator(GO)).to_have_text("Add 2 jobs · 2 pictures", timeout=20_000)
    expect(offer).to_contain_text(f"adds to “{OLDER}”", timeout=20_000)
    assert ticked(two) == 2 and two.locator("#view label").first.locator("input").is_checked()
    two.locator("#manygarments .goff").last.click()
    expect(two.locator(NAMES)).to_have_count(2, timeout=20_000)


def test_an_address_that_is_opened_anew_brings_its_own_form(two: Page) -> None:
    opened(two, OLDER)
    expect(two.locator(NAMES).first).to_have_value("My tee", timeout=20_000)
    older = two.url
    opened(two, NEWER)
    expect(two.locator(NAMES).first).to_have_value("My dress", timeout=20_000)
    two.goto(older)

    expect(two.locator(NAMES).first).to_have_value("My tee", timeout=20_000)
    expect(two.locator(GO)).to_contain_text("Create again: 4 jobs", timeout=20_000)
    assert names(two) == ["My tee", "My skirt"] and ticked(two) == 2


def test_a_reload_counts_nothing_wrong_meanwhile(two: Page) -> None:
    two.add_init_script(LABELS)
    history.reload(two)
    expect(two.locator(GO)).to_contain_text("Create again: 4 jobs · 4 pictures", timeout=20_000)
    expect(two.locator(f"{CELLS}.ok")).to_have_count(4, timeout=20_000)
    expect(two.locator("html.coming-back")).to_have_count(0, timeout=20_000)
    two.wait_for_function("[...window.labels].some((label) => label.includes('picture'))", timeout=20_000)
    counted = {label for label in two.evaluate("[...window.labels]") if "picture" in label}
    assert counted == {"Create again: 4 jobs · 4 pictures"}


def test_what_is_made_already_is_asked_about_where_a_model_is_not_chosen_any_more(two: Page) -> None:
    second, quiet = two.locator("#manylibrary label").nth(1), re.compile("secondary")
    expect(two.locator(GO)).to_have_class(quiet)
    second.click()
    expect(two.locator(GO)).to_have_text("Create 2 jobs · 2 pictures", timeout=20_000)
    before = two.url
    two.locator(GO).click()
    question = two.locator(".manyask")
    expect(two.locator(GO)).to_have_class(quiet)
    assert question.locator(".primary").count() == 0
    expect(question).to_contain_text("All of this is made already", timeout=20_000)
    question.get_by_role("button", name="Cancel").click()
    expect(question).to_have_count(0, timeout=20_000)
    second.click()
    expect(two.locator(GO)).to_contain_text("Create again: 4 jobs", timeout=20_000)
    assert two.url == before


def test_where_the_form_adds_another_collection_is_made_instead(two: Page) -> None:
    where, older = two.locator("#manywilldo .whereto"), two.url
    two.locator("[data-draft=sample][data-name=Dress]").dblclick()  # adds one
    expect(two.locator(GO)).to_have_text("Add 2 jobs · 2 pictures", timeout=20_000)
    expect(two.locator(GO)).to_have_class(re.compile("primary"))
    expect(where).to_contain_text(f"Adds to “{OLDER}”")
    where.get_by_role("button", name="New collection instead").click()
    expect(two.locator(GO)).to_have_text("Create 6 jobs · 6 pictures", timeout=20_000)
    two.locator(GO).click()
    expect(two.locator(".manyask")).to_contain_text("4 jobs of this are made already", timeout=20_000)
    where.get_by_role("button", name="Add to it instead").click()
    expect(two.locator(GO)).to_have_text("Add 2 jobs · 2 pictures", timeout=20_000)
    two.locator("#manygarments .goff").last.click()
    expect(two.locator(GO)).to_contain_text("Create again: 4 jobs", timeout=20_000)
    expect(where).to_have_count(0)
    assert two.url == older


def test_another_list_makes_another_collection(two: Page) -> None:
    two.get_by_role("button", name="Take all out").click()
    expect(two.locator(NAMES)).to_have_count(0, timeout=20_000)
    before = two.evaluate(STORE)
    two.evaluate(DROP_ONE, ["jeans"])
    expect(two.locator(NAMES)).to_have_count(1, timeout=20_000)
    expect(two.locator(GO)).to_have_text("Create 2 jobs · 2 pictures", timeout=20_000)
    expect(two.locator("#manygarments .gback")).to_have_count(0)
    stored(two, before)
    history.reload(two)
    expect(two.locator(NAMES)).to_have_count(1, timeout=20_000)
    expect(two.locator(GO)).to_have_text("Create 2 jobs · 2 pictures", timeout=20_000)
    before = two.evaluate(STORE)
    two.get_by_role("button", name="Just one garment").click()
    expect(two.locator("#go")).to_be_visible(timeout=20_000)
    stored(two, before)
    two.goto(two.url)
    expect(two.locator(GO)).to_contain_text("Create again: 4 jobs", timeout=20_000)


def test_one_press_takes_all_garments_out_and_the_models_stay(two: Page) -> None:
    listed = two.locator("#manygarments")
    two.get_by_role("button", name="Take all out").click()
    expect(two.locator(NAMES)).to_have_count(0, timeout=20_000)
    expect(listed.get_by_role("button", name="Add garments")).to_be_visible()
    assert ticked(two) == 2 and two.locator("#wear").is_hidden()
    expect(listed).to_contain_text("2 garments taken out")
    listed.get_by_role("button", name="Undo").click()
    expect(two.locator(NAMES)).to_have_count(2, timeout=20_000)
    assert names(two) == ["My tee", "My skirt"] and ticked(two) == 2


def test_a_list_that_one_garment_took_the_place_of_comes_back_by_the_way_to_several(two: Page) -> None:
    two.get_by_role("button", name="Just one garment").click()
    expect(two.locator("#go")).to_be_visible(timeout=20_000)
    assert "taken out" not in two.locator("#manygarments").inner_text()
    two.get_by_role("button", name="Several garments or models").click()
    expect(two.locator(NAMES)).to_have_count(2, timeout=20_000)
    assert names(two) == ["My tee", "My skirt"] and ticked(two) == 2
    two.locator("[data-draft=sample][data-name=Dress]").click()
    expect(two.locator(NAMES)).to_have_count(3, timeout=20_000)


def test_a_list_whose_last_garment_is_taken_out_is_empty_and_stays_so_over_a_reload(two: Page) -> None:
    for left in (2, 1, 0):
        before = two.evaluate(STORE)
        two.locator("#manygarments .goff").last.click()
        expect(two.locator(NAMES)).to_have_count(left, timeout=20_000)
    assert ticked(two) == 2 and two.locator("#wear").is_hidden() and two.locator(GO).is_visible()
    stored(two, before)
    history.reload(two)
    expect(two.locator("#manygarments [data-draft=files]")).to_be_visible(timeout=20_000)
    assert two.locator(NAMES).count() == 0 and ticked(two) == 2
    shown = two.url
    two.locator(GO).click()
    expect(two.locator(".toast-body")).to_contain_text("at least one garment", timeout=20_000)
    assert two.locator("#boardwhole .board").is_visible() and two.url == shown
    two.locator(".toast-close").click()
    expect(two.locator(".toast-body")).to_have_count(0)
    two.evaluate(DROP_ONE, ["jeans"])
    expect(two.locator(NAMES)).to_have_count(1, timeout=20_000)
    assert names(two) == ["My jeans"]


def test_why_a_link_was_not_made_goes_when_one_is_made(two: Page) -> None:
    two.locator("#boardwhole .btools [data-board=share]").click()
    panel = two.locator("#boardshare .bshare")
    password, links = panel.locator("[name=password]"), panel.locator("li.open")
    password.fill("abc")
    panel.get_by_role("button", name="Make a link").click()
    expect(panel.locator(".refused")).to_contain_text("assword", timeout=20_000)
    assert links.count() == 0 and two.locator(".toast-body").count() == 0
    password.fill("longer than that")
    panel.get_by_role("button", name="Make a link").click()
    expect(links).to_have_count(1, timeout=20_000)
    expect(panel.locator(".refused")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 390, 430, 460, 500, 600])
def test_half_a_model_says_on_a_phone_that_there_are_more(browser: Browser, app: Server, width: int) -> None:
    with laptop(browser, app.url) as page:
        page.set_viewport_size({"width": width, "height": 844})
        for many in (False, True):
            if many:
                page.evaluate(DROP, ["tee", "skirt"])
                expect(page.locator(NAMES)).to_have_count(2, timeout=20_000)
            shares = page.evaluate(SHARES, "#manylibrary" if many else "#library")
            cut = [share for share in shares if 0 < share < 1]
            assert shares.count(1) >= 8 and len(cut) == 2 and all(0.4 < share < 0.6 for share in cut)


def test_on_a_phone_a_verdict_leaves_a_garments_name_its_room(browser: Browser, app: Server) -> None:
    with laptop(browser, app.url) as page:
        page.set_viewport_size({"width": 390, "height": 844})
        page.evaluate(DROP, ["tee", "skirt"])
        name = page.locator(NAMES).first
        expect(page.locator(NAMES)).to_have_count(2, timeout=20_000)
        fits = "(field) => field.scrollWidth <= field.clientWidth"
        name.fill("Striped knit tee")
        assert name.evaluate(fits)
        page.evaluate(COULD_BE_BETTER)
        assert name.evaluate(fits) and page.locator(".garticle").first.evaluate(fits)
