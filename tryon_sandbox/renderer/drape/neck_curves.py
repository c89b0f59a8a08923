"""The curves that are tried for a front neckline, in half neck widths from the middle between its corners."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from tryon_sandbox.renderer.raster import Floats, floats

ROUNDNESSES = (1.0, 1.25, 1.6, 2.2, 3.2)  # exponents: 1 is a V, 2 a parabola
WIDTHS = (0.8, 0.9, 1.0, 1.1)
KINDS = tuple((roundness, width) for roundness in ROUNDNESSES for width in WIDTHS)
DEPTHS = np.arange(0.30, 4.41, 0.05)
V_LIKE = 1.5  # exponents below it; to POINTED they fit necklines with a point as well, and above it none
POINTED = 2.0
PLACES = 31  # at which an edge is looked for, evenly along the curve
ENDS = 0.04  # of its length: nearer to its ends it is not looked at


@dataclass(frozen=True, slots=True)
class Curves:
    """Places of every curve by kind, depth and place: across, down, and how steeply it falls outwards."""

    across: Floats
    down: Floats
    lean: Floats


@cache
def curves() -> Curves:
    """All of them; where a place is, does not depend on the photo.

    The places lie evenly along the curve, not across: those on the steep sides of a deep one count, or the
    upper edge of a print, which has no sides, would pass for the bottom of a deep neckline.
    """
    share = np.linspace(-1, 1, 101)
    roundness, width = (np.array(values)[:, None, None] for values in zip(*KINDS, strict=True))
    depth = DEPTHS[None, :, None]
    falls, steps = np.diff(depth * np.abs(share) ** roundness), np.diff(share * width)
    length = np.pad(np.hypot(steps, falls).cumsum(-1), ((0, 0), (0, 0), (1, 0)))
    ends = np.linspace(ENDS, 1 - ENDS, PLACES)
    at = np.array([[np.interp(ends * one[-1], one, share) for one in kind] for kind in length])
    away = np.abs(at)
    lean = np.sign(at) * away ** (roundness - 1) * roundness * depth / width
    return Curves(floats(at * width), floats(depth * (1 - away**roundness)), floats(lean))
