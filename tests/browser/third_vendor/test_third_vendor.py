"""A third vendor is one folder and one registration: page, API, a kill, a code, pill, panel and price."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import HOUSE, Server, app_server, create, free_port, worn
from tests.browser.third_vendor.service import TOKEN
from tests.fork_server import forked
from tryon_core.storage.ledger import Ledger

PATIENCE_S = 60.0
GARMENT = HOUSE / "assets" / "garments" / "hoodie.jpg"


@pytest.fixture(scope="module")
def atelier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The vendor, on a port of this machine."""
    port = free_port()
    command = [sys.executable, "-m", "tests.browser.third_vendor.service", str(port)]
    log = tmp_path_factory.mktemp("atelier") / "service.log"
    server = Server(command, f"http://127.0.0.1:{port}", "/control", dict(os.environ), log).start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def studio(atelier: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app that has the vendor's key."""
    folder = tmp_path_factory.mktemp("app")
    keys = {"ATELIER_TOKEN": TOKEN, "ATELIER_BASE_URL": atelier.url}
    server = app_server(folder, ("-m", "tests.browser.third_vendor"), **keys).start()
    yield server
    server.stop()


def decide(atelier: Server, **what: str) -> None:
    httpx.post(f"{atelier.url}/control", json=what).raise_for_status()


def submits(atelier: Server) -> int:
    return int(httpx.get(f"{atelier.url}/control").json()["submits"])


def test_the_page_shows_it_lets_it_be_chosen_and_gets_its_pictures(
    atelier: Server, studio: Server, context: BrowserContext
) -> None:
    decide(atelier, phase="ironed")
    page = context.new_page()
    page.goto(studio.url)
    page.locator("#go").wait_for(timeout=20_000)

    pill = page.locator('.pill[data-key="atelier"]')
    expect(pill).to_contain_text("Atelier")
    expect(pill).to_contain_text("Live")
    pill.click()
    panel = page.locator('dialog .keypanel[data-vendor="atelier"], .keypanel[data-vendor="atelier"]').last
    expect(panel).to_contain_text("Atelier token")
    expect(panel.locator('input[name="token"]')).to_have_attribute("type", "password")
    page.keyboard.press("Escape")

    page.locator('#vendor input[value="atelier"]').check()
    expect(page.locator("#willdo")).to_contain_text("Atelier charges 12 credits")
    create(page)
    worn(page, 4)
    expect(page.locator("#jobcard")).to_contain_text("Atelier")


CALL = """
import sys
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError
Client(sys.argv[1], verbose=False).predict(
    garment=handle_file(sys.argv[2]), count=2, vendor="atelier", api_name="/tryon")
"""


def ended(folder: Path) -> bool:
    """Whether every job in a data folder has."""
    ledger = Ledger(f"sqlite:///{folder / 'data' / 'studio.sqlite'}")
    found = ledger.all()
    ledger.close()
    return all(record.state.ended for record in found)


def until(seen: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not seen():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


def test_a_kill_while_it_works_loses_nothing_and_sends_nothing_again(atelier: Server, studio: Server) -> None:
    decide(atelier, phase="sewing")
    before = submits(atelier)
    command = [sys.executable, "-c", CALL, studio.url, str(GARMENT)]
    with (studio.log.parent / "caller.log").open("wb") as log:
        caller = forked(command, dict(os.environ), log)
    until(lambda: submits(atelier) > before)
    studio.kill()
    caller.kill()
    caller.wait(PATIENCE_S)
    decide(atelier, phase="ironed")
    studio.start()
    until(lambda: ended(studio.log.parent))
    assert submits(atelier) == before + 1


def called(studio: Server, **what: object) -> tuple[list[str], dict[str, Any]]:
    caller = Client(studio.url, verbose=False)
    pictures, job = caller.predict(
        garment=handle_file(str(GARMENT)), vendor="atelier", api_name="/tryon", **what
    )
    return pictures, job


def test_the_api_waits_for_its_pictures(atelier: Server, studio: Server) -> None:
    decide(atelier, phase="ironed")
    pictures, job = called(studio, count=3)
    assert job["vendor"] == "atelier" and job["state"] == "succeeded" and len(pictures) == 3


def test_its_own_code_and_one_that_nobody_knows_end_in_words(atelier: Server, studio: Server) -> None:
    decide(atelier, oops="E-MOTH")
    _, known = called(studio, count=5)
    decide(atelier, refuse="E-77")
    _, unknown = called(studio, count=6)
    assert known["state"] == unknown["state"] == "failed"
    assert "found a hole in the garment" in known["message"]
    assert "Atelier answered with code E-77: “the thread broke”" in unknown["message"]


def test_a_vendor_that_is_not_there_is_refused_by_name(studio: Server) -> None:
    caller = Client(studio.url, verbose=False)
    with pytest.raises(AppError, match="aidge, ailab or atelier"):
        caller.predict(garment=handle_file(str(GARMENT)), vendor="tailor", api_name="/tryon")
