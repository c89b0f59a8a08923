"""Aidge's answers to a poll of a task that it has accepted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import httpx

from tests.contract.answers.double import (
    AIDGE,
    FAR_YEAR,
    FAR_ZONE,
    LINKS,
    Row,
    Said,
    endless,
    finished_part,
    packed,
    page,
    said,
    trickle,
)
from tests.core.vendor_double import RESULTS
from tryon_core import Charged, JobState

PARTS = [finished_part(link) for link in LINKS]
DONE = {"taskStatus": "finished", "taskResult": PARTS}
LIST = [{"imageUrl": link} for link in LINKS]
FINE = {"code": "0", "success": "true", "resCode": "200", "resMessage": "success"}
BROKEN = {"taskStatus": "failed"}
GONE = {"success": "false", "resCode": "700", "resMessage": "task_id: not known"}


def data(body: object) -> httpx.Response:
    """The page's envelope."""
    return said({**FINE, "data": body})


def with_parts(*parts: object, status: str = "finished") -> httpx.Response:
    """A task with sub-tasks."""
    return data({"taskStatus": status, "taskResult": list(parts)})


def inner(result: object) -> dict[str, object]:
    """A finished sub-task with a result of some shape."""
    return {"taskStatus": "finished", "taskResult": result}


# All of these are two finished pictures, by the query page, its relatives, or one wrapping more.
FINISHED: dict[str, Said] = {
    "the page's": data(DONE),
    "nothing but data": said({"data": DONE}),
    "data is a string": data(json.dumps(DONE)),
    "data in data": data({"data": DONE}),
    "data in data as a string": data({"data": json.dumps(DONE)}),
    "the task in result": data({"result": DONE}),
    "the task in result in result": data({"result": {"result": json.dumps(DONE)}}),
    "the whole envelope in result": said({"code": "0", "result": {**FINE, "data": DONE}}),
    "a sub-task's result is a string": with_parts(*(inner(json.dumps(p["taskResult"])) for p in PARTS)),
    "result in result": with_parts(inner({"result": {"result": {"imageList": LIST}}})),
    "result in result as strings": with_parts(
        inner({"result": json.dumps({"result": json.dumps({"imageList": LIST})})})
    ),
    "the sub-tasks are a string": data({"taskStatus": "finished", "taskResult": json.dumps(PARTS)}),
    "one sub-task and no list": data({"taskStatus": "finished", "taskResult": finished_part(*LINKS)}),
    "sub-tasks in sub-tasks": data({"taskStatus": "finished", "taskResult": {"taskResult": PARTS}}),
    "both pictures in one sub-task": with_parts(finished_part(*LINKS)),
    "pictures as plain links": with_parts(inner({"result": {"imageList": list(LINKS)}})),
    "sub-tasks as plain links": with_parts(*LINKS),
    "structData": with_parts(inner(json.dumps({"structData": {"code": "200", "data": list(LINKS)}}))),
    "structData in data": with_parts(inner({"data": {"structData": {"data": list(LINKS)}, "success": True}})),
    "addresses called url": with_parts(*({"url": link, "width": 768} for link in LINKS)),
    "addresses in Pascal's spelling": with_parts(
        inner({"Result": {"ImageList": [{"ImageUrl": link} for link in LINKS]}})
    ),
    "the list in data": data({"taskStatus": "finished", "imageList": LIST}),
    "the list in result": data({"taskStatus": "finished", "result": {"imageList": LIST}}),
    "the newer edition, sub-tasks": said(
        {"Code": "success", "Data": {"Status": "COMPLETED", "Result": json.dumps(PARTS)}}
    ),
    "the newer edition, one list": said(
        {"Data": {"Status": "COMPLETED", "Result": json.dumps({"imageList": LIST})}}
    ),
    "the newer edition, plain links": said(
        {"Data": {"Status": "COMPLETED", "Result": json.dumps(list(LINKS))}}
    ),
    "in capitals": data({"taskStatus": "FINISHED", "taskResult": PARTS}),
    "the newer edition's word": data({"taskStatus": "COMPLETED", "taskResult": PARTS}),
    "a code with a point": said({"resCode": 200.0, "success": 1, "data": DONE}),
    "a status of the parts only": data({"taskResult": PARTS}),
    "a status of the task only": with_parts(*({"taskResult": p["taskResult"]} for p in PARTS)),
    "links and no status": data({"taskResult": [inner_ | {"taskStatus": None} for inner_ in PARTS]}),
    "HTTP in capitals": with_parts(finished_part(*(link.replace("https", "HTTP") for link in LINKS))),
    "a host in capitals": with_parts(
        finished_part(*(link.replace(RESULTS, RESULTS.upper()) for link in LINKS))
    ),
    "links in quotes": with_parts(finished_part(*(f'"{link}"' for link in LINKS))),
    "a quote within a link": with_parts(finished_part(*(f"{link}&n='a\"b'" for link in LINKS))),
    "space around links": with_parts(finished_part(*(f" {link}\n" for link in LINKS))),
    "links that differ in the query only": with_parts(
        finished_part(*(f"https://{RESULTS}/get?id={n}" for n in (1, 2)))
    ),
    "an unknown code beside it": said({"resCode": "9999", "data": DONE}),
    "a known no beside it": said({"resCode": "500", "data": DONE}),
    "compressed": packed({**FINE, "data": DONE}),
}

