"""A neckline is cut where its edge runs, though no curve of those that are tried does."""

import cv2
import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.sample_garments import png
from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.drape import front_edge, neck_path, neckline
from tryon_sandbox.renderer.garments.garment import understand
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.raster import Floats, Mask

LINING = 0.7  # of the cloth's brightness
ANGLES = np.linspace(0, 2 * np.pi, 120)


def _with_opening(wide: float, deep: float, turned: float) -> tuple[Cutout, TopMarks, np.ndarray]:
    """A top whose lining shows in an ellipse about its neck, half as wide and high as given in half necks and
    turned by degrees; and where it shows."""
    garment = understand(png(patterns.top(sleeve=20).photo()))
    assert isinstance(garment.marks, TopMarks), garment.doubt
    cutout, marks = garment.cutout, garment.marks
    half, middle = marks.neck_width / 2, front_edge.middle(marks)
    turn = np.deg2rad(turned)
    ellipse = np.c_[wide * np.cos(ANGLES), deep * np.sin(ANGLES)]
    ellipse = ellipse @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    shown = np.zeros(cutout.alpha.shape, np.uint8)
    cv2.fillPoly(shown, [((ellipse * half + [middle, marks.neck_y]) * cutout.scale).astype(int)], 1)
    rgb = cutout.rgb.copy()
    rgb[shown > 0] *= LINING
    seen = (shown > 0) & (cutout.alpha > 0.9)
    return Cutout(rgb, *_rest(cutout)), marks, np.asarray(seen)


def _rest(cutout: Cutout) -> tuple[Floats, Mask, float, float]:
    """Of a cutout all but its colours."""
    return cutout.alpha, cutout.mask, 0.0, 0.0


@pytest.mark.parametrize(
    ("wide", "deep", "turned"),
    [(0.78, 0.8, 0), (0.98, 0.8, 0), (0.95, 0.9, 8)],
    ids=["within its band", "steep sides", "askew"],
)
def test_an_opening_that_is_no_parabola_is_cut_out_and_nothing_else(
    wide: float, deep: float, turned: float
) -> None:
    cutout, marks, lining = _with_opening(wide, deep, turned)
    front = neckline.find(cutout, marks)
    assert front is not None
    opened = neckline.opening(cutout, marks, front) > 0.5
    below = opened & (cutout.alpha > 0.9)
    assert (below & ~lining).sum() < 0.07 * lining.sum()
    assert (lining & ~opened).sum() < 0.07 * lining.sum()


def test_a_guess_stays_what_it_is() -> None:
    cutout, marks, _ = _with_opening(0.78, 0.8, 0)
    alike = neckline.opening(Cutout(np.full_like(cutout.rgb, 0.4), *_rest(cutout)), marks, neckline.UNSURE)
    assert np.array_equal(neckline.opening(cutout, marks, neckline.UNSURE), alike)


@pytest.mark.parametrize(("likely", "is_cut"), [(0.30, False), (0.45, True)])
def test_a_square_neck_is_not_opened_along_an_unsure_edge(
    likely: float, is_cut: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = patterns.top(sleeve=20).photo()
    row = int(np.flatnonzero(patterns.top(sleeve=20).mask.any(1))[0])
    half, middle = round(0.07 * picture.shape[1]), picture.shape[1] // 2
    picture[: row + round(0.55 * half), middle - half : middle + half] = picture[0, 0]
    garment = understand(png(picture))
    assert isinstance(garment.marks, TopMarks), garment.doubt
    edge = front_edge.Edge(1.0, 1.0, 2.2, likely, in_collar=False)
    monkeypatch.setattr(front_edge, "search", lambda *_: edge)
    assert (neckline.find(garment.cutout, garment.marks) is not None) == is_cut


def test_where_no_edge_is_seen_the_curve_stays() -> None:
    seen, marks, _ = _with_opening(0.0, 0.0, 0)
    cutout = Cutout(np.full_like(seen.rgb, 0.4), *_rest(seen))
    share = np.linspace(-1, 1, 41)
    half, middle = marks.neck_width / 2, front_edge.middle(marks)
    curve = np.c_[middle + share * half, marks.neck_y + half * (1 - share**2)]
    assert neck_path.path(cutout, marks, middle, curve) is curve


def test_the_way_to_the_curve_is_among_those_looked_at() -> None:
    assert neck_path.SHARES[neck_path.CURVE] == pytest.approx(1.0)
