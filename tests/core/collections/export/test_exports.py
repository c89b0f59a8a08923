"""What can be had of a collection, by whom, and what is said where there is nothing."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest

from tests.core import fakes
from tests.core.collections.making import ONE_EACH, done, rail
from tests.core.fakes import JumpingClock, ScriptedVendors, finished
from tests.core.test_studio import ANN, BEN, open_house
from tryon_core import (
    Collection,
    CollectionNotFound,
    Garment,
    GarmentType,
    InvalidRequest,
    LibraryModel,
    NewCollection,
    NewGarment,
    NewModel,
    NewShare,
    Studio,
    Suit,
    Verdict,
    Which,
    usual_name,
)
from tryon_core.collections.export import exports
from tryon_core.collections.export.of_collection import Cover, export_of

pytestmark = pytest.mark.anyio


def two_pictures() -> ScriptedVendors:
    return ScriptedVendors(queries=[finished("a.png", "b.png")])


async def made(studio: Studio, folder: Path) -> Collection:
    return await done(studio, await studio.collections.create(rail(folder, count=2), visitor=ANN))


async def test_all_or_the_chosen_are_had_in_the_order_of_garments_and_models(tmp_path: Path) -> None:
    async with open_house(tmp_path, two_pictures()) as studio:
        shown = await made(studio, tmp_path)
        last = shown.cells[-1].job
        assert last is not None
        await studio.collections.choose(shown.id, last.id, 2, chosen=True, visitor=ANN)
        rows, columns = [one.id for one in shown.garments], [one.id for one in shown.models]
        await studio.collections.reorder(shown.id, garments=rows[::-1], models=columns[::-1], visitor=ANN)
        shown = await studio.collections.get(shown.id, visitor=ANN)
    found = list(export_of(shown, Which.ALL, Cover(), 0.0).pictures)
    assert [(one.article, one.model, one.n) for one in found] == [
        (article, model, n) for article in ("472", "471") for model in ("Model 2", "Model 1") for n in (1, 2)
    ]
    (only,) = export_of(shown, Which.CHOSEN, Cover(), 0.0).pictures
    assert (only.article, only.model, only.n) == ("472", "Model 2", 2)


async def test_of_an_outfit_both_photos_are_handed_over(tmp_path: Path) -> None:
    photos = [fakes.file(tmp_path, f"{name}.png", fakes.picture(seed=3)) for name in ("shirt", "jeans")]
    kinds = GarmentType.TOPS, GarmentType.BOTTOMS
    outfit = Suit(tuple(Garment(photo, kind) for photo, kind in zip(photos, kinds, strict=True)))
    new = NewCollection((NewGarment(outfit),), (NewModel(LibraryModel("James")),), ONE_EACH)
    async with open_house(tmp_path, two_pictures()) as studio:
        shown = await done(studio, await studio.collections.create(new, visitor=ANN))
        (row,) = export_of(shown, Which.ALL, Cover(), 0.0).garments
        assert [photo.read_bytes() for photo in row.photos] == [one.path.read_bytes() for one in photos]
        row.photos[0].unlink()
        (row,) = export_of(shown, Which.ALL, Cover(), 0.0).garments
        assert len(row.photos) == 1


async def test_what_has_some_of_the_garments_is_called_by_those(tmp_path: Path) -> None:
    async with open_house(tmp_path, two_pictures()) as studio:
        shown = await made(studio, tmp_path)
        last = shown.cells[-1].job
        assert last is not None
        await studio.collections.choose(shown.id, last.id, 2, chosen=True, visitor=ANN)
        usual = await studio.collections.rename(
            shown.id, usual_name([row.name for row in shown.garments]), visitor=ANN
        )
        named = await studio.collections.rename(shown.id, "Autumn", visitor=ANN)
    assert export_of(usual, Which.ALL, Cover(), 0.0).title == usual.name
    assert export_of(usual, Which.CHOSEN, Cover(), 0.0).title == usual.garments[-1].name
    assert export_of(named, Which.CHOSEN, Cover(), 0.0).title == "Autumn"


async def test_nothing_is_had_of_somebody_elses_collection_or_of_none(tmp_path: Path) -> None:
    async with open_house(tmp_path, two_pictures()) as studio:
        shown = await made(studio, tmp_path)
        exports = studio.collections.export
        for get in (exports.zip, exports.lookbook, exports.lookbook_page, exports.contact_sheet):
            with pytest.raises(CollectionNotFound):
                await get(shown.id, visitor=BEN, which=Which.ALL)
            with pytest.raises(CollectionNotFound):
                await get("0" * 40, visitor=ANN, which=Which.ALL)
            with pytest.raises(InvalidRequest, match="none that is chosen"):
                await get(shown.id, visitor=ANN)


async def test_pictures_that_were_cleared_away_are_left_out_and_none_left_is_said(tmp_path: Path) -> None:
    async with open_house(tmp_path, two_pictures()) as studio:
        shown = await made(studio, tmp_path)
        first, *others = [one.path for cell in shown.cells if cell.job for one in cell.job.pictures]
        for path in others:
            path.unlink()
        download = await studio.collections.export.zip(shown.id, visitor=ANN, which=Which.ALL, pattern="{n}")
        with zipfile.ZipFile(io.BytesIO(b"".join(download.chunks))) as archive:
            assert archive.namelist() == ["1.png", "manifest.csv", "manifest.json"]
        first.unlink()
        with pytest.raises(InvalidRequest, match="none yet"):
            await studio.collections.export.zip(shown.id, visitor=ANN, which=Which.ALL)
        with pytest.raises(InvalidRequest):
            await studio.collections.export.zip(shown.id, visitor=ANN, which=Which.ALL, pattern="{x}")


async def test_the_manifest_tells_which_pictures_are_chosen(tmp_path: Path) -> None:
    async with open_house(tmp_path, two_pictures()) as studio:
        shown = await made(studio, tmp_path)
        job = shown.pictures[1][0]
        await studio.collections.choose(shown.id, job.id, 2, chosen=True, visitor=ANN)
        download = await studio.collections.export.zip(shown.id, visitor=ANN, which=Which.ALL, pattern="{n}")
        with zipfile.ZipFile(io.BytesIO(b"".join(download.chunks))) as archive:
            rows = json.loads(archive.read("manifest.json"))["pictures"]
    assert [row["chosen"] for row in rows].count(True) == 1
    assert [row["n"] for row in rows if row["chosen"]] == [2]


async def test_the_manifest_tells_what_was_said_of_each_picture_under_links(tmp_path: Path) -> None:
    clock = JumpingClock()
    async with open_house(tmp_path, two_pictures(), clock) as studio:
        shown = await made(studio, tmp_path)
        shares = studio.collections.shares
        for name, verdict, word in (("=Tom", Verdict.YES, "good drape"), ("Ida", Verdict.NO, "")):
            await clock.sleep(1.0)  # one after the other
            link = await shares.create(shown.id, NewShare(), visitor=ANN)
            await shares.introduce(link.token, name, reviewer="a browser")
            await shares.vote(link.token, 2, verdict, word, reviewer="a browser")
        job = shown.pictures[0][0]
        owns = await studio.collections.ticket(shown.id, visitor=ANN)
        for export in (studio.collections.export, studio.collections.export_by(owns)[1]):
            download = await export.zip(shown.id, visitor=ANN, which=Which.ALL, pattern="{n}")
            with zipfile.ZipFile(io.BytesIO(b"".join(download.chunks))) as archive:
                rows = json.loads(archive.read("manifest.json"))["pictures"]
                table = archive.read("manifest.csv").decode("utf-8-sig")
            said = [row["votes"] for row in rows]
            tom = {"by": "=Tom", "vote": "yes", "word": "good drape"}
            assert said == [[], [tom, {"by": "Ida", "vote": "no", "word": ""}], *[[]] * (len(rows) - 2)]
            assert rows[1]["task_id"] == job.task_id and rows[1]["n"] == 2
            lines = [line["votes"] for line in csv.DictReader(io.StringIO(table, newline=""))]
            assert lines == ["", "'=Tom: yes, good drape; Ida: no", *[""] * (len(rows) - 2)]


async def test_a_long_name_of_a_collection_is_a_name_of_a_file(tmp_path: Path) -> None:
    async with open_house(tmp_path, two_pictures()) as studio:
        shown = await made(studio, tmp_path)
        await studio.collections.rename(shown.id, "Herbst/Winter: 26 ", visitor=ANN)
        download = await studio.collections.export.zip(shown.id, visitor=ANN, which=Which.ALL)
    assert (download.name, download.media_type) == ("Herbst-Winter-26.zip", "application/zip")


async def test_what_is_made_as_a_whole_is_refused_where_it_would_take_all_memory_and_the_rest_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_house(tmp_path, two_pictures()) as studio:
        shown = await made(studio, tmp_path)
        size = sum(one.size for _, one in shown.pictures)
        monkeypatch.setattr(exports, "MOST_IN_PDF", size - 1)
        monkeypatch.setattr(exports, "MOST_ON_SHEET", len(shown.pictures) - 1)
        for get, said in (
            (studio.collections.export.lookbook, "HTML"),
            (studio.collections.export.contact_sheet, "at most 7"),
        ):
            with pytest.raises(InvalidRequest, match=said):
                await get(shown.id, visitor=ANN, which=Which.ALL)
        for stream in (studio.collections.export.zip, studio.collections.export.lookbook_page):
            assert b"".join((await stream(shown.id, visitor=ANN, which=Which.ALL)).chunks)
        monkeypatch.undo()
        assert await studio.collections.export.lookbook(shown.id, visitor=ANN, which=Which.ALL)
