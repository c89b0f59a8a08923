"""One of several app processes on one database: `python -m tests.core.jobs.replica FOLDER NAME`.

Takes a JSON line with a method and its arguments on its input, and writes one with the outcome. The vendor is
a list of files in the folder: `sent/` has one for each submit, `asked/` one for each replica and task.
"""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import replace
from pathlib import Path

from tests.core import fakes
from tests.core.fakes import ScriptedVendors, finished, running
from tests.core.submitting import submit
from tests.no_fsync import nothing_waits_for_the_disk
from tryon_core import Job, Request, Studio
from tryon_core.account import Account
from tryon_core.clock import SystemClock
from tryon_core.vendors.task import Receipt, Snapshot


class SharedVendors(ScriptedVendors):
    """Tasks that run until there is a file `ready`, for whichever process asks."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__()
        self._folder, self._name = folder, name

    async def submit(self, request: Request, account: Account) -> Receipt:
        sent = self._folder / "sent"
        task_id = f"task-{self._name}-{len(list(sent.glob(f'task-{self._name}-*')))}"
        (sent / task_id).touch()
        return replace(fakes.TASK, task_id=task_id)

    async def query(self, account: Account, task_id: str, trial: bool = False) -> Snapshot:
        (self._folder / "asked" / f"{task_id} by {self._name}").touch()
        return finished("a.png", "b.png") if (self._folder / "ready").exists() else running()


class QuickClock(SystemClock):
    """Goes as time does, but nobody sleeps for more than a moment."""

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(min(seconds, 0.05))


def open_replica(folder: Path, name: str, **env: str) -> Studio:
    """A studio as the replica `name`, not started. Twice the same name is the same replica, come back."""
    chosen = fakes.settings(folder, **{**fakes.LIVE, "DBOS__VMID": name, **env})
    return Studio(chosen, SharedVendors(folder, name), clock=QuickClock(), reread_s=0.2, web=fakes.web())


async def submitted(studio: Studio, folder: Path, visitor: str) -> Job:
    """A job of a picture that only this visitor has."""
    own = folder / visitor
    own.mkdir(exist_ok=True)
    return await submit(studio, fakes.tryon(own), visitor=visitor)


async def watched(studio: Studio, job_id: str, visitor: str) -> list[str]:
    """The states that a page sees until the end."""
    return [job.state.value async for job in studio.watch(job_id, visitor=visitor)]


async def main() -> None:
    nothing_waits_for_the_disk()
    folder, name = Path(sys.argv[1]), sys.argv[2]
    studio = open_replica(folder, name)
    await studio.start()
    sys.stdout.write('"up"\n')
    sys.stdout.flush()
    while line := await asyncio.to_thread(sys.stdin.readline):
        method, *arguments = json.loads(line)
        if method == "submit":
            outcome: object = (await submitted(studio, folder, *arguments)).id
        else:
            outcome = await watched(studio, *arguments)
        sys.stdout.write(json.dumps(outcome) + "\n")
        sys.stdout.flush()
    await studio.stop()


if __name__ == "__main__":
    asyncio.run(main())
