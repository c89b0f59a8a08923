"""What a visitor does while an earlier answer is on its way: the newest counts, and nothing is dropped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser import history
from tests.browser.conftest import Server, create, laptop, to_own_photos, unfold, worn
from tests.browser.held_calls import JOIN, SETTLED_MS, UPLOAD, Held, event_of, held
from tests.browser.odd_pictures import broken, photo


def put(page: Page, place: str, *files: Path) -> None:
    page.locator(f"{place} input[type=file]").first.set_input_files(list(files))


def chosen(page: Page, group: str) -> str:
    return page.locator(f"{group} label:has(input:checked)").inner_text()


def opening(context: BrowserContext, url: str, *, call: int) -> tuple[Page, Held]:
    """A page whose opening has come as far as that of its calls: 0 is the first, -1 the last."""
    page = context.new_page()
    events = httpx.get(f"{url}/config").json()["dependencies"]
    chain = [event["id"] for event in events if any(name == "load" for _, name in event["targets"])]
    for event in events:
        if event["trigger_after"] in chain:
            chain.append(event["id"])
    asks = [event["id"] for event in events if event["id"] in chain and event["backend_fn"]]
    line = held(page, JOIN, lambda route: (route.request.post_data_json or {})["fn_index"] == asks[call])
    page.goto(url)
    page.locator("#go").wait_for(timeout=20_000)
    line.until()
    return page, line


def test_what_is_changed_while_the_page_opens_is_not_put_back(context: BrowserContext, app: Server) -> None:
    page, line = opening(context, app.url, call=-1)
    page.locator("#library label").nth(2).click()
    unfold(page, "#more")
    link = page.locator("#garmentlink input, #garmentlink textarea").first
    link.fill("https://shop.test/coat.jpg")
    link.blur()
    model = chosen(page, "#library")
    expect(page.locator("#willdo")).to_contain_text(f"by link on {model}", timeout=20_000)
    line.let_go()
    page.wait_for_timeout(SETTLED_MS)
    expect(page.locator("#willdo")).to_contain_text(f"by link on {model}")
    assert chosen(page, "#library") == model != "James"


def test_what_is_chosen_before_the_form_has_come_back_stays_and_the_rest_comes_back(
    context: BrowserContext, app: Server, tmp_path: Path
) -> None:
    first = context.new_page()
    first.goto(app.url)
    first.locator("#view label").nth(1).click()
    first.locator("#library label").nth(2).click()
    expect(first.locator("#willdo")).to_contain_text(f"on {chosen(first, '#library')}", timeout=20_000)
    first.close()

    page, line = opening(context, app.url, call=0)
    model = page.locator("#library label").nth(4).inner_text()
    page.locator("#library label").nth(4).click()
    page.locator("#count label").first.click()
    put(page, "#garment", photo(tmp_path))
    line.let_go()
    expect(page.locator("#willdo")).to_contain_text(f"Red coat on {model}", timeout=15_000)
    assert [chosen(page, group) for group in ("#library", "#view", "#count")] == [model, "Half", "1"]


def test_a_job_that_is_begun_while_the_page_opens_is_this_visitors(
    context: BrowserContext, app: Server
) -> None:
    page, line = opening(context, app.url, call=0)
    page.locator("#count label").first.click()
    create(page)
    page.wait_for_timeout(SETTLED_MS)
    line.let_go()
    worn(page, 1)
    history.reload(page)
    page.get_by_role("tab", name="My jobs").click()
    expect(page.locator("#jobrows .jobrow")).to_have_count(1, timeout=20_000)
    _filters_that_are_switched_quickly(page)


def _filters_that_are_switched_quickly(page: Page) -> None:
    line = held(page, JOIN, event_of(page, "jobsfilter", "change"))
    page.locator("#jobsfilter label").nth(2).click()
    line.until()
    page.locator("#jobsfilter label").nth(3).click()
    page.wait_for_timeout(100)
    line.let_go()
    expect(page.locator("#jobrows .jobrow")).to_have_count(0)


@pytest.fixture(scope="module")
def ready(browser: Browser, app: Server) -> Iterator[Page]:
    """A page that is open, for the tests of what is done on one."""
    with laptop(browser, app.url) as page:
        yield page


def test_of_samples_that_are_chosen_quickly_the_last_is_shown_and_worn(ready: Page) -> None:
    page = ready
    line = held(page, JOIN, event_of(page, "samples", "input"))
    page.locator("#samples label").nth(2).click()
    line.until()
    page.locator("#samples label").nth(5).click()
    create(page)
    expect(page.locator("#saying")).to_contain_text("Waiting for what you have just chosen")
    line.let_go()
    expect(page.locator("#jobcard .job-head")).to_contain_text("Dress on James", timeout=20_000)
    expect(page.locator("#saying p")).to_have_count(0)
    expect(page.locator("#willdo")).to_contain_text("Dress on James")


def test_what_is_changed_twice_in_a_row_comes_to_an_end(ready: Page) -> None:
    page = ready
    changed = event_of(page, "count", "change")
    line = held(page, JOIN, changed)
    page.locator("#count label").nth(1).click()
    line.until()
    page.locator("#count label").nth(2).click()
    page.wait_for_timeout(100)
    line.let_go()
    expect(page.locator("#go")).to_contain_text("4 pictures", timeout=20_000)
    made: list[bool] = []

    def noted(route: Route) -> bool:
        made.extend([True] * changed(route))
        return False

    line.holds = noted
    assert any(_is_quiet(page, made) for _ in range(5))


def _is_quiet(page: Page, made: list[bool]) -> bool:
    """Whether none more is made within a second."""
    before = len(made)
    page.wait_for_timeout(1000)
    return len(made) == before


def test_what_is_said_of_a_bad_file_takes_no_newer_one_away(ready: Page, tmp_path: Path) -> None:
    page = ready
    line = held(page, JOIN, event_of(page, "garment", "upload"))
    put(page, "#garment", broken(tmp_path, "text"))
    line.until()
    put(page, "#garment", photo(tmp_path))
    create(page)
    line.let_go()
    expect(page.locator("#jobcard .job-head")).to_contain_text("Red coat on James", timeout=15_000)
    expect(page.locator("#garment .image-frame img")).to_be_visible()


def test_what_is_chosen_while_the_form_of_an_opened_job_is_on_its_way_is_not_put_back(
    ready: Page, tmp_path: Path
) -> None:
    page, old = ready, ready.url  # a red coat on James
    page.locator("#count label").first.click()
    expect(page.locator("#go")).to_contain_text("1 picture", timeout=20_000)
    create(page)
    expect(page).not_to_have_url(old, timeout=20_000)
    line = held(page, JOIN, event_of(page, "where", "select"))
    history.back(page)
    line.until()
    page.locator("#library label").filter(has_text="Theo").click()
    put(page, "#garment", photo(tmp_path, "blue cape.png", "#2040c0"))
    line.let_go()
    expect(page.locator("#willdo")).to_contain_text("Blue cape on Theo", timeout=20_000)
    expect(page.locator("#count input:checked")).to_have_value("4")
    page.wait_for_timeout(SETTLED_MS)
    assert chosen(page, "#library") == "Theo"


FIRST_IS_READ_LATE = """() => {
    const whole = Response.prototype.json;
    let pause = 1500;
    Response.prototype.json = async function () {
        const late = new Promise((done) => setTimeout(done, pause));
        if (this.url.includes("/upload?")) { pause = 0; await late; }
        return whole.call(this);
    }; }"""


def test_a_newer_file_waits_for_the_older_ones_answer_however_slow_the_page_is(
    context: BrowserContext, app: Server, tmp_path: Path
) -> None:
    page = context.new_page()
    page.goto(app.url)
    page.locator("#go").wait_for(timeout=20_000)
    page.evaluate(FIRST_IS_READ_LATE)
    line = held(page, JOIN, event_of(page, "garment", "upload"))
    put(page, "#garment", broken(tmp_path, "text"))
    line.until()
    put(page, "#garment", photo(tmp_path))
    create(page)
    line.let_go()
    expect(page.locator("#jobcard .job-head")).to_contain_text("Red coat on James", timeout=15_000)


PRESSED_AT_ONCE = """() => {
    document.querySelector("#samples label:nth-of-type(2)").click();
    document.querySelector("#count label").click();
    document.querySelector("#go").click(); }"""


def test_what_is_made_is_what_was_chosen_in_the_very_moment_before(ready: Page) -> None:
    page = ready
    page.evaluate(PRESSED_AT_ONCE)
    title = f"{chosen(page, '#samples')} on {chosen(page, '#library')}"
    expect(page.locator("#jobcard .job-head")).to_contain_text(title, timeout=20_000)
    expect(page.locator("#willdo")).to_contain_text(title)
    worn(page, 1)


def test_photos_that_are_added_while_others_are_on_their_way_are_all_kept(
    ready: Page, tmp_path: Path
) -> None:
    page = ready
    to_own_photos(page)
    line = held(page, UPLOAD)
    for n in range(3):
        put(page, "#photos", photo(tmp_path, f"me {n}.png", f"#a{n}3"))
        page.wait_for_timeout(50)
    line.let_go()
    expect(page.locator("#photothumbs .photos li")).to_have_count(3, timeout=15_000)


@pytest.mark.parametrize("fails", ["on its way", "as no picture"])
def test_no_job_is_begun_by_itself_without_a_photo_that_was_put_in(
    page: Page, tmp_path: Path, fails: str
) -> None:
    to_own_photos(page)
    put(page, "#photos", photo(tmp_path))
    expect(page.locator("#photothumbs img")).to_have_count(1, timeout=20_000)
    if fails == "on its way":
        line, second = held(page, UPLOAD), photo(tmp_path, "second.png")
    else:
        line, second = held(page, JOIN, event_of(page, "addphotos", "upload")), broken(tmp_path, "text")
    put(page, "#photos", second)
    line.until()
    create(page)
    expect(page.locator("#go")).to_have_attribute("aria-busy", "true")
    if fails == "on its way":
        line.calls.pop().fulfill(status=500)
    line.let_go()
    expect(page.locator("#saying")).to_contain_text("Nothing was begun.", timeout=20_000)
    page.wait_for_timeout(SETTLED_MS)
    expect(page.locator("#go")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#jobcard .job-head")).to_have_count(0)
