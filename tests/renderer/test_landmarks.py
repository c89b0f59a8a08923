"""Where the parts of a garment are, in the samples and in silhouettes drawn from measures."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.renderer import patterns
from tests.renderer.patterns import Drawn, mirrored
from tests.renderer.sample_garments import garment
from tryon_sandbox.renderer.curves import Points
from tryon_sandbox.renderer.cutout import silhouette
from tryon_sandbox.renderer.garments import reading
from tryon_sandbox.renderer.garments.garment import understand
from tryon_sandbox.renderer.garments.marks import landmarks
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.marks.trouser_marks import SkirtMarks, TrouserMarks
from tryon_sandbox.renderer.garments.sleeves import sleeve_seams
from tryon_sandbox.renderer.raster import floats
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT, Side

SLEEVED = ["hoodie", "shirt", "tee", "sweater", "white_shirt", "printed_tee"]


def _marks(drawn: Drawn, given_type: str = "") -> TopMarks | TrouserMarks | SkirtMarks:
    return reading.read(silhouette.measure(drawn.mask), drawn.colours(), given_type)[2]


def _top(drawn: Drawn) -> TopMarks:
    marks = _marks(drawn, "tops")
    assert isinstance(marks, TopMarks)
    return marks


def _off(drawn: Drawn, found: dict[Side, Points], name: str) -> float:
    """The larger distance of both sides from the truth, in centimetres."""
    truth = {RIGHT: drawn.places[name], LEFT: mirrored(drawn.places[name])}
    return max(float(np.hypot(*(found[side] - truth[side]))) for side in BOTH) / drawn.scale


@pytest.mark.parametrize(
    ("angle", "sleeve", "cuff"),
    [(-10, 30, 14), (5, 30, 14), (30, 22, 16), (45, 30, 14), (60, 50, 11), (70, 58, 9)],
)
def test_armpits_are_found_at_any_angle_of_the_sleeves(angle: float, sleeve: float, cuff: float) -> None:
    drawn = patterns.top(sleeve=sleeve, angle=angle, cuff=cuff)
    marks = _top(drawn)
    assert _off(drawn, marks.armpit, "armpit") < 4.0
    assert set(marks.sleeves) == set(BOTH)


@pytest.mark.parametrize(
    "drawn",
    [
        patterns.sleeves_beside_body(touching=0.6),
        patterns.sleeves_beside_body(),
        patterns.sleeves_beside_body(longer=-10),
        patterns.bell_sleeves(),
    ],
    ids=["half touching", "touching", "shorter than the body", "bell"],
)
def test_sleeves_that_touch_the_body_part_from_it_at_the_armpit(drawn: Drawn) -> None:
    marks = _top(drawn)
    assert _off(drawn, marks.armpit, "armpit") < 6.0
    for side in BOTH:
        cuff = marks.sleeves[side].cuff
        assert abs(float(cuff[0][1]) - drawn.places["cuff_outer"][1]) < 5 * drawn.scale
        assert abs(float(cuff[-1][1]) - drawn.places["cuff_inner"][1]) < 5 * drawn.scale


@pytest.mark.parametrize("aside", [0, 20])
def test_sleeves_on_the_body_part_from_it_along_a_fold_and_not_along_a_print(aside: int) -> None:
    drawn = patterns.sleeves_beside_body()
    shape, light = silhouette.measure(drawn.mask), floats(drawn.colours().mean(-1))
    fold = [(float(drawn.places["armpit"][0]) - aside, 200), (382 - aside, 330), (381, 418)]
    for sign in (1, -1):
        line = np.array([(shape.middle + sign * (x - shape.middle), y) for x, y in fold])
        cv2.polylines(light, [np.round(line).astype(np.int32)], False, 0.42, 2)
    cv2.rectangle(light, (int(shape.middle) - 55, 220), (int(shape.middle) + 55, 300), 0.95, -1)
    found = landmarks.find(sleeve_seams.opened(shape, light))
    assert found.chest_width / 2 == pytest.approx(fold[0][0] - shape.middle, abs=5)


def test_cuffs_are_found() -> None:
    drawn = patterns.top(sleeve=24, angle=40, cuff=15)
    sleeves = _top(drawn).sleeves
    assert _off(drawn, {side: one.cuff[0] for side, one in sleeves.items()}, "cuff_outer") < 3.0
    assert _off(drawn, {side: one.cuff[-1] for side, one in sleeves.items()}, "cuff_inner") < 3.0


@pytest.mark.parametrize(
    "drawn",
    [
        patterns.top(),
        patterns.top(neck=11, shoulder=15, collar=12),
        patterns.strapped(),
        patterns.strapped(length=95, hem=30),
        patterns.halter(),
        patterns.top(length=140, waist=19, hem=48, shoulder=18, chest=22),
    ],
    ids=["shell", "tank", "camisole", "slip", "halter", "maxi"],
)
def test_without_sleeves_the_armpit_is_the_corner_under_the_arm(drawn: Drawn) -> None:
    marks = _top(drawn)
    assert marks.sleeves == {}
    assert _off(drawn, marks.armpit, "armpit") < 3.0
    assert _off(drawn, marks.hem, "hem") < 4.0


def test_neck_and_shoulder_are_told_apart() -> None:
    drawn = patterns.top()
    marks = _top(drawn)
    assert _off(drawn, marks.neck, "neck") < 2.5
    assert _off(drawn, marks.shoulder, "shoulder") < 2.0


def test_straps_are_told() -> None:
    assert _top(patterns.strapped()).straps
    assert _top(patterns.top(neck=11, shoulder=15, collar=12)).straps
    assert not _top(patterns.top(neck=11, shoulder=19, collar=6)).straps


def test_a_halter_is_told() -> None:
    assert _top(patterns.halter()).halter
    assert not _top(patterns.top()).halter


def test_an_edge_below_the_shoulders_is_told() -> None:
    assert _top(patterns.off_shoulder()).off_shoulder
    tees = (patterns.top(sleeve=20), patterns.top(sleeve=20, angle=5, cuff=18), patterns.top())
    others = (*tees, patterns.boat_neck())
    assert not any(_top(drawn).off_shoulder for drawn in others)


@pytest.mark.parametrize(
    "drawn",
    [
        patterns.trousers(),
        patterns.trousers(apart=40),
        patterns.trousers(hem=26, apart=12),
        patterns.trousers(length=42, hem=27, apart=3),
        patterns.trousers(together=True),
    ],
    ids=["straight", "far apart", "flared", "shorts", "together"],
)
def test_trousers_have_crotch_and_hems(drawn: Drawn) -> None:
    marks = _marks(drawn)
    assert isinstance(marks, TrouserMarks)
    assert abs(float(marks.crotch[1]) - drawn.places["crotch"][1]) < 7 * drawn.scale
    assert _off(drawn, marks.waist, "waist") < 3.0
    assert _off(drawn, marks.outer, "outer") < 3.0
    assert _off(drawn, marks.inner, "inner") < 3.0


@pytest.mark.parametrize("hem", [20.0, 26.0, 45.0])
def test_skirts_have_a_waist_and_a_hem(hem: float) -> None:
    drawn = patterns.skirt(hem=hem)
    marks = _marks(drawn)
    assert isinstance(marks, SkirtMarks)
    assert _off(drawn, marks.waist, "waist") < 3.0
    assert _off(drawn, marks.hem, "hem") < 3.5


def test_a_circles_hem_begins_at_its_widest() -> None:
    drawn = patterns.skirt(waist=16, hips=36, hem=70, length=65, sag=22)
    marks = _marks(drawn)
    assert isinstance(marks, SkirtMarks)
    assert _off(drawn, marks.hem, "hem") < 6.0


# Steeper than that, a short sleeve lies against the body, and its seam is sought in another way.
@settings(max_examples=12)
@given(st.floats(18, 26), st.floats(56, 74), st.floats(20, 26), st.floats(20, 60), st.floats(15, 50))
def test_armpits_of_any_sleeved_top_are_near_the_truth(
    chest: float, length: float, armhole: float, sleeve: float, angle: float
) -> None:
    drawn = patterns.top(
        shoulder=chest - 2,
        chest=chest,
        hem=chest,
        length=length,
        armhole=armhole,
        sleeve=sleeve,
        angle=angle,
        cuff=13,
    )
    assert _off(drawn, _top(drawn).armpit, "armpit") < 6.0


@pytest.mark.parametrize("name", SLEEVED)
def test_a_sample_with_sleeves_lies_the_same_on_both_sides(name: str) -> None:
    marks = understand(garment(name)).marks
    assert isinstance(marks, TopMarks)
    assert len(marks.sleeves) == 2
    middle = marks.centre
    for left, right in ((places[LEFT], places[RIGHT]) for places in (marks.neck, marks.shoulder, marks.hem)):
        assert abs((left[0] + right[0]) / 2 - middle) < 0.05 * marks.chest_width
        assert abs(left[1] - right[1]) < 0.05 * marks.chest_width


def test_the_sample_dress_has_no_sleeves_and_ends_far_below_the_hips() -> None:
    marks = understand(garment("dress")).marks
    assert isinstance(marks, TopMarks)
    assert marks.sleeves == {}
    assert marks.hem_y - marks.armpit[LEFT][1] > 1.6 * marks.chest_width


@pytest.mark.parametrize("aside", [-4.5, 4.5])
def test_a_neck_that_hangs_beside_the_middle_is_found_where_it_is(aside: float) -> None:
    drawn = patterns.top(neck=16.0, slope=3.0, sleeve=24, angle=60)
    mask, scale = drawn.mask.astype(np.uint8), drawn.scale
    top = int(np.flatnonzero(drawn.mask.any(1))[0])
    middle = mask.shape[1] / 2 + aside * scale
    corners = {side: np.array([middle + side.sign * 9 * scale, top - 2.5 * scale]) for side in BOTH}
    for side, corner in corners.items():
        inwards = [
            corner - (side.sign * across * scale, down * scale)
            for across, down in ((0, 0), (4, -4), (-6, -4))
        ]
        cv2.fillPoly(mask, [np.round(inwards).astype(np.int32)], 1)
    found = landmarks.find(silhouette.measure(mask > 0)).neck
    assert all(np.hypot(*(found[side] - corners[side])) < 2 * scale for side in BOTH)
