"""What `make screenshots` shows: how each state of the page is brought about, in an app that runs."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import httpx
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Server

LIMIT_MS = 60_000
OWN_KEY = ("own", "own-secret")  # what the copy of the vendor takes besides the key of the app
Go = Callable[[Page, Server], None]


@dataclass(frozen=True)
class State:
    """`go` leads from a fresh page to the state; `place` is the part that a phone is scrolled to."""

    name: str
    go: Go
    place: str = "#now"


def fault(sandbox: Server, name: str, on: str) -> None:
    """Lets the next call of that kind fail."""
    faults = [{"on": on, "fault": name, "times": 1, "after": 0}]
    httpx.post(f"{sandbox.url}/_sandbox/faults", json=faults).raise_for_status()


def pace(sandbox: Server, per_image_s: float) -> None:
    timing = {"queue_s": 0.1, "per_image_s": per_image_s, "jitter": 0.0}
    httpx.post(f"{sandbox.url}/_sandbox/timing", json=timing).raise_for_status()


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
    page.get_by_role("button", name="Compare").click()


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


def expired(page: Page, sandbox: Server) -> None:
    fault(sandbox, "expire", "aidge.query")
    create(page)
    card(page, "expired")


def refused(page: Page, _: Server) -> None:
    small = io.BytesIO()
    Image.new("RGB", (149, 400), "white").save(small, "PNG")
    file = {"name": "small.png", "mimeType": "image/png", "buffer": small.getvalue()}
    page.locator("#garment input[type=file]").first.set_input_files(file)  # type: ignore[arg-type]
    page.wait_for_timeout(1500)
    create(page)
    card(page, "refused")


def waits_for_key(page: Page, sandbox: Server) -> None:
    pace(sandbox, 60.0)
    page.locator("#topbar button.pill").first.click()
    dialog = page.get_by_role("dialog")
    for field, value in zip(("Access key name", "Access key secret"), OWN_KEY, strict=True):
        dialog.get_by_label(field).fill(value)
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("status")).to_contain_text("Taken", timeout=LIMIT_MS)
    page.keyboard.press("Escape")
    create(page)
    card(page, "running")
    page.locator("#topbar button.pill").first.click()
    page.get_by_role("button", name="Forget my key").click()
    expect(dialog.get_by_role("status")).to_contain_text("forgotten", timeout=LIMIT_MS)
    page.keyboard.press("Escape")
    expect(page.locator("#jobcard .notice")).to_be_visible(timeout=LIMIT_MS)


def refine_empty(page: Page, _: Server) -> None:
    page.get_by_role("tab", name="Refine").click()
    expect(page.locator("#refinecard .empty")).to_be_visible(timeout=LIMIT_MS)


def refined(page: Page, sandbox: Server) -> None:
    done(page, sandbox)
    page.get_by_role("button", name="Refine this").click()
    expect(page.locator("#refine-go")).to_be_visible(timeout=LIMIT_MS)
    page.wait_for_timeout(1000)  # until the pictures are in their places
    page.locator("#refine-go").click()
    expect(page.locator("#refinecard .ba img")).to_have_count(2, timeout=LIMIT_MS)


def jobs(page: Page, sandbox: Server) -> None:
    refined(page, sandbox)
    fault(sandbox, "code:703", "aidge.submit")
    page.get_by_role("tab", name="Try-on").click()
    page.locator("#samples label").nth(2).click()
    create(page, 2)
    card(page, "failed")
    page.get_by_role("tab", name="My jobs").click()
    expect(page.locator("#jobrows .jobrow").nth(2)).to_be_visible(timeout=LIMIT_MS)


STATES = (
    State("empty", empty, "#topbar"),
    State("open", opened, "#topbar"),
    State("running", running),
    State("partly", partly),
    State("done", done),
    State("eight", eight),
    State("compared", compared),
    State("offered", offered),
    State("failed", failed),
    State("failed_later", failed_later),
    State("uncertain", uncertain),
    State("overdue", overdue),
    State("expired", expired),
    State("refused", refused),
    State("waits_for_key", waits_for_key),
    State("refine_empty", refine_empty, "#topbar"),
    State("refined", refined, "#rresult"),
    State("jobs", jobs, "#topbar"),
)
