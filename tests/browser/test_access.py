"""The page for everybody, by WCAG 2.2 AA: axe, keys, colours, motion, little room, and what is read out."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import axe, history
from tests.browser.conftest import WORN_LIMIT_MS, Server, create, worn
from tests.browser.own_words import framework_words
from tests.browser.test_gallery import settled

SNAPSHOTS = Path(__file__).parent / "accessibility_tree"
TABS = {"Try-on": "tryon", "Refine": "refine", "My jobs": "jobs"}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LANGUAGE = "try-on-studio.language"  # the name of the cookie
MODE = "#mode label:nth-of-type({}) input"
TRIES, STAYS_MS = 40, 250


def tab(page: Page, name: str) -> None:
    page.locator(f"#{TABS[name]}tab-button").click()  # by what its name is in no language
    page.locator(f"#{TABS[name]}tab").wait_for()
    if name == "My jobs":
        page.locator("#jobrows .jobrow").first.wait_for()


def choose(radio: Locator) -> None:
    """Chooses it for good: a form that comes back, or what belongs to a sample, is on its
    way from the server, and may choose otherwise."""
    for _ in range(TRIES):
        radio.dispatch_event("click")
        radio.page.wait_for_timeout(STAYS_MS)
        if radio.is_checked():
            return
    raise AssertionError(f"{radio} is not chosen")


def mode(page: Page, number: int) -> None:
    tab(page, "Try-on")
    choose(page.locator(MODE.format(number)))


def folded(page: Page) -> None:
    """A library model, with what was unfolded in another state closed."""
    mode(page, 1)
    if page.locator("#more > button.open").count():
        page.locator("#more > button").click()


def options(page: Page) -> None:
    mode(page, 3)
    page.locator("#more > button").click()


def compared(page: Page) -> None:
    mode(page, 1)
    page.locator("#jobcard .info [data-act=compare]").click()
    page.locator("#jobcard .compare [data-act=compare]").click()  # back
    page.locator("#jobcard .info [data-act=compare]").click()


def pictured(page: Page) -> None:
    tab(page, "My jobs")
    page.locator("#jobslayout [data-layout=grid]").click()


def listed(page: Page) -> None:
    tab(page, "My jobs")
    page.locator("#jobslayout [data-layout=list]").click()
    page.locator("#jobrows .menu summary").first.click()


def key_panel(page: Page) -> None:
    tab(page, "Try-on")
    page.locator("#topbar button[data-key]").first.click()
    page.locator("dialog[open]").wait_for()


def lightbox(page: Page) -> None:
    tab(page, "Try-on")
    expect(page.locator("#jobcard .compare")).to_be_hidden()  # Escape leads back from there, too
    page.locator("#jobcard .hero button.full").click()
    page.locator(".lightbox img").first.wait_for()


# Each from wherever the page is; the last two open a dialog, which Escape closes.
STATES: dict[str, Callable[[Page], None]] = {
    "a library model": folded,
    "a described model": lambda page: mode(page, 2),
    "own photos and more options": options,
    "two pictures side by side": compared,
    "Refine": lambda page: tab(page, "Refine"),
    "My jobs": pictured,
    "My jobs in lines, with a menu": listed,
    "a key panel": key_panel,
    "a picture by itself": lightbox,
}


def each_state(page: Page) -> Iterator[str]:
    """Brings the page into one state after the other; its name."""
    for name, bring in STATES.items():
        bring(page)
        yield name
        page.keyboard.press("Escape")


# Notes at every change of the card, in the same moment, what is read out, what moves, and the bars' colours.
NOTES = """() => {
  const notes = window.notes = { said: [], moving: [], bars: [], regions: new Set() };
  const colour = (bar, pseudo) => bar && getComputedStyle(bar, pseudo).backgroundColor;
  const note = () => {
    const region = document.querySelector('#jobcard .steps + [role=status]');
    if (!region) return;
    notes.regions.add(region);
    if (notes.said.at(-1) !== region.textContent) notes.said.push(region.textContent);
    const moving = document.getAnimations().filter((one) => one.playState === 'running');
    notes.moving.push(...moving.map((one) => one.animationName ?? one.transitionProperty));
    const bars = ['done', 'now', 'todo'].map((mark) => document.querySelector(`#jobcard .steps .${mark} i`));
    const [done, now, ahead] = bars;
    if (done && ahead) notes.bars.push([colour(done), colour(now, '::after'), colour(ahead)]);
  };
  const all = { childList: true, subtree: true, characterData: true, attributes: true };
  new MutationObserver(note).observe(document.querySelector('#jobcard'), all);
}"""


@pytest.fixture(scope="module")
def watched(browser: Browser, app: Server) -> Iterator[tuple[Page, dict[str, Any]]]:
    """A page with a finished job on it, and what was noted of that from the click on, in forced colours."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    page.goto(app.url)
    page.locator("#go").wait_for(timeout=20_000)
    page.evaluate(NOTES)
    create(page)
    worn(page, 4)
    notes = page.evaluate("({ ...notes, regions: notes.regions.size })")
    page.emulate_media(forced_colors="none", reduced_motion="reduce")
    history.reload(page)  # without what Create may have had to say
    worn(page, 4)
    yield page, notes
    context.close()


