"""Ends of a hanger beside shoulders without sleeves are none, and what its arms enclose is no cloth."""

import cv2
import numpy as np
import pytest

from tests.renderer.patterns import SIZE
from tests.renderer.sample_garments import png
from tryon_sandbox.renderer.cutout.hanger_crumbs import cleared
from tryon_sandbox.renderer.cutout.hanger_ends import without_ends
from tryon_sandbox.renderer.garments.garment import _seen
from tryon_sandbox.renderer.garments.kinds.recognise import Kind
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.networks import learned_kind
from tryon_sandbox.renderer.garments.networks.learned_kind import Shares, Sleeves, Thing
from tryon_sandbox.renderer.raster import Floats, Mask, floats

Colour = tuple[int, int, int]
BLUE, BLACK = (40, 60, 150), (16, 16, 18)
DRESS = [
    (196, 60), (214, 56), (240, 92), (266, 56), (284, 60), (290, 110), (312, 150), (300, 250), (340, 440),
    (140, 440), (180, 250), (168, 150), (190, 110),
]  # fmt: skip
END = [(190, 62), (170, 70), (150, 88), (152, 96), (176, 84), (194, 82)]


def _mirrored(part: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(SIZE - x, y) for x, y in part]


def _hung(ends: list[list[tuple[int, int]]], colour: Colour) -> tuple[np.ndarray, Mask, Mask]:
    """A photo of a dress with these ends beside it, and where it is, with them and without."""
    photo, where = np.full((SIZE, SIZE, 3), 240, np.uint8), np.zeros((SIZE, SIZE), np.uint8)
    for end in ends:
        cv2.fillPoly(photo, [np.array(end, np.int32)], colour)
        cv2.fillPoly(where, [np.array(end, np.int32)], 1)
    dress = np.zeros_like(where)
    cv2.fillPoly(dress, [np.array(DRESS, np.int32)], 1)
    photo[dress > 0] = BLUE
    photo = np.asarray(cv2.GaussianBlur(photo, (3, 3), 0), np.uint8)
    return photo, np.asarray((where | dress) > 0, np.bool_), np.asarray(dress > 0, np.bool_)


def _floats(photo: np.ndarray) -> Floats:
    return floats(photo.astype(np.float32) / 255)


def test_ends_that_stick_out_at_both_sides_are_taken_off() -> None:
    photo, hung, dress = _hung([END, _mirrored(END)], BLACK)
    left = without_ends(_floats(photo), hung)
    ends = hung & ~dress
    assert (left & ends).sum() < 0.15 * ends.sum()
    assert (dress & ~left).sum() < 0.01 * dress.sum()


@pytest.mark.parametrize(
    ("ends", "colour"),
    [([END, _mirrored(END)], BLUE), ([END], BLACK), ([], BLACK)],
    ids=["frills of its colour", "one bow", "nothing"],
)
def test_what_is_of_the_cloths_colour_or_on_one_side_alone_stays(
    ends: list[list[tuple[int, int]]], colour: Colour
) -> None:
    photo, hung, _ = _hung(ends, colour)
    assert without_ends(_floats(photo), hung) is hung


def test_sleeves_of_another_colour_than_the_skirt_are_as_the_yoke_is() -> None:
    photo, where = np.full((SIZE, SIZE, 3), 240, np.uint8), np.zeros((SIZE, SIZE), np.uint8)
    sleeve = [(196, 60), (130, 130), (150, 152), (192, 120)]
    cream = (214, 200, 150)
    for part, colour in ((DRESS, BLUE), (sleeve, cream), (_mirrored(sleeve), cream)):
        cv2.fillPoly(photo, [np.array(part, np.int32)], colour)
        cv2.fillPoly(where, [np.array(part, np.int32)], 1)
    photo[:180][(where[:180] > 0)] = cream
    mask = np.asarray(where > 0, np.bool_)
    assert without_ends(_floats(photo), mask) is mask


def test_a_dress_on_a_hanger_whose_ends_stick_out_has_no_sleeves(monkeypatch: pytest.MonkeyPatch) -> None:
    photo, _, _ = _hung([END, _mirrored(END)], BLACK)
    shares = Shares({Thing.DRESS: 0.9, Thing.TOP: 0.1}, {Sleeves.NONE: 0.52, Sleeves.SHORT: 0.44})
    monkeypatch.setattr(learned_kind, "installed", lambda: lambda cutout, picture: shares)
    found = _seen(png(photo), "")
    assert (found.kind, found.doubt) == (Kind.DRESS, "")
    assert isinstance(found.marks, TopMarks) and not found.marks.sleeves


def test_what_the_arms_of_a_hanger_enclosed_above_a_waist_is_no_cloth() -> None:
    skirt, daylight, arms = (np.zeros((SIZE, SIZE), np.bool_) for _ in range(3))
    skirt[200:420, 140:340], daylight[120:185, 160:320], arms[110:200, 150:330] = True, True, True
    arms &= ~daylight
    photo = np.full((SIZE, SIZE, 3), 240, np.uint8)
    photo[skirt], photo[arms] = (200, 130, 130), BLACK
    left = cleared(_floats(photo), skirt | daylight | arms, skirt | daylight)
    assert not (left & daylight).any() and left[skirt].mean() > 0.97
