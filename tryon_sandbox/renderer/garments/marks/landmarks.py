"""Where a top or dress has its armpits, shoulder tips, neck corners and hem corners."""

from dataclasses import dataclass, field

import numpy as np

from tryon_sandbox.renderer.curves import Numbers, Points, length, points
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.marks import armpits
from tryon_sandbox.renderer.garments.marks.armpits import Armpit
from tryon_sandbox.renderer.garments.marks.guessed import OfPart
from tryon_sandbox.renderer.garments.marks.sleeve_marks import SleeveMarks, sleeve_marks
from tryon_sandbox.renderer.garments.marks.strapless import is_strapless
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT, Side

# Of the chest: neck corners that differ by more in their way from the middle are taken at their mean, but for
# those whose heights differ by less.
UNEVEN_NECK, LEVEL_NECK = 0.12, 0.08
UNEVEN_TIPS, NEAR_MIRRORED = 0.20, 0.25  # of the chest, and of half of it
# By the chest: a collar without sleeves ends in a step at least so high, within so many columns, and the
# shoulder beyond it is at least so wide and lies so far above the armpit.
COLLAR, ABOVE_ARMPIT = (0.08, 0.07, 0.08), 0.30
# Off the shoulder, in widths of the chest: how little the upper edge falls over body and sleeves.
LEVEL_BODY, LEVEL_SLEEVE = 0.10, 0.15
ROUND_ARM = 0.25  # of the chest: a sleeve that holds it there is as long; those of a boat neck's cap 0.1
TIE = 0.4  # of the body's width: what is thinner below a hem is the end of a belt or tie, or a strap
STRAP_TIP = 0.012  # of the height: below its rounded top, a strap is as wide as it is
HALTER = 0.42  # of the chest: shoulder tips nearer to each other than this are a band around the neck


@dataclass(frozen=True, slots=True)
class TopMarks:
    """Landmarks by side, in mask pixels; `sleeves` is empty for a sleeveless garment.

    `straps`: thin straps hold it. `halter`: a band around the neck does. `off_shoulder`: its upper edge runs
    level around body and both arms, or without sleeves around the chest; then neck corners and shoulder tips
    lie on that edge. `sleeve_of`: from
    which side of the photo a side's sleeve is taken, mirrored, where its own does not show. `hooded`: a hood
    was cut off, and the neck's corners lie on what is left of it. `to_wrists`, `to_elbows`: sleeves are known
    to be long, or to end at the elbow at the latest, however long they lie.
    `collared`: a look found a collar, which stands up however low its foot lies. `bent`: of sleeves to the
    wrist only what lies above the elbow was read.
    """

    armpit: dict[Side, Points]
    shoulder: dict[Side, Points]
    neck: dict[Side, Points]
    hem: dict[Side, Points]
    sleeves: dict[Side, SleeveMarks]
    straps: bool = False
    halter: bool = False
    off_shoulder: bool = False
    sleeve_of: dict[Side, Side] = field(default_factory=dict)
    hooded: bool = False
    to_wrists: bool = False
    to_elbows: bool = False
    collared: bool = False
    bent: bool = False

    def cut_from(self, side: Side) -> Side:
        """The side of the photo from which the sleeve of this side is taken."""
        return self.sleeve_of.get(side, side)

    @property
    def has_neckline(self) -> bool:
        """Whether it lies around the neck, so that a front is to be looked for; straps leave it bare."""
        return not (self.straps or self.halter or self.off_shoulder)

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

    @property
    def to_cuff(self) -> float:
        """From the neck over the shoulder to the cuff; it must have sleeves."""
        seams = [self.neck[side] - self.shoulder[side] for side in map(self.cut_from, BOTH)]
        sleeves = [self.sleeves[side].outer for side in map(self.cut_from, BOTH)]
        return float(np.mean([length(one) for one in sleeves]) + np.mean([np.hypot(*one) for one in seams]))

    @property
    def trunk_by_sleeve(self) -> float:
        """From neck to hem by the way from neck to cuff; it must have sleeves."""
        return (self.hem_y - self.neck_y) / max(self.to_cuff, 1.0)


def find(shape: Silhouette) -> TopMarks:
    """The landmarks of a top or a dress. Raises ValueError where the outline has no such thing."""
    hem = _hem(shape)
    return _around(shape, hem, armpits.find(shape, hem))


def find_evened(shape: Silhouette) -> TopMarks:
    """The same, where a sleeve that hangs against the body on one side alone hides its armpit there."""
    hem = _hem(shape)
    return _around(shape, hem, armpits.find_evened(shape, hem))


def find_sleeveless(shape: Silhouette) -> TopMarks:
    """The landmarks of what is known to have no sleeves. Raises ValueError as `find` does."""
    hem = _hem(shape)
    return _around(shape, hem, armpits.find_bare(shape, hem))


