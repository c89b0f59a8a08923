"""How long and how wide trousers and shorts are drawn: by their hips and legs, not by a waist drawn up."""

from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest

from tryon_sandbox.renderer.cutout import silhouette
from tryon_sandbox.renderer.drape.fit_trousers import TrouserFit, trousers
from tryon_sandbox.renderer.drape.two_legs import joined
from tryon_sandbox.renderer.drape.warp import Cloth
from tryon_sandbox.renderer.garments.marks.hem_corners import squared
from tryon_sandbox.renderer.garments.marks.trouser_marks import find_trousers
from tryon_sandbox.renderer.raster import polygon
from tryon_sandbox.renderer.scene import body, mannequins
from tryon_sandbox.renderer.scene.body import Body
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT

Half = list[tuple[int, int]]  # from the middle line to the right, from the top down, in mask pixels
ELASTIC: Half = [(0, 6), (44, 2), (84, 50), (116, 290), (56, 294), (2, 112), (0, 106)]  # a child's, splayed
FULL: Half = [(0, 4), (50, 2), (62, 50), (66, 300), (30, 300), (2, 96), (0, 90)]
SHORT: Half = [(0, 4), (70, 2), (90, 60), (110, 120), (20, 128), (2, 118), (0, 112)]
WIDE_SHORTS: Half = [(0, 4), (84, 2), (104, 100), (122, 186), (8, 206), (4, 164), (0, 160)]
WIDE: Half = [(0, 4), (60, 2), (80, 90), (112, 300), (6, 304), (3, 104), (0, 98)]
SPLAYED: Half = [(0, 4), (66, 2), (138, 160), (60, 190), (4, 92), (0, 88)]
UPPER_CORNER_ONLY: Half = [(0, 16), (40, 12), (50, 0), (64, 60), (66, 300), (30, 300), (2, 110), (0, 104)]


@cache
def _figure() -> Body:
    return body.measure(
        mannequins.load("female_slim", "contrapposto", finish="grey", view="fullbody", size=(192, 256))
    )


def _fit(half: Half) -> TrouserFit:
    right = np.array(half, np.float64)
    mask = np.zeros((330, 300), np.uint8)
    for mirror in (1, -1):
        cv2.fillPoly(mask, [np.round(right * (mirror, 1) + (150, 12)).astype(np.int32)], 1)
    shape = silhouette.measure(mask > 0)
    return trousers(shape, find_trousers(shape), _figure())


@pytest.mark.parametrize("half", [SHORT, WIDE_SHORTS, WIDE])
def test_however_wide_legs_are_they_lie_on_each_other_above_and_part_at_the_hem(half: Half) -> None:
    fit, figure = _fit(half), _figure()
    left, right = (polygon(patch.outline, figure.shape) > 0.5 for patch in fit.patches)
    hem = min(float(fit.hems[side][1][1]) for side in BOTH)
    above, low = (int(fit.crotch[1] + part * (hem - fit.crotch[1])) for part in (0.2, 0.95))
    ends = sorted(fit.hems[side][1][0] for side in BOTH)
    assert ends[1] - ends[0] > 2 * figure.unit and fit.hems[LEFT][1][0] < fit.hems[RIGHT][1][0]
    middle = slice(int(ends[0]), int(ends[1]) + 1)
    assert (left | right)[above, middle].all() and not (left | right)[low, middle].all()


@pytest.mark.parametrize("half", [ELASTIC, FULL])
def test_legs_stand_apart_at_their_hems_and_reach_the_ankles(half: Half) -> None:
    fit, figure = _fit(half), _figure()
    ankle = max(float(figure.joint("ankle", side)[1]) for side in BOTH)
    assert fit.hems[LEFT][1][0] < fit.hems[RIGHT][1][0]
    assert all(abs(float(fit.hems[side][0][1]) - ankle) < 6 * figure.unit for side in BOTH)


def test_short_shorts_are_as_short_as_they_are_cut_and_cover_the_hips() -> None:
    fit, figure = _fit(SHORT), _figure()
    knee, hip = (min(float(figure.joint(name, side)[1]) for side in BOTH) for name in ("knee", "hip"))
    for side in BOTH:
        hem = float(fit.hems[side][0][1])
        assert figure.shortest_hem - 1 <= hem < hip + 0.6 * (knee - hip)


def test_the_crotch_of_wide_shorts_hangs_as_low_as_it_is_cut() -> None:
    cut = 160 / 206  # of the way from the waist to the hem
    fit, usual = _fit(WIDE_SHORTS), _fit(FULL)
    hem = float(np.mean([fit.hems[side][1][1] for side in BOTH]))
    assert fit.crotch[1] - usual.crotch[1] > 4 * _figure().unit
    assert (fit.crotch[1] - fit.waist_y) / (hem - fit.waist_y) > cut - 0.08


