"""The route by which a vendor fetches an upload: that file, while its job runs, and nothing more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.applications import Starlette

from tests.core import fakes
from tests.core.fakes import JumpingClock, ScriptedVendors
from tests.core.submitting import submit
from tests.core.test_studio import ANN, ended
from tryon_core import Job, LinkPicture, Studio, pictures_of
from tryon_ui.serving.routes.routes import routes

pytestmark = pytest.mark.anyio
PICTURE = fakes.picture()


@dataclass
class Hosted:
    """A job under way whose upload the vendor was told of, and the app's routes."""

    client: httpx.AsyncClient
    path: str
    end: Callable[[], asyncio.Future[Job]]


@asynccontextmanager
async def under_way(folder: Path, kind: str = "PNG") -> AsyncIterator[Hosted]:
    hold = asyncio.Event()
    vendors = ScriptedVendors(hold=hold)
    chosen = fakes.settings(folder, **fakes.LIVE)
    studio = Studio(chosen, vendors, clock=JumpingClock(), reread_s=0.2, web=fakes.web())
    await studio.start()
    request = fakes.tryon(folder)
    picture = next(picture for _, picture in pictures_of(request))
    picture.path.write_bytes(fakes.picture(kind=kind))  # type: ignore[union-attr]
    job = await submit(studio, request, visitor=ANN)
    await vendors.was_asked.wait()
    link = next(picture for _, picture in pictures_of(vendors.sent[0]))
    assert isinstance(link, LinkPicture)

    def end() -> asyncio.Future[Job]:
        hold.set()
        return asyncio.ensure_future(ended(studio, job))

    transport = httpx.ASGITransport(Starlette(routes=routes(studio, folder)))
    async with httpx.AsyncClient(transport=transport, base_url="https://studio.test") as client:
        yield Hosted(client, urlsplit(link.url).path, end)
    await studio.stop()


async def test_a_vendor_gets_the_file_its_head_and_any_part_of_it(tmp_path: Path) -> None:
    async with under_way(tmp_path) as at:
        whole, head = await at.client.get(at.path), await at.client.head(at.path)
        part = await at.client.get(at.path, headers={"range": "bytes=8-15"})
        tail = await at.client.get(at.path, headers={"range": "bytes=-4"})
        beyond = await at.client.get(at.path, headers={"range": "bytes=99999999-"})
        several = await at.client.get(at.path, headers={"range": "bytes=0-0,2-2"})
    assert (whole.status_code, whole.content) == (200, PICTURE)
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) == len(PICTURE) and head.headers["accept-ranges"] == "bytes"
    assert (part.status_code, part.content) == (206, PICTURE[8:16])
    assert part.headers["content-range"] == f"bytes 8-15/{len(PICTURE)}"
    assert (tail.status_code, tail.content) == (206, PICTURE[-4:])
    assert (beyond.status_code, several.status_code) == (416, 206)


@pytest.mark.parametrize(
    ("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp")]
)
async def test_it_is_told_what_the_file_is_and_that_nobody_should_keep_or_list_it(
    tmp_path: Path, kind: str, media_type: str
) -> None:
    async with under_way(tmp_path, kind) as at:
        headers = (await at.client.head(at.path)).headers
    assert headers["content-type"] == media_type and headers["x-content-type-options"] == "nosniff"
    assert headers["x-robots-tag"] == "noindex" and headers["cache-control"] == "private, no-store"


async def test_when_the_job_has_ended_the_file_is_gone_however_it_is_asked_for(tmp_path: Path) -> None:
    async with under_way(tmp_path) as at:
        first = await at.client.get(at.path)
        marks: list[dict[str, str]] = [
            {},
            {"if-none-match": first.headers["etag"]},
            {"if-modified-since": first.headers["last-modified"]},
            {"range": "bytes=0-7"},
            {"range": "bytes=99999999-"},
            {"if-range": first.headers["etag"], "range": "bytes=0-7"},
        ]
        await at.end()
        answers = [
            await at.client.request(method, at.path, headers=mark)
            for method in ("GET", "HEAD")
            for mark in marks
        ]
    assert first.status_code == 200
    assert {answer.status_code for answer in answers} == {404}
    assert not any(PICTURE[:8] in answer.content for answer in answers)


async def test_neighbours_of_a_link_lead_nowhere(tmp_path: Path) -> None:
    async with under_way(tmp_path) as at:
        *base, token, name = at.path.split("/")
        flipped = ("0" if token[0] != "0" else "1") + token[1:]
        last = token[:-1] + ("0" if token[-1] != "0" else "1")
        tokens = (
            flipped,
            last,
            token[:-1],
            token + "0",
            token[32:] + token[:32],
            token[:32],
            "0" * 64,
            "%00",
        )
        guesses = [f"{'/'.join(base)}/{guess}/{name}" for guess in tokens]
        names = (
            "garment-1-2.png",
            "hoodie-james-1.png",
            "..%2f..%2f.state-secret",
            "%2e%2e",
            "",
            f"{name}%00",
        )
        guesses += [f"{'/'.join(base)}/{token}/{other}" for other in names]
        found = [(await at.client.get(guess)).status_code for guess in guesses]
        posted = (await at.client.post(at.path)).status_code
    assert set(found) == {404} and posted == 405
