"""The `data` of a query's response: the query page's shape, and the shapes of its sibling services."""

from __future__ import annotations

import json

from tryon_sandbox.aidge.errors import BUSINESS
from tryon_sandbox.aidge.task_result import SubTaskResult, TaskResult
from tryon_sandbox.tasks import Progress

Json = dict[str, object]

_PASCAL_STATUS = {
    Progress.SUBMITTED: "QUEUED",
    Progress.RUNNING: "IN_PROGRESS",
    Progress.FINISHED: "COMPLETED",
    Progress.FAILED: "FAILED",
}


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
    images = [{"imageUrl": url, "clothes": sub_task.clothes} for url in sub_task.urls]
    return {"taskResult": {"result": {"imageList": images}}, "taskStatus": sub_task.progress}


def structdata_data(task: TaskResult) -> Json:
    """The shape that the Hands & Feet page shows for its results; perhaps that of pro."""
    sub_tasks = [
        _structdata_sub_task(f"{task.task_id}-{index}", one) for index, one in enumerate(task.sub_tasks)
    ]
    results: Json = {} if task.progress is Progress.SUBMITTED else {"taskResult": sub_tasks}
    return results | {"usage": _picture_count(task), "taskId": task.task_id, "taskStatus": task.progress}


def _structdata_sub_task(request_id: str, sub_task: SubTaskResult) -> Json:
    fields: Json = {"requestBizId": request_id, "taskStatus": sub_task.progress}
    if sub_task.progress is not Progress.FINISHED:
        return fields
    struct_data = {"code": "200", "data": list(sub_task.urls), "message": "success"}
    inner = {"structData": struct_data, "success": True}
    return fields | {
        "usage": len(sub_task.urls),
        "taskResult": json.dumps({"data": inner, "requestId": request_id}),
        "usageMap": json.dumps({"ProcessedImageCount": str(len(sub_task.urls))}),
    }


def pascal_data(task: TaskResult) -> Json:
    """The Alibaba Cloud edition's: `Result` is a string, JSON when completed, the reason when failed.

    What the JSON of a try-on holds is not documented; this sends what the query page has as `taskResult`,
    its list of sub-tasks.
    """
    fields: Json = {"TaskId": task.task_id, "Status": _PASCAL_STATUS[task.progress]}
    if task.progress is Progress.FAILED:
        return fields | {"Result": BUSINESS[task.code]}
    if task.progress is not Progress.FINISHED:
        return fields
    result = [_page_sub_task(one) for one in task.sub_tasks]
    usage = {"ProcessedImageCount": str(_picture_count(task))}
    return fields | {"Result": json.dumps(result), "UsageMap": usage}


def _picture_count(task: TaskResult) -> int:
    return sum(len(one.urls) for one in task.sub_tasks)
