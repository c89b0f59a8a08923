"""A task of either vendor, and where it stands at a given moment.

A task is made once, at submit, with its whole schedule in it; rendering fills in what came of each picture.
Its status is then a function of the clock, so nothing has to tick.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tryon_sandbox.rendering import ModelDescription
from tryon_sandbox.settings import Timing, Vendor


class Progress(StrEnum):
    """Where a task or one of its pictures stands; the values are Aidge's words."""

    SUBMITTED = "submitted"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"

    @property
    def is_final(self) -> bool:
        return self in (Progress.FINISHED, Progress.FAILED)


@dataclass(frozen=True, slots=True)
class TryOnOrder:
    """A try-on picture to make, as it is kept with its task.

    Photos are named, not held: `garments` is (input name, type) each, `person` an input name or "".
    """

    garments: tuple[tuple[str, str], ...]
    model: ModelDescription
    view: str
    index: int
    person: str = ""
    quality_gate: bool = False

    @property
    def inputs(self) -> frozenset[str]:
        """The names of the photos it needs."""
        return frozenset({*(name for name, _ in self.garments), self.person} - {""})


@dataclass(frozen=True, slots=True)
class RefineOrder:
    """A refined picture to make, as it is kept with its task; `bottom` may be "", and photos are named."""

    person: str
    top: str
    coarse: str
    gender: str
    bottom: str = ""

    @property
    def inputs(self) -> frozenset[str]:
        """The names of the photos it needs."""
        return frozenset({self.person, self.top, self.coarse, self.bottom} - {""})


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of a task (Aidge calls it a sub-task).

    `suit` counts the request's suits from 0. `due_at` is when the simulated vendor would have it,
    `settled_at` when rendering was over (both seconds since 1970). `error_code` is the vendor's, when it went
    wrong.
    """

    name: str
    order: TryOnOrder | RefineOrder
    due_at: float
    clothes: str = ""
    suit: int = 0
    settled_at: float | None = None
    error_code: str = ""

    @property
    def ready_at(self) -> float | None:
        """When it can be seen to be over; None while it is still being made."""
        return None if self.settled_at is None else max(self.due_at, self.settled_at)


@dataclass(frozen=True, slots=True)
class Task:
    """One accepted submit.

    `starts_at`: end of the simulated queue. `fingerprint`: what the caller sent, as a hash. `link_key`:
    signs the links to its pictures. `error_code`, `error_detail`: the vendor's, of a failure that is known at
    submit and only answered at the poll.
    """

    id: str
    vendor: Vendor
    submitted_at: float
    starts_at: float
    pictures: tuple[Picture, ...]
    fingerprint: str
    link_key: str
    error_code: str = ""
    error_detail: str = ""
    never_finishes: bool = False
    expired: bool = False

    @property
    def ready_at(self) -> float | None:
        """When all of it can be seen to be over; None while something is still being made, or for ever."""
        moments = [picture.ready_at for picture in self.pictures]
        known = [moment for moment in moments if moment is not None]
        if self.never_finishes or len(known) < len(moments):
            return None
        return max([self.starts_at, *known])

    @property
    def unsettled(self) -> tuple[Picture, ...]:
        """The pictures that rendering still owes."""
        return tuple(picture for picture in self.pictures if picture.settled_at is None)

    def with_picture(self, picture: Picture) -> Task:
        """The same task, with this picture in the place of the one of the same name."""
        return replace(
            self, pictures=tuple(picture if one.name == picture.name else one for one in self.pictures)
        )


def picture_progress(task: Task, picture: Picture, now: float) -> Progress:
    """Where one picture stands at `now`."""
    if now < task.starts_at:
        return Progress.SUBMITTED
    ready_at = None if task.never_finishes else picture.ready_at
    if ready_at is None or now < ready_at:
        return Progress.RUNNING
    return Progress.FAILED if picture.error_code else Progress.FINISHED


def task_progress(task: Task, now: float) -> Progress:
    """Where a task stands at `now`: finished when everything is over and at least one picture is there."""
    if now < task.starts_at:
        return Progress.SUBMITTED
    if task.never_finishes:
        return Progress.RUNNING
    if task.error_code:
        return Progress.FAILED
    return joint_progress([picture_progress(task, picture, now) for picture in task.pictures])


def joint_progress(each: Sequence[Progress]) -> Progress:
    """Where several pictures stand together: finished when all are over and at least one is there."""
    if all(one is Progress.SUBMITTED for one in each):
        return Progress.SUBMITTED
    if not all(one.is_final for one in each):
        return Progress.RUNNING
    return Progress.FINISHED if Progress.FINISHED in each else Progress.FAILED


def due_times(task_id: str, starts_at: float, count: int, timing: Timing) -> tuple[float, ...]:
    """When each picture is due; jitter follows from the task's id, so a schedule can be computed again."""
    dice = random.Random(task_id)
    moment, moments = starts_at, []
    for _ in range(count):
        moment += timing.per_image_s * (1 + dice.uniform(-timing.jitter, timing.jitter))
        moments.append(moment)
    return tuple(moments)
