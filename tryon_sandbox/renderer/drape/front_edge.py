"""Where in the photo the edge of the front neckline runs: a curve from one corner of the neck to the other.

Every curve of a few shapes, widths and depths is tried: along the front's edge the brightness changes almost
everywhere, along any other, as that of a label or of a print, only here and there.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from tryon_sandbox.renderer.curves import Numbers
from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.garments.landmarks import TopMarks
from tryon_sandbox.renderer.raster import Floats, blur, floats, luma, slope
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT

# Exponents of the curve (1 is a V, 2 a parabola) and how usual each is; widths by half the neck.
SHAPES = {1.0: 0.9, 1.25: 1.0, 1.6: 0.9, 2.2: 1.0, 3.2: 0.8}
WIDTHS = (0.8, 0.9, 1.0, 1.1)
KINDS = tuple((roundness, width) for roundness in SHAPES for width in WIDTHS)
DEPTHS = np.linspace(0.30, 4.40, 124)  # half neck widths
ACROSS = np.linspace(-0.9, 0.9, 37)  # share of half the opening at which the edge is looked for
LEFT_THIRD, RIGHT_THIRD = slice(0, 14), slice(23, 37)  # of these
# A collar stands up: half the neck, by the chest lying flat, is less than NARROW (of 59 photos, collars 0.12
# to 0.163, others from 0.136), and beside its corners the outline falls by more than FALL of half the neck in
# half of that (of 96, collars from 0.36, rounds of T-shirts to 0.31).
NARROW, FALL = 0.165, 0.34
# By the chest, how deep necklines are: usually; at the least and the most in a collar, as a V without one,
# and as any other, with sleeves and without.
USUAL, SPREAD, ANY = 0.30, 0.6, 0.3
IN_COLLAR, IN_V, ROUND, ROUND_SLEEVELESS = (0.0, 0.50), (0.30, 0.80), (0.0, 0.33), (0.0, 0.42)
V_LIKE = 1.5  # exponents below it
BLUR = 0.045  # of half the neck: edges are no sharper than the curves fit
CLOTH = 0.8  # the share of all places tried at which the brightness changes by less than at an edge
FULL = 2.5  # no place counts for more than so many times that, or a label would be an edge by itself
DARKER = 0.7  # how usual a front is that is darker than what is seen above it
# What is seen within a collar ends in an edge, too, of the back: the front's is deeper, and nearly as clear.
FRONT, APART = 0.7, 0.34
RIB = 0.34  # half neck widths: a knitted collar is at most so high,
UPPER = 0.8  # and its upper edge nearly as clear
EVEN = 0.06  # of the neck width: corners that lie no farther off the garment's middle lie even about it


@dataclass(frozen=True, slots=True)
class Edge:
    """Depth and width in half neck widths, the exponent, how clear it is (0 nowhere, 1 everywhere), and
    whether it is of a collar that stands up."""

    depth: float
    width: float
    roundness: float
    clear: float
    in_collar: bool

    @property
    def is_v(self) -> bool:
        """Whether it comes to a point."""
        return self.roundness < V_LIKE


def search(cutout: Cutout, marks: TopMarks) -> Edge:
    """The likeliest edge."""
    clear = _clear(_changes(cutout, marks))
    collar = _is_collar(cutout, marks)
    likely = clear * _usual(marks, collar)
    at_depth = likely.max(0)
    deep = int(at_depth.argmax())
    if collar:
        fronts = [i for i in _peaks(at_depth, FRONT * at_depth[deep]) if DEPTHS[i] > DEPTHS[deep] + APART]
        deep = max(fronts, key=lambda i: at_depth[i], default=deep)
    kind = int(likely[:, deep].argmax())
    ribs = [i for i in _peaks(likely[kind], UPPER * likely[kind, deep]) if 0 < DEPTHS[deep] - DEPTHS[i] < RIB]
    depth = ribs[0] if ribs else deep
    roundness, width = KINDS[kind]
    return Edge(float(DEPTHS[depth]), width, roundness, float(clear[kind, deep]), collar)


def _is_collar(cutout: Cutout, marks: TopMarks) -> bool:
    """Whether the corners of the neck are those of a collar that stands up."""
    half = marks.neck_width / 2
    if half >= NARROW * marks.chest_width:
        return False
    last = cutout.mask.shape[1] - 1
    beside = [int(np.clip(marks.neck[side][0] + side.sign * half / 2, 0, last)) for side in BOTH]
    falls = [cutout.mask[:, x].argmax() - marks.neck[side][1] for x, side in zip(beside, BOTH, strict=True)]
    return bool(np.mean(falls) > FALL * half)


def middle(marks: TopMarks) -> float:
    """The column of the neckline's middle: the garment's own, where the corners are all but even about it."""
    own = float(marks.neck[LEFT][0] + marks.neck[RIGHT][0]) / 2
    return marks.centre if abs(own - marks.centre) < EVEN * marks.neck_width else own


def _peaks(scores: Numbers, least: float) -> list[int]:
    inner = scores[1:-1]
    found = (inner >= scores[:-2]) & (inner >= scores[2:]) & (inner > least)
    return [int(i) + 1 for i in np.flatnonzero(found)]


def _usual(marks: TopMarks, collar: bool) -> Numbers:
    """How usual each kind (down) of each depth (across) is."""
    by_chest = DEPTHS * marks.neck_width / 2 / max(marks.chest_width, 1.0)
    depth = ANY + (1 - ANY) * np.exp(-0.5 * (np.log(by_chest / USUAL) / SPREAD) ** 2)
    other = ROUND if marks.sleeves else ROUND_SLEEVELESS
    rows = []
    for roundness, usual in SHAPES.items():
        least, most = IN_COLLAR if collar else IN_V if roundness < V_LIKE else other
        rows += len(WIDTHS) * [usual * depth * (by_chest >= least) * (by_chest <= most)]
    return np.asarray(rows, np.float64)


def _clear(changes: Numbers) -> Numbers:
    """How much of an edge each curve is, by kind and depth: both halves, as the worse one is half of it."""
    noise = float(np.quantile(np.abs(changes), CLOTH)) + 1e-6
    best = np.zeros(changes.shape[:2])
    for sign, usual in ((1, 1.0), (-1, DARKER)):
        edge = np.clip(sign * changes / noise, -1, FULL) / FULL
        worse = np.minimum(edge[..., LEFT_THIRD].mean(-1), edge[..., RIGHT_THIRD].mean(-1))
        best = np.maximum(best, usual * (worse + edge.mean(-1)) / 2)
    return best


def _changes(cutout: Cutout, marks: TopMarks) -> Numbers:
    """How the brightness changes across each curve, outwards: kinds, depths, places."""
    half, scale = marks.neck_width / 2, cutout.scale
    lowest = int((marks.neck_y + (DEPTHS[-1] + 0.5) * half) * scale)
    down, right = _slopes(cutout, lowest, BLUR * half * scale)
    roundness, width = (np.array(values)[:, None, None] for values in zip(*KINDS, strict=True))
    bend = np.abs(ACROSS) ** roundness
    lean = np.sign(ACROSS) * np.abs(ACROSS) ** (roundness - 1) * roundness * DEPTHS[:, None] / width
    x = (middle(marks) + ACROSS * half * width) * scale
    y = (marks.neck_y + DEPTHS[:, None] * half * (1 - bend)) * scale
    rows = y.astype(int)
    there = (rows >= 0) & (rows < down.shape[0])
    rows = np.clip(rows, 0, down.shape[0] - 1)
    columns = np.broadcast_to(np.clip(x.astype(int), 0, down.shape[1] - 1), rows.shape)
    found = (down[rows, columns] + right[rows, columns] * lean) / np.hypot(1, lean)
    return np.asarray(found * there, np.float64)


def _slopes(cutout: Cutout, lowest: int, sigma: float) -> tuple[Floats, Floats]:
    """How the brightness changes down and to the right within the cloth; its outline does not count."""
    rgb, alpha = cutout.rgb[:lowest], cutout.alpha[:lowest]
    reach = 2 * round(3 * cutout.scale) + 1
    inside = floats(cv2.erode(alpha, np.ones((reach, reach), np.uint8))) > 0.95
    down, right = slope(blur(luma(rgb), max(sigma, 1.2)))
    return down * inside, right * inside
