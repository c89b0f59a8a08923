"""Every code of both vendors and every HTTP status, with a body and without: one outcome, told in words."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from http import HTTPStatus
from pathlib import Path

import httpx
import pytest

from tests.core import fakes
from tests.core.mortal import World, engine_of, mortal_disk, new_process
from tests.core.submitting import submit
from tests.core.vendor_double import RESULTS, made
from tests.core.wires import CODES, VENDORS
from tryon_core import (
    Charged,
    FilePicture,
    Garment,
    Job,
    JobState,
    LinkPicture,
    PersonGender,
    RefineRequest,
    Request,
    Suit,
    TryOnRequest,
)
from tryon_core.vendors.error_codes import Kind
from tryon_sandbox.aidge.errors import BUSINESS, GATEWAY
from tryon_sandbox.ailab.errors import STATUS

pytestmark = pytest.mark.slow

Outcome = tuple[JobState, Charged, bool]
NO, UNKNOWN, YES = Charged.NO, Charged.UNKNOWN, Charged.YES
FAILED, PASSES = (JobState.FAILED, NO, False), (JobState.FAILED, NO, True)
UNCERTAIN = (JobState.UNCERTAIN, UNKNOWN, False)
SUCCEEDED = (JobState.SUCCEEDED, YES, False)

# Aidge's codes on a submit: those of its pages, of gateways like its own, and of its newer edition.
AIDGE_SUBMIT: dict[str, Outcome] = {
    **dict.fromkeys(("500", "501", "1001", "ApiCallLimit", "AppCallLimit", "429"), PASSES),
    **dict.fromkeys(("700", "701", "703", "707", "801", "1000", "1002"), FAILED),
    **dict.fromkeys(
        ("IncompleteSignature", "InvalidAppKey", "IllegalAccessKey", "IllegalAccessToken"), FAILED
    ),
    **dict.fromkeys(("IllegalTimestamp", "InvalidTimestamp", "MissingParameter", "InvalidApiPath"), FAILED),
    **dict.fromkeys(("InsufficientPermission", "AppWhiteIpLimit"), FAILED),
    "ServiceTimeout": UNCERTAIN,
}
LATE = {"ServiceTimeout", "AI_SERVICE_TIMEOUT", "ERROR_GATEWAY"}

# What a failed task costs by the vendors' pages: one says nothing of it, the other that it is not billed.
COST = {"aidge": UNKNOWN, "ailab": NO}


def by_kind(vendor: str, kind: Kind) -> Outcome:
    """What two such answers to a poll mean for a job whose task was accepted a moment ago."""
    ends: dict[Kind, Outcome] = {
        Kind.TASK: (JobState.FAILED, COST[vendor], False),
        Kind.ACCOUNT: (JobState.OVERDUE, UNKNOWN, False),
        Kind.GONE: SUCCEEDED,  # so early it is not known yet rather than no more
        Kind.PASSING: SUCCEEDED,  # polled again, and then it is there
    }
    return ends[kind]


STATUSES = sorted({*map(int, HTTPStatus), 299, 419, 444, 460, 499, 509, *range(520, 528), 530, 598, 599})
TURNED_AWAY = (429, 503)
MAY_HAVE_ARRIVED = (408, 409, 425, 499)
WORDLESS = {"nothing": "", "a page": "<html>Sorry</html>", "an empty object": "{}"}


def by_status(status: int) -> Outcome:
    """What a submit comes to whose answer has a status and no word of the vendor's."""
    if status in TURNED_AWAY:
        return PASSES
    if 400 <= status < 500 and status not in MAY_HAVE_ARRIVED:
        return FAILED
    return UNCERTAIN


Answer = Callable[[], httpx.Response]


class Container:
    """A studio whose vendors give odd answers, to a submit or to the first polls, and else are fine."""

    def __init__(self, folder: Path) -> None:
        self.world = World(folder / "data")
        photo = folder / "photo.jpg"
        photo.write_bytes(fakes.picture(151, 151, "JPEG"))
        same = FilePicture(photo)
        link = LinkPicture("https://shop.test/hoodie.png")
        self.requests: dict[str, Request] = {
            "aidge": TryOnRequest((Suit((Garment(link),)),), count=1),
            "ailab": RefineRequest(same, same, same, PersonGender.MAN),
        }
        self.odd: dict[str, list[httpx.Response]] = {}
        self.number = 0
        self.world.vendors = self.answer  # type: ignore[assignment]
        self.studio = new_process(self.world)

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.host == RESULTS:
            return httpx.Response(200, content=made(1))
        asks = request.url.path.endswith(("tryon-results", "query-async-task-result"))
        odd = self.odd.get("query" if asks else "submit")
        if odd:
            return odd.pop(0)
        return _finished(request) if asks else _accepted(request)

    async def outcome(self, vendor: str, call: str, answer: httpx.Response, times: int = 1) -> Job:
        """The end of a job that met this answer."""
        self.odd = {call: [answer] * times}
        self.number += 1
        visitor = f"visitor-{self.number}"
        job = await submit(self.studio, self.requests[vendor], visitor=visitor)
        await engine_of(self.studio).drive()
        return await self.studio.job(job.id, visitor=visitor)


