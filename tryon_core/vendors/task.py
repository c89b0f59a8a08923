"""A task at a vendor, in words common to all vendors: sent, polled, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeVar

from tryon_core.requests.request import RefineRequest, TryOnRequest


class TaskStatus(StrEnum):
    """How far a task or a sub-task is."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class RemoteImage:
    """A result picture at the vendor. The link is signed, so it is a secret: never stored, never shown.

    `clothes` are the links of the garments that it shows, where the vendor names them; secrets, too.
    """

    url: str = field(repr=False)
    clothes: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class SubTask:
    """One of the parts of a task that finish or fail by themselves."""

    status: TaskStatus
    images: tuple[RemoteImage, ...] = ()
    message: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a vendor said about a task at one moment, or about one job's part of it.

    `mixed` says that some of its pictures may be another job's: they are not among `images`.
    """

    status: TaskStatus
    sub_tasks: tuple[SubTask, ...] = ()
    message: str = ""
    code: str = ""
    request_ids: tuple[str, ...] = ()
    mixed: bool = False

    @property
    def images(self) -> tuple[RemoteImage, ...]:
        """The pictures of all sub-tasks, in their order."""
        return tuple(image for sub_task in self.sub_tasks for image in sub_task.images)

    @property
    def ended(self) -> bool:
        """Whether nothing will change about it any more."""
        return self.status in (TaskStatus.SUCCEEDED, TaskStatus.FAILED)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A vendor's yes to a submit."""

    task_id: str
    request_ids: tuple[str, ...] = ()


R = TypeVar("R", bound=TryOnRequest | RefineRequest, contravariant=True)


class Wire(Protocol[R]):
    """One vendor's wire. No waiting, no retries, no disk: one HTTP request a call.

    Raises `NeverSent` when the request provably never left, `NoAnswer` when it may have arrived,
    `VendorRefused` for a final no and `VendorBusy` for one that may pass. `trial` is that of the request.
    """

    async def submit(self, request: R) -> Receipt:
        """Begins a paid task."""
        ...

    async def query(self, task_id: str, trial: bool = False) -> Snapshot:
        """How far a task is, as the vendor says now."""
        ...

    async def balance(self) -> float | None:
        """Credits that are left on the account; None where the vendor does not tell."""
        ...
