"""`make soak`: 300 jobs, then 1,000 uploads without a job; fails where the app keeps what it took.

The app and a sandbox server are processes of their own. Each job is another visitor's: it uploads a
garment, asks for a picture by the API, waits, looks at it and at its list of jobs. Memory and open files
are read from /proc (Linux only) after equal pauses; after 300 jobs they may be a fifth more than after 30.
Uploads without a job may fill the cache folder up to the limit of one client, and are cleared when they are
old: they are given an age here, so that nobody waits two hours.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from tests.browser.conftest import Server, app_server, sandbox_server
from tests.browser.drawn_once import FOLDER
from tests.fork_server import started
from tests.load.crowd import API, HUES, answer, dyed
from tryon_core import MIB
from tryon_ui.serving.gate import rate_limits
from tryon_ui.upload_limits import KEEP_S

MARKS: Final = (30, 100, 200, 300)  # jobs so far, at each of which is measured
MORE: Final = 1.2  # times what was there at the first mark
AT_ONCE: Final = 12  # visitors: the pool of connections to the database is full before the first mark
QUIET_S: Final = 7.0  # longer than the app's pause between two looks for silent connections
UPLOADS: Final = 1000
MOST_BYTES: Final = rate_limits.UPLOADS.each
UPLOAD_BYTES: Final = 5 * MIB // 4  # together more than the limit of a client
CLEARED_S: Final = 60.0
LIMIT_S: Final = 120.0  # of one call
TIDY_APP: Final = ("-m", "tests.soak.tidy_app")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the app holds after some jobs; megabytes and numbers."""

    jobs: int
    memory_mb: float
    peak_mb: float
    open_files: int
    seconds: float

    def __str__(self) -> str:
        return (
            f"{self.jobs:>5} {self.memory_mb:>10.1f} {self.peak_mb:>9.1f} {self.open_files:>11}"
            f" {self.seconds:>8.0f}"
        )


@dataclass(frozen=True, slots=True)
class Folder:
    """The cache folder after the uploads and after the clearing, bytes; `answers` counts HTTP statuses."""

    answers: Counter[int]
    before: int
    full: int
    cleared: int
    cleared_in_s: float


async def visit(client: httpx.AsyncClient, number: int) -> str:
    """One visitor, from the upload to the list of jobs; how the job ended."""
    identity = secrets.token_urlsafe(32)
    files = {"files": (f"garment-{number}.jpg", dyed(number % HUES), "image/jpeg")}
    [path] = (await client.post(f"{API}/upload", files=files)).raise_for_status().json()
    garment = {"path": path, "meta": {"_type": "gradio.FileData"}}
    asked = {"garment": garment, "count": 1, "model": "Theo", "identity": identity}
    pictures, job = await answer(client, await called(client, "tryon", asked))
    for picture in pictures:
        (await client.get(picture["url"])).raise_for_status()
    listed = await client.get(await called(client, "jobs", {"identity": identity}))
    return str(job["state"]) if job["id"] in listed.text else "not listed"


async def called(client: httpx.AsyncClient, name: str, asked: dict[str, object]) -> str:
    """Where the answer of a call is to be heard."""
    begun = (await client.post(f"{API}/call/v2/{name}", json=asked)).raise_for_status()
    return f"{API}/call/{name}/{begun.json()['event_id']}"


async def visits(url: str, numbers: Iterable[int]) -> Counter[str]:
    """The visitors, a few at a time; how often their jobs ended in each state."""
    gate, ends = asyncio.Semaphore(AT_ONCE), Counter[str]()
    async with httpx.AsyncClient(base_url=url, timeout=LIMIT_S) as client:

        async def one(number: int) -> None:
            async with gate:
                ends[await visit(client, number)] += 1

        async with asyncio.TaskGroup() as group:
            for number in numbers:
                group.create_task(one(number))
    return ends


