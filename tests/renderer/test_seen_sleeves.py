"""Where the photo shows something else than the outline: folded sleeves, parted hems, lengths of neither."""

from collections.abc import Mapping

import cv2
import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.patterns import SIZE
from tests.renderer.sample_garments import png
from tests.renderer.test_kinds import Half, _drawn
from tests.renderer.test_laid_sleeves import JUMPER, _photo
from tests.renderer.test_likely import _look
from tryon_sandbox.renderer.curves import points
from tryon_sandbox.renderer.drape import fit_sleeve, fit_top, trouser_length
from tryon_sandbox.renderer.drape.anchors import place
from tryon_sandbox.renderer.garments.checks import armhole_signs
from tryon_sandbox.renderer.garments.kinds.recognise import UNTOLD, Kind
from tryon_sandbox.renderer.garments.marks import guessed
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.marks.trouser_marks import TrouserMarks
from tryon_sandbox.renderer.garments.networks.learned_kind import Sleeves, Thing
from tryon_sandbox.renderer.garments.seen_sleeves import SLEEVES
from tryon_sandbox.renderer.garments.sleeves import laid_sleeves
from tryon_sandbox.renderer.scene import body, mannequins
from tryon_sandbox.renderer.sides import BOTH, LEFT

Outline = list[tuple[int, int]]
Things = Mapping[Thing, float]
TOPS = {Thing.TOP: 0.95}
RATHER_LONG = {Sleeves.LONG: 0.78, Sleeves.SHORT: 0.21, Sleeves.NONE: 0.01}
FOLDED = patterns.top(sleeve=20)
BENT = patterns.top(chest=22.0, hem=22.0, armhole=19.0, sleeve=34.0, angle=40.0, cuff=11.0)
TOUCHING_LEGS: Outline = [
    (-58, -160), (58, -160), (72, -80), (76, 160), (8, 160), (0, 106), (-8, 160), (-76, 160), (-72, -80)
]  # fmt: skip
BENT_LEG: Outline = [
    (-80, -200), (40, -206), (54, -60), (60, 200), (14, 204), (-2, 20), (-20, -80), (-92, 10), (-56, 170),
    (-100, 180), (-154, 10), (-112, -80),
]  # fmt: skip
CROPPED_TEE: Half = [
    (0, 34), (56, 14), (74, 20), (225, 190), (130, 256), (131, 330), (108, 340), (84, 331), (46, 341),
    (0, 333),
]  # fmt: skip
STRAIGHT_VEST: Half = [
    (0, 14), (25, 6), (35, 0), (80, 20), (81, 78), (74, 110), (60, 150), (58, 195), (0, 200)
]  # fmt: skip
SCARF: Outline = [
    (-26, -220), (26, -220), (34, -160), (76, 210), (26, 214), (0, -120), (-26, 214), (-76, 210), (-34, -160)
]  # fmt: skip