def _around(shape: Silhouette, hem: dict[Side, Points], found: dict[Side, Armpit]) -> TopMarks:
    sleeved = all(one.has_sleeve for one in found.values())
    armpit = {side: one.place for side, one in found.items()}
    shoulder = {side: _shoulder(shape, side, armpit, sleeved) for side in BOTH}
    if not sleeved:
        shoulder = _levelled(shoulder, shape, armpit)
    strapped = armpits.has_straps(shape)
    inwards = _beside_strap if strapped else _neck
    neck = {side: inwards(shape, side, armpit, shoulder[side]) for side in BOTH}
    neck = _evened(neck, shape, armpit, armpit if sleeved else shoulder)
    sleeves = sleeve_marks(shape, shoulder, armpit) if sleeved else {}
    chest = float(armpit[RIGHT][0] - armpit[LEFT][0])
    between_tips = float(shoulder[RIGHT][0] - shoulder[LEFT][0])
    halter = not sleeved and between_tips < HALTER * chest and not strapped
    bare = not (sleeved or strapped or halter) and is_strapless(shape, shoulder, armpit, neck)
    return TopMarks(
        armpit,
        shoulder,
        neck,
        hem,
        sleeves,
        straps=strapped,
        halter=halter,
        off_shoulder=bare or (sleeved and _is_off_shoulder(shape, armpit, sleeves)),
    )


def _hem(shape: Silhouette) -> dict[Side, Points]:
    """Corners at the lowest row that is still as wide as the body."""
    usual = list(_central_widths(shape, 0.5).values())
    if not usual:
        raise ValueError(OfPart("The body of the garment cannot be made out."))
    body = float(np.median(usual))
    every = {y: width for y, width in _central_widths(shape, 0.5).items() if width > TIE * body}
    widths = {y: width for y, width in every.items() if y >= shape.row(0.84)} or every
    lowest = max(widths)
    steady = [w for y, w in widths.items() if lowest - 0.16 * shape.height < y < lowest - 0.03 * shape.height]
    body = float(np.median(steady or list(widths.values())))
    y = max(row for row, width in widths.items() if width > 0.93 * body) - int(0.012 * shape.height)
    run = shape.central(y)
    if run is None:
        raise ValueError(OfPart("The hem cannot be made out."))
    return {LEFT: points([run[0], y]), RIGHT: points([run[1], y])}


def _central_widths(shape: Silhouette, start: float) -> dict[int, int]:
    rows = range(shape.row(start), shape.bottom + 1)
    return {y: run[1] - run[0] for y in rows if (run := shape.central(y)) is not None}


def _shoulder(shape: Silhouette, side: Side, armpit: dict[Side, Points], sleeved: bool) -> Points:
    place = armpit[side]
    if sleeved:
        y = shape.upper_edge(float(place[0]))
        return points([place[0], place[1] if y is None else y])
    centre, half = _middle_and_half(armpit)
    across = np.linspace(centre + side.sign * 0.12 * half, place[0], 60)
    tip = _highest(shape, across, centre, 0.9, float(place[1]) - 0.02 * shape.height)
    beyond = _beyond_collar(shape, across[np.abs(across - centre) > abs(tip[0] - centre)], tip, place, half)
    return _highest(shape, beyond, centre, 0.9, float(place[1])) if len(beyond) else tip


def _beyond_collar(shape: Silhouette, across: Numbers, tip: Points, armpit: Points, half: float) -> Numbers:
    """The columns of the shoulder, where it goes on at the foot of a collar that stands up; none otherwise.

    Beyond a strap the outline drops too, but down to the armpit.
    """
    foot = float(tip[1]) + COLLAR[0] * 2 * half
    edges = np.array([shape.bottom if (y := shape.upper_edge(float(x))) is None else y for x in across])
    lower = np.flatnonzero(edges > foot)
    if not len(lower) or abs(across[lower[0]] - tip[0]) > COLLAR[1] * 2 * half:
        return across[:0]
    shoulder = across[lower[0] :][edges[lower[0] :] < armpit[1] - ABOVE_ARMPIT * 2 * half]
    return shoulder if len(shoulder) and float(np.ptp(shoulder)) > COLLAR[2] * 2 * half else across[:0]


def _neck(shape: Silhouette, side: Side, armpit: dict[Side, Points], shoulder: Points) -> Points:
    """The top corner beside the neck: the point that stands out most over the line of the shoulder."""
    centre, half = _middle_and_half(armpit)
    across = np.linspace(centre + side.sign * 0.16 * half, float(shoulder[0]) - side.sign * 0.06 * half, 60)
    level = shape.upper_edge(centre)
    fall = 0.0 if level is None else (float(shoulder[1]) - level) / max(abs(float(shoulder[0]) - centre), 1.0)
    return _highest(shape, across, centre, float(np.clip(0.65 * fall, 0.08, 0.26)), float(shape.bottom))


