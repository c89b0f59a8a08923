"""What a stream of events says when it breaks off, over a real socket: to a page, and to a script."""

from __future__ import annotations

import json
from contextlib import suppress

import httpx
import pytest

API = "/gradio_api"
WORDS = {"en": "The connection to this app broke off.", "zh": "与此应用的连接已中断。"}
TO = {"page": f"{API}/queue/data?session_hash=nobody", "script": f"{API}/call/tryon/{'0' * 32}"}


def heard(client: httpx.Client, path: str) -> str:
    """The last line with data of a stream that is broken off."""
    got = b""
    with client.stream("GET", path) as answer, suppress(httpx.RemoteProtocolError):
        for piece in answer.iter_bytes():
            got += piece
    return got.decode().strip().rpartition("data: ")[2]


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("to", TO)
def test_no_text_of_an_error_goes_along(page_url: str, to: str, language: str) -> None:
    with httpx.Client(base_url=page_url, headers={"accept-language": language}, timeout=20) as client:
        told = json.loads(heard(client, TO[to]))
    words = told["message"] if to == "page" else told
    assert words.startswith(WORDS[language])
    assert to == "script" or told["session_not_found"] is True
