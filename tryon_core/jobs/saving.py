"""The last step of a job: bring home the pictures that are still missing, and end it."""

from __future__ import annotations

from tryon_core.backoff import Backoff
from tryon_core.errors import NeverSent, NoAnswer, VendorBusy, VendorRefused
from tryon_core.jobs.context import JobContext
from tryon_core.jobs.ending import end_finished, end_refused
from tryon_core.jobs.polling import poll_once, until_ended
from tryon_core.jobs.result_pictures import save_pictures
from tryon_core.storage.job_records import JobRecord
from tryon_core.vendors.registry import vendor
from tryon_core.vendors.task import Snapshot

# About five minutes: a vendor's result host was seen to stall, and links live at least for hours.
TRIES, BETWEEN_TRIES = 10, Backoff(1.0, 60.0)
LONGEST_S = 400.0  # however slowly the pictures come: each try alone may take minutes


async def save(context: JobContext, job_id: str) -> None:
    """Brings home what is missing, by fresh links of the vendor's, and ends the job."""
    record = await context.store.record(job_id)
    if record.state.ended:
        return
    # Another process may have made the last poll: its links are kept nowhere.
    snapshot = context.last.pop(job_id, None) or await until_ended(context, record)
    if snapshot is None:
        return
    begun = context.clock.monotonic()
    try:
        for number in range(1, TRIES + 1):
            missing = await save_pictures(context, job_id, snapshot.images)
            if not missing or context.clock.monotonic() - begun > LONGEST_S:
                break
            least = vendor(record.vendor).pace.least
            await context.clock.sleep(max(BETWEEN_TRIES.pause(number), least))
            await context.wait_for_key(record)
            snapshot = await _fresh(context, record, snapshot)
    except VendorRefused as error:
        await end_refused(context, job_id, error)
        return
    await end_finished(context, job_id, snapshot, missing)


async def _fresh(context: JobContext, record: JobRecord, known: Snapshot) -> Snapshot:
    """The task with fresh links; what is known of it when the vendor cannot be polled just now, or shows
    fewer pictures than before."""
    try:
        fresh = await poll_once(context, record)
    except (NeverSent, NoAnswer, VendorBusy):
        return known
    return fresh if len(fresh.images) >= len(known.images) else known
