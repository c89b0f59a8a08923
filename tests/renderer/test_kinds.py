"""Kinds as they lie or hang at home: askew at the waist, with hems that slant, and on a hanger."""

import cv2
import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.patterns import SIZE
from tests.renderer.sample_garments import png
from tryon_sandbox.renderer.cutout import silhouette
from tryon_sandbox.renderer.cutout.cutout import Cutout, cut_out
from tryon_sandbox.renderer.cutout.hanger import without_hanger
from tryon_sandbox.renderer.cutout.hanger_arms import arms
from tryon_sandbox.renderer.cutout.hanger_head import without_head
from tryon_sandbox.renderer.cutout.hook import without_hook
from tryon_sandbox.renderer.garments import garment as studio_garment
from tryon_sandbox.renderer.garments import reading
from tryon_sandbox.renderer.garments.flat_lay.flat_lay_check import why_not
from tryon_sandbox.renderer.garments.kinds.recognise import Kind
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.necks import hood
from tryon_sandbox.renderer.raster import Floats, Mask, floats
from tryon_sandbox.renderer.scene.picture import Picture

Half = list[tuple[int, int]]  # from the middle line to the right, from the top down, in any unit
SHORTS: Half = [(0, 14), (60, 4), (75, 60), (108, 132), (60, 160), (6, 156), (0, 136)]
SKIRT: Half = [(0, 16), (60, 2), (95, 176), (0, 184)]
ROMPER: Half = [
    (0, 8), (30, 2), (130, 66), (118, 98), (52, 74), (50, 180), (56, 268), (15, 268), (4, 200), (0, 194),
]  # fmt: skip
SHOES: Half = [
    (0, 40), (12, 0), (52, 0), (80, 60), (98, 160), (104, 200), (92, 270), (58, 300), (29, 290), (3, 244),
    (0, 238),
]  # fmt: skip
HAT: Half = [(0, 0), (50, 4), (86, 60), (122, 112), (120, 140), (80, 160), (0, 166)]
HAT_WITH_FLAPS: Half = [
    (0, 0), (36, 2), (62, 19), (75, 45), (76, 62), (84, 70), (112, 70), (145, 105), (155, 135), (148, 160),
    (124, 178), (117, 188), (70, 160), (37, 122), (0, 117),
]  # fmt: skip
TROUSERS: Half = [(0, 12), (60, 2), (75, 60), (100, 250), (40, 252), (2, 112), (0, 104)]
SWIMSUIT: Half = [
    (0, 60), (20, 50), (18, 0), (26, 0), (30, 30), (48, 52), (46, 110), (54, 140), (18, 215), (0, 217),
]  # fmt: skip
JACKET: Half = [(0, 66), (26, 0), (60, 24), (92, 70), (100, 160), (100, 240), (0, 244)]  # its arms hang down
CHILDS_DRESS: Half = [
    (0, 4), (22, 0), (40, 10), (96, 74), (86, 92), (36, 62), (38, 90), (72, 178), (0, 182),
]  # fmt: skip
WIDE_STRAPS: Half = [
    (0, 22), (26, 20), (32, 12), (34, 0), (50, 2), (56, 44), (70, 74), (76, 150), (96, 190), (112, 236),
    (0, 242),
]  # fmt: skip
TIERED: Half = [(0, 4), (52, 2), (52, 26), (78, 62), (73, 66), (96, 104), (91, 108), (108, 152), (0, 158)]
BLOUSE: Half = [(0, 0), (58, 0), (56, 30), (57, 62), (84, 92), (94, 180), (90, 219), (0, 222)]
HEM_IN_STEPS: Half = [
    (0, 16), (40, 2), (88, 30), (120, 84), (92, 108), (90, 100), (92, 262), (60, 264), (60, 274), (0, 276),
]  # fmt: skip
JERSEY: Half = [(0, 14), (24, 0), (50, 8), (47, 40), (66, 76), (78, 196), (0, 200)]
SHORT_ROMPER: Half = [
    (0, 8), (30, 2), (70, 20), (96, 66), (74, 80), (62, 72), (76, 232), (34, 238), (16, 204), (0, 200),
]  # fmt: skip
ROLLED_UP: Half = [
    (0, 4), (22, 0), (74, 24), (84, 90), (92, 160), (78, 168), (76, 200), (74, 262), (0, 268),
]  # fmt: skip
POINTED: Half = [(0, 10), (18, 0), (58, 16), (46, 44), (48, 78), (40, 120), (66, 250), (0, 252)]
HOODED: Half = [
    (0, 0),
    (12, 4),
    (22, 24),
    (32, 74),
    (80, 120),
    (98, 160),
    (100, 290),
    (0, 296),
]  # its sleeves lie behind it


