"""What is packed, and how: whole pages, and streams whose pieces must not wait for the next ones."""

from __future__ import annotations

import zlib

import brotli
import pytest
from starlette.types import Message, Receive, Scope, Send

from tryon_ui.serving.sent_page.packing import Packing, packed, taken_by

LONG = b"the same words again and again " * 200


@pytest.mark.parametrize(
    ("accepted", "taken"),
    [
        ("gzip, deflate, br, zstd", ("br", "gzip")),
        ("gzip;q=1.0, br;q=0", ("gzip",)),
        ("GZIP", ("gzip",)),
        ("identity", ()),
        ("", ()),
    ],
)
def test_a_caller_gets_the_best_of_what_it_takes(accepted: str, taken: tuple[str, ...]) -> None:
    assert taken_by(accepted) == taken


def test_what_is_packed_can_be_unpacked_and_little_things_are_left_as_they_are() -> None:
    assert packed(b"short", ("br", "gzip")) == (b"short", "")
    assert packed(LONG, ()) == (LONG, "")
    data, name = packed(LONG, ("br", "gzip"))
    assert name == "br" and brotli.decompress(data) == LONG


async def sent_through(path: str, pieces: list[bytes], **headers: str) -> list[Message]:
    """What a caller of `path` is sent, message by message."""

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for piece in pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    sent: list[Message] = []

    async def keep(message: Message) -> None:
        sent.append(message)

    async def nothing() -> Message:
        return {"type": "http.disconnect"}

    listed = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope: Scope = {"type": "http", "method": "GET", "path": path, "headers": listed}
    await Packing(app)(scope, nothing, keep)
    return sent


@pytest.mark.anyio
async def test_each_piece_of_a_stream_can_be_read_when_it_arrives() -> None:
    cards = [b"data: " + LONG + str(number).encode() for number in range(3)]
    start, *rest = await sent_through("/gradio_api/queue/data", cards, accept_encoding="gzip, br")

    assert (b"content-encoding", b"gzip") in start["headers"]
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    assert [unpacker.decompress(message["body"]) for message in rest] == [*cards, b""]
    assert unpacker.eof and len(rest[1]["body"]) < len(rest[0]["body"])  # says what has changed


@pytest.mark.anyio
@pytest.mark.parametrize("path", ["/gradio_api/queue/data", "/config", "/gradio_api/ext/files/a/b.png"])
async def test_who_takes_nothing_packed_gets_it_plain(path: str) -> None:
    start, *rest = await sent_through(path, [LONG, LONG])

    assert not [name for name, _ in start["headers"] if name == b"content-encoding"]
    assert b"".join(message["body"] for message in rest) == LONG * 2
