"""Garments that lie turned in their photo."""

import cv2
import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.sample_garments import VENDOR_TYPES, garment, png
from tryon_sandbox.renderer.cutout.cutout import Cutout, cut_out
from tryon_sandbox.renderer.cutout.upright import lean, upright
from tryon_sandbox.renderer.garments.garment import understand
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.raster import Mask, floats
from tryon_sandbox.renderer.scene.picture import decode
from tryon_sandbox.renderer.sides import LEFT, RIGHT

TEE = patterns.top(sleeve=20)
PRECISION = 2.0  # degrees


def _laid(turn: float) -> np.ndarray:
    """A tee that lies turned clockwise by so many degrees."""
    matrix = cv2.getRotationMatrix2D((240, 240), -turn, 0.85)
    return cv2.warpAffine(TEE.photo(), matrix, (480, 480), borderValue=(244, 244, 244))


def _mask(photo: np.ndarray) -> Mask:
    return np.asarray(photo.min(2) < 200, np.bool_)


@pytest.mark.parametrize("turn", [-24, -12, 8, 18])
def test_the_lean_of_a_garment_is_known(turn: float) -> None:
    assert lean(_mask(_laid(turn))) == pytest.approx(-turn, abs=PRECISION)


@pytest.mark.parametrize("turn", [-16, 12])
def test_a_garment_that_lies_turned_is_worn_upright(turn: float) -> None:
    found = understand(png(_laid(turn)))
    assert (found.vendor_type, found.doubt) == ("tops", "")
    assert isinstance(found.marks, TopMarks)
    left, right = found.marks.shoulder[LEFT], found.marks.shoulder[RIGHT]
    assert abs(left[1] - right[1]) < 0.05 * (right[0] - left[0])


@pytest.mark.parametrize("name", VENDOR_TYPES)
def test_what_lies_straight_is_left_as_it_is(name: str) -> None:
    cutout = cut_out(decode(garment(name), longest=480))
    assert upright(cutout) is cutout


def test_colours_opacity_and_mask_are_turned_together() -> None:
    mask = _mask(_laid(12))
    large = cv2.resize(mask.astype(np.float32), (960, 960), interpolation=cv2.INTER_LINEAR)
    turned = upright(Cutout(floats(np.stack([large] * 3, -1)), floats(large), mask, 0.0, 0.0))
    size = turned.mask.shape[1], turned.mask.shape[0]
    smaller = cv2.resize(turned.alpha, size, interpolation=cv2.INTER_AREA) > 0.5
    assert (smaller ^ turned.mask).sum() < 0.03 * turned.mask.sum()
    assert turned.mask.sum() == pytest.approx(mask.sum(), rel=0.02)
    assert turned.scale == pytest.approx(2.0, rel=0.01)


def test_what_goes_on_beyond_the_picture_is_not_turned_away_from_its_edge() -> None:
    mask = np.roll(_mask(_laid(12)), -120, axis=0)
    mask[-120:] = False
    cutout = Cutout(floats(mask[..., None] * np.ones(3)), floats(mask), mask, 0.0, 0.0)
    assert mask[0].any() and upright(cutout) is cutout


def test_what_reaches_an_edge_with_a_corner_only_is_turned() -> None:
    mask = _mask(_laid(12))
    columns = np.flatnonzero(mask.any(0))
    reached = np.ascontiguousarray(mask[:, columns[0] + 6 :])
    cutout = Cutout(floats(reached[..., None] * np.ones(3)), floats(reached), reached, 0.0, 0.0)
    assert 0.02 < reached[:, 0].mean() < 0.08 and upright(cutout) is not cutout
