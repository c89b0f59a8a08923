"""Tops that show only one of their sleeves, as they hang on hangers and lie on beds."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.patterns import SIZE
from tests.renderer.sample_garments import pixels, png
from tryon_sandbox.renderer import LIBRARY, Look, Piece, dress
from tryon_sandbox.renderer.cutout import guided
from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.cutout.silhouette import measure
from tryon_sandbox.renderer.garments.flat_lay.skin import Above, above
from tryon_sandbox.renderer.garments.garment import understand
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.raster import floats
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT, Side

pytestmark = pytest.mark.slow

Colour = tuple[int, int, int]

TOP = patterns.top(sleeve=58, angle=62, cuff=11)
TRUNK, SLEEVE = (60, 70, 150), (190, 40, 50)
NAVY = TRUNK
SKIN, BEIGE, SAND = (196, 170, 148), (196, 170, 148), (176, 165, 141)  # the last is not like skin


def _with_one_sleeve_behind(side: Side) -> bytes:
    """A photo of a blue top with red sleeves, one of which lies behind its back."""
    outwards = (np.arange(SIZE) - SIZE / 2) * side.sign
    armpit = TOP.places["armpit"][0] - SIZE / 2
    photo = TOP.photo(TRUNK)
    photo[TOP.mask & (np.abs(outwards) > armpit + 4)] = SLEEVE
    photo[:, outwards > armpit] = 244
    return png(photo)


@pytest.mark.parametrize("side", BOTH)
def test_a_sleeve_that_lies_behind_is_taken_from_the_other_side(side: Side) -> None:
    found = understand(_with_one_sleeve_behind(side))
    assert found.doubt == ""
    assert isinstance(found.marks, TopMarks)
    assert found.marks.cut_from(side) is (RIGHT if side is LEFT else LEFT)


def test_both_arms_are_clothed_from_the_sleeve_that_shows() -> None:
    picture = pixels(dress(Look((Piece(_with_one_sleeve_behind(LEFT)),), LIBRARY["Ariel"])).png)
    red = picture[..., 0] > 2 * picture[..., 2]
    halves = red[:, : red.shape[1] // 2].sum(), red[:, red.shape[1] // 2 :].sum()
    assert min(halves) > 0.6 * max(halves) > 0


@pytest.mark.parametrize(
    "drawn",
    [patterns.skirt(), patterns.trousers(), patterns.strapped(), patterns.halter()],
    ids=["skirt", "trousers", "straps", "halter"],
)
def test_half_of_what_has_no_sleeves_is_not_given_any(drawn: patterns.Drawn) -> None:
    photo = drawn.photo()
    photo[:, : SIZE // 4] = 244
    marks = understand(png(photo)).marks
    assert not isinstance(marks, TopMarks) or not marks.sleeve_of


def _with_a_head(*stripes: Colour) -> Cutout:
    """A striped dress under something of the colour of skin, narrower than its shoulders."""
    mask = patterns.top(length=90, hem=30, neck=8).changed(0.8, 0.8).mask
    top = int(np.flatnonzero(mask.any(1))[0])
    head = cv2.ellipse(np.zeros((SIZE, SIZE), np.uint8), (SIZE // 2, top), (32, 46), 0, 0, 360, 1, -1) > 0
    rgb = np.full((SIZE, SIZE, 3), 244, np.uint8)
    for number, stripe in enumerate(stripes):
        rgb[mask & (np.arange(SIZE)[:, None] // 6 % len(stripes) == number)] = stripe
    rgb[head] = SKIN
    both = np.asarray(mask | head, np.bool_)
    return Cutout(floats(rgb / 255), floats(both), both, 0.0, 0.0)


@pytest.mark.parametrize(
    ("stripes", "worn"),
    [((NAVY, NAVY, NAVY), True), ((SAND, BEIGE, SAND), False)],
    ids=["navy", "beige"],
)
def test_a_face_has_another_colour_than_the_cloth_below_it(stripes: tuple[Colour, ...], worn: bool) -> None:
    cutout = _with_a_head(*stripes)
    assert (above(cutout, measure(cutout.mask)) is Above.HEAD) is worn


def test_flowers_on_a_hood_are_no_face() -> None:
    head = _with_a_head(NAVY)
    down, across = np.mgrid[0:SIZE, 0:SIZE]
    between = (down % 14 < 3) | (across % 14 < 3)
    flowers = floats(np.where(between[..., None], np.array(NAVY) / 255, head.rgb))
    assert above(head, measure(head.mask)) is Above.HEAD
    assert above(replace(head, rgb=flowers), measure(head.mask)) is not Above.HEAD


def test_what_is_as_white_as_its_sheet_is_kept_where_the_prior_expects_it() -> None:
    dress_ = patterns.top(length=90, hem=34).mask
    rgb = np.full((SIZE, SIZE, 3), 236, np.uint8) + np.random.default_rng(3).integers(-6, 7, (SIZE, SIZE, 1))
    rgb[dress_ & (np.arange(SIZE)[:, None] > SIZE * 0.4)] = (150, 60, 70)
    expected = cv2.GaussianBlur(dress_.astype(np.float32), (0, 0), 5)
    assert guided.agreement(guided.find(floats(rgb / 255), floats(expected)), floats(expected)) > 0.9
