"""What is left of lining or hanger below the edge of a neckline is painted over in the cloth's colours."""

import cv2
import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.sample_garments import png
from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.drape import front_edge, neck_remnants, neckline
from tryon_sandbox.renderer.garments.garment import understand
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.raster import floats

FRONT = neckline.Front(1.0, 1.0, 2.2)
DARK = (0.02, 0.02, 0.04)
SHARES = np.linspace(-1, 1, 61)


def _tee() -> tuple[Cutout, TopMarks]:
    garment = understand(png(patterns.top(sleeve=20).photo()))
    assert isinstance(garment.marks, TopMarks), garment.doubt
    return garment.cutout, garment.marks


def _drawn(reach: tuple[float, float], ends: tuple[float, float]) -> tuple[Cutout, Cutout, np.ndarray]:
    """A top with a dark stripe along its front edge, that far below it and from and to those shares of it;
    the same with remnants painted over; and where the stripe is."""
    cutout, marks = _tee()
    half, middle = marks.neck_width / 2, front_edge.middle(marks)
    share = SHARES[(ends[0] <= SHARES) & (ends[1] >= SHARES)]
    edge = marks.neck_y + half * FRONT.depth * (1 - np.abs(share) ** FRONT.roundness)
    rows = [np.c_[middle + share * half, edge + below * half] for below in reach]
    outline = np.concatenate([rows[0], rows[1][::-1]]) * cutout.scale
    stripe = np.zeros(cutout.alpha.shape, np.uint8)
    cv2.fillPoly(stripe, [outline.astype(int)], 1)
    drawn = Cutout(cutout.rgb.copy(), cutout.alpha, cutout.mask, 0.0, 0.0)
    drawn.rgb[stripe > 0] = DARK
    opening = neckline.opening(drawn, marks, FRONT)
    seen = (stripe > 0) & (opening < 0.1)
    return drawn, neck_remnants.painted_over(drawn, marks, floats(opening)), seen


@pytest.mark.parametrize("reach", [(-0.1, 0.12), (0.12, 0.24)], ids=["at the edge", "right below it"])
def test_a_slit_of_lining_below_the_edge_gets_the_colour_of_the_cloth(reach: tuple[float, float]) -> None:
    before, after, slit = _drawn(reach, (-0.4, 0.4))
    cloth, _ = _tee()
    assert np.abs(before.rgb - cloth.rgb)[slit].mean() > 0.2
    assert np.abs(after.rgb - cloth.rgb)[slit].mean() < 0.05


@pytest.mark.parametrize(
    ("reach", "ends"),
    [((0.15, 0.25), (-0.4, 0.4)), ((0.0, 0.12), (-1.0, 1.0)), ((0.0, 0.6), (-0.2, 0.2))],
    ids=["apart from the edge", "a trim", "a print"],
)
def test_what_belongs_to_the_cloth_is_left_alone(
    reach: tuple[float, float], ends: tuple[float, float]
) -> None:
    before, after, _ = _drawn(reach, ends)
    assert after is before
