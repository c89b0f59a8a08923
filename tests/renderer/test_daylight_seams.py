"""Seams between trunk and sleeves, where a look at the photo found daylight between them."""

from dataclasses import replace

import cv2
import numpy as np

from tryon_sandbox.renderer.curves import points
from tryon_sandbox.renderer.cutout.silhouette import Silhouette, measure
from tryon_sandbox.renderer.garments.marks.landmarks import find
from tryon_sandbox.renderer.garments.outline.slits import along_seam, cut
from tryon_sandbox.renderer.garments.sleeves.sleeve_seams import opened
from tryon_sandbox.renderer.raster import Mask, floats
from tryon_sandbox.renderer.sides import BOTH

SIZE, MIDDLE = 480, 240
WAIST = 62  # from the middle to daylight beside it
PLAIN = floats(np.zeros((SIZE, SIZE)))


def _dress() -> Silhouette:
    """A wrap dress: its sleeves hang beside a narrow waist and touch the skirt down to their cuffs, and what
    is between waist and sleeves was taken for cloth."""
    mask, gaps = np.zeros((SIZE, SIZE), np.uint8), np.zeros((SIZE, SIZE), np.uint8)
    half = [(0, 60), (40, 60), (104, 84), (118, 330), (94, 332), (96, 400), (0, 400)]
    gap = [(80, 150), (WAIST, 216), (80, 240), (90, 216)]
    for sign in (-1, 1):
        cv2.fillPoly(mask, [np.array([(MIDDLE + sign * x, y) for x, y in half], np.int32)], 1)
        cv2.fillPoly(gaps, [np.array([(MIDDLE + sign * x, y) for x, y in gap], np.int32)], 1)
    return replace(measure(_firm(mask)), middle=float(MIDDLE), daylight=_firm(gaps))


def _firm(mask: np.ndarray) -> Mask:
    return np.asarray(mask > 0, np.bool_)


def test_a_seam_runs_through_daylight_that_lies_beside_its_line() -> None:
    dress = _dress()
    way = along_seam(dress, PLAIN, points([MIDDLE - 92, 160]), points([MIDDLE - 94, 331]))
    opened_ = cut(dress, [way])
    assert dress.daylight is not None
    left = dress.daylight & (np.arange(SIZE) < MIDDLE)
    assert not opened_.mask[left].any() and opened_.mask[dress.daylight & ~left].all()
    assert not opened_.mask[180:330, : MIDDLE - 50].all(1).any()


def test_a_trunk_ends_where_the_daylight_beside_it_begins() -> None:
    shape = opened(_dress(), PLAIN)
    marks = find(shape)
    assert marks.sleeves and shape.daylight is not None and not shape.mask[shape.daylight].any()
    waist = shape.central(214)
    assert waist is not None and MIDDLE - waist[0] < WAIST + 6
    for side in BOTH:
        assert 72 < abs(float(marks.armpit[side][0]) - MIDDLE) < 90


def test_a_seam_goes_on_where_daylight_ends_however_clear_an_edge_is_aside() -> None:
    dress = _dress()
    light = PLAIN.copy()
    light[:, MIDDLE - 60 :] = 1.0
    way = along_seam(dress, light, points([MIDDLE - 92, 160]), points([MIDDLE - 94, 331]))
    below = way[(way[:, 1] >= 240) & (way[:, 1] < 250)]
    assert len(below) and np.abs(below[:, 0] - (MIDDLE - 80)).max() < 8
