"""Reading Aidge's answers, in every shape that its documents, samples and newer edition show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import httpx

from tryon_core.errors import VendorError
from tryon_core.sentences import Json
from tryon_core.vendors import response_outcome
from tryon_core.vendors.aidge.error_codes import CODES, TASK_GONE
from tryon_core.vendors.response_json import (
    DEEPEST,
    TURNED_AWAY,
    Object,
    items,
    json_of,
    layers,
    links,
    message,
    obj,
    opened,
    parsed,
    request_ids,
    text,
    within,
)
from tryon_core.vendors.task import Receipt, RemoteImage, Snapshot, SubTask, TaskStatus

FINE_CODES = frozenset({"", "0", "200", "success", "ok"})
TIMESTAMP_CODES = frozenset({"IllegalTimestamp", "InvalidTimestamp"})
EXHAUSTED = "calling resources have been exhausted"  # the samples' comment: how a spent quota reads

TASK_FIELD = re.compile(r"\btask_?id\b", re.IGNORECASE)
TASK_ID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F-]{20,30}")  # of an answer whose result is the id and no more

STATUS = ("taskStatus", "TaskStatus", "task_status")
NEWER_STATUS = ("Status", "status")
CODE = ("resCode", "rescode", "ResCode", "code", "Code", "errorCode", "error_code")
SUCCESS = ("success", "Success")
WORDS = ("resMessage", "taskMessage", "message", "Message", "msg", "errorMessage", "errorMsg", "reason")
NO = frozenset({"false", "0", "no", "fail", "failed"})

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
    """The task id of an accepted submit. Raises as `response_outcome.receipt` says."""
    body = obj(json_of(answer))
    return response_outcome.receipt(CODES, answer, failure(answer, body), _task_id(body), _ids(body))


def read_snapshot(answer: httpx.Response) -> Snapshot:
    """What was said of a task. Raises as `response_outcome.snapshot` says."""
    body = obj(json_of(answer))
    return response_outcome.snapshot(CODES, answer, failure(answer, body), _snapshot(body) if body else None)


def failure(answer: httpx.Response, body: Object) -> VendorError | None:
    """The vendor's no, if it said one; an answer that says nothing is no failure."""
    said = tuple(layers(body, _is_envelope))
    code = next(filter(None, map(_failed_code, said)), "")
    if not code and answer.status_code in TURNED_AWAY:
        code = str(answer.status_code)
    words = message(*(one.get(name) for one in said for name in WORDS))
    if EXHAUSTED in (words or ("" if body else answer.text)).lower():
        code = "FreeQuotaExhausted"
    if code == "700" and TASK_FIELD.search(words):
        code = TASK_GONE
    return response_outcome.refusal(CODES, answer, code, words, _ids(body)) if code else None


def _is_envelope(layer: Object) -> bool:
    """Whether it says if a call was served, and not how a task is."""
    return bool(layer) and not within((layer,), *STATUS, *NEWER_STATUS)


def _failed_code(body: Object) -> str:
    """The code of a failure; "" when no indicator that is there says failure."""
    codes = (text(body.get(name)) for name in CODE)
    code = next((code for code in codes if code.lower() not in FINE_CODES), "")
    return code or ("unknown" if any(str(body.get(name)).lower() in NO for name in SUCCESS) else "")


def _ids(body: Object) -> tuple[str, ...]:
    return request_ids(*layers(body))


def _task_id(body: Object) -> str:
    bare = (text(layer.get(name)) for layer in layers(body) for name in ("result", "Result", "data", "Data"))
    named = within(tuple(layers(body))[::-1], "taskId", "TaskId", "task_id")
    return named or next(filter(TASK_ID.fullmatch, bare), "")


def _snapshot(body: Object) -> Snapshot:
    inside = tuple(layers(body))
    word = _status_word(inside)
    without = TaskStatus.SUCCEEDED if any(links(dict(body))) else TaskStatus.RUNNING
    parts = tuple(_sub_task(entry, _status(word) if word else without) for entry in _entries(inside))
    status = _status(word) if word else _by_parts(parts)
    failed = status is TaskStatus.FAILED
    reasons = (one.get(name) for one in inside[::-1] for name in (*WORDS, "Result"))
    words = message(*(reason for reason in reasons if parsed(text(reason)) is None)) if failed else ""
    return Snapshot(status, parts, words, _own_code(inside[1:]) if failed else "", _ids(body))


def _status_word(inside: tuple[Object, ...]) -> str:
    """The task's status; the newer edition calls it by a word that an envelope may use for its own."""
    return within(inside, *STATUS) or within(inside[1:], *NEWER_STATUS)


def _status(word: str) -> TaskStatus:
    return STATUSES.get(word.lower(), TaskStatus.RUNNING)


def _by_parts(parts: tuple[SubTask, ...]) -> TaskStatus:
    """The status of a task that has none of its own: ended when all its parts are."""
    ends = {part.status for part in parts}
    if not ends or ends - {TaskStatus.SUCCEEDED, TaskStatus.FAILED}:
        return TaskStatus.RUNNING
    return TaskStatus.SUCCEEDED if TaskStatus.SUCCEEDED in ends else TaskStatus.FAILED


def _entries(inside: tuple[Object, ...]) -> Sequence[Json]:
    """The sub-tasks: a list of them, a single one, or what else holds pictures."""
    for names in (("taskResult", "TaskResult"), ("Result", "result")):
        for result in (layer.get(name) for layer in inside for name in names):
            several = items(result) or items(obj(result).get(names[0]))
            if several or any(links(result, named=True)) or (obj(result) and "taskResult" in names):
                return several or (result,)
    return (dict(inside[0]),) if any(links(dict(inside[0]))) else ()


def _sub_task(entry: Json, parent: TaskStatus) -> SubTask:
    own = obj(entry)
    inside = (*layers(own), *layers(obj(own.get("taskResult"))))
    worn = {link: clothes for link, clothes in _worn(entry) if clothes}
    images = tuple(RemoteImage(link, worn.get(link, ())) for link in dict.fromkeys(links(entry, named=True)))
    word = _status_word((own, *inside))
    status = _status(word) if word else parent
    words = message(*(one.get(name) for one in inside for name in WORDS))
    return SubTask(status, images, words, _own_code(inside) if status is TaskStatus.FAILED else "")


def _worn(entry: Json, depth: int = DEEPEST) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The links of pictures, each with those of the garments that are named beside it, the nearest last."""
    inside = opened(entry)
    if isinstance(inside, dict):
        named = inside.get("clothes")
        clothes = tuple(filter(None, map(text, items(named) or (named,))))
        yield from ((link, clothes) for link in links(inside, named=True))
    within_it = inside.values() if isinstance(inside, dict) else inside if isinstance(inside, list) else ()
    for inner in within_it if depth else ():
        yield from _worn(inner, depth - 1)


def _own_code(inside: tuple[Object, ...]) -> str:
    """The code by which a task or a sub-task failed, where it names one."""
    return next(filter(None, (_failed_code(one).removesuffix("unknown") for one in inside)), "")