def _drawn(half: Half, fill: float = 0.85) -> Mask:
    right = np.array(half, np.float64)
    scale = fill * SIZE / max(2 * right[:, 0].max(), float(np.ptp(right[:, 1])))
    middle = (right[:, 1].max() + right[:, 1].min()) / 2
    mask = np.zeros((SIZE, SIZE), np.uint8)
    for mirror in (1, -1):
        outline = (right - (0, middle)) * (mirror * scale, scale) + SIZE / 2
        cv2.fillPoly(mask, [np.round(outline).astype(np.int32)], 1)
    return mask > 0


def _read(mask: Mask) -> tuple[Kind, str]:
    """The kind, and why it is not worn."""
    colours = floats(np.where(mask[..., None], 0.5, 0.95) * np.ones(3))
    kind, shape, marks = reading.read(silhouette.measure(mask), colours)
    return kind, why_not(Cutout(colours, floats(mask), mask, 0.005, 0.0), shape, marks)


@pytest.mark.parametrize(("half", "kind"), [(WIDE_STRAPS, Kind.DRESS), (TIERED, Kind.SKIRT)])
def test_what_dips_at_its_neck_is_no_skirt_and_what_has_frills_is_one(half: Half, kind: Kind) -> None:
    assert _read(_drawn(half)) == (kind, "")


def test_armholes_tell_a_wide_jersey_from_a_skirt() -> None:
    assert _read(_drawn(JERSEY)) == (Kind.TOP, "")


def test_a_shoulders_point_is_not_where_an_armhole_ends() -> None:
    assert _read(_drawn(POINTED)) == (Kind.DRESS, "")


