"""Whatever is sent, the sandbox answers as a vendor would: it never breaks."""

import asyncio
import json
from random import Random

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sandbox.box import KEY, REFINE, SHIRT, SUBMIT, Clock, Shop, TinyRenderer, photo, signed
from tests.sandbox.idle import idle
from tryon_sandbox import create_sandbox
from tryon_sandbox.decoding import look_at

WORDS = st.sampled_from(
    ["tops", "bottoms", "dresses", "James", "male", "mixed", "General", SHIRT, "", "\ud800", "0", "1"]
)
LEAVES = st.none() | st.booleans() | st.integers(-2, 10) | st.floats() | WORDS | st.text(max_size=5)
FIELDS = st.sampled_from(
    ["clothesList", "imageUrl", "type", "modelImage", "model", "base", "name", "gender", "generateCount"]
)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=6),
    max_leaves=12,
)
GARMENT = st.fixed_dictionaries({"imageUrl": st.just(SHIRT)}, optional={"type": WORDS})
NEARLY = st.fixed_dictionaries(
    {"clothesList": st.lists(GARMENT, min_size=1, max_size=2)},
    optional={"model": ANYTHING, "modelImage": ANYTHING, "generateCount": LEAVES, "viewType": WORDS},
)


def test_a_damaged_picture_is_a_photo_or_none_whatever_its_kind() -> None:
    random, whole = Random(1), bytearray(photo(168, 200, "AVIF"))
    for _ in range(200):
        damaged = whole.copy()
        for _ in range(6):
            damaged[random.randrange(400)] = random.randrange(256)
        found = look_at(bytes(damaged))
        assert found is None or found.width > 0


def post(path: str, **call: object) -> httpx.Response:
    async def send() -> httpx.Response:
        app = create_sandbox(fetch=Shop().fetch, clock=Clock(), renderer=TinyRenderer())
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://box.example") as client:
            answer = await client.post(path, **call)  # type: ignore[arg-type]
        await idle(app.sandbox)
        return answer

    return asyncio.run(send())


@settings(max_examples=60)
@given(ANYTHING | st.lists(NEARLY, max_size=2))
def test_any_parameters_are_accepted_or_refused_by_the_page(said: object) -> None:
    answer = post(f"/rest{SUBMIT}", params=signed(), json={"requestParams": json.dumps(said)})
    assert answer.json()["resCode"] in ("200", "700", "701")


@pytest.mark.parametrize("said", ["[" * 100_000, '{"a":' * 100_000, '"\\ud800"', "9" * 5000])
def test_parameters_that_break_parsers_are_700(said: str) -> None:
    answer = post(f"/rest{SUBMIT}", params=signed(), json={"requestParams": said})
    assert answer.json()["resCode"] == "700"


@settings(max_examples=40)
@given(st.binary(max_size=60), st.sampled_from(["application/json", "application/x-www-form-urlencoded"]))
def test_any_aidge_body_is_answered_by_the_gateway(body: bytes, content_type: str) -> None:
    answer = post(f"/rest{SUBMIT}", params=signed(), content=body, headers={"content-type": content_type})
    assert answer.json()["code"] == "MissingParameter"


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [b"--b", b"--b--", b"\r\n", b"\r\n\r\n", b"Content-Disposition: form-data", b'; name="a"']
        )
        | st.binary(max_size=8),
        max_size=12,
    )
)
def test_any_form_is_refused_with_400(parts: list[bytes]) -> None:
    headers = {**KEY, "content-type": "multipart/form-data; boundary=b"}
    answer = post(REFINE, content=b"".join(parts), headers=headers)
    assert answer.status_code == 400 and answer.json()["error_code"] == 400
