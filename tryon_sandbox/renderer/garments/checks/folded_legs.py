"""Trousers folded up, whose lower legs lie behind the upper ones: their sides step out half way."""

import numpy as np

from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.sides import LEFT, RIGHT, Side

# By the width, how far a side steps out within so many rows of the height, below a waist that hangs askew:
# trousers and shorts to 0.034, spikes sewn on as a trim 0.055; folded ones 0.14 and 0.18.
STEP, ROWS, FROM, TO = 0.09, 0.04, 0.20, 0.80

FOLDED = "The legs may lie folded: lay them out to their whole length."


def are_folded(shape: Silhouette) -> bool:
    """Whether either side steps out where a leg should go on."""
    return max(_step(shape, LEFT), _step(shape, RIGHT)) > STEP * shape.width


def _step(shape: Silhouette, side: Side) -> float:
    rows = max(2, int(ROWS * shape.height))
    lines = [y for y in range(shape.row(FROM), shape.row(TO)) if shape.at(y)]
    reach = np.array([shape.outermost(y, side) * side.sign for y in lines])
    return float((reach[rows:] - reach[:-rows]).max(initial=0.0))
