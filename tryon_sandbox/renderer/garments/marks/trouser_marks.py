"""Where trousers and skirts have their waist, crotch and hems."""

from dataclasses import dataclass

import numpy as np

from tryon_sandbox.renderer.curves import Points, points
from tryon_sandbox.renderer.cutout.silhouette import Run, Silhouette
from tryon_sandbox.renderer.garments.marks.guessed import OfPart
from tryon_sandbox.renderer.garments.outline import legs
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT, Side

CORNERED = 0.70  # of the width a little farther down: a row as wide as that has both corners of the waist
STEEPEST = 1.15  # by which it widens from there to an eighth of the height; a disc and a tee do by 1.4
SHORTEST_LEGS = 0.36  # of the whole length; shorts have up to 0.27, trousers to below the knee from 0.44
WAIST = 0.20  # of the height: no corner of trousers' waist lies farther down
LEVEL = 2.0  # an edge that falls by less than one in two belongs to the waist, a steeper one to the side
KNEE = 1.7  # waist to hem by the hips: Bermuda shorts 1.51, trousers that are as likely such from 2.0
ROUND = 0.45  # of the width: a hem that ends narrower than this is round


@dataclass(frozen=True, slots=True)
class TrouserMarks:
    """Waist corners, crotch, and by side the outer and inner corner of the leg's hem; mask pixels.

    `are_short`: whether they are shorts, where more than the outline says so.
    """

    waist: dict[Side, Points]
    crotch: Points
    outer: dict[Side, Points]
    inner: dict[Side, Points]
    are_short: bool | None = None

    @property
    def are_shorts(self) -> bool:
        """Whether the legs are so short that the wearer's own are seen below them."""
        waist, hem = (float(np.mean([ends[side][1] for side in BOTH])) for ends in (self.waist, self.inner))
        return hem - float(self.crotch[1]) < SHORTEST_LEGS * (hem - waist)

    def reach_knee(self, shape: Silhouette) -> bool:
        """Whether they are no longer than shorts to the knee may be."""
        waist, hem = (float(np.mean([ends[side][1] for side in BOTH])) for ends in (self.waist, self.inner))
        return hem - waist < KNEE * self.hips(shape)

    def hips(self, shape: Silhouette) -> float:
        """The width over the hips, between waist and crotch."""
        waist, fork = float(self.waist[LEFT][1]), float(self.crotch[1])
        return max(shape.span(waist + share * (fork - waist)) for share in (0.5, 0.7, 0.9))


@dataclass(frozen=True, slots=True)
class SkirtMarks:
    """Waist and hem corners, mask pixels."""

    waist: dict[Side, Points]
    hem: dict[Side, Points]


def find_trousers(shape: Silhouette) -> TrouserMarks:
    """The landmarks of trousers. Raises ValueError where the outline has no two legs."""
    crotch = _crotch(shape)
    waist = _waist_corners(shape)
    outer: dict[Side, Points] = {}
    inner: dict[Side, Points] = {}
    for side in BOTH:
        edges = _leg_hem(shape, side, float(crotch[0]))
        outer[side], inner[side] = edges if side is LEFT else edges[::-1]
    return TrouserMarks(waist, crotch, outer, inner)


def find_skirt(shape: Silhouette) -> SkirtMarks:
    """The landmarks of a skirt: the hem is the lowest row of nearly the width it has down there.

    A round hem, as of a circle, has its corners where the skirt is widest.
    """
    rows = range(shape.bottom, shape.top, -1)
    low = [shape.span(y) for y in range(shape.row(0.84), shape.row(0.96))]
    wide = float(np.median(low)) if shape.span(shape.row(0.985)) > ROUND * shape.width else shape.width
    lowest = next((y for y in rows if shape.span(y) > 0.93 * wide), shape.bottom)
    return SkirtMarks(_corners(shape, _waist_row(shape)), _corners(shape, lowest - int(0.012 * shape.height)))


def leg_runs(shape: Silhouette, y: float, side: Side, gap: float) -> tuple[Run, ...]:
    """The runs of a row that belong to one leg."""
    return tuple(run for run in shape.at(y) if (sum(run) / 2 < gap) == (side is LEFT))


def _waist_row(shape: Silhouette) -> int:
    """Nearly at the top; farther down where the waist lies askew, and only one of its corners is up there."""
    usual, whole = shape.row(0.015), shape.span(shape.row(0.05))
    if shape.span(shape.row(0.12)) > STEEPEST * whole:
        return usual
    return next((y for y in range(usual, shape.row(0.05)) if shape.span(y) > CORNERED * whole), usual)


def _waist_corners(shape: Silhouette) -> dict[Side, Points]:
    """The outermost places at the top: each by itself, as a waist may lie askew or dip."""
    high = shape.contour[shape.contour[:, 1] < shape.row(WAIST)]
    if not len(high):
        raise ValueError(OfPart("The waist cannot be made out."))
    return {side: high[int((LEVEL * high[:, 1] - side.sign * high[:, 0]).argmin())] for side in BOTH}


def _corners(shape: Silhouette, y: int) -> dict[Side, Points]:
    runs = shape.at(y) or shape.at(y + 2)
    if not runs:
        raise ValueError(OfPart("The waist cannot be made out."))
    return {LEFT: points([runs[0][0], y]), RIGHT: points([runs[-1][1], y])}


def _crotch(shape: Silhouette) -> Points:
    found = legs.find(shape)
    if found is None:
        raise ValueError(OfPart("The legs cannot be made out."))
    return found.crotch


def _leg_hem(shape: Silhouette, side: Side, gap: float) -> tuple[Points, Points]:
    for lowest in range(shape.row(0.99), shape.row(0.5), -1):
        if leg_runs(shape, lowest, side, gap):
            y = lowest - int(0.012 * shape.height)
            runs = leg_runs(shape, y, side, gap) or leg_runs(shape, lowest, side, gap)
            return points([runs[0][0], y]), points([runs[-1][1], y])
    raise ValueError(OfPart("The legs cannot be made out."))
