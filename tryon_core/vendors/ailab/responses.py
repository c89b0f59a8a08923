"""Reading AILab's answers, in every version of its envelope."""

from __future__ import annotations

from collections.abc import Mapping

import httpx

from tryon_core.errors import VendorError
from tryon_core.sentences import Json
from tryon_core.vendors import response_outcome
from tryon_core.vendors.ailab.error_codes import CODES
from tryon_core.vendors.response_json import (
    TURNED_AWAY,
    Object,
    json_of,
    layers,
    links,
    message,
    obj,
    request_ids,
    text,
    within,
)
from tryon_core.vendors.task import Receipt, RemoteImage, Snapshot, SubTask, TaskStatus

# The query page's numbers and words; 3 is what the vendor's own client takes for a failure.
STATUSES: Mapping[str, TaskStatus] = {
    "0": TaskStatus.QUEUED,
    "1": TaskStatus.RUNNING,
    "2": TaskStatus.SUCCEEDED,
    "3": TaskStatus.FAILED,
    "PENDING": TaskStatus.QUEUED,
    "RUNNING": TaskStatus.RUNNING,
    "SUCCEEDED": TaskStatus.SUCCEEDED,
    "FAILED": TaskStatus.FAILED,
    "CANCELED": TaskStatus.FAILED,
}
STATUS = ("task_status", "taskStatus", "TaskStatus")
FINE_CODES = frozenset({"", "0", "200", "success", "ok"})
WORDS = ("message", "error_message", "code_message", "error_msg")


def read_receipt(answer: httpx.Response) -> Receipt:
    """The task id of an accepted submit. Raises as `response_outcome.receipt` says."""
    body = obj(json_of(answer))
    task_id = within(layers(body), "task_id", "taskId", "TaskId")
    return response_outcome.receipt(CODES, answer, failure(answer, body), task_id, _ids(body))


def read_snapshot(answer: httpx.Response) -> Snapshot:
    """What was said of a task. Raises as `response_outcome.snapshot` says."""
    body = obj(json_of(answer))
    return response_outcome.snapshot(CODES, answer, failure(answer, body), _snapshot(body) if body else None)


def failure(answer: httpx.Response, body: Object) -> VendorError | None:
    """The vendor's no, if it said one. The code decides, not the HTTP status: statuses were reshuffled."""
    said = next((layer for layer in layers(body) if _code(layer)), body)
    code = _code(said)
    if not code and answer.status_code in TURNED_AWAY:
        code = "EXCEEDING_LIMITS" if answer.status_code == 429 else "503"
    if not code:
        return None
    detail = obj(said.get("error_detail"))
    words = message(
        detail.get("message"), detail.get("code_message"), said.get("error_msg"), said.get("error_code_str")
    )
    return response_outcome.refusal(CODES, answer, code, words, _ids(body))


def _code(body: Object) -> str:
    """The code of a failure; "" when none of the places for it names one."""
    code = _unless_fine(obj(body.get("error_detail")).get("code"))
    number = _unless_fine(body.get("error_code"))
    return code or (number and (_unless_fine(body.get("error_code_str")) or number))


def _unless_fine(value: Json) -> str:
    return "" if text(value).lower() in FINE_CODES else text(value)


def _ids(body: Object) -> tuple[str, ...]:
    return request_ids(*layers(body))


def _snapshot(body: Object) -> Snapshot:
    inside = tuple(layers(body))
    said = {text(layer.get(name)).upper() for layer in inside for name in STATUS}
    known = [status for word, status in STATUSES.items() if word in said]
    images = tuple(map(RemoteImage, _links(body)))
    if TaskStatus.FAILED in known:
        status = TaskStatus.FAILED
    elif images and (TaskStatus.SUCCEEDED in known or not said - {"", "UNKNOWN"}):
        status = TaskStatus.SUCCEEDED
    else:  # the numbers, which every page has, are the first in the table
        status = known[0] if known else TaskStatus.RUNNING
    failed = status is TaskStatus.FAILED
    words = message(*(one.get(name) for one in inside[::-1] for name in WORDS)) if failed else ""
    code = _unless_fine(within(inside[1:], "code")) if failed else ""
    return Snapshot(status, (SubTask(status, images, words, code),), words, code, _ids(body))


def _links(body: Object) -> tuple[str, ...]:
    """The result, looked for where the vendor's pages of different ages put it: one of them has it."""
    places = (tuple(dict.fromkeys(links(body.get(name)))) for name in ("output", "data", "result"))
    return next(filter(None, places), ())
