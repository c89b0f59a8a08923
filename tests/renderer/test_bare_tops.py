"""Tops without sleeves as they lie at home: swinging, cropped, leaning, with straps of unequal length."""

import cv2
import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.patterns import SIZE
from tests.renderer.test_kinds import Half, _drawn, _read
from tryon_sandbox.renderer.cutout import silhouette
from tryon_sandbox.renderer.cutout.hanger_shoulders import without_shoulders
from tryon_sandbox.renderer.garments import reading
from tryon_sandbox.renderer.garments.kinds.recognise import Kind
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.raster import Mask, floats
from tryon_sandbox.renderer.sides import LEFT, RIGHT

CAMISOLE: Half = [
    (0, 78), (20, 76), (39, 68), (60, 50), (62, 0), (67, 0), (69, 48), (86, 74), (106, 83), (139, 204),
    (161, 260), (161, 270), (118, 272), (112, 290), (62, 306), (0, 311),
]  # fmt: skip
CROPPED: Half = [
    (0, 24), (28, 20), (41, 15), (53, 0), (70, 13), (64, 66), (73, 100), (90, 124), (112, 134), (110, 208),
    (56, 218), (0, 219),
]  # fmt: skip

# Not alike on both sides: the whole outline, clockwise.
TIED = [
    (124, 2), (133, 2), (129, 13), (131, 20), (155, 38), (183, 34), (201, 23), (210, 24), (227, 60),
    (246, 83), (266, 95), (300, 99), (306, 103), (311, 179), (322, 214), (348, 370), (267, 368), (262, 364),
    (260, 368), (252, 366), (251, 370), (247, 365), (243, 372), (187, 368), (184, 360), (181, 366),
    (123, 362), (71, 376),
    (1, 369), (0, 344), (6, 341), (25, 266), (35, 172), (44, 159), (36, 125), (51, 112), (108, 79), (118, 60),
]  # fmt: skip
VEST = [
    (81, 0), (115, 0), (142, 20), (153, 19), (161, 27), (189, 37), (195, 48), (186, 94), (182, 151),
    (186, 174), (185, 344), (191, 365), (197, 458), (194, 464), (179, 471), (158, 471), (119, 460), (99, 465),
    (74, 458), (32, 460), (13, 445), (15, 383), (24, 368), (17, 302), (15, 202), (19, 110), (13, 67),
    (10, 62), (1, 64),
    (0, 57), (6, 42), (34, 30), (38, 24), (53, 24),
]  # fmt: skip
LEANING = [
    (67, 3), (80, 1), (105, 32), (130, 40), (161, 36), (173, 27), (184, 11), (198, 14), (189, 50), (190, 88),
    (199, 116), (213, 130), (217, 142), (230, 287), (242, 323), (241, 343), (108, 333), (39, 315), (1, 311),
    (13, 247), (16, 203), (14, 112), (36, 106), (58, 75), (64, 57),
]  # fmt: skip
BOAT_NECK = [
    (109, 1), (153, 10), (184, 8), (210, 1), (230, 6), (216, 97), (212, 143), (215, 156), (269, 264),
    (331, 408), (326, 415), (256, 445), (169, 456), (109, 452), (60, 440), (18, 423), (1, 410), (54, 269),
    (109, 153), (104, 94), (86, 14), (87, 10),
]  # fmt: skip
COLLARED = [
    (85, 0), (135, 11), (183, 9), (182, 36), (201, 39), (221, 50), (210, 95), (217, 123), (233, 151),
    (235, 280), (244, 306), (249, 371), (106, 372), (33, 362), (1, 353), (1, 266), (13, 132), (30, 115),
    (38, 83), (53, 42), (60, 36), (78, 36),
]  # fmt: skip


def _outlined(outline: list[tuple[int, int]]) -> Mask:
    """This outline in the middle of a picture."""
    mask = np.zeros((SIZE + 40, SIZE), np.uint8)
    aside = (SIZE - max(x for x, _ in outline)) // 2
    cv2.fillPoly(mask, [np.add(outline, (aside, 20)).astype(np.int32)], 1)
    return mask > 0


def _marks(mask: Mask) -> TopMarks:
    colours = floats(np.where(mask[..., None], 0.5, 0.95) * np.ones(3))
    marks = reading.read(silhouette.measure(mask), colours)[2]
    assert isinstance(marks, TopMarks)
    return marks


def test_what_hangs_by_straps_has_no_sleeves_however_far_it_swings_out() -> None:
    mask = _drawn(CAMISOLE)
    assert _read(mask) == (Kind.TOP, "")
    assert not _marks(mask).sleeves


