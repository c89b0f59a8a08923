"""Today's version on a data folder that an earlier one left, with vendors that know its tasks."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tarfile
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio
import httpx

from tests.core import fakes
from tests.core.jobs.crashing_app import QuickClock
from tests.upgrade.told import Told, told
from tests.upgrade.vendors import serving, settings_of, vendors_on
from tryon_core import Job, Settings, Studio, open_studio

PATIENCE_S = 60.0


@dataclass(frozen=True)
class Stored:
    """What a version left, by the names that its jobs have here: the list says who they are and what that
    version told of them."""

    folder: Path

    @property
    def jobs(self) -> dict[str, Told]:
        listed: dict[str, Told] = json.loads((self.folder / "jobs.json").read_text())
        return listed

    def unpack(self, folder: Path) -> Path:
        """The data folder as it was left, in another place."""
        with tarfile.open(self.folder / "data.tar.xz") as archive:
            archive.extractall(folder, filter="data")
        return folder / "data"


@dataclass(frozen=True)
class Upgraded:
    """The studio on the data folder, and its vendors: Aidge in process, AILab at a port."""

    stored: dict[str, Told]
    data: Path
    port: int
    sandbox: httpx.ASGITransport

    @asynccontextmanager
    async def studio(self) -> AsyncIterator[Studio]:
        settings = Settings.load(settings_of(self.data, self.port))
        studio = open_studio(settings, sandbox=self.sandbox, clock=QuickClock(), web=fakes.web())
        await studio.start()
        try:
            yield studio
        finally:
            await studio.stop()

    async def job(self, studio: Studio, name: str) -> Job:
        job = self.stored[name]
        return await studio.job(job["job"]["id"], visitor=job["visitor"])

    async def ended(self, studio: Studio, name: str) -> Job:
        job = await self.job(studio, name)
        with anyio.fail_after(PATIENCE_S):
            async for now in studio.watch(job.id, visitor=self.stored[name]["visitor"]):
                job = now
        return job

    async def all_told(self, studio: Studio) -> dict[str, Told]:
        return {name: told(await self.job(studio, name)) for name in self.stored}

    async def submits(self) -> Counter[str]:
        """How often something was sent since the upgrade, by the task that it became or equals."""
        aidge = httpx.AsyncClient(transport=self.sandbox, base_url="http://sandbox.invalid")
        ailab = httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.port}")
        sent = Counter[str]()
        async with aidge, ailab:
            for vendor in (aidge, ailab):
                for task in (await vendor.get("/_sandbox/tasks")).json():
                    sent[task["id"]] += task["same_body_submits"]
        return +sent


@contextmanager
def upgraded(stored: Stored, folder: Path) -> Iterator[Upgraded]:
    data = stored.unpack(folder)
    with serving(vendors_on(data)) as port:
        yield Upgraded(stored.jobs, data, port, httpx.ASGITransport(vendors_on(data)))


def files_of(data: Path) -> dict[str, str]:
    """What was uploaded, mended and made: the digests of all files by their places."""
    parts = [data.glob(f"jobs/*/{part}/*") for part in ("input", "ready", "pictures")]
    return {str(file.relative_to(data)): digest(file.read_bytes()) for part in parts for file in part}


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def rows_of(data: Path, column: str) -> dict[str, object]:
    """One column of the jobs, by the name that it has in the file."""
    with closing(sqlite3.connect(data / "studio.sqlite", timeout=PATIENCE_S)) as database:
        return dict(database.execute(f"SELECT id, {column} FROM tryon_jobs").fetchall())


def columns_of(data: Path) -> set[tuple[str, str]]:
    """Tables and their columns, as they are named in the file; the engine's own are not ours."""
    columns = "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c"
    with closing(sqlite3.connect(data / "studio.sqlite")) as database:
        return set(database.execute(f"{columns} WHERE m.name LIKE 'tryon%' AND m.type = 'table'").fetchall())


def columns_read() -> set[tuple[str, str]]:
    """The columns that today's version reads. All that is asked of its inside."""
    from tryon_core.storage.job_records import METADATA

    return {(table.name, column.name) for table in METADATA.sorted_tables for column in table.columns}


NEVER_READ = {"retryable"}  # of a problem


def known(old: Any, new: Any) -> Any:
    """Of what is told now, what was told already then: a later version may tell more."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {key: known(old[key], new[key]) for key in old if key in new}
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [known(*pair) for pair in zip(old, new, strict=True)]
    return new


def still_told(old: Any) -> Any:
    """What an old version told, without what it only wrote down and nobody ever read."""
    if not isinstance(old, dict):
        return old
    return {key: still_told(value) for key, value in old.items() if key not in NEVER_READ}
