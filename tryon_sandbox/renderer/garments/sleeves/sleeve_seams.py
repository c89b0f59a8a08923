"""Sleeves that lie against the body: the outline is opened along the seam where they would part from it."""

import numpy as np

from tryon_sandbox.renderer.curves import Points, points
from tryon_sandbox.renderer.cutout import gaps
from tryon_sandbox.renderer.cutout.gaps import Gap
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.marks.armpits import has_straps
from tryon_sandbox.renderer.garments.marks.guessed import OfPart
from tryon_sandbox.renderer.garments.marks.widening import where_body_widens
from tryon_sandbox.renderer.garments.outline.slits import along_seam, cut, way_out
from tryon_sandbox.renderer.raster import Floats
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT, Side

# Tailoring: an armhole is about half as deep as the garment lying flat is wide at the chest (23 by 46 cm).
ARMHOLE = 0.50
DEEPEST = 0.71  # an armpit farther down than this is where a sleeve only stops touching
LONGEST = 2.4  # nor does a sleeve hang down farther than this
TAPERING = 0.75  # of the way down: below, a cuff that lies against the body slants back to it
# Of the width: how far a sleeve goes on beyond the line on which it is parted; less where its end is seen, as
# of one that lies half behind the body, 0.046.
LEAST_SLEEVE, LEAST_TO_END = 0.05, 0.03
# Where no notch parts them, short sleeves meet the body to 0.77 below the shoulder; cuffs of wide ones 0.88,
# of others from 1.07.
HANGING = 0.84
STRAP = 0.05  # of the width: cloth thinner than this above a gap is a strap, and no shoulder
UNEVEN = 0.16  # of the garment's box: both notches may differ by this
STARTS = (0.97, 0.80)  # shares of the height from which steps are looked for: above a wavy hem, too
# A short sleeve ends where the outline steps in by so much of the width, within so many rows of the height
# and above this share of the way down to the notch: then no long one lies against the body below it. It is
# nearly as far out there as anywhere, which the edge of a hood is not.
STEP_IN, STEP_ROWS, ABOVE, FAR_OUT = 0.06, 0.04, 0.6, 0.85
# Or where it comes in by so much of the width and then runs straight down for so much of the height, to so
# little of the width: two wide tees by 0.18 and 0.21 for 0.34 and 0.13; of 70 tops and dresses whose long
# sleeves hang along the body one comes in by more than 0.03, and that a coat by 0.08.
COMES_IN, RUNS, STRAIGHT = 0.11, 0.10, 0.025
STEEP = 1.0  # the shoulder ends where the upper edge falls at 45 degrees


def opened(shape: Silhouette, light: Floats) -> Silhouette:
    """The silhouette with a slit from each gap or notch up to where the armpit must be.

    `light` is the photo's brightness at the mask's size: a seam or shadow there guides the slit.
    """
    if has_straps(shape):
        return shape
    shape, daylight = _holes_opened(shape)
    for notches in _pairs(shape, daylight):
        armpits = {side: _armpit(shape, side, notches) for side in BOTH}
        deepest = _depth(notches, armpits)
        if deepest < DEEPEST:
            return shape
        if _has_short_sleeves(shape, notches):
            continue
        if deepest < LONGEST and _sleeves_beside(shape, armpits, notches):
            low = [side for side in BOTH if notches[side][1] > armpits[side][1] + 4]
            return cut(shape, [along_seam(shape, light, armpits[side], notches[side]) for side in low])
    return shape


def opened_above(shape: Silhouette, light: Floats, ends: dict[Side, Points]) -> Silhouette:
    """The silhouette with a slit from where each sleeve's end meets the body up to the armpit.

    Raises ValueError where these are no ends of sleeves that lie against the body all the way up.
    """
    armpits = {side: _armpit(shape, side, ends) for side in BOTH}
    if not _mirrored(shape, ends, UNEVEN) or not HANGING < _depth(ends, armpits) < LONGEST:
        raise ValueError(OfPart("The sleeves cannot be made out."))
    if not _sleeves_beside(shape, armpits, ends, TAPERING, LEAST_TO_END):
        raise ValueError(OfPart("The sleeves cannot be made out."))
    return cut(shape, [along_seam(shape, light, armpits[side], ends[side]) for side in BOTH])


def _holes_opened(shape: Silhouette) -> tuple[Silhouette, tuple[Gap, ...]]:
    """Where a cuff touches the side again, the gap above it is led out the nearest way down."""
    found = gaps.find(shape)
    ways = [way_out(shape, gap) for gap in found if gap.closed and _below_shoulder(shape, gap)]
    if not ways:
        return shape, found
    shape = cut(shape, ways)
    return shape, gaps.find(shape)


def _below_shoulder(shape: Silhouette, gap: Gap) -> bool:
    upper = shape.upper_edge(float(gap.apex[0]))
    return upper is not None and float(gap.apex[1]) - upper > STRAP * shape.width


def _pairs(shape: Silhouette, daylight: tuple[Gap, ...]) -> list[dict[Side, Points]]:
    """Where sleeves and body may part, looking up from the hem: tops of gaps, or steps of the outline."""
    tops = {side: [_top(shape, gap, side) for gap in daylight if not gap.closed] for side in BOTH}
    steps = [{side: where_body_widens(shape, side, shape.bottom, share) for side in BOTH} for share in STARTS]
    gap_tops = {side: _highest(tops[side]) for side in BOTH}
    mixed = {side: _highest([gap_tops[side], *(step[side] for step in steps)]) for side in BOTH}
    found = []
    for pair, uneven in ((gap_tops, UNEVEN), *((step, UNEVEN) for step in steps), (mixed, 1.0)):
        both = {side: place for side, place in pair.items() if place is not None}
        if len(both) == 2 and _mirrored(shape, both, uneven):
            found.append(both)
    return found


