"""The first step of a job: its pictures made fit for the vendor, and where the vendor can fetch them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path

from tryon_core.disk import digest_of
from tryon_core.errors import NoPublicAddress, TryOnError, problem
from tryon_core.hosting.fetching import NotFetched
from tryon_core.images import mending, preflight
from tryon_core.images.facts import Facts
from tryon_core.job_state import JobState
from tryon_core.jobs import batches
from tryon_core.jobs.context import JobContext
from tryon_core.jobs.holds.submit_rate_limit import wait_for_slot
from tryon_core.requests.request import FilePicture, Picture
from tryon_core.requests.request_parts import kind_of, label, links_of, pictures_of
from tryon_core.sentences import said
from tryon_core.storage.job_inputs import INPUT, READY
from tryon_core.storage.job_records import JobRecord
from tryon_core.vendors.registry import vendor
from tryon_core.vendors.spec import Delivery


async def prepare(context: JobContext, job_id: str) -> None:
    """Makes the pictures fit for the vendor, in the job's own folder, and waits until the vendor takes one
    more submit. Where another job's request takes this one's suit along, waits for that. Safe to run
    twice."""
    record = await context.store.record(job_id)
    if not await batches.goes_by_itself(context, record) or record.sending_since is not None:
        return
    if await made_fit(context, record):
        for companion in await batches.companions(context, record):
            await made_fit(context, companion)
        await wait_for_slot(context, record)


async def made_fit(context: JobContext, record: JobRecord) -> bool:
    """Whether the pictures of a job can be sent, now or as they were mended; else the job has ended."""
    try:
        notes = await made_ready(context, record)
    except TryOnError as error:
        await context.end(record, JobState.FAILED, error.problem)
        return False
    if notes != record.notes:
        await context.change(record.id, notes=notes)
    if record.batch is not None:
        context.fit.add(record.id)
    return True


async def made_ready(context: JobContext, record: JobRecord) -> tuple[str, ...]:
    """Fetches what was given as links, mends what does not comply, hosts what the vendor is to fetch from
    here; tells what was mended.

    Raises `InvalidRequest`, `NotFetched`, `LinkLost`, `NoPublicAddress`, `BucketFault`, `DiskFull`.
    """
    spec, request = vendor(record.vendor), context.store.inputs.request(record)
    if links := links_of(request):  # rows of earlier versions hold whole addresses
        context.links.remember(record.id, links)
    known = context.examined.pop(record.id, {})  # after a restart nothing is: then they are examined here
    ready: dict[str, _Ready] = {}
    for name, picture in pictures_of(request):
        source = await _local(context, record.id, name, picture)
        ready[name] = await context.image_pool.run(_fit, context, record, name, source, known.get(name))
    preflight.check_same_sizes({name: one.facts for name, one in ready.items()}, spec.same_size)
    if spec.delivery is Delivery.LINK:
        await _offer(context, record)
    return tuple(note for one in ready.values() for note in one.notes)


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
    extension = preflight.extension_of(label(name), data)
    target = context.store.folder(job_id, INPUT) / f"{name}{extension}"
    await asyncio.to_thread(context.store.contents.write, target, data, digest_of(data))
    return target


@dataclass(frozen=True, slots=True)
class _Ready:
    """The facts of a picture as it is sent, and what was done to it."""

    facts: Facts
    notes: tuple[str, ...] = ()


def _fit(context: JobContext, record: JobRecord, name: str, source: Path, known: Facts | None) -> _Ready:
    """Writes the file to send, in place of one that does not comply. What a vendor fetches by a link of the
    visitor's is judged by the vendor's rules alone: what else the file tells its owner has published."""
    spec = vendor(record.vendor)
    rule = spec.image_rules[kind_of(name)]
    facts = known or preflight.examine(label(name), source, rule).facts
    by_link = spec.delivery is Delivery.LINK and name in context.links.of(record.id)
    if by_link and not preflight.wanted(facts, rule):
        return _Ready(facts)
    mended = mending.mend(label(name), source, rule, facts)
    if mended is None:
        return _Ready(facts)
    folder = context.store.folder(record.id, READY)
    target = folder / f"{name}{mended.extension}"
    context.store.contents.write(target, mended.data, digest_of(mended.data))
    for older in folder.glob(f"{name}.*"):
        if older != target:
            older.unlink()
    return _Ready(mended.facts, mended.notes)


async def _offer(context: JobContext, record: JobRecord) -> None:
    """Hosts all but what goes by the visitor's own links."""
    links = context.links.of(record.id)
    unmended = await asyncio.to_thread(context.store.inputs.unmended, record.id, links)
    wire = await asyncio.to_thread(context.store.inputs.wire_pictures, record)
    files = {name: file for name, file in wire.items() if name not in unmended}
    try:
        if files:
            await context.hosting.offer(record.account, record.id, files.values())
    except NoPublicAddress as error:
        if not files.keys() & links.keys():
            raise
        what = said("then", first=said("link.mended"), second=error.problem.what)
        raise NoPublicAddress(replace(error.problem, what=what)) from None


class LinkLost(TryOnError):
    """The app was started anew before it had fetched a picture by its link, which was in memory only."""

    def __init__(self, name: str) -> None:
        super().__init__(problem("link_lost", field=label(name)))
