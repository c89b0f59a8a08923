"""The connection goes away for a while: nothing is lost or sent twice, and the page says what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from tests.browser import held_calls, history
from tests.browser.conftest import HOUSE, QUICK_APP, Server, app_server, create, one_picture, worn
from tests.browser.held_calls import SETTLED_MS
from tests.browser.own_words import framework_words
from tests.browser.test_main_job import photo_of

AWAY_MS = 20_000
STREAM = "/queue/data"
SAYING, CARD = "#saying", "#jobcard"


def opened(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    page.locator("#go").wait_for(timeout=20_000)
    expect(page.locator("#willdo")).to_contain_text("on James", timeout=20_000)
    return page


def cut_off(page: Page) -> None:
    """Takes the connection away; what was sent in the moment before the browser knows would get through."""
    page.context.set_offline(True)
    page.wait_for_function("!navigator.onLine")


def has_one_job(page: Page) -> None:
    page.get_by_role("tab", name="My jobs").click()
    expect(page.locator("#jobrows .jobrow")).to_have_count(1, timeout=20_000)


def test_twenty_seconds_without_a_connection_amid_create_upload_and_result(
    browser: Browser, app: Server, tmp_path: Path
) -> None:
    with ExitStack() as closing:
        pages = []
        for _ in range(3):
            context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
            closing.callback(context.close)
            pages.append(opened(context, app.url))
        creating, uploading, watching = pages
        create(watching)
        expect(watching.locator(f"{CARD} .steps")).to_be_visible(timeout=20_000)
        for page in pages:
            page.context.set_offline(True)
        create(creating)
        uploading.locator("#garment input[type=file]").first.set_input_files(photo_of("tee", tmp_path))
        expect(creating.locator(SAYING)).to_contain_text("Nothing was sent yet")
        expect(uploading.locator(SAYING)).to_contain_text("upload goes on by itself")
        expect(watching.locator("#connection")).to_contain_text("Connection lost", timeout=20_000)
        watching.wait_for_timeout(AWAY_MS)
        for page in pages:
            page.context.set_offline(False)
        worn(watching, 4)
        worn(creating, 4)
        expect(uploading.locator("#willdo")).to_contain_text("My tee on James", timeout=15_000)
        for page in (creating, watching):
            has_one_job(page)


NO_NETWORK = "Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false })"


def test_on_a_machine_without_a_network_everything_works(context: BrowserContext, app: Server) -> None:
    # A browser says so in flight mode, though an app on the same machine answers.
    context.add_init_script(NO_NETWORK)
    page = opened(context, app.url)
    page.evaluate("dispatchEvent(new Event('offline'))")
    one_picture(page)
    create(page)
    worn(page, 1)
    expect(page.locator("#connection.lost")).to_have_count(0)


UNKEPT = "Object.defineProperty(window, 'indexedDB', { value: undefined })"


def test_a_photo_on_its_way_while_the_app_starts_anew_is_kept_or_missed_in_words(
    browser: Browser, tmp_path: Path
) -> None:
    app = app_server(tmp_path, QUICK_APP).start()
    with ExitStack() as closing:
        closing.callback(app.stop)
        pages = []
        for script in ("", UNKEPT):
            context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
            closing.callback(context.close)
            context.add_init_script(script)
            pages.append(opened(context, app.url))
        keeps, keeps_nothing = pages
        one_picture(keeps)
        photo = photo_of("tee", tmp_path)
        app.stop()
        for page in pages:
            page.locator("#garment input[type=file]").first.set_input_files(photo)
            expect(page.locator(SAYING)).to_contain_text("upload goes on by itself", timeout=15_000)
        expect(keeps_nothing.locator(SAYING)).to_contain_text("choose the file again")
        expect(keeps_nothing.locator("#connection")).to_contain_text("Connection lost", timeout=15_000)
        assert framework_words(keeps_nothing) == []
        create(keeps)
        app.start()
        expect(keeps_nothing.locator(SAYING)).to_contain_text("The upload did not arrive", timeout=30_000)
        assert framework_words(keeps_nothing) == []
        expect(keeps.locator("#willdo")).to_contain_text("My tee on James", timeout=30_000)
        expect(keeps.locator(SAYING)).to_contain_text("Nothing was sent: press the button again")
        expect(keeps.locator("#go")).to_contain_text("1 picture")
        create(keeps)
        worn(keeps, 1)
        has_one_job(keeps)


class Streams:
    """The streams of answers that pages of a context have open."""

    def __init__(self, context: BrowserContext) -> None:
        self._open: set[Request] = set()
        context.on("request", lambda request: self._open.add(request) if STREAM in request.url else None)
        for end in ("requestfinished", "requestfailed"):
            context.on(end, lambda request: self._open.discard(request))

    def until_none(self, page: Page) -> None:
        """Waits until the page has settled and hears no answer: where a stream breaks, it is opened anew."""
        page.wait_for_timeout(SETTLED_MS)
        while self._open:
            page.wait_for_timeout(SETTLED_MS)


@pytest.fixture(scope="module")
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1440, "height": 1068}, reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture(scope="module")
def streams(visitor: BrowserContext) -> Streams:
    return Streams(visitor)


@pytest.fixture(scope="module")
def visited(visitor: BrowserContext, streams: Streams, app: Server) -> Page:
    """One visitor's page, on which each test goes on from where the one before it has come."""
    return opened(visitor, app.url)


