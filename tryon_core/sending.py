"""The first two steps of a job: prepare its pictures, and send it once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path

from tryon_core import catalogue, images
from tryon_core.disk import write_atomically
from tryon_core.errors import Charged, DiskFull, NeverSent, NoAnswer, TryOnError
from tryon_core.image_rules import RULES
from tryon_core.intake import examine, label
from tryon_core.job_state import JobState
from tryon_core.ledger import Entry
from tryon_core.request import (
    FilePicture,
    LinkPicture,
    Picture,
    Request,
    pictures_of,
    with_pictures,
)
from tryon_core.slots import wait_for_place
from tryon_core.store import READY
from tryon_core.tools import OTHER_VENDOR, Tools, with_id
from tryon_core.vendor import Receipt, Vendor

SENDS = 4  # tries of a submit that provably never left
FIRST_PAUSE_S = 1.0  # doubles with each try
JITTER = 0.25  # of a pause, so that jobs that failed together do not try together


async def prepare(tools: Tools, job_id: str) -> None:
    """Makes the pictures fit for the vendor, in the job's own folder, and waits until the vendor takes one
    more submit. Safe to run twice."""
    entry = await tools.store.entry(job_id)
    if entry.state.ended or entry.task_id or entry.sending_since is not None:
        return
    try:
        notes = await _made_ready(tools, entry)
    except TryOnError as error:
        await tools.end(entry, JobState.FAILED, error.problem)
        return
    if notes != entry.notes:
        await tools.change(job_id, notes=notes)
    await wait_for_place(tools, entry)


async def submit(tools: Tools, job_id: str) -> None:
    """Sends the job once. Finding the mark of an earlier sending, it does not send: the job is uncertain."""
    entry = await tools.store.entry(job_id)
    if entry.state.ended or entry.task_id:
        return
    if not tools.same_vendor(entry):
        await tools.end(entry, JobState.FAILED, OTHER_VENDOR)
        return
    pause = FIRST_PAUSE_S
    for _ in range(SENDS - 1):
        if await _settled(tools, entry):
            return
        await tools.clock.sleep(pause * (1 + JITTER * tools.random.random()))
        pause *= 2
    if not await _settled(tools, entry):
        await tools.end(entry, JobState.FAILED, catalogue.never_sent_problem(entry.vendor))


async def _settled(tools: Tools, entry: Entry) -> bool:
    """Sends with the mark set before. False when the request provably never left: the mark is off again."""
    try:
        free = await tools.store.claim_sending(entry.id, tools.clock.now())
    except DiskFull as error:
        if entry.sending_since is None:
            await tools.end(entry, JobState.FAILED, error.problem)
            return True
        free = False  # marked by an earlier process: what it sent may have arrived
    if not free:
        await tools.end(entry, JobState.UNCERTAIN, catalogue.uncertain_problem(entry.vendor))
        return True
    try:
        receipt = await tools.vendors.submit(wire_request(tools, entry))
    except NeverSent:
        await tools.change(entry.id, sending_since=None)
        return False
    except NoAnswer as error:
        doubt = catalogue.uncertain_problem(entry.vendor)
        await tools.end(entry, JobState.UNCERTAIN, replace(doubt, request_id=error.problem.request_id))
    except TryOnError as error:
        await tools.end(entry, JobState.FAILED, error.problem)
    else:
        await _accepted(tools, entry, receipt)
    return True


async def _accepted(tools: Tools, entry: Entry, receipt: Receipt) -> None:
    await tools.change(
        entry.id,
        state=JobState.QUEUED,
        task_id=receipt.task_id,
        request_ids=with_id(entry.request_ids, *receipt.request_ids),
        charged=Charged.UNKNOWN if entry.live else Charged.NO,
    )


def wire_request(tools: Tools, entry: Entry) -> Request:
    """The request as the vendor's wire takes it: links for Aidge, files for AILab."""
    request = tools.store.request(entry)
    files = tools.store.wire_pictures(entry)
    ready: dict[str, Picture] = {
        name: LinkPicture(tools.hosting.link(entry.id, file))
        if entry.vendor is Vendor.AIDGE
        else FilePicture(file)
        for name, file in files.items()
    }
    return with_pictures(request, ready)


async def _made_ready(tools: Tools, entry: Entry) -> tuple[str, ...]:
    """Downloads what AILab cannot fetch itself, mends what does not comply; tells what was mended."""
    folder = tools.store.folder(entry.id, READY)
    notes: list[str] = []
    files: dict[str, Picture] = {}
    for name, picture in pictures_of(tools.store.request(entry)):
        if isinstance(picture, LinkPicture) and entry.vendor is Vendor.AIDGE:
            continue  # Aidge fetches it by itself
        source = await _local(tools, picture, folder, name)
        mended = await asyncio.to_thread(_mended, source, folder, name, entry.vendor)
        notes += mended.notes
        files[name] = FilePicture(mended.file)
    await asyncio.to_thread(examine, with_pictures(tools.store.request(entry), files))
    if files and entry.vendor is Vendor.AIDGE:
        await tools.hosting.offer(entry.id, tools.store.wire_pictures(entry).values())
    return tuple(notes)


async def _local(tools: Tools, picture: Picture, folder: Path, name: str) -> Path:
    if isinstance(picture, FilePicture):
        return picture.path
    data = await tools.fetcher.fetch(picture.url)
    return await asyncio.to_thread(_placed, data, folder, name)


def _placed(data: bytes, folder: Path, name: str) -> Path:
    target = folder / f"{name}{images.extension_of(label(name), data)}"
    write_atomically(target, data)
    return target


@dataclass(frozen=True, slots=True)
class _Ready:
    file: Path
    notes: tuple[str, ...] = ()


def _mended(source: Path, folder: Path, name: str, vendor: Vendor) -> _Ready:
    mended = images.mend(label(name), source, RULES[vendor])
    if mended is None:
        return _Ready(source)
    target = folder / f"{name}{mended.extension}"
    write_atomically(target, mended.data)
    for older in folder.glob(f"{name}.*"):
        if older != target:
            older.unlink()
    return _Ready(target, mended.notes)