def test_the_end_of_a_tie_is_no_hem() -> None:
    tee = patterns.top(sleeve=20).mask
    low = int(np.flatnonzero(tee[:, SIZE // 2])[-1])
    tied = tee.copy()
    tied[low - 20 : low + 60, SIZE // 2 + 20 : SIZE // 2 + 36] = True
    (_, _, plain), (kind, _, marks) = (
        reading.read(silhouette.measure(mask), np.zeros((SIZE, SIZE, 3), np.float32)) for mask in (tee, tied)
    )
    assert kind is Kind.TOP and isinstance(plain, TopMarks) and isinstance(marks, TopMarks)
    assert abs(marks.hem_y - plain.hem_y) < 8


def test_a_blouse_is_no_skirt_by_the_notch_of_its_collar() -> None:
    mask = _drawn(BLOUSE)
    top, wide = int(np.flatnonzero(mask.any(1))[0]), int(mask.any(0).sum())
    beside = SIZE // 2 + int(0.06 * wide), SIZE // 2 + int(0.10 * wide)
    mask[top : top + int(0.1 * wide), slice(*beside)] = False
    assert _read(mask) == (Kind.TOP, "")


def test_steps_of_a_hem_are_not_where_sleeves_part_from_the_body() -> None:
    whole = silhouette.measure(_drawn(HEM_IN_STEPS))
    _, shape, _ = reading.read(whole, np.zeros((*whole.mask.shape, 3), np.float32))
    assert shape is whole


@pytest.mark.parametrize(
    ("half", "kind"), [(SHORTS, Kind.TROUSERS), (TROUSERS, Kind.TROUSERS), (SKIRT, Kind.SKIRT)]
)
def test_what_lies_askew_at_its_waist_is_no_top(half: Half, kind: Kind) -> None:
    assert _read(_drawn(half)) == (kind, "")


@pytest.mark.parametrize(
    ("half", "bare"),
    [
        (SHORTS, True),
        (SKIRT, True),
        ([(0, 0), (50, 0), (70, 300), (20, 300), (0, 90)], True),
        (HEM_IN_STEPS, False),
    ],
)
def test_legs_are_bare_below_whatever_ends_below_the_waist(half: Half, bare: bool) -> None:
    photo = floats(np.where(_drawn(half)[..., None], (0.6, 0.2, 0.3), (0.95, 0.95, 0.95)))
    found = studio_garment.understand(png((photo * 255).astype(np.uint8)))
    assert (found.doubt, found.bares_legs) == ("", bare)


@pytest.mark.parametrize(
    ("half", "name"), [(ROMPER, "jumpsuit"), (SHOES, "shoes"), (HAT, "hat"), (HAT_WITH_FLAPS, "hat")]
)
def test_what_cannot_be_worn_as_a_top_or_trousers_is_refused_by_its_name(half: Half, name: str) -> None:
    with pytest.raises(ValueError, match=name):
        _read(_drawn(half))


@pytest.mark.parametrize(
    ("half", "why"),
    [
        (HOODED, "sleeves"),
        (JACKET, "sleeves"),
        (ROLLED_UP, "sleeves"),
        (SWIMSUIT, "swimsuit"),
        (SHORT_ROMPER, "romper"),
    ],
)
def test_what_would_be_worn_as_something_else_is_doubted_for_what_it_is(half: Half, why: str) -> None:
    assert why in _read(_drawn(half))[1]


def test_a_short_dress_is_told_from_a_top_by_its_flare() -> None:
    assert _read(_drawn(CHILDS_DRESS)) == (Kind.DRESS, "")


def _hung(mask: Mask) -> tuple[Mask, Mask]:
    """The garment hanging by a hook, and the hook."""
    top = int(np.flatnonzero(mask.any(1))[0])
    middle = int(np.median(np.nonzero(mask[top + 8])[0]))
    canvas = np.zeros(mask.shape, np.uint8)
    cv2.line(canvas, (middle, top + 12), (middle, top - 20), 1, 5)
    cv2.ellipse(canvas, (middle + 7, top - 22), (8, 8), 0, 160, 380, 1, 5)
    return mask | (canvas > 0), (canvas > 0) & ~mask


def test_the_hook_of_a_hanger_is_taken_off_and_no_cloth_with_it() -> None:
    tee = patterns.top(sleeve=20).mask
    hung, hook = _hung(tee)
    found = without_hook(hung)
    assert (found & hook).sum() < 0.1 * hook.sum() and (tee & ~found).sum() < 0.002 * tee.sum()


@pytest.mark.parametrize(
    "drawn", [patterns.halter(), patterns.strapped(), patterns.top(neck=11, shoulder=15, collar=12)]
)
def test_straps_and_a_band_around_the_neck_are_no_hook(drawn: patterns.Drawn) -> None:
    assert np.array_equal(without_hook(drawn.mask), drawn.mask)


def test_a_garment_on_a_hanger_is_cut_out_without_its_hook() -> None:
    tee = patterns.top(sleeve=20).mask
    hung, hook = _hung(tee)
    photo = floats(np.where(hung[..., None], (0.6, 0.2, 0.3), (0.95, 0.95, 0.95)))
    cutout = cut_out(Picture(photo, None))
    assert cutout.alpha[hook].mean() < 0.2
    assert _read(cutout.mask) == (Kind.TOP, "")


def _on_a_wooden_hanger(*, wood: tuple[int, int, int]) -> tuple[Floats, Mask, Mask]:
    """A photo of a tee on a hanger whose bar closes its neck; the mask of both, and the tee's."""
    tee = patterns.top(sleeve=20, collar=9).mask
    low = int(np.flatnonzero(tee[:, SIZE // 2])[0])
    top = int(np.flatnonzero(tee.any(1))[0])
    bar = np.zeros((SIZE, SIZE), np.uint8)
    cv2.ellipse(bar, (SIZE // 2, top + 12), (66, 16), 0, 180, 360, 1, 9)
    hanger = (bar > 0) & ~tee & (np.arange(SIZE)[:, None] < low - 6)
    rgb = np.full((SIZE, SIZE, 3), 236, np.uint8)
    rgb[tee], rgb[hanger] = (60, 70, 150), wood
    return floats(rgb / 255), np.asarray(tee | hanger, np.bool_), tee


def test_a_hanger_that_closes_a_neck_is_taken_off() -> None:
    rgb, whole, tee = _on_a_wooden_hanger(wood=(190, 140, 90))
    left = without_hanger(rgb, whole)
    assert (left & ~tee).sum() < 0.1 * (whole & ~tee).sum()
    assert (left & tee).sum() > 0.98 * tee.sum()


def test_a_bar_of_the_cloths_own_colour_stays() -> None:
    rgb, whole, _ = _on_a_wooden_hanger(wood=(60, 70, 150))
    assert (without_hanger(rgb, whole) == whole).all()


@pytest.mark.parametrize(("colour", "taken"), [((30, 30, 34), True), ((60, 70, 150), False)])
def test_the_head_of_a_hanger_is_taken_off_by_its_colour(colour: tuple[int, int, int], taken: bool) -> None:
    tee = patterns.top(sleeve=20, collar=9).mask
    top = int(np.flatnonzero(tee.any(1))[0])
    drawn = np.zeros((SIZE, SIZE), np.uint8)
    corners = [(-8, -14), (8, -14), (26, 26), (-26, 26)]
    cv2.fillPoly(drawn, [np.array([(SIZE // 2 + x, top + y) for x, y in corners])], 1)
    head = (drawn > 0) & ~tee
    rgb = np.full((SIZE, SIZE, 3), 236, np.uint8)
    rgb[tee], rgb[head] = (60, 70, 150), colour
    left = without_head(floats(rgb / 255), np.asarray(tee | head, np.bool_))
    assert float((left & head).sum()) < 0.1 * head.sum() if taken else (left == (tee | head)).all()
    assert (left & tee).sum() > 0.97 * tee.sum()


def test_the_ends_of_a_hanger_are_told_from_buttons_and_shade_by_where_and_how_thick_they_are() -> None:
    mask, found, end, button = (np.zeros((SIZE, SIZE), np.bool_) for _ in range(4))
    mask[60:300, 60:300], found[60:84, 150:210] = True, True
    shade = np.zeros_like(mask)
    shade[120:180, 296:300] = True
    end[120:130, 51:60], button[200:210, 180:189] = True, True
    mask |= end
    rgb = np.full((SIZE, SIZE, 3), 0.9, np.float32)
    other = found | end | button | shade
    rgb[other] = (0.6, 0.4, 0.2)
    taken = arms(rgb, other, found, mask)
    assert (taken & end).sum() > 0.4 * end.sum() and not (taken & ~end).any()


def test_a_hood_that_stands_up_is_cut_off_at_its_foot() -> None:
    tee = np.pad(patterns.top(sleeve=30).mask, ((200, 0), (80, 80)))
    top, chest = int(np.flatnonzero(tee.any(1))[0]), 235
    canvas = tee.astype(np.uint8)
    cv2.ellipse(canvas, (tee.shape[1] // 2, top - 62), (68, 106), 0, 0, 360, 1, -1)
    dark = np.zeros((*tee.shape, 3), np.float32)
    _, shape, marks = reading.read(silhouette.measure(canvas > 0), dark)
    assert isinstance(marks, TopMarks)
    lying, left = hood.at_foot(shape, marks)
    assert lying.top > top - 0.1 * chest
    assert abs(left.neck_y - top) < 0.15 * chest


def test_trousers_whose_legs_go_on_below_the_picture_are_cut_off() -> None:
    mask = patterns.trousers().mask
    lower = int(np.flatnonzero(mask.any(1))[-1])
    rows = mask[: int(0.6 * lower)]
    columns = np.flatnonzero(rows.any(0))
    assert "cut off" in _read(np.asarray(rows[:, columns[0] - 12 : columns[-1] + 13], np.bool_))[1]


def test_a_straight_dress_without_sleeves_is_no_top() -> None:
    assert _read(patterns.top(chest=22, hem=28, length=101, armhole=21).mask)[0] is Kind.DRESS
