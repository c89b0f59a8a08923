"""The second step of a job: send it, once."""

from __future__ import annotations

from dataclasses import replace

from tryon_core.errors import Charged, DiskFull, NeverSent, NoAnswer, TryOnError
from tryon_core.job_state import JobState
from tryon_core.jobs.context import OTHER_VENDOR, JobContext, with_id
from tryon_core.jobs.preparing import made_ready
from tryon_core.request import FilePicture, LinkPicture, Picture, Request, with_pictures
from tryon_core.storage.job_records import JobRecord
from tryon_core.task import Receipt, Vendor
from tryon_core.vendors import error_codes

SENDS = 4  # tries of a submit that provably never left
FIRST_PAUSE_S = 1.0  # doubles with each try
JITTER = 0.25  # of a pause, so that jobs that failed together do not try together


async def submit(context: JobContext, job_id: str) -> None:
    """Sends the job once. Finding the mark of an earlier sending, it does not send: the job is uncertain."""
    record = await context.store.record(job_id)
    if record.state.ended or record.task_id:
        return
    if not context.accounts.is_here(record.account):
        await context.end(record, JobState.FAILED, OTHER_VENDOR)
        return
    if record.sending_since is not None:  # an earlier process: what it sent may have arrived
        await context.end(record, JobState.UNCERTAIN, error_codes.uncertain_problem(record.vendor))
        return
    try:
        request = await _outgoing(context, record)
    except TryOnError as error:
        await context.end(record, JobState.FAILED, error.problem)
        return
    pause = FIRST_PAUSE_S
    for _ in range(SENDS - 1):
        if await _settled(context, record, request):
            return
        await context.clock.sleep(pause * (1 + JITTER * context.random.random()))
        pause *= 2
    if not await _settled(context, record, request):
        await context.end(record, JobState.FAILED, error_codes.never_sent_problem(record.vendor))


async def _settled(context: JobContext, record: JobRecord, request: Request) -> bool:
    """Sends with the mark set before. False when the request provably never left: the mark is off again."""
    try:
        free = await context.store.claim_sending(record.id, context.clock.now())
    except DiskFull as error:
        await context.end(record, JobState.FAILED, error.problem)
        return True
    if not free:
        await context.end(record, JobState.UNCERTAIN, error_codes.uncertain_problem(record.vendor))
        return True
    try:
        receipt = await context.vendors.submit(request, record.account)
    except NeverSent:
        await context.change(record.id, sending_since=None)
        return False
    except NoAnswer as error:
        doubt = error_codes.uncertain_problem(record.vendor)
        await context.end(record, JobState.UNCERTAIN, replace(doubt, request_id=error.problem.request_id))
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
    if context.store.keeps_links(record) and not context.links.of(record.id):
        await made_ready(context, record)
    return wire_request(context, record)


def wire_request(context: JobContext, record: JobRecord) -> Request:
    """The request as the vendor's wire takes it: links for Aidge, files for AILab. A link that was typed goes
    on as it was, unless its picture had to be mended."""
    request = context.store.request(record)
    files = context.store.wire_pictures(record)
    if record.vendor is not Vendor.AIDGE:
        return with_pictures(request, {name: FilePicture(file) for name, file in files.items()})
    typed = context.store.unmended(record.id, context.links.of(record.id))
    ready: dict[str, Picture] = {
        name: typed.get(name) or LinkPicture(context.hosting.link(record.account, record.id, file))
        for name, file in files.items()
    }
    return with_pictures(request, ready)
