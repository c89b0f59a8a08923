"""What kind of garment a silhouette is."""

from enum import StrEnum

import numpy as np

from tryon_sandbox.studio import legs
from tryon_sandbox.studio.curves import Numbers
from tryon_sandbox.studio.landmarks import TopMarks
from tryon_sandbox.studio.sides import BOTH, LEFT, RIGHT
from tryon_sandbox.studio.silhouette import Silhouette
from tryon_sandbox.studio.trouser_marks import ROUND


class Kind(StrEnum):
    """How a garment is fitted; finer than the vendor's three types."""

    TOP = "top"
    DRESS = "dress"
    TROUSERS = "trousers"
    SKIRT = "skirt"


VENDOR_TYPE = {Kind.TOP: "tops", Kind.DRESS: "dresses", Kind.TROUSERS: "bottoms", Kind.SKIRT: "bottoms"}
DRESS_ASPECT = 1.42  # taller than this by its width: a dress, where no landmarks say better
# Armpit to hem by the chest lying flat: a long tee 55 by 38 cm, a mini dress from 62 by 40 cm. What
# flares like a skirt counts as longer.
DRESS_SIDE = 1.55
FLARE = 0.6
SHORT_LEGS = 0.40  # legs by the height: of shorts less, of trousers more
THICK = {True: 0.36, False: 0.14}  # each leg by the width, of shorts and of trousers; a sleeve is thinner
VALLEY = 0.04  # of the width
TAPER = 0.22  # a pencil skirt narrows by less than this from its hips on
SHOULDER_SLOPE = 3.2  # the width of a skirt grows by less than this a step down from its waist


def recognise(shape: Silhouette, given: str = "") -> Kind:
    """The kind of garment; a vendor type that is given decides, and the silhouette only the rest."""
    if given == "tops":
        return Kind.TOP
    if given == "dresses":
        return Kind.DRESS
    if given == "bottoms":
        return Kind.TROUSERS if _may_be_trousers(shape) else Kind.SKIRT
    return _by_shape(shape)


def top_or_dress(marks: TopMarks) -> Kind:
    """Which of both a garment with these landmarks is: a dress goes on below the hips."""
    side = float(np.mean([marks.hem[side][1] - marks.armpit[side][1] for side in BOTH]))
    hem = float(marks.hem[RIGHT][0] - marks.hem[LEFT][0]) / marks.chest_width
    flared = side / marks.chest_width + FLARE * max(hem - 1.2, 0.0)
    return Kind.DRESS if flared > DRESS_SIDE else Kind.TOP


def _by_shape(shape: Silhouette) -> Kind:
    if has_legs(shape) and has_waist(shape):
        return Kind.TROUSERS
    if _is_skirt(shape):
        return Kind.SKIRT
    return Kind.DRESS if shape.height / shape.width > DRESS_ASPECT else Kind.TOP


def _may_be_trousers(shape: Silhouette) -> bool:
    found = legs.find(shape)
    return found is not None and found.share > 0.12 and found.thickness > THICK[False]


def has_legs(shape: Silhouette) -> bool:
    """Whether it ends in two legs, rather than in two sleeves that are longer than the body."""
    found = legs.find(shape)
    if found is None or found.share < 0.08:
        return False
    return found.thickness > THICK[found.share < SHORT_LEGS]


def has_waist(shape: Silhouette) -> bool:
    """Whether it begins with a level edge that is about as wide as what is below."""
    waist = shape.span(shape.row(0.03))
    level, drop = _top_edge(shape)
    return bool(
        waist > 0.45 * shape.span(shape.row(0.30)) and level * shape.width > 0.6 * waist and drop < 0.06
    )


def _is_skirt(shape: Silhouette) -> bool:
    """A level waist, no shoulders, neither a waist nor an armhole farther down, and no sleeves."""
    waist = shape.span(shape.row(0.05)) / shape.width
    level, middle_drop = _top_edge(shape)
    return bool(
        waist > 0.22
        and middle_drop < 0.035
        and level > 0.70 * waist
        and _steepest_growth(shape) < SHOULDER_SLOPE
        and not _is_banded(_widths(shape), waist)
        and hangs_like_skirt(shape, 1.0)
    )


def hangs_like_skirt(shape: Silhouette, leniency: float) -> bool:
    """Whether its sides run down without an armhole or sleeves; `leniency` from 1 on."""
    widths = _widths(shape)
    pieces = np.mean([_wide_runs(shape, y) >= 3 for y in range(shape.top, shape.bottom)])
    is_round = shape.span(shape.row(0.985)) < ROUND * shape.width
    return bool(
        deepest_valley(widths) < VALLEY * leniency
        and (is_round or _narrowing(widths) < TAPER * leniency)
        and pieces < 0.05 * leniency
    )


def _widths(shape: Silhouette) -> Numbers:
    return np.array([shape.span(y) for y in range(shape.row(0.01), shape.row(0.97))]) / shape.width


def deepest_valley(widths: Numbers) -> float:
    """Of widths from the top down, how much narrower a place is than what is above and below it."""
    above = np.maximum.accumulate(widths)
    below = np.maximum.accumulate(widths[::-1])[::-1]
    return float((np.minimum(above, below) - widths).max())


def _narrowing(widths: Numbers) -> float:
    return float((np.maximum.accumulate(widths) - widths)[: int(0.9 * len(widths))].max())


def _is_banded(widths: Numbers, waist: float) -> bool:
    """A narrow band on top of something that is soon as wide as it gets: a halter."""
    return bool(waist < 0.45 and widths[int(0.5 * len(widths))] > waist + 0.8 * (widths.max() - waist))


def _top_edge(shape: Silhouette) -> tuple[float, float]:
    """Share of columns that begin at the very top, and how far down the middle column begins."""
    box = shape.mask[shape.top :, shape.left : shape.right + 1]
    starts = np.where(box.any(0), box.argmax(0), box.shape[0])
    return float(np.mean(starts < 0.06 * shape.height)), float(starts[len(starts) // 2] / shape.height)


def _steepest_growth(shape: Silhouette) -> float:
    """By how much it widens near its top at the most, a step down: shoulders slope far more than hips."""
    widths = np.array([shape.span(y) for y in range(shape.row(0.01), shape.row(0.3))])
    step = max(3, int(0.06 * shape.width))
    return float((widths[step:] - widths[:-step]).max(initial=0.0)) / step


def _wide_runs(shape: Silhouette, y: int) -> int:
    return sum(1 for start, end in shape.at(y) if end - start > 0.05 * shape.width)
