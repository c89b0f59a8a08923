"""Thousands of damaged pictures and answers: each ends in a verdict, fast and small, never in a crash."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import httpx
import pytest

from tests.core.images.measuring import forget_peak, peak
from tests.core.images.odd_files import camera, scene
from tests.core.images.pictures import mend, saved
from tryon_core import InvalidRequest, TryOnError
from tryon_core.vendors.aidge import responses as aidge_responses
from tryon_core.vendors.aidge.spec import IMAGE_RULE as AIDGE
from tryon_core.vendors.ailab import responses as ailab_responses
from tryon_core.vendors.ailab.spec import IMAGE_RULE as AILAB

pytestmark = pytest.mark.slow

PER_CHUNK, CHUNKS = 500, 10
SLOWEST_S = 2.0  # of computing
MOST_MB = 400  # what judging may add to the process at any time; a damaged header may claim 50 megapixels

KINDS: tuple[tuple[str, str], ...] = (
    ("JPEG", "RGB"),
    ("JPEG", "CMYK"),
    ("PNG", "RGB"),
    ("PNG", "RGBA"),
    ("PNG", "P"),
    ("BMP", "RGB"),
    ("WEBP", "RGBA"),
    ("GIF", "P"),
    ("TIFF", "RGB"),
    ("AVIF", "RGB"),
)


def damaged(data: bytes, random: Random) -> bytes:
    """Some bytes changed, mostly in the header; sometimes a part missing, doubled, or cut off."""
    damage = bytearray(data)
    for _ in range(random.randint(1, 8)):
        reach = len(damage) if random.random() < 0.4 else min(len(damage), 400)
        damage[random.randrange(reach)] = random.randrange(256)
    at = random.randrange(len(damage))
    length = random.randint(1, 200)
    match random.randrange(6):
        case 0:
            del damage[at:]
        case 1:
            del damage[at : at + length]
        case 2:
            damage[at:at] = damage[at : at + length]
    return bytes(damage)


@pytest.fixture(scope="module")
def pictures() -> tuple[bytes, ...]:
    plain = tuple(saved(scene(mode, (168, 200)), kind) for kind, mode in KINDS)
    return (*plain, saved(scene("RGB", (168, 200)), "JPEG", exif=camera()))


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's, on broken TIFF directories
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_damaged_picture_gets_a_verdict(tmp_path: Path, pictures: tuple[bytes, ...], chunk: int) -> None:
    random, source = Random(chunk), tmp_path / "picture"
    before = forget_peak()
    for number in range(PER_CHUNK):
        source.write_bytes(damaged(random.choice(pictures), random))
        began = time.process_time()
        try:
            mend("top", source, AILAB if number % 2 else AIDGE)
        except InvalidRequest as error:
            assert error.problem.what
        assert time.process_time() - began < SLOWEST_S
    assert peak() - before < MOST_MB


ANSWERS = tuple(
    json.dumps(answer).encode()
    for answer in (
        {"resCode": 200, "data": {"result": {"taskId": "abc"}}, "success": True, "requestId": "r"},
        {"resCode": "707", "resMessage": "Incomplete", "success": "false"},
        {
            "resCode": 200,
            "data": {
                "taskStatus": "finished",
                "taskResult": [
                    {
                        "taskStatus": "finished",
                        "result": {"imageList": [{"imageUrl": "http://a.example/b.png"}]},
                    },
                    {"taskStatus": "failed", "taskMessage": "no"},
                ],
            },
        },
        {"error_response": {"code": "IllegalTimestamp", "msg": "late"}},
        {"error_code": 0, "task_type": "async", "task_id": "t", "request_id": "r"},
        {"error_code": 0, "task_status": 2, "data": {"image": "https://a.example/b.png"}},
        {"error_code": 413, "error_detail": {"code": "ERROR_FILE_TOO_LARGE", "message": "large"}},
        {"output": {"task_status": "FAILED", "code": "InvalidPerson", "message": "none"}},
    )
)
READERS: tuple[Callable[[httpx.Response], object], ...] = (
    aidge_responses.read_receipt,
    aidge_responses.read_snapshot,
    ailab_responses.read_receipt,
    ailab_responses.read_snapshot,
)
SPLICES = (
    b"null",
    b"[]",
    b"{}",
    b'""',
    b"1e999",
    b"-0",
    b"true",
    b"[" * 3000,
    b'"\\ud800"',
    b"\xff\xfe",
    b"NaN",
)


def garbled(answer: bytes, random: Random) -> bytes:
    """An answer with bytes changed, values replaced, or its end missing."""
    if random.random() < 0.5:
        at = random.randrange(len(answer))
        answer = answer[:at] + random.choice(SPLICES) + answer[at + random.randrange(12) :]
    return damaged(answer, random) if random.random() < 0.7 else answer


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_garbled_answer_is_read_or_refused_in_words(chunk: int) -> None:
    random = Random(1000 + chunk)
    for _ in range(PER_CHUNK):
        answer = httpx.Response(
            random.choice((200, 200, 400, 413, 429, 500, 503)),
            content=garbled(random.choice(ANSWERS), random),
        )
        began = time.process_time()
        for read in READERS:
            try:
                assert read(answer) is not None
            except TryOnError as error:
                assert error.problem.what and error.problem.todo
        assert time.process_time() - began < SLOWEST_S
