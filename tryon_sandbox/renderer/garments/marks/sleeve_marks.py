"""The corners of a sleeve's cuff, and the three stretches of its outline."""

from dataclasses import dataclass

import numpy as np

from tryon_sandbox.renderer.curves import Numbers, Points, evenly, travelled, unit
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.marks.guessed import OfPart
from tryon_sandbox.renderer.sides import BOTH, RIGHT, Side

STATIONS = 90  # places along the outline among which both corners are sought
REACH = 6  # stations before and behind a corner between which the turn is measured
OPENING = (0.22, 1.7)  # width of a cuff by that of the armhole: from tight knit to a bell
STRAIGHT = 0.72  # a cuff's width by the length of its edge; ruffles are less
FAR = 0.55  # of the sleeve's length: where the middle of the cuff may be at the least
APART = 5  # stations by which both sleeves' corners may differ
IN_ARMPIT = 0.5  # a cuff of a very short sleeve ends there, where the outline turns the other way
NEVER = -9.0

Stations = np.typing.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class SleeveMarks:
    """Outline from shoulder tip to cuff, across the cuff, and back to the armpit."""

    outer: Points
    cuff: Points
    inner: Points


def sleeve_marks(
    shape: Silhouette, shoulder: dict[Side, Points], armpit: dict[Side, Points]
) -> dict[Side, SleeveMarks]:
    """Splits each sleeve's outline at its cuff corners, alike on both sides.

    Raises ValueError on a stub too short to split.
    """
    paths = {side: _path(shape, side, shoulder[side], armpit[side]) for side in BOTH}
    one, other = (np.asarray(way, np.intp) for way in np.triu_indices(STATIONS, 3))
    scores = {side: _scores(evenly(paths[side], STATIONS), side, one, other) for side in BOTH}
    both = sum(np.maximum(score, NEVER) for score in scores.values())
    best = int(np.argmax(both))
    near = (np.abs(one - one[best]) <= APART) & (np.abs(other - other[best]) <= APART)
    corners = {side: int(np.where(near, scores[side], -np.inf).argmax()) for side in BOTH}
    return {side: _split(paths[side], int(one[at]), int(other[at])) for side, at in corners.items()}


def _path(shape: Silhouette, side: Side, shoulder: Points, armpit: Points) -> Points:
    path = shape.arc(shoulder, armpit) if side is RIGHT else shape.arc(armpit, shoulder)[::-1]
    if len(path) < 24:
        raise ValueError(OfPart("The sleeves cannot be made out."))
    return path


def _split(path: Points, start: int, end: int) -> SleeveMarks:
    along = travelled(path)
    where = np.array([start, end]) / (STATIONS - 1) * along[-1]
    first, last = (int(np.clip(np.searchsorted(along, at), 2, len(path) - 3)) for at in where)
    last = max(last, first + 1)
    return SleeveMarks(path[: first + 1], path[first : last + 1], path[last:])


def _scores(stations: Points, side: Side, one: Stations, other: Stations) -> Numbers:
    """How well the outline between two stations would do as the edge of a cuff, for each pair of them."""
    armhole = float(np.hypot(*(stations[-1] - stations[0]))) + 1e-9
    middle = (stations[0] + stations[-1]) / 2
    axis = _axis(stations, middle)
    along = (stations - middle) @ axis
    along = along / max(float(along.max()), 1e-9)
    far = (along[one] + along[other]) / 2
    line = stations[other] - stations[one]
    edge = np.hypot(*line.T) + 1e-9
    straight = edge / ((other - one) * float(travelled(stations)[-1]) / (STATIONS - 1) + 1e-9)
    turn = _turns(stations, side)
    score = turn[one] + turn[other] + 0.5 * np.minimum(turn[one], turn[other])
    score = score + 1.2 * far + 0.8 * np.minimum(straight, 1) - 0.9 * np.abs(line @ axis) / edge
    score = (
        score - 2.0 * np.maximum((STATIONS - other - one) / STATIONS, 0) - 1.5 * _beyond(along, one, other)
    )
    fair = (edge > OPENING[0] * armhole) & (edge < OPENING[1] * armhole) & (straight > STRAIGHT)
    fair &= (far > FAR) & (one > REACH)
    return np.asarray(np.where(fair, score, score + NEVER), np.float64)


def _beyond(along: Numbers, one: Stations, other: Stations) -> Numbers:
    """How much of the sleeve would lie farther out than the corners, though not between them."""
    before = np.maximum.accumulate(along)[one] - along[one]
    behind = np.maximum.accumulate(along[::-1])[::-1][other] - along[other]
    return np.asarray(before + behind, np.float64)


def _axis(path: Points, middle: Points) -> Points:
    away = np.hypot(*(path - middle).T)
    return unit(path[away > 0.8 * away.max()].mean(0) - middle)


def _turns(stations: Points, side: Side) -> Numbers:
    """How sharply the outline turns around the sleeve's end: 0 straight on, 1 at right angles."""
    padded = np.pad(stations, ((REACH, REACH), (0, 0)), mode="edge")
    back, ahead = stations - padded[: -2 * REACH], padded[2 * REACH :] - stations
    cross = (back[:, 0] * ahead[:, 1] - back[:, 1] * ahead[:, 0]) * side.sign
    angle = np.arctan2(cross, (back * ahead).sum(1))
    turn = np.asarray(np.clip(angle / (np.pi / 2), -1, 1.2), np.float64)
    turn[-REACH:] = np.maximum(turn[-REACH:], IN_ARMPIT)
    return turn
