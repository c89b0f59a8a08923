"""Hints that cost nothing: given for what comes out badly, and silent for what is fine."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.core.images.odd_files import scene
from tests.core.images.pictures import put, saved
from tryon_core.images.advice import hints
from tryon_core.sentences import said

SAMPLES = sorted((Path(__file__).parents[3] / "assets" / "garments").glob("*.jpg"))


def photo(folder: Path, image: Image.Image, **options: object) -> Path:
    return put(folder, saved(image, "JPEG", **options))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_a_garment_on_a_plain_ground_needs_no_advice(sample: Path) -> None:
    assert hints(sample, "garment") == ()


def test_a_busy_backdrop_is_told_for_a_garment_and_not_for_a_person(tmp_path: Path) -> None:
    source = photo(tmp_path, scene(size=(900, 1200)))
    assert hints(source, "top") == (said("hint.busy_backdrop"),)
    assert hints(source, "person") == ()


def test_a_lying_person_photo_is_told_as_it_is_seen(tmp_path: Path) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    wide = Image.new("RGB", (1200, 800), "white")
    assert hints(photo(tmp_path, wide), "model") == (said("hint.not_upright"),)
    assert hints(photo(tmp_path, wide, exif=turned), "model") == ()


def test_few_pixels_are_told_with_their_number(tmp_path: Path) -> None:
    (hint,) = hints(photo(tmp_path, Image.new("RGB", (300, 400), "white")), "garment")
    assert "300 × 400" in hint


def test_what_is_no_picture_gets_no_advice(tmp_path: Path) -> None:
    source = tmp_path / "text"
    source.write_bytes(b"no picture")
    assert hints(source, "garment") == ()


def test_what_lies_under_full_transparency_is_no_busy_backdrop(tmp_path: Path) -> None:
    garment = Image.effect_noise((600, 800), 90).convert("RGBA")  # cut out, and its backdrop left in the file
    garment.putalpha(0)
    garment.paste((90, 90, 90, 255), (150, 200, 450, 600))
    garment.save(tmp_path / "cut-out.png")
    assert hints(tmp_path / "cut-out.png", "garment") == ()
