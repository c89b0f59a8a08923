"""App processes that are killed: `python -m tests.core.jobs.crashing_app SANDBOX_PORT`.

Imports once, and forks a fresh process for each line of JSON on its input: the same studio as the app's, with
the same wires, on the folder that the line names. Writes how each ended. Nothing of it runs before the fork.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import signal
import sys
import time
import traceback
from pathlib import Path

from tests.before_forks import all_have_in_common
from tests.core import fakes
from tests.core.jobs.kill_points import MOMENTS, set_trap
from tests.core.submitting import submit
from tests.no_fsync import nothing_waits_for_the_disk
from tests.no_garbage import leave_out_what_is_there
from tryon_core import (
    Garment,
    PersonGender,
    RefineRequest,
    Request,
    Settings,
    Studio,
    Suit,
    TryOnRequest,
    open_studio,
)
from tryon_core.clock import SystemClock

VISITOR = "visitor-ann"
TIMES = 25.0  # as fast as real time runs the clock of these processes
PATIENCE_S = 60


class QuickClock(SystemClock):
    """Runs many times as fast as time does, so that nobody waits seconds for a question."""

    def monotonic(self) -> float:
        return super().monotonic() * TIMES

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / TIMES)


def settings_of(folder: Path, port: int, **env: str) -> Settings:
    """Both vendors are the sandbox behind a socket."""
    return Settings.load(
        {
            "AIDGE_APP_KEY": "sandbox",
            "AIDGE_APP_SECRET": "sandbox-secret",
            "AIDGE_BASE_URL": f"http://127.0.0.1:{port}/rest",
            "AILAB_API_KEY": "sandbox",
            "AILAB_BASE_URL": f"http://127.0.0.1:{port}",
            "TRYON_DATA_DIR": str(folder / "data"),
            "TRYON_STATE_SECRET": "a-secret",
            **env,
        }
    )


def requests(folder: Path) -> tuple[Request, ...]:
    """A try-on of an upload, and a refinement with a photo that has to be mended; nobody else's are equal."""
    photos = [
        fakes.file(folder, f"{name}.{kind.lower()}", fakes.picture(kind=kind, seed=seed_of(folder, name)))
        for name, kind in (("garment", "PNG"), ("person", "PNG"), ("top", "WEBP"), ("coarse", "PNG"))
    ]
    garment, person, top, coarse = photos
    return (
        TryOnRequest((Suit((Garment(garment),)),), count=2),
        RefineRequest(person, top, coarse, PersonGender.MAN),
    )


def seed_of(folder: Path, name: str) -> int:
    return int(hashlib.sha256(f"{folder.name}/{name}".encode()).hexdigest()[:8], 16)


async def live(folder: Path, port: int, submits: bool) -> None:
    """One process: takes up what is there, submits if it shall, and watches all jobs to their ends."""
    studio = open_studio(settings_of(folder, port), clock=QuickClock())
    await studio.start()
    if submits:
        await asyncio.gather(*(submit(studio, one, visitor=VISITOR) for one in requests(folder)))
    async with asyncio.timeout(PATIENCE_S):
        await asyncio.gather(*(_ended(studio, job.id) for job in await studio.jobs(visitor=VISITOR)))


async def _ended(studio: Studio, job_id: str) -> None:
    async for _ in studio.watch(job_id, visitor=VISITOR):
        pass


def child(order: dict[str, str], port: int) -> None:
    """Never returns: what the test's launcher would do at its end is not this process's business."""
    status = 1
    try:
        if order["moment"] in MOMENTS:
            set_trap(MOMENTS[order["moment"]])
        asyncio.run(asyncio.wait_for(live(Path(order["folder"]), port, bool(order["moment"])), PATIENCE_S))
        status = 0
    except Exception:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def ended(order: dict[str, str], port: int) -> int:
    """Forks, kills after a while where a while is named, and tells how the process ended."""
    pid = os.fork()
    if pid == 0:
        child(order, port)
    if order["moment"].startswith("after ") and order["moment"].endswith(" s"):
        time.sleep(float(order["moment"].split()[1]))
        os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def main() -> None:
    nothing_waits_for_the_disk()
    all_have_in_common()
    leave_out_what_is_there()
    for line in sys.stdin:
        sys.stdout.write(f"{ended(json.loads(line), int(sys.argv[1]))}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
