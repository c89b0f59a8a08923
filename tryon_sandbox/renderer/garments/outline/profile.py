"""A silhouette's widths from the top down, and the limits that they keep to in some kinds of garments."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from tryon_sandbox.renderer.curves import Numbers
from tryon_sandbox.renderer.cutout.silhouette import REMEMBERED, Silhouette
from tryon_sandbox.renderer.garments.outline import legs

NEVER, EVER = -1.0, 99.0
# Of each kind the least and the most; behind it what was found in that kind, and in those next to it.
# Seen in 42 shop photos, 66 photos taken at home, the samples, and outlines drawn from tailors' measures.
LIMITS: dict[str, dict[str, tuple[float, float]]] = {
    "shorts": {
        "widest": (0.56, 1.0),  # 0.58 to 0.93; tees with a gap below 0.05 to 0.47
        "waist": (0.50, EVER),  # from 0.60; a dress folded in two 0.34
        "slope": (0.90, 1.24),  # to 1.20, where an elastic draws them up; shirts from 1.32
        "valley": (NEVER, 0.05),  # to 0.04; tops with a gap in the hem from 0.12
        "drop": (NEVER, 0.11),  # to 0.07
        "parting": (NEVER, 0.09),  # to 0.05; between two sleeves from 0.16
        "legs": (0.05, 0.36),  # from 0.07
        "dip": (NEVER, 0.15),  # to 0.11; shoes from 0.27
    },
    "trousers": {  # whose waist is not level
        "waist": (0.50, EVER),  # from 0.54; jackets that are open to 0.49
        "slope": (0.90, 1.25),  # to 1.19; jackets and rompers from 1.36
        "valley": (NEVER, 0.06),  # to 0.01; jumpsuits from 0.14
        "parting": (NEVER, 0.09),
        "legs": (0.30, EVER),
        "dip": (NEVER, 0.15),
    },
    "skirt": {
        "widest": (0.56, 1.0),  # 0.67 to 1.0; sleeveless tops from 0.72 too, off the shoulder to 0.36
        "waist": (0.38, EVER),  # from 0.42
        "slope": (0.90, 1.13),  # to 1.11; tops with long sleeves from 1.16
        "valley": (NEVER, 0.03),  # to 0.014; dresses from 0.05
        "drop": (NEVER, 0.11),  # to 0.096; tops on straps from 0.23
        "aspect": (0.70, 1.30),  # 0.73 to 1.11, hats and bags to 0.67; others are known by their level waist
        "armhole": (NEVER, 1.15),  # to 1.12; undershirts from 1.16
        "legs": (NEVER, 0.03),
        "dip": (NEVER, 0.135),  # to 0.11; between straps from 0.156
        "hollow": (NEVER, 0.033),  # to 0.023; between shoulder and armpit from 0.044
    },
    "tiered skirt": {  # whose waist is level
        "waist": (0.40, 0.76),  # 0.48 to 0.72
        "slope": (0.90, 1.14),  # to 1.08; tops with long sleeves from 1.20
        "valley": (0.02, 0.08),  # 0.04 to 0.06; a hat 0.004
        "drop": (NEVER, 0.07),  # to 0.06
        "dip": (NEVER, 0.10),  # to 0.08
        "aspect": (0.60, 1.05),  # 0.65 to 0.98
        "hollow": (NEVER, 0.052),  # to 0.038; a wide jersey 0.066
        "legs": (NEVER, 0.03),
    },
    "mini skirt": {  # whose waist is level, and no higher than such skirts are
        "aspect": (0.50, 0.72),  # 0.65; hats to 0.73
        "waist": (0.66, 0.75),  # 0.70; hats to 0.65, hot pants, which do not flare, 0.79
        "slope": (0.90, 1.11),  # 1.06; hats, which are rounded at the top, from 1.16
        "spread": (0.90, 1.16),  # to 1.09; hats from 1.25
        "valley": (NEVER, 0.02),
        "drop": (NEVER, 0.06),
        "dip": (NEVER, 0.05),
        "hollow": (NEVER, 0.023),
        "legs": (NEVER, 0.03),
        "solidity": (0.965, EVER),
    },
    "shoes": {
        "aspect": (1.15, 1.60),  # 1.37 to 1.44; shorts to 1.06, jumpsuits from 1.79
        "legs": (0.08, 0.33),  # 0.21 to 0.23; trousers from 0.44
        "parting": (NEVER, 0.05),  # to 0.02
        "widest": (0.48, 1.0),  # from 0.51; jumpsuits with sleeves to 0.45
        "slope": (NEVER, 1.60),  # to 1.4; open jackets from 2.4
        "dip": (0.20, EVER),  # from 0.27; jeans whose legs lie together to 0.11
    },
    "jumpsuit": {
        "legs": (0.13, EVER),  # from 0.17
        "leg": (0.28, EVER),  # from 0.33; fronts of open jackets to 0.10
        "parting": (NEVER, 0.08),  # to 0.05; between two sleeves from 0.16
        "widest": (NEVER, 0.48),  # to 0.45; open jackets from 0.54
    },
    "hat": {
        "aspect": (NEVER, 0.75),  # 0.61; tops that fill their hull from 0.81
        "solidity": (0.965, EVER),  # 0.98; jackets as wide as that with their sleeves to 0.953
        "waist": (NEVER, 0.72),  # 0.50 to 0.65; short trousers, which begin level, from 0.79
        "slope": (1.11, EVER),  # from 1.16; mini skirts to 1.06
    },
    "hat with flaps": {  # of what seems to be trousers
        "aspect": (NEVER, 0.75),  # 0.61; wide shorts from 0.58
        "slope": (1.32, EVER),  # 1.48; trousers and shorts to 1.21
        "parting": (0.11, EVER),  # 0.18; trousers and shorts to 0.07
    },
    "hidden sleeves": {  # of what has neither sleeves nor straps
        "spread": (1.175, EVER),  # from 1.20; sleeveless tops that slope as much to 1.15
        "slope": (1.30, EVER),  # from 1.34; sleeveless tops that spread as much to 0.97
    },
}


@dataclass(frozen=True, slots=True)
class Profile:
    """Widths by the greatest one, and places by the height, from the top.

    `aspect`: height by width. `widest`: where it first is about as wide as it gets. `waist`: width at an
    eighth. `slope`, `spread`: by how much it widens from 1/20 to 1/8, and from there to 1/4. `armhole`: from
    there to 1/2, where it is straight until there. `valley`: how much narrower a place is than above and
    below it. `drop`: where the middle begins. `legs`: how long two legs are. `leg`: how wide each is by both.
    `parting`: the daylight where they part. `solidity`: area by that of the convex hull. `dip`: how far the
    upper edge hangs down below the line between its two corners, by the width at an eighth. `hollow`: how
    far its sides lie inwards of their hull in the upper third; below hips a flare is hollow, too.
    """

    aspect: float
    widest: float
    waist: float
    slope: float
    spread: float
    armhole: float
    valley: float
    drop: float
    legs: float
    leg: float
    parting: float
    solidity: float
    dip: float
    hollow: float

    def is_like(self, kind: str) -> bool:
        """Whether everything keeps to the limits of this kind."""
        return all(least <= getattr(self, name) <= most for name, (least, most) in LIMITS[kind].items())


@lru_cache(maxsize=REMEMBERED)
def measure(shape: Silhouette) -> Profile:
    """The profile of a silhouette."""
    spans = np.array([shape.span(y) for y in range(shape.top, shape.bottom + 1)])
    widths = spans / max(float(spans.max()), 1.0)
    high, waist, quarter, half = (_at(widths, share) for share in (0.05, 0.12, 0.25, 0.50))
    middle = shape.upper_edge((shape.left + shape.right) / 2)
    found = legs.find(shape)
    return Profile(
        aspect=shape.height / shape.width,
        widest=float(np.argmax(widths > 0.97)) / len(widths),
        waist=waist,
        slope=waist / max(high, 0.01),
        spread=quarter / max(waist, 0.01),
        armhole=half / max(quarter, 0.01) if quarter < 1.05 * waist else 1.0,
        valley=_valley(widths[int(0.01 * len(widths)) : int(0.97 * len(widths))]),
        drop=((shape.bottom if middle is None else middle) - shape.top) / shape.height,
        legs=0.0 if found is None else found.share,
        leg=0.0 if found is None else found.thickness * shape.width / max(_below(shape, found), 1.0),
        parting=0.0 if found is None else _parting(shape, found),
        solidity=solidity(shape),
        dip=_dip(shape),
        hollow=_hollow(shape),
    )


def solidity(shape: Silhouette) -> float:
    """The outline's area by that of its convex hull."""
    outline = shape.contour.astype(np.float32)
    return cv2.contourArea(outline) / max(cv2.contourArea(cv2.convexHull(outline)), 1.0)


