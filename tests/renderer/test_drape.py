"""How garments lie on figures: nothing peeks out, nothing folds over, and layers are in order."""

from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.patterns import Drawn
from tests.renderer.sample_garments import VENDOR_TYPES, garment, pixels, png
from tryon_sandbox.renderer import LIBRARY, Figure, Look, Piece, dress
from tryon_sandbox.renderer.drape import draping, fit_sleeve, fit_top, layers, neckline, warp
from tryon_sandbox.renderer.drape.anchors import place
from tryon_sandbox.renderer.drape.covering import over_arm
from tryon_sandbox.renderer.drape.draping import drape
from tryon_sandbox.renderer.garments.garment import Garment, understand
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.necks.neck_corners import at_kinks
from tryon_sandbox.renderer.raster import Floats, floats
from tryon_sandbox.renderer.scene import body, mannequins
from tryon_sandbox.renderer.scene.body import FOREARM, HAND, HEAD, TORSO, UPPER_ARM, Body
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT, Side

pytestmark = pytest.mark.slow

SIZE = (384, 512)
FIGURES = (
    ("female_slim", "contrapposto"),
    ("female_curvy", "hand_on_hip"),
    ("male_slim", "straight"),
    ("male_curvy", "contrapposto_turned"),
    ("girl", "hand_on_hip_turned"),
)
TOPS = tuple(name for name, kind in VENDOR_TYPES.items() if kind == "tops")
SLEEVED_LONG = ("hoodie", "shirt", "sweater", "white_shirt")
PEEKING = 0.003  # of the torso between neckline and hem
ASPECT = (0.75, 1.35)
HEM_CM = 1.5


@cache
def _piece(name: str) -> Garment:
    return understand(garment(name))


@cache
def _body(figure: str, pose: str) -> Body:
    return body.measure(mannequins.load(figure, pose, finish="grey", view="fullbody", size=SIZE))


@cache
def _cover(name: str, figure: str, pose: str) -> Floats:
    """How much of each pixel the garment covers: what a black and a white ground have in common."""
    form = _body(figure, pose)
    grounds = [np.full((*form.shape, 3), tone, np.float32) for tone in (0.0, 1.0)]
    black, white = (drape(ground, _piece(name), form) for ground in grounds)
    return floats(1 - np.clip((white - black).min(-1), 0, 1))


def _rows(form: Body) -> np.ndarray:
    return np.arange(form.shape[0])[:, None]


def _wanted(name: str, form: Body) -> np.ndarray:
    """The torso's pixels that this garment ought to hide, a little inside neckline, waist and hem."""
    if VENDOR_TYPES[name] == "bottoms":
        waist = float(form.joints["neck"][1]) + 42 * form.unit
        hip = float(form.joints["hipR"][1])
        return form.where(TORSO) & (_rows(form) > waist) & (_rows(form) < hip + 2 * form.unit)
    start = max(float(form.joint("shoulder", side)[1]) for side in BOTH) + 13 * form.unit
    end = draping.hem_row(_piece(name), form) - 2 * form.unit
    return form.where(TORSO) & (_rows(form) > start) & (_rows(form) < end)


@pytest.mark.parametrize(("figure", "pose"), FIGURES)
@pytest.mark.parametrize("name", VENDOR_TYPES)
def test_nothing_of_the_torso_peeks_out(name: str, figure: str, pose: str) -> None:
    form = _body(figure, pose)
    wanted = _wanted(name, form) & (form.alpha > 0.98)
    hands = cv2.dilate(form.where(*HAND.values(), *FOREARM.values()).astype(np.uint8), np.ones((9, 9))) > 0
    wanted &= ~hands
    assert wanted.sum() > 500
    assert float((_cover(name, figure, pose)[wanted] < 0.5).mean()) < PEEKING


def _map(name: str, form: Body) -> tuple[np.ndarray, np.ndarray]:
    """Where each pixel of the trunk comes from in the photo, and the trunk's middle, away from its edges."""
    piece = _piece(name)
    assert piece.shape is not None and isinstance(piece.marks, TopMarks)
    marks = at_kinks(piece.shape, piece.marks)
    marks, anchors = draping.placed(piece.shape, marks, piece.kind, form)
    patch = fit_top.torso(piece.shape, marks, anchors, form, piece.kind)
    where = warp.thin_plate(patch.target, patch.source, (0, 0, form.shape[1], form.shape[0]))
    inside = np.zeros(form.shape, np.uint8)
    cv2.fillPoly(inside, [np.round(patch.outline).astype(np.int32)], 1)
    return where, inside


