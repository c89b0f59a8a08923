"""Where the hem of a top or dress begins: at the corners of its outline, which flare on the wearer as cut."""

import cv2
import numpy as np
import pytest

from tryon_sandbox.renderer.cutout import silhouette
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.drape import anchors, draping, fit_top
from tryon_sandbox.renderer.garments.kinds.recognise import Kind
from tryon_sandbox.renderer.garments.marks import landmarks, top_hem
from tryon_sandbox.renderer.scene import body, mannequins
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT

Outline = list[tuple[int, int]]
FLARED = [(20, 4), (50, 0), (52, 50), (58, 90), (44, 150), (128, 276), (80, 300), (0, 306)]
SLANTED = [(-50, 0), (50, 0), (58, 90), (60, 250), (-60, 210), (-58, 90)]


def _shape(outline: Outline) -> Silhouette:
    mask = np.zeros((340, 300), np.uint8)
    cv2.fillPoly(mask, [np.add(np.array(outline, np.int32), (150, 12)).astype(np.int32)], 1)
    return silhouette.measure(mask > 0)


def _flared() -> Silhouette:
    return _shape([*FLARED, *((-x, y) for x, y in reversed(FLARED))])


def test_the_hem_of_a_skirt_begins_where_it_is_widest() -> None:
    shape = _flared()
    marks = top_hem.cornered(shape, landmarks.find_sleeveless(shape))
    for side in BOTH:
        assert marks.hem[side] == pytest.approx((150 + side.sign * 128, 288), abs=5)


def test_a_hem_that_slants_has_one_corner_farther_down() -> None:
    shape = _shape(SLANTED)
    marks = top_hem.cornered(shape, landmarks.find_sleeveless(shape))
    assert marks.hem[RIGHT][1] - marks.hem[LEFT][1] == pytest.approx(40, abs=5)


def test_a_flared_dress_is_widest_at_the_corners_of_its_hem_and_as_long_as_before() -> None:
    shape = _flared()
    marks = landmarks.find_sleeveless(shape)
    figure = body.measure(
        mannequins.load("female_slim", "contrapposto", finish="grey", view="fullbody", size=(192, 256))
    )
    usual = anchors.place(shape, marks, figure, Kind.DRESS)
    before = fit_top.torso(shape, marks, usual, figure, Kind.DRESS)
    cornered, placed = draping.placed(shape, marks, Kind.DRESS, figure)
    patch = fit_top.torso(shape, cornered, placed, figure, Kind.DRESS)
    across, down = patch.outline.T
    for far in (across.argmin(), across.argmax()):
        assert abs(down[far] - placed.hem_y) < figure.unit
    assert down.max() == pytest.approx(before.outline[:, 1].max(), abs=3 * figure.unit)


@pytest.mark.parametrize(("falls", "least", "most"), [(14, 0.0, 0.5), (40, 0.9, 1.2)], ids=["lies", "is cut"])
def test_a_hem_is_worn_aslant_only_where_it_is_cut_so(falls: int, least: float, most: float) -> None:
    shape = _shape([*SLANTED[:4], (-60, 250 - falls), SLANTED[5]])
    figure = body.measure(mannequins.place("female_slim", "straight", view="fullbody", size=(192, 256)))
    marks, placed = draping.placed(shape, landmarks.find_sleeveless(shape), Kind.TOP, figure)
    patch = fit_top.torso(shape, marks, placed, figure, Kind.TOP)
    corners = [patch.target[((patch.source - marks.hem[side]) ** 2).sum(1).argmin()] for side in BOTH]
    assert least < float(corners[1][1] - corners[0][1]) / (falls * placed.stretch) < most
