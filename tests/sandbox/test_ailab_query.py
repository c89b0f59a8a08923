"""AILab's poll: the walk of a refinement, what fails only at the poll, and the dialects."""

import io
import os

import pytest
from PIL import Image

from tests.sandbox.box import KEY, PHOTO, POLL, Box, Json, TinyRenderer, photo
from tests.sandbox.conftest import MakeBox
from tryon_sandbox import Dialect, NotWearable, RefineInput, SandboxSettings

pytestmark = pytest.mark.anyio

HEAVY = photo() + os.urandom(5 * 1024 * 1024)
LIGHT = photo(160, 160, "JPEG", spread=0)


async def polled(box: Box, **files: bytes) -> list[tuple[int, Json]]:
    """The answers to polls in the queue, while running, and when it is over."""
    task_id = (await box.refine(**files)).json()["task_id"]
    await box.rendered()
    answers = []
    for seconds in (0.5, 1, 60):
        box.clock.pass_seconds(seconds)
        answer = await box.poll(task_id)
        answers.append((answer.status_code, answer.json()))
    return answers


async def test_a_refinement_walks_through_both_statuses_in_step(box: Box) -> None:
    walk = [body for _, body in await polled(box)]
    assert [body["task_status"] for body in walk] == [0, 1, 2]
    assert [body["output"]["task_status"] for body in walk] == ["PENDING", "RUNNING", "SUCCEEDED"]  # type: ignore[index]
    assert [body["usage"] for body in walk] == [{"image_count": count} for count in (0, 0, 1)]
    assert [bool(body["output"]["image_url"]) for body in walk] == [False, False, True]  # type: ignore[index]


async def test_a_poll_looks_like_the_page_s_example(box: Box) -> None:
    _, body = (await polled(box))[0]
    assert body == {
        "error_code": 0,
        "error_code_str": "",
        "error_msg": "",
        "error_detail": {"status_code": 200, "code": "", "code_message": "", "message": ""},
        "task_status": 0,
        "output": {"task_status": "PENDING", "image_url": ""},
        "usage": {"image_count": 0},
    }


async def test_the_refined_picture_has_the_size_of_the_coarse_one(box: Box) -> None:
    _, body = (await polled(box))[2]
    answer = await box.client.get(body["output"]["image_url"])  # type: ignore[index]
    assert Image.open(io.BytesIO(answer.content)).size == (300, 400)


SIZE, SIDES, VALUES = (
    "FILE_SIZE_EXCEEDS_LIMIT",
    "FILE_RESOLUTION_EXCEEDS_LIMITS",
    "UNSUPPORTED_PARAMETER_VALUES",
)
UNFIT = [
    ({"top_garment": HEAVY}, 413, SIZE),
    ({"bottom_garment": LIGHT}, 413, SIZE),
    ({"top_garment": photo(150, 300)}, 413, SIDES),
    ({"top_garment": photo(300, 150)}, 413, SIDES),
    ({"bottom_garment": photo(4096, 160, "JPEG")}, 413, SIDES),
    ({"coarse_image": photo(301, 400)}, 400, VALUES),
    ({"person_image": photo(300, 401)}, 400, VALUES),
]


@pytest.mark.parametrize(("files", "status", "code"), UNFIT)
async def test_a_photo_of_the_wrong_size_is_told_at_the_poll_and_again(
    box: Box, files: dict[str, bytes], status: int, code: str
) -> None:
    queued, first, second = await polled(box, **files)
    assert queued[0] == 200
    assert first[0] == second[0] == status
    assert first[1]["error_detail"]["code"] == second[1]["error_detail"]["code"] == code  # type: ignore[index]
    assert f"{next(iter(files))}: " in str(first[1]["error_msg"]) or code == VALUES


@pytest.mark.parametrize("size", [(151, 4095), (4095, 151)])
async def test_photos_at_the_limits_are_taken(box: Box, size: tuple[int, int]) -> None:
    data = photo(*size, "JPEG")
    answers = await polled(box, person_image=data, top_garment=data, coarse_image=data)
    assert [status for status, _ in answers] == [200, 200, 200]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NotWearable(), "FILE_CONTENT_NON_COMPLIANCE"),
        (RuntimeError(), "ERROR_IMAGE_RECOGNITION_FAILED"),
    ],
)
async def test_what_cannot_be_rendered_is_422_at_the_poll(
    box: Box, renderer: TinyRenderer, monkeypatch: pytest.MonkeyPatch, error: Exception, code: str
) -> None:
    def refuse(inputs: RefineInput) -> bytes:
        raise error

    monkeypatch.setattr(renderer, "refine", refuse)
    status, body = (await polled(box))[2]
    assert (status, body["error_code_str"]) == (422, code)


