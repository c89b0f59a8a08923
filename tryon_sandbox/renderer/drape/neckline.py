"""The front neckline: it hangs below the back collar in the photo, and the wearer's neck shows above it."""

from dataclasses import dataclass, field, replace

import numpy as np

from tryon_sandbox.renderer.curves import Points, evenly
from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.drape import front_edge, neck_path
from tryon_sandbox.renderer.drape.anchors import Anchors
from tryon_sandbox.renderer.drape.neck_curves import POINTED
from tryon_sandbox.renderer.drape.warp import Patch, lying
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.necks.neck_kinds import Neck, Necks, is_collar
from tryon_sandbox.renderer.raster import Floats, blur, polygon
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT

TUBE, TUBE_SPREAD = 0.5, 1.22  # of the neck width: how high a roll-neck stands, and how wide it gets
BAND, CONTRAST = 0.22, 0.28  # a band's height in half neck widths; how much darker than the cloth it is
# How likely an edge must be to be believed. Of 139 photos, left out in turn when the signs were weighed, more
# than half of those above are right within 0.15 of half the neck, and one in eight of those below. The others
# were set on the same photos. One with a point, and no collar, would cut the chest open: flowers and an open
# jacket to 0.21, other necklines from 0.31. Where the outline dips as deep as many necklines, or a collar
# stands up, it must be SURE: wrong ones to 0.42; four necklines of eight are above, from 0.56.
LIKELY, LIKELY_POINTED, SURE = 0.20, 0.26, 0.48
# What a look finds to be a collar, and not a roll neck, shows its lining: of nine such edges that are less
# likely, from this on, seven lie better than the usual one, and one worse.
LIKELY_IN_COLLAR, DEEPEST_IN_COLLAR = 0.13, 0.50
# By the chest: a neckline without a collar that hangs less deep has no point, though one may fit its edge. Of
# 28 that a curve with a point fits best, eleven round ones and a V are above, to 0.24 (two more to 0.26), and
# eleven Vs and five round ones below, from 0.28.
SHALLOW, ROUND = 0.27, 2.2
# How likely a neckline must look round never to be cut to a point, as none of 42 pointed ones did, and how
# likely pointed to be as easily believed to have a point.
SURELY_ROUND, LOOKS_POINTED, LOOKS_HOODED = 0.85, 0.5, 0.5


@dataclass(frozen=True, slots=True)
class Front:
    """The front neckline: how far it hangs and how wide it is, in half neck widths, how pointed, and whether
    it was seen there: a usual one follows no edge."""

    depth: float
    width: float
    roundness: float = 2.2
    is_seen: bool = field(default=False, compare=False)


UNSURE = Front(0.50, 0.97)
# By the chest, below what the outline shows of a neckline: no lining is seen so deep. A dress was cut open.
FOLD = 1.0
# Of the neck's width: where the outline dips by so much, hardly any lining shows above the front's edge, and
# what is less likely is a seam or a pattern: square necks were cut to deep scoops, at 0.18 to 0.38. One on a
# hanger, whose lining was taken off with it, was as unsure as 0.43.
HALF_OPEN, SURE_HALF_OPEN = 0.15, 0.40
# What is seen within a collar that stands up reaches lower: of 40 of them, to 1.2 at the least.
UNSURE_IN_COLLAR = Front(1.10, 0.90, 1.6)
# By the chest, below where a hood was cut off above its foot: the edges of its front come together at the
# throat, a little below its foot.
DEEPEST_IN_HOOD, UNSURE_IN_HOOD = 0.30, 0.17
EDGE_POINTS = 9  # at which it is held
# Of what had a hood, which was cut off at its foot: the neckline is there, and no edge in the cloth is it.
BELOW_HOOD = Front(0.45, 0.97)


def find(cutout: Cutout, marks: TopMarks, necks: Necks | None = None) -> Front | None:
    """The front neckline in the photo; None where the outline shows it anyway, or there is none."""
    necks = necks or {}
    front = _found(cutout, marks, necks)
    if front is None:
        return None
    is_round = necks.get(Neck.ROUND, 0.0) > SURELY_ROUND
    is_hood = necks.get(Neck.HOOD, 0.0) > LOOKS_HOODED  # its edges cross, and are seen behind each other
    roundness = max(front.roundness, ROUND) if is_round else front.roundness
    return replace(front, roundness=roundness, is_seen=front.is_seen and not is_hood)


def _found(cutout: Cutout, marks: TopMarks, necks: Necks) -> Front | None:
    if not marks.has_neckline:
        return None
    edge = front_edge.search(cutout, marks, necks)
    if marks.hooded:
        return _in_hood(edge, marks)
    is_rolled = _is_roll_neck(cutout, marks) and not _has_leaves(necks)
    if is_rolled or _shown_by_outline(cutout, marks):
        # What the outline shows may be the back's edge, with the lining below it.
        is_fold = edge.depth * marks.neck_width / 2 > FOLD * marks.chest_width
        return _front(cutout, marks, edge) if edge.likely > SURE and not is_fold else None
    if not edge.in_collar and edge.likely < SURE_HALF_OPEN and _dip(cutout, marks) > HALF_OPEN:
        return None
    pointed = edge.roundness < POINTED and not edge.in_collar and not _is_shallow(edge, marks)
    looks_pointed = necks.get(Neck.POINTED, 0.0) > LOOKS_POINTED
    if edge.likely > (LIKELY_POINTED if pointed and not looks_pointed else LIKELY):
        return _front(cutout, marks, edge)
    if edge.in_collar and edge.likely > LIKELY_IN_COLLAR and _looks_like_collar(edge, marks, necks):
        return _front(cutout, marks, edge)
    # Within leaves lining shows far down, within a roll neck hardly any.
    is_rolled = necks.get(Neck.STANDING, 0.0) > necks.get(Neck.COLLAR, 0.0)
    return UNSURE_IN_COLLAR if edge.in_collar and not is_rolled else UNSURE


