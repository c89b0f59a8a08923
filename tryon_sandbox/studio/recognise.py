"""What kind of garment a silhouette is."""

from enum import StrEnum

import numpy as np

from tryon_sandbox.studio.curves import Numbers
from tryon_sandbox.studio.silhouette import Silhouette


class Kind(StrEnum):
    """How a garment is fitted; finer than the vendor's three types."""

    TOP = "top"
    DRESS = "dress"
    TROUSERS = "trousers"
    SKIRT = "skirt"


VENDOR_TYPE = {Kind.TOP: "tops", Kind.DRESS: "dresses", Kind.TROUSERS: "bottoms", Kind.SKIRT: "bottoms"}
DRESS_ASPECT = 1.42  # taller than this by its width: a dress; tuned on 42 product photos


def recognise(shape: Silhouette, given: str = "") -> Kind:
    """The kind of garment; a vendor type that is given decides, and the silhouette only the rest."""
    if given == "tops":
        return Kind.TOP
    if given == "dresses":
        return Kind.DRESS
    if given == "bottoms":
        return Kind.TROUSERS if _legs(shape) > 0.25 else Kind.SKIRT
    return _by_shape(shape)


def _by_shape(shape: Silhouette) -> Kind:
    aspect, legs = shape.height / shape.width, _legs(shape)
    if legs > 0.45 and aspect > 0.95:
        return Kind.TROUSERS
    if legs > 0.25 and aspect > 0.8 and shape.span(shape.row(0.05)) > 0.55 * shape.width:
        return Kind.TROUSERS
    if _is_skirt(shape):
        return Kind.SKIRT
    boxy = shape.span(shape.row(0.30)) > 0.97 * shape.width and aspect < 1.5
    return Kind.DRESS if aspect > DRESS_ASPECT and not boxy else Kind.TOP


def _legs(shape: Silhouette) -> float:
    """Share of the lower rows that fall into two balanced halves."""
    rows = range(shape.row(0.55), shape.row(0.93))
    return float(np.mean([_is_split(shape, y) for y in rows]))


def _is_split(shape: Silhouette, y: int) -> bool:
    runs = shape.at(y)
    if len(runs) < 2:
        return False
    left = sum(end - start for start, end in runs if (start + end) / 2 < shape.middle)
    right = sum(end - start for start, end in runs) - left
    balanced = len(runs) == 2 and min(left, right) > 0.55 * max(left, right)
    return balanced or shape.central(y) is None


def _is_skirt(shape: Silhouette) -> bool:
    """A level top edge, a width that only grows, and no sleeves beside it."""
    widths = np.array([shape.span(y) for y in range(shape.row(0.01), shape.row(0.97))]) / shape.width
    waist = shape.span(shape.row(0.05)) / shape.width
    level, middle_drop = _top_edge(shape)
    pieces = np.mean([_wide_runs(shape, y) >= 3 for y in range(shape.top, shape.bottom)])
    return bool(
        waist > 0.30
        and middle_drop < 0.035
        and level > 0.75 * waist
        and _largest_drop(widths) < 0.06
        and _largest_jump(widths, shape) < 0.17
        and pieces < 0.05
    )


def _top_edge(shape: Silhouette) -> tuple[float, float]:
    """Share of columns that begin at the very top, and how far down the middle column begins."""
    box = shape.mask[shape.top :, shape.left : shape.right + 1]
    starts = np.where(box.any(0), box.argmax(0), box.shape[0])
    return float(np.mean(starts < 0.06 * shape.height)), float(starts[len(starts) // 2] / shape.height)


def _largest_drop(widths: Numbers) -> float:
    shrunk = np.maximum.accumulate(widths) - widths
    return float(shrunk[: int(0.9 * len(widths))].max())


def _largest_jump(widths: Numbers, shape: Silhouette) -> float:
    step = max(2, int(0.05 * shape.height))
    return float((widths[step:] - widths[:-step])[: int(0.45 * len(widths))].max(initial=0.0))


def _wide_runs(shape: Silhouette, y: int) -> int:
    return sum(1 for start, end in shape.at(y) if end - start > 0.05 * shape.width)