async def test_an_unknown_task_is_404_and_a_missing_id_400(box: Box) -> None:
    unknown = await box.poll("1800000000000.1e968d25-86f6-cef9-9010-69b485b12ecd")
    missing = await box.client.get(POLL, headers=KEY)
    assert (unknown.status_code, unknown.json()["error_code_str"]) == (404, "ERROR_RESOURCE_NOT_FOUND")
    assert (missing.status_code, missing.json()["error_code_str"]) == (400, VALUES)
    assert "task_id: Cannot be empty." in missing.json()["error_msg"]


async def test_aidge_s_task_is_unknown_to_ailab(box: Box) -> None:
    assert (await box.poll(await box.task())).status_code == 404


async def test_a_task_is_reclaimed_after_24_hours(box: Box) -> None:
    task_id = (await box.refine()).json()["task_id"]
    box.clock.pass_seconds(24 * 3600)
    assert (await box.poll(task_id)).status_code == 200
    box.clock.pass_seconds(1)
    answer = await box.poll(task_id)
    assert (answer.status_code, answer.json()["error_code_str"]) == (410, "ERROR_RESOURCE_RECLAIMED")


def speaking(make_box: MakeBox, *dialects: Dialect) -> Box:
    return make_box(SandboxSettings(queue_s=1, per_image_s=2, jitter=0, dialects=frozenset(dialects)))


async def test_v2_has_no_error_code_str_and_no_error_msg(make_box: MakeBox) -> None:
    box = speaking(make_box, Dialect.V2)
    good, bad = await polled(box), (await box.poll("x")).json()
    assert list(bad) == ["request_id", "log_id", "error_code", "error_detail"]
    assert set(bad) < set(good[2][1])


async def test_v3_has_only_ids_and_the_detail(make_box: MakeBox) -> None:
    box = speaking(make_box, Dialect.V3)
    good, bad = await polled(box), (await box.poll("x")).json()
    assert list(bad) == ["request_id", "log_id", "error_detail"]
    assert list(bad["error_detail"]) == ["code", "code_message", "message"]
    assert list(good[2][1]) == [*bad, "task_status", "output", "usage"]


async def test_the_payload_can_stand_under_data(make_box: MakeBox) -> None:
    box = speaking(make_box, Dialect.DATA)
    submitted = (await box.refine()).json()
    await box.rendered()
    box.clock.pass_seconds(60)
    body = (await box.poll(submitted["data"]["task_id"])).json()
    assert "task_id" not in submitted and "output" not in body
    assert body["data"]["task_status"] == 2 and body["data"]["image_url"].startswith("https://box.example/")


@pytest.mark.parametrize(("dialect", "status"), [(Dialect.STATUS3, 3), (Dialect.STATUS2_FAILED, 2)])
async def test_a_failure_can_be_told_with_http_200(make_box: MakeBox, dialect: Dialect, status: int) -> None:
    box = speaking(make_box, dialect)
    http_status, body = (await polled(box, coarse_image=photo(310, 400)))[2]
    assert (http_status, body["task_status"], body["error_code"]) == (200, status, 0)
    assert body["output"] == {"task_status": "FAILED", "image_url": ""}


async def test_the_status_can_be_a_string(make_box: MakeBox) -> None:
    walk = await polled(speaking(make_box, Dialect.STRING_STATUS))
    assert [body["task_status"] for _, body in walk] == ["0", "1", "2"]


async def test_a_dialect_can_be_ordered_for_one_poll(box: Box) -> None:
    task_id = (await box.refine()).json()["task_id"]
    await box.order("ailab.query", "dialect:string_status")
    statuses = [(await box.poll(task_id)).json()["task_status"] for _ in range(2)]
    assert statuses == ["0", 0]


def test_the_photo_that_other_tests_use_is_itself_within_the_limits() -> None:
    assert 5 * 1024 < len(PHOTO) < 5 * 1024 * 1024