def readings(app: Server) -> tuple[list[Reading], Counter[str]]:
    """What the app holds at each mark, and how the jobs ended."""
    say(" jobs  memory MB   peak MB  open files  seconds")
    ends, seen, began = Counter[str](), list[Reading](), time.monotonic()
    for last, mark in zip((0, *MARKS), MARKS, strict=False):
        ends += asyncio.run(visits(app.url, range(last, mark)))
        time.sleep(QUIET_S)
        took = time.monotonic() - began
        seen.append(Reading(mark, app.memory_mb(), app.peak_mb(), app.open_files(), took))
        say(str(seen[-1]))
    return seen, ends


def uploaded(app: Server, cache: Path) -> Folder:
    """Uploads for no job, then makes them old, and waits until the app has cleared them away."""
    kept, before = set(cache.iterdir()), held(cache)
    data, answers = os.urandom(UPLOAD_BYTES), Counter[int]()
    with httpx.Client(base_url=app.url, timeout=LIMIT_S) as client:
        for number in range(UPLOADS):
            files = {"files": (f"{number}.jpg", data, "image/jpeg")}
            answers[client.post(f"{API}/upload", files=files).status_code] += 1
    full = held(cache)
    began = time.monotonic()
    for folder in set(cache.iterdir()) - kept:
        aged(folder)
    while (left := held(cache)) > before and time.monotonic() - began < CLEARED_S:
        time.sleep(0.5)
    return Folder(answers, before, full, left, time.monotonic() - began)


def aged(folder: Path) -> None:
    """Gives it the age at which uploads are cleared."""
    moment = time.time() - KEEP_S - 1
    for path in (*folder.rglob("*"), folder):
        os.utime(path, (moment, moment))


def held(folder: Path) -> int:
    """The bytes of all files; of what goes meanwhile, none."""
    sizes = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):
                sizes += Path(place, name).stat().st_size
    return sizes


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def told(seen: list[Reading], ends: Counter[str], folder: Folder, app: Server) -> bool:
    """Prints what was seen, and which bounds hold; whether all do."""
    first, last = seen[0], seen[-1]
    memory, files = last.memory_mb / first.memory_mb, last.open_files / first.open_files
    grown, left = folder.full - folder.before, max(0, folder.cleared - folder.before)
    sent = f"{UPLOADS} uploads of {UPLOAD_BYTES / MIB:.2f} MB without a job, by HTTP status"
    bounds = {
        f"jobs by state: {dict(ends)}": ends == Counter(succeeded=MARKS[-1]),
        f"memory after {last.jobs} jobs: {memory:.2f} of that after {first.jobs}": memory <= MORE,
        f"open files after {last.jobs} jobs: {files:.2f} of those after {first.jobs}": files <= MORE,
        f"{sent}: {dict(folder.answers)}; they take {grown / MIB:.0f} of {MOST_BYTES // MIB} MB": grown
        <= MOST_BYTES,
        f"{left / MIB:.0f} MB of them {folder.cleared_in_s:.0f} s after they were old": left == 0,
    }
    say(f"after the uploads: {app.memory_mb():.1f} MB, peak {app.peak_mb():.1f} MB")
    for bound, holds in bounds.items():
        say(f"{'holds' if holds else 'BROKEN'}: {bound}")
    return all(bounds.values())


def main() -> None:
    """Exits with 1 where a bound does not hold."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "drawn").mkdir()
        vendors = sandbox_server(folder, "--queue-s", "0.2", "--per-image-s", "0.1")
        vendors.env[FOLDER] = str(folder / "drawn")
        keys = {
            "AIDGE_BASE_URL": f"{vendors.url}/rest",
            "AIDGE_APP_KEY": "sandbox",
            "AIDGE_APP_SECRET": "sandbox-secret",
        }
        app = app_server(folder, TIDY_APP, **keys)
        app.launch = started  # with memory of its own, none of a parent's
        try:
            vendors.start()
            app.start()
            seen, ends = readings(app)
            fine = told(seen, ends, uploaded(app, folder / "cache"), app)
        finally:
            app.stop()
            vendors.stop()
    raise SystemExit(0 if fine else 1)


if __name__ == "__main__":
    main()