def test_a_page_opened_anew_says_that_the_create_it_held_was_not_sent(visited: Page) -> None:
    page = visited
    page.route("**/healthz", lambda route: route.abort())
    expect(page.locator("#connection")).to_contain_text("Connection lost", timeout=20_000)
    create(page)
    expect(page.locator(SAYING)).to_contain_text("Nothing was sent yet")
    history.reload(page)  # still without a connection: with one, it would go on by itself
    expect(page.locator(SAYING)).to_contain_text("Nothing was sent: press the button again", timeout=20_000)
    page.unroute("**/healthz")
    expect(page.locator(f"{CARD} .job.empty")).to_be_visible()
    expect(page.locator("#connection.lost")).to_be_hidden(timeout=20_000)


def test_a_page_opened_anew_says_of_a_create_that_had_gone_that_it_may_be_a_job(visited: Page) -> None:
    page = visited
    maybe = "If it arrived, its job is among My jobs"
    page.route("**/queue/join*", lambda route: route.abort())
    create(page)
    expect(page.locator(SAYING)).to_contain_text("Nothing was sent yet")
    page.evaluate("document.querySelector('#go').remove()")
    page.unroute("**/queue/join*")
    history.reload(page)
    expect(page.locator(SAYING)).to_contain_text(maybe, timeout=20_000)
    expect(page.locator(f"{CARD} .job.empty")).to_be_visible()


def test_a_create_whose_answer_is_not_heard_is_a_job_when_the_page_is_opened_anew(
    context: BrowserContext, app: Server
) -> None:
    streams = Streams(context)
    page = opened(context, app.url)
    streams.until_none(
        page
    )  # else Create would wait for what the page asks for by itself, or be heard with it
    jobs = Path(app.env["TRYON_DATA_DIR"]) / "jobs"
    before = len(list(jobs.glob("*")))
    unheard = held_calls.held(page, f"**{STREAM}*")
    create(page)
    unheard.until()
    while len(list(jobs.glob("*"))) == before:  # what is still queued when a page goes is not done
        page.wait_for_timeout(50)
    session = parse_qs(urlsplit(unheard.calls[0].request.url).query)["session_hash"][0]
    unheard.holds = lambda route: session in route.request.url  # as opened anew, it hears again
    history.reload(page)
    expect(page.locator(SAYING)).to_contain_text("If it arrived, its job is among My jobs", timeout=20_000)
    worn(page, 4)
    has_one_job(page)


