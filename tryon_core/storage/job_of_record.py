"""A row of the ledger as those outside see it, also one of which not everything can be read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from tryon_core.errors import Charged, Problem
from tryon_core.job_state import Job, SavedPicture
from tryon_core.requests.choices import Capability
from tryon_core.requests.request import Asked, PickedUp
from tryon_core.requests.request_parts import to_json
from tryon_core.sentences import restored, said
from tryon_core.storage.job_records import JobRecord
from tryon_core.vendors.registry import name_of, vendors

_KEPT = TypeAdapter(SavedPicture)


def job_of(record: JobRecord, asked: Asked, folder: Path, usual: tuple[float, float] | None) -> Job:
    """The job of a row; its pictures lie in `folder`."""
    pictures = tuple(filter(None, (_saved(folder, picture) for picture in record.pictures)))
    lost = asked == PickedUp() and record.request != to_json(asked)
    lost = lost or len(pictures) < len(record.pictures)
    return Job(
        id=record.id,
        vendor=record.vendor,
        vendor_name=name_of(record.vendor),
        capability=_capability(record.vendor, asked),
        live=record.live,
        title=record.own_title or record.title,
        request=asked,
        state=record.state,
        expected=record.expected,
        submitted_at=record.submitted_at,
        pictures=pictures,
        failed_pictures=record.failed_pictures,
        task_id=record.task_id,
        request_ids=record.request_ids,
        problem=problem_of(record.problem),
        notes=(*record.notes, said("job.not_readable")) if lost else record.notes,
        finished_at=record.finished_at,
        usual=usual,
        charged=record.charged,
        pinned=record.pinned_at is not None,
        collection_id=record.collection_id,
    )


def _saved(folder: Path, picture: dict[str, object]) -> SavedPicture | None:
    """A picture as it is kept; None where something of it cannot be read."""
    try:
        return _KEPT.validate_python({**picture, "path": folder / str(picture["name"])})
    except (KeyError, ValidationError):
        return None


def _capability(vendor_id: str, asked: Asked) -> Capability:
    """What a job does; of a task of another program, what its vendor does first."""
    if not isinstance(asked, PickedUp):
        return asked.capability
    known = next((spec for spec in vendors() if spec.id == vendor_id), None)
    return known.capabilities[0] if known else Capability.TRY_ON


def problem_of(data: Mapping[str, object] | None) -> Problem | None:
    """A problem as `packed_problem` laid it into the ledger."""
    if data is None:
        return None
    said = data.get("said")
    kept = said if isinstance(said, dict) else {}
    names = ("what", "todo", "code", "request_id", "field")
    texts = {name: restored(str(data[name]), kept.get(name)) for name in names}
    return Problem(charged=Charged(str(data["charged"])), **texts)
