"""What is handed over of a collection, over HTTP, with the real studio behind it."""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.core.collections.making import done, rail
from tests.core.fakes import JumpingClock, ScriptedVendors, finished
from tests.core.test_studio import ANN, BEN, open_house
from tryon_core import Collection, CollectionNotFound, PersonGender, Studio
from tryon_core.collections.tickets import GOOD_FOR_S, Tickets
from tryon_core.secret import Secret
from tryon_ui.collection.handing_over import FILES, panel_html
from tryon_ui.serving.gate.guard import guarded
from tryon_ui.serving.gate.uploads import UploadRoom
from tryon_ui.serving.routes.download_routes import download_routes

pytestmark = pytest.mark.anyio
ID = "0123456789" * 4


class Pieces:
    """Keeps how an answer left the app, piece by piece."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.sent: list[bytes] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def kept(message: Message) -> None:
            self.sent.append(message.get("body", b""))
            await send(message)

        await self._app(scope, receive, kept)


@asynccontextmanager
async def downloads(folder: Path) -> AsyncIterator[tuple[httpx.AsyncClient, Studio, Collection]]:
    """A browser, and Ann's collection of a garment on two models."""
    async with open_house(folder, ScriptedVendors(queries=[finished("a.png")])) as studio:
        made = await studio.collections.create(rail(folder, garments=1), visitor=ANN)
        collection = await done(studio, made)
        inner = Starlette(routes=download_routes(studio))
        app = guarded(inner, UploadRoom(folder / "room"), public_urls=lambda: ())
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as browser:
            yield browser, studio, collection


async def test_every_file_of_the_dialog_is_handed_over_under_a_name_of_its_own(tmp_path: Path) -> None:
    begins = {"zip": b"PK", "lookbook": b"%PDF", "page": b"<!doctype html>", "sheet": b"\xff\xd8"}
    async with downloads(tmp_path) as (browser, studio, collection):
        ticket = await studio.collections.ticket(collection.id, visitor=ANN)
        panel = panel_html(collection, ticket)
        names = set()
        for name, file in FILES.items():
            assert f"/export/{ticket}/{file}" in panel
            answer = await browser.get(f"/gradio_api/ext/export/{ticket}/{file}?which=all")
            assert answer.status_code == 200 and answer.content[:15].lower().startswith(begins[name].lower())
            assert answer.headers["cache-control"] == "private, no-store"
            names.add(answer.headers["content-disposition"])
    assert len(names) == len(FILES) and all(name.startswith("attachment; ") for name in names)


async def test_a_zip_has_the_pictures_as_they_were_served_under_the_names_asked_for(tmp_path: Path) -> None:
    async with downloads(tmp_path) as (browser, studio, collection):
        ticket = await studio.collections.ticket(collection.id, visitor=ANN)
        where = f"/gradio_api/ext/export/{ticket}/zip"
        answer = await browser.get(where, params={"which": "all", "pattern": "{model}-{n}"})
        archive = zipfile.ZipFile(io.BytesIO(answer.content))
        pictures = [picture for cell in collection.cells if cell.job for picture in cell.job.pictures]
        assert [name for name in archive.namelist() if name.endswith(".png")] == [
            "Model-1-1.png",
            "Model-2-1.png",
        ]
        assert archive.read("Model-1-1.png") == pictures[0].path.read_bytes()
        assert {"manifest.csv", "manifest.json"} < set(archive.namelist())
        wrong = await browser.get(where, params={"which": "all", "pattern": "{price}"})
        assert wrong.status_code == 400 and "{price}" in wrong.text
        told = await browser.get(where, params={"check": "1", "pattern": "{price}"})
        assert (told.status_code, told.text) == (400, wrong.text)
        assert (await browser.get(where, params={"check": "1", "pattern": "{n}"})).status_code == 204
        nothing = await browser.get(where)
        assert nothing.status_code == 400 and "chosen" in nothing.text.lower()


async def test_a_zip_leaves_as_its_pictures_are_read_behind_a_path_prefix_too_and_no_log_has_its_ticket(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with downloads(tmp_path) as (_, studio, collection):
        ticket = await studio.collections.ticket(collection.id, visitor=ANN)
        pictures = [picture for cell in collection.cells if cell.job for picture in cell.job.pictures]
        for picture in pictures:  # large enough that one which is gathered shows
            picture.path.write_bytes(picture.path.read_bytes() + bytes(200_000))
        pieces = Pieces(
            guarded(Starlette(routes=download_routes(studio)), UploadRoom(tmp_path), public_urls=lambda: ())
        )
        transport = httpx.ASGITransport(pieces, root_path="/shop")
        with caplog.at_level(logging.DEBUG):
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as browser:
                where = f"/shop/gradio_api/ext/export/{ticket}/zip"
                answer = await browser.get(where, params={"which": "all"})
                await browser.get(f"{where}x")
    assert answer.status_code == 200 and zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
    assert "content-length" not in answer.headers
    assert max(map(len, pieces.sent)) < 300_000 < len(answer.content)
    assert not any(ticket in entry.getMessage() for entry in caplog.records if entry.name != "httpx")


async def test_nobody_else_gets_a_ticket_and_no_other_word_is_one(tmp_path: Path) -> None:
    async with downloads(tmp_path) as (browser, studio, collection):
        with pytest.raises(CollectionNotFound):
            await studio.collections.ticket(collection.id, visitor=BEN)
        ticket = await studio.collections.ticket(collection.id, visitor=ANN)
        other = f"{collection.id[:-1]}0{ticket[40:]}"
        for wrong in (collection.id, other, ticket[:-1], f"{ticket}0"):
            answer = await browser.get(f"/gradio_api/ext/export/{wrong}/zip?which=all")
            assert answer.status_code == (200 if wrong == ticket else 404)
        assert (await browser.get(f"/gradio_api/ext/export/{ticket}/x")).status_code == 404


def test_a_ticket_is_over_after_an_hour_and_another_installation_knows_it_not() -> None:
    clock = JumpingClock()
    tickets = Tickets(Secret("one"), clock)
    ticket = tickets.issue(ID)
    assert tickets.collection_of(ticket) == ID
    with pytest.raises(CollectionNotFound):
        Tickets(Secret("two"), clock).collection_of(ticket)
    clock.time += GOOD_FOR_S
    with pytest.raises(CollectionNotFound):
        tickets.collection_of(ticket)


async def test_the_dialog_counts_the_refined_pictures_that_come_along(tmp_path: Path) -> None:
    vendors = ScriptedVendors(queries=[finished("a.png")])
    async with open_house(tmp_path, vendors) as studio:
        made = await done(studio, await studio.collections.create(rail(tmp_path, garments=1), visitor=ANN))
        assert "refined" not in panel_html(made, "ticket")
        job = made.pictures[0][0]
        await studio.collections.choose(made.id, job.id, 1, chosen=True, visitor=ANN)
        begun = await studio.collections.refine_chosen(made.id, gender=PersonGender.MAN, visitor=ANN)
        panel = panel_html(await done(studio, begun), "ticket")
    assert "<span>1 chosen + 1 refined</span>" in panel and "<span>All 2 pictures + 1 refined</span>" in panel
    assert "Refined pictures come along" in panel
