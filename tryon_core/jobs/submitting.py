"""The second step of a job: send it, once."""

from __future__ import annotations

import logging

from tryon_core.backoff import Backoff
from tryon_core.errors import (
    Charged,
    DiskFull,
    NeverSent,
    NoAnswer,
    ReadOnly,
    TryOnError,
    VendorBusy,
    VendorRefused,
)
from tryon_core.job_state import JobState
from tryon_core.jobs import batches
from tryon_core.jobs.batches import Parcel
from tryon_core.jobs.context import JobContext, key_taken_out
from tryon_core.jobs.holds.submit_rate_limit import wait_for_slot
from tryon_core.jobs.preparing import made_fit, made_ready
from tryon_core.requests.request import FilePicture, LinkPicture, Picture, Request
from tryon_core.requests.request_parts import with_pictures
from tryon_core.storage.job_records import JobRecord
from tryon_core.vendors.error_codes import Kind
from tryon_core.vendors.registry import codes_of, vendor
from tryon_core.vendors.spec import Delivery

log = logging.getLogger(__name__)
TRIES, BETWEEN_TRIES = 4, Backoff(1.0, 60.0, jitter=0.25)  # of a submit that provably was not taken
LONGEST_SUBMIT_WAIT_S = 60.0  # a visitor who has to wait longer is better told so


async def submit(context: JobContext, job_id: str) -> None:
    """Sends the job once, and those that it takes along. Finding the mark of an earlier sending, it does not
    send: the job is uncertain."""
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
        parcel = await _packed(context, record)
    except TryOnError as error:
        await context.end(record, JobState.FAILED, error.problem)
        return
    if not await _settled(context, parcel):
        await wait_for_slot(context, record)
        await _settled(context, parcel.alone)


async def _settled(context: JobContext, parcel: Parcel) -> bool:
    """Sends until that is settled, one way or the other. False when the vendor refused a request of several
    jobs: each of them is to go alone then, as it may be one that is not accepted."""
    for number in range(1, TRIES + 1):
        not_taken = await _sent(context, parcel)
        if not_taken is None:
            return True
        if isinstance(not_taken, VendorRefused):
            return False
        pause = BETWEEN_TRIES.pause(number, context.random.random())
        wait = max(pause, (not_taken.retry_after or 0.0) if isinstance(not_taken, VendorBusy) else 0.0)
        if number == TRIES or wait > LONGEST_SUBMIT_WAIT_S:
            await parcel.end(context, JobState.FAILED, not_taken.problem)
            break
        await context.clock.sleep(wait)
    return True


async def _sent(context: JobContext, parcel: Parcel) -> NeverSent | VendorBusy | VendorRefused | None:
    """Sends with the mark set before; None when the jobs are settled.

    Else why the request provably was not taken: it never left, or the vendor turned it away as one too many
    and says when to come again, or refused one of several. The marks are off then.
    """
    codes = codes_of(parcel.first.vendor)
    try:
        while busy := await parcel.claimed(context):
            if parcel.first.id in busy:
                await context.end(parcel.first, JobState.UNCERTAIN, codes.uncertain())
                return None
            parcel = parcel.without(busy)
    except (DiskFull, ReadOnly) as error:
        await parcel.end(context, JobState.FAILED, error.problem)
        return None
    try:
        receipt = await context.vendors.submit(parcel.request, parcel.first.account)
    except NeverSent as error:
        await parcel.not_taken(context)
        return error
    except NoAnswer as error:
        await parcel.end(context, JobState.UNCERTAIN, codes.uncertain(error.problem.request_id))
    except VendorBusy as busy_now:
        if busy_now.retry_after is not None and busy_now.problem.code in codes.too_often:
            await parcel.not_taken(context)
            return busy_now
        await parcel.end(context, JobState.FAILED, busy_now.problem)
    except VendorRefused as no:
        if parcel.several and no.problem.charged is Charged.NO and codes.kind(no.problem.code) is Kind.TASK:
            count, code = len(parcel.jobs), no.problem.code
            log.warning("a request of %d suits was refused (%s): each goes alone", count, code)
            await parcel.not_taken(context, alone=True)
            return no
        await parcel.end(context, JobState.FAILED, no.problem)
    except TryOnError as error:
        await parcel.end(context, JobState.FAILED, error.problem)
    else:
        await parcel.accepted(context, receipt)
    return None


async def _packed(context: JobContext, record: JobRecord) -> Parcel:
    """What leaves: the job's request, and those of the jobs that wait to be sent along with it."""
    jobs, requests = [record], [await _outgoing(context, record)]
    for companion in await batches.companions(context, record):
        if companion.id in context.fit or await made_fit(context, companion):
            context.fit.discard(companion.id)
            jobs.append(companion)
            requests.append(wire_request(context, companion))
    return Parcel(tuple(jobs), tuple(requests))


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
