"""What is no garment at all, by its name: bags, hats, shoes."""

import cv2
import numpy as np

from tryon_sandbox.renderer.cutout import gaps
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.outline import profile
from tryon_sandbox.renderer.raster import components

BAG = "A band closes above it, as the handle of a bag does."
HANDLE = 0.006  # of the garment's box: daylight under a bag's handle
THIN = 0.08  # of the height: how thick a handle is above it at the most
# The daylight under a handle is as wide at its foot, on the bag, as anywhere: of three bags from 0.98; where
# it hangs down between what holds a garment it narrows, to 0.40 and 0.60. What closes it above is a cord or
# band, or the head of a hanger, which is so thick by the width: 0.07, a halter's band 0.01. A bag that sags
# into a crescent is not level (0.71), but the daylight is wide: 0.68 of the whole; in a halter 0.41.
LEVEL, HEAD = 0.8, 0.04
WIDE = 0.55
# Two things side by side that are shoes: the smaller by the larger, the rows they share by the height, and
# how much longer each is than wide. Trousers are of one piece, and two tees are as wide as they are high.
ALIKE, SIDE_BY_SIDE, SLENDER = 0.7, 0.85, 1.6


def why_none(whole: Silhouette, hat: str) -> str:
    """That the outline is shoes' or such a `hat`'s, one of `profile.LIMITS`, in a sentence, or nothing."""
    seen = profile.measure(whole)
    if hat and seen.is_like(hat):
        return "It looks like a hat."
    return "It looks like a pair of shoes." if seen.is_like("shoes") or _is_pair(whole) else ""


def has_handle(shape: Silhouette) -> bool:
    """Whether there is daylight in the middle, closed above by something thin, and level below or wide."""
    return any(_is_handles(shape, gap) for gap in _under_bands(shape))


def is_on_hanger(shape: Silhouette) -> bool:
    """Whether daylight in a neckline is closed above by the head of a hanger, whatever colour that has."""
    return any(
        not _is_handles(shape, gap) and float(gap.apex[1]) - shape.top > HEAD * shape.width
        for gap in _under_bands(shape)
    )


def _is_handles(shape: Silhouette, gap: gaps.Gap) -> bool:
    return _foot(gap) > LEVEL or int(gap.where.any(0).sum()) > WIDE * shape.width


def _under_bands(shape: Silhouette) -> list[gaps.Gap]:
    box = shape.width * shape.height
    closed = [gap for gap in gaps.find(shape) if gap.closed and float(gap.where.sum()) > HANDLE * box]
    return [gap for gap in closed if _is_under_band(shape, gap)]


def _is_under_band(shape: Silhouette, gap: gaps.Gap) -> bool:
    columns = np.flatnonzero(gap.where.any(0))
    spans = columns[0] < shape.middle < columns[-1]
    upper = shape.upper_edge(float(gap.apex[0]))
    return bool(spans and upper is not None and float(gap.apex[1]) - upper < THIN * shape.height)


def _foot(gap: gaps.Gap) -> float:
    """How wide it is near its foot by where it is widest."""
    widths = gap.where.sum(1)
    return float(widths[int(gap.apex[1] + 0.9 * gap.height)] / max(int(widths.max()), 1))


def _is_pair(shape: Silhouette) -> bool:
    """Whether it is two slender things of one size side by side."""
    labels, areas = components(shape.mask)
    if len(areas) < 3:
        return False
    second, first = np.argsort(areas[1:])[-2:] + 1
    if areas[second] < ALIKE * areas[first]:
        return False
    boxes = [cv2.boundingRect((labels == label).astype(np.uint8)) for label in (first, second)]
    shared = min(y + high for _, y, _, high in boxes) - max(y for _, y, _, _ in boxes)
    slender = all(high > SLENDER * wide for _, _, wide, high in boxes)
    return bool(slender and shared > SIDE_BY_SIDE * shape.height)
