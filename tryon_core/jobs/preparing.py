"""The first step of a job: its pictures made fit for the vendor, and where the vendor can fetch them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path

from tryon_core.disk import write_atomically
from tryon_core.errors import NoPublicAddress, Problem, TryOnError
from tryon_core.hosting.fetching import NotFetched
from tryon_core.images import mending
from tryon_core.images import preflight as images
from tryon_core.images.rules import RULES
from tryon_core.job_state import JobState
from tryon_core.jobs.admission import examine, label
from tryon_core.jobs.context import JobContext
from tryon_core.jobs.submit_rate_limit import wait_for_slot
from tryon_core.request import FilePicture, Picture, pictures_of, with_pictures
from tryon_core.storage.job_records import JobRecord
from tryon_core.storage.store import INPUT, READY
from tryon_core.task import Vendor


async def prepare(context: JobContext, job_id: str) -> None:
    """Makes the pictures fit for the vendor, in the job's own folder, and waits until the vendor takes one
    more submit. Safe to run twice."""
    record = await context.store.record(job_id)
    if record.state.ended or record.task_id or record.sending_since is not None:
        return
    try:
        notes = await made_ready(context, record)
    except TryOnError as error:
        await context.end(record, JobState.FAILED, error.problem)
        return
    if notes != record.notes:
        await context.change(job_id, notes=notes)
    await wait_for_slot(context, record)


async def made_ready(context: JobContext, record: JobRecord) -> tuple[str, ...]:
    """Fetches what was given as links, mends what does not comply, hosts what Aidge is to fetch from here;
    tells what was mended.

    Raises `InvalidRequest`, `NotFetched`, `LinkLost`, `NoPublicAddress`, `BucketFault`, `DiskFull`.
    """
    request = context.store.request(record)
    context.links.remember(record.id, request)  # rows of earlier versions hold whole addresses
    notes: list[str] = []
    files: dict[str, Picture] = {}
    for name, picture in pictures_of(request):
        source = await _local(context, record.id, name, picture)
        ready = await context.pictures.do(_fit, context, record, name, source)
        notes += ready.notes
        files[name] = FilePicture(ready.file)
    await context.pictures.do(examine, with_pictures(request, files))
    if record.vendor is Vendor.AIDGE:
        await _offer(context, record)
    return tuple(notes)


async def _local(context: JobContext, job_id: str, name: str, picture: Picture) -> Path:
    """The picture's file: an upload's, or a link's copy, fetched at the first time."""
    if isinstance(picture, FilePicture):
        return picture.path
    link = context.links.of(job_id).get(name)
    if link is None:
        raise LinkLost(name)
    try:
        data = await context.fetcher.fetch(link.url)
    except NotFetched as error:
        raise NotFetched(error.why, label(name)) from None
    return await asyncio.to_thread(_placed, data, context.store.folder(job_id, INPUT), name)


def _placed(data: bytes, folder: Path, name: str) -> Path:
    target = folder / f"{name}{images.extension_of(label(name), data)}"
    write_atomically(target, data)
    return target


@dataclass(frozen=True, slots=True)
class _Ready:
    file: Path
    notes: tuple[str, ...] = ()


def _fit(context: JobContext, record: JobRecord, name: str, source: Path) -> _Ready:
    """The file to send, in place of one that does not comply. What Aidge fetches by a link of the visitor's
    is judged by Aidge's rules alone: what else the file tells has been published by its owner."""
    folder, rule = context.store.folder(record.id, READY), RULES[record.vendor]
    if record.vendor is Vendor.AIDGE and name in context.links.of(record.id):
        facts = images.check(label(name), source, rule)
        if not mending.wanted(facts, rule):
            return _Ready(source)
    mended = images.mend(label(name), source, rule)
    if mended is None:
        return _Ready(source)
    target = folder / f"{name}{mended.extension}"
    write_atomically(target, mended.data)
    for older in folder.glob(f"{name}.*"):
        if older != target:
            older.unlink()
    return _Ready(target, mended.notes)


async def _offer(context: JobContext, record: JobRecord) -> None:
    """Hosts all but what goes by the visitor's own links."""
    links = context.links.of(record.id)
    unmended = await asyncio.to_thread(context.store.unmended, record.id, links)
    wire = await asyncio.to_thread(context.store.wire_pictures, record)
    files = {name: file for name, file in wire.items() if name not in unmended}
    try:
        if files:
            await context.hosting.offer(record.account, record.id, files.values())
    except NoPublicAddress as error:
        if not files.keys() & links.keys():
            raise
        raise NoPublicAddress(replace(error.problem, what=f"{MENDED_LINK} {error.problem.what}")) from None


class LinkLost(TryOnError):
    """The app was started anew before it had fetched a picture by its link, which was in memory only."""

    def __init__(self, name: str) -> None:
        field = label(name)
        super().__init__(
            Problem(
                f"{field[:1].upper()}{field[1:]} was given as a link, and the app was started anew before it"
                " had fetched it. Links are not kept, as they may be signed.",
                "Give the link again. Nothing was sent.",
                field=field,
            )
        )


MENDED_LINK = "The picture at the link has to be mended for Aidge, so that the mended copy must be hosted."