def _bent(where: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Determinant of the map, and how far one pixel across and one pixel down go in the photo."""
    down, across = np.gradient(where, axis=(0, 1))
    turned = across[..., 0] * down[..., 1] - across[..., 1] * down[..., 0]
    return turned, np.linalg.norm(across, axis=-1), np.linalg.norm(down, axis=-1)


@pytest.mark.parametrize(("figure", "pose"), FIGURES)
@pytest.mark.parametrize("name", [*TOPS, "dress"])
def test_cloth_is_bent_but_never_folded_over(name: str, figure: str, pose: str) -> None:
    where, inside = _map(name, _body(figure, pose))
    turned, across, down = _bent(where)
    assert float(turned[cv2.erode(inside, np.ones((5, 5))) > 0].min()) > 0
    left, top, wide, high = cv2.boundingRect(inside)
    middle = slice(top + high // 4, top + high * 3 // 4), slice(left + wide // 3, left + wide * 2 // 3)
    aspect = float(np.median(across[middle] / down[middle]))
    assert ASPECT[0] < aspect < ASPECT[1]


@pytest.mark.parametrize(("figure", "pose"), FIGURES)
@pytest.mark.parametrize("name", TOPS)
def test_a_hem_is_level(name: str, figure: str, pose: str) -> None:
    form = _body(figure, pose)
    piece = _piece(name)
    assert piece.shape is not None and isinstance(piece.marks, TopMarks)
    marks = at_kinks(piece.shape, piece.marks)
    marks, anchors = draping.placed(piece.shape, marks, piece.kind, form)
    patch = fit_top.torso(piece.shape, marks, anchors, form, piece.kind)
    low = {
        side: max(y for x, y in patch.outline if side.sign * (x - form.centre(float(y))) > 8 * form.unit)
        for side in BOTH
    }
    assert abs(low[LEFT] - low[RIGHT]) < HEM_CM * form.unit


@pytest.mark.parametrize(("figure", "pose"), FIGURES)
@pytest.mark.parametrize("name", SLEEVED_LONG)
def test_long_sleeves_lie_over_the_arms_and_end_at_the_hands(name: str, figure: str, pose: str) -> None:
    form, cover = _body(figure, pose), _cover(name, figure, pose)
    solid = form.alpha > 0.98
    arms, hands = (
        form.where(*UPPER_ARM.values(), *FOREARM.values()) & solid,
        form.where(*HAND.values()) & solid,
    )
    assert float(cover[arms].mean()) > 0.93
    assert float(cover[hands].mean()) < 0.30


@pytest.mark.parametrize(("figure", "pose"), FIGURES)
def test_no_rim_of_skin_shines_through_beside_a_sleeve(figure: str, pose: str) -> None:
    form = _body(figure, pose)
    arms, hands = (
        cv2.dilate(form.where(*codes).astype(np.uint8), np.ones((size, size))) > 0
        for codes, size in (((*UPPER_ARM.values(), *FOREARM.values()), 3), (HAND.values(), 25))
    )
    skin = form.alpha * (1 - _cover("white_shirt", figure, pose))
    assert float(np.quantile(skin[arms & ~hands], 0.99)) < 0.1


@pytest.mark.parametrize(
    ("drawn", "long"),
    [
        (patterns.top(chest=30, hem=30, shoulder=26, length=56, sleeve=44, cuff=8, armhole=22), True),
        (patterns.top(chest=34, hem=34, shoulder=26, length=50, sleeve=36, cuff=13, armhole=22), True),
        (patterns.top(sleeve=24, cuff=14), False),
    ],
    ids=["tapered", "straight", "tee"],
)
def test_a_sleeve_that_tapers_reaches_the_wrist_however_wide_the_chest_is(drawn: Drawn, long: bool) -> None:
    form, piece = _body("female_slim", "straight"), understand(png(drawn.photo()))
    assert piece.shape is not None and isinstance(piece.marks, TopMarks)
    marks = at_kinks(piece.shape, piece.marks)
    anchors = place(piece.shape, marks, form, piece.kind)
    hole = fit_top.armhole(piece.shape, marks, anchors, form, LEFT)
    assert fit_sleeve.sleeve(marks, anchors, form, piece.kind, LEFT, hole).is_long == long
    known = replace(marks, to_wrists=True)
    assert fit_sleeve.sleeve(known, anchors, form, piece.kind, LEFT, hole).is_long
    known = replace(marks, to_elbows=True)
    assert not fit_sleeve.sleeve(known, anchors, form, piece.kind, LEFT, hole).is_long


@pytest.mark.parametrize("side", BOTH)
def test_a_sleeve_is_not_smeared_over_a_shoulder_that_the_trunk_covers(side: Side) -> None:
    form, piece = _body("female_curvy", "straight"), _piece("tee")
    assert piece.shape is not None and isinstance(piece.marks, TopMarks)
    marks = at_kinks(piece.shape, piece.marks)
    anchors = place(piece.shape, marks, form, piece.kind)
    hole = fit_top.armhole(piece.shape, marks, anchors, form, side)
    sleeve = fit_sleeve.sleeve(marks, anchors, form, piece.kind, side, hole)
    bare = warp.warp(sleeve.patch, piece.cutout.rgb, piece.cutout.alpha, piece.cutout.scale, form.shape)

    def added(trunk: float) -> float:
        cloth = warp.Cloth(bare.rgb.copy(), bare.alpha.copy())
        covered = np.full(form.shape, trunk, np.float32)
        closed = over_arm(cloth, sleeve, anchors.armpit[side], covered, form, side)
        return float((closed.alpha - bare.alpha)[: round(layers.arms_come_forward(form)) - 2].sum())

    assert added(0.0) > 20 * max(added(1.0), 0.1)


@pytest.mark.parametrize("name", ["tee", "printed_tee"])
def test_short_sleeves_end_on_the_upper_arm(name: str) -> None:
    form, cover = _body("female_slim", "straight"), _cover(name, "female_slim", "straight")
    for side in BOTH:
        shoulder, elbow = form.joint("shoulder", side), form.joint("elbow", side)
        column = [
            cover[tuple(np.round(shoulder + (elbow - shoulder) * share).astype(int)[::-1])]
            for share in (0.35, 0.95)
        ]
        assert column[0] > 0.9 and column[1] < 0.1


@pytest.mark.parametrize(("figure", "pose"), FIGURES)
def test_hands_hang_before_a_skirt_and_heads_above_every_collar(figure: str, pose: str) -> None:
    form = _body(figure, pose)
    hands, head = form.where(*HAND.values()), form.where(HEAD) & (_rows(form) < form.joints["chin"][1])
    inner = form.alpha > 0.98
    assert float(_cover("skirt", figure, pose)[hands & inner].mean()) < 0.25
    for name in TOPS:
        assert float(_cover(name, figure, pose)[head & inner].max()) < 0.05


def test_a_hem_throws_a_shadow_on_what_is_below_it() -> None:
    form = _body("female_slim", "straight")
    ground = np.ones((*form.shape, 3), np.float32)
    worn = drape(ground, _piece("tee"), form)
    hem = draping.hem_row(_piece("tee"), form)
    column = round(form.centre(hem))
    below = worn[round(hem + 3 * form.unit) : round(hem + 5 * form.unit), column].mean()
    far = worn[round(hem + 16 * form.unit), column].mean()
    assert below < far - 0.04


def test_a_short_top_leaves_nobody_bare() -> None:
    vest = mannequins.load("girl", "straight", finish="rose", view="fullbody", size=SIZE)
    bare = mannequins.load("girl", "straight", finish="rose", view="fullbody", size=SIZE, bare_above=1e6)
    row = round(body.measure(vest).joints["neck"][1] + 30 * body.measure(vest).unit)
    half = mannequins.load("girl", "straight", finish="rose", view="fullbody", size=SIZE, bare_above=row)
    assert np.array_equal(half.rgb[row + 1 :], vest.rgb[row + 1 :])
    assert np.array_equal(half.rgb[: row - 1], bare.rgb[: row - 1])
    assert not np.array_equal(half.rgb, bare.rgb)


def test_no_mere_rim_of_the_vest_shows_below_a_top() -> None:
    def clothed(bare_above: float) -> np.ndarray:
        return mannequins.load(
            "female_slim", "contrapposto", finish="grey", view="fullbody", size=SIZE, bare_above=bare_above
        ).rgb

    vest, bare, unit = clothed(0), clothed(1e6), _body("female_slim", "contrapposto").unit
    hem = float(np.flatnonzero((vest != bare).any((1, 2)))[-1])
    assert np.array_equal(clothed(hem - 7 * unit), bare)
    assert not np.array_equal(clothed(hem - 14 * unit), bare)


def test_a_girl_and_a_boy_are_told_apart() -> None:
    girl, boy = (
        mannequins.load(who, "straight", finish="rose", view="fullbody", size=SIZE) for who in ("girl", "boy")
    )
    assert float(np.abs(girl.rgb - boy.rgb).max(-1)[girl.alpha > 0.5].mean()) > 0.05


def test_neighbouring_pictures_of_a_job_are_plainly_different() -> None:
    looks = [Look((Piece(garment("tee")),), LIBRARY["James"], index=index) for index in range(8)]
    small = [cv2.resize(pixels(dress(look).png), (96, 128), interpolation=cv2.INTER_AREA) for look in looks]
    for one in range(8):
        for other in range(one):
            assert float((np.abs(small[one] - small[other]).max(-1) > 0.12).mean()) > 0.04


@pytest.mark.parametrize("style", ["universal_1", "universal_2", "universal_3"])
def test_a_described_figure_is_dressed_the_same_twice(style: str) -> None:
    look = Look((Piece(garment("dress")),), Figure(style=style, body="curvy"), "halfbody", 1)
    assert dress(look).png == dress(look).png


def test_a_neckline_is_looked_for_once_however_many_wear_it(monkeypatch: pytest.MonkeyPatch) -> None:
    hoodie, fronts = replace(_piece("hoodie")), iter([neckline.UNSURE])
    monkeypatch.setattr(neckline, "find", lambda *_: next(fronts))
    for figure in FIGURES[:2]:
        drape(np.ones((*_body(*figure).shape, 3), np.float32), hoodie, _body(*figure))
    assert not list(fronts)


def test_a_drawn_picture_is_written_smaller_than_by_the_usual_choice() -> None:
    drawn = dress(Look((Piece(garment("hoodie")),), LIBRARY["James"])).png
    colours = np.rint(pixels(drawn)[..., ::-1] * 255).astype(np.uint8)
    assert len(drawn) < 0.99 * len(cv2.imencode(".png", colours, [cv2.IMWRITE_PNG_COMPRESSION, 3])[1])
