"""What a garment hangs on is taken off, and what its parts are told by where that is not enough."""

import io

import cv2
import numpy as np
import pytest
from PIL import Image

from tests.renderer import patterns
from tests.renderer.patterns import SIZE
from tests.renderer.sample_garments import png
from tests.renderer.test_kinds import Half, _drawn, _read
from tryon_sandbox.renderer.curves import points
from tryon_sandbox.renderer.cutout import silhouette
from tryon_sandbox.renderer.cutout.cutout import cut_out
from tryon_sandbox.renderer.cutout.hanger_head import without_head
from tryon_sandbox.renderer.cutout.hanger_shoulders import without_shoulders
from tryon_sandbox.renderer.drape.anchors import NECK_TO_WAIST_CM, place
from tryon_sandbox.renderer.drape.fit_trousers import trousers
from tryon_sandbox.renderer.garments.checks import armhole_signs
from tryon_sandbox.renderer.garments.garment import understand
from tryon_sandbox.renderer.garments.kinds import accessories
from tryon_sandbox.renderer.garments.kinds.recognise import Kind
from tryon_sandbox.renderer.garments.marks import armpits, landmarks
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.marks.sleeve_marks import SleeveMarks
from tryon_sandbox.renderer.garments.marks.trouser_marks import find_trousers
from tryon_sandbox.renderer.garments.outline import profile
from tryon_sandbox.renderer.raster import floats
from tryon_sandbox.renderer.scene import body, mannequins
from tryon_sandbox.renderer.scene.picture import Picture, decode
from tryon_sandbox.renderer.sides import LEFT, RIGHT

WOOD = (196, 130, 70)
HOT_PANTS: Half = [(0, 6), (149, 3), (191, 140), (202, 243), (194, 248), (0, 259)]
WIDE_JEANS: Half = [
    (0, 8), (75, 1), (99, 53), (115, 109), (129, 199), (137, 288), (135, 400), (128, 403), (6, 394),
    (7, 286), (4, 281), (0, 283),
]  # fmt: skip
BAGGY_JEANS: Half = [
    (0, 1), (78, 2), (85, 8), (116, 102), (136, 192), (148, 275), (155, 384), (65, 402), (45, 402), (35, 382),
    (0, 254),
]  # fmt: skip


def _top_of(mask: np.ndarray) -> int:
    return int(np.flatnonzero(mask.any(1))[0])


def _on_hanger(mask: np.ndarray) -> np.ndarray:
    """The head of a wooden hanger that stands in the neck."""
    return _wooden(mask, head=(8, -18), foot=(26, 68))


def _on_shoulders(mask: np.ndarray) -> np.ndarray:
    """The arms of a wooden hanger, sloping from its middle to both sides behind a top."""
    return _wooden(mask, head=(14, -28), foot=(75, 20))


def _wooden(mask: np.ndarray, head: tuple[int, int], foot: tuple[int, int]) -> np.ndarray:
    """What looks out of a wedge behind the top: half its width and its row below the top's, twice."""
    wedge, top, middle = np.zeros(mask.shape, np.uint8), _top_of(mask), SIZE // 2
    right = [(head[0], head[1]), (foot[0], foot[1])]
    outline = [(-x, y) for x, y in reversed(right)] + right
    cv2.fillPoly(wedge, [np.array([(middle + x, top + y) for x, y in outline])], 1)
    return np.asarray((wedge > 0) & ~mask, np.bool_)


def test_a_picture_with_its_own_transparency_hangs_on_no_hanger_either() -> None:
    tee = patterns.top(neck=12, sleeve=20, collar=10)
    bar = _on_hanger(tee.mask)
    photo = tee.photo((70, 80, 170))
    photo[bar] = WOOD
    alpha = np.where(tee.mask | bar, 255, 0).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(np.dstack([photo, alpha])).save(out, "PNG")
    found = cut_out(decode(out.getvalue(), longest=1024))
    assert (found.mask & bar).sum() < 0.3 * bar.sum() and found.alpha[bar].mean() < 0.3
    assert found.alpha[tee.mask].mean() > 0.98