def _accepted(request: httpx.Request) -> httpx.Response:
    if "aidge" in request.url.host:
        return httpx.Response(200, json={"resCode": "200", "data": {"result": '{"taskId": "t"}'}})
    return httpx.Response(200, json={"error_code": 0, "task_id": "t"})


def _finished(request: httpx.Request) -> httpx.Response:
    link = f"https://{RESULTS}/1.png"
    if "ailab" in request.url.host:
        return httpx.Response(200, json={"error_code": 0, "task_status": 2, "data": {"image": link}})
    part = {"taskStatus": "finished", "taskResult": {"result": {"imageList": [{"imageUrl": link}]}}}
    data = {"taskStatus": "finished", "taskResult": [part]}
    return httpx.Response(200, json={"resCode": "200", "data": data})


def refusal(vendor: str, code: str, status: int = 200) -> httpx.Response:
    """A vendor's no, in the shape of its page."""
    if vendor == "ailab":
        body: object = {
            "error_code": 400,
            "error_detail": {"code": code, "message": "words"},
            "log_id": "r-1",
        }
    elif code in GATEWAY:
        body = {"code": code, "message": "words", "request_id": "r-1"}
    else:
        body = {"resCode": code, "resMessage": "words", "requestId": "r-1", "success": "false"}
    return httpx.Response(status, text=json.dumps(body))


Asked = Callable[[Container], Awaitable[dict[str, Job]]]
Outcomes = Callable[[Asked], dict[str, Job]]


@pytest.fixture
def outcomes(tmp_path: Path) -> Iterator[Outcomes]:
    async def run(asked: Asked) -> dict[str, Job]:
        house = Container(tmp_path)
        await house.studio.start()
        try:
            return await asked(house)
        finally:
            await house.studio.stop()
            assert house.world.broken == []

    world = World(tmp_path / "unused")
    with mortal_disk(lambda: world):
        yield lambda asked: asyncio.run(run(asked))


def summed(job: Job) -> Outcome:
    check_words(job)
    code = job.problem.code if job.problem else ""
    return job.state, job.charged, CODES[job.vendor].kind(code) is Kind.PASSING


def check_words(job: Job) -> None:
    """An end without success says what happened, what to do, and whether it was charged; no link is in it."""
    if job.state is JobState.SUCCEEDED:
        assert job.problem is None
        return
    problem = job.problem
    assert problem is not None and problem.charged is job.charged
    for words in (problem.what, problem.todo):
        assert words[0].isupper() and words[-1] in ".!?”" and 10 < len(words) < 400 and "://" not in words


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_code_on_a_submit_has_one_end(vendor: str, outcomes: Outcomes) -> None:
    async def asked(house: Container) -> dict[str, Job]:
        return {
            code: await house.outcome(vendor, "submit", refusal(vendor, code)) for code in CODES[vendor].table
        }

    found = outcomes(asked)
    wanted = {c: PASSES if CODES[vendor].kind(c) is Kind.PASSING else FAILED for c in CODES[vendor].table}
    wanted |= dict.fromkeys(LATE & set(wanted), UNCERTAIN)
    wanted |= AIDGE_SUBMIT if vendor == "aidge" else {}
    assert {code: summed(job) for code, job in found.items()} == wanted
    assert {job.request_ids[-1] for job in found.values()} == {"r-1"}


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_code_on_a_poll_has_one_end(vendor: str, outcomes: Outcomes) -> None:
    async def asked(house: Container) -> dict[str, Job]:
        return {
            code: await house.outcome(vendor, "query", refusal(vendor, code), 2)
            for code in CODES[vendor].table
        }

    found = outcomes(asked)
    assert {c: summed(j) for c, j in found.items()} == {
        c: by_kind(vendor, CODES[vendor].kind(c)) for c in found
    }
    assert {job.task_id for job in found.values()} == {"t"}


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_status_on_a_submit_without_a_word_has_one_end(vendor: str, outcomes: Outcomes) -> None:
    async def asked(house: Container) -> dict[str, Job]:
        return {
            f"{status} with {name}": await house.outcome(vendor, "submit", httpx.Response(status, text=body))
            for status in STATUSES
            for name, body in WORDLESS.items()
        }

    wanted = {f"{status} with {name}": by_status(status) for status in STATUSES for name in WORDLESS}
    assert {name: summed(job) for name, job in outcomes(asked).items()} == wanted


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_status_on_a_poll_without_a_word_is_polled_again(vendor: str, outcomes: Outcomes) -> None:
    async def asked(house: Container) -> dict[str, Job]:
        return {
            f"{status} with {name}": await house.outcome(
                vendor, "query", httpx.Response(status, text=body), 3
            )
            for status in STATUSES
            for name, body in list(WORDLESS.items())[:2]
        }

    assert {name: summed(job) for name, job in outcomes(asked).items() if summed(job) != SUCCEEDED} == {}


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_known_code_means_the_same_under_every_status(vendor: str, outcomes: Outcomes) -> None:
    codes = {"aidge": ("701", "501"), "ailab": ("ERROR_LOW_RESOLUTION", "EXCEEDING_LIMITS")}[vendor]
    statuses = [status for status in STATUSES if status not in (204, 304)]

    async def asked(house: Container) -> dict[str, Job]:
        return {
            f"{code} under {status}": await house.outcome(vendor, "submit", refusal(vendor, code, status))
            for status in statuses
            for code in codes
        }

    wanted = {
        f"{code} under {s}": end for s in statuses for code, end in zip(codes, (FAILED, PASSES), strict=True)
    }
    assert {name: summed(job) for name, job in outcomes(asked).items()} == wanted