def _highest(places: list[Points | None]) -> Points | None:
    return min((place for place in places if place is not None), key=lambda one: float(one[1]), default=None)


def _top(shape: Silhouette, gap: Gap, side: Side) -> Points | None:
    """The gap's highest place on this side; below a hem between longer sleeves it is at the sleeve."""
    columns = np.flatnonzero(gap.where.any(0))
    columns = columns[(columns - shape.middle) * side.sign > 0.08 * shape.width]
    if not len(columns):
        return None
    starts = gap.where[:, columns].argmax(0)
    high = columns[starts <= starts.min() + 0.025 * shape.height]
    under_hem = bool(gap.where[:, int(shape.middle)].any())
    x = float(high[np.argmax(high * side.sign)]) if under_hem else float(np.median(high))
    top = gap.top(x)
    upper = shape.upper_edge(x)
    if top is None or upper is None or top - upper < STRAP * shape.width:
        return None
    return points([x, top])


def _mirrored(shape: Silhouette, notches: dict[Side, Points], uneven: float) -> bool:
    """Whether both notches are as far from the middle, and about as high, as those of two sleeves are."""
    aside = abs(float(notches[LEFT][0] + notches[RIGHT][0]) - 2 * shape.middle)
    apart = abs(float(notches[LEFT][1] - notches[RIGHT][1]))
    return aside < UNEVEN * shape.width and apart < uneven * shape.height


def _armpit(shape: Silhouette, side: Side, notches: dict[Side, Points]) -> Points:
    """Where tailoring puts the armpit above a notch: an armhole's depth below the shoulder."""
    tip, notch = _shoulder_x(shape, side), notches[side]
    chest = float(notches[RIGHT][0] - notches[LEFT][0])
    x = float(notch[0]) if tip is None else (tip + float(notch[0])) / 2
    upper = shape.upper_edge(x)
    return points([x, float(notch[1]) if upper is None else upper + ARMHOLE * chest])


def _depth(notches: dict[Side, Points], armpits: dict[Side, Points]) -> float:
    """How far below the shoulder the notches are on the average, in widths of the chest."""
    chest = max(float(notches[RIGHT][0] - notches[LEFT][0]), 1.0)
    return float(np.mean([notches[side][1] - armpits[side][1] for side in BOTH])) / chest + ARMHOLE


def _shoulder_x(shape: Silhouette, side: Side) -> float | None:
    """Where the upper edge turns from shoulder to sleeve."""
    step = max(3, int(0.03 * shape.width))
    end = shape.right if side is RIGHT else shape.left
    across = np.arange(shape.middle + side.sign * 0.15 * shape.width, end - side.sign * step, side.sign)
    for x in across:
        here, next_ = shape.upper_edge(float(x)), shape.upper_edge(float(x) + side.sign * step)
        if here is not None and next_ is not None and next_ - here > STEEP * step:
            return float(x) + side.sign * step / 2
    return None


def _sleeves_beside(
    shape: Silhouette,
    armpits: dict[Side, Points],
    notches: dict[Side, Points],
    share: float = 1.0,
    least: float = LEAST_SLEEVE,
) -> bool:
    """Whether cloth is on the outer side of both lines, so far down: a ruffle has none higher up."""
    for side in BOTH:
        (x, start), (end_x, end) = armpits[side], notches[side] - (0, 1)
        rows = np.linspace(start, start + share * (end - start), 24)
        line = np.interp(rows, [start, end], [x, end_x]) if end > start else np.full(24, x)
        beyond = [(shape.outermost(y, side) - at) * side.sign for y, at in zip(rows, line, strict=True)]
        if np.percentile(beyond, 10) <= least * shape.width:
            return False
    return True


def _has_short_sleeves(shape: Silhouette, notches: dict[Side, Points]) -> bool:
    """Whether both sides step in well above their notches, or run straight down to them from farther out."""
    if all(_steps_in(shape, side, float(notches[side][1])) for side in BOTH):
        return True
    return all(_runs_straight(shape, side, float(notches[side][1])) for side in BOTH)


def _steps_in(shape: Silhouette, side: Side, notch: float) -> bool:
    rows = max(2, int(STEP_ROWS * shape.height))
    reach = _reach(shape, side, int(shape.top + ABOVE * (notch - shape.top)))
    far = FAR_OUT * max(reach, default=0.0)
    steps = [above - below for above, below in zip(reach, reach[rows:], strict=False) if above > far]
    return max(steps, default=0.0) > STEP_IN * shape.width


def _runs_straight(shape: Silhouette, side: Side, notch: float) -> bool:
    reach = np.array(_reach(shape, side, int(notch)))
    rows = int(RUNS * shape.height)
    if len(reach) <= rows:
        return False
    run = reach[-rows:]
    return bool(np.ptp(run) < STRAIGHT * shape.width and reach.max() - run.max() > COMES_IN * shape.width)


def _reach(shape: Silhouette, side: Side, lowest: int) -> list[float]:
    """How far out the outline is on this side, in each row from the top down."""
    return [(shape.outermost(y, side) - shape.middle) * side.sign for y in range(shape.top, lowest)]
