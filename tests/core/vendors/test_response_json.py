"""What is read of an answer is fit to be kept and passed on, whatever the vendor wrote."""

from __future__ import annotations

import httpx
import pytest

from tryon_core.vendors.response_json import json_of, message, obj

HALF, PAIR = rb"\ud83d", rb"\ud83d\ude00"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (rb"no legs " + HALF, "no legs"),
        (HALF + rb"\ude00 no legs" + HALF, "\U0001f600 no legs"),
        (rb"no\u0000 legs", "no legs"),
        (PAIR, "\U0001f600"),
    ],
)
def test_half_an_emoji_and_a_zero_byte_are_left_out_of_a_vendors_words(written: bytes, read: str) -> None:
    inside = written.replace(b"\\", b"\\\\")
    for body in (
        b'{"message": "%s"}' % written,
        b'{"data": {"message": "%s"}}' % written,
        b'{"data": "{\\"message\\": \\"%s\\"}"}' % inside,
    ):
        answer = obj(json_of(httpx.Response(200, content=body)))
        assert message(answer.get("message"), obj(answer.get("data")).get("message")) == read


def test_the_name_of_a_field_is_plain_text_too() -> None:
    assert json_of(httpx.Response(200, content=b'{"a%s": [{"b": "%s"}]}' % (HALF, HALF))) == {
        "a": [{"b": ""}]
    }
