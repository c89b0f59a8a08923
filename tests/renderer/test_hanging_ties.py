"""Ties and ribbons that hang out of a garment's hem are left out of its outline, and nothing else is."""

import cv2
import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.patterns import SIZE
from tests.renderer.sample_garments import png
from tryon_sandbox.renderer.cutout import silhouette
from tryon_sandbox.renderer.garments.garment import _seen
from tryon_sandbox.renderer.garments.kinds.recognise import Kind
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.outline import hanging_ties
from tryon_sandbox.renderer.raster import Mask

Outline = list[tuple[int, int]]
# By where the garment ends in the middle: straight down, aslant, and two of them that spread.
TIES: dict[str, list[Outline]] = {
    "long": [[(20, -20), (48, -20), (52, 130), (24, 140)]],
    "aslant": [[(-10, -20), (12, -20), (60, 60), (40, 70)]],
    "two": [[(-8, -20), (8, -20), (-16, 80), (-40, 70)], [(-8, -20), (8, -20), (46, 84), (22, 94)]],
}


def _tee(*ties: Outline) -> Mask:
    """A tee that leaves room below it."""
    mask = patterns.top(sleeve=20).changed(0.6, 0.6).mask
    mask = np.roll(mask, -80, 0)
    return _with(mask, _hem(mask), *ties)


def _hem(mask: Mask) -> int:
    return int(np.flatnonzero(mask[:, SIZE // 2])[-1])


def _with(mask: Mask, row: int, *pieces: Outline) -> Mask:
    canvas = mask.astype(np.uint8)
    for piece in pieces:
        cv2.fillPoly(canvas, [np.array([(SIZE // 2 + x, row + y) for x, y in piece], np.int32)], 1)
    return np.asarray(canvas > 0, np.bool_)


def _is_whole(mask: Mask) -> bool:
    shape = silhouette.measure(mask)
    return hanging_ties.without(shape) is shape


@pytest.mark.parametrize("ties", TIES.values(), ids=TIES)
def test_what_hangs_out_of_a_hem_is_left_out(ties: list[Outline]) -> None:
    bare = _tee()
    left = hanging_ties.without(silhouette.measure(_tee(*ties))).mask
    assert np.count_nonzero(left ^ bare) < 0.01 * np.count_nonzero(bare)


def test_a_top_that_is_tied_is_no_dress_and_ends_at_its_hem() -> None:
    mask = _tee(*TIES["long"])
    found = _seen(png(patterns.Drawn(mask, {}, 1.0).photo()), "")
    assert found.doubt == "" and found.kind is Kind.TOP
    assert isinstance(found.marks, TopMarks) and abs(found.marks.hem_y - _hem(_tee())) < 8


def test_corners_of_a_hem_are_no_ties() -> None:
    pointed: Outline = [(-80, -20), (80, -20), (40, 60)]
    assert _is_whole(_tee(pointed))


def test_fringes_stay() -> None:
    assert _is_whole(_tee(*[[(x, -10), (x + 6, -10), (x + 6, 60), (x, 60)] for x in range(-60, 60, 12)]))


def test_a_sleeve_that_hangs_down_from_its_elbow_is_no_tie() -> None:
    tee = _tee()
    row = int(np.flatnonzero(tee.any(1))[0])
    bent: Outline = [(80, 20), (200, 20), (200, 60), (160, 60), (160, 240), (130, 240), (130, 60), (80, 60)]
    assert _is_whole(_with(tee, row, bent))


@pytest.mark.parametrize(
    "garment", [patterns.trousers(), patterns.skirt(), patterns.top(), patterns.bell_sleeves()]
)
def test_legs_and_sleeves_are_no_ties(garment: patterns.Drawn) -> None:
    assert _is_whole(garment.mask)
