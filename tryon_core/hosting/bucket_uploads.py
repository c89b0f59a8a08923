"""Pictures lent to a bucket: what lies there is written down before it is put, and fetched back when its job
has ended, by the next process if this one is killed.

<data>/lent/<job id>    the names of the objects of a job, one a line
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from pathlib import Path

from tryon_core.disk import write_atomically
from tryon_core.hosting.bucket import Bucket, BucketFault
from tryon_core.identity import short_id
from tryon_core.images.facts import media_type_of

LENT = "lent"
AT_ONCE = 4  # pictures that are held in memory on their way

log = logging.getLogger(__name__)

StillOpen = Callable[[], set[str]]
"""The ids of the jobs whose pictures a vendor may still want to fetch. Blocks."""


class BucketUploads:
    """Puts the pictures of jobs into the bucket and takes them back."""

    def __init__(self, bucket: Bucket, data_dir: Path, still_open: StillOpen) -> None:
        self.bucket = bucket
        self._notes = data_dir / LENT
        self._still_open = still_open
        self._sweeping: asyncio.Task[None] | None = None
        self._wanted = False
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def upload(self, job_id: str, objects: Mapping[str, Path]) -> None:
        """Puts files under these names, also if they are there already. Raises `BucketFault`, `DiskFull`."""
        await asyncio.to_thread(self._record, job_id, objects)
        for name, file in objects.items():
            async with self._gate:
                data = await asyncio.to_thread(file.read_bytes)
                await self.bucket.put(name, data, media_type_of(file))

    async def remove_job(self, job_id: str) -> None:
        """Deletes what a job lent. What the bucket does not let go of now is left to the next sweep."""
        names = await asyncio.to_thread(self._recorded, job_id)
        try:
            for name in names:
                await self.bucket.remove(name)
        except BucketFault as fault:
            log.warning(
                "the bucket keeps pictures of job %s for now: %s", short_id(job_id), fault.problem.code
            )
            return
        if names:
            await asyncio.to_thread((self._notes / job_id).unlink, missing_ok=True)

    async def sweep(self) -> None:
        """Takes back what jobs lent that have ended or are gone, and what nobody will fetch any more."""
        for job_id in await asyncio.to_thread(self._closed):
            await self.remove_job(job_id)

    def start_sweep(self) -> None:
        """Sweeps beside everything else: at the start of the app, and when a job has ended or is gone."""
        self._wanted = True
        if self._sweeping is None or self._sweeping.done():
            self._sweeping = asyncio.create_task(self._sweeps())

    async def stop(self) -> None:
        if self._sweeping is not None:
            self._sweeping.cancel()
            await asyncio.gather(self._sweeping, return_exceptions=True)
            self._sweeping = None

    async def _sweeps(self) -> None:
        """Once more for what has ended meanwhile."""
        while self._wanted:
            self._wanted = False
            await self.sweep()

    def _record(self, job_id: str, objects: Mapping[str, Path]) -> None:
        names = dict.fromkeys((*self._recorded(job_id), *objects))
        write_atomically(self._notes / job_id, "\n".join(names).encode())

    def _recorded(self, job_id: str) -> list[str]:
        note = self._notes / job_id
        return note.read_text().splitlines() if note.is_file() else []

    def _closed(self) -> list[str]:
        if not self._notes.is_dir():
            return []
        jobs = {note.name for note in self._notes.iterdir() if not note.name.startswith(".")}
        return sorted(jobs - self._still_open()) if jobs else []
