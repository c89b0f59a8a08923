"""Takes up a task that another program, or an earlier loss, left at a vendor, as a job of the visitor."""

from __future__ import annotations

import asyncio
import hashlib

from tryon_core import identity, naming
from tryon_core.account import Account
from tryon_core.errors import Charged, InvalidRequest
from tryon_core.job_state import JobState
from tryon_core.request import PickedUp
from tryon_core.request_json import to_json
from tryon_core.secret import Secret
from tryon_core.storage.job_records import JobRecord
from tryon_core.storage.store import Store

LONGEST_ID = 120  # characters; the vendors' ids are numbers or under 40 characters


def task_id_of(text: str) -> str:
    """What was typed as a task id, without the spaces around it. Raises `InvalidRequest`."""
    task_id = text.strip()
    if not task_id or len(task_id) > LONGEST_ID or not task_id.isprintable() or " " in task_id:
        raise InvalidRequest(
            "task id", task_id[:60] or "nothing", "a task id as the vendor's console shows it"
        )
    return task_id


async def check_free(store: Store, account: Account, task_id: str, owner: str) -> JobRecord | None:
    """The owner's own job of this task, if there is one.

    Raises `InvalidRequest` when the task is somebody else's job here: whoever guesses an id gets no pictures.
    """
    known = await asyncio.to_thread(store.ledger.with_task, account.vendor, account.live, task_id)
    if any(record.owner != owner for record in known):
        raise InvalidRequest("task id", "a task of another visitor's job", "a task that no job here has")
    return next(iter(known), None)


def picked_up(account: Account, task_id: str, owner: str, secret: Secret, now: float) -> JobRecord:
    """The row of the new job. Picked up twice at once it has the same id both times."""
    vendor, live = account.vendor, account.live
    fingerprint = hashlib.sha256(f"task\n{owner}\n{vendor}\n{live}\n{task_id}".encode()).hexdigest()
    return JobRecord(
        id=identity.job_id_of(fingerprint, 1, secret),
        owner=owner,
        fingerprint=fingerprint,
        generation=1,
        vendor=vendor,
        live=live,
        own_key=account.mark or None,
        title=f"{vendor.label} task {task_id}",
        stem=naming.slug(f"{vendor} {task_id}"),
        request=to_json(PickedUp()),
        state=JobState.QUEUED,
        expected=0,
        submitted_at=now,
        task_id=task_id,
        charged=Charged.UNKNOWN if live else Charged.NO,
        runs=1,  # its time is not that of a task that was watched from the beginning
    )
