"""AILab's answers to a poll of a task that it has accepted."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx

from tests.contract.answers.ailab_submits import no
from tests.contract.answers.double import AILAB, LINKS, Row, Said, endless, packed, page, said, trickle
from tryon_core import Charged, JobState

LINK = LINKS[0]
OUTPUT = {"task_status": "SUCCEEDED", "image_url": LINK}


def task(status: object, output: object = None, **more: object) -> httpx.Response:
    """The page's envelope around a task."""
    return said({"error_code": 0, "task_status": status, "output": output, **more})


FINISHED: dict[str, Said] = {
    "the page's": task(2, OUTPUT, usage={"image_count": 1}),
    "a number of text": task("2", OUTPUT),
    "a number with a point": task(2.0, OUTPUT),
    "the word only": said({"output": OUTPUT}),
    "the number only": task(2, {"image_url": LINK}),
    "the word at the top": said({"task_status": "SUCCEEDED", "output": {"image_url": LINK}}),
    "output is a string": task(2, json.dumps(OUTPUT)),
    "output in data": said({"task_status": 2, "data": {"output": OUTPUT}}),
    "output in data as a string": said({"task_status": 2, "data": json.dumps({"output": OUTPUT})}),
    "all in data": said({"error_code": 0, "data": {"task_status": 2, "image_url": LINK}}),
    "all in data in data": said({"data": {"data": {"task_status": 2, "image": LINK}}}),
    "all in result in result": said({"result": {"result": json.dumps({"task_status": 2, "output": OUTPUT})}}),
    "taskStatus in data": said({"data": {"taskStatus": 2, "image": LINK}}),
    "the plain try-on's data.image": task(2, {}, data={"image": LINK}),
    "data.image_url": task(2, {}, data={"image_url": LINK}),
    "a list of links": task(2, {}, data={"images": [LINK]}),
    "a list of objects": task(2, {}, data={"images": [{"url": LINK}]}),
    "the link is a list": task(2, {"task_status": "SUCCEEDED", "image_url": [LINK]}),
    "the link is a list in a string": task(2, {"image_url": json.dumps([LINK])}),
    "the same in two places": task(2, OUTPUT, data={"image": f"{LINK}&again=1"}),
    "HTTP in capitals": task(2, {"image_url": LINK.replace("https", "HTTP")}),
    "a link in quotes": task(2, {"image_url": f"'{LINK}'"}),
    "a quote within the link": task(2, {"image_url": f"{LINK}&n='a\"b'"}),
    "a word of unknown beside it": task(2, {"task_status": "UNKNOWN", "image_url": LINK}),
    "an empty word beside it": task(2, {"task_status": "", "image_url": LINK}),
    "a number that lags behind": task(1, OUTPUT),
    "a link and no status": said({"error_code": 0, "output": {"image_url": LINK}}),
    "an error detail of success": task(2, OUTPUT, error_detail={"code": "success"}),
    "compressed": packed({"task_status": 2, "output": OUTPUT}),
}

NOT_YET: dict[str, Said] = {
    "queued": task(0, {"task_status": "PENDING", "image_url": ""}),
    "at work": task(1, {"task_status": "RUNNING"}),
    "at work without output": task("1"),
    "a number of tomorrow": task(7, {}),
    "a word of tomorrow": said({"output": {"task_status": "POLISHING"}}),
    "no status": said({"error_code": 0}),
    "done, and the link a poll later": task(2, {"task_status": "SUCCEEDED", "image_url": ""}),
    "done without output": task(2),
    "done with an empty list": task(2, {"image_url": []}),
    "done with null": task(2, {"image_url": None}),
    "done in an unknown way": task(2, {"task_status": "UNKNOWN"}),
    "a new code": no("ERROR_OF_TOMORROW", 422, "words"),
    "a new code under 200": no("ERROR_OF_TOMORROW"),
    "a number and no code": said({"error_code": 422, "error_msg": "words"}, 422),
    "not known right after the sending": no("ERROR_RESOURCE_NOT_FOUND", 404),
    "deleted right after the sending": no("ERROR_RESOURCE_RECLAIMED", 410),
    "a fault of theirs": no("AI_SERVICE_ERROR", 502),
    "the model took too long": no("AI_SERVICE_TIMEOUT", 504),
    "too many calls": no("EXCEEDING_LIMITS", 429, retry_after="20"),
    "500 with a page": page(500),
    "404 with a page": page(404),
    "nothing": page(200, ""),
    "a page": page(200),
    "half of an answer": page(200, '{"error_code": 0, "task_st'),
    "a refused connection": httpx.ConnectError("refused"),
    "no answer in time": httpx.ReadTimeout("late"),
    "a byte now and then": trickle,
    "an answer without end": endless,
}

