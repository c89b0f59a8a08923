"""One line of the catalogue of vendor codes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tryon_core.errors import Charged


class Kind(StrEnum):
    """What a code means for a job."""

    TASK = "task"  # this task has failed for good
    PASSING = "passing"  # the same call may work a little later
    ACCOUNT = "account"  # key, permission, credits: the same for every job until somebody mends it
    GONE = "gone"  # the vendor no longer has it


@dataclass(frozen=True, slots=True)
class Entry:
    """`quotes`: the vendor's own message says more than ours can, so it is shown too."""

    what: str
    todo: str
    kind: Kind = Kind.TASK
    charged: Charged = Charged.NO
    quotes: bool = False
