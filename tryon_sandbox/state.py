"""Everything one sandbox knows, and what both vendors do alike: take a task in, look it up again."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from tryon_sandbox.blob_store import BlobStore
from tryon_sandbox.call_log import CallLog
from tryon_sandbox.clock import Clock, not_before
from tryon_sandbox.faults import ActiveFaults, FaultBoard, FaultName
from tryon_sandbox.fetching import Fetch
from tryon_sandbox.quotas import Quotas
from tryon_sandbox.render_queue import MODEL_FAILED, RenderQueue
from tryon_sandbox.rendering import Renderer
from tryon_sandbox.settings import DAY_S, Dialects, SandboxSettings, Vendor
from tryon_sandbox.task_store import TaskStore
from tryon_sandbox.tasks import Task

_REMEMBERED_S = 7 * DAY_S
"""How long an expired task is still distinguished from one that never was."""


class Sandbox:
    """The state behind the two vendors' routes. To be used from one event loop at a time."""

    def __init__(
        self,
        settings: SandboxSettings,
        fetch: Fetch,
        renderer: Renderer,
        blobs: BlobStore,
        clock: Clock,
    ) -> None:
        self.settings = settings
        self.fetch = fetch
        self.renderer = renderer
        self.timing = settings.timing
        self.task_store = TaskStore(blobs)
        self.clock = not_before(self.task_store.newest_moment(), clock)
        self.call_log = CallLog()
        self.quotas = Quotas(settings, self.clock)
        self.faults = FaultBoard()
        self.render_queue = RenderQueue(self.task_store, renderer, self.clock, self._refund)

    def dialects(self, active: ActiveFaults) -> Dialects:
        """The dialects to answer a call in."""
        return self.settings.dialects | active.dialects

    async def accept(self, task: Task, inputs: Mapping[str, bytes], active: ActiveFaults) -> None:
        """Takes a task in: keeps it and its photos, and begins to make its pictures."""
        task = replace(
            _with_failures(task, active),
            never_finishes=FaultName.NEVER_FINISH in active,
            expired=FaultName.EXPIRE in active,
        )
        await asyncio.to_thread(self.task_store.keep_inputs, inputs)
        self._sweep()
        self.task_store.save(task)
        self.call_log.submitted(task)
        self.render_queue.ensure(task)

    def look_up(self, task_id: str, vendor: Vendor, active: ActiveFaults) -> Task | None:
        """The vendor's task of that id, as this call shall see it; sees to it that it is being worked on."""
        task = self.task_store.find(task_id)
        if task is None or task.vendor is not vendor:
            return None
        changed = replace(_with_failures(task, active), expired=task.expired or FaultName.EXPIRE in active)
        if changed != task:
            self.task_store.save(changed)
        self.render_queue.ensure(changed)
        return replace(changed, never_finishes=changed.never_finishes or FaultName.NEVER_FINISH in active)

    def is_gone(self, task: Task) -> bool:
        """Whether a task is past its time."""
        return task.expired or self.clock() > task.submitted_at + self.settings.task_ttl_s

    def forget(self, task_id: str) -> None:
        """Takes a task away with all that was kept of it; nothing happens when it is unknown."""
        task = self.task_store.find(task_id)
        if task is not None:
            self.task_store.forget(task)

    def reset(self) -> None:
        """Back to the state of a new sandbox; its folder is emptied too."""
        self.render_queue.stop()
        self.task_store.clear()
        self.call_log.clear()
        self.quotas.refill()
        self.faults.clear()
        self.timing = self.settings.timing

    def _sweep(self) -> None:
        expiry = self.clock() - self.settings.task_ttl_s
        self.task_store.drop_pictures_before(expiry)
        self.task_store.forget_before(expiry - _REMEMBERED_S)

    def _refund(self, task: Task) -> None:
        if task.vendor is Vendor.AILAB:
            self.quotas.give_back_credits()


def _with_failures(task: Task, active: ActiveFaults) -> Task:
    code = MODEL_FAILED[task.vendor]
    failing = active.failing
    return replace(
        task,
        pictures=tuple(
            replace(picture, error_code=code) if index in failing else picture
            for index, picture in enumerate(task.pictures)
        ),
    )
