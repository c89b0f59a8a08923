"""The front neckline: it hangs below the back collar in the photo, and the wearer's neck shows above it."""

from dataclasses import dataclass

import cv2
import numpy as np

from tryon_sandbox.renderer.curves import Numbers
from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.garments.landmarks import TopMarks
from tryon_sandbox.renderer.raster import Floats, blur, floats, luma, polygon, slope
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT

ROUND, POINTED, SCOOPED = 2.2, 1.15, 3.2  # exponents of the curve; 1 is a V, 2 a parabola
SHAPES = {ROUND: 1.0, SCOOPED: 0.8, POINTED: 0.85}  # how usual each is
ACROSS = np.linspace(-0.86, 0.86, 35)  # share of half the opening at which the edge is looked for
RIB = 0.30  # half neck widths: a knitted collar is at most so high
TUBE, TUBE_SPREAD = 0.5, 1.22  # of the neck width: how high a roll-neck stands, and how wide it gets
BAND, CONTRAST = 0.22, 0.28  # a band's height in half neck widths; how much darker than the cloth it is
WIDER = 1.12  # than usual, the other width that is tried: a collar whose corners were taken too far in
EVEN = 0.06  # of the neck width: corners that lie no farther off the garment's middle lie even about it
CLEAR = 6.0  # an edge is believed when it is so many times clearer than the usual place


@dataclass(frozen=True, slots=True)
class _Habit:
    """What is usual, in half neck widths: the depth, its range and spread, and how wide the opening is."""

    usual: float
    spread: float
    least: float
    most: float
    unsure: float
    width: float


_COLLAR = _Habit(usual=0.85, spread=0.50, least=0.30, most=2.0, unsure=0.50, width=0.97)
_HOOD = _Habit(usual=1.20, spread=0.38, least=0.80, most=1.35, unsure=1.10, width=0.66)


@dataclass(frozen=True, slots=True)
class Front:
    """The front neckline: how far it hangs and how wide it is, in half neck widths, and how pointed."""

    depth: float
    width: float
    roundness: float = ROUND


# Of what had a hood, which was cut off at its foot: the neckline is there, and no edge in the cloth is it.
BELOW_HOOD = Front(0.45, 0.97)


def find(cutout: Cutout, marks: TopMarks, *, may_be_hood: bool) -> Front | None:
    """The front neckline in the photo; None where the outline shows it anyway, or there is none."""
    if marks.straps or marks.halter or marks.off_shoulder:
        return None
    hood = may_be_hood and _opens_dark(cutout, marks)
    if not hood and (_shown_by_outline(cutout, marks) or _is_roll_neck(cutout, marks)):
        return None
    habit = _HOOD if hood else _COLLAR
    depths = np.linspace(habit.least, habit.most, 58)
    slopes = _slopes(cutout)
    scores = {
        (roundness, width): usual * _edge_along(slopes, cutout.scale, marks, depths, width, roundness)
        for roundness, usual in ({ROUND: 1.0} if hood else SHAPES).items()
        for width in ((habit.width,) if hood else (habit.width, habit.width * WIDER))
    }
    weight = np.exp(-0.5 * ((depths - habit.usual) / habit.spread) ** 2)
    chosen = max(scores, key=lambda one: float((scores[one] * weight).max()))
    likely = scores[chosen] * weight
    roundness, width = chosen
    best = int(likely.argmax())
    if likely[best] <= CLEAR * np.median(np.concatenate(list(scores.values()))):
        return Front(habit.unsure, habit.width)
    depth = float(depths[_upper_edge(depths, likely, best)])
    return Front(depth - _band_above(cutout, marks, depth), width, roundness)


def opening(cutout: Cutout, marks: TopMarks, front: Front) -> Floats:
    """What lies above the front neckline in the photo, 0..1, at the photo's size."""
    left, right = marks.neck[LEFT], marks.neck[RIGHT]
    share = np.linspace(-1, 1, 41)
    half = marks.neck_width / 2
    across = _middle(marks) + share * half * front.width
    level = left[1] + (right[1] - left[1]) * (share + 1) / 2
    lower = level + front.depth * half * (1 - np.abs(share) ** front.roundness)
    outline = np.concatenate([np.c_[across, lower], [[across[-1], -20.0], [across[0], -20.0]]])
    height, width = cutout.alpha.shape
    return blur(polygon(outline * cutout.scale, (height, width)), 0.8)


def _middle(marks: TopMarks) -> float:
    """The column of the neckline's middle: the garment's own, where the corners are all but even about it."""
    middle = float(marks.neck[LEFT][0] + marks.neck[RIGHT][0]) / 2
    return marks.centre if abs(middle - marks.centre) < EVEN * marks.neck_width else middle


