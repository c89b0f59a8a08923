"""App processes killed amid a collection: `python -m tests.core.collections.killed_app SANDBOX_PORT`.

Imports once, and forks a fresh process for each line of JSON on its input: a studio on the folder that the
line names, with the settings of its `env`, which begins a collection of 60 cells if there is none, and ends
when that has. It is killed at its `moment`, or `after` so many seconds, 0 for never. Writes how each ended.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
import traceback
from dataclasses import replace
from pathlib import Path

from tests.before_forks import all_have_in_common
from tests.core.collections.making import described, rail
from tests.core.jobs.crashing_app import VISITOR, QuickClock, settings_of
from tests.core.jobs.kill_points import TOGETHER, set_trap
from tests.no_fsync import nothing_waits_for_the_disk
from tests.no_garbage import leave_out_what_is_there
from tryon_core import Studio
from tryon_core.accounts.keys import KeyPolicy, Keyring
from tryon_core.configuration.settings import kept_state_secret
from tryon_core.vendors.http_clients import HttpVendorClients

GARMENTS, MODELS = 12, 5
PATIENCE_S = 100


async def live(folder: Path, port: int, env: dict[str, str]) -> None:
    """One life of the app."""
    settings, clock = settings_of(folder, port, **env), QuickClock()
    keyring = Keyring(kept_state_secret(settings), clock)
    clients = HttpVendorClients(KeyPolicy(settings, keyring).login, clock, None)
    studio = Studio(settings, clients, keyring, clock=clock, reread_s=0.2)
    await studio.start()
    there = await studio.collections.list(visitor=VISITOR)
    new = replace(rail(folder, GARMENTS), models=tuple(map(described, range(MODELS))))
    found = (
        there[0].id if there else (await studio.collections.create(new, visitor=VISITOR, confirmed=True)).id
    )
    async for _ in studio.collections.watch(found, visitor=VISITOR):
        pass
    await studio.stop()


def child(folder: Path, port: int, env: dict[str, str], moment: str) -> None:
    """Never returns: what the launcher would do at its end is not this process's business."""
    status = 1
    try:
        if moment:
            set_trap(TOGETHER[moment])
        asyncio.run(asyncio.wait_for(live(folder, port, env), PATIENCE_S))
        status = 0
    except Exception:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def main() -> None:
    nothing_waits_for_the_disk()
    all_have_in_common()
    leave_out_what_is_there()
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            child(Path(order["folder"]), int(sys.argv[1]), order["env"], order["moment"])
        if order["after"]:
            time.sleep(order["after"])
            os.kill(pid, signal.SIGKILL)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
