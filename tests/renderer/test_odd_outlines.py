"""What passes for a top part by part and is none, how long cropped ones are, and reasons that are true."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.patterns import SIZE
from tests.renderer.test_kinds import Half, _drawn, _read
from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.cutout.silhouette import measure
from tryon_sandbox.renderer.drape import fit_sleeve, fit_top
from tryon_sandbox.renderer.drape.anchors import place
from tryon_sandbox.renderer.garments.checks import armhole_signs
from tryon_sandbox.renderer.garments.flat_lay.flat_lay_check import CUT_OFF, unread
from tryon_sandbox.renderer.garments.flat_lay.sideways import lies_sideways
from tryon_sandbox.renderer.garments.flat_lay.skin import Above, above
from tryon_sandbox.renderer.garments.kinds import odd_outlines
from tryon_sandbox.renderer.garments.kinds.recognise import Kind
from tryon_sandbox.renderer.garments.marks.guessed import OfPart
from tryon_sandbox.renderer.garments.marks.landmarks import find
from tryon_sandbox.renderer.raster import floats
from tryon_sandbox.renderer.scene import body, mannequins
from tryon_sandbox.renderer.sides import LEFT

BACKPACK: Half = [
    (0, 12), (30, 14), (44, 20), (50, 2), (54, 0), (84, 0), (84, 20), (80, 44), (86, 70), (106, 110),
    (106, 150), (110, 220), (110, 270), (104, 290), (90, 300), (0, 302),
]  # fmt: skip
DUNGAREES: Half = [
    (0, 90), (30, 90), (44, 78), (62, 0), (78, 4), (74, 78), (78, 150), (80, 210), (84, 220), (96, 290),
    (104, 396), (60, 414), (8, 416), (4, 386), (0, 384),
]  # fmt: skip
SCARF: Half = [
    (0, 0), (22, 2), (34, 10), (42, 30), (64, 54), (82, 78), (90, 104), (96, 140), (84, 210), (94, 280),
    (90, 300), (14, 302), (8, 288), (0, 288),
]  # fmt: skip
PUFFED: Half = [
    (0, 50), (40, 48), (44, 0), (60, 2), (78, 40), (86, 90), (100, 160), (110, 200), (84, 212), (88, 260),
    (112, 400), (0, 410),
]  # fmt: skip
MINI_SKIRT: Half = [(0, 2), (84, 0), (98, 40), (132, 174), (60, 178), (0, 180)]


def _hats() -> np.ndarray:
    mask = np.zeros((SIZE, SIZE), np.uint8)
    for middle in (150, 330):
        cv2.circle(mask, (middle, 100), 46, 1, -1)
        cv2.ellipse(mask, (middle, 300), (96, 170), 0, 180, 360, 1, -1)
        cv2.rectangle(mask, (middle - 96, 298), (middle + 96, 360), 1, -1)
    return mask > 0


def _crossed() -> np.ndarray:
    """Something long with sleeves at its sides, and with an end that is narrow and parts in two."""
    mask = patterns.top(chest=24, hem=16.5, length=116, sleeve=62, angle=78).mask.copy()
    low = int(np.flatnonzero(mask[:, SIZE // 2])[-1])
    cv2.fillPoly(
        view := mask.view(np.uint8),
        [np.array([(SIZE // 2 - 26, low + 2), (SIZE // 2, low - 44), (SIZE // 2 + 26, low + 2)], np.int32)],
        0,
    )
    return view > 0


@pytest.mark.parametrize(
    ("mask", "why"),
    [
        (_drawn(BACKPACK), odd_outlines.BACKPACK),
        (_hats(), odd_outlines.SEVERAL),
        (_drawn(DUNGAREES), odd_outlines.DUNGAREES),
        (_drawn(SCARF), armhole_signs.NEITHER),
        (_drawn(PUFFED), armhole_signs.NOT_PARTED),
    ],
    ids=["backpack", "hats", "dungarees", "scarf", "puffed sleeves"],
)
def test_what_is_no_top_as_a_whole_is_not_worn(mask: np.ndarray, why: str) -> None:
    assert _read(mask)[1] == why


def test_crossed_sleeves_are_no_hem_of_a_dress() -> None:
    with pytest.raises(ValueError, match="sleeves cannot be told"):
        _read(_crossed())


def test_a_mini_skirt_is_no_hat() -> None:
    turn = cv2.getRotationMatrix2D((SIZE / 2, SIZE / 2), 2.0, 1.0)
    askew = cv2.warpAffine(_drawn(MINI_SKIRT).astype(np.uint8), turn, (SIZE, SIZE)) > 0
    assert _read(askew) == (Kind.SKIRT, "")


def test_a_cropped_top_is_as_long_by_the_wearers_arms_as_by_its_sleeves() -> None:
    form = body.measure(mannequins.place("female_slim", "straight", view="fullbody", size=(384, 512)))
    hems = []
    for length in (50, 74):
        shape = measure(patterns.top(chest=20, hem=20, shoulder=17, length=length, sleeve=66, angle=60).mask)
        hems.append((place(shape, find(shape), form, Kind.TOP).hem_y - form.joints["hipR"][1]) / form.unit)
    assert hems[0] < -9 and hems[1] > -5


def test_a_coat_is_as_long_by_the_wearers_arms_as_by_its_sleeves() -> None:
    form = body.measure(mannequins.place("female_slim", "straight", view="fullbody", size=(384, 512)))
    shape = measure(patterns.top(chest=20, hem=25, shoulder=17, length=110, sleeve=66, angle=65).mask)
    marks = find(shape)
    knee = (form.joints["hipR"][1] + form.joints["ankleR"][1]) / 2
    elbowed = place(shape, replace(marks, to_elbows=True), form, Kind.TOP).hem_y
    for long in (marks, replace(marks, to_wrists=True)):
        assert place(shape, long, form, Kind.TOP).hem_y > knee - 8 * form.unit > elbowed


def test_a_coat_with_wide_sleeves_that_end_above_the_wrist_is_no_jacket() -> None:
    form = body.measure(mannequins.place("female_slim", "straight", view="fullbody", size=(384, 512)))
    shape = measure(
        patterns.top(chest=22, hem=23, shoulder=19, length=104, sleeve=64, angle=65, cuff=12).mask
    )
    marks = replace(find(shape), to_wrists=True)
    knee = (form.joints["hipR"][1] + form.joints["ankleR"][1]) / 2
    assert 1.65 < marks.to_cuff / marks.chest_width < 1.75
    assert place(shape, marks, form, Kind.TOP).hem_y > knee - 8 * form.unit


def test_sleeves_of_three_quarters_end_between_elbow_and_wrist() -> None:
    form = body.measure(mannequins.place("female_slim", "straight", view="fullbody", size=(384, 512)))
    shape = measure(patterns.top(chest=27, hem=27, shoulder=22, length=68, sleeve=42, angle=55, cuff=12).mask)
    marks = replace(find(shape), to_wrists=True)
    anchors = place(shape, marks, form, Kind.TOP)
    hole = fit_top.armhole(shape, marks, anchors, form, LEFT)
    cuff = fit_sleeve.sleeve(marks, anchors, form, Kind.TOP, LEFT, hole).spine[-1]
    elbow, wrist = (form.joint(name, LEFT)[1] for name in ("elbow", "wrist"))
    assert elbow + 6 * form.unit < cuff[1] < wrist - 6 * form.unit


def test_what_is_drawn_turned_on_its_side_lies_sideways() -> None:
    shorts = patterns.trousers(length=40, hem=22, hips=24).mask
    assert lies_sideways(np.rot90(shorts)) and not lies_sideways(shorts)
    assert not lies_sideways(patterns.top(sleeve=30).mask)


def test_a_sleeve_outside_the_picture_is_said_to_be() -> None:
    tee = patterns.top(sleeve=30, angle=30).mask
    columns, why = np.flatnonzero(tee.any(0)), OfPart("The armholes cannot be made out.")
    for mask, said in ((tee, why), (np.ascontiguousarray(tee[:, columns[0] + 60 :]), CUT_OFF)):
        rgb = floats(np.where(mask[..., None], 0.5, 0.95) * np.ones(3))
        assert unread(Cutout(rgb, floats(mask), mask, 0.0, 0.0), measure(mask), why) == said


def test_a_flat_thing_of_the_colour_of_skin_is_no_head() -> None:
    tee = patterns.top(sleeve=30, collar=3)
    collar = tee.mask & (np.arange(SIZE)[:, None] < np.flatnonzero(tee.mask.any(1))[0] + 40)
    rgb = tee.photo((40, 50, 110)) / 255
    rgb[collar] = np.array((196, 170, 148)) / 255
    cutout = Cutout(floats(rgb), floats(tee.mask), tee.mask, 0.0, 0.0)
    assert above(cutout, measure(tee.mask)) is not Above.HEAD
