"""Result pictures: each is downloaded once, checked, and saved to the byte."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from tryon_core.disk import write_atomically
from tryon_core.errors import StorageFault
from tryon_core.images.facts import Facts
from tryon_core.jobs.context import JobContext
from tryon_core.storage.store import PICTURES
from tryon_core.vendors.download import LinkGone, NotDownloaded, PartialDownload, download, key_of
from tryon_core.vendors.task import RemoteImage

AT_ONCE = 4  # downloads of one job side by side


@dataclass(frozen=True, slots=True)
class Missing:
    """How many pictures could not be had: `gone` for good with these links, `late` perhaps later, `unsaved`
    because they could not be written."""

    gone: int = 0
    late: int = 0
    unsaved: int = 0

    def __bool__(self) -> bool:
        return bool(self.gone or self.late or self.unsaved)


def keys_of(images: Iterable[RemoteImage]) -> dict[str, str]:
    """What each picture is known by, and its link. Links that differ in nothing but their queries, which hold
    signatures, are told apart by their order."""
    keys: dict[str, str] = {}
    for url in dict.fromkeys(image.url for image in images):
        key = key_of(url)
        same = sum(other.partition("-")[0] == key for other in keys)
        keys[f"{key}-{same}" if same else key] = url
    return keys


async def save_pictures(context: JobContext, job_id: str, images: Iterable[RemoteImage]) -> Missing:
    """Saves every picture that is not here yet, as they arrive. Never raises for a link that fails, nor for
    a disk that takes none."""
    record = await context.store.record(job_id)
    here = {picture["key"] for picture in record.pictures}
    wanted = {key: url for key, url in keys_of(images).items() if key not in here}
    gate = asyncio.Semaphore(AT_ONCE)
    gone = late = unsaved = 0
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(_fetched(context, job_id, gate, *one)) for one in wanted.items()]
        for next_one in asyncio.as_completed(tasks):
            match await next_one:
                case LinkGone():
                    gone += 1
                case NotDownloaded():
                    late += 1
                case Arrived() as arrived:
                    unsaved += not await _save(context, job_id, arrived)
    return Missing(gone, late, unsaved)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A downloaded picture, not yet saved."""

    key: str
    data: bytes
    facts: Facts


async def _fetched(
    context: JobContext, job_id: str, gate: asyncio.Semaphore, key: str, url: str
) -> Arrived | NotDownloaded:
    partial = context.partial_downloads.setdefault(job_id, {}).setdefault(key, PartialDownload())
    async with gate:
        try:
            data, facts = await download(context.vendors.client, url, partial)
        except NotDownloaded as error:
            return error
    return Arrived(key, data, facts)


async def _save(context: JobContext, job_id: str, arrived: Arrived) -> bool:
    """The file first, then the row: a crash in between leaves a file that is written over, no false row.

    False when it cannot be written: the bytes stay with the partial download, and are fetched no second time.
    """
    record = await context.store.record(job_id)
    number = len(record.pictures) + 1
    name = f"{record.stem}-{number}{arrived.facts.extension}"
    path = context.store.folder(job_id, PICTURES) / name
    try:
        await asyncio.to_thread(write_atomically, path, arrived.data)
    except StorageFault:
        return False
    saved: dict[str, object] = {
        "number": number,
        "name": name,
        "key": arrived.key,
        "width": arrived.facts.width,
        "height": arrived.facts.height,
        "size": len(arrived.data),
        "sha256": hashlib.sha256(arrived.data).hexdigest(),
        "media_type": arrived.facts.media_type,
    }
    await context.change(job_id, pictures=(*record.pictures, saved))
    context.partial_downloads.get(job_id, {}).pop(arrived.key, None)
    return True
