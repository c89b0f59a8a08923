"""Where a top or dress has its armpits, shoulder tips, neck corners and hem corners."""

from dataclasses import dataclass

import numpy as np

from tryon_sandbox.studio.curves import Numbers, Points, points
from tryon_sandbox.studio.sides import BOTH, LEFT, RIGHT, Side
from tryon_sandbox.studio.silhouette import Silhouette
from tryon_sandbox.studio.sleeve_marks import SleeveMarks, sleeve_marks

LONG = 1.4  # height by width above which the upper body takes less of the height


@dataclass(frozen=True, slots=True)
class TopMarks:
    """Landmarks by side, in mask pixels; `sleeves` is empty for a sleeveless garment."""

    armpit: dict[Side, Points]
    shoulder: dict[Side, Points]
    neck: dict[Side, Points]
    hem: dict[Side, Points]
    sleeves: dict[Side, SleeveMarks]

    @property
    def centre(self) -> float:
        """The middle between the armpits."""
        return float(self.armpit[LEFT][0] + self.armpit[RIGHT][0]) / 2

    @property
    def neck_width(self) -> float:
        """Between the neck corners."""
        return float(self.neck[RIGHT][0] - self.neck[LEFT][0])

    @property
    def chest_width(self) -> float:
        """Between the armpits."""
        return float(self.armpit[RIGHT][0] - self.armpit[LEFT][0])

    @property
    def neck_y(self) -> float:
        """Mean height of the neck corners."""
        return float(self.neck[LEFT][1] + self.neck[RIGHT][1]) / 2

    @property
    def hem_y(self) -> float:
        """Mean height of the hem corners."""
        return float(self.hem[LEFT][1] + self.hem[RIGHT][1]) / 2


@dataclass(frozen=True, slots=True)
class _Armpit:
    place: Points
    has_sleeve: bool


def find(shape: Silhouette) -> TopMarks:
    """The landmarks of a top or a dress. Raises ValueError where the outline has no such thing."""
    hem = _hem(shape)
    armpits = _balanced({side: _armpit(shape, side, hem[side]) for side in BOTH}, hem, shape)
    sleeved = all(one.has_sleeve for one in armpits.values())
    armpit = {side: one.place for side, one in armpits.items()}
    shoulder = {side: _shoulder(shape, side, armpit, sleeved) for side in BOTH}
    neck = {side: _neck(shape, side, armpit, shoulder[side]) for side in BOTH}
    sleeves = (
        {side: sleeve_marks(shape, side, shoulder[side], armpit[side]) for side in BOTH} if sleeved else {}
    )
    return TopMarks(armpit, shoulder, neck, hem, sleeves)


def _hem(shape: Silhouette) -> dict[Side, Points]:
    """Corners at the lowest row that is still as wide as the body."""
    widths = _central_widths(shape, 0.84) or _central_widths(shape, 0.5)
    if not widths:
        raise ValueError("The outline has no body.")
    lowest = max(widths)
    steady = [w for y, w in widths.items() if lowest - 0.16 * shape.height < y < lowest - 0.03 * shape.height]
    body = float(np.median(steady or list(widths.values())))
    y = max(row for row, width in widths.items() if width > 0.93 * body) - int(0.012 * shape.height)
    run = shape.central(y)
    if run is None:
        raise ValueError("The outline has no hem.")
    return {LEFT: points([run[0], y]), RIGHT: points([run[1], y])}


def _central_widths(shape: Silhouette, start: float) -> dict[int, int]:
    rows = range(shape.row(start), shape.bottom + 1)
    return {y: run[1] - run[0] for y in rows if (run := shape.central(y)) is not None}


def _armpit(shape: Silhouette, side: Side, hem: Points) -> _Armpit:
    jump = _where_body_widens(shape, side, int(hem[1]))
    if jump is not None:
        return _Armpit(jump, True)
    rows = np.arange(shape.row(0.10), shape.row(0.40 if _is_short(shape) else 0.30))
    reach = np.array([_outermost(shape, float(y), side) for y in rows])
    widest = int(np.argmax(reach * side.sign))
    tip = points([reach[widest], rows[widest]])
    if _raised_sleeve(shape, side, float(reach[widest])):
        return _Armpit(_deepest(shape, side, tip, hem), True)
    return _Armpit(tip, False)


