"""What the page weighs, how soon and how calmly it shows, and how soon the app is up, beside a bare page of
the same framework in the same run."""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.bench.wire import Wire
from tests.browser.conftest import FLAGS, HOUSE, Server, app_server, chromium, create, free_port, worn

SIZES = ((1280, 720), (1440, 900), (1920, 1080), (390, 844))
WATCHED = ((390, 844), (1280, 720))  # where a job is watched on a slow line
SETTLED_MS = 2500  # after the page can be used: what it still fetches by itself
STARTS, LOOK_S = 5, 0.01
READY = {"ours": "#go", "bare": "button:has-text('Go')"}


@dataclass(frozen=True)
class Start:
    """Seconds from the process to its first page: by the clock, and of a processor, which what else runs on
    the machine changes less."""

    wall: float
    processor: float


def bare_server(folder: Path) -> Server:
    """The bare page, not started yet."""
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.bare_page", str(port)]
    env = app_server(folder).env
    return Server(command, f"http://127.0.0.1:{port}", "/", env, folder / "bare.log")


def ours_server(folder: Path) -> Server:
    """The app, not started yet; up when its page is, as the other one."""
    server = app_server(folder)
    return Server(server.command, server.url, "/", server.env, folder / "app.log")


@contextmanager
def opened(
    browser: Browser, url: str, ready: str, size: tuple[int, int] = (1440, 900), *, slow: bool = False
) -> Iterator[Wire]:
    """A page in a browser that has not been here before, settled."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    try:
        wire = Wire(context.new_page())
        if slow:
            wire.slow_down()
        wire.page.goto(url, wait_until="commit", timeout=60_000)
        wire.page.locator(ready).first.wait_for(timeout=60_000)
        wire.page.wait_for_timeout(SETTLED_MS)
        yield wire
    finally:
        context.close()


def started(make: Callable[[Path], Server]) -> Start:
    """The medians of some starts."""
    starts = [_started(make) for _ in range(STARTS)]
    return Start(
        statistics.median(start.wall for start in starts),
        statistics.median(start.processor for start in starts),
    )


def _started(make: Callable[[Path], Server]) -> Start:
    with tempfile.TemporaryDirectory() as folder:
        server = make(Path(folder))
        begun, used = time.perf_counter(), _processor_s()
        process = subprocess.Popen(
            server.command, cwd=HOUSE, env=server.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            until_served(server.url, process)
            wall = time.perf_counter() - begun
        finally:
            process.terminate()
            process.wait(20)
    return Start(wall, _processor_s() - used)


def _processor_s() -> float:
    """Of all processes that this one started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def until_served(url: str, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            time.sleep(LOOK_S)
    raise RuntimeError(f"the process ended with {process.returncode} before it served its page")


def saved_at(log: Path) -> float:
    """When the newest job's first picture was saved, by the app's log: Unix seconds."""
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    job = [line["job"] for line in lines if line["event"] == "submitted"][-1]
    first = next(line for line in lines if line["event"] == "saved" and line["job"] == job)
    return datetime.fromisoformat(first["time"]).timestamp()


def weights(browser: Browser, urls: dict[str, str]) -> Iterator[str]:
    """Bytes and requests, cold."""
    found: dict[str, tuple[float, int]] = {}
    for name, url in urls.items():
        with opened(browser, url, READY[name]) as wire:
            found[name] = wire.kilobytes, wire.requests
            if name == "ours":
                create(wire.page)
                worn(wire.page, 4)
                wire.page.wait_for_timeout(1000)
                found["four"] = wire.kilobytes, wire.requests
    bare, count = found["bare"]
    for name, words in (("ours", "empty"), ("four", "with four results")):
        size, requests = found[name]
        yield (
            f"page {words}: {size:.0f} KB, {requests} requests; bare: {bare:.0f} KB, {count};"
            f" ratio {size / bare:.2f}, {requests / count:.2f}"
        )


def calm(browser: Browser, urls: dict[str, str]) -> Iterator[str]:
    """Largest paint and shift in all sizes, on a fast line and on a slow one."""
    for slow in (False, True):
        for size in SIZES:
            told = []
            for name, url in urls.items():
                with opened(browser, url, READY[name], size, slow=slow) as wire:
                    told.append(f"{name} {wire.seen('largest'):.0f} ms, shift {wire.seen('shift'):.3f}")
            yield f"largest paint, {size[0]}x{size[1]}, {'3G' if slow else 'fast'}: {'; '.join(told)}"


def shown(browser: Browser, url: str, log: Path) -> Iterator[str]:
    """How long after a picture is ready a visitor on a slow line sees it, and how calm the page was."""
    for size in WATCHED:
        with opened(browser, url, READY["ours"], size, slow=True) as wire:
            create(wire.page)
            tile, hero = wire.shown_at("tile"), wire.shown_at("hero")
            ready = saved_at(log)
            yield (
                f"on 3G after it is ready, {size[0]}x{size[1]}: first picture {tile - ready:.1f} s,"
                f" hero {hero - ready:.1f} s; shift until then {wire.seen('shift'):.3f}"
            )


def main() -> None:
    """Prints one line per figure: ours, the bare page, and the ratio."""
    ours, bare = started(ours_server), started(bare_server)
    for what, mine, other in (
        ("start to the first page", ours.wall, bare.wall),
        ("processor time of it", ours.processor, bare.processor),
    ):
        tell(f"{what}: {mine:.2f} s; bare: {other:.2f} s; ratio {mine / other:.2f}")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        servers = {"ours": ours_server(Path(folder)), "bare": bare_server(Path(folder))}
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        try:
            urls = {name: server.start().url for name, server in servers.items()}
            log = servers["ours"].log
            for lines in (weights(browser, urls), shown(browser, urls["ours"], log), calm(browser, urls)):
                for line in lines:
                    tell(line)
        finally:
            browser.close()
            for server in servers.values():
                server.stop()


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
