"""Sleeves that lie against the body down to their ends, and what only looks as if it had such."""

import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer import test_kinds as drawn
from tryon_sandbox.renderer.curves import Points, points
from tryon_sandbox.renderer.cutout import silhouette
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments import reading
from tryon_sandbox.renderer.garments.checks import plausible
from tryon_sandbox.renderer.garments.kinds.recognise import Kind
from tryon_sandbox.renderer.garments.marks import armpits, landmarks
from tryon_sandbox.renderer.garments.marks.armpits import Armpit
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.outline import stepping
from tryon_sandbox.renderer.garments.sleeves import touching_sleeves
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT, Side

LYING_AGAINST: drawn.Half = [
    (0, 8), (30, 0), (66, 14), (84, 30), (108, 120), (112, 164), (76, 196), (74, 240), (0, 240),
]  # fmt: skip
WIDE_AND_SHORT: drawn.Half = [
    (0, 12), (30, 8), (44, 0), (92, 24), (116, 50), (170, 134), (166, 150), (104, 190), (94, 192), (93, 248),
    (84, 258), (0, 262),
]  # fmt: skip
ROLLED_UP: drawn.Half = [
    (0, 5), (30, 3), (84, 18), (113, 42), (122, 100), (128, 170), (146, 240), (167, 296), (164, 310),
    (130, 332), (132, 412), (100, 440), (50, 462), (0, 468),
]  # fmt: skip
BRIEFS: drawn.Half = [(0, 8), (60, 0), (112, 96), (80, 130), (60, 134), (30, 150), (0, 150)]
WIDE_SHORTS: drawn.Half = [
    (0, 6), (58, 0), (74, 50), (96, 98), (48, 122), (4, 142), (0, 128),
]  # fmt: skip


def test_sleeves_are_parted_up_to_the_armpit_from_where_they_end_against_the_body() -> None:
    whole = silhouette.measure(drawn._drawn(LYING_AGAINST))
    kind, shape, marks = reading.read(whole, np.zeros((*whole.mask.shape, 3), np.float32))
    assert kind is Kind.TOP and isinstance(marks, TopMarks)
    assert marks.sleeves and not plausible.why_not(shape, marks)
    assert all(0.3 < (marks.armpit[side][1] - shape.top) / shape.height < 0.55 for side in BOTH)


@pytest.mark.parametrize("half", [ROLLED_UP, WIDE_AND_SHORT])
def test_slanting_cuffs_end_where_the_outline_steps_in(half: drawn.Half) -> None:
    whole = silhouette.measure(drawn._drawn(half))
    kind, shape, marks = reading.read(whole, np.zeros((*whole.mask.shape, 3), np.float32))
    assert kind is Kind.TOP and isinstance(marks, TopMarks)
    assert marks.sleeves and not plausible.why_not(shape, marks)


def test_what_has_no_body_below_such_ends_is_not_parted_there() -> None:
    whole = silhouette.measure(drawn._drawn(BRIEFS))
    assert touching_sleeves.find(whole, np.zeros(whole.mask.shape, np.float32)) is None


def test_hems_of_shorts_that_slant_are_no_cuffs() -> None:
    whole = silhouette.measure(drawn._drawn(WIDE_SHORTS))
    assert not stepping.sleeves_end(whole)
    assert drawn._read(whole.mask) == (Kind.TROUSERS, "")


def test_the_corner_of_a_sleeve_that_hangs_against_the_body_is_no_armpit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tee = patterns.top(sleeve=24, angle=60)
    shape, right, found = silhouette.measure(tee.mask), tee.places["armpit"], armpits.find

    def with_corner(shape: Silhouette, hem: dict[Side, Points]) -> dict[Side, Armpit]:
        left = found(shape, hem)[LEFT]
        return {LEFT: left, RIGHT: Armpit(points([right[0] + 60, right[1] - 20]), True)}

    monkeypatch.setattr(armpits, "find", with_corner)
    assert abs(landmarks.find(shape).armpit[RIGHT][0] - right[0]) > 50
    assert abs(landmarks.find_evened(shape).armpit[RIGHT][0] - right[0]) < 5
    kind, _, marks = reading.read(shape, np.zeros((*tee.mask.shape, 3), np.float32), "tops")
    assert kind is Kind.TOP and isinstance(marks, TopMarks)
    assert abs(marks.armpit[RIGHT][0] - right[0]) < 5
