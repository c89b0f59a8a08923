"""A real browser against the real app: its own process, its own data folder, a free port."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.drawn_once import FOLDER
from tests.fork_server import Process, forked

HOUSE = Path(__file__).parent.parent.parent
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # What Playwright turns off as well, as the last such list counts; and two parts of the address bar that
    # are drawn for each page though nobody sees them: a third of all that the browser computes.
    "--disable-features=AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,"
    "HttpsFirstBalancedModeAutoEnable,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,OptimizationHints,"
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup",
)
# A page of a test is gone before what the last of the script's compilers gains has paid: a tenth of all that
# the browser computes; and room to spare for its scripts saves a twentieth, in cleaning up. Not where the
# page's speed is measured.
BRIEF = "--js-flags=--no-opt --min-semi-space-size=64"
STRANGE_NAME = "studio.example"  # this machine by a name that no browser knows to be it
NAMES = f"--host-resolver-rules=MAP {STRANGE_NAME} 127.0.0.1"
START_LIMIT_S = 60.0
LOG_LINES = 20  # of a server that does not come up
WORN_LIMIT_MS = 40_000
MENU_TRIES = 8
expect.set_options(timeout=15_000)  # milliseconds: what is awaited comes at once, unless the machine is busy
# Files of more than half a minute, the longest first: one that is begun last is waited for by all processes.
LONGEST = (
    *("test_access", "test_offline", "test_survival", "test_gallery", "test_wells", "test_collection"),
    *("test_addresses", "test_path_prefix", "test_main_job", "test_more_jobs", "test_plain_browsers"),
    *("test_uploads", "test_lightbox", "test_order", "test_first_screen"),
)
QUICK_APP = ("-m", "tests.browser.quick_app")  # for `app_server`: pictures come in a second


def chromium() -> str | None:
    """Where this machine's Chromium is, if it has one."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_up(url: str, process: Process) -> None:
    end = time.monotonic() + START_LIMIT_S
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the process ended with {process.returncode} before it answered")
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"no answer from {url} in {START_LIMIT_S:.0f} s")


class Server:
    """A process of ours that answers on `url` until it is stopped; `launch` is how it begins."""

    def __init__(self, command: list[str], url: str, ready: str, env: dict[str, str], log: Path) -> None:
        self.url = url
        self._ready = ready
        self.command = command
        self.env = env
        self.log = log
        self.launch: Callable[[list[str], dict[str, str], IO[bytes]], Process] = forked
        self._process: Process | None = None

    def start(self) -> Server:
        with self.log.open("ab") as log:
            self._process = self.launch(self.command, self.env, log)
        try:
            wait_until_up(self.url + self._ready, self._process)
        except (RuntimeError, TimeoutError) as error:
            self.kill()  # it would be left behind, as nobody has it yet to stop it
            end = "\n".join(self.log.read_text(errors="replace").splitlines()[-LOG_LINES:])
            raise type(error)(f"{error}; its log ends with:\n{end}") from None
        return self

    def memory_mb(self) -> float:
        """What the process holds in memory now (Linux only, as the next two)."""
        return self._megabytes("VmRSS")

    def peak_mb(self) -> float:
        """The most memory that the process held so far."""
        return self._megabytes("VmHWM")

    def open_files(self) -> int:
        """How many files and connections the process has open now."""
        return len(list(Path(f"/proc/{self._pid}/fd").iterdir()))

    @property
    def _pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def _megabytes(self, field: str) -> float:
        status = Path(f"/proc/{self._pid}/status").read_text()
        return int(status.split(f"{field}:")[1].split()[0]) / 1024

    def stop(self) -> int:
        assert self._process is not None
        self._process.terminate()
        try:
            return self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait(10)

    def kill(self) -> None:
        """Ends the process as a power cut would."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(10)


def app_server(folder: Path, program: tuple[str, ...] = ("app.py",), /, **settings: str) -> Server:
    """The app as a user starts it, on a free port with its own data folder. Not started yet."""
    port = free_port()
    keep = {
        k: v for k, v in os.environ.items() if not k.startswith(("AIDGE_", "AILAB_", "TRYON_", "GRADIO_"))
    }
    own = {"TRYON_DATA_DIR": str(folder / "data"), "GRADIO_TEMP_DIR": str(folder / "cache")}
    env = {**keep, "GRADIO_SERVER_PORT": str(port), "GRADIO_MCP_SERVER": "False", **own, **settings}
    return Server(
        [sys.executable, *program],
        f"http://127.0.0.1:{port}",
        "/gradio_api/ext/healthz",
        env,
        folder / "app.log",
    )


def sandbox_server(folder: Path, *flags: str) -> Server:
    """Both vendors as a server of their own. Not started yet."""
    port = free_port()
    command = [sys.executable, "-m", "tests.browser.quick_sandbox", "--port", str(port), "--control", *flags]
    return Server(
        command, f"http://127.0.0.1:{port}", "/_sandbox/tasks", dict(os.environ), folder / "sandbox.log"
    )


@pytest.hookimpl(tryfirst=True)  # before tests are chosen by their marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts long files first. Marks all tests here: Playwright's event loop stands in the way of tests that
    run one of their own."""
    items.sort(key=_place)
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


