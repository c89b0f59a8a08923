"""How much is taken in at once: places, uploads, bodies, connections."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from uvicorn import Config

from tests.core.submitting import submit
from tests.ui.fake_studio import FakeStudio, draw
from tryon_core import FilePicture, Garment, LibraryModel, Suit, TryOnRequest
from tryon_ui import samples
from tryon_ui.card_watchers import Pane
from tryon_ui.concurrency import Busy, ConcurrencyLimit
from tryon_ui.endpoints.api import begun_and_ended
from tryon_ui.job_stream import Shown, cards
from tryon_ui.page_context import PageContext
from tryon_ui.serving.connections import KEEP_ALIVE_S, MOST, SILENT_S, Silence, make_ready
from tryon_ui.serving.gate.bodies import LARGEST_CALL, Bodies, Patience
from tryon_ui.serving.gate.rate_limits import Limit, RateLimiter
from tryon_ui.serving.gate.uploads import UploadRoom
from tryon_ui.upload_limits import KEEP_S, LARGEST_UPLOAD

UPLOAD = "/gradio_api/upload"


def hoodie(folder: Path) -> TryOnRequest:
    garment = Garment(FilePicture(draw(folder / "mine.png", "x", (64, 64))))
    return TryOnRequest(suits=(Suit((garment,)),), model=LibraryModel("James"), count=1)


def desk_of(studio: FakeStudio, assets: Path, **bounds: ConcurrencyLimit) -> PageContext:
    return PageContext(studio, samples.load(assets), **bounds)  # type: ignore[arg-type]


def test_places_are_given_back_whatever_happens() -> None:
    places = ConcurrencyLimit(1)
    with pytest.raises(ValueError), places.one() as first, places.one() as second:
        assert (first, second) == (True, False)
        raise ValueError
    with places.one() as again:
        assert again


@pytest.mark.anyio
async def test_a_card_too_many_stands_still_and_says_how_to_go_on(
    studio: FakeStudio, assets: Path, tmp_path: Path
) -> None:
    context = desk_of(studio, assets, watched=ConcurrencyLimit(0))
    job = await submit(studio, hoodie(tmp_path), visitor="me", title="Tee")
    shown = [html async for html, _ in cards(context, Pane.TRYON, Shown(job.id), visitor="me", session="s")]

    assert len(shown) == 1 and "Watch again" in shown[0] and "The job goes on" in shown[0]


@pytest.mark.anyio
async def test_a_call_too_many_is_told_so_before_anything_is_sent(
    studio: FakeStudio, assets: Path, tmp_path: Path
) -> None:
    context = desk_of(studio, assets, calls=ConcurrencyLimit(0))
    with pytest.raises(Busy, match="Nothing was sent"):
        await anext(begun_and_ended(context, hoodie(tmp_path), name="me", title=None))

    assert await studio.jobs(visitor="me") == ()


def test_what_an_upload_left_that_broke_off_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / "tmpabc").write_bytes(b"half")
    (tmp_path / "kept").mkdir()
    made = (tmp_path / "tmpabc").stat().st_mtime
    room = UploadRoom(tmp_path)

    assert (room.clear_drafts(made + KEEP_S - 1), room.clear_drafts(made + KEEP_S + 1)) == (0, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def taking_in(room: UploadRoom, **patience: float) -> Bodies:
    """An app that reads all that comes, behind the bounds."""

    async def taken(request: Request) -> Response:
        size = 0
        async for piece in request.stream():
            size += len(piece)
        return PlainTextResponse(str(size))

    app = Starlette(routes=[Route("/{path:path}", taken, methods=["POST"])])
    return Bodies(app, room, public_urls=lambda: ("https://x.test",), patience=Patience(**patience))


async def posted(app: Bodies, path: str, body: Any, **headers: str) -> httpx.Response:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://x.test") as client:
        return await client.post(path, content=body, headers=headers)


async def pieces(*sizes: int, pause: float = 0.0) -> AsyncIterator[bytes]:
    for size in sizes:
        yield bytes(size)
        await asyncio.sleep(pause)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("path", "limit"), [("/gradio_api/queue/join", LARGEST_CALL), (UPLOAD, LARGEST_UPLOAD)]
)
async def test_a_body_may_have_so_many_bytes_and_not_one_more(path: str, limit: int, tmp_path: Path) -> None:
    app = taking_in(UploadRoom(tmp_path, left_free=0))
    half = limit // 2

    assert (await posted(app, path, pieces(half, limit - half))).text == str(limit)
    assert (await posted(app, path, pieces(half, limit - half, 1))).status_code == 413


@pytest.mark.anyio
async def test_a_body_that_comes_to_a_standstill_is_given_up(tmp_path: Path) -> None:
    app = taking_in(UploadRoom(tmp_path, left_free=0), piece=0.05)
    answer = await posted(app, UPLOAD, pieces(1, 1, pause=0.5))

    assert answer.status_code == 408 and "standstill" in answer.text


@pytest.mark.anyio
async def test_too_many_uploads_are_told_in_words_and_a_proxys_visitors_are_held_apart(
    tmp_path: Path,
) -> None:
    app = taking_in(UploadRoom(tmp_path, arrived=RateLimiter(Limit(KEEP_S, each=10, in_all=30)), left_free=0))
    ann, ben = {"x-forwarded-for": "192.0.2.1, 10.0.0.1"}, {"x-forwarded-for": "192.0.2.2, 10.0.0.1"}

    assert (await posted(app, UPLOAD, bytes(10), **ann)).status_code == 200
    refused = await posted(app, UPLOAD, bytes(1), **ann)
    assert refused.status_code == 429 and "nothing was sent" in refused.text
    assert (await posted(app, UPLOAD, bytes(10), **ben)).status_code == 200


@pytest.mark.anyio
async def test_no_upload_begins_on_a_disk_that_is_almost_full(tmp_path: Path) -> None:
    answer = await posted(taking_in(UploadRoom(tmp_path, left_free=2**62)), UPLOAD, b"x")

    assert answer.status_code == 507 and "disk" in answer.text


def line(cycle: object = None, timer: object = None) -> Any:
    """A connection as uvicorn keeps it."""
    closed: list[bool] = []
    transport = SimpleNamespace(close=lambda: closed.append(True))
    found = type("Line", (), {})()
    found.cycle, found.timeout_keep_alive_task, found.transport, found.closed = (
        cycle,
        timer,
        transport,
        closed,
    )
    return found


def test_only_connections_that_owe_a_request_are_closed_and_only_in_time() -> None:
    at_work, between = line(SimpleNamespace(response_complete=False)), line(timer=object())
    mute, slow_again = line(), line(SimpleNamespace(response_complete=True))
    lines, silence = [at_work, between, mute, slow_again], Silence()

    assert [silence.close(lines, now) for now in (0.0, SILENT_S, SILENT_S + 1)] == [0, 0, 2]
    assert [bool(found.closed) for found in lines] == [False, False, True, True]


def test_a_connection_that_gets_on_with_it_has_its_time_anew() -> None:
    mute, silence = line(), Silence()
    silence.close([mute], 0.0)
    mute.cycle = SimpleNamespace(response_complete=False)
    silence.close([mute], SILENT_S)
    mute.cycle = SimpleNamespace(response_complete=True)

    assert silence.close([mute], SILENT_S + 1) == 0


def test_an_idle_connection_outlives_what_clients_and_proxies_use_again() -> None:
    config = Config(app="none")
    make_ready(config)

    assert config.timeout_keep_alive == KEEP_ALIVE_S > 60
    assert config.limit_concurrency is not None and 0 < config.limit_concurrency <= MOST