def _looks_like_collar(edge: front_edge.Edge, marks: TopMarks, necks: Necks) -> bool:
    """Whether a look finds a collar around an edge that does not open to the waist."""
    deep = edge.depth * marks.neck_width / 2 > DEEPEST_IN_COLLAR * marks.chest_width
    return _has_leaves(necks) and not deep


def _has_leaves(necks: Necks) -> bool:
    """Whether a look finds a collar with leaves, which lets the throat be seen however high it stands."""
    return is_collar(necks) and necks.get(Neck.COLLAR, 0.0) > necks.get(Neck.STANDING, 0.0)


def _in_hood(edge: front_edge.Edge, marks: TopMarks) -> Front:
    deep = edge.depth * marks.neck_width / 2 > DEEPEST_IN_HOOD * marks.chest_width
    if deep or edge.likely < LIKELY:
        return Front(UNSURE_IN_HOOD * marks.chest_width / (marks.neck_width / 2), 0.90, 1.6)
    return Front(edge.depth, edge.width, edge.roundness)


def _front(cutout: Cutout, marks: TopMarks, edge: front_edge.Edge) -> Front:
    if edge.in_collar:
        return Front(edge.depth, edge.width, edge.roundness, is_seen=True)
    roundness = max(edge.roundness, ROUND) if _is_shallow(edge, marks) else edge.roundness
    return Front(edge.depth - _band_above(cutout, marks, edge.depth), edge.width, roundness, is_seen=True)


def _is_shallow(edge: front_edge.Edge, marks: TopMarks) -> bool:
    return edge.depth * marks.neck_width / 2 < SHALLOW * marks.chest_width


def opening(cutout: Cutout, marks: TopMarks, front: Front) -> Floats:
    """What lies above the front neckline in the photo, 0..1, at the photo's size."""
    return above(cutout, outline_of(cutout, marks, front))


def above(cutout: Cutout, lower: Points) -> Floats:
    """The same for the edge of that neckline, from left to right in mask pixels."""
    outline = np.concatenate([lower, [[lower[-1, 0], -20.0], [lower[0, 0], -20.0]]])
    height, width = cutout.alpha.shape
    return blur(polygon(outline * cutout.scale, (height, width)), 0.8)


def outline_of(cutout: Cutout, marks: TopMarks, front: Front) -> Points:
    """The edge of the front neckline from left to right, in mask pixels."""
    left, right = marks.neck[LEFT], marks.neck[RIGHT]
    share = np.linspace(-1, 1, 41)
    half, middle = marks.neck_width / 2, front_edge.middle(marks)
    level = left[1] + (right[1] - left[1]) * (share + 1) / 2
    lower = level + front.depth * half * (1 - np.abs(share) ** front.roundness)
    curve = np.c_[middle + share * half * front.width, lower]
    return neck_path.path(cutout, marks, middle, curve) if front.is_seen else curve


def evened(patch: Patch, edge: Points, marks: TopMarks, anchors: Anchors) -> Patch:
    """The patch with the front's edge alike on both sides of the neck, however askew it hangs.

    `edge` is that in the photo from left to right, (n, 2) in mask pixels.
    """
    inner = evenly(edge, EDGE_POINTS + 2)[1:-1]
    left, worn = anchors.neck[LEFT], anchors.neck[RIGHT] - anchors.neck[LEFT]
    lies = lying(patch, inner)
    share = (lies - left)[:, 0] / worn[0]
    depth = (lies - left - share[:, None] * worn)[:, 1]
    target = left + (0.5 + (share - share[::-1]) / 2)[:, None] * worn
    target[:, 1] += (depth + depth[::-1]) / 2
    return Patch(np.concatenate([patch.target, target]), np.concatenate([patch.source, inner]), patch.outline)


def _shown_by_outline(cutout: Cutout, marks: TopMarks) -> bool:
    return _dip(cutout, marks) > 0.30


def _dip(cutout: Cutout, marks: TopMarks) -> float:
    """How far the outline hangs between the neck's corners, by the neck's width."""
    column = cutout.mask[:, int(np.clip(front_edge.middle(marks), 0, cutout.mask.shape[1] - 1))]
    return (float(np.argmax(column)) - marks.neck_y) / max(marks.neck_width, 1.0)


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


def _band_above(cutout: Cutout, marks: TopMarks, depth: float) -> float:
    """A dark band before a dark lining shows its lower edge only; so much of it is kept, in half necks."""
    half = marks.neck_width / 2
    above = _tone(cutout, marks, (depth - 0.20) * half, (depth - 0.06) * half)
    below = _tone(cutout, marks, (depth + 0.08) * half, (depth + 0.22) * half)
    return min(BAND, depth / 2) if below - above > CONTRAST else 0.0
