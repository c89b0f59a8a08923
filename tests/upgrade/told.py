"""What a version tells of a job, in a form that another version can be measured by."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tryon_core import Job

Told = dict[str, Any]


def told(job: Job) -> Told:
    """Every field of a job as JSON; of files only their names."""
    fields: Told = json.loads(json.dumps(asdict(job), default=lambda path: path.name))
    del fields["usual"]  # learned from other jobs, no part of this one
    return fields
