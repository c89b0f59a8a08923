"""A garment that its plain backdrop tells wrongly is cut out once more, where a prior expects it."""

import cv2
import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.patterns import SIZE
from tests.renderer.sample_garments import png
from tryon_sandbox.renderer.cutout import learned_prior
from tryon_sandbox.renderer.garments.garment import Garment, _seen
from tryon_sandbox.renderer.garments.kinds.odd_outlines import SEVERAL
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.networks import learned_kind
from tryon_sandbox.renderer.garments.networks.learned_kind import Shares, Sleeves, Thing
from tryon_sandbox.renderer.raster import Floats, floats, soft

BODY = [(165, 100), (205, 92), (240, 104), (275, 92), (315, 100), (310, 380), (170, 380)]
LEFT_SLEEVE = [(165, 100), (168, 190), (125, 300), (85, 285), (130, 135)]
PALE = 243  # the backdrop, and one sleeve on it


def _photo() -> tuple[bytes, Floats]:
    """A top whose left sleeve is as pale as the backdrop, and where it is."""
    photo, where = np.full((SIZE, SIZE, 3), PALE, np.uint8), np.zeros((SIZE, SIZE), np.uint8)
    right = [(SIZE - x, y) for x, y in LEFT_SLEEVE]
    for part, colour in ((LEFT_SLEEVE, (PALE,) * 3), (right, (30, 90, 60)), (BODY, (30, 90, 60))):
        cv2.fillPoly(photo, [np.array(part, np.int32)], colour)
        cv2.fillPoly(where, [np.array(part, np.int32)], 1)
    return png(cv2.GaussianBlur(photo, (3, 3), 0)), soft(np.asarray(where > 0, np.bool_), 1.0)


def _read(
    monkeypatch: pytest.MonkeyPatch,
    thing: Thing,
    long: float = 0.9,
    shown: tuple[bytes, Floats] | None = None,
) -> Garment:
    photo, where = shown or _photo()
    shares = Shares({thing: 0.95, Thing.OTHER: 0.05}, {Sleeves.LONG: long, Sleeves.SHORT: 1 - long})

    def prior(small: Floats) -> Floats:
        return floats(cv2.resize(where, (small.shape[1], small.shape[0])))

    monkeypatch.setattr(learned_prior, "installed", lambda: prior)
    monkeypatch.setattr(learned_kind, "installed", lambda: lambda cutout, picture: shares)
    return _seen(photo, "")


def test_a_sleeve_as_pale_as_the_backdrop_is_found_by_the_prior(monkeypatch: pytest.MonkeyPatch) -> None:
    found = _read(monkeypatch, Thing.TOP)
    assert found.doubt == ""
    assert isinstance(found.marks, TopMarks) and len(found.marks.sleeves) == 2


def test_what_is_no_garment_is_not_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _read(monkeypatch, Thing.OTHER).doubt


def test_nor_is_one_whose_sleeves_may_be_long_or_short(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _read(monkeypatch, Thing.TOP, long=0.6).doubt


def test_nor_is_one_that_lies_over_another(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = np.full((SIZE, SIZE, 3), PALE, np.uint8)
    tee = patterns.top(sleeve=20).changed(0.7, 0.7).mask
    front = np.roll(tee, -30, 1)
    photo[np.roll(tee, (-20, 70), (0, 1))], photo[front] = (24, 24, 28), (120, 220, 40)
    shown = png(cv2.GaussianBlur(photo, (3, 3), 0)), soft(front, 1.0)
    assert _read(monkeypatch, Thing.TOP, 0.1, shown).doubt == SEVERAL
