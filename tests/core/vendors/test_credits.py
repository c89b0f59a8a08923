"""What AILab says is left, in every form that it may take, and what of it the refiner can use."""

from __future__ import annotations

import json

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core import wires
from tests.core.fakes import JumpingClock
from tryon_core.errors import NeverSent, NoAnswer
from tryon_core.vendors.ailab.credits import read_credits
from tryon_core.vendors.ailab.wire import Ailab


def pool(balance: object, sign: object = "common") -> dict[str, object]:
    return {"unique_sign": sign, "name": "x", "balance": balance, "total": 9000}


OWN = "portrait_try_on_clothes_refiner"
NO = {"error_code": 401, "error_detail": {"code": "ERROR_APPLICATIONS_NOT_EXISTS"}, "data": [pool(5)]}
ANSWERS = [
    ({"data": [pool(1250)]}, 1250.0),
    ({"data": [pool(1250), pool(75, OWN)]}, 1325.0),
    ({"data": [pool(75, OWN), pool(9000, "image_coloring")]}, 75.0),
    ({"data": [pool(9000, "image_coloring")]}, None),
    ({"data": [pool("1250.5")]}, 1250.5),
    ({"data": pool(1250)}, 1250.0),
    ({"data": json.dumps([pool(1250)])}, 1250.0),
    ({"data": [pool(0)]}, 0.0),
    ({"data": [pool(-3)]}, -3.0),
    ({"error_code": 0, "error_detail": {"status_code": 200, "code": ""}, "data": [pool(3)]}, 3.0),
    ({"data": [pool(None), pool(7)]}, 7.0),
    ({"data": [pool(True)]}, None),
    ({"data": [pool("nan")]}, None),
    ({"data": [pool("1e999")]}, None),
    ({"data": [pool("plenty")]}, None),
    ({"data": [pool(5, None)]}, None),
    ({"data": []}, None),
    ({"data": None}, None),
    ({}, None),
    ([], None),
    (NO, None),
]


@pytest.mark.parametrize(("body", "expected"), ANSWERS)
def test_the_credits_that_the_refiner_can_draw_on_are_added_up(body: object, expected: float | None) -> None:
    assert read_credits(httpx.Response(200, content=json.dumps(body))) == expected


@pytest.mark.parametrize("content", [b"", b"<html>", b"[[[[", b"\xff\xfe", b'{"data": ['])
def test_what_is_no_answer_tells_nothing(content: bytes) -> None:
    assert read_credits(httpx.Response(502, content=content)) is None


@given(st.binary(max_size=300), st.sampled_from([200, 400, 401, 429, 500]))
def test_no_answer_makes_reading_fail(content: bytes, status: int) -> None:
    assert read_credits(httpx.Response(status, content=content)) is None


def wire(answer: httpx.Response | Exception, seen: list[httpx.Request]) -> Ailab:
    def vendor(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if isinstance(answer, Exception):
            raise answer
        return answer

    client = httpx.AsyncClient(transport=httpx.MockTransport(vendor))
    return wires.ailab("http://ailab.invalid/", client, JumpingClock(), api_key="the-key")


@pytest.mark.anyio
async def test_the_question_is_the_pages_own_and_does_not_wait_long() -> None:
    seen: list[httpx.Request] = []
    left = await wire(httpx.Response(200, json={"data": [pool(40)]}), seen).balance()

    assert left == 40.0 and str(seen[0].url) == "http://ailab.invalid/api/common/query-credits"
    assert seen[0].method == "GET" and seen[0].headers["ailabapi-api-key"] == "the-key"
    assert set(seen[0].extensions["timeout"].values()) == {5.0}


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("trouble", "told"), [(httpx.ConnectError("x"), NeverSent), (httpx.ReadTimeout("x"), NoAnswer)]
)
async def test_trouble_on_the_way_is_an_error_of_ours(trouble: Exception, told: type[Exception]) -> None:
    with pytest.raises(told):
        await wire(trouble, []).balance()