def _beside_strap(shape: Silhouette, side: Side, armpit: dict[Side, Points], shoulder: Points) -> Points:
    """The inner edge of the strap whose top is the shoulder's tip: nothing lies between that and the neck."""
    y = float(shoulder[1]) + STRAP_TIP * shape.height
    strap = next((run for run in shape.at(y) if run[0] - 1 <= shoulder[0] <= run[1] + 1), None)
    if strap is None:
        return _neck(shape, side, armpit, shoulder)
    x = float(strap[0] if side is RIGHT else strap[1])
    return points([x, shoulder[1]])


def _levelled(
    shoulder: dict[Side, Points], shape: Silhouette, armpit: dict[Side, Points]
) -> dict[Side, Points]:
    """Where one tip lies far below the other it is an armpit's corner: it is sought across from the other."""
    centre, half = _middle_and_half(armpit)
    upper, lower = sorted(BOTH, key=lambda side: float(shoulder[side][1]))
    if float(shoulder[lower][1] - shoulder[upper][1]) < UNEVEN_TIPS * 2 * half:
        return shoulder
    x = 2 * centre - float(shoulder[upper][0])
    across = np.linspace(x - NEAR_MIRRORED * half, x + NEAR_MIRRORED * half, 60)
    found = _highest(shape, across, centre, 0.0, float(armpit[lower][1]))
    return {upper: shoulder[upper], lower: found}


def _evened(
    neck: dict[Side, Points], shape: Silhouette, armpit: dict[Side, Points], about: dict[Side, Points]
) -> dict[Side, Points]:
    """Neck corners as far from the middle on both sides, where one of them is none: they differ much and one
    lies lower. A pair that is level and beside the middle hangs so, or the armpits do not tell the middle.

    The middle between the tips of bare shoulders is `about` the same where a garment leans; with sleeves
    these are too far out to say.
    """
    centre, half = _middle_and_half(about)[0], _middle_and_half(armpit)[1]
    away = {side: abs(float(neck[side][0]) - centre) for side in BOTH}
    level = abs(float(neck[LEFT][1] - neck[RIGHT][1])) < LEVEL_NECK * 2 * half
    if level or abs(away[LEFT] - away[RIGHT]) < UNEVEN_NECK * 2 * half:
        return neck
    x = {side: centre + side.sign * (away[LEFT] + away[RIGHT]) / 2 for side in BOTH}
    edges = {side: shape.upper_edge(x[side]) for side in BOTH}
    return {side: points([x[side], neck[side][1] if (y := edges[side]) is None else y]) for side in BOTH}


def _is_off_shoulder(shape: Silhouette, armpit: dict[Side, Points], sleeves: dict[Side, SleeveMarks]) -> bool:
    """Whether the upper edge is level from sleeve to sleeve, and the sleeves hang down from it."""
    centre, half = _middle_and_half(armpit)
    body = _falls(shape, np.linspace(centre - half, centre + half, 41))
    reach = [_along_sleeve(shape, side, float(armpit[side][0])) for side in BOTH]
    arms = _falls(shape, np.linspace(reach[0], reach[1], 41))
    return bool(
        np.percentile(body, 90) < LEVEL_BODY * 2 * half
        and arms.max() < LEVEL_SLEEVE * 2 * half
        and all(_hangs(sleeves[side], 2 * half) for side in BOTH)
    )


def _along_sleeve(shape: Silhouette, side: Side, armpit: float) -> float:
    """A column well out on the sleeve."""
    return armpit + 0.6 * ((shape.left if side is LEFT else shape.right) - armpit)


def _falls(shape: Silhouette, across: Numbers) -> Numbers:
    """How far below the highest place the upper edge is, along these columns."""
    edges = np.array([shape.bottom if (y := shape.upper_edge(float(x))) is None else y for x in across])
    return np.asarray(edges - edges.min(), np.float64)


def _hangs(sleeve: SleeveMarks, chest: float) -> bool:
    """Whether it goes round the arm, and the cuff's edge runs rather across than down."""
    edge = np.abs(sleeve.cuff[-1] - sleeve.cuff[0])
    return bool(edge[0] > 0.8 * edge[1] and length(sleeve.outer) > ROUND_ARM * chest)


def _middle_and_half(armpit: dict[Side, Points]) -> tuple[float, float]:
    left, right = float(armpit[LEFT][0]), float(armpit[RIGHT][0])
    return (left + right) / 2, (right - left) / 2


def _highest(shape: Silhouette, across: Numbers, centre: float, outwards: float, floor: float) -> Points:
    edges = [(x, y) for x in across if (y := shape.upper_edge(float(x))) is not None and y <= floor]
    if not edges:
        raise ValueError(OfPart("The shoulders cannot be made out."))
    return points(max(edges, key=lambda one: -one[1] + outwards * abs(one[0] - centre)))
