"""The `data` of a query's response: the query page's shape, and the shapes of its sibling services."""

from __future__ import annotations

import json
from dataclasses import dataclass

from tryon_sandbox.aidge.errors import BUSINESS
from tryon_sandbox.tasks import Progress

Json = dict[str, object]

_PASCAL_STATUS = {
    Progress.SUBMITTED: "QUEUED",
    Progress.RUNNING: "IN_PROGRESS",
    Progress.FINISHED: "COMPLETED",
    Progress.FAILED: "FAILED",
}


@dataclass(frozen=True, slots=True)
class SubTaskResult:
    """One element of `taskResult`: its picture's link is "" until it is finished."""

    progress: Progress
    url: str
    clothes: str


@dataclass(frozen=True, slots=True)
class TaskResult:
    """What a query's response says about a task; `code` is the `resCode` of a failed one."""

    task_id: str
    progress: Progress
    sub_tasks: tuple[SubTaskResult, ...]
    code: str = ""


def page_data(task: TaskResult) -> Json:
    """The shape of the query page."""
    # A queued task has no list yet: what the vendor sends then is not documented, and absence is the harder
    # case.
    queued = task.progress is Progress.SUBMITTED
    results: Json = {} if queued else {"taskResult": [_page_sub_task(one) for one in task.sub_tasks]}
    return results | {"taskStatus": task.progress, "taskId": task.task_id}


def _page_sub_task(sub_task: SubTaskResult) -> Json:
    if sub_task.progress is not Progress.FINISHED:
        return {"taskStatus": sub_task.progress}
    image = {"imageUrl": sub_task.url, "clothes": sub_task.clothes}
    return {"taskResult": {"result": {"imageList": [image]}}, "taskStatus": sub_task.progress}


def structdata_data(task: TaskResult) -> Json:
    """The shape that the Hands & Feet page shows for its results; perhaps that of pro."""
    sub_tasks = [
        _structdata_sub_task(f"{task.task_id}-{index}", one) for index, one in enumerate(task.sub_tasks)
    ]
    results: Json = {} if task.progress is Progress.SUBMITTED else {"taskResult": sub_tasks}
    return results | {"usage": _finished(task), "taskId": task.task_id, "taskStatus": task.progress}


def _structdata_sub_task(request_id: str, sub_task: SubTaskResult) -> Json:
    fields: Json = {"requestBizId": request_id, "taskStatus": sub_task.progress}
    if sub_task.progress is not Progress.FINISHED:
        return fields
    inner = {"structData": {"code": "200", "data": [sub_task.url], "message": "success"}, "success": True}
    return fields | {
        "usage": 1,
        "taskResult": json.dumps({"data": inner, "requestId": request_id}),
        "usageMap": json.dumps({"ProcessedImageCount": "1"}),
    }


def pascal_data(task: TaskResult) -> Json:
    """The Alibaba Cloud edition's: `Result` is a string, JSON when completed, the reason when failed.

    What the JSON of a try-on holds is not documented; this sends the query page's list of sub-tasks.
    """
    fields: Json = {"TaskId": task.task_id, "Status": _PASCAL_STATUS[task.progress]}
    if task.progress is Progress.FAILED:
        return fields | {"Result": BUSINESS[task.code]}
    if task.progress is not Progress.FINISHED:
        return fields
    result = {"taskResult": [_page_sub_task(one) for one in task.sub_tasks]}
    usage = {"ProcessedImageCount": str(_finished(task))}
    return fields | {"Result": json.dumps(result), "UsageMap": usage}


def _finished(task: TaskResult) -> int:
    return sum(one.progress is Progress.FINISHED for one in task.sub_tasks)
