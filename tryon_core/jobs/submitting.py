"""The second step of a job: send it, once."""

from __future__ import annotations

from dataclasses import replace

from tryon_core.errors import Charged, DiskFull, NeverSent, NoAnswer, TryOnError
from tryon_core.job_state import JobState
from tryon_core.jobs.context import OTHER_VENDOR, Tools, with_id
from tryon_core.jobs.preparing import made_ready
from tryon_core.request import FilePicture, LinkPicture, Picture, Request, with_pictures
from tryon_core.storage.job_records import Entry
from tryon_core.task import Receipt, Vendor
from tryon_core.vendors import error_codes

SENDS = 4  # tries of a submit that provably never left
FIRST_PAUSE_S = 1.0  # doubles with each try
JITTER = 0.25  # of a pause, so that jobs that failed together do not try together


async def submit(tools: Tools, job_id: str) -> None:
    """Sends the job once. Finding the mark of an earlier sending, it does not send: the job is uncertain."""
    entry = await tools.store.entry(job_id)
    if entry.state.ended or entry.task_id:
        return
    if not tools.accounts.is_here(entry.account):
        await tools.end(entry, JobState.FAILED, OTHER_VENDOR)
        return
    if entry.sending_since is not None:  # an earlier process: what it sent may have arrived
        await tools.end(entry, JobState.UNCERTAIN, error_codes.uncertain_problem(entry.vendor))
        return
    try:
        request = await _outgoing(tools, entry)
    except TryOnError as error:
        await tools.end(entry, JobState.FAILED, error.problem)
        return
    pause = FIRST_PAUSE_S
    for _ in range(SENDS - 1):
        if await _settled(tools, entry, request):
            return
        await tools.clock.sleep(pause * (1 + JITTER * tools.random.random()))
        pause *= 2
    if not await _settled(tools, entry, request):
        await tools.end(entry, JobState.FAILED, error_codes.never_sent_problem(entry.vendor))


async def _settled(tools: Tools, entry: Entry, request: Request) -> bool:
    """Sends with the mark set before. False when the request provably never left: the mark is off again."""
    try:
        free = await tools.store.claim_sending(entry.id, tools.clock.now())
    except DiskFull as error:
        await tools.end(entry, JobState.FAILED, error.problem)
        return True
    if not free:
        await tools.end(entry, JobState.UNCERTAIN, error_codes.uncertain_problem(entry.vendor))
        return True
    try:
        receipt = await tools.vendors.submit(request, entry.account)
    except NeverSent:
        await tools.change(entry.id, sending_since=None)
        return False
    except NoAnswer as error:
        doubt = error_codes.uncertain_problem(entry.vendor)
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


async def _outgoing(tools: Tools, entry: Entry) -> Request:
    """The request to send. A process that did not prepare it has lost the links that visitors typed: what was
    fetched by them is made ready anew, to be hosted instead."""
    if tools.store.keeps_links(entry) and not tools.links.of(entry.id):
        await made_ready(tools, entry)
    return wire_request(tools, entry)


def wire_request(tools: Tools, entry: Entry) -> Request:
    """The request as the vendor's wire takes it: links for Aidge, files for AILab. A link that was typed goes
    on as it was, unless its picture had to be mended."""
    request = tools.store.request(entry)
    files = tools.store.wire_pictures(entry)
    if entry.vendor is not Vendor.AIDGE:
        return with_pictures(request, {name: FilePicture(file) for name, file in files.items()})
    typed = tools.store.unmended(entry.id, tools.links.of(entry.id))
    ready: dict[str, Picture] = {
        name: typed.get(name) or LinkPicture(tools.hosting.link(entry.account, entry.id, file))
        for name, file in files.items()
    }
    return with_pictures(request, ready)
