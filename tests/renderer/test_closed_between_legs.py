"""What is no top for sure, and narrows or parts below as bodysuits and rompers do, is not worn as a top."""

import cv2
import numpy as np
import pytest

from tryon_sandbox.renderer.cutout.silhouette import Silhouette, measure
from tryon_sandbox.renderer.garments.checks import plausible
from tryon_sandbox.renderer.garments.flat_lay import flat_lay_check
from tryon_sandbox.renderer.garments.kinds import one_piece
from tryon_sandbox.renderer.garments.kinds.likely import Likely
from tryon_sandbox.renderer.garments.kinds.recognise import Kind
from tryon_sandbox.renderer.garments.marks.landmarks import find
from tryon_sandbox.renderer.garments.networks.learned_kind import Shares, Thing
from tryon_sandbox.renderer.garments.read_as import Reading
from tryon_sandbox.renderer.garments.reading import _untold

SIZE, MIDDLE = 480, 240
UPPER = [(0, 66), (38, 56), (100, 80), (160, 170), (122, 195), (92, 150)]  # half of a tee, to its armpit
BODYSUIT = [*UPPER, (90, 290), (67, 380), (67, 424), (0, 424)]
ROMPER = [*UPPER, (90, 260), (104, 420), (24, 424), (3, 396), (0, 396)]
TEE = [*UPPER, (92, 420), (0, 424)]


def _outline(half: list[tuple[int, int]]) -> Silhouette:
    mask = np.zeros((SIZE, SIZE), np.uint8)
    for sign in (-1, 1):
        cv2.fillPoly(mask, [np.array([(MIDDLE + sign * x, y) for x, y in half], np.int32)], 1)
    return measure(np.asarray(mask > 0, np.bool_))


@pytest.mark.parametrize(
    ("half", "top", "said"),
    [
        (BODYSUIT, 0.7, one_piece.NARROWS),
        (ROMPER, 0.7, one_piece.LEGGED),
        (BODYSUIT, 0.9, ""),
        (ROMPER, 0.9, ""),
        (TEE, 0.7, ""),
    ],
)
def test_what_is_a_top_for_sure_may_narrow_or_part_below(
    half: list[tuple[int, int]], top: float, said: str
) -> None:
    shape = _outline(half)
    marks = find(shape)
    assert not plausible.why_not(shape, marks) and marks.sleeves
    found = Reading(Kind.TOP, shape, marks, "")
    assert _untold(found, Likely(Shares({Thing.TOP: top, Thing.SEVERAL: 0.95 - top}, {}))) == said


def test_what_lies_turned_lies_bent_and_what_hangs_straight_does_not() -> None:
    tee = _outline(TEE)
    turned = cv2.warpAffine(
        tee.mask.astype(np.uint8), cv2.getRotationMatrix2D((MIDDLE, MIDDLE), 28, 0.9), (SIZE, SIZE)
    )
    assert flat_lay_check.lies_bent(measure(np.asarray(turned > 0, np.bool_)))
    assert not flat_lay_check.lies_bent(tee)