def _place(item: pytest.Item) -> int:
    return LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST)


@pytest.fixture(scope="session", autouse=True)
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """All sandboxes of these tests share what they have drawn, over all processes that share the tests."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "drawn"
    folder.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER, str(folder))
        yield


@pytest.fixture(scope="session")
def app(drawn: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One app for all tests that need no settings of their own; each with a browser context of its own. What
    is deleted in it can be had back for as long as a busy machine may need to open a page anew."""
    server = app_server(tmp_path_factory.mktemp("app"), QUICK_APP, UNDO_S="600").start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium on this machine, and in CI the browser tests must run")
        pytest.skip("NO CHROMIUM ON THIS MACHINE: the browser tests did not run")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=[*FLAGS, BRIEF, NAMES])
        yield found
        found.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1440, "height": 1068}, reduced_motion="reduce")
    yield made
    made.close()


def create(page: Page) -> None:
    page.locator("#go").click()


UNFOLDED_MS = 200


def unfold(page: Page, accordion: str) -> None:
    """Opens that part of a form. Its fields appear only now: what is typed within 20 ms the framework loses,
    and goes on for ever telling that the field has changed."""
    page.locator(f"{accordion} button").first.click()
    page.locator(f"{accordion} :is(input, textarea)").first.wait_for(state="attached")
    page.wait_for_timeout(UNFOLDED_MS)


def to_own_photos(page: Page) -> None:
    """Goes to the form's part for own photos, which appears only now, as `unfold` says."""
    page.locator("#mode label").nth(2).click()
    page.locator("#photos input[type=file]").first.wait_for(state="attached")
    page.wait_for_timeout(UNFOLDED_MS)


def one_picture(page: Page) -> None:
    """Asks for one, where the number is not the point: it is soon there."""
    page.locator("#count label").first.click()
    expect(page.locator("#go")).to_contain_text("1 picture", timeout=20_000)


def from_menu(row: Locator, act: str) -> None:
    """Chooses from the menu of a job's card, which is opened once more where the list was drawn anew at the
    moment of the click."""
    choice = row.locator(f".menu [data-act={act}]")
    for _ in range(MENU_TRIES):
        if row.locator(".menu").get_attribute("open") is None:
            row.locator(".menu summary").click()
        with suppress(PlaywrightTimeout):
            return choice.click(timeout=2_000)
    return choice.click()


def worn(page: Page, count: int) -> None:
    """Waits until the card shows `count` pictures and says that they are saved."""
    expect(page.locator("#jobcard button.slot img")).to_have_count(count, timeout=WORN_LIMIT_MS)
    expect(page.locator("#jobcard .job")).to_have_class(re.compile("succeeded"), timeout=WORN_LIMIT_MS)


@contextmanager
def laptop(browser: Browser, url: str, height: int = 1068) -> Iterator[Page]:
    """A new visitor's page that has opened at `url`, in a window of so many pixels."""
    context = browser.new_context(viewport={"width": 1440, "height": height}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(url)
    page.locator("#go").wait_for(timeout=20_000)
    yield page
    context.close()


@pytest.fixture(scope="module")
def finished(browser: Browser, app: Server) -> Iterator[Page]:
    """A page with a finished job on it, for all tests of a file that only look at it."""
    with laptop(browser, app.url) as page:
        create(page)
        worn(page, 4)
        yield page


@pytest.fixture
def page(context: BrowserContext, app: Server) -> Page:
    opened = context.new_page()
    opened.goto(app.url)
    opened.locator("#go").wait_for(timeout=20_000)
    return opened
