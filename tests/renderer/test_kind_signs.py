"""Signs that tell a kind against what the outline would pass for: armholes, steps, gaps and loops."""

import cv2
import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.patterns import SIZE
from tests.renderer.sample_garments import png
from tests.renderer.test_kinds import Half, _drawn, _read
from tryon_sandbox.renderer.cutout.cutout import cut_out
from tryon_sandbox.renderer.cutout.hanger_head import without_head
from tryon_sandbox.renderer.drape import fit_sleeve, fit_top
from tryon_sandbox.renderer.drape.anchors import place
from tryon_sandbox.renderer.garments.checks import armhole_signs
from tryon_sandbox.renderer.garments.flat_lay.flat_lay_check import HOOK_ON
from tryon_sandbox.renderer.garments.garment import understand
from tryon_sandbox.renderer.garments.kinds.recognise import Kind
from tryon_sandbox.renderer.garments.marks import guessed
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.necks.neck_corners import at_kinks
from tryon_sandbox.renderer.raster import floats
from tryon_sandbox.renderer.scene import body, mannequins
from tryon_sandbox.renderer.scene.picture import Picture
from tryon_sandbox.renderer.sides import LEFT

LEGS_TOGETHER: Half = [(0, 0), (44, 3), (61, 67), (55, 214), (58, 381), (31, 389), (0, 386)]
SLEEVES_PART_LOW: Half = [
    (0, 7), (23, 5), (47, 25), (75, 40), (80, 62), (85, 158), (122, 199), (146, 224), (131, 241), (116, 247),
    (100, 230), (90, 232), (84, 240), (102, 277), (112, 317), (128, 357), (140, 380), (161, 400), (156, 422),
    (75, 438), (0, 439),
]  # fmt: skip
HOOD_OVER_SLEEVES: Half = [
    (0, 1), (34, 6), (59, 41), (63, 61), (50, 101), (93, 116), (115, 133), (160, 208), (188, 255), (204, 284),
    (182, 397), (148, 414), (141, 430), (56, 448), (0, 450),
]  # fmt: skip
SLIT_CARDIGAN: Half = [
    (0, 14), (30, 11), (58, 0), (74, 6), (92, 22), (111, 60), (139, 279), (102, 284), (95, 261), (91, 261),
    (92, 420), (57, 422), (12, 432), (8, 404), (0, 402),
]  # fmt: skip
RACER_BACK: Half = [
    (0, 11), (25, 9), (44, 0), (58, 4), (62, 10), (55, 31), (53, 69), (59, 96), (70, 112), (91, 125),
    (87, 185), (86, 243), (90, 300), (0, 303),
]  # fmt: skip
SHORT_AND_HANGING: Half = [
    (0, 4), (23, 5), (37, 0), (65, 22), (111, 39), (126, 41), (135, 47), (145, 65), (145, 89), (159, 183),
    (150, 202), (141, 214), (120, 213), (116, 217), (114, 319), (106, 411), (0, 401),
]  # fmt: skip
SLEEVES_ON_SWEATER: Half = [
    (0, 12), (52, 2), (56, 3), (79, 16), (93, 31), (109, 52), (120, 68), (133, 88), (151, 121), (166, 161),
    (177, 202), (181, 242), (181, 282), (176, 315), (165, 343), (156, 363), (137, 379), (127, 392),
    (115, 400), (0, 404),
]  # fmt: skip
MINI_SKIRT: Half = [
    (0, 0), (116, 0), (120, 36), (141, 46), (152, 77), (168, 140), (186, 211), (196, 274), (200, 299),
    (197, 316), (152, 330), (97, 341), (46, 347), (0, 352),
]  # fmt: skip


@pytest.mark.parametrize(
    ("half", "why"),
    [
        (LEGS_TOGETHER, armhole_signs.NEITHER),
        (SLEEVES_PART_LOW, armhole_signs.NOT_PARTED),
        (HOOD_OVER_SLEEVES, armhole_signs.NOT_PARTED),
    ],
)
def test_nothing_is_worn_by_armholes_that_do_not_show(half: Half, why: str) -> None:
    assert _read(_drawn(half))[1] == why


def test_what_is_widest_above_its_hem_is_no_skirt_with_a_round_one() -> None:
    assert _read(_drawn(SLEEVES_ON_SWEATER))[0] is not Kind.SKIRT