@pytest.fixture(scope="module")
def finished(watched: tuple[Page, dict[str, Any]]) -> Page:
    return watched[0]


@pytest.fixture
def fresh(finished: Page) -> Iterator[Page]:
    """The page with a finished job on its first tab, in a laptop's window, with nothing lying on it."""
    page = finished
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(page.locator("dialog[open]")).to_have_count(0)
    tab(page, "Try-on")
    yield page
    page.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="reduce")
    page.keyboard.press("Escape")


# What is another at each run.
VARIES = {
    r"code: .*": "code: (id)",
    r"\b\d{1,2}:\d{2}(:\d{2})?( [AP]M)?": "(time)",
    r"…\d+": "(id)",
    r"(?<=listitem: )(Today|Yesterday)$": "(day)",  # above the jobs of one
    r"[0-9a-f]{8}-[0-9a-f-]{27}": "(id)",
    r"\b\d{15,}\b|[0-9a-f]{40}": "(id)",
    r"v=[0-9a-f]{16}": "v=(hash)",
}


@pytest.mark.parametrize("name", TABS)
def test_what_a_screen_reader_finds_on_a_tab_is_what_was_reviewed(fresh: Page, name: str) -> None:
    """`REVIEW=1` writes the files anew, for their difference to be read."""
    tab(fresh, name)
    if name == "My jobs":
        fresh.locator("#jobrows .jobrow").first.wait_for()
    told = fresh.locator("body").aria_snapshot()
    for pattern, word in VARIES.items():
        told = re.sub(pattern, word, told, flags=re.MULTILINE)
    reviewed = SNAPSHOTS / f"{TABS[name]}.yaml"
    if os.environ.get("REVIEW"):
        reviewed.write_text(f"{told}\n")
    assert f"{told}\n" == reviewed.read_text()


WIDER = """() => {
  const seen = (e) => e.getClientRects().length && getComputedStyle(e).visibility !== 'hidden';
  const cut = [...document.querySelectorAll('.seg label, [role=tab], .btn, #go, #refine-go, h1, h2')]
    .filter((e) => seen(e) && !e.closest('.vh, [aria-hidden=true]'))
    .filter((e) => e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1)
    .map((e) => `cut off: ${e.textContent}`);
  const covered = [...document.querySelectorAll('#nav [role=tab], #topbar .pill')].filter((e) => {
    const { left, top, width, height } = e.getBoundingClientRect();
    const at = document.elementFromPoint(left + width / 2, top + height / 2);
    return top >= 0 && seen(e) && !document.querySelector('dialog[open], .lightbox') && !e.contains(at);
  }).map((e) => `covered: ${e.textContent}`);
  const wide = document.documentElement.scrollWidth - innerWidth;
  return [...(wide > 0 ? [`${wide} pixels too wide`] : []), ...cut, ...covered];
}"""


@pytest.mark.parametrize(("width", "height"), [(320, 640), (390, 844), (640, 400)])
def test_little_room_makes_nothing_scroll_sideways_cuts_no_words_and_covers_nothing(
    fresh: Page, width: int, height: int
) -> None:
    """A small phone, a phone, and a laptop's window of 1280x800 at 200 % zoom."""
    fresh.set_viewport_size({"width": width, "height": height})
    found = []
    for state in each_state(fresh):
        fresh.evaluate("scrollTo(0, 0)")
        found += [(state, one) for one in fresh.evaluate(WIDER)]
    assert found == []


def test_axe_finds_nothing_on_a_phone(fresh: Page) -> None:
    fresh.set_viewport_size({"width": 390, "height": 844})
    found = {}
    for name in TABS:
        tab(fresh, name)
        found[name] = axe.told(fresh)
    assert found == {name: [] for name in TABS}