def width_at(shape: Silhouette, share: float) -> float:
    """Median width of the rows around this share of the height."""
    return float(
        np.median([shape.span(y) for y in range(shape.row(share - 0.015), shape.row(share + 0.015) + 1)])
    )


def _dip(shape: Silhouette) -> float:
    """Between the highest places of the left and of the right third: askew is not yet dipping."""
    runs = shape.at(shape.row(0.12))
    if not runs:
        return 0.0
    start, end = runs[0][0], runs[-1][1]
    upper = np.array(shape.upper[start:end], np.float64)
    upper[upper < 0] = shape.bottom
    third = len(upper) // 3
    if not third:
        return 0.0
    left, right = int(upper[:third].argmin()), len(upper) - third + int(upper[-third:].argmin())
    line = np.interp(np.arange(left, right + 1), [left, right], [upper[left], upper[right]])
    return float((upper[left : right + 1] - line).max()) / (end - start)


def _hollow(shape: Silhouette) -> float:
    rows = [y for y in range(shape.row(0.04), shape.row(0.36)) if shape.at(y)]
    if len(rows) < 3:
        return 0.0
    reach = np.array([(-runs[0][0], runs[-1][1]) for runs in map(shape.at, rows)], np.float32)
    return max(below_hull(np.array(rows, np.float32), side) for side in reach.T) / shape.width