def test_a_create_that_did_not_get_through_is_sent_when_it_can_be(visited: Page) -> None:
    page = visited
    one_picture(page)
    page.route("**/queue/join*", lambda route: route.abort())
    page.evaluate(ONCE_TAKEN_UP)
    create(page)
    expect(page.locator(SAYING)).to_contain_text("Nothing was sent yet")
    page.unroute("**/queue/join*")
    worn(page, 1)
    has_one_job(page)
    page.evaluate("window.takenUp")
    page.wait_for_timeout(SETTLED_MS)


# A card may be what did not get through: it is taken up again later.
ONCE_TAKEN_UP = """() => { window.takenUp = new Promise((done) =>
  document.querySelector("#rewatch").addEventListener("click", () => done(), { once: true })); }"""


def with_cards_held(page: Page, sample: int, title: str) -> held_calls.Held:
    """Chooses that sample garment, and holds back from now on what takes cards up again."""
    page.get_by_role("tab", name="Try-on").click()
    page.locator("#samples label").nth(sample).click()
    expect(page.locator("#willdo")).to_contain_text(title, timeout=20_000)
    return held_calls.held(page, held_calls.JOIN, held_calls.event_of(page, "rewatch", "click"))


def test_what_is_created_as_a_card_is_taken_up_again_waits_for_it(visited: Page) -> None:
    page, slow = visited, with_cards_held(visited, 4, "Skirt on James")
    page.evaluate("for (const id of ['rewatch', 'go']) document.getElementById(id).click()")
    slow.until()
    expect(page.locator("#go")).to_have_attribute("aria-busy", "true")
    slow.let_go()
    expect(page.locator(f"{CARD} .job-head")).to_contain_text("Skirt on James", timeout=20_000)
    worn(page, 1)


def test_a_card_that_is_taken_up_again_does_not_come_back_over_a_create(visited: Page) -> None:
    page, slow = visited, with_cards_held(visited, 1, "Shirt on James")
    create(page)
    page.evaluate("document.querySelector('#rewatch').click()")  # as when the connection is back
    expect(page.locator(f"{CARD} .job-head")).to_contain_text("Shirt on James", timeout=20_000)
    slow.let_go()
    page.wait_for_timeout(3 * SETTLED_MS)
    expect(page.locator(f"{CARD} .job-head")).to_contain_text("Shirt on James")


def test_what_fails_after_another_click_is_not_taken_for_the_create_before_it(
    browser: Browser, app: Server
) -> None:
    page = browser.new_page()
    page.goto(f"{app.url}/gradio_api/ext/healthz")  # an address of the app, where a page may keep something
    page.set_content("<button id=go>Create</button><button id=star>Star</button>")
    page.evaluate("window.TryOn = { words: {}, say() {}, leaveWord() {}, taking: () => 0 }")
    page.add_script_tag(path=HOUSE / "assets" / "js" / "held_submits.js")
    for last, held in (("#star", False), ("#go", True)):
        page.locator("#go").click()
        page.locator(last).click()
        assert page.evaluate("TryOn.holdPressed()") is held
    page.close()


SHOWN_MEANWHILE = """() => document.body.append(
    Object.assign(new Image(), { id: 'meanwhile', src: 'gradio_api/ext/a/icons/favicon.png?meanwhile' }))"""


