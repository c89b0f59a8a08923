"""A data folder in which a studio was started once: the engine takes a second to find a new queue."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.core import fakes
from tests.core.fakes import JumpingClock, ScriptedVendors
from tryon_core import Studio

ELSEWHERE = ("TRYON_DATA_DIR", "TRYON_DATABASE_DIR", "TRYON_DATABASE_URL")
_made: list[Path] = []  # one for all tests of this process


async def lay(folder: Path, env: dict[str, str]) -> None:
    """Puts one where a test's studio will look, if it is empty and the database is a file in it."""
    data = fakes.settings(folder).data_dir
    if (
        data.exists()
        or env.keys() & set(ELSEWHERE)
        or not fakes.settings(folder).database.startswith("sqlite")
    ):
        return
    if not _made:
        _made.append(await _started_once())
    shutil.copytree(_made[0], data)


async def _started_once() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="tryon-started-"))
    settings = fakes.settings(folder)
    # As often as the tests' studios look: the first look at a queue is still at the pace that is kept of it.
    studio = Studio(settings, ScriptedVendors(), clock=JumpingClock(), reread_s=0.2, web=fakes.web())
    await studio.start()
    await studio.stop()
    return settings.data_dir
