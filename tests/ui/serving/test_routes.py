"""Our own routes: what they give out, to whom, and what they refuse."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from tests.core.fakes import ScriptedVendors, finished, tryon
from tests.core.submitting import delete, submit
from tests.core.test_studio import ANN, ended, open_house
from tests.ui.fake_studio import FakeStudio, draw
from tryon_core import FilePicture, Garment, JobState, LibraryModel, Suit, TryOnRequest
from tryon_ui import links
from tryon_ui.serving.routes.routes import routes

EXT = "/gradio_api/ext"


@pytest.fixture
async def client(studio: FakeStudio, assets: Path) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(Starlette(routes=routes(studio, assets)))  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://page.test") as client:
        yield client


async def saved_job(studio: FakeStudio, folder: Path) -> str:
    garment = Garment(FilePicture(draw(folder / "mine.png", "x", (64, 64))))
    request = TryOnRequest(suits=(Suit((garment,)),), model=LibraryModel("James"), count=1)
    job = await submit(studio, request, visitor="me", title="Tee on James")
    seen = [now.state async for now in studio.watch(job.id, visitor="me")]
    assert seen[-1] is JobState.SUCCEEDED
    return job.id


@pytest.mark.anyio
async def test_health_is_told_without_being_kept(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{EXT}/healthz")

    assert answer.json()["status"] == "ok" and len(answer.json()["run"]) == 16
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.anyio
async def test_a_shipped_file_comes_with_a_time_to_keep_it(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{EXT}/a/fonts/instrument-sans.woff2")

    assert answer.status_code == 200 and "max-age" in answer.headers["cache-control"]


@pytest.mark.anyio
@pytest.mark.parametrize(
    "path", ["a/css/page.css", "a/fonts/../js/ui.js", "a/fonts/%2e%2e/js/ui.js", "a/", "x"]
)
async def test_nothing_else_of_the_folder_is_given_out(path: str, client: httpx.AsyncClient) -> None:
    assert (await client.get(f"{EXT}/{path}")).status_code == 404


@pytest.mark.anyio
async def test_a_picture_is_served_byte_for_byte_and_can_be_saved(
    client: httpx.AsyncClient, studio: FakeStudio, tmp_path: Path
) -> None:
    job_id = await saved_job(studio, tmp_path)
    shown = await client.get(f"{EXT}/files/{job_id}/tee-james-1.png")
    saved = await client.get(f"{EXT}/files/{job_id}/tee-james-1.png?save=1")

    path = studio.picture_path(job_id, "tee-james-1.png")
    assert path is not None and shown.content == path.read_bytes() == saved.content
    assert shown.headers["content-disposition"].startswith("inline")
    assert saved.headers["content-disposition"] == 'attachment; filename="tee-james-1.png"'
    assert "private" in shown.headers["cache-control"]


@pytest.mark.anyio
async def test_a_thumbnail_is_served_for_a_picture_of_the_job(
    client: httpx.AsyncClient, studio: FakeStudio, tmp_path: Path
) -> None:
    job_id = await saved_job(studio, tmp_path)

    assert (await client.get(f"{EXT}/thumbs/{job_id}/tee-james-1.png")).status_code == 200
    assert (await client.get(f"{EXT}/thumbs/{job_id}/other.png")).status_code == 404


@pytest.mark.anyio
@pytest.mark.parametrize("path", ["files/unknown/a.png", "files/unknown/..%2f..%2fsecret", "h/wrong/a.png"])
async def test_what_the_studio_does_not_know_is_not_found(path: str, client: httpx.AsyncClient) -> None:
    assert (await client.get(f"{EXT}/{path}")).status_code == 404


@pytest.mark.anyio
async def test_a_hosted_upload_answers_head_and_ranges_as_fetchers_expect(
    client: httpx.AsyncClient, studio: FakeStudio, tmp_path: Path
) -> None:
    await saved_job(studio, tmp_path)
    head = await client.head(f"{EXT}/h/a-token/mine.png")
    part = await client.get(f"{EXT}/h/a-token/mine.png", headers={"range": "bytes=0-7"})

    assert head.status_code == 200 and int(head.headers["content-length"]) > 8 and head.content == b""
    assert part.status_code == 206 and part.content == b"\x89PNG\r\n\x1a\n"
    assert head.headers["cache-control"] == "private, no-store"


@pytest.mark.anyio
async def test_an_app_that_cannot_read_its_jobs_does_not_say_that_it_is_well(
    client: httpx.AsyncClient, studio: FakeStudio
) -> None:
    studio.well = False
    answer = await client.get(f"{EXT}/healthz")

    assert answer.status_code == 503 and answer.json().keys() == {"status", "run"}


@pytest.mark.anyio
@pytest.mark.parametrize("kind", ["files", *links.SIDES])
async def test_only_an_address_that_names_the_content_is_kept_for_ever(
    client: httpx.AsyncClient, studio: FakeStudio, tmp_path: Path, kind: str
) -> None:
    job_id = await saved_job(studio, tmp_path)
    path = studio.picture_path(job_id, "tee-james-1.png")
    assert path is not None
    named = links.file(job_id, path.name, hashlib.sha256(path.read_bytes()).hexdigest())
    address = f"/{named}".replace("/files/", f"/{kind}/")
    assert "immutable" in (await client.get(address)).headers["cache-control"]
    plain = await client.get(address.partition("?")[0])
    assert plain.status_code == 200 and plain.headers["cache-control"] == "private, no-cache"
    known = {"if-none-match": plain.headers["etag"]}
    again = await client.get(address.partition("?")[0], headers=known)
    assert (again.status_code, again.content) == (304, b"")
    draw(tmp_path / "new.png", "another").replace(path)  # the job was deleted, and made anew
    assert (await client.get(address)).status_code == 404


@pytest.mark.anyio
async def test_what_browsers_keep_of_a_deleted_job_is_never_shown_for_the_job_made_anew(
    tmp_path: Path, assets: Path
) -> None:
    vendors = ScriptedVendors()
    async with open_house(tmp_path, vendors) as studio:
        web = httpx.ASGITransport(Starlette(routes=routes(studio, assets)))
        kept: dict[str, bytes] = {}  # as a browser does, for a year
        async with httpx.AsyncClient(transport=web, base_url="http://page.test") as client:
            for names in (("a.png", "b.png"), ("another.png", "yet-another.png")):
                vendors.queries = [finished(*names)]
                job = await ended(studio, await submit(studio, tryon(tmp_path), visitor=ANN))
                for picture in job.pictures:
                    address = f"/{links.file(job.id, picture.name, picture.sha256)}"
                    answer = await client.get(address)
                    assert "immutable" in answer.headers["cache-control"]
                    assert kept.setdefault(address, answer.content) == picture.path.read_bytes()
                await delete(studio, job.id, visitor=ANN)
            assert len(kept) == 4 and {(await client.get(address)).status_code for address in kept} == {404}


@pytest.mark.anyio
async def test_a_full_disk_is_said_where_health_is_asked_for(
    client: httpx.AsyncClient, studio: FakeStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full() -> bool:
        return True

    monkeypatch.setattr(studio, "is_full", full)
    answer = await client.get(f"{EXT}/healthz")
    assert answer.status_code == 503 and answer.json()["status"] == "full"
