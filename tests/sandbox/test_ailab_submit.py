"""AILab's submit and balance: the form, the key, the credits, and the code of every refusal."""

from collections.abc import Mapping

import pytest

from tests.sandbox.box import (
    CREDITS,
    FILES,
    KEY,
    PHOTO,
    POLL,
    REFINE,
    START,
    WORDS,
    Box,
    Json,
    TinyRenderer,
    photo,
)
from tests.sandbox.conftest import MakeBox
from tryon_sandbox import RefineInput, SandboxSettings
from tryon_sandbox.ailab.errors import STATUS, AilabError, code_message

pytestmark = pytest.mark.anyio


def code_of(body: Json) -> str:
    detail = body["error_detail"]
    assert isinstance(detail, dict)
    return str(detail["code"])


async def test_an_accepted_submit_looks_like_the_page_s_example(box: Box) -> None:
    answer = await box.refine()
    body = answer.json()
    assert list(body) == [
        "request_id",
        "log_id",
        "error_code",
        "error_code_str",
        "error_msg",
        "error_detail",
        "task_type",
        "task_id",
    ]
    assert (body["error_code"], body["task_type"]) == (0, "async")
    assert body["error_detail"] == {"status_code": 200, "code": "", "code_message": "", "message": ""}


async def test_a_task_id_is_milliseconds_and_a_uuid(box: Box) -> None:
    head, _, tail = (await box.refine()).json()["task_id"].partition(".")
    assert head == "1800000000000" and len(tail) == 36


@pytest.mark.parametrize("key", [{}, {"ailabapi-api-key": "nobody"}])
@pytest.mark.parametrize("path", [REFINE, POLL, CREDITS, "/api/unheard/of"])
async def test_a_wrong_key_is_401_before_anything_else(box: Box, key: Mapping[str, str], path: str) -> None:
    method = "POST" if path == REFINE else "GET"
    answer = await box.client.request(method, path, headers=key)
    assert answer.status_code == 401
    assert code_of(answer.json()) == "ERROR_APPLICATIONS_NOT_EXISTS"


async def test_an_unknown_path_is_404(box: Box) -> None:
    answer = await box.client.post("/api/unheard/of", headers=KEY)
    assert (answer.status_code, code_of(answer.json())) == (404, "ERROR_AI_NOT_EXISTS")


@pytest.mark.parametrize("name", FILES)
async def test_a_missing_photo_is_400_and_named(box: Box, name: str) -> None:
    answer = await box.refine(**{name: b""})
    body = answer.json()
    message = f"Invalid parameter values. - {name}: Cannot be empty."
    assert answer.status_code == 400
    assert body["error_detail"] == {
        "status_code": 400,
        "code": "UNSUPPORTED_PARAMETER_VALUES",
        "code_message": "Invalid parameter values.",
        "message": message,
    }
    assert (body["error_code"], body["error_code_str"], body["error_msg"]) == (
        400,
        "UNSUPPORTED_PARAMETER_VALUES",
        message,
    )


async def test_a_photo_sent_as_text_is_empty(box: Box) -> None:
    answer = await box.refine({**WORDS, "person_image": "https://shop.example/me.png"}, person_image=b"")
    assert answer.json()["error_msg"] == "Invalid parameter values. - person_image: Cannot be empty."


WORDS_WRONG = [
    ({"gender": "woman"}, "task_type: Cannot be empty."),
    ({"task_type": "sync", "gender": "woman"}, "task_type: Must be one of async."),
    ({"task_type": "async"}, "gender: Cannot be empty."),
    ({"task_type": "async", "gender": "female"}, "gender: Must be one of woman, man."),
]


@pytest.mark.parametrize(("words", "message"), WORDS_WRONG)
async def test_a_wrong_word_is_400_and_named(box: Box, words: dict[str, str], message: str) -> None:
    answer = await box.refine(words)
    assert answer.status_code == 400
    assert answer.json()["error_msg"] == f"Invalid parameter values. - {message}"


