"""Corners of the hem of a top or dress, where its outline turns from side to hem."""

from dataclasses import replace

import numpy as np

from tryon_sandbox.renderer.curves import Points, points
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT


def cornered(shape: Silhouette, marks: TopMarks) -> TopMarks:
    """The marks with both corners where the trunk reaches farthest down and to that side."""
    trunk = shape.arc(marks.armpit[RIGHT], marks.armpit[LEFT])
    hem = {side: _farthest(trunk, points([side.sign, 1.0])) for side in BOTH}
    return replace(marks, hem=hem)


def _farthest(path: Points, direction: Points) -> Points:
    return points(path[int(np.argmax(path @ direction))])
