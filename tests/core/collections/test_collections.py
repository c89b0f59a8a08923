"""Collections on the real engine and ledger, with a vendor that answers by a script."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tests.core import fakes
from tests.core.collections.making import done, garment, rail
from tests.core.fakes import ScriptedVendors, finished
from tests.core.test_studio import ANN, BEN, open_house
from tryon_core import (
    CellState,
    CollectionNotFound,
    Garment,
    InvalidRequest,
    LinkPicture,
    NewCollection,
    NewGarment,
    Suit,
    TryOnRequest,
    disk,
)
from tryon_core.errors import DiskFull

pytestmark = pytest.mark.anyio


def one_picture() -> ScriptedVendors:
    return ScriptedVendors(queries=[finished("a.png")])


async def test_every_cell_becomes_a_job_of_its_own_with_its_garment_and_model(tmp_path: Path) -> None:
    async with open_house(tmp_path, vendors := one_picture()) as studio:
        made = await studio.collections.create(rail(tmp_path), visitor=ANN)
        assert [cell.state for cell in made.cells] == [CellState.WAITING] * 4
        assert [cell.place for cell in made.cells] == [1, 2, 3, 4]
        ended = await done(studio, made)
        jobs = await studio.jobs(visitor=ANN)
    assert ended.totals.succeeded == 4 and ended.totals.pictures == ended.totals.expected == 4
    assert {job.id for job in jobs} == {cell.job.id for cell in ended.cells if cell.job}
    assert {job.collection_id for job in jobs} == {made.id} and len(vendors.sent) == 4
    assert [cell.job.title for cell in ended.cells if cell.job] == [
        "Shirt on Model 1",
        "Shirt on Model 2",
        "Shirt on Model 1",
        "Shirt on Model 2",
    ]
    for cell in ended.cells:
        assert cell.job and isinstance(cell.job.request, TryOnRequest)
        column = next(model for model in ended.models if model.id == cell.model_id)
        assert cell.job.request.model == column.model


async def test_names_and_article_numbers_come_from_the_files(tmp_path: Path) -> None:
    new = rail(tmp_path, garments=1, models=1)
    named = NewGarment(new.garments[0].suit, "Blouse", "B 7")
    async with open_house(tmp_path, one_picture()) as studio:
        made = await studio.collections.create(
            NewCollection((*new.garments, named), new.models, new.options), visitor=ANN
        )
        await done(studio, made)
    assert [(row.name, row.article) for row in made.garments] == [("Shirt", "471"), ("Blouse", "B 7")]
    assert made.models[0].name == "Model 1" and made.name == "Shirt and Blouse"


async def test_nobody_else_sees_a_collection(tmp_path: Path) -> None:
    async with open_house(tmp_path, one_picture()) as studio:
        made = await studio.collections.create(rail(tmp_path, 1, 1), visitor=ANN)
        await done(studio, made)
        assert await studio.collections.list(visitor=BEN) == ()
        with pytest.raises(CollectionNotFound):
            await studio.collections.get(made.id, visitor=BEN)
        with pytest.raises(CollectionNotFound):
            await studio.collections.at(made.address, visitor=BEN)
        assert (await studio.collections.at(made.address, visitor=ANN)).id == made.id
        (listed,) = await studio.collections.list(visitor=ANN)
    assert (listed.id, listed.cells, listed.waiting, len(listed.job_ids)) == (made.id, 1, 0, 1)


async def test_a_job_that_was_deleted_is_none_of_its_collections_jobs(tmp_path: Path) -> None:
    async with open_house(tmp_path, one_picture()) as studio:
        made = await done(studio, await studio.collections.create(rail(tmp_path, 1, 2), visitor=ANN))
        first, second = (cell.job.id for cell in made.cells if cell.job)
        await studio.gallery.delete(first, visitor=ANN)
        (listed,) = await studio.collections.list(visitor=ANN)
        assert (listed.cells, listed.jobs, listed.job_ids) == (2, 1, (second,))


async def test_one_picture_that_cannot_be_used_refuses_all_and_keeps_nothing(tmp_path: Path) -> None:
    new = rail(tmp_path, 1, 2)
    broken = garment(tmp_path, "broken")
    (tmp_path / "broken.png").write_bytes(b"no picture")
    async with open_house(tmp_path, vendors := one_picture()) as studio:
        with pytest.raises(InvalidRequest, match="Garment 2"):
            await studio.collections.create(
                NewCollection((*new.garments, broken), new.models, new.options), visitor=ANN
            )
        assert await studio.collections.list(visitor=ANN) == () and vendors.sent == []
        assert not list((tmp_path / "data" / "collections").glob("*"))


async def test_pictures_of_collections_count_for_the_room_that_a_stranger_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, public = rail(tmp_path, 2, 1), {"TRYON_PUBLIC_URL": "https://studio.test"}
    each = (tmp_path / "471_shirt.png").stat().st_size
    monkeypatch.setattr(disk, "PER_STRANGER", 2.5 * each)
    monkeypatch.setattr(disk, "RESERVE", {True: 0, False: 0})
    async with open_house(tmp_path, one_picture(), **public) as studio:
        monkeypatch.setattr(studio._container.cells, "put", lambda cells: None)
        made = await studio.collections.create(new, visitor=ANN)
        with pytest.raises(DiskFull):
            await studio.collections.add(made.id, garments=[garment(tmp_path, "coat", 9)], visitor=ANN)
        assert len((await studio.collections.get(made.id, visitor=ANN)).garments) == 2
        await studio.collections.create(new, visitor=BEN)


async def test_a_double_click_is_one_collection(tmp_path: Path) -> None:
    new = rail(tmp_path, 2, 2)
    async with open_house(tmp_path, vendors := one_picture()) as studio:
        first = await studio.collections.create(new, visitor=ANN)
        second = await studio.collections.create(new, visitor=ANN)
        await done(studio, first)
    assert first.id == second.id and len(vendors.sent) == 4


async def test_a_start_takes_up_what_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new = rail(tmp_path, 2, 2)
    async with open_house(tmp_path, one_picture()) as studio:
        monkeypatch.setattr(studio._container.cells, "put", lambda cells: None)
        made = await studio.collections.create(new, visitor=ANN)
    async with open_house(tmp_path, vendors := one_picture()) as studio:
        ended = await done(studio, made)
    assert ended.totals.succeeded == len(vendors.sent) == 4


async def test_pictures_of_a_link_are_fetched_once_for_all_cells(tmp_path: Path) -> None:
    fetched = list[str]()

    def serve(request: httpx.Request) -> httpx.Response:
        fetched.append(str(request.url))
        return fakes.serve_any(request)

    new = rail(tmp_path, 1, 3)
    linked = NewGarment(Suit((Garment(LinkPicture("https://shop.test/4712_blue-coat.png")),)))
    async with open_house(tmp_path, ScriptedVendors(queries=[finished("a.png")], serve=serve)) as studio:
        made = await studio.collections.create(NewCollection((linked,), new.models, new.options), visitor=ANN)
        await done(studio, made)
    assert (made.garments[0].name, made.garments[0].article) == ("Blue coat", "4712")
    assert [url for url in fetched if "shop.test" in url] == ["https://shop.test/4712_blue-coat.png"]