# The task is not over, or this answer says nothing of it: the next one does.
NOT_YET: dict[str, Said] = {
    "submitted without a list": data({"taskStatus": "submitted"}),
    "running with null": data({"taskStatus": "running", "taskResult": None}),
    "running with an empty list": data({"taskStatus": "running", "taskResult": []}),
    "the newer edition's QUEUED": said({"Code": "success", "Data": {"Status": "QUEUED"}}),
    "the newer edition's IN_PROGRESS": said({"Data": {"Status": "IN_PROGRESS", "Result": ""}}),
    "a word of tomorrow": data({"taskStatus": "polishing"}),
    "no data": data(None),
    "empty data": data({}),
    "running, and its first picture": with_parts(PARTS[0], {"taskStatus": "running"}, status="running"),
    "finished, and the links a poll later": data({"taskStatus": "finished", "taskResult": None}),
    "finished with an empty list": data({"taskStatus": "finished", "taskResult": []}),
    "finished with a part without pictures": with_parts(inner({"result": {"imageList": []}})),
    "finished with null for a link": with_parts(inner({"result": {"imageList": [{"imageUrl": None}]}})),
    "finished, one of two links": with_parts(PARTS[0]),
    "finished, and a part still running": with_parts(PARTS[0], {"taskStatus": "running"}),
    "a new code": said({"resCode": "9999", "resMessage": "words"}),
    "a new code under 400": said({"resCode": "9999"}, 400),
    "no of zero": said({"success": 0}),
    "not known right after the sending": said(GONE),
    "500": said({"resCode": "500"}),
    "501": said({"resCode": "501"}),
    "1001": said({"resCode": "1001"}),
    "ServiceTimeout": said({"code": "ServiceTimeout"}),
    "500 with a page": page(500),
    "404 with a page": page(404),
    "413 with a page": page(413),
    "429 and a time": page(429, retry_after="20"),
    "429 until a time zone past all days": page(429, retry_after=FAR_ZONE, date=FAR_ZONE),
    "429 until a year of 20 digits": page(429, retry_after=FAR_YEAR, date=FAR_YEAR),
    "nothing": page(200, ""),
    "a page": page(200),
    "half of an answer": page(200, '{"code": "0", "data": {"taskSta'),
    "a refused connection": httpx.ConnectError("refused"),
    "no answer in time": httpx.ReadTimeout("late"),
    "a byte now and then": trickle,
    "an answer without end": endless,
}

# The task has failed. No page of the vendor's says what that costs; the last word is what has to be said.
FAILED: dict[str, tuple[Said, str]] = {
    "failed and no word": (data(BROKEN), "could not make"),
    "failed in a success envelope": (
        with_parts({**BROKEN, "taskMessage": "no legs"}, status="failed"),
        "no legs",
    ),
    "a sub-task's code": (
        with_parts(BROKEN | {"taskResult": {"resCode": "707"}}, status="failed"),
        "flat lay",
    ),
    "a sub-task's code in a string": (
        with_parts(BROKEN | {"taskResult": '{"code": "707"}'}, status="failed"),
        "flat lay",
    ),
    "a sub-task's words in a string": (
        with_parts(BROKEN | {"taskResult": '{"message": "no legs"}'}, status="failed"),
        "no legs",
    ),
    "a code in one sub-task and no list": (data({**BROKEN, "taskResult": {"resCode": "707"}}), "flat lay"),
    "a code beside the task's status": (data({**BROKEN, "errorCode": "707"}), "flat lay"),
    "a code in the task's result": (data({**BROKEN, "result": '{"resCode": 707}'}), "flat lay"),
    "the task's own words": (data({**BROKEN, "taskMessage": "no legs"}), "no legs"),
    "all parts failed in a finished task": (with_parts({**BROKEN, "message": "no legs"}, BROKEN), "no legs"),
    "failed with its code": (said({"success": "false", "resCode": "801", "data": BROKEN}), "model"),
    "failed with a new code": (said({"resCode": "9999", "resMessage": "no legs", "data": BROKEN}), "no legs"),
    "a code of the task's": (said({"resCode": "1000"}), "content check"),
    "the newer edition's reason": (
        said({"Code": "success", "Data": {"Status": "FAILED", "Result": "no legs"}}),
        "no legs",
    ),
    "the newer edition's reason in its parts": (
        said({"Data": {"Status": "FAILED", "Result": json.dumps([BROKEN | {"message": "no legs"}])}}),
        "no legs",
    ),
    "the newer edition's parts without a reason": (
        said({"Data": {"Status": "FAILED", "Result": json.dumps([BROKEN])}}),
        "could not make the picture.",
    ),
    "the newer edition's code": (said({"Code": "OutputContentBlocked", "Data": None}), "held"),
    "cancelled": (data({"taskStatus": "canceled"}), "could not make"),
    "finished and never a link": (data({"taskStatus": "finished", "taskResult": []}), "without a picture"),
    "finished and never a sub-task": (data({"taskStatus": "finished"}), "without a picture"),
}

