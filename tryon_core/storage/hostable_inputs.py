"""Which pictures are on offer to a vendor: those of jobs that run, or may be going on there unseen."""

from __future__ import annotations

from pathlib import Path

from tryon_core.job_state import JobState
from tryon_core.storage.store import Store

RUNNING = tuple(state for state in JobState if not state.ended)
OPEN_ENDS = (JobState.UNCERTAIN, JobState.OVERDUE)  # ended here; the vendor may still be at work
FETCHING = RUNNING + OPEN_ENDS


class HostableInputs:
    """What hosting sees of the jobs. Both methods block for a millisecond or a few."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def open_jobs(self, since: float) -> list[str]:
        """The ids of jobs whose pictures a vendor may want to fetch; of those that only may go on there, the
        ones submitted since a time."""
        ids = self._store.ledger.ids_in_states
        return ids(RUNNING) + ids(OPEN_ENDS, since)

    def hosted_files(self, job_id: str, since: float) -> list[Path]:
        """The pictures of a job as they are sent; none when it is not one of `open_jobs`."""
        record = self._store.ledger.record(job_id)
        if record is None or record.state not in FETCHING:
            return []
        if record.state in OPEN_ENDS and record.submitted_at < since:
            return []
        return list(self._store.wire_pictures(record).values())