def test_half_a_waistband_is_no_neck() -> None:
    torn = _drawn(MINI_SKIRT).copy()
    top = int(np.flatnonzero(torn.any(1))[0])
    torn[top + 10 : top + 42, : SIZE // 2] = 0
    assert _read(torn)[1] == armhole_signs.NEITHER


def test_sleeves_that_end_above_a_slit_hem_are_no_hips_over_legs() -> None:
    assert _read(_drawn(SLIT_CARDIGAN)) == (Kind.TOP, "")


def test_sides_run_straight_below_the_armholes_of_a_racer_back() -> None:
    assert _read(_drawn(RACER_BACK)) == (Kind.TOP, "")


@pytest.mark.parametrize("gown", [patterns.top(chest=22, waist=19, hem=40, length=130)])
def test_a_flared_dress_keeps_its_armpits(gown: patterns.Drawn) -> None:
    assert _read(gown.mask) == (Kind.DRESS, "")


def _picture(colours: np.ndarray) -> Picture:
    return Picture(floats(colours.astype(np.float32) / 255), None)


def test_a_loop_of_cord_is_no_cloth() -> None:
    shirt = patterns.top(sleeve=20)
    photo = shirt.photo((40, 44, 70))
    low, middle = int(np.flatnonzero(shirt.mask[:, SIZE // 2])[-1]), SIZE // 2
    plain = cut_out(_picture(photo)).mask
    cv2.ellipse(photo, (middle, low + 9), (6, 12), 0, 0, 360, (20, 20, 24), 2, cv2.LINE_AA)
    looped = cut_out(_picture(photo)).mask
    assert not looped[low + 6 : low + 14, middle - 1 : middle + 2].any()
    assert (looped & ~plain)[: low - 4].sum() == 0


def test_backdrop_shows_through_between_the_cords_of_a_black_top_and_its_white_print_stays() -> None:
    top = patterns.top()
    photo, (rows, middle) = top.photo((16, 16, 18)), (np.flatnonzero(top.mask.any(1)), SIZE // 2)
    chest = int(rows[0]) + 110
    cv2.rectangle(photo, (middle - 55, chest), (middle + 55, chest + 120), (244, 244, 244), -1)  # the print
    cv2.ellipse(photo, (middle, int(rows[0]) + 6), (26, 40), 0, 0, 360, (16, 16, 18), 6, cv2.LINE_AA)
    cv2.ellipse(photo, (middle, int(rows[0]) + 6), (22, 36), 0, 0, 360, (244, 244, 244), -1)
    found = cut_out(_picture(photo)).mask
    assert not found[rows[0] : rows[0] + 20, middle - 8 : middle + 9].any()
    assert found[chest + 5 : chest + 115, middle - 50 : middle + 50].all()


def _jeans() -> np.ndarray:
    """Legs that touch at their hems, with daylight between them above that narrows towards these."""
    drawn = patterns.trousers(hem=24.0, together=True)
    photo, middle = drawn.photo((120, 100, 70)), SIZE // 2
    fork, low = int(drawn.places["crotch"][1]), int(drawn.places["inner"][1])
    photo[fork:low, middle - 4 : middle + 5] = (120, 100, 70)
    wide = [(0, fork), (7, (fork + low) // 2), (1, low - 90), (0, low - 12)]
    gap = [(middle + x, y) for x, y in wide] + [(middle - x, y) for x, y in wide[:0:-1]]
    return np.asarray(cv2.fillPoly(photo, [np.array(gap, np.int32)], (244, 244, 244)), np.uint8)


def test_legs_that_touch_at_their_hems_are_legs() -> None:
    garment = understand(png(_jeans()))
    assert (garment.kind, garment.doubt) == (Kind.TROUSERS, "")
    assert not garment.cutout.mask[SIZE // 2, SIZE // 2]


def _photo(half: Half) -> np.ndarray:
    return patterns.Drawn(_drawn(half), {}, 1.0).photo()


def test_only_where_the_type_was_given_a_reason_names_its_parts() -> None:
    cloth = np.full((SIZE, SIZE, 3), 244, np.uint8)
    cloth[100:380, 100:380] = (60, 70, 150)  # a disc has so many corners alike that each machine finds others
    assert understand(png(cloth)).doubt == guessed.UNTOLD
    assert "neckline" in understand(png(cloth), "tops").doubt


def test_the_head_of_a_hanger_that_hangs_askew_is_no_cloth() -> None:
    tee = patterns.top(neck=12, sleeve=30, collar=10)
    rows, photo = np.flatnonzero(tee.mask.any(1)), tee.photo((70, 80, 170)).astype(np.float32) / 255
    top, x = int(rows[0]), SIZE // 2 + 56
    head = np.zeros(tee.mask.shape, np.uint8)
    cv2.fillPoly(
        head, [np.array([(x - 30, top + 26), (x - 6, top - 20), (x + 6, top - 20), (x + 30, top + 26)])], 1
    )
    bar = (head > 0) & ~tee.mask
    photo[bar] = (0.75, 0.6, 0.35)
    found = without_head(floats(photo), tee.mask | bar)
    assert (found & bar).sum() < 0.3 * bar.sum() and (tee.mask & ~found).sum() < 0.02 * tee.mask.sum()


def test_short_sleeves_on_a_hanger_do_not_reach_the_wrist() -> None:
    form = body.measure(
        mannequins.load("female_slim", "straight", finish="grey", view="fullbody", size=(768, 1024))
    )
    piece = understand(png(_photo(SHORT_AND_HANGING)))
    assert piece.shape is not None and isinstance(piece.marks, TopMarks) and piece.marks.sleeves
    marks = at_kinks(piece.shape, piece.marks)
    anchors = place(piece.shape, marks, form, piece.kind)
    hole = fit_top.armhole(piece.shape, marks, anchors, form, LEFT)
    assert not fit_sleeve.sleeve(marks, anchors, form, piece.kind, LEFT, hole).is_long


def test_what_goes_on_narrow_beyond_the_pictures_upper_edge_is_a_hanger() -> None:
    tee = patterns.top(sleeve=30)
    photo = tee.photo()
    rows = np.flatnonzero(tee.mask.any(1))
    photo = photo[rows[0] - 30 :]
    photo[:36, SIZE // 2 - 14 : SIZE // 2 + 14] = tee.photo()[SIZE // 2, SIZE // 2]
    assert understand(png(photo)).doubt == HOOK_ON
