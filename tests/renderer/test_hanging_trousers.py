"""The hanger that trousers hang by is no part of them."""

import cv2
import numpy as np
import pytest

from tests.renderer.patterns import SIZE
from tests.renderer.sample_garments import png
from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.garments.garment import _seen
from tryon_sandbox.renderer.garments.marks.trouser_marks import TrouserMarks
from tryon_sandbox.renderer.garments.networks import learned_kind, not_cloth
from tryon_sandbox.renderer.garments.networks.learned_kind import Shares, Thing
from tryon_sandbox.renderer.raster import Floats, floats
from tryon_sandbox.renderer.sides import BOTH

WAIST = 90
TROUSERS = [(168, WAIST), (312, WAIST), (317, 440), (254, 440), (240, 280), (226, 440), (163, 440)]
HANGER = [(240, 44), (300, WAIST), (180, WAIST)]


def test_trousers_begin_below_the_hanger(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = np.full((SIZE, SIZE, 3), 244, np.uint8)
    cv2.fillPoly(photo, [np.array(HANGER, np.int32)], (200, 140, 50))
    cv2.fillPoly(photo, [np.array(TROUSERS, np.int32)], (60, 70, 150))
    shares = Shares({Thing.TROUSERS: 0.7, Thing.TOP: 0.15, Thing.SEVERAL: 0.15}, {})
    monkeypatch.setattr(learned_kind, "installed", lambda: lambda cutout, picture: shares)
    found = _seen(png(cv2.GaussianBlur(photo, (3, 3), 0)), "")
    assert found.doubt == "" and isinstance(found.marks, TrouserMarks)
    assert all(abs(float(found.marks.waist[side][1]) - WAIST) < 6 for side in BOTH)
    assert found.shape is not None and found.shape.top > WAIST - 6


@pytest.mark.parametrize("thing", [Thing.TROUSERS, Thing.SKIRT])
def test_clips_are_taken_off_above_the_waist_and_painted_over_below(
    monkeypatch: pytest.MonkeyPatch, thing: Thing
) -> None:
    photo = np.full((SIZE, SIZE, 3), 244, np.uint8)
    cloth = TROUSERS if thing is Thing.TROUSERS else [(168, WAIST), (312, WAIST), (350, 400), (130, 400)]
    cv2.fillPoly(photo, [np.array(cloth, np.int32)], (190, 90, 100))
    for middle in (190, 290):
        cv2.rectangle(photo, (middle - 7, WAIST - 14), (middle + 7, WAIST + 16), (20, 20, 24), -1)
    shares = Shares({thing: 0.9, Thing.TOP: 0.1}, {})
    monkeypatch.setattr(learned_kind, "installed", lambda: lambda cutout, picture: shares)
    found = _seen(png(cv2.GaussianBlur(photo, (3, 3), 0)), "")
    assert found.doubt == "" and found.shape is not None
    assert found.shape.top > WAIST - 5
    seen = found.cutout.rgb[found.cutout.alpha > 0.9]
    assert seen.min(0).mean() > 0.25
    assert float((seen.mean(1) < 0.3).mean()) < 0.001


def _above_waist(cutout: Cutout) -> Floats:
    """Odds of no cloth, as a look gives them: high above the waist, and low below it."""
    odds = np.where(np.arange(len(cutout.mask)) < WAIST, 5.0, -5.0)
    return floats(np.broadcast_to(odds[:, None], cutout.mask.shape))


def test_a_bar_that_is_wider_than_the_waist_it_holds_is_no_waist(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = np.full((SIZE, SIZE, 3), 244, np.uint8)
    jeans = [(180, WAIST), (162, 170), (163, 440), (226, 440), (240, 280), (254, 440), (317, 440), (318, 170)]
    cv2.fillPoly(photo, [np.array([*jeans, (300, WAIST)], np.int32)], (60, 70, 150))
    cv2.rectangle(photo, (166, WAIST - 14), (314, WAIST), (120, 70, 40), -1)
    shares = Shares({Thing.TROUSERS: 0.95}, {})
    monkeypatch.setattr(learned_kind, "installed", lambda: lambda cutout, picture: shares)
    monkeypatch.setattr(not_cloth, "installed", lambda: _above_waist)
    found = _seen(png(cv2.GaussianBlur(photo, (3, 3), 0)), "")
    assert found.doubt == "" and isinstance(found.marks, TrouserMarks)
    assert all(abs(float(found.marks.waist[side][1]) - WAIST) < 8 for side in BOTH)
