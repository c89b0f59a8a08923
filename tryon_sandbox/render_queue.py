"""Makes the pictures of accepted tasks, in worker threads beside the event loop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from tryon_sandbox.clock import Clock
from tryon_sandbox.rendering import Garment, NotWearable, RefineInput, Renderer, TryOnInput
from tryon_sandbox.settings import Vendor
from tryon_sandbox.task_store import TaskStore
from tryon_sandbox.tasks import Picture, RefineOrder, Task, TryOnOrder

_LOG = logging.getLogger(__name__)
_WORKERS = 2

NOT_WEARABLE = {Vendor.AIDGE: "707", Vendor.AILAB: "FILE_CONTENT_NON_COMPLIANCE"}
MODEL_FAILED = {Vendor.AIDGE: "801", Vendor.AILAB: "ERROR_IMAGE_RECOGNITION_FAILED"}


class RenderQueue:
    """Renders two pictures at a time, of one task or of two.

    Nothing depends on a server's lifespan: work begins with the call that needs it. What an ended event loop
    or process left undone is taken up when the task is queried again.
    """

    def __init__(
        self,
        task_store: TaskStore,
        renderer: Renderer,
        clock: Clock,
        on_failure: Callable[[Task], None],
    ) -> None:
        self._task_store = task_store
        self._renderer = renderer
        self._clock = clock
        self._on_failure = on_failure
        self._pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="sandbox-render")
        self._at_work: dict[str, asyncio.Task[None]] = {}

    def ensure(self, task: Task) -> None:
        """Sees to it that the task's pictures are being made. Returns at once."""
        if not task.unsettled or self._is_at_work(task.id):
            return
        work = asyncio.get_running_loop().create_task(self._make(task.id))
        self._at_work[task.id] = work

    def _is_at_work(self, task_id: str) -> bool:
        work = self._at_work.get(task_id)
        return work is not None and not work.done() and not work.get_loop().is_closed()

    def stop(self) -> None:
        """Gives up what is being made; a picture in the middle of it is thrown away."""
        for work in self._at_work.values():
            work.cancel()
        self._at_work.clear()

    async def _make(self, task_id: str) -> None:
        task = self._task_store.find(task_id)
        if task is None:
            return
        # No task has more pictures waiting in line than there are workers: a large one holds up no small one.
        turn = asyncio.Semaphore(_WORKERS)

        async def make(picture: Picture) -> None:
            async with turn:
                await self._make_one(task, picture)

        try:
            async with asyncio.TaskGroup() as group:
                for picture in task.unsettled:
                    group.create_task(make(picture))
        finally:
            self._at_work.pop(task_id, None)

    async def _make_one(self, task: Task, picture: Picture) -> None:
        loop = asyncio.get_running_loop()
        error_code = picture.error_code or await loop.run_in_executor(
            self._pool, self._render, task.vendor, picture
        )
        # Looked up again: a fault may have been written into the task meanwhile.
        current = self._task_store.find(task.id)
        if current is None:
            self._task_store.drop_picture(picture.name)  # the task was forgotten while it was drawn
            return
        known = next(one for one in current.pictures if one.name == picture.name)
        settled = replace(known, settled_at=self._clock(), error_code=known.error_code or error_code)
        self._task_store.save(current.with_picture(settled))
        self._close(task.id)

    def _close(self, task_id: str) -> None:
        task = self._task_store.find(task_id)
        if task is None or task.unsettled:
            return
        self._task_store.drop_inputs(task)
        if all(picture.error_code for picture in task.pictures):
            self._on_failure(task)

    def _render(self, vendor: Vendor, picture: Picture) -> str:
        """Makes and keeps a picture; the vendor's code when it cannot be made, else ""."""
        try:
            self._task_store.keep_picture(picture.name, self._draw(picture.order))
        except NotWearable:
            return NOT_WEARABLE[vendor]
        except Exception:
            # The boundary: whatever breaks in a renderer is, for a caller, the vendor's model failing.
            _LOG.exception("A picture could not be rendered.")
            return MODEL_FAILED[vendor]
        return ""

    def _draw(self, order: TryOnOrder | RefineOrder) -> bytes:
        read = self._task_store.read_input
        if isinstance(order, RefineOrder):
            bottom = read(order.bottom) if order.bottom else None
            return self._renderer.refine(
                RefineInput(read(order.person), read(order.top), read(order.coarse), order.gender, bottom)
            )
        return self._renderer.dress(
            TryOnInput(
                garments=tuple(Garment(read(name), type_) for name, type_ in order.garments),
                model=order.model,
                view=order.view,
                index=order.index,
                person=read(order.person) if order.person else None,
                quality_gate=order.quality_gate,
            )
        )