@pytest.mark.parametrize(("outline", "kind"), [(TIED, Kind.TOP), (VEST, Kind.DRESS)])
def test_what_makes_no_sense_with_sleeves_is_read_without(outline: list[tuple[int, int]], kind: Kind) -> None:
    mask = _outlined(outline)
    assert _read(mask) == (kind, "")
    assert not _marks(mask).sleeves


def test_a_cropped_top_widens_at_its_armholes_and_is_no_dress() -> None:
    assert _read(_drawn(CROPPED)) == (Kind.TOP, "")


def test_a_hem_that_is_arched_below_straps_hides_no_sleeves() -> None:
    mask = patterns.strapped(chest=22.0).mask.copy()
    low = int(np.flatnonzero(mask.any(1))[-1])
    canvas = mask.astype(np.uint8)
    cv2.ellipse(canvas, (SIZE // 2, low), (110, 26), 0, 180, 360, 0, -1)
    assert _read(canvas > 0)[1] == ""


def test_a_strap_ends_at_the_neck() -> None:
    drawn = patterns.strapped()
    marks = _marks(drawn.mask)
    for side in (LEFT, RIGHT):
        wide = abs(float(marks.neck[side][0] - marks.shoulder[side][0]))
        assert wide < 2.5 * drawn.scale and abs(float(marks.neck[side][1] - marks.shoulder[side][1])) < 4


def test_neck_and_shoulders_of_what_leans_are_found_about_their_own_middle() -> None:
    assert _read(_outlined(LEANING)) == (Kind.TOP, "")


def test_a_collar_that_stands_up_is_no_shoulder() -> None:
    mask = _outlined(COLLARED)
    marks = _marks(mask)
    wide = float(marks.shoulder[RIGHT][0] - marks.shoulder[LEFT][0])
    assert _read(mask) == (Kind.TOP, "") and wide > 0.6 * np.ptp(np.array(COLLARED)[:, 0])


def test_the_ends_of_a_belt_are_no_part_of_the_sides() -> None:
    slip = patterns.strapped(length=80, hem=27).mask.copy()
    slip[300:314, 40 : SIZE - 40] = True
    assert "belt" in _read(slip)[1]


def test_a_boat_neck_above_a_drawn_in_waist_is_no_waistband() -> None:
    assert _read(_outlined(BOAT_NECK)) == (Kind.DRESS, "")


def test_a_broad_hanger_whose_ends_stick_out_is_neither_collar_nor_sleeves() -> None:
    vest, middle = patterns.top(neck=12, shoulder=19, collar=0), SIZE // 2
    top = int(np.flatnonzero(vest.mask.any(1))[0])
    hanger = np.zeros(vest.mask.shape, np.uint8)
    for side in (-1, 1):
        cv2.line(hanger, (middle, top + 10), (middle + side * 175, top + 70), 1, 20)
        head = [(0, -30), (31, -30), (68, 6), (0, 6)]
        cv2.fillPoly(hanger, [np.array([(middle + side * x, top + y) for x, y in head])], 1)
    beside = np.asarray((hanger > 0) & ~vest.mask, np.bool_)
    photo = vest.photo((70, 80, 170))
    photo[beside] = (205, 170, 125)
    left = without_shoulders(floats(photo / np.float32(255)), np.asarray(vest.mask | beside, np.bool_))
    assert (left & beside).sum() < 0.1 * beside.sum()
    assert (vest.mask & ~left).sum() < 0.02 * vest.mask.sum()


@pytest.mark.parametrize("bow", [(), ((-34, 8), (30, 8)), ((-22, 12), (40, 16))])
def test_straps_that_are_tied_in_bows_are_straps(bow: tuple[tuple[int, int], ...]) -> None:
    """A dress on straps, and on ones that end in bows, whose ends hang down on either side of them."""
    mask = np.zeros((SIZE, SIZE), np.uint8)
    bodice = [(-74, 130), (-40, 96), (40, 96), (74, 130), (66, 200), (120, 430), (-120, 430), (-66, 200)]
    cv2.fillPoly(mask, [np.array(bodice, np.int32) + np.int32(240) - np.array((0, 220), np.int32)], 1)
    for side in (-1, 1):
        cv2.line(mask, (240 + side * 54, 130), (240 + side * 56, 34), 1, 13)
        for across, down in bow:
            cv2.line(mask, (240 + side * 56, 36), (240 + side * 56 + across, 36 + down), 1, 11)
    shape, marks = silhouette.measure(mask > 0), None
    _, _, marks = reading.read(shape, floats(np.ones((SIZE, SIZE, 3))), "dresses")
    assert isinstance(marks, TopMarks) and marks.straps and not marks.sleeves
    assert abs(marks.armpit[RIGHT][1] - 150) < 25