# Its pages on credits: calls that fail are not billed.
FAILED: dict[str, tuple[Said, str]] = {
    "a file that is too small": (no("FILE_SIZE_EXCEEDS_LIMIT", 413), "size of a picture"),
    "nobody in the picture": (no("ERROR_NO_FACE_IN_FILE", 422), "nobody"),
    "stopped": (no("ERROR_TASK_STOPPED_PROCESSING", 409), "stopped"),
    "not processed": (no("PROCESSING_FAILURE", 500), "could not process"),
    "its client's number": (task(3), "could not make"),
    "the word": (task(2, {"task_status": "FAILED"}), "could not make"),
    "the word beside a number at work": (task(1, {"task_status": "FAILED", "message": "no legs"}), "no legs"),
    "the word with a code of tomorrow": (
        task(2, {"task_status": "FAILED", "code": "InvalidPerson", "message": "no legs"}),
        "no legs",
    ),
    "the word in data": (said({"data": {"task_status": "FAILED", "message": "no legs"}}), "no legs"),
    "cancelled": (task(2, {"task_status": "CANCELED"}), "could not make"),
}

OPEN: dict[str, tuple[Said, str]] = {
    "the account is locked": (no("ERROR_USER_LOCKED", 403), "locked"),
    "the key": (no("ERROR_APPLICATIONS_NOT_EXISTS", 401), "key"),
    "too few credits": (no("ERROR_NOT_ENOUGH_CREDITS", 429), "credits"),
    "always at work": (task(1), "not finished"),
    "always a number of tomorrow": (task(7), "not finished"),
    "always a new code": (no("ERROR_OF_TOMORROW", 422, "no bananas"), "no bananas"),
    "always a fault of theirs": (no("AI_SERVICE_ERROR", 502), "error"),
    "always a page": (page(502), "not finished"),
    "never a connection": (httpx.ConnectError("refused"), "not finished"),
    "leave me alone for an hour": (no("EXCEEDING_LIMITS", 429, retry_after="3600"), "not finished"),
    "always a byte now and then": (trickle, "not finished"),
    "always an answer without end": (endless, "not finished"),
}


def _rows() -> Iterator[Row]:
    for name, answer in FINISHED.items():
        yield _row(name, JobState.SUCCEEDED, Charged.YES, answer)
    for name, answer in NOT_YET.items():
        yield _row(f"first {name}", JobState.SUCCEEDED, Charged.YES, answer, forever=False)
    for name, (answer, words) in FAILED.items():
        yield _row(name, JobState.FAILED, Charged.NO, answer, words, "finished")
        yield _row(f"{name}, and the cost", JobState.FAILED, Charged.NO, answer, "does not bill", "garment")
    for name, (answer, words) in OPEN.items():
        yield _row(name, JobState.OVERDUE, Charged.UNKNOWN, answer, words)
    never = task(2, {"image_url": ""})
    yield _row(
        "done and never a link", JobState.FAILED, Charged.UNKNOWN, never, "without a picture", "garment"
    )
    for code in ("ERROR_RESOURCE_RECLAIMED", "ERROR_RESOURCE_NOT_FOUND", "ERROR_CONTENT_NOT_FOUND"):
        yield _row(f"always {code}", JobState.EXPIRED, Charged.UNKNOWN, no(code, 404), "AILab")


def _row(
    name: str,
    state: JobState,
    charged: Charged,
    answer: Said,
    words: str = "",
    unsaid: str = "",
    forever: bool = True,
) -> Row:
    return Row(
        f"ailab, poll: {name}",
        AILAB,
        state,
        charged,
        1 if state is JobState.SUCCEEDED else 0,
        on_poll=(answer,),
        forever=forever,
        said=words,
        unsaid=unsaid,
    )


ROWS = tuple(_rows())
