"""Long sleeves that the photo shows for sure, and no outline: they lie on the body, or against it down to its
hem. Where they part from it is found in the cloth, alike on both sides."""

import numpy as np

from tryon_sandbox.renderer.curves import Numbers, length, points
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.kinds.recognise import deepest_valley
from tryon_sandbox.renderer.garments.marks import landmarks
from tryon_sandbox.renderer.garments.marks.guessed import OfPart
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.outline import profile
from tryon_sandbox.renderer.garments.outline.slits import cheapest, cut
from tryon_sandbox.renderer.garments.sleeves import one_sided
from tryon_sandbox.renderer.raster import Floats, blur, slope
from tryon_sandbox.renderer.sides import BOTH

Rows = np.typing.NDArray[np.intp]

# By half of the width with both sleeves: where the seam between body and sleeve is if nothing in the cloth
# says so, how far an edge as clear as any may draw it aside, and between which places it is sought.
BODY, ASIDE, SOUGHT = 0.62, 0.17, (0.35, 0.95)
ARMHOLE = 0.50  # of the chest lying flat: how deep an armhole is (23 by 46 cm of a medium size)
LEAST_ROWS = 12  # below the armpit
# Of the width: sleeves that hang along a body hide that it is narrower at its waist, to 0.03, a kimono's to
# 0.044; a halter top that was taken for such 0.25, a hoodie cut out without its sleeves 0.08.
COMES_IN = 0.06
# Where the sides are as hollow below the shoulders, by the width, as at armholes, seams must be seen, 0..1:
# of a jacket that was cut out without its sleeves 0.29, of what hangs below a hood from 0.47.
HOLLOW, SEEN = 0.05, 0.44
LONG = 0.85  # of the chest, from shoulder to cuff: long sleeves from 0.91, short ones to 0.80
# Of long ones that bend at the elbow, so far away from the body, only the upper half was read: how far that
# stands off, and how long it is, by the chest. One 0.34 and 0.78; folded over the body to 0.04.
STANDS_OFF, UPPER_HALF = 0.25, 0.65
UNREAD = OfPart("The sleeves cannot be made out.")


def are_long(marks: TopMarks) -> bool:
    """Whether it has sleeves, and long ones."""
    seams = [length(sleeve.outer) for sleeve in marks.sleeves.values()]
    return bool(seams) and float(np.mean(seams)) > LONG * max(marks.chest_width, 1.0)


def are_bent(marks: TopMarks) -> bool:
    """Whether long sleeves, of which nothing lies on the body, may seem short as they bend at the elbow."""
    inner, outer = (
        [length(edge) for edge in edges]
        for edges in zip(*((sleeve.inner, sleeve.outer) for sleeve in marks.sleeves.values()), strict=True)
    )
    chest = max(marks.chest_width, 1.0)
    return min(inner) > STANDS_OFF * chest and min(outer) > UPPER_HALF * chest


def find(whole: Silhouette, light: Floats) -> tuple[Silhouette, TopMarks]:
    """The silhouette opened along both seams, with its landmarks. Raises ValueError where it has none.

    `light` is the photo's brightness at the mask's size.
    """
    axis = one_sided.axis_of(whole)
    rows = np.arange(_armpits(whole, axis), whole.bottom + 1)
    spans = np.array([whole.span(float(y)) for y in rows])
    if len(rows) < LEAST_ROWS or deepest_valley(spans) > COMES_IN * whole.width:
        raise ValueError(UNREAD)
    away = _seam(whole, light, axis, rows, spans / 2)
    if profile.measure(whole).hollow > HOLLOW and _evidence(whole, light, axis, rows, away) < SEEN:
        raise ValueError(UNREAD)
    shape = cut(whole, [np.stack([axis + side.sign * away, points(rows)], 1) for side in BOTH])
    return shape, landmarks.find(shape)


def _armpits(whole: Silhouette, axis: float) -> int:
    """The row that tailoring puts the armpits in, below the middle of both shoulders' ends."""
    half = BODY * whole.width / 2
    tops = [y for side in BOTH if (y := whole.upper_edge(axis + side.sign * half)) is not None]
    if not tops:
        raise ValueError(UNREAD)
    return int(np.mean(tops) + ARMHOLE * 2 * half)


def _seam(whole: Silhouette, light: Floats, axis: float, rows: Rows, half: Numbers) -> Numbers:
    """How far from the axis both seams are in each row, on the way that costs least.

    A body that goes on below its sleeves is no wider there than the seams are apart: it counts as wide as
    the widest row below.
    """
    reach = whole.width / 2
    away = np.arange(int(SOUGHT[0] * reach), int(SOUGHT[1] * reach))
    usual = BODY * np.maximum.accumulate(half[::-1])[::-1]
    edges = np.abs(slope(blur(light, 1.0))[1])
    cost = ((away - usual[:, None]) / (ASIDE * reach)) ** 2
    for side in BOTH:
        cost -= 0.5 * _parted(whole, edges, rows, np.asarray(axis + side.sign * away, np.float64))
    return np.asarray(away[cheapest(cost)], np.float64)


def _evidence(whole: Silhouette, light: Floats, axis: float, rows: Rows, away: Numbers) -> float:
    """How much speaks for these seams on the average, 0..1."""
    edges = np.abs(slope(blur(light, 1.0))[1])
    places = [(axis + side.sign * away)[:, None] for side in BOTH]
    return float(np.mean([_parted(whole, edges, rows, one) for one in places]))


def _parted(whole: Silhouette, edges: Floats, rows: Rows, places: Numbers) -> Numbers:
    """How much speaks for a seam at these places of each row, 0..1: an edge of brightness, or daylight."""
    columns = np.clip(np.round(places).astype(int), 0, edges.shape[1] - 1)
    inside = whole.mask[rows[:, None], columns]
    edge = edges[rows[:, None], columns]
    usual = float(np.percentile(edge[inside], 95)) if inside.any() else 0.0
    return np.asarray(np.where(inside, np.clip(edge / max(usual, 0.01), 0, 1), 1.0), np.float64)
