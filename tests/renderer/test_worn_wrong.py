"""What was worn as what it is not: heaps, folded jeans, sleeves below straps, long shorts."""

from collections.abc import Mapping

import cv2
import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.patterns import SIZE
from tests.renderer.sample_garments import png
from tests.renderer.test_kinds import Half, _drawn
from tryon_sandbox.renderer.drape import fit_sleeve, fit_top
from tryon_sandbox.renderer.drape.anchors import place
from tryon_sandbox.renderer.garments.checks import armhole_signs
from tryon_sandbox.renderer.garments.garment import Garment, _seen
from tryon_sandbox.renderer.garments.kinds.odd_outlines import SEVERAL
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.marks.trouser_marks import TrouserMarks
from tryon_sandbox.renderer.garments.networks import learned_kind
from tryon_sandbox.renderer.garments.networks.learned_kind import Shares, Thing
from tryon_sandbox.renderer.scene import body, mannequins
from tryon_sandbox.renderer.sides import LEFT

GREEN, BLACK, BLUE = (120, 220, 40), (24, 24, 28), (60, 70, 150)
FOLDED = [
    (199, -97), (119, -145), (92, -140), (41, -65), (13, -37), (-15, -11), (-32, -23), (-81, -85),
    (-112, -141), (-140, -131), (-200, -93), (-95, 123), (-59, 142), (49, 143), (70, 133), (122, 41),
]  # fmt: skip
COLD_SHOULDERS: Half = [
    (0, 84), (50, 61), (80, 40), (84, 0), (88, 0), (90, 34), (123, 72), (140, 103), (136, 149), (142, 218),
    (150, 310), (157, 336), (146, 352), (147, 398), (112, 398), (108, 357), (104, 368), (80, 372), (46, 365),
    (20, 378), (0, 372),
]  # fmt: skip


def _look(
    monkeypatch: pytest.MonkeyPatch, photo: np.ndarray, things: Mapping[Thing, float] | None = None
) -> Garment:
    shares = Shares(things or {}, {})
    monkeypatch.setattr(learned_kind, "installed", lambda: lambda cutout, picture: shares)
    return _seen(png(cv2.GaussianBlur(photo, (3, 3), 0)), "")


def _blank() -> np.ndarray:
    return np.full((SIZE, SIZE, 3), 244, np.uint8)


def _tee(aside: int = 0, up: int = 0) -> np.ndarray:
    return np.roll(patterns.top(sleeve=20).changed(0.7, 0.7).mask, (-up, aside), (0, 1))


@pytest.mark.parametrize("shares", [None, {Thing.TOP: 0.9}])
def test_a_shirt_over_another_one_is_no_shirt(
    shares: Mapping[Thing, float] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = _blank()
    photo[_tee(70, 20)], photo[_tee(-30)] = BLACK, GREEN
    assert _look(monkeypatch, photo, shares).doubt == SEVERAL


def test_a_shirt_of_two_colours_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = _blank()
    photo[_tee()] = GREEN
    photo[:, SIZE // 2 :][_tee()[:, SIZE // 2 :]] = BLACK
    assert _look(monkeypatch, photo).doubt == ""


@pytest.mark.parametrize("shares", [None, {Thing.TROUSERS: 0.5, Thing.SHORTS: 0.2}])
def test_jeans_that_lie_folded_are_no_shorts(
    shares: Mapping[Thing, float] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = _blank()
    cv2.fillPoly(photo, [np.array(FOLDED, np.int32) + SIZE // 2], BLUE)
    assert _look(monkeypatch, photo, shares).marks is None


def test_what_has_long_sleeves_below_its_straps_is_not_worn_without(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = _blank()
    photo[_drawn(COLD_SHOULDERS)] = BLUE
    assert _look(monkeypatch, photo).doubt == armhole_signs.NOT_PARTED


@pytest.mark.parametrize(("length", "are_short"), [(78.0, True), (104.0, False)])
def test_what_may_be_either_is_short_if_it_ends_at_the_knee(
    length: float, are_short: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = patterns.trousers(length=length).photo(BLUE)
    marks = _look(monkeypatch, photo, {Thing.TROUSERS: 0.45, Thing.SHORTS: 0.34}).marks
    assert isinstance(marks, TrouserMarks) and marks.are_short == are_short


@pytest.mark.parametrize(("sleeve", "is_long"), [(40.0, False), (58.0, True)])
def test_wings_are_as_long_as_they_are_and_not_as_the_chest_between_them_is_narrow(
    sleeve: float, is_long: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = patterns.top(chest=19.0, hem=19.0, armhole=18.0, length=42.0, sleeve=sleeve, cuff=28.0)
    found = _look(monkeypatch, drawn.photo(BLUE), {Thing.TOP: 0.96})
    assert isinstance(found.marks, TopMarks) and found.shape is not None
    form = body.measure(mannequins.place("female_slim", "straight", view="fullbody", size=(384, 512)))
    anchors = place(found.shape, found.marks, form, found.kind)
    hole = fit_top.armhole(found.shape, found.marks, anchors, form, LEFT)
    assert fit_sleeve.sleeve(found.marks, anchors, form, found.kind, LEFT, hole).is_long == is_long
