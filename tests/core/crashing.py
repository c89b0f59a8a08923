"""A studio that is killed at a chosen moment: `python -m tests.core.crashing FOLDER MOMENT`."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

from tests.core import fakes
from tests.core.fakes import ScriptedVendors
from tryon_core import Request, Studio, Vendor
from tryon_core.clock import SystemClock
from tryon_core.vendor import Receipt, Snapshot

VISITOR = "visitor-ann"


class Deadly(ScriptedVendors):
    """Kills its own process once the vendor has the task, or once it is asked about it."""

    async def submit(self, request: Request) -> Receipt:
        receipt = await super().submit(request)
        if sys.argv[2] == "submit":
            os.kill(os.getpid(), signal.SIGKILL)
        return receipt

    async def query(self, vendor: Vendor, task_id: str) -> Snapshot:
        os.kill(os.getpid(), signal.SIGKILL)
        return await super().query(vendor, task_id)


async def main() -> None:
    folder = Path(sys.argv[1])
    studio = Studio(fakes.settings(folder, **fakes.LIVE), Deadly(), clock=SystemClock())
    await studio.start()
    await studio.submit(fakes.tryon(folder), visitor=VISITOR)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
