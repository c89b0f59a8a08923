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


def something(size: tuple[int, int]) -> Image.Image:
    """Hardly seen on white, as a white shirt is."""
    image = Image.new("RGB", size, "white")
    image.paste("#f0f0f0", (50, 50, 200, 200))
    return image


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_a_garment_on_a_plain_ground_needs_no_advice(sample: Path) -> None:
    assert hints(sample, "garment") == ()


def test_a_busy_backdrop_is_told_for_a_garment_and_not_for_a_person(tmp_path: Path) -> None:
    source = photo(tmp_path, scene(size=(900, 1200)))
    assert hints(source, "top") == (said("hint.busy_backdrop"),)
    assert hints(source, "person") == ()


@pytest.mark.parametrize("kind", ["garment", "person"])
@pytest.mark.parametrize("colour", ["white", "black", "#d03030", "#0000"])  # the last one is transparent
def test_a_picture_of_nothing_is_told_before_it_is_paid_for(tmp_path: Path, colour: str, kind: str) -> None:
    source = tmp_path / "empty.png"
    Image.new("RGBA", (900, 1200), colour).save(source)
    assert hints(source, kind) == (said("hint.empty"),)


def test_a_lying_person_photo_is_told_as_it_is_seen(tmp_path: Path) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    wide = something((1200, 800))
    assert hints(photo(tmp_path, wide), "model") == (said("hint.not_upright"),)
    assert hints(photo(tmp_path, wide, exif=turned), "model") == ()


def test_few_pixels_are_told_with_their_number(tmp_path: Path) -> None:
    (hint,) = hints(photo(tmp_path, something((300, 400))), "garment")
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