def test_what_closes_the_crotch_of_short_legs_ends_at_their_hem() -> None:
    figure, fit = _figure(), _fit(WIDE_SHORTS)
    hem = int(min(end[1] for side in BOTH for end in fit.hems[side]))
    on_thigh = replace(fit, crotch=np.array([sum(figure.leg(hem, LEFT)) / 2, hem - 3 * figure.unit]))
    blank = np.zeros(figure.shape, np.float32)
    blank[int(fit.waist_y) : hem] = 1
    cloth = Cloth(np.ones((*figure.shape, 3), np.float32), blank)
    assert float(joined((cloth, cloth), on_thigh, figure).alpha[hem + 1 :].max()) == 0


def test_the_corners_of_a_waist_are_found_where_its_middle_hangs_down() -> None:
    fit, plain = _fit(UPPER_CORNER_ONLY), _fit(FULL)
    assert fit.scale == pytest.approx(plain.scale, rel=0.1)


def test_hips_are_no_wider_for_a_waist_that_is_drawn_up() -> None:
    fit, figure = _fit(ELASTIC), _figure()
    row = float(figure.joint("hip", LEFT)[1] + figure.joint("hip", RIGHT)[1]) / 2
    outline = np.concatenate([patch.outline for patch in fit.patches])
    wide = float(np.ptp(outline[np.abs(outline[:, 1] - row) < 4 * figure.unit, 0]))
    assert wide < 1.16 * figure.width(row)


def test_a_waist_that_lies_aslant_is_worn_level() -> None:
    mask = np.zeros((330, 300), np.uint8)
    outline = [(88, 12), (212, 34), (216, 312), (180, 312), (150, 110), (120, 312), (84, 312)]
    cv2.fillPoly(mask, [np.array(outline, np.int32)], 1)
    shape = silhouette.measure(mask > 0)
    fit, figure = trousers(shape, find_trousers(shape), _figure()), _figure()
    highest = [float(patch.outline[:, 1].min()) for patch in fit.patches]
    assert min(highest) > fit.waist_y - 0.5 * figure.unit


def test_a_hem_that_slants_as_the_leg_lies_aslant_is_worn_level_and_whole() -> None:
    mask = np.zeros((330, 300), np.uint8)
    for mirror in (1, -1):
        cv2.fillPoly(mask, [np.round(np.array(SPLAYED) * (mirror, 1) + (150, 12)).astype(np.int32)], 1)
    shape = silhouette.measure(mask > 0)
    marks = squared(shape, find_trousers(shape))
    for side in BOTH:
        assert marks.outer[side] == pytest.approx((150 + side.sign * 138, 172), abs=5)
        assert marks.inner[side] == pytest.approx((150 + side.sign * 60, 202), abs=5)
    patch = _fit(SPLAYED).patches[0]
    low = patch.outline[:, 1] > patch.outline[:, 1].max() - 1.5 * _figure().unit
    assert float(np.ptp(patch.outline[low, 0])) > 8 * _figure().unit
    assert float(np.ptp(patch.source[: len(patch.outline)][low, 1])) > 20


def test_a_hem_is_drawn_above_a_notch_in_it() -> None:
    mask = np.zeros((330, 300), np.uint8)
    for mirror in (1, -1):
        cv2.fillPoly(mask, [np.round(np.array(FULL) * (mirror, 1) + (150, 12)).astype(np.int32)], 1)
    mask[296:, 190:205] = 0
    shape = silhouette.measure(mask > 0)
    marks = squared(shape, find_trousers(shape))
    assert max(marks.outer[RIGHT][1], marks.inner[RIGHT][1]) < 299
    assert min(marks.outer[LEFT][1], marks.inner[LEFT][1]) > 305


def _laid(columns: tuple[int, int], shape: tuple[int, int]) -> Cloth:
    alpha = np.zeros(shape, np.float32)
    alpha[:, slice(*columns)] = 1
    return Cloth(np.full((*shape, 3), 0.6, np.float32), alpha)


def test_a_shadow_lies_between_legs_that_overlap_and_no_hole_at_their_crotch() -> None:
    fit, figure = _fit(FULL), _figure()
    x, y = int(fit.crotch[0]), int(fit.crotch[1])
    below, above = _laid((x - 30, x + 6), figure.shape), _laid((x - 4, x + 30), figure.shape)
    for one in (below, above):
        one.alpha[y + 2 : y + 6, x - 1 : x + 2] = 0
    worn = joined((below, above), fit, figure)
    low = y + round(20 * figure.unit)
    assert worn.rgb[low, x - 4, 0] < 0.5 < worn.rgb[low, x - 20, 0]
    assert worn.alpha[y : y + 8, x - 2 : x + 3].min() > 0.9
