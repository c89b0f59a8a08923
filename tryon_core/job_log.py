"""What is written into the log of a job's life."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from tryon_core.errors import TryOnError
from tryon_core.job_state import JobState
from tryon_core.logs import Fact, tell
from tryon_core.storage.job_records import Change, Entry
from tryon_core.task import Vendor

# Of a job's id: enough to find it in the ledger; whoever has all of it has the job's pictures.
_ENOUGH = 12

log = logging.getLogger("tryon.jobs")


def submitted(entry: Entry) -> None:
    """A request was let in and has become a job."""
    tell(log, "submitted", {**_facts(entry), "pictures": entry.expected})


@contextmanager
def refusals(vendor: Vendor) -> Iterator[None]:
    """Writes down that a request was not let in; what was found in it may be anything, and is not written."""
    try:
        yield
    except TryOnError as error:
        told = error.problem
        kind = type(error).__name__
        tell(log, "refused", {"vendor": vendor.value, "kind": kind, "field": told.field, "code": told.code})
        raise


def resumed(entry: Entry) -> None:
    """A job goes on, after a start of the app or because its visitor asked for it."""
    tell(log, "resumed", {**_facts(entry), "run": entry.runs})


def changed(entry: Entry, change: Change, now: float) -> None:
    """A step of a job has come to something. `entry` is the row with the change in it, `now` Unix seconds."""
    event = _event_of(change)
    if event is None:
        return
    level = logging.INFO if _went_well(entry.state) else logging.WARNING
    facts = {
        **_facts(entry),
        "seconds": round(now - entry.submitted_at, 3),
        "pictures": len(entry.pictures),
        "charged": entry.charged.value if entry.state.ended else None,
        "code": str(entry.problem.get("code", "")) if entry.problem else "",
    }
    tell(log, event, facts, level)


def _event_of(change: Change) -> str | None:
    if change.get("state", JobState.RUNNING).ended:
        return "ended"
    if change.get("task_id"):
        return "accepted"
    if "pictures" in change:
        return "saved"
    return "state" if "state" in change else None


def _went_well(state: JobState) -> bool:
    return not state.ended or state is JobState.SUCCEEDED


def _facts(entry: Entry) -> dict[str, Fact]:
    return {
        "job": entry.id[:_ENOUGH],
        "vendor": entry.vendor.value,
        "live": entry.live,
        "state": entry.state.value,
        "task_id": entry.task_id,
        "request_id": entry.request_ids[-1] if entry.request_ids else None,
    }