# Of what has the focus the middle is to be seen, and nothing that stays while the page scrolls may lie on it.
FOCUSED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const box = at.matches('input[type=radio], input[type=checkbox]') ? at.closest('label') : at;
  const { left, top, right, bottom } = box.getBoundingClientRect();
  const stays = (hit) => {
    for (let one = hit; one && !one.contains(at); one = one.parentElement)
      if (['fixed', 'sticky'].includes(getComputedStyle(one).position)) return true;
    return false;
  };
  const covered = [];
  for (const x of [.5, .1, .9]) for (const y of [.5, .1, .9]) {
    const hit = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y);
    const there = hit && !stays(hit) && (x !== .5 || y !== .5 || box.contains(hit));
    if (!there) covered.push(hit?.id || hit?.className || 'out of the window');
  }
  const name = at.getAttribute('aria-label') || at.labels?.[0]?.textContent || at.textContent || at.id;
  const end = window.reached.has(at);
  window.reached.add(at);
  return { name: name.trim().slice(0, 60), covered, end };
}"""


@pytest.mark.parametrize("tab_name", TABS)
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (640, 400), (390, 844)])
def test_what_has_the_focus_is_never_covered(fresh: Page, tab_name: str, width: int, height: int) -> None:
    fresh.set_viewport_size({"width": width, "height": height})
    tab(fresh, tab_name)
    if tab_name == "My jobs":
        settled(fresh)  # a list that is drawn anew amid it takes the focus along
    fresh.evaluate("window.reached = new Set(), document.activeElement.blur(), scrollTo(0, 0)")
    stops: list[dict[str, Any]] = []
    while (stop := focused_next(fresh)) and not stop["end"] and len(stops) < 120:
        stops.append(stop)
    assert len(stops) > 8
    assert [(stop["name"], stop["covered"]) for stop in stops if stop["covered"]] == []


def focused_next(page: Page) -> dict[str, Any] | None:
    page.keyboard.press("Tab")
    stop: dict[str, Any] | None = page.evaluate(FOCUSED)
    return stop


def looks(part: Locator) -> bytes:
    """The part with what is around it: rings lie outside."""
    part.page.evaluate("document.activeElement.blur()")
    part.page.mouse.move(0, 0)
    box = part.bounding_box()
    assert box
    around = {"x": box["x"] - 6, "y": box["y"] - 6, "width": box["width"] + 12, "height": box["height"] + 12}
    return part.page.screenshot(clip=around)  # type: ignore[arg-type]


def still(part: Locator, before: bytes) -> bool:
    """Whether it goes on looking as before; a busy machine draws anew when it comes to it."""
    for _ in range(TRIES):
        if looks(part) != before:
            return False
        part.page.wait_for_timeout(STAYS_MS)
    return True


CHOICES = {
    "Try-on": ("#mode", "#view", "#count", "#samples", "#library"),
    "Refine": ("#rsamples", "#rgender"),
    "My jobs": ("#jobsfilter", "#jobsvendor", "#jobsdays"),
}


def test_what_is_chosen_is_seen_in_forced_colours(fresh: Page) -> None:
    fresh.emulate_media(forced_colors="active")
    unseen = []
    for name, groups in CHOICES.items():
        tab(fresh, name)
        for group in groups:
            labels = fresh.locator(f"{group} label:has(input)")
            choose(labels.nth(0).locator("input"))
            chosen = looks(labels.nth(0))
            choose(labels.nth(1).locator("input"))
            unseen += [group] if still(labels.nth(0), chosen) else []
            choose(labels.nth(0).locator("input"))
    starred = fresh.locator("#jobsstarred label")
    before = looks(starred)
    starred.locator("input").check(force=True)
    unseen += ["#jobsstarred"] if still(starred, before) else []
    starred.locator("input").uncheck(force=True)
    tab(fresh, "Try-on")
    first = fresh.locator("#jobcard button.slot").first
    before = looks(first)
    fresh.locator("#jobcard button.slot").nth(1).click()
    unseen += ["slot"] if still(first, before) else []
    refine = fresh.get_by_role("tab", name="Refine")
    before = looks(refine)
    refine.click()
    assert unseen + (["tab"] if still(refine, before) else []) == []


def test_a_job_is_read_out_stage_by_stage_moves_nothing_and_is_seen_in_forced_colours(
    watched: tuple[Page, dict[str, Any]],
) -> None:
    _, notes = watched
    said = notes["said"]
    assert said[-1] == "Saved, 4 of 4" and len(said) > 2 and len(set(said)) == len(said)
    assert notes["regions"] == 1 and goes_forward(said)
    assert notes["moving"] == []
    assert (
        notes["bars"] and [bars for bars in notes["bars"] if bars[0] == bars[2] or bars[1] == bars[2]] == []
    )


def goes_forward(said: list[str]) -> bool:
    """Whether no stage is said again that was over."""
    order = ("Sending", "Queued", "Generating", "Saved")
    stages = [next(n for n, word in enumerate(order) if one.startswith(word)) for one in said]
    return stages == sorted(stages)


def tab_to(page: Page, reached: str) -> None:
    """Presses Tab until what matches has the focus."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("(reached) => document.activeElement.matches(reached)", reached):
            return
    raise AssertionError(f"no Tab leads to {reached}")


