"""All tasks the sandbox has accepted, with their photos and pictures."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from pydantic import TypeAdapter

from tryon_sandbox.blob_store import BlobStore
from tryon_sandbox.tasks import Picture, Task

_TASK = TypeAdapter(Task)
_AN_ID = re.compile(r"[0-9a-f.-]{36,60}")
"""Both vendors' task ids; nothing that could lead out of the folder."""
# Fields as versions up to 0.3 called them.
_FORMER_NAMES = {
    "sitter": "model",
    "fault": "error_code",
    "verdict": "error_code",
    "reason": "error_detail",
    "seal": "link_key",
}


def _renamed(value: object) -> object:
    """A task as JSON, with its fields under the names of today."""
    if isinstance(value, dict):
        return {_FORMER_NAMES.get(name, name): _renamed(inner) for name, inner in value.items()}
    return [_renamed(inner) for inner in value] if isinstance(value, list) else value


class TaskStore:
    """Tasks by id and pictures by name; every change is stored before it can be seen.

    To be called from one thread, except `read_input`, `keep_inputs`, `keep_picture` and `read_picture`,
    which touch the blob store alone.
    """

    def __init__(self, blobs: BlobStore) -> None:
        self._blobs = blobs
        self._tasks: dict[str, Task] = {}
        self._owner_of: dict[str, str] = {}
        self._emptied: set[str] = set()
        for name in blobs.names("tasks"):
            self._recall(name)

    def _recall(self, name: str) -> None:
        data = self._blobs.get(name)
        try:
            task = _TASK.validate_python(_renamed(json.loads(data or b"null")))
        except ValueError:
            # Written by another version, or not ours: a sandbox that cannot start would help nobody.
            return
        self._remember(task)

    def _remember(self, task: Task) -> None:
        self._tasks[task.id] = task
        self._owner_of.update({picture.name: task.id for picture in task.pictures})

    def save(self, task: Task) -> None:
        """Keeps a new task, or a new state of a known one."""
        self._blobs.put(f"tasks/{task.id}.json", _TASK.dump_json(task))
        self._remember(task)

    def find(self, task_id: str) -> Task | None:
        """The task of that id; one that another process has stored meanwhile is found too."""
        if task_id not in self._tasks and _AN_ID.fullmatch(task_id):
            self._recall(f"tasks/{task_id}.json")
        return self._tasks.get(task_id)

    def find_picture(self, name: str) -> tuple[Task, Picture] | None:
        """The picture of that name, with the task it belongs to."""
        task = self._tasks.get(self._owner_of.get(name, ""))
        if task is None:
            return None
        return task, next(picture for picture in task.pictures if picture.name == name)

    def tasks(self) -> tuple[Task, ...]:
        """All tasks, oldest first."""
        return tuple(sorted(self._tasks.values(), key=lambda task: task.submitted_at))

    def newest_moment(self) -> float:
        """When the last of what is known of the tasks happened, seconds since 1970; 0 without any."""
        settled = [one.settled_at or 0.0 for task in self._tasks.values() for one in task.pictures]
        return max([0.0, *settled, *(task.submitted_at for task in self._tasks.values())])

    def keep_inputs(self, inputs: Mapping[str, bytes]) -> None:
        """Keeps photos that rendering will need, by input name."""
        for name, data in inputs.items():
            self._blobs.put(f"inputs/{name}", data)

    def read_input(self, name: str) -> bytes:
        """A photo kept by `keep_inputs`. Raises `KeyError` when it is gone."""
        data = self._blobs.get(f"inputs/{name}")
        if data is None:
            raise KeyError(name)
        return data

    def keep_picture(self, name: str, data: bytes) -> None:
        """Keeps a finished picture."""
        self._blobs.put(f"pictures/{name}", data)

    def read_picture(self, name: str) -> bytes | None:
        """A finished picture; None when it is not there (yet, or any more)."""
        return self._blobs.get(f"pictures/{name}")

    def drop_picture(self, name: str) -> None:
        """Forgets a finished picture."""
        self._blobs.drop(f"pictures/{name}")

    def drop_inputs(self, task: Task) -> None:
        """Forgets the photos of a task that has all its pictures."""
        for name in {name for picture in task.pictures for name in picture.order.inputs}:
            self._blobs.drop(f"inputs/{name}")

    def drop_pictures_before(self, moment: float) -> None:
        """Forgets photos and pictures of tasks from before `moment`; the tasks stay, and count as expired."""
        for task in self.tasks():
            if task.submitted_at < moment and task.id not in self._emptied:
                self._emptied.add(task.id)
                self.drop_inputs(task)
                for picture in task.pictures:
                    self.drop_picture(picture.name)

    def forget_before(self, moment: float) -> None:
        """Forgets tasks from before `moment` altogether."""
        self.drop_pictures_before(moment)
        for task in self.tasks():
            if task.submitted_at < moment:
                self._blobs.drop(f"tasks/{task.id}.json")
                del self._tasks[task.id]
                self._emptied.discard(task.id)
                for picture in task.pictures:
                    self._owner_of.pop(picture.name, None)

    def forget(self, task: Task) -> None:
        """Forgets a task with its photos and pictures, as if it never was."""
        self.drop_inputs(task)
        for picture in task.pictures:
            self.drop_picture(picture.name)
            self._owner_of.pop(picture.name, None)
        self._blobs.drop(f"tasks/{task.id}.json")
        self._tasks.pop(task.id, None)
        self._emptied.discard(task.id)

    def clear(self) -> None:
        """Forgets everything."""
        self._tasks.clear()
        self._emptied.clear()
        self._owner_of.clear()
        for kind in ("tasks", "inputs", "pictures"):
            for name in self._blobs.names(kind):
                self._blobs.drop(name)
