"""The AI label: in all three kinds, read by a program that is not ours, with no pixel touched."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import struct
import subprocess
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from tests.core.images.odd_builds import (
    all_builds,
    orientation,
    segment,
    with_chunks,
    with_riff,
    with_segments,
)
from tests.core.images.odd_files import scene
from tests.core.images.pictures import chunk, saved
from tryon_core import in_language
from tryon_core.collections.export.ai_label import (
    LabelState,
    SourceLabel,
    SourceType,
    found_label,
    labelled,
)
from tryon_core.collections.export.label_words import label_in
from tryon_core.images.xmp import NotWritable, with_xmp, xmp_of

KINDS = ["JPEG", "PNG", "WEBP"]
LABEL = SourceLabel(SourceType.GENERATED, "A vendor & “Sons” <x>", 1_780_000_000.0)
ON_A_PERSON = SourceLabel(SourceType.COMPOSITE, "A vendor", 1_780_000_000.0)
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
EDITED = (
    f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {RDF}><rdf:Description rdf:about="a"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
    ' xmp:CreatorTool="an editor" dc:format="image/x"/></rdf:RDF></x:xmpmeta>'
)
IPTC = 'xmlns:e="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
THEIRS = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"
MANIFEST = (
    b"\0\0\0\x40jumb\0\0\0\x1ejumdc2pa\0\x11\0\x10\x80\0\0\xaa\0\x38\x9bq\3c2pa\0digitalSourceType\x78\x46"
)
SIGNED = MANIFEST + b"http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


def exiftool(path: Path) -> dict[str, str]:
    if shutil.which("exiftool") is None:
        if os.environ.get("CI"):
            pytest.fail("no exiftool on this machine, and in CI its tests must run")
        pytest.skip("no exiftool on this machine: tests/exiftool.sh installs it")
    read = subprocess.run(
        ["exiftool", "-json", "-validate", "-all", "-G1", "-s", str(path)],
        capture_output=True,
        check=True,
    )
    told: dict[str, str] = json.loads(read.stdout)[0]
    return told


def xmp_chunk(packet: str) -> bytes:
    return chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet.encode())


def same_pixels(before: bytes, after: bytes) -> bool:
    with Image.open(io.BytesIO(before)) as one, Image.open(io.BytesIO(after)) as other:
        if (one.mode, one.size, one.info.get("icc_profile")) != (
            other.mode,
            other.size,
            other.info.get("icc_profile"),
        ):
            return False
        return ImageChops.difference(one.convert("RGBA"), other.convert("RGBA")).getbbox() is None


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L"])
@pytest.mark.parametrize("kind", KINDS)
def test_another_program_reads_the_label_and_the_pixels_are_the_same(
    tmp_path: Path, kind: str, mode: str
) -> None:
    data = saved(scene().convert("L" if (kind, mode) == ("JPEG", "RGBA") else mode), kind)
    before = hashlib.sha256(data).hexdigest()
    copy = labelled(data, LABEL)
    assert copy.state is LabelState.WRITTEN and copy.source_type == "trainedAlgorithmicMedia"
    assert same_pixels(data, copy.data) and hashlib.sha256(data).hexdigest() == before
    path = tmp_path / "copy"
    path.write_bytes(copy.data)
    told = exiftool(path)
    assert (
        told["XMP-iptcExt:DigitalSourceType"].endswith("/trainedAlgorithmicMedia")
        and "ExifTool:Warning" not in told
    )
    assert told["XMP-xmp:CreatorTool"] == LABEL.vendor
    assert told["XMP-xmp:CreateDate"].startswith("2026:05:28")


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_on_a_real_persons_photo_is_a_composite(kind: str) -> None:
    copy = labelled(saved(scene(), kind), ON_A_PERSON)
    assert copy.source_type == "compositeWithTrainedAlgorithmicMedia"
    assert found_label(copy.data) == labelled(copy.data, LABEL)


@pytest.mark.parametrize("kind", KINDS)
def test_a_label_is_written_once_and_then_found(kind: str) -> None:
    first = labelled(saved(scene(), kind), LABEL)
    second = labelled(first.data, ON_A_PERSON)
    assert (second.data, second.state) == (first.data, LabelState.FOUND)
    assert second.source_type == first.source_type


@pytest.mark.parametrize("kind", KINDS)
def test_a_lossless_picture_without_alpha_and_one_with_odd_sides_are_labelled(kind: str) -> None:
    lossless = {"lossless": True} if kind == "WEBP" else {}
    for size in ((1, 1), (37, 21), (256, 3)):
        data = saved(scene(size=size), kind, **lossless)
        copy = labelled(data, LABEL)
        assert copy.state is LabelState.WRITTEN and same_pixels(data, copy.data)


def signed() -> list[bytes]:
    jumbf = b"JP\0\1\0\0\0\1" + SIGNED
    halves = [b"JP\0\1\0\0\0\1" + SIGNED[:80], b"JP\0\1\0\0\0\2" + SIGNED[:8] + SIGNED[80:]]
    jpeg = saved(scene(), "JPEG")
    return [
        with_segments(jpeg, segment(0xEB, jumbf)),
        with_segments(jpeg, *(segment(0xEB, half) for half in halves)),
        with_chunks(saved(scene(), "PNG"), chunk(b"caBX", SIGNED)),
        with_riff(saved(scene(), "WEBP"), b"C2PA", SIGNED),
    ]


@pytest.mark.parametrize("data", signed(), ids=["JPEG", "JPEG in two segments", "PNG", "WebP"])
def test_signed_credentials_are_found_and_nothing_is_touched(data: bytes) -> None:
    copy = labelled(data, LABEL)
    assert copy.data == data
    assert (copy.state, copy.source_type) == (LabelState.SIGNED, "trainedAlgorithmicMedia")


def test_a_manifest_that_is_kept_elsewhere_is_left_alone_too() -> None:
    away = EDITED.replace(
        " dc:format", ' xmlns:t="http://purl.org/dc/terms/" t:provenance="https://m" dc:format'
    )
    data = with_xmp(saved(scene(), "JPEG"), away.encode())
    assert labelled(data, LABEL).data == data
    assert labelled(data, LABEL).state is LabelState.SIGNED


def test_boxes_of_another_sort_are_no_credentials() -> None:
    data = with_segments(saved(scene(), "JPEG"), segment(0xEB, b"JP\0\1" + bytes(60)))
    assert labelled(data, LABEL).state is LabelState.WRITTEN


@pytest.mark.parametrize("kind", KINDS)
def test_what_an_editor_wrote_stays_to_the_letter_and_the_label_comes_beside_it(
    tmp_path: Path, kind: str
) -> None:
    copy = labelled(with_xmp(saved(scene(), kind), EDITED.encode()), LABEL)
    packet = (xmp_of(copy.data) or b"").decode()
    front, _, behind = EDITED.partition("</rdf:RDF>")
    assert packet.startswith(front) and packet.endswith(behind)
    path = tmp_path / "copy"
    path.write_bytes(copy.data)
    told = exiftool(path)
    assert told["XMP-xmp:CreatorTool"] == "an editor" and "XMP-iptcExt:DigitalSourceType" in told


@pytest.mark.parametrize(
    "packet",
    [
        EDITED.replace(" dc:format", f' {IPTC} e:DigitalSourceType="{THEIRS}" dc:format'),
        EDITED.replace(
            'x"/>', f'x"><e:DigitalSourceType {IPTC}>{THEIRS}</e:DigitalSourceType></rdf:Description>'
        ),
        EDITED.replace('x"/>', f'x"><e:DigitalSourceType {IPTC} rdf:resource="{THEIRS}"/></rdf:Description>'),
    ],
    ids=["attribute", "element", "resource"],
)
def test_the_makers_own_word_is_kept_however_it_is_written(packet: str) -> None:
    data = with_xmp(saved(scene(), "PNG"), packet.encode())
    copy = labelled(data, LABEL)
    assert (copy.data, copy.state, copy.source_type) == (data, LabelState.FOUND, "algorithmicMedia")


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"<x:xmpmeta/>",
        b"<rdf",
        b"\xff\xfe<\0x\0",
        b"<a/>",
        EDITED.replace("</rdf:RDF>", "<!-- </rdf:RDF> --></rdf:RDF>").encode(),
        b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + EDITED.encode(),
        f"<rdf:RDF {RDF}/>".encode(),
        EDITED.encode("utf-16"),
    ],
)
def test_notes_that_cannot_be_read_are_kept_and_the_copy_is_the_original(packet: bytes) -> None:
    data = with_xmp(saved(scene(), "JPEG"), packet) if packet else saved(scene(), "GIF")
    assert labelled(data, LABEL) == type(labelled(data, LABEL))(data, LabelState.NONE)


def test_packed_notes_of_a_png_are_read() -> None:
    body = b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(EDITED.encode())
    data = with_chunks(saved(scene(), "PNG"), chunk(b"iTXt", body))
    assert xmp_of(data) == EDITED.encode()
    assert (xmp_of(labelled(data, LABEL).data) or b"").startswith(EDITED[:200].encode())


def test_notes_that_fill_a_segment_leave_no_room() -> None:
    long = EDITED.replace("an editor", "x" * 65_000)
    data = with_xmp(saved(scene(), "JPEG"), long.encode())
    assert labelled(data, LABEL) == type(labelled(data, LABEL))(data, LabelState.NONE)
    with pytest.raises(NotWritable):
        with_xmp(data, bytes(65_533))


def test_the_order_of_what_has_to_come_first_is_kept() -> None:
    data = saved(scene(), "JPEG")
    exif = segment(0xE1, b"Exif\0\0" + orientation(1))
    copy = labelled(data[:20] + exif + data[20:], LABEL).data
    assert copy.startswith(data[:20] + exif + b"\xff\xe1") and copy.endswith(data[20:])


def test_a_webp_says_that_notes_follow_and_how_long_it_is() -> None:
    for data in (saved(scene(), "WEBP"), saved(scene().convert("RGBA"), "WEBP", lossless=True)):
        copy = labelled(data, LABEL).data
        assert copy[12:16] == b"VP8X" and copy[20] & 0x04 and len(copy) % 2 == 0
        assert struct.unpack_from("<I", copy, 4)[0] == len(copy) - 8


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's, on notes that are cut short
def test_files_built_in_odd_ways_keep_their_pixels_or_their_bytes() -> None:
    written = 0
    for name, data, _, _ in all_builds(scene(size=(64, 48))):
        copy = labelled(data, LABEL)
        if copy.state is not LabelState.WRITTEN:
            assert copy.data == data, name
            continue
        written += 1
        assert found_label(copy.data) is not None, name
        try:
            Image.open(io.BytesIO(data)).load()
        except (OSError, SyntaxError):
            continue  # nobody can show it, before as after
        assert same_pixels(data, copy.data), name
    assert written > 40


AROUND = {"JPEG": (33, 0), "PNG": (30, 4)}  # bytes of the segment before and behind a packet
SMALL = {kind: saved(scene(size=(24, 16)), kind) for kind in KINDS}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(KINDS), st.data())
def test_whatever_happened_to_a_file_its_bytes_stay_but_for_what_is_put_in(
    kind: str, drawn: st.DataObject
) -> None:
    data = bytearray(SMALL[kind])
    for _ in range(drawn.draw(st.integers(0, 3))):
        at = drawn.draw(st.integers(0, len(data) - 1))
        cut = drawn.draw(st.integers(0, 4))
        data[at : at + cut] = drawn.draw(st.binary(max_size=6))
    before = bytes(data)
    copy = labelled(before, LABEL)
    if copy.state is not LabelState.WRITTEN:
        assert copy.data == before
        return
    packet = xmp_of(copy.data)
    assert packet is not None and found_label(copy.data) is not None
    front, behind = copy.data.split(packet)
    if kind == "WEBP":
        end = 8 + struct.unpack_from("<I", before, 4)[0]
        assert before[12:end].rstrip(b"\0") in front and copy.data.endswith(before[end + end % 2 :])
    else:
        head, tail = AROUND[kind]
        assert front[:-head] + behind[tail:] == before


def test_what_the_maker_says_is_told_in_words(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(signed()[0])
    told = label_in(path)
    assert told == "The maker's signed Content Credentials are in this file: made with AI."
    assert in_language(told, "zh") == "文件中带有制作方签名的内容凭证：由人工智能生成。"
    path.write_bytes(labelled(saved(scene(), "PNG"), ON_A_PERSON).data)
    assert label_in(path) == "The maker's label is in this file: made with AI from a photo."
    path.write_bytes(with_chunks(saved(scene(), "PNG"), chunk(b"caBX", b"c2pa")))
    assert "without a word on how it was made" in (label_in(path) or "")
    path.write_bytes(with_chunks(saved(scene(), "PNG"), chunk(b"caBX", b"c2pa" + THEIRS.encode())))
    assert "algorithmicMedia" in (label_in(path) or "")
    path.write_bytes(saved(scene(), "PNG"))
    assert label_in(path) is None
