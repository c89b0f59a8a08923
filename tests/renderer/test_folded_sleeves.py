"""A sleeve that is folded over the body is none that hangs beside it, though it was cut free to the hem."""

from dataclasses import replace

import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.test_kinds import Half, _drawn
from tests.renderer.test_laid_sleeves import _photo
from tests.renderer.test_likely import _look
from tryon_sandbox.renderer.curves import points
from tryon_sandbox.renderer.cutout import silhouette
from tryon_sandbox.renderer.garments.checks import folded_sleeves, plausible
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.marks.sleeve_marks import SleeveMarks
from tryon_sandbox.renderer.garments.networks.learned_kind import Sleeves, Thing
from tryon_sandbox.renderer.sides import LEFT, RIGHT

Outer = list[tuple[int, int]]  # from the middle to the right, in a trunk of 200 by 360
HANGING: Outer = [(108, 20), (140, 160), (150, 350)]
BENT: Outer = [(108, 20), (176, 200), (150, 280), (126, 356)]
FOLDED: Outer = [(108, 20), (176, 200), (172, 240), (126, 250), (128, 356)]


def _marks(outer: Outer) -> TopMarks:
    """A trunk with this outer edge of its right sleeve, and its mirror image."""
    across, inner = [outer[-1], (104, 358)], [(104, 358), (100, 120)]
    right, corner = [np.array(path, np.float64) for path in (outer, across, inner)], np.array([240.0, 40.0])
    left = [path * (-1, 1) + corner for path in right]
    right = [path + corner for path in right]
    armpit, shoulder, neck, hem = (
        {LEFT: points([240 - x, y + 40]), RIGHT: points([240 + x, y + 40])}
        for x, y in ((100, 120), (108, 20), (40, 0), (100, 356))
    )
    return TopMarks(armpit, shoulder, neck, hem, {LEFT: SleeveMarks(*left), RIGHT: SleeveMarks(*right)})


@pytest.mark.parametrize(("outer", "folded"), [(HANGING, False), (BENT, False), (FOLDED, True)])
def test_what_steps_in_half_way_down_a_sleeve_is_no_sleeve(outer: Outer, folded: bool) -> None:
    shape, marks = silhouette.measure(patterns.top().mask), _marks(outer)
    assert folded_sleeves.are_folded(shape, marks) == folded
    assert (
        folded_sleeves.FOLDED in {why for why, wrong in plausible._of_top(shape, marks) if wrong()}
    ) == folded


# Of a short sleeve on a trunk of 200 by 360, whose armpit is at (100, 120): both ends of its cuff.
FOLD = [(146, 30), (148, 106)]
CUFF = [(166, 60), (140, 128)]
CAP = [(140, 34), (142, 60)]
ARMS_ON_CHEST: Half = [
    (0, 14), (30, 6), (40, 0), (104, 26), (156, 62), (160, 146), (106, 172), (104, 330), (0, 332)
]  # fmt: skip


@pytest.mark.parametrize(("cuff", "folded"), [(FOLD, True), (CUFF, False), (CAP, False)])
def test_an_upright_edge_that_falls_to_the_body_is_a_fold_and_no_cuff(cuff: Outer, folded: bool) -> None:
    marks = _marks(HANGING)
    sleeves = {side: _ended(own, cuff, side.sign) for side, own in marks.sleeves.items()}
    assert folded_sleeves.end_in_folds(replace(marks, sleeves=sleeves)) == folded


@pytest.mark.parametrize(("short", "doubt"), [(0.59, folded_sleeves.FOLDED), (0.9, "")])
def test_what_ends_in_folds_is_worn_only_if_its_sleeves_are_short_for_sure(
    short: float, doubt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sleeves = {Sleeves.SHORT: short, Sleeves.LONG: 0.98 - short, Sleeves.NONE: 0.02}
    found = _look(monkeypatch, _photo(_drawn(ARMS_ON_CHEST)), {Thing.TOP: 0.95}, sleeves)
    assert found.doubt == doubt


def _ended(sleeve: SleeveMarks, cuff: Outer, sign: int) -> SleeveMarks:
    return replace(sleeve, cuff=np.array([(240 + sign * x, 40 + y) for x, y in cuff], np.float64))
