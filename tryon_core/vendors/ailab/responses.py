"""Reading AILab's answers, in every version of its envelope."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import httpx

from tryon_core.errors import VendorError
from tryon_core.task import Receipt, RemoteImage, Snapshot, SubTask, TaskStatus
from tryon_core.vendors import response_outcome
from tryon_core.vendors.ailab.error_codes import CODES
from tryon_core.vendors.response_json import (
    TURNED_AWAY,
    Object,
    first_text,
    items,
    json_of,
    message,
    obj,
    request_ids,
    text,
)

# The query page's numbers and words; 3 is what the vendor's own client takes for a failure.
NUMBERS: Mapping[str, TaskStatus] = {
    "0": TaskStatus.QUEUED,
    "1": TaskStatus.RUNNING,
    "2": TaskStatus.SUCCEEDED,
    "3": TaskStatus.FAILED,
}
WORDS: Mapping[str, TaskStatus] = {
    "PENDING": TaskStatus.QUEUED,
    "RUNNING": TaskStatus.RUNNING,
    "SUCCEEDED": TaskStatus.SUCCEEDED,
    "FAILED": TaskStatus.FAILED,
    "CANCELED": TaskStatus.FAILED,
}
BAD_ENDS = frozenset({"FAILED", "UNKNOWN", "CANCELED"})


def read_receipt(answer: httpx.Response) -> Receipt:
    """The task id of an accepted submit. Raises as `verdicts.receipt` says."""
    body = obj(json_of(answer))
    return response_outcome.receipt(CODES, answer, failure(answer, body), _task_id(body), request_ids(body))


def read_snapshot(answer: httpx.Response) -> Snapshot:
    """What was said of a task. Raises as `verdicts.snapshot` says."""
    body = obj(json_of(answer))
    return response_outcome.snapshot(CODES, answer, body, failure(answer, body), _snapshot)


def failure(answer: httpx.Response, body: Object) -> VendorError | None:
    """The vendor's no, if it said one. The code decides, not the HTTP status: statuses were reshuffled."""
    detail = obj(body.get("error_detail"))
    code = first_text(detail.get("code"))
    if not code and text(body.get("error_code")) in ("", "0") and not answer.is_error:
        return None
    code = code or first_text(body.get("error_code_str"))
    if not code and answer.status_code in TURNED_AWAY:
        code = "EXCEEDING_LIMITS" if answer.status_code == 429 else "503"
    if not code and (not body or answer.is_error):
        return None
    ids = request_ids(body)
    words = message(
        detail.get("message"), detail.get("code_message"), body.get("error_msg"), body.get("error_code_str")
    )
    return response_outcome.refusal(CODES, answer, code or text(body.get("error_code")), words, ids)


def _task_id(body: Object) -> str:
    data = obj(body.get("data"))
    return first_text(body.get("task_id"), data.get("task_id"), data.get("taskId"))


def _snapshot(body: Object) -> Snapshot:
    data, output = obj(body.get("data")), obj(body.get("output"))
    output = output or obj(data.get("output"))
    word = first_text(output.get("task_status")).upper()
    number = first_text(body.get("task_status"), data.get("task_status"), data.get("taskStatus"))
    status = NUMBERS.get(number) or WORDS.get(word) or TaskStatus.RUNNING
    links = tuple(_links(output, data))
    if word in BAD_ENDS - {"UNKNOWN"} or (status is TaskStatus.SUCCEEDED and (word in BAD_ENDS or not links)):
        status = TaskStatus.FAILED
    images = tuple(RemoteImage(link) for link in links[:1])
    words = message(output.get("message")) if status is TaskStatus.FAILED else ""
    code = first_text(output.get("code")) if status is TaskStatus.FAILED else ""
    return Snapshot(status, (SubTask(status, images, words),), words, code, request_ids(body))


def _links(output: Object, data: Object) -> Iterator[str]:
    """The result link, looked for where the vendor's pages of different ages put it."""
    several = items(data.get("images"))
    places = (
        output.get("image_url"),
        data.get("image"),
        data.get("image_url"),
        several[0] if several else None,
    )
    yield from (link for link in map(text, places) if link.startswith(("http://", "https://")))
