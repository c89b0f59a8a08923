"""The last answer of a stream of events and the word that ends it go out together; nothing else waits."""

from __future__ import annotations

import asyncio

import pytest
from starlette.types import Message, Receive, Scope, Send

from tryon_ui.serving.endings import STREAM, Endings

ANSWER, CLOSE, STEP = b'{"msg":"process_completed"}', b'{"msg":"close_stream"}', b'{"msg":"process_starts"}'


def piece(body: bytes, *, more: bool = True) -> Message:
    return {"type": "http.response.body", "body": body, "more_body": more}


async def served(path: str, *pieces: bytes, waits_after: bytes = b"") -> list[bytes]:
    """What a caller of `path` is sent, piece by piece; the app may wait until one of them has arrived."""
    sent: list[bytes] = []
    arrived = asyncio.Event()

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for body in pieces:
            await send(piece(body))
            if body == waits_after:
                await arrived.wait()
        await send(piece(b"", more=False))

    async def keep(message: Message) -> None:
        sent.append(message.get("body", b"start"))
        if waits_after and waits_after in sent[-1]:
            arrived.set()

    async def nothing() -> Message:
        return {"type": "http.disconnect"}

    scope: Scope = {"type": "http", "method": "GET", "path": path, "headers": []}
    await Endings(app)(scope, nothing, keep)
    return sent


@pytest.mark.anyio
async def test_the_answer_and_the_word_that_ends_the_stream_are_one_piece() -> None:
    assert await served(STREAM, STEP, ANSWER, CLOSE) == [b"start", STEP, ANSWER + CLOSE, b""]


@pytest.mark.anyio
async def test_an_answer_that_nothing_follows_goes_out_by_itself() -> None:
    sent = await served(STREAM, ANSWER, STEP, waits_after=ANSWER)
    assert sent == [b"start", ANSWER, STEP, b""]


@pytest.mark.anyio
async def test_an_answer_at_the_very_end_is_not_lost() -> None:
    assert await served(STREAM, STEP, ANSWER) == [b"start", STEP, ANSWER]


@pytest.mark.anyio
async def test_no_other_path_is_touched() -> None:
    assert await served("/gradio_api/call/tryon", ANSWER, CLOSE) == [b"start", ANSWER, CLOSE, b""]