def _filled(outline: Outline) -> bytes:
    photo = np.full((SIZE, SIZE, 3), 244, np.uint8)
    cv2.fillPoly(photo, [np.array(outline, np.int32) + SIZE // 2], (60, 70, 150))
    return png(cv2.GaussianBlur(photo, (3, 3), 0))


@pytest.mark.parametrize("given", ["", "tops"])
def test_long_sleeves_of_which_only_a_stump_shows_lie_folded_and_are_not_worn(
    given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = png(FOLDED.photo())
    assert _look(monkeypatch, photo, TOPS, RATHER_LONG, given).doubt == SLEEVES
    assert _look(monkeypatch, photo, TOPS, {Sleeves.LONG: 0.6, Sleeves.SHORT: 0.4}, given).doubt == ""


def test_long_sleeves_that_bend_at_the_elbow_are_drawn_to_the_wrist(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = png(BENT.photo())
    found = _look(monkeypatch, photo, TOPS, RATHER_LONG)
    assert isinstance(found.marks, TopMarks) and not laid_sleeves.are_long(found.marks)
    assert found.marks.to_wrists and found.marks.bent and found.shape is not None
    form = body.measure(mannequins.place("female_slim", "straight", view="fullbody", size=(384, 512)))
    anchors = place(found.shape, found.marks, form, Kind.TOP)
    hole = fit_top.armhole(found.shape, found.marks, anchors, form, LEFT)
    end = fit_sleeve.sleeve(found.marks, anchors, form, Kind.TOP, LEFT, hole).spine[-1]
    assert abs(end[1] - form.joint("wrist", LEFT)[1]) < 3 * form.unit


def test_long_sleeves_are_parted_of_what_is_less_surely_a_top(monkeypatch: pytest.MonkeyPatch) -> None:
    shares = {Thing.TOP: 0.62, Thing.DRESS: 0.09, Thing.SKIRT: 0.07}
    found = _look(monkeypatch, _photo(_drawn(JUMPER), 105), shares, {Sleeves.LONG: 0.94})
    assert found.doubt == "" and isinstance(found.marks, TopMarks) and laid_sleeves.are_long(found.marks)


@pytest.mark.parametrize(("share", "kind"), [(0.7, Kind.TROUSERS), (0.9, Kind.SKIRT)])
def test_what_parts_at_its_hem_is_a_skirt_only_if_it_is_one_for_sure(
    share: float, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = _look(monkeypatch, _filled(TOUCHING_LEGS), {Thing.SKIRT: share, Thing.TROUSERS: 0.95 - share})
    assert (found.doubt, found.kind) == ("", kind)


def test_trousers_of_which_one_leg_lies_bent_are_worn(monkeypatch: pytest.MonkeyPatch) -> None:
    found = _look(monkeypatch, _filled(BENT_LEG), {Thing.TROUSERS: 0.93})
    assert (found.doubt, found.kind) == ("", Kind.TROUSERS)


def test_a_scarf_laid_double_is_no_trousers(monkeypatch: pytest.MonkeyPatch) -> None:
    found = _look(monkeypatch, _filled(SCARF), {Thing.TROUSERS: 0.83})
    assert found.doubt == "It looks like a scarf."


@pytest.mark.parametrize(("length", "reach"), [(1.07, 0.33), (1.21, 0.39), (1.5, 0.55)])
def test_shorts_end_where_their_length_says_however_far_up_they_part(length: float, reach: float) -> None:
    waist, fork, hips, hem = 62.0, 62.0, 100.0, 100.0 * length
    corners = ({side: points([side.sign * x, y]) for side in BOTH} for x, y in ((31, 0), (50, hem), (2, hem)))
    top, outer, inner = corners
    marks = TrouserMarks(top, points([0.0, fork]), outer, inner, are_short=True)
    assert trouser_length.share(marks, waist, hips) <= reach


@pytest.mark.parametrize(
    ("length", "things", "doubt"),
    [
        (90.0, {Thing.TOP: 0.53, Thing.DRESS: 0.34}, UNTOLD),
        (90.0, {Thing.TOP: 0.53, Thing.DRESS: 0.2}, ""),
        (66.0, {Thing.TOP: 0.53, Thing.DRESS: 0.34}, ""),
        (120.0, {Thing.TOP: 0.72, Thing.DRESS: 0.21}, UNTOLD),
        (120.0, {Thing.TOP: 0.72, Thing.DRESS: 0.05}, ""),
        (120.0, {Thing.SKIRT: 0.31, Thing.DRESS: 0.3, Thing.TOP: 0.14}, guessed.UNTOLD),
    ],
)
def test_what_may_be_a_top_or_a_dress_has_to_be_told(
    length: float, things: Things, doubt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = png(patterns.top(sleeve=58.0, cuff=9.0, length=length).changed(0.8, 0.8).photo())
    assert _look(monkeypatch, photo, things, {Sleeves.LONG: 0.9}).doubt == doubt


@pytest.mark.parametrize(
    ("length", "things", "kind", "doubt"),
    [
        (50.0, {Thing.DRESS: 0.56}, Kind.DRESS, UNTOLD),
        (50.0, {Thing.DRESS: 0.9}, Kind.DRESS, ""),
        (38.0, {Thing.DRESS: 0.65, Thing.TOP: 0.17}, Kind.TOP, ""),
        (38.0, {Thing.DRESS: 0.6, Thing.WORN: 0.2, Thing.TOP: 0.02}, Kind.DRESS, UNTOLD),
    ],
)
def test_what_swings_out_below_the_bust_is_a_dress_only_if_it_is_one_for_sure(
    length: float, things: Things, kind: Kind, doubt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = png(patterns.strapped(length=length, hem=32.0).photo())
    found = _look(monkeypatch, photo, things, {Sleeves.NONE: 0.9})
    assert (found.kind, found.doubt) == (kind, doubt)


@pytest.mark.parametrize("short", [0.87, 0.78])
def test_wide_short_sleeves_that_meet_a_cropped_body_near_its_wavy_hem_are_read(
    short: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    sleeves = {Sleeves.SHORT: short, Sleeves.LONG: 0.99 - short}
    found = _look(monkeypatch, _photo(_drawn(CROPPED_TEE)), TOPS, sleeves)
    assert found.doubt == "" and isinstance(found.marks, TopMarks) and found.shape is not None
    assert not laid_sleeves.are_long(found.marks)
    assert found.marks.chest_width > 0.5 * found.shape.width


@pytest.mark.parametrize(("long", "worn"), [(0.04, True), (0.3, False)])
def test_a_vest_whose_armholes_run_straight_is_worn_where_no_long_sleeves_may_lie_on_it(
    long: float, worn: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    sleeves = {Sleeves.NONE: 0.45, Sleeves.SHORT: 0.55 - long, Sleeves.LONG: long}
    found = _look(monkeypatch, _photo(_drawn(STRAIGHT_VEST)), TOPS, sleeves)
    assert (found.marks is not None) == worn
    assert found.doubt == ("" if worn else armhole_signs.NEITHER)
