"""The zip of a collection: to the byte, with names and manifests that are right, one picture at a time."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import struct
import tracemalloc
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.core.collections.export.exports import export, figure, picture
from tests.core.images.odd_builds import with_chunks
from tests.core.images.pictures import chunk, saved
from tryon_core import InvalidRequest
from tryon_core.collections.export.ai_label import found_label
from tryon_core.collections.export.contents import Export, ExportGarment
from tryon_core.collections.export.zip_stream import Copies, zip_stream


def opened(chunks: Iterable[bytes]) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(chunks)))


def told(archive: zipfile.ZipFile) -> list[dict[str, object]]:
    return list(json.loads(archive.read("manifest.json"))["pictures"])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_pictures_are_in_the_zip_to_the_byte_under_their_names(tmp_path: Path, kind: str) -> None:
    whole = export(tmp_path, 2, 1, kind=kind)
    archive = opened(zip_stream(whole))
    ending = next(whole.pictures).path.suffix
    names = ["40-0001_Garment-1_Model-1_full-body_1", "40-0001_Garment-1_Model-2_full-body_1"]
    names += ["40-0002_Garment-2_Model-1_full-body_1"]
    files = [f"{name}{ending}" for name in names]
    assert archive.namelist() == [*files, "manifest.csv", "manifest.json"]
    assert [archive.read(name) for name in files] == [one.path.read_bytes() for one in whole.pictures]
    assert archive.testzip() is None
    assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
    assert archive.getinfo(files[0]).date_time == (2026, 5, 28, 20, 26, 40)


def test_every_manifest_says_all_that_is_known_and_the_hashes_are_those_of_the_files(tmp_path: Path) -> None:
    whole = export(tmp_path, 1)
    first = next(whole.pictures)
    refined = replace(first, refined_from="a" * 64, note="a note, with “signs”", live=False, person=True)
    archive = opened(zip_stream(replace(whole, garments=(replace(whole.garments[0], pictures=(refined,)),))))
    (row,) = told(archive)
    assert row == {
        "file": "40-0001_Garment-1_Model-1_full-body_1-refined.jpg",
        "article": "40-0001",
        "garment": "Garment 1",
        "model": "Model 1",
        "view": "full body",
        "n": 1,
        "options": {"count": 4, "trial": False, "version": "standard"},
        "vendor": "A vendor",
        "sandbox": True,
        "task_id": "task-1",
        "request_id": "request-1",
        "made_at": "2026-05-28T20:26:40+00:00",
        "width": 90,
        "height": 120,
        "bytes": first.path.stat().st_size,
        "sha256": first.sha256,
        "sha256_of_file": hashlib.sha256(first.path.read_bytes()).hexdigest(),
        "refined_from": "a" * 64,
        "charged": "Yes",
        "person_photo": True,
        "ai_label": "",
        "digital_source_type": "",
        "note": "a note, with “signs”",
        "chosen": False,
        "votes": [],
    }
    (line,) = csv.DictReader(io.StringIO(archive.read("manifest.csv").decode("utf-8-sig"), newline=""))
    assert list(line) == list(row)
    assert (line["options"], line["sandbox"]) == ("count: 4; trial: False; version: standard", "yes")
    assert (line["width"], line["note"]) == ("90", "a note, with “signs”")


def test_a_table_opens_in_excel_with_its_letters_and_without_formulas(tmp_path: Path) -> None:
    evil = ["=HYPERLINK(0)", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", "连帽衫"]
    pictures = [picture(tmp_path, saved(figure(), "PNG"), f"{n}.png", note=x) for n, x in enumerate(evil)]
    raw = opened(zip_stream(Export("", (ExportGarment("", "", tuple(pictures)),), 0.0))).read("manifest.csv")
    assert raw.startswith(b"\xef\xbb\xbffile,") and raw.count(b"\r\n") == len(evil) + 1
    lines = csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    assert [line["note"] for line in lines] == [*(f"'{text}" for text in evil[:-1]), "连帽衫"]


def test_sizes_and_checksums_stand_before_each_file_where_every_reader_looks(tmp_path: Path) -> None:
    data = b"".join(zip_stream(export(tmp_path, 3)))
    for info in zipfile.ZipFile(io.BytesIO(data)).infolist():
        head = struct.unpack_from("<4s5H3I2H", data, info.header_offset)
        signature, _, flags, method, _, _, checksum, packed, size, _, _ = head
        assert (signature, flags & 0x08, method) == (b"PK\x03\x04", 0, 0)
        assert (checksum, packed, size) == (info.CRC, info.file_size, info.file_size)


def test_a_zip_beyond_the_old_limits_is_written_in_the_large_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = export(tmp_path, 3)
    with monkeypatch.context() as patched:
        patched.setattr(zipfile, "ZIP64_LIMIT", 1000)
        data = b"".join(zip_stream(whole))
    assert b"PK\x06\x06" in data and b"PK\x06\x07" in data
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None and len(archive.namelist()) == 5


def test_names_of_every_script_come_through(tmp_path: Path) -> None:
    one = picture(tmp_path, saved(figure(), "PNG"), "x.png", garment="连帽衫 Größe", article="")
    archive = opened(zip_stream(Export("", (ExportGarment("", "", (one,)),), 0.0), "{garment}"))
    assert archive.namelist()[0] == "连帽衫-Größe.png" and archive.infolist()[0].flag_bits & 0x800


def test_four_hundred_pictures_take_no_more_memory_than_forty(tmp_path: Path) -> None:
    data = saved(figure(), "PNG")
    heavy = with_chunks(data, chunk(b"prVt", bytes(500_000)))
    one = picture(tmp_path, heavy, "x.png")
    peaks = []
    for count in (40, 400):
        whole = Export("", (ExportGarment("", "", (one,) * count),), 0.0)
        tracemalloc.start()
        total = sum(map(len, zip_stream(whole, "{n}")))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert total > count * len(heavy)
    assert peaks[1] < peaks[0] + 2_000_000 < 8_000_000


def test_a_picture_that_was_cleared_away_in_the_meantime_is_left_out_and_said(tmp_path: Path) -> None:
    whole = export(tmp_path, 3)
    stream = zip_stream(whole)
    chunks = [next(stream)]
    list(whole.pictures)[1].path.unlink()
    archive = opened([*chunks, *stream])
    assert archive.testzip() is None and len(archive.namelist()) == 4
    assert [bool(row["file"]) for row in told(archive)] == [True, False, True]


def test_copies_carry_the_label_and_the_manifest_has_both_hashes(tmp_path: Path) -> None:
    whole = export(tmp_path, 1)
    first = next(whole.pictures)
    original = first.path.read_bytes()
    archive = opened(zip_stream(whole, copies=Copies.LABELLED))
    copy = archive.read(archive.namelist()[0])
    found = found_label(copy)
    assert found is not None and found.source_type == "trainedAlgorithmicMedia"
    (row,) = told(archive)
    assert (row["sha256"], row["sha256_of_file"]) == (first.sha256, hashlib.sha256(copy).hexdigest())
    assert (row["ai_label"], row["digital_source_type"]) == ("written", "trainedAlgorithmicMedia")
    assert first.path.read_bytes() == original and hashlib.sha256(original).hexdigest() == first.sha256


def test_a_label_that_the_maker_wrote_is_said_of_originals_too(tmp_path: Path) -> None:
    manifest = b"jumb c2pa http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    data = with_chunks(saved(figure(), "PNG"), chunk(b"caBX", manifest))
    whole = Export("", (ExportGarment("", "", (picture(tmp_path, data, "x.png"),)),), 0.0)
    for copies in Copies:
        archive = opened(zip_stream(whole, copies=copies))
        assert archive.read(archive.namelist()[0]) == data
        assert told(archive)[0]["ai_label"] == "signed"


def test_a_collection_without_pictures_is_a_zip_of_manifests(tmp_path: Path) -> None:
    archive = opened(zip_stream(Export("Empty", (), 0.0)))
    assert archive.namelist() == ["manifest.csv", "manifest.json"] and told(archive) == []


def test_a_pattern_that_will_not_do_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest):
        zip_stream(export(tmp_path, 1), "{nobody}")