def test_the_bar_of_a_clip_hanger_is_no_waistband() -> None:
    skirt = patterns.skirt()
    photo, top, middle = skirt.photo((70, 80, 170)), _top_of(skirt.mask), SIZE // 2
    half = int(skirt.mask[top + 2].sum()) // 2
    photo[top - 14 : top, middle - half + 16 : middle + half - 16] = WOOD
    for side in (-1, 1):
        x = middle + side * (half - 12)
        photo[top - 14 : top + 6, x - 5 : x + 5] = (60, 60, 60)
    cv2.line(photo, (middle, top - 14), (middle, top - 36), (150, 150, 150), 4)
    found = cut_out(Picture(floats(photo.astype(np.float32) / 255), None)).mask
    assert not found[: top - 4].any()
    assert (skirt.mask & ~found).sum() < 0.03 * skirt.mask.sum()


def test_a_waistband_of_another_colour_stays() -> None:
    skirt = patterns.skirt()
    photo, top = skirt.photo((70, 80, 170)), _top_of(skirt.mask)
    photo[top : top + 24][skirt.mask[top : top + 24]] = WOOD
    found = cut_out(Picture(floats(photo.astype(np.float32) / 255), None)).mask
    assert (skirt.mask & ~found).sum() < 0.02 * skirt.mask.sum()


def test_trousers_that_hang_by_two_clips_are_no_jumpsuit() -> None:
    hung = patterns.trousers().mask.copy()
    top, half = _top_of(hung), int(hung[_top_of(hung) + 2].sum()) // 2
    for side in (-1, 1):
        x = SIZE // 2 + side * (half - 12)
        hung[top - 32 : top + 2, x - 4 : x + 5] = True
    assert _read(hung) == (Kind.TROUSERS, "")


def test_short_trousers_that_begin_level_are_no_hat() -> None:
    assert not profile.measure(silhouette.measure(_drawn(HOT_PANTS))).is_like("hat")


def test_jeans_whose_legs_lie_together_are_no_shoes() -> None:
    assert _read(_drawn(WIDE_JEANS)) == (Kind.TROUSERS, "")


def _with_sleeves(cuff: list[tuple[int, int]]) -> TopMarks:
    """A trunk of 100 by 150, with sleeves from the shoulders' tips to this cuff and back to the armpits."""
    tip, pit, hem = (60, 20), (50, 70), (50, 150)
    outer, across, inner = [tip, cuff[0]], cuff, [cuff[-1], pit]
    right = [np.array(path, np.float64) for path in (outer, across, inner)]
    left = [path * (-1, 1) for path in right]
    armpit, shoulder, neck, low = (
        {LEFT: points([-x, y]), RIGHT: points([x, y])} for x, y in (pit, tip, (20, 0), hem)
    )
    sleeves = {LEFT: SleeveMarks(*left), RIGHT: SleeveMarks(*right)}
    return TopMarks(armpit, shoulder, neck, low, sleeves)


def test_sides_that_swing_out_below_straps_are_no_sleeves() -> None:
    assert not armhole_signs.edges_differ(_with_sleeves([(130, 110), (105, 130)]))
    assert not armhole_signs.edges_differ(_with_sleeves([(75, 45), (52, 68)]))
    assert armhole_signs.edges_differ(_with_sleeves([(70, 150), (55, 84)]))


@pytest.mark.parametrize(
    ("shape", "least", "most"),
    [
        (BAGGY_JEANS, 0.95, 1.05),
        ([(0, 0), (56, 0), (80, 80), (86, 164), (4, 166), (0, 134)], 0.0, 0.6),  # shorts to the knee
    ],
)
def test_wide_trousers_whose_thighs_touch_are_as_long_as_they_are(
    shape: Half, least: float, most: float
) -> None:
    form = body.measure(
        mannequins.load("female_slim", "straight", finish="grey", view="fullbody", size=(768, 1024))
    )
    whole = silhouette.measure(_drawn(shape))
    fit = trousers(whole, find_trousers(whole), form)
    hem = float(np.mean([edge[0][1] for edge in fit.hems.values()]))
    ankle = float(form.joints["ankleR"][1])
    assert least < (hem - fit.crotch[1]) / (ankle - fit.crotch[1]) < most


