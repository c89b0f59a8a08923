"""What is trusted to be draped, and what is shown flat instead, with the reason."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.renderer import patterns
from tests.renderer.patterns import SIZE, Drawn
from tests.renderer.sample_garments import VENDOR_TYPES, crumbs, garment, landscape, noise, opened, png
from tests.renderer.test_recognise import DRESSES, EVERY
from tryon_sandbox.renderer.cutout import silhouette
from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.garments import reading
from tryon_sandbox.renderer.garments.flat_lay.flat_lay_check import why_not
from tryon_sandbox.renderer.garments.garment import understand

pytestmark = pytest.mark.slow

Canvas = np.ndarray
CLOTH = (60, 70, 150)


def _doubt(mask: np.ndarray, given_type: str = "") -> str:
    """Why a firm mask of plain cloth is not draped, or nothing."""
    colours = Drawn(mask, {}, 1.0).colours()
    cutout = Cutout(colours, mask.astype(np.float32), mask, 0.005, 0.0)
    try:
        _, shape, marks = reading.read(silhouette.measure(mask), colours, given_type)
    except ValueError as why:
        return str(why)
    return why_not(cutout, shape, marks)


def _canvas() -> Canvas:
    return np.full((600, 480, 3), 244, np.uint8)


def _disc() -> Canvas:
    return cv2.circle(_canvas(), (240, 300), 170, CLOTH, -1, cv2.LINE_AA)


def _oval() -> Canvas:
    return cv2.ellipse(_canvas(), (240, 300), (130, 200), 0, 0, 360, CLOTH, -1, cv2.LINE_AA)


def _towel() -> Canvas:
    return cv2.rectangle(_canvas(), (120, 100), (360, 500), CLOTH, -1)


def _shoe() -> Canvas:
    sole = np.array(
        [[60, 380], [70, 260], [150, 250], [200, 310], [330, 340], [420, 370], [425, 410], [60, 410]]
    )
    return cv2.fillPoly(_canvas(), [sole], CLOTH, cv2.LINE_AA)


def _pair_of_shoes() -> Canvas:
    canvas = _canvas()
    for x in (150, 330):
        cv2.ellipse(canvas, (x, 300), (60, 170), 0, 0, 360, CLOTH, -1, cv2.LINE_AA)
    return canvas


def _bag() -> Canvas:
    canvas = cv2.ellipse(_canvas(), (240, 250), (90, 130), 0, 180, 360, CLOTH, 14, cv2.LINE_AA)
    return cv2.fillPoly(
        canvas, [np.array([[110, 250], [370, 250], [390, 500], [90, 500]])], CLOTH, cv2.LINE_AA
    )


def _cap() -> Canvas:
    canvas = cv2.ellipse(_canvas(), (220, 320), (130, 130), 0, 180, 360, CLOTH, -1, cv2.LINE_AA)
    return cv2.ellipse(canvas, (330, 320), (130, 26), 0, 0, 360, CLOTH, -1, cv2.LINE_AA)


def _tiers() -> np.ndarray:
    """The mask of a skirt of three tiers."""
    canvas = cv2.rectangle(np.zeros((SIZE, SIZE), np.uint8), (130, 100), (350, 124), 1, -1)
    for number, (upper, lower) in enumerate(((90, 150), (150, 190), (190, 215))):
        top, bottom = 120 + 65 * number, 185 + 65 * number
        corners = [(240 - upper, top), (240 + upper, top), (240 + lower, bottom), (240 - lower, bottom)]
        cv2.fillPoly(canvas, [np.array(corners)], 1)
    return canvas


def _text() -> Canvas:
    return cv2.putText(_canvas(), "SALE", (40, 330), cv2.FONT_HERSHEY_SIMPLEX, 5.0, CLOTH, 34, cv2.LINE_AA)


def _two_tees() -> Canvas:
    one = cv2.resize(patterns.top(sleeve=20).photo(), (240, 240), interpolation=cv2.INTER_AREA)
    canvas = _canvas()
    canvas[180:420, :240], canvas[180:420, 240:] = one, one
    return canvas


def _tee_and_trousers() -> Canvas:
    canvas = _canvas()
    canvas[:300, 90:390] = cv2.resize(
        patterns.top(sleeve=20).photo(), (300, 300), interpolation=cv2.INTER_AREA
    )
    canvas[300:, 90:390] = cv2.resize(patterns.trousers().photo(), (300, 300), interpolation=cv2.INTER_AREA)
    return canvas


def _face() -> Canvas:
    canvas = cv2.ellipse(_canvas(), (240, 300), (120, 165), 0, 0, 360, (222, 170, 140), -1, cv2.LINE_AA)
    for x in (195, 285):
        cv2.ellipse(canvas, (x, 270), (20, 9), 0, 0, 360, (60, 40, 30), -1, cv2.LINE_AA)
    return cv2.ellipse(canvas, (240, 390), (45, 12), 0, 0, 360, (170, 70, 70), -1, cv2.LINE_AA)


def _jumpsuit() -> Canvas:
    canvas = _canvas()
    for mirror in (1, -1):
        half = np.array(
            [
                [0, 40],
                [30, 30],
                [70, 45],
                [62, 110],
                [80, 140],
                [66, 230],
                [90, 330],
                [82, 570],
                [30, 570],
                [0, 340],
            ]
        )
        cv2.fillPoly(canvas, [half * (mirror, 1) + (240, 0)], CLOTH, cv2.LINE_AA)
    return canvas


def _askew() -> Canvas:
    turn = cv2.getRotationMatrix2D((240, 240), 38, 0.8)
    tee = cv2.warpAffine(patterns.top(sleeve=20).photo(), turn, (480, 480), borderValue=(244, 244, 244))
    return np.vstack([tee, _canvas()[:120]])


def _one_sleeve_folded() -> Canvas:
    long, none = patterns.top(sleeve=55, angle=40, cuff=10), patterns.top()
    plain = cv2.resize(
        none.mask.astype(np.uint8), None, fx=long.scale / none.scale, fy=long.scale / none.scale
    )
    mask = long.mask.astype(np.uint8)
    half = np.zeros_like(mask)
    top, side = (SIZE - plain.shape[0]) // 2, (SIZE - plain.shape[1]) // 2
    rows, columns = min(plain.shape[0], SIZE), min(plain.shape[1], SIZE)
    half[top : top + rows, side : side + columns] = plain[:rows, :columns]
    mask[:, : SIZE // 2] = half[:, : SIZE // 2]
    return Drawn(mask > 0, {}, 1.0).photo()


NO_GARMENTS = [
    _disc, _oval, _towel, _shoe, _pair_of_shoes, _bag, _cap, _text, _two_tees, _tee_and_trousers, _face,
    _jumpsuit, _askew, _one_sleeve_folded,
]  # fmt: skip


@pytest.mark.parametrize("name", VENDOR_TYPES)
def test_every_sample_is_trusted(name: str) -> None:
    assert understand(garment(name)).doubt == ""


@pytest.mark.parametrize(("drawn", "kind"), EVERY)
def test_a_drawn_garment_is_trusted(drawn: Drawn, kind: object) -> None:
    assert _doubt(drawn.mask) == ""


@pytest.mark.parametrize("draw", NO_GARMENTS)
def test_what_cannot_be_worn_is_doubted_with_a_reason(draw: Callable[[], Canvas]) -> None:
    found = understand(png(draw()))
    assert found.doubt.endswith(".")
    assert found.marks is None


def test_two_shoes_side_by_side_are_refused_by_their_name() -> None:
    assert "pair of shoes" in understand(png(_pair_of_shoes())).doubt


@pytest.mark.parametrize("make", [noise, landscape, crumbs])
def test_a_picture_without_a_plain_backdrop_is_doubted(make: Callable[[], bytes]) -> None:
    assert understand(make()).doubt


@pytest.mark.parametrize("given_type", ["tops", "dresses", "bottoms"])
@pytest.mark.parametrize("draw", [_disc, _shoe, _bag, _text])
def test_a_given_type_does_not_make_a_garment_of_it(draw: Callable[[], Canvas], given_type: str) -> None:
    assert understand(png(draw()), given_type).doubt


def test_trousers_given_as_a_top_are_doubted() -> None:
    assert "trousers" in _doubt(patterns.trousers().mask, "tops")


def test_a_tee_given_as_bottoms_is_doubted() -> None:
    assert _doubt(patterns.top(sleeve=20).mask, "bottoms")


def test_what_may_be_a_long_top_or_a_gown_is_worn_when_its_type_is_given() -> None:
    mask = DRESSES["maxi"].changed(0.75, 1).mask
    assert "choose its type" in _doubt(mask)
    assert _doubt(mask, "dresses") == ""


def test_a_skirt_of_tiers_below_a_wide_waistband_is_no_top() -> None:
    assert "armholes" in _doubt(_tiers() > 0)


SHIRT = [(50, 60), (120, 110), (170, 420)]
HOODED_JACKET = [(70, 60), (78, 100), (170, 165), (170, 420)]


@pytest.mark.parametrize("half", [SHIRT, HOODED_JACKET])
def test_what_has_shoulders_below_a_narrower_part_is_no_skirt(half: list[tuple[int, int]]) -> None:
    """Its arms lie against its sides, unseen; places are pixels from the middle, and rows."""
    corners = [(240 + x, y) for x, y in half] + [(240 - x, y) for x, y in reversed(half)]
    mask = cv2.fillPoly(np.zeros((SIZE, SIZE), np.uint8), [np.array(corners)], 1) > 0
    assert _doubt(mask, "bottoms") == "The outline is not a skirt's."


def test_a_neck_outside_the_picture_is_doubted() -> None:
    tee = opened(png(patterns.top(sleeve=20).photo()))
    cropped = np.asarray(tee)[90:]
    assert "cut off" in understand(png(cropped)).doubt


def test_a_sample_seen_in_the_mirror_is_as_good() -> None:
    mirror = np.asarray(opened(garment("hoodie")))[:, ::-1]
    found = understand(png(np.ascontiguousarray(mirror)))
    assert (found.vendor_type, found.doubt) == ("tops", "")


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.integers(5, 475), st.integers(5, 475)), min_size=3, max_size=14), st.integers(1, 40)
)
def test_no_outline_crashes(corners: list[tuple[int, int]], thickness: int) -> None:
    mask = np.zeros((SIZE, SIZE), np.uint8)
    cv2.fillPoly(mask, [np.array(corners)], 1)
    cv2.polylines(mask, [np.array(corners)], True, 1, thickness)
    for given_type in ("", "tops", "bottoms"):
        assert isinstance(_doubt(mask > 0, given_type), str)


def test_sleeves_that_hang_down_beside_a_narrow_jacket_may_be_long() -> None:
    drawn = patterns.sleeves_beside_body(touching=0.0, longer=38.0, width=9.0)
    assert _doubt(drawn.changed(0.7, 1.0).mask) == ""


@pytest.mark.parametrize(("contrast", "why"), [(0.6, "not a garment's"), (0.05, "too alike")])
def test_what_is_ragged_before_a_clear_backdrop_is_not_called_torn(contrast: float, why: str) -> None:
    drawn = patterns.top(sleeve=20)
    _, _, marks = reading.read(silhouette.measure(drawn.mask), drawn.colours())
    ragged = drawn.mask.copy()
    low = int(np.flatnonzero(ragged.any(1))[-1])
    for x in range(0, SIZE, 12):
        ragged[low - 26 :, x : x + 6] = False
    cutout = Cutout(drawn.colours(), ragged.astype(np.float32), ragged, 0.005, 0.0, contrast=contrast)
    assert why in why_not(cutout, silhouette.measure(ragged), marks)


def test_armpits_may_lie_low_where_long_sleeves_stand_off_a_cropped_body() -> None:
    jacket = patterns.top(sleeve=62, angle=35, cuff=14, length=43, armhole=26, shoulder=20, chest=22, hem=20)
    assert _doubt(jacket.mask, "tops") == ""