def _is_short(shape: Silhouette) -> bool:
    return shape.height / shape.width < LONG


def _where_body_widens(shape: Silhouette, side: Side, lowest: int) -> Points | None:
    """Going up, the row where the middle run suddenly takes in the sleeve."""
    recent: list[float] = []
    start = min(shape.row(0.80 if _is_short(shape) else 0.62), lowest)
    for y in range(start, shape.row(0.07), -1):
        run = shape.central(y)
        if run is None:
            continue
        x = run[BOTH.index(side)] * side.sign
        usual = float(np.median(recent[-5:])) if len(recent) > 4 else x
        if x - usual > 0.045 * shape.width:
            return points([usual * side.sign, y + 1])
        recent.append(x)
    return None


def _outermost(shape: Silhouette, y: float, side: Side) -> float:
    runs = shape.at(y)
    if not runs:
        return shape.middle
    return float(runs[0][0] if side is LEFT else runs[-1][1])


def _raised_sleeve(shape: Silhouette, side: Side, reach: float) -> bool:
    """A sleeve that sticks out without a gap below it."""
    rows = range(shape.row(0.50), shape.row(0.62))
    body = [run[BOTH.index(side)] * side.sign for y in rows if (run := shape.central(y)) is not None]
    if not body or shape.height / shape.width >= 1.55:
        return False
    return reach * side.sign - float(np.median(body)) > 0.10 * shape.width


def _deepest(shape: Silhouette, side: Side, tip: Points, hem: Points) -> Points:
    """The point of the side farthest from the straight line between sleeve and hem."""
    path = shape.arc(tip, hem) if side is RIGHT else shape.arc(hem, tip)
    line = path[-1] - path[0]
    normal = points([-line[1], line[0]]) / (np.hypot(*line) + 1e-9)
    return points(path[int(np.argmax(np.abs((path - path[0]) @ normal)))])


def _balanced(found: dict[Side, _Armpit], hem: dict[Side, Points], shape: Silhouette) -> dict[Side, _Armpit]:
    """Armpits at clearly different heights: the one farther out is right, and is mirrored."""
    left, right = found[LEFT], found[RIGHT]
    middle = float(hem[LEFT][0] + hem[RIGHT][0]) / 2
    if abs(left.place[1] - right.place[1]) <= 0.10 * shape.height:
        return found
    if middle - left.place[0] > right.place[0] - middle:
        return {LEFT: left, RIGHT: _mirrored(left, middle)}
    return {LEFT: _mirrored(right, middle), RIGHT: right}


def _mirrored(one: _Armpit, middle: float) -> _Armpit:
    return _Armpit(points([2 * middle - one.place[0], one.place[1]]), one.has_sleeve)


def _shoulder(shape: Silhouette, side: Side, armpit: dict[Side, Points], sleeved: bool) -> Points:
    place = armpit[side]
    if sleeved:
        y = shape.upper_edge(float(place[0]))
        return points([place[0], place[1] if y is None else y])
    centre, half = _middle_and_half(armpit)
    across = np.linspace(centre + side.sign * 0.12 * half, place[0], 60)
    return _highest(shape, across, centre, 0.55, float(place[1]) - 0.02 * shape.height)


def _neck(shape: Silhouette, side: Side, armpit: dict[Side, Points], shoulder: Points) -> Points:
    """The top corner beside the neck: high, and rather outwards, as a back collar is level."""
    centre, half = _middle_and_half(armpit)
    across = np.linspace(centre + side.sign * 0.16 * half, float(shoulder[0]) - side.sign * 0.06 * half, 60)
    return _highest(shape, across, centre, 0.26, float(shape.bottom))


def _middle_and_half(armpit: dict[Side, Points]) -> tuple[float, float]:
    left, right = float(armpit[LEFT][0]), float(armpit[RIGHT][0])
    return (left + right) / 2, (right - left) / 2


def _highest(shape: Silhouette, across: Numbers, centre: float, outwards: float, floor: float) -> Points:
    edges = [(x, y) for x in across if (y := shape.upper_edge(float(x))) is not None and y <= floor]
    if not edges:
        raise ValueError("The outline has no shoulder.")
    return points(max(edges, key=lambda one: -one[1] + outwards * abs(one[0] - centre)))
