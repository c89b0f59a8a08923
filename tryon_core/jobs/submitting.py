"""The second step of a job: send it, once."""

from __future__ import annotations

from tryon_core.backoff import Backoff
from tryon_core.errors import Charged, DiskFull, NeverSent, NoAnswer, ReadOnly, TryOnError, VendorBusy
from tryon_core.job_state import JobState
from tryon_core.jobs.context import JobContext, key_taken_out, with_id
from tryon_core.jobs.preparing import made_ready
from tryon_core.request import FilePicture, LinkPicture, Picture, Request
from tryon_core.request_parts import with_pictures
from tryon_core.storage.job_records import JobRecord
from tryon_core.task import Receipt
from tryon_core.vendors.registry import codes_of, vendor
from tryon_core.vendors.spec import Delivery

TRIES, BETWEEN_TRIES = 4, Backoff(1.0, 60.0, jitter=0.25)  # of a submit that provably was not taken
LONGEST_RETRY_AFTER_S = 60.0  # a visitor who has to wait longer is better told so


async def submit(context: JobContext, job_id: str) -> None:
    """Sends the job once. Finding the mark of an earlier sending, it does not send: the job is uncertain."""
    record = await context.store.record(job_id)
    if record.state.ended or record.task_id:
        return
    if record.sending_since is not None:  # an earlier process: what it sent may have arrived
        await context.end(record, JobState.UNCERTAIN, codes_of(record.vendor).uncertain())
        return
    if not context.accounts.is_here(record.account):
        await context.end(record, JobState.FAILED, key_taken_out())
        return
    try:
        request = await _outgoing(context, record)
    except TryOnError as error:
        await context.end(record, JobState.FAILED, error.problem)
        return
    for number in range(1, TRIES + 1):
        not_taken = await _sent(context, record, request)
        if not_taken is None:
            return
        pause = BETWEEN_TRIES.pause(number, context.random.random())
        wait = max(pause, (not_taken.retry_after or 0.0) if isinstance(not_taken, VendorBusy) else 0.0)
        if number == TRIES or wait > LONGEST_RETRY_AFTER_S:
            await context.end(record, JobState.FAILED, not_taken.problem)
            return
        await context.clock.sleep(wait)


async def _sent(context: JobContext, record: JobRecord, request: Request) -> NeverSent | VendorBusy | None:
    """Sends with the mark set before; None when the job is settled.

    Else why the request provably was not taken: it never left, or the vendor turned it away as one too many
    and says when to come again. The mark is off then.
    """
    try:
        free = await context.store.claim_sending(record.id, context.clock.now())
    except (DiskFull, ReadOnly) as error:
        await context.end(record, JobState.FAILED, error.problem)
        return None
    if not free:
        await context.end(record, JobState.UNCERTAIN, codes_of(record.vendor).uncertain())
        return None
    try:
        receipt = await context.vendors.submit(request, record.account)
    except NeverSent as error:
        await context.change(record.id, sending_since=None)
        return error
    except NoAnswer as error:
        doubt = codes_of(record.vendor).uncertain(error.problem.request_id)
        await context.end(record, JobState.UNCERTAIN, doubt)
    except VendorBusy as busy:
        if busy.retry_after is not None and busy.problem.code in codes_of(record.vendor).too_often:
            await context.change(record.id, sending_since=None)
            return busy
        await context.end(record, JobState.FAILED, busy.problem)
    except TryOnError as error:
        await context.end(record, JobState.FAILED, error.problem)
    else:
        await _accepted(context, record, receipt)
    return None


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
