"""A sleeve that is folded over the body is none that hangs beside it, though it was cut free to the hem."""

import numpy as np
import pytest

from tests.renderer import patterns
from tryon_sandbox.renderer.curves import points
from tryon_sandbox.renderer.cutout import silhouette
from tryon_sandbox.renderer.garments.checks import folded_sleeves, plausible
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.marks.sleeve_marks import SleeveMarks
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
