"""A collection made on the sandbox, and all the files that can be had of it."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from tests.contract.test_unclear_ends import ANN, house
from tests.core import fakes
from tests.core.collections.making import done, garment
from tests.sandbox.box import TinyRenderer, photo
from tryon_core import (
    Collection,
    CollectionOptions,
    Copies,
    Cover,
    Download,
    LibraryModel,
    NewCollection,
    NewModel,
    OwnPhotos,
    PersonGender,
    Studio,
    Which,
    label_in,
)
from tryon_sandbox import TryOnInput

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
COVER = Cover("Autumn 26: first drop", "The buying team", "zh")


class Renderer(TinyRenderer):
    """Makes pictures that differ, large enough to be refined."""

    def dress(self, inputs: TryOnInput) -> bytes:
        self.seen.append(inputs)
        return photo(200, 240 + len(self.seen))


def new(folder: Path) -> NewCollection:
    person = fakes.file(folder, "anna.png", photo(300, 400))
    columns = NewModel(LibraryModel("James")), NewModel(OwnPhotos((person,)), "Anna")
    return NewCollection((garment(folder, "4711_hoodie"),), columns, CollectionOptions(count=2))


async def made(studio: Studio, folder: Path) -> Collection:
    """A garment on a model and on a person; the first picture of each is chosen, noted and refined."""
    ended = await done(studio, await studio.collections.create(new(folder), visitor=ANN))
    for cell in ended.cells:
        assert cell.job is not None
        whose = ended.id, cell.job.id, 1
        await studio.collections.choose(*whose, chosen=True, visitor=ANN)
        await studio.collections.note(*whose, "Good", visitor=ANN)
    await studio.collections.refine_chosen(ended.id, gender=PersonGender.WOMAN, visitor=ANN)
    return await done(studio, ended)


def whole(download: Download) -> bytes:
    return b"".join(download.chunks)


def told(data: bytes) -> list[dict[str, object]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return list(json.loads(archive.read("manifest.json"))["pictures"])


async def test_a_collection_of_the_sandbox_is_handed_over_in_every_form(tmp_path: Path) -> None:
    async with house(tmp_path, Renderer()) as at:
        shown = await made(at.studio, tmp_path)
        exports = at.studio.collections.export
        originals = whole(await exports.zip(shown.id, visitor=ANN, which=Which.ALL))
        copies = whole(await exports.zip(shown.id, visitor=ANN, copies=Copies.LABELLED, cover=COVER))
        page = await exports.lookbook_page(shown.id, visitor=ANN, cover=COVER)
        book = await exports.lookbook(shown.id, visitor=ANN, cover=COVER)
        sheet = await exports.contact_sheet(shown.id, visitor=ANN, cover=COVER)
    assert (page.name, book.name, sheet.name) == tuple(
        f"Autumn-26-first-drop.{ending}" for ending in ("html", "pdf", "jpg")
    )
    saved = {one.sha256: one for cell in shown.cells if cell.job for one in cell.job.pictures}
    better = {one.sha256: one for made in shown.refinements if made.job for one in made.job.pictures}
    rows = told(originals)
    assert {row["sha256"] for row in rows} == set(saved) | set(better)
    assert all(row["sha256"] == row["sha256_of_file"] and row["sandbox"] and row["task_id"] for row in rows)
    names = [str(row["file"]) for row in rows]
    assert names[:3] == [
        "4711_Hoodie_James_full-body_1.png",
        "4711_Hoodie_James_full-body_1-refined.png",
        "4711_Hoodie_James_full-body_2.png",
    ]
    assert {row["note"] for row in rows} == {"Good", ""}
    chosen = told(copies)
    assert [bool(row["refined_from"]) for row in chosen] == [False, True] * 2
    assert all(row["refined_from"] in saved for row in chosen[1::2])
    kinds = {row["model"]: row["digital_source_type"] for row in chosen}
    assert kinds == {"James": "trainedAlgorithmicMedia", "Anna": "compositeWithTrainedAlgorithmicMedia"}
    assert "全身" in str(chosen[0]["file"]) and chosen[0]["view"] == "全身"
    with zipfile.ZipFile(io.BytesIO(copies)) as archive:
        for row in chosen:
            copy = archive.read(str(row["file"]))
            one = (saved | better)[str(row["sha256"])]
            assert hashlib.sha256(one.path.read_bytes()).hexdigest() == row["sha256"]
            with Image.open(io.BytesIO(copy)) as after, Image.open(one.path) as before:
                assert (after.size, after.tobytes()) == (before.size, before.tobytes())
            (tmp_path / "copy").write_bytes(copy)
            assert label_in(tmp_path / "copy") is not None and label_in(one.path) is None
    text = whole(page).decode()
    assert text.count("<section") == 2 and text.count("<td>是</td>") == 2 and "<td>否</td>" not in text
    pdf = whole(book)
    assert pdf.startswith(b"%PDF-") and b"/Count 2" in pdf
    with Image.open(io.BytesIO(whole(sheet))) as image:
        assert image.format == "JPEG"