def saved(page: Page, card: str) -> str:
    """Downloads the picture with the keyboard; the file's name."""
    tab_to(page, f"{card} a[data-act=save]")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert Path(download.value.path()).stat().st_size > 10_000
    return download.value.suggested_filename


def test_both_main_jobs_are_done_with_the_keyboard_alone(browser: Browser, app: Server) -> None:
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1280, "height": 720})
    page = context.new_page()
    page.goto(app.url)
    page.locator("#go").wait_for(timeout=20_000)
    keys = page.keyboard

    tab_to(page, "#samples input")
    keys.press("ArrowRight")
    expect(page.locator("#willdo")).to_contain_text("Shirt on James", timeout=20_000)
    tab_to(page, "#library input")
    keys.press("ArrowRight")
    expect(page.locator("#willdo")).to_contain_text("Shirt on Ariel", timeout=20_000)
    tab_to(page, "#count input")
    keys.press("ArrowLeft")
    tab_to(page, "#go")
    keys.press("Enter")
    worn(page, 2)
    assert saved(page, "#jobcard").startswith("shirt-ariel-1")

    page.locator("[role=tab][data-tab-id=tryon-tab]").last.focus()
    keys.press("ArrowRight")
    tab_to(page, "#refine-go")
    keys.press("Enter")
    expect(page.locator("#refinecard .job")).to_have_class(re.compile("succeeded"), timeout=WORN_LIMIT_MS)
    tab_to(page, "#refinecard input[type=range]")
    keys.press("ArrowRight")
    assert saved(page, "#refinecard")
    context.close()


def test_arrow_keys_go_through_the_tabs(finished: Page) -> None:
    first = finished.get_by_role("tab", name="Try-on")
    first.focus()
    for key, name in (
        ("ArrowRight", "Refine"),
        ("End", "My jobs"),
        ("ArrowRight", "Try-on"),
        ("ArrowLeft", "My jobs"),
    ):
        finished.keyboard.press(key)
        shown = finished.get_by_role("tab", name=name)
        expect(shown).to_be_focused()
        expect(shown).to_have_attribute("aria-selected", "true")
        expect(finished.locator("#nav [role=tab][tabindex='0']")).to_have_text([name])
        expect(finished.get_by_role("tabpanel", name=name)).to_be_visible()


def test_a_place_with_a_picture_takes_another_one_by_keyboard(finished: Page) -> None:
    page = finished
    tab(page, "Try-on")
    page.on("filechooser", lambda _: None)  # from now on none is lost: to begin hearing takes a moment
    tab_to(page, "#garment [role=button]")
    expect(page.locator("#garment")).to_have_css("outline-style", "solid")  # within, its corners cut it
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(Path(__file__).parents[2] / "assets" / "garments" / "tee.jpg")
    expect(page.locator("#garment img")).to_have_attribute("src", re.compile("tee"), timeout=20_000)
    remove = page.get_by_role("button", name="Garment: remove the picture")
    remove.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Garment: choose a picture")).to_be_focused()
    choose(page.locator("#samples input").first)  # for the tests that follow
    expect(page.locator("#garment img")).to_have_attribute("src", re.compile("hoodie"), timeout=20_000)


def test_no_tab_of_the_page_has_words_of_the_framework(fresh: Page) -> None:
    for name in ("Refine", "My jobs", "Try-on"):
        tab(fresh, name)
        assert framework_words(fresh) == []
    for pill in fresh.locator("#topbar button.pill").all():
        pill.click()
        assert framework_words(fresh) == []
        fresh.keyboard.press("Escape")


@pytest.mark.parametrize("language", ["en", "zh"])  # the last: the page stays in the other language
def test_axe_finds_nothing_in_any_state(fresh: Page, language: str) -> None:
    if language != "en":
        fresh.context.add_cookies([{"name": LANGUAGE, "value": language, "url": fresh.url}])
        history.reload(fresh)
        worn(fresh, 4)
    assert fresh.evaluate("document.documentElement.lang").startswith(language)
    found = []
    for state in each_state(fresh):
        for scheme in SCHEMES:
            fresh.emulate_media(color_scheme=scheme)
            expect(fresh.locator("body.dark")).to_have_count(int(scheme == "dark"))
            found += [(state, scheme, one) for one in axe.told(fresh)]
    assert found == []