# The task goes on at the vendor, whatever is the matter here.
OPEN: dict[str, tuple[Said, str]] = {
    "the signature": (said({"code": "IncompleteSignature"}), "signature"),
    "the key": (said({"code": "InvalidAppKey"}), "key"),
    "the permission": (said({"code": "InsufficientPermission"}), "may not"),
    "a parameter of the poll": (said({"code": "MissingParameter", "message": "task_id"}), "parameter"),
    "exhausted": (page(200, "Sorry, your calling resources have been exhausted........"), "used up"),
    "no more free quota": (said({"Code": "FreeQuotaExhausted", "Success": False}), "used up"),
    "always running": (data({"taskStatus": "running"}), "not finished"),
    "always a word of tomorrow": (data({"taskStatus": "polishing"}), "not finished"),
    "always a new code": (said({"resCode": "9999", "resMessage": "no bananas"}), "no bananas"),
    "always no of zero": (said({"success": 0}), "not finished"),
    "always 500": (said({"resCode": "500"}), "internal"),
    "always a page": (page(502), "not finished"),
    "always nothing": (page(200, ""), "not finished"),
    "never a connection": (httpx.ConnectError("refused"), "not finished"),
    "never an answer in time": (httpx.ReadTimeout("late"), "not finished"),
    "leave me alone for an hour": (page(429, retry_after="3600"), "not finished"),
    "leave me alone each time": (page(429, retry_after="100"), "not finished"),
    "always a byte now and then": (trickle, "not finished"),
    "always an answer without end": (endless, "not finished"),
}

# One of two pictures came: it is charged and kept, and the other one is missed aloud.
PARTIAL: dict[str, Said] = {
    "a part that failed": with_parts(PARTS[0], BROKEN),
    "a part still running in a finished task": with_parts(PARTS[0], {"taskStatus": "running"}),
    "a part still queued in a finished task": with_parts(PARTS[0], {"taskStatus": "submitted"}),
    "a finished part without its picture": with_parts(PARTS[0], inner({"result": {"imageList": []}})),
    "one link of two": with_parts(PARTS[0]),
    "a failed task with one picture": with_parts(PARTS[0], BROKEN, status="failed"),
    "one link of two that is none": with_parts(
        PARTS[0], inner({"result": {"imageList": [{"imageUrl": "soon"}]}})
    ),
}


def _rows() -> Iterator[Row]:
    yes, unknown = Charged.YES, Charged.UNKNOWN
    for name, answer in FINISHED.items():
        yield _row(name, JobState.SUCCEEDED, yes, 2, answer, forever=True)
    for name, answer in NOT_YET.items():
        yield _row(f"first {name}", JobState.SUCCEEDED, yes, 2, answer, forever=False)
    for name, (answer, words) in FAILED.items():
        yield _row(name, JobState.FAILED, unknown, 0, answer, words, "success")
    for name, (answer, words) in OPEN.items():
        yield _row(name, JobState.OVERDUE, unknown, 0, answer, words)
    for name, answer in PARTIAL.items():
        yield _row(name, JobState.SUCCEEDED, yes, 1, answer, "1 could not be made")
    both = with_parts(*PARTS, status="running")
    yield _row("always running, with all pictures", JobState.SUCCEEDED, yes, 2, both)
    first, locked = with_parts(PARTS[0]), said({"code": "InvalidAppKey"})
    partial = _row(
        "one link of two, and then the key", JobState.SUCCEEDED, yes, 1, first, "could not be made"
    )
    yield replace(partial, on_poll=(first, locked))
    yield _row("never known", JobState.EXPIRED, unknown, 0, said(GONE), "does not know this task")


def _row(
    name: str,
    state: JobState,
    charged: Charged,
    pictures: int,
    answer: Said,
    words: str = "",
    unsaid: str = "",
    forever: bool = True,
) -> Row:
    return Row(
        f"aidge, poll: {name}",
        AIDGE,
        state,
        charged,
        pictures,
        on_poll=(answer,),
        forever=forever,
        said=words,
        unsaid=unsaid,
        failed=1 if pictures == 1 else 0,
    )


ROWS = tuple(_rows())