def test_what_is_done_without_a_connection_is_said_once_and_not_shown_as_done(
    visited: Page, streams: Streams
) -> None:
    page, context = visited, visited.context
    page.get_by_role("tab", name="Try-on").click()
    streams.until_none(page)
    cut_off(page)
    page.locator("#samples label").nth(2).click()
    expect(page.locator(SAYING)).to_contain_text("that was not done")
    context.set_offline(False)
    expect(page.locator("#willdo")).to_contain_text("Tee on James", timeout=20_000)
    page.evaluate("TryOn.say([])")
    one_picture(page)
    create(page)
    expect(page.locator(f"{CARD} .job-head")).to_contain_text("Tee on James", timeout=20_000)
    worn(page, 1)
    page.get_by_role("tab", name="My jobs").click()
    expect(page.locator("#jobrows .jobrow").first).to_contain_text("Tee on James", timeout=20_000)
    every = page.locator("#jobrows .jobrow").count()
    star = page.locator("#jobrows .star").first
    expect(star).to_have_attribute("aria-pressed", "false", timeout=20_000)
    streams.until_none(page)
    cut_off(page)
    star.click()
    expect(page.locator(SAYING)).to_contain_text("that was not done")
    expect(star).to_have_attribute("aria-pressed", "false")
    page.locator("#jobssearch :is(input, textarea)").fill("nothing like this")
    expect(page.locator("#connection.lost")).to_be_hidden()
    expect(page.locator(".toast-body").filter(visible=True)).to_have_count(0)
    page.evaluate(SHOWN_MEANWHILE)
    context.set_offline(False)
    expect(page.locator("#jobrows .nojobs")).to_contain_text("Nothing found", timeout=20_000)
    expect(page.locator("#jobscount")).to_contain_text(f"0 of {every}")
    page.wait_for_function("document.querySelector('#meanwhile').naturalWidth > 0", timeout=20_000)


# Breaks the next stream of events as a proxy does that has had enough of it, and leaves all else alone.
CUTS = """
const ask = window.fetch.bind(window);
window.fetch = async (input, options) => {
  const answer = await ask(input, options);
  if (!window.cuts || !/queue\\/data/.test(String(input?.url ?? input))) return answer;
  window.cuts = false;
  return new Response(new ReadableStream({ start: (one) => one.error(new TypeError("cut")) }), answer);
};
"""


def breaks_the_stream(page: Page) -> None:
    page.evaluate("window.cuts = true; document.querySelector('#relisten').click()")


def test_what_is_done_while_the_page_waits_to_be_opened_anew_is_said_not_to_be_done(
    context: BrowserContext, app: Server
) -> None:
    context.add_init_script(CUTS)
    page = opened(context, app.url)
    one_picture(page)
    create(page)
    worn(page, 1)
    has_one_job(page)
    page.route("**/app_id", lambda route: route.abort())  # by which the framework sees that it may
    breaks_the_stream(page)
    page.wait_for_function("document.querySelector('[data-heard=theirs]')")
    star = page.locator("#jobrows .star")
    star.click()
    expect(page.locator(SAYING)).to_contain_text("that was not done")
    expect(star).to_have_attribute("aria-pressed", "false")
    page.get_by_role("tab", name="Try-on").click()
    page.evaluate("TryOn.say([])")
    page.locator("#samples label").nth(2).click()
    expect(page.locator(SAYING)).to_contain_text("that was not done")
    create(page)
    expect(page.locator("#go")).to_have_attribute("aria-busy", "true")
    with page.expect_navigation(timeout=20_000):
        page.unroute("**/app_id")
    expect(page.locator(SAYING)).to_contain_text("Nothing was sent", timeout=20_000)


def changes_the_language(page: Page) -> None:
    page.locator("button[data-language]").filter(visible=True).first.click()


@pytest.mark.parametrize("anew", [breaks_the_stream, changes_the_language])
def test_a_photo_on_its_way_goes_on_when_the_page_is_opened_anew(
    context: BrowserContext, app: Server, tmp_path: Path, anew: Callable[[Page], None]
) -> None:
    context.add_init_script(CUTS)
    page = opened(context, app.url)
    on_its_way = held_calls.held(page, held_calls.UPLOAD)
    page.locator("#garment input[type=file]").first.set_input_files(photo_of("tee", tmp_path))
    on_its_way.until()
    with page.expect_navigation(timeout=20_000):
        anew(page)
    on_its_way.until(2)
    on_its_way.calls.pop().continue_()
    expect(page.locator("#willdo")).to_contain_text("My tee", timeout=20_000)
