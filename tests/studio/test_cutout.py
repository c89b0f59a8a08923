"""Cutting garments out, and telling what they are."""

import io

import cv2
import numpy as np
import pytest
from PIL import Image

from tests.studio.wardrobe import VENDOR_TYPES, garment, opened, png
from tryon_sandbox.bake.garments import GARMENTS
from tryon_sandbox.studio.cutout import cut_out
from tryon_sandbox.studio.garment import understand
from tryon_sandbox.studio.picture import decode

WHITE_ON_WHITE = {"printed_tee": 0.96}


def _overlap(one: np.ndarray, other: np.ndarray) -> float:
    return float((one & other).sum() / (one | other).sum())


@pytest.mark.parametrize("name", ["tee", "jeans", "skirt", "dress", "printed_tee"])
def test_a_cut_out_agrees_with_the_pattern_it_was_baked_from(name: str) -> None:
    cutout = cut_out(decode(garment(name), longest=1024))
    height, width = cutout.mask.shape
    truth = GARMENTS[name]().mask.astype(np.uint8) * 255
    truth = cv2.resize(truth, (width, height), interpolation=cv2.INTER_AREA) > 127
    assert _overlap(cutout.mask, truth) >= WHITE_ON_WHITE.get(name, 0.985)


@pytest.mark.parametrize("name", VENDOR_TYPES)
def test_every_sample_is_recognised_and_trusted(name: str) -> None:
    found = understand(garment(name))
    assert (found.vendor_type, found.doubt) == (VENDOR_TYPES[name], "")


def test_no_colour_of_the_backdrop_is_left_in_a_garments_edge() -> None:
    cutout = cut_out(decode(garment("jeans"), longest=1024))
    solid = (cutout.alpha > 0.5).astype(np.uint8)
    depth = cv2.distanceTransform(solid, cv2.DIST_L2, 5)
    away = np.abs(cutout.rgb - 0.95).mean(-1)
    assert away[(depth > 0) & (depth <= 2)].mean() >= 0.5 * away[(depth > 6) & (depth <= 8)].mean()


def test_a_pictures_own_transparency_is_the_mask() -> None:
    photo = opened(garment("skirt")).convert("RGBA").resize((400, 400))
    alpha = np.zeros((400, 400), np.uint8)
    alpha[80:330, 120:280] = 255
    photo.putalpha(Image.fromarray(alpha))
    out = io.BytesIO()
    photo.save(out, "PNG")
    cutout = cut_out(decode(out.getvalue(), longest=1024))
    assert np.array_equal(cutout.alpha > 0.5, alpha > 127)


@pytest.mark.parametrize("longest", [512, 2048])
def test_the_size_of_the_photo_does_not_matter(longest: int) -> None:
    resized = np.asarray(opened(garment("tee")).resize((longest, longest)))
    found = understand(png(resized))
    assert (found.vendor_type, found.doubt) == ("tops", "")


def test_a_type_that_is_given_wins() -> None:
    assert understand(garment("dress"), "tops").vendor_type == "tops"
    assert understand(garment("skirt"), "bottoms").kind == "skirt"
    assert understand(garment("jeans"), "bottoms").kind == "trousers"


@pytest.mark.parametrize("garbage", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_bytes_that_are_no_picture_raise_a_value_error(garbage: bytes) -> None:
    with pytest.raises(ValueError, match="decoded"):
        understand(garbage)
