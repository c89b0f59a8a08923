"""What a photo leaves open is not worn as one of both: what lies outside, or folded, or is of either kind."""

from collections.abc import Mapping

import cv2
import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.patterns import SIZE
from tests.renderer.sample_garments import png
from tests.renderer.test_likely import _look
from tests.renderer.test_one_sided import _with_one_sleeve_behind
from tryon_sandbox.renderer.garments.checks import folded_legs
from tryon_sandbox.renderer.garments.flat_lay import flat_lay_check
from tryon_sandbox.renderer.garments.garment import understand
from tryon_sandbox.renderer.garments.kinds.likely import Likely
from tryon_sandbox.renderer.garments.kinds.recognise import Kind
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.networks.learned_kind import Shares, Sleeves, Thing
from tryon_sandbox.renderer.garments.read_as import Reading
from tryon_sandbox.renderer.garments.reading import OF_BOTTOMS
from tryon_sandbox.renderer.garments.seen_sleeves import SLEEVES, _in_doubt
from tryon_sandbox.renderer.sides import RIGHT

Things = Mapping[Thing, float]
TOPS = {Thing.TOP: 0.95}
FOLDED = [(-62, -110), (66, -110), (92, 98), (-96, 104)]
LEGS = [(-62, -110), (66, -110), (92, 98), (8, 102), (0, 70), (-8, 102), (-96, 104)]


def _cut(left: int, right: int) -> bytes:
    """A vest that swings out; of its hem so many pixels lie outside of the picture at each side."""
    drawn = patterns.top(chest=22.0, hem=31.0)
    photo, across = drawn.photo(), np.flatnonzero(drawn.mask.any(0))
    columns = slice(across[0] + left if left else 0, across[-1] + 1 - right if right else SIZE)
    return png(np.ascontiguousarray(photo[:, columns]))


@pytest.mark.parametrize(
    ("left", "right", "doubt"), [(0, 0, ""), (0, 16, flat_lay_check.CUT_OFF), (16, 16, "")]
)
def test_what_lies_outside_at_one_side_alone_is_not_worn(
    left: int, right: int, doubt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _look(monkeypatch, _cut(left, right), TOPS, {Sleeves.NONE: 0.9}).doubt == doubt


@pytest.mark.parametrize(("long", "rows", "doubt"), [(0.31, 130, SLEEVES), (0.31, 0, ""), (0.6, 130, "")])
def test_long_sleeves_of_which_one_is_outside_are_none_where_short_ones_are_likelier(
    long: float, rows: int, doubt: str
) -> None:
    whole = understand(_with_one_sleeve_behind(RIGHT))
    assert isinstance(whole.marks, TopMarks) and whole.marks.sleeve_of and whole.shape is not None
    outside = whole.cutout.mask.copy()
    outside[100 : 100 + rows, -1] = True
    sleeves = {Sleeves.LONG: long, Sleeves.SHORT: 0.83 - long, Sleeves.NONE: 0.17}
    found = Reading(whole.kind, whole.shape, whole.marks, "")
    assert _in_doubt(found, outside, Likely(Shares(TOPS, sleeves))).doubt == doubt


@pytest.mark.parametrize(
    ("outline", "things", "doubt"),
    [
        (FOLDED, {Thing.TROUSERS: 0.27, Thing.SHORTS: 0.27, Thing.SKIRT: 0.2}, folded_legs.FOLDED),
        (FOLDED, {Thing.TROUSERS: 0.07, Thing.SHORTS: 0.57, Thing.SKIRT: 0.2}, ""),
        (LEGS, {Thing.TROUSERS: 0.27, Thing.SHORTS: 0.27, Thing.SKIRT: 0.2}, ""),
    ],
)
def test_what_shows_neither_legs_nor_of_what_length_may_be_folded_trousers(
    outline: list[tuple[int, int]], things: Things, doubt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = np.full((SIZE, SIZE, 3), 244, np.uint8)
    cv2.fillPoly(photo, [np.array(outline, np.int32) + SIZE // 2], (60, 70, 150))
    found = _look(monkeypatch, png(cv2.GaussianBlur(photo, (3, 3), 0)), things)
    assert (found.kind, found.doubt) == (Kind.TROUSERS, doubt)


@pytest.mark.parametrize(("shorts", "doubt"), [(0.5, OF_BOTTOMS), (0.4, "")])
def test_what_has_a_skirts_outline_and_is_likelier_shorts_is_neither(
    shorts: float, doubt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = png(patterns.skirt(hem=26.0, length=46.0).photo())
    assert _look(monkeypatch, photo, {Thing.SHORTS: shorts, Thing.SKIRT: 0.9 - shorts}).doubt == doubt


@pytest.mark.parametrize(("short", "doubt"), [(0.84, SLEEVES), (0.3, "")])
def test_what_has_short_sleeves_for_sure_does_not_hang_by_straps_alone(
    short: float, doubt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = png(patterns.strapped(length=92.0).photo())
    sleeves = {Sleeves.SHORT: short, Sleeves.NONE: 1 - short}
    assert _look(monkeypatch, photo, {Thing.DRESS: 0.92}, sleeves).doubt == doubt
