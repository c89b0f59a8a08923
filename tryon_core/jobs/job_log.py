"""What is written into the log of a job's life."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from tryon_core.errors import TryOnError
from tryon_core.identity import short_id
from tryon_core.job_state import JobState
from tryon_core.observability.logs import FACTS, Fact
from tryon_core.storage.job_records import Change, JobRecord
from tryon_core.vendors.registry import vendors

log = logging.getLogger("tryon.jobs")


def submitted(record: JobRecord) -> None:
    """A request was let in and has become a job."""
    _write("submitted", {**_facts(record), "pictures": record.expected})


@contextmanager
def refusals(vendor: str) -> Iterator[None]:
    """Writes down that a request was not let in; what was found in it may be anything, and is not written."""
    try:
        yield
    except TryOnError as error:
        problem = error.problem
        known = vendor if vendor in {spec.id for spec in vendors()} else "unknown"  # not what was typed
        facts = {"vendor": known, "kind": type(error).__name__, "field": problem.field, "code": problem.code}
        _write("refused", facts)
        raise


def resumed(record: JobRecord) -> None:
    """A job goes on, after a start of the app or because its visitor asked for it."""
    _write("resumed", {**_facts(record), "run": record.runs})


def changed(record: JobRecord, change: Change, now: float) -> None:
    """A step of a job has come to something. `record` has the change in it, `now` is Unix seconds."""
    event = _event_of(change)
    if event is None:
        return
    level = logging.INFO if _went_well(record.state) else logging.WARNING
    facts = {
        **_facts(record),
        "seconds": round(now - record.submitted_at, 3),
        "pictures": len(record.pictures),
        "charged": record.charged.value if record.state.ended else None,
        "code": str(record.problem.get("code", "")) if record.problem else "",
    }
    _write(event, facts, level)


def _write(event: str, facts: Mapping[str, Fact], level: int = logging.INFO) -> None:
    log.log(level, event, extra={FACTS: facts})


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


def _facts(record: JobRecord) -> dict[str, Fact]:
    return {
        "job": short_id(record.id),
        "vendor": record.vendor,
        "live": record.live,
        "state": record.state.value,
        "task_id": record.task_id,
        "request_id": record.request_ids[-1] if record.request_ids else None,
    }
