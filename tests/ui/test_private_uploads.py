"""Uploads have paths of their own, and go with their job; so do copies that Gradio serves."""

from __future__ import annotations

import asyncio
import json
import os
import time
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from tryon_core import (
    FilePicture,
    Garment,
    InvalidRequest,
    JobDeleted,
    LibraryModel,
    LinkPicture,
    Settings,
    Suit,
    TryOnRequest,
)
from tryon_ui import files
from tryon_ui.private_uploads import ROUTE, PrivateUploads, Uploads, clear_before

pytestmark = pytest.mark.anyio


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "cache"))
    (tmp_path / "cache").mkdir()
    return tmp_path / "cache"


def uploader(cache: Path, *, shared: asyncio.Event | None = None) -> httpx.AsyncClient:
    """A client of an app that takes files in as Gradio does: equal ones at one path."""

    async def take(request: Request) -> Response:
        if request.query_params.get("too") == "large":
            return PlainTextResponse("too large", 413)
        path = cache / "digest" / request.query_params.get("name", "coat.png")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(await request.body())
        return JSONResponse([str(path)] * int(request.query_params.get("n", "1")))

    app = PrivateUploads(Starlette(routes=[Route(ROUTE, take, methods=["POST"])]))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://page.test")


def contents(path: str) -> bytes | None:
    return Path(path).read_bytes() if Path(path).is_file() else None


async def test_equal_uploads_of_two_visitors_lie_apart(cache: Path) -> None:
    async with uploader(cache) as client:
        [first], [second] = [(await client.post(ROUTE, content=b"coat")).json() for _ in range(2)]
    assert first != second
    assert {files.place_of_file(Path(path)) for path in (first, second)} == {files.FilePlace.UPLOAD}
    assert contents(first) == b"coat" and Path(first).name == "coat.png"
    assert len(Path(first).parent.name) > 64 and not (cache / "digest" / "coat.png").exists()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("4711_36%22-coat.png", '4711_36"-coat.png'),
        ("4711_long%0D%0Acoat%0Ablue.png", "4711_long coat blue.png"),
        ("100%25 wool %20 %2F%0d.png", "100%25 wool %20 %2F%0d.png"),
        ("%2522.png", "%2522.png"),
    ],
)
async def test_a_name_is_kept_as_it_was_where_the_browser_encoded_it(
    cache: Path, sent: str, kept: str
) -> None:
    async with uploader(cache) as client:
        [path] = (await client.post(ROUTE, params={"name": sent}, content=b"coat")).json()
    assert Path(path).name == kept and contents(path) == b"coat"


async def test_one_file_named_twice_in_one_upload_is_there(cache: Path) -> None:
    async with uploader(cache) as client:
        first, second = (await client.post(f"{ROUTE}?n=2", content=b"coat")).json()
    assert first == second and contents(first) == b"coat"


async def test_an_upload_that_another_one_took_with_it_is_asked_for_again(cache: Path) -> None:
    async def nothing(_request: Request) -> Response:
        return JSONResponse([str(cache / "digest" / "gone.png")])

    app = PrivateUploads(Starlette(routes=[Route(ROUTE, nothing, methods=["POST"])]))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://page.test") as client:
        answer = await client.post(ROUTE)
    assert answer.status_code == 503 and "again" in answer.text


async def test_a_refused_upload_is_answered_as_it_was(cache: Path) -> None:
    async with uploader(cache) as client:
        answer = await client.post(f"{ROUTE}?too=large")
    assert (answer.status_code, answer.text) == (413, "too large")


def put(cache: Path, name: str) -> Path:
    path = files.new_folder() / name
    path.write_bytes(b"coat")
    return path


def wearing(*paths: Path) -> TryOnRequest:
    garments = tuple(Garment(FilePicture(path)) for path in paths)
    suits = tuple(Suit((garment,)) for garment in garments)
    return TryOnRequest(
        suits or (Suit((Garment(LinkPicture("https://a.example/x.png")),)),), LibraryModel("J")
    )


async def test_with_a_job_go_its_uploads_and_copies_and_nobody_else_s(cache: Path, tmp_path: Path) -> None:
    mine, theirs, sample = put(cache, "a.png"), put(cache, "a.png"), tmp_path / "sample.png"
    sample.write_bytes(b"sample")
    copy, other = files.served(sample, "job-1"), files.served(sample, "job-2")
    known = Uploads()
    known.note("job-1", wearing(mine, sample))
    known.note("job-2", wearing(theirs))
    known.note("job-3", wearing())
    await known.forget(JobDeleted("job-1", "aidge", False, "task", ()))
    await known.forget(JobDeleted("never-seen", "aidge", False, "task", ()))
    assert not mine.parent.exists() and contents(copy) is None
    assert theirs.is_file() and sample.is_file() and contents(other) == b"sample"


async def test_a_link_in_the_cache_leads_no_deletion_out_of_it(cache: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside" / "dear.png"
    outside.parent.mkdir()
    outside.write_bytes(b"dear")
    link = files.new_folder() / "dear.png"
    link.symlink_to(outside)
    known = Uploads()
    known.note("job-1", wearing(link))
    await known.forget(JobDeleted("job-1", "aidge", False, "task", ()))
    assert outside.read_bytes() == b"dear"


def test_what_is_old_goes_and_the_rest_of_the_cache_stays(cache: Path) -> None:
    old, new, other = put(cache, "old.png"), put(cache, "new.png"), cache / "digest" / "other.png"
    other.parent.mkdir()
    other.write_bytes(b"of another app")
    for path in (old, old.parent, other, other.parent):
        os.utime(path, (1.0, 1.0))
    clear_before(time.time() - 60)
    assert not old.parent.exists() and new.is_file() and other.is_file()


def test_what_a_script_mistyped_is_not_repeated(cache: Path) -> None:
    with pytest.raises(InvalidRequest) as refused:
        files.picture_text("htps://shop.example/a.jpg?sig=SENTINEL")
    assert "SENTINEL" not in json.dumps(str(refused.value))


def settings(folder: Path, **env: str) -> Settings:
    return Settings.load({"TRYON_DATA_DIR": str(folder / "data"), **env})


def test_the_data_and_the_database_are_kept_from_being_served_by_path(cache: Path, tmp_path: Path) -> None:
    apart = settings(tmp_path, TRYON_DATABASE_DIR=str(tmp_path / "disk"))
    assert files.never_served(apart) == [str(tmp_path / "data"), str(tmp_path / "disk")]


def test_a_cache_within_the_data_is_served_and_all_beside_it_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "data" / "cache"))
    blocked = files.never_served(settings(tmp_path))
    for kept in ("jobs", "sandbox", ".state-secret", "studio.sqlite", "studio.sqlite-wal"):
        assert str(tmp_path / "data" / kept) in blocked
    assert str(tmp_path / "data") not in blocked


async def test_a_link_into_the_cache_takes_nothing_along_that_lies_around_it(
    cache: Path, tmp_path: Path
) -> None:
    mine, link = put(cache, "a.png"), tmp_path / "own" / "door.png"
    link.parent.mkdir()
    link.symlink_to(mine)
    known = Uploads()
    known.note("job-1", wearing(link))
    await known.forget(JobDeleted("job-1", "aidge", False, "task", ()))
    assert not mine.parent.exists() and link.is_symlink()