def _with_band(head: list[tuple[int, int]], daylight: list[tuple[int, int]]) -> np.ndarray:
    """A body of cloth, something above it, and daylight between; halves, from the middle line outwards."""
    mask = np.zeros((SIZE, SIZE), np.uint8)
    body_ = [(0, 200), (100, 200), (110, 440), (0, 440)]
    for half, value in ((body_, 1), (head, 1), (daylight, 0)):
        for mirror in (1, -1):
            cv2.fillPoly(mask, [np.array([(SIZE // 2 + mirror * x, y) for x, y in half], np.int32)], value)
    return mask > 0


@pytest.mark.parametrize(
    ("head", "daylight", "is_bag", "is_hung"),
    [
        ([(0, 40), (60, 60), (90, 210), (0, 210)], [(0, 52), (50, 70), (76, 200), (0, 200)], True, False),
        ([(0, 40), (70, 60), (100, 210), (0, 210)], [(0, 52), (60, 74), (84, 200), (0, 270)], True, False),
        ([(0, 40), (14, 44), (96, 210), (0, 210)], [(0, 44), (8, 50), (60, 190), (0, 230)], False, False),
        ([(0, 140), (6, 140), (60, 200), (0, 210)], [(0, 156), (10, 158), (40, 205), (0, 236)], False, True),
    ],
    ids=("bag", "sagging bag", "halter", "hanger"),
)
def test_a_bags_handle_a_halters_band_and_a_hanger_differ_by_the_daylight_under_them(
    head: list[tuple[int, int]], daylight: list[tuple[int, int]], is_bag: bool, is_hung: bool
) -> None:
    shape = silhouette.measure(_with_band(head, daylight))
    assert (accessories.has_handle(shape), accessories.is_on_hanger(shape)) == (is_bag, is_hung)


def test_a_collar_that_touches_the_pictures_upper_edge_is_no_hanger() -> None:
    tee = patterns.top(sleeve=30)
    photo, top, middle = tee.photo(), _top_of(tee.mask), SIZE // 2
    stands = [
        (middle - 16, top - 10),
        (middle + 16, top - 10),
        (middle + 56, top + 16),
        (middle - 56, top + 16),
    ]
    cv2.fillPoly(photo, [np.array(stands, np.int32)], (150, 60, 70))
    assert understand(png(photo[top - 10 :])).doubt == ""


def test_a_line_of_mixed_colour_along_the_outline_joins_no_hanger_to_the_sides() -> None:
    tee = patterns.top(neck=12, sleeve=30, collar=10)
    photo = tee.photo((150, 40, 140)).astype(np.float32) / 255
    bar = _on_hanger(tee.mask)
    photo[bar] = (0.95, 0.9, 0.8)
    whole = tee.mask | bar
    line = whole & ~(cv2.erode(whole.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0)
    photo[line] = (0.85, 0.75, 0.82)
    found = without_head(floats(photo), whole)
    assert (found & bar).sum() < 0.3 * bar.sum() and (tee.mask & ~found).sum() < 0.03 * tee.mask.sum()


PINAFORE: Half = [
    (0, 80), (34, 80), (36, 0), (60, 0), (64, 40), (62, 82), (66, 140), (72, 180), (86, 300),
    (100, 398), (0, 400),
]  # fmt: skip
PEPLUM_TOP: Half = [
    (0, 40), (30, 36), (34, 0), (50, 0), (56, 40), (84, 70), (78, 140), (98, 190), (113, 270),
    (60, 280), (0, 282),
]  # fmt: skip


def test_wide_straps_are_straps_and_a_round_neckline_has_none() -> None:
    assert armpits.has_straps(silhouette.measure(_drawn(PINAFORE)))
    assert not armpits.has_straps(silhouette.measure(patterns.top(neck=10, collar=6).mask))
    assert not armpits.has_straps(silhouette.measure(patterns.top(neck=12, collar=12, sleeve=30).mask))


def test_a_peplum_makes_no_dress() -> None:
    assert _read(_drawn(PEPLUM_TOP)) == (Kind.TOP, "")


@pytest.mark.parametrize(
    ("drawn", "kind"),
    [
        (patterns.top(sleeve=14, hem=30, length=96), Kind.DRESS),
        (patterns.top(sleeve=40, cuff=12, hem=30, length=94), Kind.DRESS),
        (patterns.top(sleeve=14, hem=25, length=92), Kind.TOP),
        (patterns.top(sleeve=60, angle=70, cuff=12, hem=29, length=88), Kind.TOP),
    ],
    ids=("child's dress", "hooded dress", "long tee", "parka"),
)
def test_what_widens_to_a_hem_far_below_its_sleeves_is_a_dress(drawn: patterns.Drawn, kind: Kind) -> None:
    assert _read(drawn.mask) == (kind, "")


def test_a_wide_vest_ends_below_the_ribs() -> None:
    form = body.measure(
        mannequins.load("female_slim", "straight", finish="grey", view="fullbody", size=(768, 1024))
    )
    vest = silhouette.measure(patterns.top(chest=26, shoulder=22, hem=23, length=52).mask)
    hem = place(vest, landmarks.find(vest), form, Kind.TOP).hem_y
    neck = float(form.joints["neck"][1])
    assert (hem - neck) / form.unit > NECK_TO_WAIST_CM - 11  # it was 16 above the waist


def test_the_shoulders_of_a_hanger_in_a_neck_are_no_yoke() -> None:
    tee = patterns.top(neck=12, sleeve=20, collar=0)
    shoulders = _on_shoulders(tee.mask)
    photo = tee.photo((70, 80, 170))
    photo[shoulders] = WOOD
    small = floats(photo / np.float32(255))
    left = without_shoulders(small, np.asarray(tee.mask | shoulders, np.bool_))
    assert (left & shoulders).sum() < 0.1 * shoulders.sum()
    assert (tee.mask & ~left).sum() < 0.01 * tee.mask.sum()


def test_what_the_pictures_upper_edge_leaves_of_a_hanger_is_no_yoke() -> None:
    tee = patterns.top(neck=10, sleeve=20, collar=0)
    shoulders, cut = _wooden(tee.mask, head=(20, -28), foot=(111, 20)), _top_of(tee.mask) - 24
    photo = tee.photo((70, 80, 170))
    photo[shoulders] = WOOD
    whole, wood = (np.asarray(part[cut:], np.bool_) for part in (tee.mask | shoulders, shoulders))
    left = without_shoulders(floats(photo[cut:] / np.float32(255)), whole)
    assert (left & wood).sum() < 0.1 * wood.sum()


def test_a_collar_of_another_colour_is_no_hanger() -> None:
    tee = patterns.top(neck=12, sleeve=20, collar=0)
    collar, top, middle = np.zeros(tee.mask.shape, np.uint8), _top_of(tee.mask), SIZE // 2
    cv2.fillPoly(collar, [np.array([(middle - 60, top + 40), (middle - 45, top - 12), (middle, top + 8),
                                    (middle + 45, top - 12), (middle + 60, top + 40)])], 1)  # fmt: skip
    whole = np.asarray(tee.mask | (collar > 0), np.bool_)
    photo = tee.photo((70, 80, 170))
    photo[collar > 0] = WOOD
    assert without_shoulders(floats(photo / np.float32(255)), whole) is whole


def test_daylight_that_a_cuff_closes_in_beside_a_sleeve_is_no_cloth() -> None:
    tee = patterns.top(neck=12, sleeve=20, collar=0)
    photo = tee.photo((60, 60, 70))
    _, columns = np.nonzero(tee.mask)
    slit = np.zeros(tee.mask.shape, np.uint8)
    aside = SIZE // 2 + round(0.24 * np.ptp(columns))
    cv2.ellipse(slit, (aside, 300), (7, 50), 0, 0, 360, 1, -1)
    photo[slit > 0] = 244
    cutout = cut_out(decode(png(photo), longest=SIZE))
    there = cv2.erode(slit, np.ones((3, 3), np.uint8)) > 0
    assert cutout.alpha.shape == slit.shape
    assert cutout.alpha[there].mean() < 0.1
    cloth = tee.mask & (cv2.dilate(slit, np.ones((9, 9), np.uint8)) == 0)
    assert cutout.alpha[cloth].mean() > 0.98
