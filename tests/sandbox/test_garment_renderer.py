"""The renderer used when none is passed in, behind the words of the sandbox."""

import io
from pathlib import Path

import pytest
from PIL import Image

from tests.sandbox.box import photo
from tryon_sandbox import Garment, NotWearable, RefineInput, TryOnInput
from tryon_sandbox.rendering import GarmentRenderer

pytestmark = pytest.mark.slow

GARMENTS = Path(__file__).parents[2] / "assets" / "garments"
TEE = (GARMENTS / "tee.jpg").read_bytes()
DRESS = (GARMENTS / "dress.jpg").read_bytes()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_it_knows_the_page_s_own_model() -> None:
    assert "James" in GarmentRenderer().library()


def test_a_garment_is_worn() -> None:
    worn = opened(GarmentRenderer().dress(TryOnInput((Garment(TEE, "tops"),))))
    assert worn.format == "PNG" and worn.height == 1024


@pytest.mark.parametrize(
    ("photo_size", "garment", "size"),
    [
        ((600, 800), Garment(TEE, "tops"), (768, 1024)),
        ((600, 900), Garment(TEE, "tops"), (682, 1024)),
        ((600, 800), Garment(DRESS, "dresses"), (576, 768)),
        ((600, 900), Garment(DRESS, "dresses"), (512, 768)),
        ((600, 900), Garment(DRESS), (512, 768)),
    ],
)
def test_an_own_photo_comes_at_the_garment_s_height_in_its_own_aspect(
    photo_size: tuple[int, int], garment: Garment, size: tuple[int, int]
) -> None:
    worn = GarmentRenderer().dress(TryOnInput((garment,), person=photo(*photo_size)))
    assert opened(worn).size == size


def test_the_gate_turns_noise_away() -> None:
    with pytest.raises(NotWearable):
        GarmentRenderer().dress(TryOnInput((Garment(photo()),), quality_gate=True))


def test_a_refined_picture_keeps_the_coarse_one_s_size() -> None:
    inputs = RefineInput(photo(240, 320), TEE, photo(240, 320), "woman")
    assert opened(GarmentRenderer().refine(inputs)).size == (240, 320)