@pytest.mark.parametrize("vendor", VENDORS)
def test_an_unknown_code_is_told_in_the_vendors_words_and_only_a_5xx_leaves_doubt(
    vendor: str, outcomes: Outcomes
) -> None:
    async def asked(house: Container) -> dict[str, Job]:
        answers = {
            str(status): refusal(vendor, "NEW_CODE", status) for status in (200, 400, 500, 502, 503, 504)
        }
        return {name: await house.outcome(vendor, "submit", answer) for name, answer in answers.items()}

    found = outcomes(asked)
    states = {name: job.state for name, job in found.items()}
    doubtful = dict.fromkeys(("500", "502", "504"), JobState.UNCERTAIN)
    assert states == dict.fromkeys(found, JobState.FAILED) | doubtful
    told = [found[name].problem for name in ("200", "400")]
    assert all(problem is not None and "words" in problem.what for problem in told)


@pytest.mark.parametrize("vendor", VENDORS)
def test_trouble_that_stays_ends_overdue_and_keeps_the_task_id(vendor: str, outcomes: Outcomes) -> None:
    async def asked(house: Container) -> dict[str, Job]:
        answers = {"a page": httpx.Response(502, text="<html>"), "nothing": httpx.Response(200)}
        return {name: await house.outcome(vendor, "query", one, 2_000) for name, one in answers.items()}

    found = outcomes(asked)
    assert {(job.state, job.task_id, job.charged) for job in found.values()} == {
        (JobState.OVERDUE, "t", UNKNOWN)
    }


@pytest.mark.parametrize("vendor", VENDORS)
def test_what_stays_unknown_ends_by_what_it_is_and_is_never_told_as_free(
    vendor: str, outcomes: Outcomes
) -> None:
    gone = {"aidge": "700", "ailab": "ERROR_RESOURCE_RECLAIMED"}[vendor]

    async def asked(house: Container) -> dict[str, Job]:
        no = refusal(vendor, gone)
        if vendor == "aidge":
            no = httpx.Response(200, json={"resCode": gone, "resMessage": "task_id: unknown"})
        return {
            "gone": await house.outcome(vendor, "query", no, 2_000),
            "new": await house.outcome(vendor, "query", refusal(vendor, "NEW_CODE", 400), 2_000),
            "new once": await house.outcome(vendor, "query", refusal(vendor, "NEW_CODE", 400)),
        }

    found = outcomes(asked)
    assert {name: (job.state, job.charged) for name, job in found.items()} == {
        "gone": (JobState.EXPIRED, UNKNOWN),
        "new": (JobState.OVERDUE, UNKNOWN),
        "new once": (JobState.SUCCEEDED, YES),
    }
    assert found["new"].problem is not None and "words" in found["new"].problem.what


def test_every_code_that_the_other_side_of_the_wire_knows_is_in_the_catalogue() -> None:
    assert set(CODES["aidge"].table) >= {*BUSINESS, *GATEWAY} and set(CODES["ailab"].table) >= set(STATUS)
    assert set(AIDGE_SUBMIT) <= set(CODES["aidge"].table)