def _shown_by_outline(cutout: Cutout, marks: TopMarks) -> bool:
    column = cutout.mask[:, int(np.clip(marks.centre, 0, cutout.mask.shape[1] - 1))]
    return float(np.argmax(column)) - marks.neck_y > 0.30 * marks.neck_width


def _opens_dark(cutout: Cutout, marks: TopMarks) -> bool:
    """Whether there is a shaded lining below the top edge, as in a hood that lies open."""
    half = marks.neck_width / 2
    lining = _tone(cutout, marks, 0.5 * half, 1.0 * half)
    return lining < 0.82 * _tone(cutout, marks, 2.6 * half, 3.6 * half)


def _tone(cutout: Cutout, marks: TopMarks, start: float, end: float) -> float:
    """Median brightness of a patch below the middle of the neck, from start to end in mask pixels."""
    middle, reach = float(marks.neck[LEFT][0] + marks.neck[RIGHT][0]) / 2, marks.neck_width * 0.18
    rows = slice(int((marks.neck_y + start) * cutout.scale), int((marks.neck_y + end) * cutout.scale) + 1)
    columns = slice(int((middle - reach) * cutout.scale), int((middle + reach) * cutout.scale) + 1)
    patch = cutout.rgb[rows, columns]
    return float(np.median(patch)) if patch.size else 1.0


def _is_roll_neck(cutout: Cutout, marks: TopMarks) -> bool:
    """A tube that stands up around the neck: a little below its top it is hardly wider."""
    rise = min(marks.shoulder[side][1] for side in BOTH) - max(marks.neck[side][1] for side in BOTH)
    if rise < TUBE * marks.neck_width:
        return False
    row = cutout.mask[int(marks.neck_y + TUBE / 2 * marks.neck_width)]
    across = np.flatnonzero(row)
    return bool(len(across)) and float(across[-1] - across[0]) < TUBE_SPREAD * marks.neck_width


def _slopes(cutout: Cutout) -> tuple[Floats, Floats]:
    """How the brightness changes down and to the right within the cloth; its outline does not count."""
    reach = 2 * round(3 * cutout.scale) + 1
    inside = floats(cv2.erode(cutout.alpha, np.ones((reach, reach), np.uint8))) > 0.95
    down, right = slope(blur(luma(cutout.rgb), 1.4))
    return down * inside, right * inside


def _edge_along(
    slopes: tuple[Floats, Floats],
    scale: float,
    marks: TopMarks,
    depths: Numbers,
    width: float,
    roundness: float,
) -> Numbers:
    """For each depth, how much and how steadily the brightness changes across that curve."""
    down, right = slopes
    half = marks.neck_width / 2
    middle = _middle(marks)
    bend = np.abs(ACROSS) ** roundness
    lean = np.sign(ACROSS) * np.abs(ACROSS) ** (roundness - 1) * roundness * depths[:, None] / width
    x = (middle + ACROSS * half * width) * scale
    y = (marks.neck_y + depths[:, None] * half * (1 - bend)) * scale
    rows = np.clip(y.astype(int), 0, down.shape[0] - 1)
    columns = np.broadcast_to(np.clip(x.astype(int), 0, down.shape[1] - 1), rows.shape)
    found = (down[rows, columns] + right[rows, columns] * lean) / np.hypot(1, lean)
    mean = found.mean(1, keepdims=True)
    steady = (found * np.sign(mean) > 0.3 * np.abs(mean)).mean(1)
    return np.asarray(np.abs(mean[:, 0]) * steady**2, np.float64)


def _band_above(cutout: Cutout, marks: TopMarks, depth: float) -> float:
    """A dark band before a dark lining shows its lower edge only; so much of it is kept, in half necks."""
    half = marks.neck_width / 2
    above = _tone(cutout, marks, (depth - 0.20) * half, (depth - 0.06) * half)
    below = _tone(cutout, marks, (depth + 0.08) * half, (depth + 0.22) * half)
    return min(BAND, depth / 2) if below - above > CONTRAST else 0.0


def _upper_edge(depths: Numbers, scores: Numbers, best: int) -> int:
    """A collar's own rib has two edges: the neck shows above the upper one."""
    strong = [
        i
        for i in range(1, best)
        if scores[i - 1] <= scores[i] >= scores[i + 1]
        and scores[i] > 0.5 * scores[best]
        and depths[best] - depths[i] < RIB
    ]
    return strong[0] if strong else best
