"""How a neckline or hood is worn of which a look at the photo says what it is."""

from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.sample_garments import png
from tryon_sandbox.renderer.drape import fit_top, front_edge, hood_behind, neck_width, neckline
from tryon_sandbox.renderer.drape.anchors import place
from tryon_sandbox.renderer.drape.draping import drape
from tryon_sandbox.renderer.drape.edge_signs import Sign
from tryon_sandbox.renderer.drape.neck_curves import DEPTHS, KINDS
from tryon_sandbox.renderer.garments.garment import Garment, understand
from tryon_sandbox.renderer.garments.kinds.recognise import Kind
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.necks import hood
from tryon_sandbox.renderer.garments.necks.neck_kinds import Neck
from tryon_sandbox.renderer.scene import body, mannequins
from tryon_sandbox.renderer.scene.body import Body
from tryon_sandbox.renderer.sides import LEFT, RIGHT

TEE = png(patterns.top(sleeve=20).photo())


@cache
def _wearer() -> Body:
    return body.measure(mannequins.place("female_slim", "straight", view="fullbody", size=(384, 576)))


def _hooded(half: int = 84) -> Garment:
    """A top with a hood laid out above its neck."""
    picture = np.pad(patterns.top(sleeve=30).photo(), ((200, 0), (80, 80), (0, 0)), constant_values=250)
    row = 200 + int(np.flatnonzero(patterns.top(sleeve=30).mask.any(1))[0])
    cloth = tuple(int(one) for one in picture[row + 200, picture.shape[1] // 2])
    cv2.ellipse(picture, (picture.shape[1] // 2, row - 62), (half, 100), 0, 0, 360, cloth, -1)
    return understand(png(picture))


def _changed_above_shoulders(garment: Garment) -> int:
    """How many pixels beside the wearer's head and neck the garment covers."""
    wearer = _wearer()
    bare = np.ones((*wearer.shape, 3), np.float32)
    worn = drape(bare, garment, wearer)
    chin, neck = float(wearer.joints["chin"][1]), float(wearer.joints["neck"][1])
    rows = slice(int(chin - 8 * wearer.unit), int(min(chin + 2 * wearer.unit, neck)))
    return int((np.abs(worn - bare).max(2) > 0.2)[rows].sum())


def test_a_hood_is_seen_behind_the_neck_where_a_look_finds_one() -> None:
    garment = _hooded()
    assert isinstance(garment.marks, TopMarks) and garment.shape is not None
    seen = replace(garment, necks={Neck.HOOD: 0.9})
    assert _changed_above_shoulders(seen) > _changed_above_shoulders(garment) + 3 * _wearer().unit ** 2


def _worn_hood(half: int) -> tuple[Garment, TopMarks, fit_top.Stretch, tuple[float, float]]:
    """A hooded top, its marks, its hood on the body and in the photo, and between which columns it stands."""
    garment, wearer = _hooded(half), _wearer()
    assert isinstance(garment.marks, TopMarks) and garment.shape is not None
    cut, marks = hood.lying(garment.shape, garment.marks)
    anchors = hood_behind.around_neck(marks, place(cut, marks, wearer, Kind.TOP), wearer)
    outline = hood_behind.outline(garment.shape, marks, anchors, wearer)
    return garment, marks, outline, (float(anchors.neck[LEFT][0]), float(anchors.neck[RIGHT][0]))


def test_a_hood_that_lies_spread_falls_back_as_a_round_roll() -> None:
    garment, marks, (worn, _), foot = _worn_hood(92)
    assert garment.shape is not None
    spread = np.ptp(garment.shape.arc(marks.neck[LEFT], marks.neck[RIGHT])[:, 0])
    assert spread > 1.1 * float(marks.neck[RIGHT][0] - marks.neck[LEFT][0])
    assert np.ptp(worn[:, 0]) < 1.01 * (foot[1] - foot[0])


def test_no_hood_stands_beside_the_jaw() -> None:
    _, _, (worn, _), _ = _worn_hood(84)
    at_jaw = worn[[len(worn) // 4, -len(worn) // 4], 1]
    assert at_jaw.min() > float(_wearer().joints["chin"][1]) - 1.5 * _wearer().unit
    assert np.ptp(worn[:, 1]) > 2 * _wearer().unit


def test_so_much_of_a_hood_is_worn_as_its_cloth_is_not_pressed_down() -> None:
    _, marks, (worn, lying), foot = _worn_hood(84)
    size = (foot[1] - foot[0]) / float(marks.neck[RIGHT][0] - marks.neck[LEFT][0])
    assert np.ptp(worn[:, 1]) / np.ptp(lying[:, 1]) == pytest.approx(size, rel=0.15)


def test_nothing_stands_behind_the_neck_without_a_look_or_a_hood() -> None:
    garment = _hooded()
    assert isinstance(garment.marks, TopMarks) and garment.shape is not None
    cut, _ = hood.lying(garment.shape, garment.marks)
    assert hood_behind.is_worn(garment.shape, cut, {Neck.HOOD: 0.9})
    assert not hood_behind.is_worn(garment.shape, cut, {})
    assert not hood_behind.is_worn(garment.shape, garment.shape, {Neck.HOOD: 0.9})


@pytest.mark.parametrize(
    ("half_cm", "surely", "worn_cm"),
    [(5.6, 0.9, 14.0), (8.0, 0.9, 16.0), (9.7, 0.6, 17.2), (12.5, 0.9, 17.5), (13.0, 0.6, 19.5)],
)
def test_a_round_neckline_is_worn_as_wide_as_necks_are(half_cm: float, surely: float, worn_cm: float) -> None:
    garment, wearer = understand(TEE), _wearer()
    assert isinstance(garment.marks, TopMarks) and garment.shape is not None
    anchors = place(garment.shape, garment.marks, wearer, Kind.TOP)
    middle = float(anchors.neck[LEFT][0] + anchors.neck[RIGHT][0]) / 2
    for side in (LEFT, RIGHT):
        anchors.neck[side][0] = middle + side.sign * half_cm * wearer.unit
    for necks, width_cm in (
        ({Neck.ROUND: surely}, worn_cm),
        ({Neck.DEEP: 0.9}, 2 * half_cm),
        ({}, 2 * half_cm),
    ):
        worn = neck_width.worn(garment.marks, anchors, necks, wearer)
        width = float(worn.neck[RIGHT][0] - worn.neck[LEFT][0])
        assert width / wearer.unit == pytest.approx(width_cm, abs=0.2)


def test_no_unsure_edge_opens_to_the_waist_what_looks_shallow(monkeypatch: pytest.MonkeyPatch) -> None:
    garment = understand(TEE)
    marks = garment.marks
    assert isinstance(marks, TopMarks)
    by_chest = DEPTHS * marks.neck_width / 2 / marks.chest_width
    seen = np.zeros((len(KINDS), len(DEPTHS), len(Sign)), np.float32)
    deep = int(np.searchsorted(by_chest, 0.75))
    seen[4, deep, Sign.EVEN] = 0.30
    monkeypatch.setattr(front_edge, "signs", lambda *_: seen)
    monkeypatch.setattr(front_edge, "SURE_DEEP", 1.0)
    for necks, is_deep in (({Neck.DEEP: 0.9}, False), ({Neck.POINTED: 0.9}, True), ({}, True)):
        edge = front_edge.search(garment.cutout, marks, necks)
        assert (edge.depth * marks.neck_width / 2 / marks.chest_width > front_edge.DEEP) == is_deep


def test_a_neckline_that_hangs_askew_is_worn_alike_on_both_sides() -> None:
    garment, wearer = understand(TEE), _wearer()
    marks = garment.marks
    assert isinstance(marks, TopMarks) and garment.shape is not None
    half, middle = marks.neck_width / 2, front_edge.middle(marks)
    angle, turn = np.linspace(np.pi, 0, 41), np.deg2rad(10)
    ellipse = np.c_[0.95 * np.cos(angle), 0.9 * np.sin(angle)]
    edge = ellipse @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    anchors = place(garment.shape, marks, wearer, Kind.TOP)
    patch = fit_top.torso(garment.shape, marks, anchors, wearer, Kind.TOP)
    places = neckline.evened(patch, edge * half + [middle, marks.neck_y], marks, anchors).target[
        len(patch.target) :
    ]
    away = places - (anchors.neck[LEFT] + anchors.neck[RIGHT]) / 2
    assert np.abs(away[:, 0] + away[::-1, 0]).max() < 0.1 * wearer.unit
    assert np.abs(away[:, 1] - away[::-1, 1]).max() < 0.3 * wearer.unit
    assert away[:, 1].max() > 4 * wearer.unit
