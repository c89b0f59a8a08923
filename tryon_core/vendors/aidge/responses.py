"""Reading Aidge's answers, in every shape that its documents, samples and newer edition show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import httpx

from tryon_core.errors import VendorError
from tryon_core.task import Receipt, RemoteImage, Snapshot, SubTask, TaskStatus
from tryon_core.vendors import response_outcome
from tryon_core.vendors.aidge.error_codes import CODES, TASK_GONE
from tryon_core.vendors.response_json import (
    TURNED_AWAY,
    Json,
    Object,
    first_text,
    items,
    json_of,
    message,
    obj,
    request_ids,
    text,
)

FINE_CODES = frozenset({"0", "200", "success", "ok"})
TIMESTAMP_CODES = frozenset({"IllegalTimestamp", "InvalidTimestamp"})
EXHAUSTED = "calling resources have been exhausted"  # the samples' comment: how a spent quota reads

TASK_FIELD = re.compile(r"\btask_?id\b", re.IGNORECASE)

# The pages' four words, and those of the vendor's newer edition. An unknown word is still on its way.
STATUSES: Mapping[str, TaskStatus] = {
    "submitted": TaskStatus.QUEUED,
    "queued": TaskStatus.QUEUED,
    "pending": TaskStatus.QUEUED,
    "finished": TaskStatus.SUCCEEDED,
    "completed": TaskStatus.SUCCEEDED,
    "succeeded": TaskStatus.SUCCEEDED,
    "success": TaskStatus.SUCCEEDED,
    "failed": TaskStatus.FAILED,
    "canceled": TaskStatus.FAILED,
    "cancelled": TaskStatus.FAILED,
}


def read_receipt(answer: httpx.Response) -> Receipt:
    """The task id of an accepted submit. Raises as `verdicts.receipt` says."""
    body = obj(json_of(answer))
    return response_outcome.receipt(CODES, answer, failure(answer, body), _task_id(body), request_ids(body))


def read_snapshot(answer: httpx.Response) -> Snapshot:
    """What was said of a task. Raises as `verdicts.snapshot` says."""
    body = obj(json_of(answer))
    return response_outcome.snapshot(CODES, answer, body, failure(answer, body), _snapshot)


def failure(answer: httpx.Response, body: Object) -> VendorError | None:
    """The vendor's no, if it said one; an answer that says nothing is no failure."""
    told = _unwrapped(body)
    code = _failed_code(told)
    if code is None and answer.status_code in TURNED_AWAY:
        code = str(answer.status_code)
    words = message(told.get("resMessage"), told.get("message"), told.get("msg"), told.get("Message"))
    if EXHAUSTED in (words or ("" if body else answer.text)).lower():
        code = "FreeQuotaExhausted"
    if code == "700" and TASK_FIELD.search(words):
        code = TASK_GONE
    if code is None:
        return None
    ids = request_ids(body, told)
    return response_outcome.refusal(CODES, answer, code, words, ids)


def _unwrapped(body: Object) -> Object:
    wrapped = obj(body.get("error_response"))
    return wrapped or body


def _failed_code(body: Object) -> str | None:
    """The code of a failure; None when no indicator that is there says failure."""
    for name in ("resCode", "rescode", "code", "Code"):
        code = text(body.get(name))
        if code and code.lower() not in FINE_CODES:
            return code
    flags = [body[name] for name in ("success", "Success") if name in body]
    return "unknown" if any(str(flag).lower() == "false" for flag in flags) else None


def _data(body: Object) -> Object:
    return obj(body.get("data")) or obj(body.get("Data"))


def _task_id(body: Object) -> str:
    data = _data(body)
    result = obj(data.get("result")) or obj(data.get("Result"))
    return first_text(result.get("taskId"), result.get("TaskId"), data.get("taskId"), data.get("TaskId"))


def _snapshot(body: Object) -> Snapshot:
    data = _data(body)
    status = _status(
        first_text(data.get("taskStatus"), data.get("TaskStatus"), data.get("Status"), data.get("status"))
    )
    result = data.get("taskResult") or data.get("TaskResult") or data.get("Result")
    parts = tuple(_sub_task(part, status) for part in _entries(result))
    words = message(body.get("resMessage"), body.get("message")) if status is TaskStatus.FAILED else ""
    return Snapshot(status, parts, words, request_ids=request_ids(body))


def _entries(result: Json) -> Iterator[Object]:
    """The sub-tasks: a list of them, or a single one."""
    several = items(result)
    yield from (obj(entry) for entry in several)
    if not several and obj(result):
        yield obj(result)


def _status(word: str) -> TaskStatus:
    return STATUSES.get(word.lower(), TaskStatus.RUNNING)


def _sub_task(entry: Object, parent: TaskStatus) -> SubTask:
    inner = obj(entry.get("taskResult")) or entry
    word = first_text(entry.get("taskStatus"), entry.get("TaskStatus"))
    images = tuple(RemoteImage(link) for link in _links(inner))
    status = _status(word) if word else parent
    return SubTask(
        status, images, message(entry.get("taskMessage"), entry.get("message"), inner.get("message"))
    )


def _links(inner: Object) -> Iterator[str]:
    """Links at `result.imageList[].imageUrl`, or `structData.data[]` as the sibling services have it."""
    result = obj(inner.get("result")) or inner
    for entry in items(result.get("imageList")):
        yield from _web(obj(entry).get("imageUrl"))
    struct = obj(inner.get("structData")) or obj(obj(inner.get("data")).get("structData"))
    for entry in items(struct.get("data")):
        yield from _web(entry)


def _web(value: Json) -> Iterator[str]:
    link = text(value)
    if link.startswith(("http://", "https://")):
        yield link
