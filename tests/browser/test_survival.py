"""Nothing that a browser, a tab or the server does loses a job or buys it twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from gradio_client import Client, handle_file
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import history
from tests.browser.conftest import HOUSE, Server, app_server, create, from_menu, sandbox_server, unfold
from tests.browser.test_quick_reload import opened_anew_unheard

COMES_BACK_MS = 40_000  # a start of the app on a busy machine


@pytest.fixture(scope="module")
def vendor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The vendors as a process of their own, which counts what is submitted, and does not take its time."""
    server = sandbox_server(tmp_path_factory.mktemp("vendor"), "--queue-s", "0.2", "--per-image-s", "0.1")
    yield server.start()
    server.stop()


@pytest.fixture(scope="module")
def live(vendor: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = app_server(
        tmp_path_factory.mktemp("live"),
        AIDGE_APP_KEY="sandbox",
        AIDGE_APP_SECRET="sandbox-secret",
        AIDGE_BASE_URL=f"{vendor.url}/rest",
        AILAB_API_KEY="sandbox",
        AILAB_BASE_URL=vendor.url,
    )
    yield server.start()
    server.stop()


def opened(context: BrowserContext, app: Server) -> Page:
    page = context.new_page()
    page.goto(app.url)
    page.locator("#go").wait_for(timeout=20_000)
    return page


@pytest.fixture
def tab(context: BrowserContext, live: Server) -> Page:
    return opened(context, live)


@pytest.fixture
def submits(vendor: Server) -> Iterator[list[int]]:
    """Holds, at the end of the test, how many tasks the vendor was given during it."""
    before = len(tasks(vendor))
    counted: list[int] = []
    yield counted
    assert [len(tasks(vendor)) - before] == counted


@pytest.fixture
def slowly(vendor: Server) -> Iterator[None]:
    """A job takes eight seconds, so that something can happen meanwhile."""
    set_timing(vendor, queue_s=4.0, per_image_s=1.0)
    yield
    set_timing(vendor, queue_s=0.2, per_image_s=0.1)


def set_timing(vendor: Server, **seconds: float) -> None:
    httpx.post(f"{vendor.url}/_sandbox/timing", json=seconds).raise_for_status()


def tasks(vendor: Server) -> list[dict[str, object]]:
    found: list[dict[str, object]] = httpx.get(f"{vendor.url}/_sandbox/tasks").json()
    return found


def fault(vendor: Server, on: str, name: str, times: int = 1) -> None:
    order = [{"on": on, "fault": name, "times": times, "after": 0}]
    httpx.post(f"{vendor.url}/_sandbox/faults", json=order).raise_for_status()


def worn(page: Page, count: int) -> None:
    """Waits until the card shows `count` pictures and says that they are saved."""
    expect(page.locator("#jobcard .job")).to_have_class(re.compile("succeeded"), timeout=COMES_BACK_MS)
    expect(page.locator("#jobcard button.slot img")).to_have_count(count)


def begun(page: Page) -> None:
    """Waits until the vendor has the job."""
    expect(page.locator("#jobcard .job")).to_have_class(re.compile("queued|running"), timeout=15_000)


def banner(page: Page, words: str) -> None:
    expect(page.locator("#connection.on")).to_contain_text(words, timeout=COMES_BACK_MS)


@pytest.mark.usefixtures("slowly")
def test_a_reload_a_while_offline_and_a_closed_tab_lose_neither_the_running_job_nor_the_form(
    tab: Page, context: BrowserContext, live: Server, submits: list[int]
) -> None:
    tab.get_by_role("radio", name="Half").check(force=True)
    create(tab)
    begun(tab)
    history.reload(tab)
    begun(tab)
    expect(tab.get_by_role("radio", name="Half")).to_be_checked()
    tab.context.set_offline(True)
    banner(tab, "Connection lost")
    tab.context.set_offline(False)
    banner(tab, "Connected again")
    expect(tab.get_by_role("radio", name="Half")).to_be_checked()
    other = opened(context, live)
    tab.close()
    httpx.get(f"{live.url}/gradio_api/ext/healthz").raise_for_status()
    worn(other, 4)
    submits.append(1)


@pytest.mark.usefixtures("slowly")
def test_two_tabs_show_the_same_job_and_the_second_click_buys_nothing(
    tab: Page, context: BrowserContext, live: Server, submits: list[int]
) -> None:
    other = opened(context, live)
    create(tab)
    create(other)
    for page in (tab, other):
        worn(page, 4)
    shown = {page.locator("#jobcard .job").get_attribute("data-job") for page in (tab, other)}
    assert len(shown) == 1
    submits.append(1)


def test_a_double_click_is_one_job_and_the_same_again_shows_its_pictures_and_asks_before_it_spends(
    tab: Page, submits: list[int]
) -> None:
    tab.locator("#go").dblclick()
    worn(tab, 4)
    tab.get_by_role("tab", name="My jobs").click()
    expect(tab.locator("#jobrows .jobrow")).to_have_count(1, timeout=20_000)
    tab.get_by_role("tab", name="Try-on").click()
    first = tab.locator("#jobcard .job").get_attribute("data-job")
    create(tab)
    expect(tab.locator("#jobcard .offer")).to_contain_text("You have made this before", timeout=20_000)
    assert tab.locator("#jobcard .job").get_attribute("data-job") == first
    tab.get_by_role("button", name="Make new pictures").click()
    expect(tab.locator(f"#jobcard .job:not([data-job='{first}'])")).to_be_visible(timeout=20_000)
    worn(tab, 4)
    submits.append(2)


@pytest.mark.usefixtures("slowly")
@pytest.mark.parametrize("how", ["stop", "kill"])
def test_a_page_recovers_by_itself_when_the_server_is_started_anew(
    tab: Page, live: Server, submits: list[int], how: str
) -> None:
    create(tab)
    begun(tab)
    live.stop() if how == "stop" else live.kill()
    banner(tab, "Connection lost, trying again")
    expect(tab.locator(".toast-body").filter(visible=True)).to_have_count(0)  # said once, by the page itself
    live.start()
    banner(tab, "Connected again")
    worn(tab, 4)
    submits.append(1)


def test_a_job_is_renamed_starred_and_deleted_in_my_jobs_and_a_task_that_is_no_job_is_picked_up_there(
    tab: Page, vendor: Server, submits: list[int]
) -> None:
    create(tab)
    worn(tab, 4)
    task_id = str(tasks(vendor)[-1]["id"])
    tab.get_by_role("tab", name="My jobs").click()
    row = tab.locator("#jobrows .jobrow")
    from_menu(row, "rename")
    tab.get_by_label("Name of this job").fill("Spring look 1")
    tab.get_by_role("button", name="Save").click()
    expect(row.locator("h3")).to_have_text("Spring look 1", timeout=20_000)
    row.locator(".star").click()
    expect(row.locator(".star")).to_have_attribute("aria-pressed", "true", timeout=20_000)
    tab.locator("#jobsvendor label", has_text="AILab").click()
    expect(tab.locator("#jobrows")).to_contain_text("No job like this", timeout=20_000)
    tab.locator("#jobsvendor label", has_text="All").click()
    from_menu(row, "delete")
    expect(row).to_have_count(0, timeout=20_000)
    unfold(tab, "#pickup")
    tab.locator("#pickupid :is(input, textarea)").fill(task_id)  # as one that another program has sent
    tab.locator("#pickupgo").click()
    worn(tab, 4)
    expect(tab.locator("#jobcard")).to_contain_text("Picked up by its task id")
    submits.append(1)


def test_a_task_whose_answer_was_lost_is_picked_up_by_its_id(
    tab: Page, vendor: Server, submits: list[int]
) -> None:
    fault(vendor, "aidge.submit", "drop_after")
    create(tab)
    card = tab.locator("#jobcard")
    expect(card.locator(".notice")).to_contain_text("no answer came back", timeout=15_000)
    expect(card).to_contain_text("Send again")
    create(tab)  # the same once more is not sent before it was asked
    expect(card.locator(".offer")).to_contain_text("its end is not certain", timeout=15_000)
    card.locator(".taskid input").fill("another-task")
    card.locator(".taskid input").press("Enter")
    expect(tab.locator(".toast-body")).to_contain_text("which Aidge does not know", timeout=15_000)
    expect(card.locator(".taskid input")).to_have_value("another-task")  # to be mended
    card.locator(".taskid input").fill(str(tasks(vendor)[-1]["id"]))
    card.get_by_role("button", name="Follow this task").click()
    worn(tab, 4)
    submits.append(1)


def test_what_was_sent_again_is_there_when_the_page_is_opened_anew_before_it_heard_of_it(
    tab: Page, live: Server, vendor: Server, submits: list[int]
) -> None:
    fault(vendor, "aidge.submit", "drop_after")
    create(tab)
    again = tab.get_by_role("button", name="Send again")
    expect(again).to_be_visible(timeout=15_000)
    expect(tab).to_have_url(re.compile("job="))
    before = tab.url
    opened_anew_unheard(tab, live, "#jobcard [data-act=again]", 1)
    worn(tab, 4)
    expect(again).to_have_count(0)
    assert tab.url != before
    submits.append(2)


def test_a_repeated_call_of_a_script_is_one_job_until_it_asks_for_another(
    live: Server, submits: list[int]
) -> None:
    script = Client(live.url, verbose=False)
    hoodie = handle_file(str(HOUSE / "assets" / "garments" / "hoodie.jpg"))
    calls = [script.submit(hoodie, count=1, api_name="/tryon") for _ in range(2)]
    first, twin = (call.result(timeout=COMES_BACK_MS / 1000)[1] for call in calls)
    pictures, later = script.predict(hoodie, count=1, api_name="/tryon")
    _, new = script.predict(hoodie, count=1, again=True, api_name="/tryon")
    assert first["id"] == twin["id"] == later["id"] != new["id"]
    assert len(pictures) == 1 and first["state"] == new["state"] == "succeeded"
    submits.append(2)