FORMATS = [
    (photo(kind="WEBP"), 415, "UNSUPPORTED_FILE_TYPES"),
    (photo(kind="GIF"), 415, "UNSUPPORTED_FILE_TYPES"),
    (b"not a picture" * 1000, 422, "FILE_DECODING_FAILURE"),
    (PHOTO[: len(PHOTO) // 2], 422, "FILE_DECODING_FAILURE"),
]


@pytest.mark.parametrize(("data", "status", "code"), FORMATS)
async def test_a_file_of_another_kind_is_refused(box: Box, data: bytes, status: int, code: str) -> None:
    answer = await box.refine(top_garment=data)
    assert (answer.status_code, code_of(answer.json())) == (status, code)
    assert "top_garment" in answer.json()["error_msg"]


async def test_a_body_that_is_no_form_is_400(box: Box) -> None:
    answer = await box.client.post(REFINE, json={"task_type": "async"}, headers=KEY)
    assert (answer.status_code, code_of(answer.json())) == (400, "MISSING_PARAMETERS")


async def test_a_broken_form_is_400(box: Box) -> None:
    headers = {**KEY, "content-type": "multipart/form-data"}
    answer = await box.client.post(REFINE, content=b"--x", headers=headers)
    assert (answer.status_code, code_of(answer.json())) == (400, "ERROR_PARAMETERS")


async def test_a_form_of_more_than_32_mb_is_413(box: Box) -> None:
    answer = await box.refine(coarse_image=b"0" * (33 * 1024 * 1024))
    assert (answer.status_code, code_of(answer.json())) == (413, "ERROR_REQUEST_BODY_TOO_LARGE")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP"])
@pytest.mark.parametrize("gender", ["woman", "man"])
async def test_every_allowed_kind_is_accepted_and_reaches_the_renderer(
    box: Box, renderer: TinyRenderer, kind: str, gender: str
) -> None:
    data = photo(200, 300, kind)
    files = {**dict.fromkeys(FILES, data), "bottom_garment": PHOTO}
    answer = await box.refine({"task_type": "async", "gender": gender}, **files)
    await box.rendered()
    assert answer.status_code == 200
    assert renderer.seen == [RefineInput(data, data, data, gender, PHOTO)]


async def test_a_bottom_is_optional(box: Box, renderer: TinyRenderer) -> None:
    await box.refine()
    await box.rendered()
    seen = renderer.seen[0]
    assert isinstance(seen, RefineInput) and seen.bottom is None


async def balance(box: Box) -> int:
    answer = await box.client.get(CREDITS, headers=KEY)
    return int(answer.json()["data"][0]["balance"])


async def test_credits_are_charged_until_there_are_not_enough(make_box: MakeBox) -> None:
    box = make_box(SandboxSettings(credits=60))
    answers = [await box.refine() for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert code_of(answers[2].json()) == "ERROR_NOT_ENOUGH_CREDITS"
    assert await balance(box) == 10


async def test_the_balance_has_every_field_of_its_page_and_tells_when_it_changed(box: Box) -> None:
    await box.refine()
    answer = (await box.client.get(CREDITS, headers=KEY)).json()
    (pool,) = answer["data"]
    numbers = ("balance", "total", "last_recharge_balance", "balance_warning")
    assert set(pool) == {"unique_sign", "name", *numbers, "first_buy_time", "last_update_time"}
    assert pool["unique_sign"] == "common" and pool["total"] - pool["balance"] == 25
    assert pool["first_buy_time"] == pool["last_update_time"] == int(START)


async def test_a_refinement_that_fails_costs_nothing(make_box: MakeBox) -> None:
    box = make_box(SandboxSettings(credits=100))
    await box.refine(person_image=photo(310, 400))
    await box.order("ailab.submit", "fail_subtask:0")
    await box.refine()
    await box.rendered()
    assert await balance(box) == 100


def test_the_table_of_codes_is_complete() -> None:
    assert len(STATUS) == 126
    assert STATUS["ERROR_NOT_ENOUGH_CREDITS"] == 429 and STATUS["FILE_DECODING_FAILURE"] == 422


def test_a_code_without_a_known_sentence_has_one_of_its_words() -> None:
    assert code_message("ERROR_NO_FACE_IN_FILE") == "No face in file."
    assert AilabError("ERROR_NO_FACE_IN_FILE").message == "No face in file."


@pytest.mark.parametrize("code", sorted(STATUS))
async def test_every_code_of_the_table_can_be_ordered(box: Box, code: str) -> None:
    await box.order("ailab.submit", f"code:{code}")
    answer = await box.refine()
    assert (answer.status_code, code_of(answer.json())) == (STATUS[code], code)
