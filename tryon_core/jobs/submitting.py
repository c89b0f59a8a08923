"""The second step of a job: send it, once."""

from __future__ import annotations

from tryon_core.backoff import Backoff
from tryon_core.errors import Charged, DiskFull, NeverSent, NoAnswer, TryOnError
from tryon_core.job_state import JobState
from tryon_core.jobs.context import OTHER_VENDOR, JobContext, with_id
from tryon_core.jobs.preparing import made_ready
from tryon_core.request import FilePicture, LinkPicture, Picture, Request
from tryon_core.request_pictures import with_pictures
from tryon_core.storage.job_records import JobRecord
from tryon_core.task import Receipt
from tryon_core.vendors.registry import vendor
from tryon_core.vendors.spec import Delivery

TRIES, BETWEEN_TRIES = 4, Backoff(1.0, 60.0, jitter=0.25)  # of a submit that provably never left


async def submit(context: JobContext, job_id: str) -> None:
    """Sends the job once. Finding the mark of an earlier sending, it does not send: the job is uncertain."""
    record = await context.store.record(job_id)
    if record.state.ended or record.task_id:
        return
    if not context.accounts.is_here(record.account):
        await context.end(record, JobState.FAILED, OTHER_VENDOR)
        return
    if record.sending_since is not None:  # an earlier process: what it sent may have arrived
        await context.end(record, JobState.UNCERTAIN, vendor(record.vendor).codes.uncertain())
        return
    try:
        request = await _outgoing(context, record)
    except TryOnError as error:
        await context.end(record, JobState.FAILED, error.problem)
        return
    for number in range(1, TRIES):
        if await _settled(context, record, request):
            return
        await context.clock.sleep(BETWEEN_TRIES.pause(number, context.random.random()))
    if not await _settled(context, record, request):
        await context.end(record, JobState.FAILED, vendor(record.vendor).codes.never_sent())


async def _settled(context: JobContext, record: JobRecord, request: Request) -> bool:
    """Sends with the mark set before. False when the request provably never left: the mark is off again."""
    try:
        free = await context.store.claim_sending(record.id, context.clock.now())
    except DiskFull as error:
        await context.end(record, JobState.FAILED, error.problem)
        return True
    if not free:
        await context.end(record, JobState.UNCERTAIN, vendor(record.vendor).codes.uncertain())
        return True
    try:
        receipt = await context.vendors.submit(request, record.account)
    except NeverSent:
        await context.change(record.id, sending_since=None)
        return False
    except NoAnswer as error:
        doubt = vendor(record.vendor).codes.uncertain(error.problem.request_id)
        await context.end(record, JobState.UNCERTAIN, doubt)
    except TryOnError as error:
        await context.end(record, JobState.FAILED, error.problem)
    else:
        await _accepted(context, record, receipt)
    return True


async def _accepted(context: JobContext, record: JobRecord, receipt: Receipt) -> None:
    await context.change(
        record.id,
        state=JobState.QUEUED,
        task_id=receipt.task_id,
        request_ids=with_id(record.request_ids, *receipt.request_ids),
        charged=Charged.UNKNOWN if record.live else Charged.NO,
    )


async def _outgoing(context: JobContext, record: JobRecord) -> Request:
    """The request to send. A process that did not prepare it has lost the links that visitors typed: what was
    fetched by them is made ready anew, to be hosted instead."""
    if context.store.inputs.keeps_links(record) and not context.links.of(record.id):
        await made_ready(context, record)
    return wire_request(context, record)


def wire_request(context: JobContext, record: JobRecord) -> Request:
    """The request as the vendor's wire takes it: links or files. A link that was typed goes on as it was,
    unless its picture had to be mended."""
    request = context.store.inputs.request(record)
    files = context.store.inputs.wire_pictures(record)
    if vendor(record.vendor).delivery is Delivery.FILE:
        return with_pictures(request, {name: FilePicture(file) for name, file in files.items()})
    typed = context.store.inputs.unmended(record.id, context.links.of(record.id))
    ready: dict[str, Picture] = {
        name: typed.get(name) or LinkPicture(context.hosting.link(record.account, record.id, file))
        for name, file in files.items()
    }
    return with_pictures(request, ready)
