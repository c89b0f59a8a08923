"""What `make screenshots` shows: how each state of the page is brought about, in an app that runs."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

import httpx
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import HOUSE, Server, from_menu
from tryon_ui.texts import say

LIMIT_MS = 60_000
OWN_KEY = ("own", "own-secret")  # what the copy of the vendor takes besides the key of the app
PERSON = HOUSE / "assets" / "refine" / "kofi-person.jpg"
Go = Callable[[Page, Server], None]
TASKS = itertools.count(20517600963)  # of none that is there, and each for one visitor: who asks first has it


@dataclass(frozen=True)
class State:
    """`go` leads from a fresh page to the state; `place` is the part that a phone is scrolled to."""

    name: str
    go: Go
    place: str = "#now"


def fault(sandbox: Server, name: str, on: str) -> None:
    """Lets the next calls of that kind fail; of polls several, as earlier jobs may still be asked for."""
    faults = [{"on": on, "fault": name, "times": 50 if on.endswith("query") else 1, "after": 0}]
    httpx.post(f"{sandbox.url}/_sandbox/faults", json=faults).raise_for_status()


def pace(sandbox: Server, per_image_s: float) -> None:
    timing = {"queue_s": 0.1, "per_image_s": per_image_s, "jitter": 0.0}
    httpx.post(f"{sandbox.url}/_sandbox/timing", json=timing).raise_for_status()


def fresh(sandbox: Server) -> None:
    """Nothing is left of the state before: no task, no fault, and the usual pace."""
    httpx.post(f"{sandbox.url}/_sandbox/reset").raise_for_status()
    pace(sandbox, 0.1)


def create(page: Page, count: int = 4) -> None:
    page.locator("#count label", has_text=str(count)).click()
    page.locator("#go").click()


def card(page: Page, state: str) -> Locator:
    shown = page.locator(f"#jobcard .job.{state}")
    expect(shown).to_be_visible(timeout=LIMIT_MS)
    return shown


def empty(page: Page, _: Server) -> None:
    expect(page.locator("#jobcard .empty")).to_be_visible()


def opened(page: Page, _: Server) -> None:
    page.locator("#samples label").nth(3).click()
    page.locator("#addbottom").click()
    page.locator("#mode label").nth(1).click()
    page.locator("#more button").first.click()


def running(page: Page, sandbox: Server) -> None:
    pace(sandbox, 60.0)
    create(page)
    card(page, "running")


def partly(page: Page, sandbox: Server) -> None:
    pace(sandbox, 6.0)
    create(page)
    expect(page.locator("#jobcard button.slot img")).to_have_count(1, timeout=LIMIT_MS)
    pace(sandbox, 60.0)


def done(page: Page, _: Server) -> None:
    create(page)
    card(page, "succeeded")


def eight(page: Page, _: Server) -> None:
    create(page, 8)
    card(page, "succeeded")


def compared(page: Page, sandbox: Server) -> None:
    done(page, sandbox)
    page.get_by_role("button", name=say("do.compare")).click()


def offered(page: Page, sandbox: Server) -> None:
    done(page, sandbox)
    page.locator("#go").click()
    expect(page.locator("#jobcard .offer")).to_be_visible(timeout=LIMIT_MS)


def failed(page: Page, sandbox: Server) -> None:
    fault(sandbox, "code:707", "aidge.submit")
    create(page)
    card(page, "failed")


def failed_later(page: Page, sandbox: Server) -> None:
    """With the earlier result under it."""
    done(page, sandbox)
    fault(sandbox, "code:707", "aidge.submit")
    create(page, 1)
    card(page, "failed")


def uncertain(page: Page, sandbox: Server) -> None:
    fault(sandbox, "drop_after", "aidge.submit")
    create(page)
    card(page, "uncertain")


def overdue(page: Page, sandbox: Server) -> None:
    fault(sandbox, "code:InsufficientPermission", "aidge.query")
    create(page)
    card(page, "overdue")


def expired(page: Page, _: Server) -> None:
    page.get_by_role("tab", name=say("page.jobs")).click()
    page.locator("#pickup button").first.click()
    page.locator("#pickupid :is(input, textarea)").fill(str(next(TASKS)))
    page.locator("#pickupgo").click()
    card(page, "expired")


def refused(page: Page, _: Server) -> None:
    page.locator("#mode label").nth(2).click()  # with no photo
    create(page)
    card(page, "refused")


def waits_for_key(page: Page, sandbox: Server) -> None:
    pace(sandbox, 60.0)
    page.locator("#topbar button.pill").first.click()
    dialog = page.get_by_role("dialog")
    dialog.locator("input").first.wait_for()
    for field, value in zip(dialog.locator("input").all(), OWN_KEY, strict=True):
        field.fill(value)
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("status")).to_contain_text(say("key.taken"), timeout=LIMIT_MS)
    page.keyboard.press("Escape")
    create(page)
    card(page, "running")
    page.locator("#topbar button.pill").first.click()
    page.get_by_role("button", name=say("key.forget")).click()
    expect(dialog.get_by_role("status")).to_contain_text(say("key.forgotten"), timeout=LIMIT_MS)
    page.keyboard.press("Escape")
    expect(page.locator("#jobcard .notice")).to_be_visible(timeout=LIMIT_MS)


def refine_empty(page: Page, _: Server) -> None:
    page.get_by_role("tab", name=say("page.refine")).click()
    expect(page.locator("#refinecard .empty")).to_be_visible(timeout=LIMIT_MS)


def refined(page: Page, sandbox: Server) -> None:
    done(page, sandbox)
    page.get_by_role("button", name=say("do.refine_this")).click()
    expect(page.locator("#refine-go")).to_be_visible(timeout=LIMIT_MS)
    page.wait_for_timeout(1000)  # until the pictures are in their places
    page.locator("#refine-go").click()
    expect(page.locator("#refinecard .ba img")).to_have_count(2, timeout=LIMIT_MS)


def photos(page: Page, sandbox: Server) -> None:
    page.locator("#mode label").nth(2).click()
    page.locator("#addphotos + input, #photos input[type=file]").first.set_input_files(PERSON)
    expect(page.locator("#photothumbs li")).to_have_count(1, timeout=LIMIT_MS)


def enlarged(page: Page, sandbox: Server) -> None:
    done(page, sandbox)
    page.locator("#jobcard button.full").click()
    lightbox(page)


def enlarged_refined(page: Page, sandbox: Server) -> None:
    refined(page, sandbox)
    page.locator("#refinecard button.full").click()
    lightbox(page)


def presented(page: Page, sandbox: Server) -> None:
    enlarged(page, sandbox)
    page.keyboard.press("p")
    page.wait_for_timeout(500)


def lightbox(page: Page) -> None:
    expect(page.locator("dialog.lightbox[open]")).to_be_visible(timeout=LIMIT_MS)
    page.wait_for_timeout(500)  # until the original is there


def panel(page: Page, _: Server) -> None:
    page.locator("#topbar button.pill").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def lost(page: Page, _: Server) -> None:
    page.context.set_offline(True)
    page.locator("#go").click()
    expect(page.locator("#connection.on")).to_be_visible(timeout=LIMIT_MS)
    expect(page.locator("#saying p")).to_be_visible(timeout=LIMIT_MS)


def missing(page: Page, _: Server) -> None:
    page.goto(f"{page.url}?job=0123456789ab")
    card(page, "refused")


def jobs_empty(page: Page, _: Server) -> None:
    page.get_by_role("tab", name=say("page.jobs")).click()
    expect(page.locator("#jobrows .nojobs")).to_be_visible(timeout=LIMIT_MS)


def lines(page: Page, sandbox: Server) -> None:
    jobs(page, sandbox)
    page.locator("[data-layout=list]").click()


def deleted(page: Page, sandbox: Server) -> None:
    jobs(page, sandbox)
    from_menu(page.locator("#jobrows .jobrow").first, "delete")
    expect(page.locator("#jobsundo .undo")).to_be_visible(timeout=LIMIT_MS)


def menu(page: Page, sandbox: Server) -> None:
    jobs(page, sandbox)
    page.locator("#jobrows .jobrow .menu summary").nth(1).click()


def underway(page: Page, sandbox: Server) -> None:
    jobs(page, sandbox)
    page.get_by_role("tab", name=say("page.tryon")).click()
    page.locator("#samples label").nth(4).click()
    partly(page, sandbox)
    page.get_by_role("tab", name=say("page.jobs")).click()
    expect(page.locator("#jobsrunning li")).to_be_visible(timeout=LIMIT_MS)


def jobs(page: Page, sandbox: Server) -> None:
    refined(page, sandbox)
    fault(sandbox, "code:703", "aidge.submit")
    page.get_by_role("tab", name=say("page.tryon")).click()
    page.locator("#samples label").nth(2).click()
    create(page, 2)
    card(page, "failed")
    page.get_by_role("tab", name=say("page.jobs")).click()
    expect(page.locator("#jobrows .jobrow").nth(2)).to_be_visible(timeout=LIMIT_MS)


MADE_MS = 2 * LIMIT_MS  # several jobs, a few at a time


def many(page: Page, _: Server) -> None:
    """Three garments on two models, before they are created."""
    files = [HOUSE / "assets" / "garments" / f"{name}.jpg" for name in ("hoodie", "shirt", "dress")]
    page.locator("#manyadd input[type=file]").first.set_input_files(files)
    expect(page.locator(".glist .g")).to_have_count(3, timeout=LIMIT_MS)
    page.locator("#manylibrary label").nth(1).click()
    page.locator("#count label").first.click()
    expect(page.locator("#many-go")).to_contain_text("6", timeout=LIMIT_MS)


def matrix(page: Page, sandbox: Server) -> None:
    many(page, sandbox)
    page.locator("#many-go").click()
    expect(page.locator("#boardwhole .cell.ok img")).to_have_count(6, timeout=MADE_MS)


def choosing(page: Page, sandbox: Server) -> None:
    matrix(page, sandbox)
    for at in (0, 1, 3):
        page.locator("#boardwhole .cell .pick").nth(at).click()
    expect(page.locator("#boardwhole .cell.chosen")).to_have_count(3)
    expect(page.locator("#boardwhole .btools [data-filter=chosen]")).to_contain_text("3", timeout=LIMIT_MS)


def side_by_side(page: Page, sandbox: Server) -> None:
    choosing(page, sandbox)
    page.locator("#boardwhole .btools [data-board=compare]").click()
    expect(page.locator("dialog.cmp[open] figure")).to_have_count(3)


def handed_over(page: Page, sandbox: Server) -> None:
    choosing(page, sandbox)
    page.locator("#boardwhole .btools [data-board=export]").click()
    expect(page.locator("dialog.handover[open]")).to_be_visible(timeout=LIMIT_MS)


def lookbook(page: Page, sandbox: Server) -> None:
    handed_over(page, sandbox)
    with page.expect_download() as download:
        page.locator("dialog.handover li a").nth(2).click()
    page.set_content(download.value.path().read_text("utf-8"))


def links(page: Page, sandbox: Server) -> None:
    """A link that asks for a password, and one that does not."""
    choosing(page, sandbox)
    page.locator("#boardwhole .btools [data-board=share]").click()
    for made, password in enumerate(("", "in the evening"), start=1):
        page.locator("#boardshare [name=password]").fill(password)
        page.locator("#boardshare form .primary").click()
        expect(page.locator("#boardshare li a")).to_have_count(made, timeout=LIMIT_MS)


def shared(page: Page, sandbox: Server) -> None:
    links(page, sandbox)
    _follow(page, "main figure img")


def gate(page: Page, sandbox: Server) -> None:
    links(page, sandbox)
    _follow(page, "main.gate input")


def _follow(page: Page, shows: str) -> None:
    """Goes to whichever of the links leads to such a page."""
    addresses = [link.get_attribute("href") or "" for link in page.locator("#boardshare li a").all()]
    for address in addresses:
        page.goto(address)
        if page.locator(shows).count():
            return
    raise AssertionError(f"no link shows {shows}")


STATES = (
    State("empty", empty, "#topbar"),
    State("open", opened, "#topbar"),
    State("photos", photos, "#topbar"),
    State("panel", panel, "#topbar"),
    State("lost", lost, "#topbar"),
    State("running", running),
    State("partly", partly),
    State("done", done),
    State("eight", eight),
    State("compared", compared),
    State("enlarged", enlarged),
    State("presented", presented),
    State("offered", offered),
    State("failed", failed),
    State("failed_later", failed_later),
    State("uncertain", uncertain),
    State("overdue", overdue),
    State("expired", expired),
    State("refused", refused),
    State("missing", missing),
    State("waits_for_key", waits_for_key),
    State("refine_empty", refine_empty, "#topbar"),
    State("refined", refined, "#rresult"),
    State("enlarged_refined", enlarged_refined, "#rresult"),
    State("jobs_empty", jobs_empty, "#topbar"),
    State("jobs", jobs, "#topbar"),
    State("lines", lines, "#topbar"),
    State("menu", menu, "#topbar"),
    State("underway", underway, "#topbar"),
    State("deleted", deleted, "#topbar"),
    State("many", many, "#topbar"),
    State("matrix", matrix, "#boardwhole"),
    State("choosing", choosing, "#boardwhole"),
    State("side_by_side", side_by_side, "#boardwhole"),
    State("handed_over", handed_over, "#boardwhole"),
    State("links", links, "#boardshare"),
    State("shared", shared, "body"),
    State("gate", gate, "body"),
    State("lookbook", lookbook, "body"),
)