def below_hull(along: NDArray[np.float32], values: NDArray[np.float32]) -> float:
    """How far the values drop below the convex hull over them at the most."""
    deep = values.min() - 1.0
    ends = np.array([[along[0], deep], [along[-1], deep]], np.float32)
    hull = cv2.convexHull(np.concatenate([np.c_[along, values], ends]))[:, 0]
    over = hull[hull[:, 1] > deep]
    over = over[np.argsort(over[:, 0])]
    return float((np.interp(along, over[:, 0], over[:, 1]) - values).max())


def _at(widths: Numbers, share: float) -> float:
    y = int(share * len(widths))
    return float(np.median(widths[max(0, y - 2) : y + 3]))


def _valley(widths: Numbers) -> float:
    above = np.maximum.accumulate(widths)
    below = np.maximum.accumulate(widths[::-1])[::-1]
    return float((np.minimum(above, below) - widths).max(initial=0.0))


def _below(shape: Silhouette, found: legs.Legs) -> float:
    """How wide both legs are together, a little below the crotch."""
    return shape.span(float(found.crotch[1]) + 0.03 * shape.height)


def _parting(shape: Silhouette, found: legs.Legs) -> float:
    """How wide the daylight is just below the crotch: legs part in a point, sleeves at the width of a hem."""
    runs = shape.at(float(found.crotch[1]) + max(2, int(0.02 * shape.height)))
    gaps = [other[0] - one[1] for one, other in pairwise(runs)]
    return max(gaps, default=0) / shape.width
