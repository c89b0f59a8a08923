"""Aidge's answers to a submit."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx

from tests.contract.answers.double import (
    AIDGE,
    FAR_YEAR,
    FAR_ZONE,
    Row,
    Said,
    endless,
    packed,
    page,
    said,
    trickle,
)
from tryon_core import Charged, JobState

ID = {"taskId": "t-1"}
TEXT = json.dumps(ID)
UUID = "1ce4fd33-b9d5-4e21-a24c-0c4027d2b105"
DATE = "Wed, 15 Nov 2023 22:13:20 GMT"
SOON = {"retry_after": "7"}
FINE = {"code": "0", "success": "true", "resCode": "200", "resMessage": "success"}

# The submit page's, the samples', those of the newer edition, and what a gateway may wrap them into.
TAKEN: dict[str, Said] = {
    "the page's: the id in a string": said({**FINE, "data": {"result": TEXT}}),
    "the samples': the id in an object": said({**FINE, "data": {"result": ID}}),
    "the id in data": said({**FINE, "data": ID}),
    "the id at the top": said({**FINE, **ID}),
    "the newer edition's": said(
        {"Code": "success", "Message": "Success", "Success": True, "Data": {"TaskId": "t"}}
    ),
    "data is a string": said({**FINE, "data": json.dumps({"result": ID})}),
    "data in data": said({**FINE, "data": {"data": {"result": ID}}}),
    "data in data as a string": said({**FINE, "data": {"data": json.dumps({"result": TEXT})}}),
    "result in result": said({**FINE, "data": {"result": {"result": ID}}}),
    "result in result as a string": said({**FINE, "data": {"result": json.dumps({"result": TEXT})}}),
    "a string in a string": said({**FINE, "data": {"result": json.dumps(TEXT)}}),
    "the whole envelope in result": said({"code": "0", "result": {**FINE, "data": {"result": ID}}}),
    "numbers and truths": said({"code": 0, "success": True, "resCode": 200, "data": {"result": ID}}),
    "a code with a point": said({"code": 0.0, "success": True, "resCode": 200.0, "data": {"result": ID}}),
    "rescode in small letters": said({"code": "0", "rescode": "200", "data": {"result": ID}}),
    "success is 1": said({"success": 1, "resCode": "200", "data": {"result": ID}}),
    "success in capitals": said({"success": "TRUE", "code": "SUCCESS", "data": {"result": ID}}),
    "nothing but the data": said({"data": {"result": ID}}),
    "task_id": said({**FINE, "data": {"task_id": "t-1"}}),
    "the id is a number": said({**FINE, "data": {"result": {"taskId": 4711}}}),
    "the result is the id and no more": said({**FINE, "data": {"result": UUID}}),
    "data is the id and no more": said({**FINE, "data": UUID}),
    "a mark of byte order": httpx.Response(200, content=b"\xef\xbb\xbf" + json.dumps({"data": ID}).encode()),
    "compressed": packed({**FINE, "data": {"result": ID}}),
    "accepted with 201": said({**FINE, "data": {"result": ID}}, 201),
    "an unknown code beside the id": said({"resCode": "9999", "data": {"result": ID}}),
    "a no beside the id": said({"success": 0, "resCode": "200", "data": {"result": ID}}),
    "a server's fault beside the id": said({**FINE, "data": {"result": ID}}, 500),
}

# Known to have been turned away: nothing was begun and nothing is charged.
REFUSED: dict[str, tuple[Said, str]] = {
    "700": (said({"success": "false", "resCode": "700", "resMessage": "clothesList"}), "clothesList"),
    "701 as a number": (said({"success": False, "resCode": 701}), "download"),
    "703": (said({"resCode": "703"}), "small"),
    "707 in data": (said({"code": "0", "data": {"success": "false", "resCode": "707"}}), "flat lay"),
    "707 in result as a string": (said({"code": "0", "result": '{"resCode": "707"}'}), "flat lay"),
    "1000": (said({"resCode": "1000"}), "content check"),
    "1002 under 400": (said({"resCode": "1002"}, 400), "content check"),
    "501 without a time": (said({"resCode": "501"}), "limiting"),
    "500": (said({"resCode": "500", "resMessage": "system error"}), "internal"),
    "500 with a time": (said({"resCode": "500"}, **SOON), "internal"),
    "no of zero with its code": (said({"success": 0, "resCode": "703"}), "small"),
    "a key that is not known": (said({"type": "ISV", "code": "InvalidAppKey", "message": "x"}), "key"),
    "a wrapped error": (said({"error_response": {"code": "InsufficientPermission", "msg": "x"}}), "may not"),
    "the newer edition's no": (said({"Code": "InvalidParameter", "Message": "x", "Data": None}), "parameter"),
    "no more free quota": (said({"Code": "FreeQuotaExhausted", "Success": False}), "used up"),
    "exhausted": (page(200, "Sorry, your calling resources have been exhausted........"), "used up"),
    "exhausted in JSON": (said({"msg": "your calling resources have been exhausted"}), "used up"),
    "a page with 401": (page(401), "key"),
    "a page with 402": (page(402), "account"),
    "a page with 404": (page(404), "AIDGE_BASE_URL"),
    "a page with 407": (page(407), "proxy"),
    "a page with 413": (page(413), "large"),
    "a page with 414": (page(414), "large"),
    "a page with 429": (page(429), "more often"),
    "a page with 503": (page(503), "503"),
    "a page with 503 and a time": (page(503, **SOON), "503"),
    "429 for an hour": (page(429, retry_after="3600"), "more often"),
    "429 until a time zone past all days": (page(429, retry_after=FAR_ZONE, date=DATE), "more often"),
    "429 until a year of 20 digits": (page(429, retry_after=FAR_YEAR, date=DATE), "more often"),
    "429 from a time zone past all days": (page(429, retry_after=DATE, date=FAR_ZONE), "more often"),
    "429 from a year of 20 digits": (page(429, retry_after=DATE, date=FAR_YEAR), "more often"),
    "a clock that no date sets right": (said({"code": "IllegalTimestamp"}, date=FAR_ZONE), "clock"),
}

# The vendor said no in a word that no page of its has: what that costs is not known.
UNKNOWN_WORDS: dict[str, Said] = {
    "a new code": said({"resCode": "9999", "resMessage": "words"}),
    "a new code with a time": said({"resCode": "9999", "resMessage": "words"}, **SOON),
    "no of zero and no code": said({"success": 0, "resMessage": "words"}),
    "no in a word and no code": said({"success": "false", "resMessage": "words"}),
    "no in data and no code": said({"code": "0", "data": {"success": False, "message": "words"}}),
}

# It may have arrived, and may be charged: never sent again by itself.
DOUBTFUL: dict[str, Said] = {
    "nothing": page(200, ""),
    "a page": page(200),
    "half of an answer": page(200, '{"code": "0", "data": {"result": "{\\"taskI'),
    "a list": said([]),
    "null": page(200, "null"),
    "fine without an id": said({**FINE, "data": {"result": {}}}),
    "fine without data": said({**FINE, "data": None}),
    "a redirect": page(302, location="https://elsewhere.test/"),
    "408": page(408),
    "500 with a page": page(500),
    "502 with a page": page(502),
    "504 with a page": page(504),
    "520 with nothing": page(520, ""),
    "a new code under 500": said({"resCode": "9999"}, 500),
    "the service was late": said({"code": "ServiceTimeout"}),
    "late with a time to come again": said({"code": "ServiceTimeout"}, **SOON),
    "no answer in time": httpx.ReadTimeout("late"),
    "the line broke": httpx.RemoteProtocolError("gone"),
    "the line broke within the answer": httpx.ReadError("gone"),
    "a byte now and then": trickle,
    "an answer without end": endless,
}

# Provably not taken: sent again, when the vendor says and not without end.
AGAIN: dict[str, tuple[tuple[Said, ...], int]] = {
    "429 with a time": ((page(429, **SOON),), 2),
    "429 with a time of day": ((page(429, retry_after="Wed, 15 Nov 2023 22:13:50 GMT", date=DATE),), 2),
    "429 with parts of a second": ((page(429, retry_after="1.5"),), 2),
    "429 twice": ((page(429, **SOON),) * 2, 3),
    "501 with a time": ((said({"resCode": "501"}, **SOON),), 2),
    "ApiCallLimit with a time": ((said({"code": "ApiCallLimit"}, **SOON),), 2),
    "a refused connection": ((httpx.ConnectError("refused"),), 2),
    "a clock that is wrong": ((said({"code": "IllegalTimestamp"}, date=DATE),), 2),
}


def _rows() -> Iterator[Row]:
    yes, no, unknown = Charged.YES, Charged.NO, Charged.UNKNOWN
    for name, answer in TAKEN.items():
        yield _row(name, JobState.SUCCEEDED, yes, 1, answer)
    for name, (answer, words) in REFUSED.items():
        yield _row(name, JobState.FAILED, no, 1, answer, words=words)
    for name, answer in UNKNOWN_WORDS.items():
        yield _row(name, JobState.FAILED, unknown, 1, answer, words="words")
    for name, answer in DOUBTFUL.items():
        yield _row(name, JobState.UNCERTAIN, unknown, 1, answer, words="no answer came back")
    for name, (answers, submits) in AGAIN.items():
        yield _row(name, JobState.SUCCEEDED, yes, submits, *answers)
    yield _row(
        "never a connection", JobState.FAILED, no, 4, httpx.ConnectError("refused"), words="never left"
    )
    yield _row("429 for ever", JobState.FAILED, no, 4, page(429, **SOON), words="more often")
    yield _row(
        "a clock wrong for ever", JobState.FAILED, no, 2, said({"code": "IllegalTimestamp"}, date=DATE)
    )


def _row(name: str, state: JobState, charged: Charged, submits: int, *answers: Said, words: str = "") -> Row:
    return Row(
        f"aidge, submit: {name}",
        AIDGE,
        state,
        charged,
        2 if state is JobState.SUCCEEDED else 0,
        submits,
        on_submit=answers,
        forever=state is not JobState.SUCCEEDED,
        said=words,
        unsaid="the key" if "large" in words else "",
    )


ROWS = tuple(_rows())
