"""What stands up around the neck in the photo stands up on the wearer: collars, roll necks, hoods' rolls."""

from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.sample_garments import png
from tryon_sandbox.renderer.cutout import silhouette
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.drape import draping, fit_top
from tryon_sandbox.renderer.drape.anchors import place
from tryon_sandbox.renderer.garments import reading
from tryon_sandbox.renderer.garments.garment import understand
from tryon_sandbox.renderer.garments.kinds.recognise import Kind
from tryon_sandbox.renderer.garments.marks import landmarks
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.necks import hood, standing
from tryon_sandbox.renderer.garments.necks.neck_kinds import Neck, Necks
from tryon_sandbox.renderer.scene import body, mannequins
from tryon_sandbox.renderer.scene.body import Body
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT

CHEST = 235  # of the drawn top below
ABOVE = 200  # rows added above it


@cache
def _wearer() -> Body:
    return body.measure(mannequins.place("female_slim", "straight", view="fullbody", size=(768, 1024)))


def _tee() -> tuple[np.ndarray, int]:
    """A top with sleeves, with room above, and the row of its neck's corners."""
    tee = np.pad(patterns.top(sleeve=30).mask, ((ABOVE, 0), (80, 80)))
    return tee.astype(np.uint8), int(np.flatnonzero(tee.any(1))[0])


def _tube(width: int, high: int) -> np.ndarray:
    """With a collar that stands up from its neck."""
    tee, row = _tee()
    middle = tee.shape[1] // 2
    tee[row - high : row + 30, middle - width // 2 : middle + width // 2] = 1
    return tee


def _hooded(half: int, high: int) -> np.ndarray:
    """With a hood laid out above, so many pixels wide and high about its middle."""
    tee, row = _tee()
    cv2.ellipse(tee, (tee.shape[1] // 2, row - 62), (half, high), 0, 0, 360, 1, -1)
    return tee


def _read(mask: np.ndarray) -> tuple[Silhouette, TopMarks]:
    dark = np.zeros((*mask.shape, 3), np.float32)
    _, shape, marks = reading.read(silhouette.measure(np.asarray(mask > 0, np.bool_)), dark, "tops")
    assert isinstance(marks, TopMarks)
    return hood.lying(shape, marks)


def _stands_above_shoulders(shape: Silhouette, marks: TopMarks) -> float:
    """How high the corners of the neck are drawn above the wearer's shoulders, in centimetres."""
    anchors = place(shape, marks, _wearer(), Kind.TOP)
    tops = [_wearer().shoulder_line(float(anchors.neck[side][0])) - anchors.neck[side][1] for side in BOTH]
    return float(np.mean(tops)) / _wearer().unit


@pytest.mark.parametrize(("width", "high"), [(70, 24), (84, 40)], ids=["collar", "roll neck"])
def test_a_collar_stands_up_beside_the_neck(width: int, high: int) -> None:
    shape, marks = _read(_tube(width, high))
    assert not marks.hooded
    assert _stands_above_shoulders(shape, marks) > 2
    anchors = place(shape, marks, _wearer(), Kind.TOP)
    patch = fit_top.torso(shape, marks, anchors, _wearer(), Kind.TOP)
    for side in BOTH:
        near = np.hypot(*(patch.target - anchors.foot[side]).T).argmin()
        assert abs(patch.source[near][1] - standing.find(shape, marks)[side].foot[1]) < 0.03 * CHEST


def test_the_neck_of_a_t_shirt_lies_on_the_shoulders() -> None:
    tee, _ = _tee()
    shape, marks = _read(tee)
    assert not standing.find(shape, marks)
    assert _stands_above_shoulders(shape, marks) < 0.5


def test_what_looks_like_a_collar_stands_up_however_low_its_foot_lies() -> None:
    shape, marks = _read(_tube(100, 3))
    assert not standing.find(shape, marks)
    assert standing.find(shape, replace(marks, collared=True))


def test_what_looks_like_a_collar_stands_up_without_a_corner_at_its_foot() -> None:
    tee, _ = _tee()
    shape, marks = _read(tee)
    marks = replace(marks, collared=True)
    assert _stands_above_shoulders(shape, marks) > 1.5
    for side, stand in standing.find(shape, marks).items():
        away = float(np.hypot(*(stand.foot - marks.neck[side])))
        assert 0.1 < away / marks.neck_width < 0.25
    assert not standing.find(shape, replace(marks, off_shoulder=True))


@pytest.mark.parametrize(
    ("necks", "collared"),
    [
        ({Neck.COLLAR: 0.9}, True),
        ({Neck.COLLAR: 0.6}, False),
        ({Neck.STANDING: 0.4, Neck.HOOD: 0.4}, True),
        ({Neck.ROUND: 0.6, Neck.HOOD: 0.4}, False),
    ],
)
def test_a_look_says_what_is_draped_as_a_collar(
    necks: Necks, collared: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def placed(shape: Silhouette, marks: TopMarks, *_: object) -> None:
        seen.append(marks.collared)
        raise ValueError

    monkeypatch.setattr(draping, "placed", placed)
    garment = understand(png(patterns.top(sleeve=30).photo()))
    with pytest.raises(ValueError):
        picture = np.ones((*_wearer().shape, 3), np.float32)
        draping.drape(picture, replace(garment, necks=necks), _wearer())
    assert seen == [collared]


def test_straps_are_no_collar() -> None:
    mask = patterns.top(neck=9, shoulder=21, sleeve=0).mask.astype(np.uint8)
    row, middle = int(np.flatnonzero(mask.any(1))[0]), mask.shape[1] // 2
    mask = np.pad(mask, ((60, 0), (0, 0)))
    row += 60
    for x in (middle - 36, middle + 20):
        mask[row - 30 : row + 12, x : x + 16] = 1
    marks = landmarks.find_sleeveless(shape := silhouette.measure(mask > 0))
    assert not standing.find(shape, marks)


@pytest.mark.parametrize(("half", "high"), [(68, 106), (84, 100), (90, 95)], ids=["slim", "wide", "wider"])
def test_of_a_hood_a_roll_is_kept_around_the_neck(half: int, high: int) -> None:
    _, row = _tee()
    shape, marks = _read(_hooded(half, high))
    assert marks.hooded
    assert abs(row - marks.neck_y - hood.ROLL * CHEST) < 0.1 * CHEST
    width = float(marks.neck[RIGHT][0] - marks.neck[LEFT][0])
    assert shape.top > marks.neck_y - 4 and width < 2 * half + 4
    assert _stands_above_shoulders(shape, marks) > 1.5


def test_a_neckline_that_the_outline_shows_is_no_hood() -> None:
    tee, row = _tee()
    cv2.ellipse(tee, (tee.shape[1] // 2, row), (70, 90), 0, 0, 360, 0, -1)
    assert not _read(tee)[1].hooded
