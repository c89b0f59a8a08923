"""AILab's answers to a submit."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx

from tests.contract.answers.double import AILAB, Row, Said, endless, packed, page, said, trickle
from tryon_core import Charged, JobState

ID = {"task_type": "async", "task_id": "1788109088348.1e968d25"}
EMPTY = {"status_code": 200, "code": "", "code_message": "", "message": ""}
SOON = {"retry_after": "7"}


def no(code: str, status: int = 200, words: str = "", /, **headers: str) -> httpx.Response:
    """A refusal in the envelope of the page."""
    detail = {"status_code": status, "code": code, "code_message": "Words.", "message": words}
    return said({"error_code": status, "error_detail": detail, "log_id": "l"}, status, **headers)


def beside(**detail: object) -> httpx.Response:
    """A task id beside some error detail."""
    return said({"error_code": 0, "error_detail": detail, **ID})


TAKEN: dict[str, Said] = {
    "the page's": said(
        {"request_id": "", "error_code": 0, "error_code_str": "", "error_detail": EMPTY, **ID}
    ),
    "without the old fields": said({"error_code": 0, "error_detail": EMPTY, **ID}),
    "of today": said({"request_id": "r", "error_detail": {"code": "", "message": ""}, **ID}),
    "nothing but the id": said(ID),
    "no error detail": said({"error_code": 0, "error_detail": None, **ID}),
    "a code of text": said({"error_code": "0", **ID}),
    "a code with a point": said({"error_code": 0.0, **ID}),
    "a code of 200": said({"error_code": 200, **ID}),
    "an error detail of success": beside(code="success", message="Success"),
    "an error detail of SUCCESS": beside(code="SUCCESS", code_message="Success."),
    "an error detail of OK": beside(code="OK"),
    "an error detail of 0": beside(code=0),
    "an error detail of 200": beside(code="200"),
    "an error detail in a string": said({"error_detail": json.dumps(EMPTY), **ID}),
    "a code string of success": said({"error_code": 0, "error_code_str": "SUCCESS", **ID}),
    "the id in data": said({"error_code": 0, "data": ID}),
    "taskId in data": said({"error_code": 0, "data": {"taskId": "t"}}),
    "data is a string": said({"error_code": 0, "data": json.dumps(ID)}),
    "data in data": said({"error_code": 0, "data": {"data": ID}}),
    "the id in result": said({"result": {"result": ID}}),
    "the id is a number": said({"error_code": 0, "task_id": 17881090883}),
    "a mark of byte order": httpx.Response(200, content=b"\xef\xbb\xbf" + json.dumps(ID).encode()),
    "compressed": packed({"error_code": 0, **ID}),
    "accepted with 202": said({"error_code": 0, **ID}, 202),
    "a new code beside the id": beside(code="WARNING_OF_TOMORROW"),
}

REFUSED: dict[str, tuple[Said, str]] = {
    "too few credits": (no("ERROR_NOT_ENOUGH_CREDITS", 429), "credits"),
    "too few credits and a time": (no("ERROR_NOT_ENOUGH_CREDITS", 429, **SOON), "credits"),
    "a key that is not known": (no("ERROR_APPLICATIONS_NOT_EXISTS", 401), "key"),
    "a field": (no("UNSUPPORTED_PARAMETER_VALUES", 400, "person_image: Cannot be empty."), "person_image"),
    "a picture's size": (no("FILE_SIZE_EXCEEDS_LIMIT", 413), "size of a picture"),
    "a picture's size under 422": (no("FILE_SIZE_EXCEEDS_LIMIT", 422), "size of a picture"),
    "a picture's content": (no("ERROR_CONTENT_NON_COMPLIANCE", 422), "content check"),
    "a refusal under 200": (no("ERROR_LOW_RESOLUTION"), "fewer pixels"),
    "a refusal in data": (
        said({"data": {"error_code": 422, "error_detail": {"code": "ERROR_LOW_RESOLUTION"}}}),
        "fewer",
    ),
    "a refusal of old": (said({"error_code": 1, "error_code_str": "ERROR_LOW_RESOLUTION"}), "fewer pixels"),
    "too many calls and no time": (no("EXCEEDING_LIMITS", 429), "more often"),
    "too many calls for an hour": (no("EXCEEDING_LIMITS", 429, retry_after="3600"), "more often"),
    "a fault of theirs": (no("SERVICE_INTERNAL_ERROR", 500), "internal"),
    "a fault of theirs and a time": (no("SERVICE_INTERNAL_ERROR", 500, **SOON), "internal"),
    "a page with 401": (page(401), "key"),
    "a page with 404": (page(404), "AILAB_BASE_URL"),
    "a page with 413": (page(413), "large"),
    "a page with 429": (page(429), "more often"),
    "a page with 503 and a time": (page(503, **SOON), "503"),
}

UNKNOWN_WORDS: dict[str, Said] = {
    "a new code": no("ERROR_OF_TOMORROW", 422, "words"),
    "a new code with a time": no("ERROR_OF_TOMORROW", 429, "words", **SOON),
    "a number and no code": said({"error_code": 422, "error_msg": "words"}, 422),
}

DOUBTFUL: dict[str, Said] = {
    "nothing": page(200, ""),
    "a page": page(200),
    "half of an answer": page(200, '{"error_code": 0, "task_i'),
    "fine without an id": said({"error_code": 0, "error_detail": EMPTY, "task_id": ""}),
    "a redirect": page(302, location="https://elsewhere.test/"),
    "502 with a page": page(502),
    "504 with a page": page(504),
    "a new code under 500": no("ERROR_OF_TOMORROW", 500),
    "the model took too long": no("AI_SERVICE_TIMEOUT", 504),
    "the gateway": no("ERROR_GATEWAY", 502),
    "no answer in time": httpx.ReadTimeout("late"),
    "the line broke": httpx.RemoteProtocolError("gone"),
    "the line broke while sending": httpx.WriteError("gone"),
    "a byte now and then": trickle,
    "an answer without end": endless,
}

AGAIN: dict[str, tuple[tuple[Said, ...], int]] = {
    "a page with 429 and a time": ((page(429, **SOON),), 2),
    "too many calls and a time": ((no("EXCEEDING_LIMITS", 429, **SOON),), 2),
    "too many calls, told as old": ((no("EXCEEDING_LIMITS", 422, **SOON),), 2),
    "too many calls three times": ((no("EXCEEDING_LIMITS", 429, **SOON),) * 3, 4),
    "the flow is limited, and a time": ((no("AI_SERVICE_FLOW_RESTRICTION", 503, **SOON),), 2),
    "a refused connection": ((httpx.ConnectError("refused"),), 2),
    "no free connection": ((httpx.PoolTimeout("none"),), 2),
}


def _rows() -> Iterator[Row]:
    for name, answer in TAKEN.items():
        yield _row(name, JobState.SUCCEEDED, Charged.YES, 1, answer)
    for name, (answer, words) in REFUSED.items():
        yield _row(name, JobState.FAILED, Charged.NO, 1, answer, words=words)
    for name, answer in UNKNOWN_WORDS.items():
        yield _row(name, JobState.FAILED, Charged.UNKNOWN, 1, answer, words="words")
    for name, answer in DOUBTFUL.items():
        yield _row(name, JobState.UNCERTAIN, Charged.UNKNOWN, 1, answer, words="no answer came back")
    for name, (answers, submits) in AGAIN.items():
        yield _row(name, JobState.SUCCEEDED, Charged.YES, submits, *answers)


def _row(name: str, state: JobState, charged: Charged, submits: int, *answers: Said, words: str = "") -> Row:
    return Row(
        f"ailab, submit: {name}",
        AILAB,
        state,
        charged,
        1 if state is JobState.SUCCEEDED else 0,
        submits,
        on_submit=answers,
        forever=state is not JobState.SUCCEEDED,
        said=words,
        unsaid="the key" if "large" in words else "",
    )


ROWS = tuple(_rows())
