"""Fitting a sleeve along shoulder, elbow and wrist."""

from dataclasses import dataclass

import numpy as np

from tryon_sandbox.renderer.curves import Numbers, Points, bump, evenly, length, points, rounded, unit
from tryon_sandbox.renderer.drape.anchors import Anchors
from tryon_sandbox.renderer.drape.fit_top import Stretch
from tryon_sandbox.renderer.drape.warp import Patch
from tryon_sandbox.renderer.garments.kinds.recognise import Kind
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.marks.sleeve_marks import SleeveMarks
from tryon_sandbox.renderer.scene.body import Body
from tryon_sandbox.renderer.sides import BOTH, Side

STATIONS = 14
ARM_RADII_CM = (4.0, 3.6, 2.4)  # at shoulder, elbow and wrist of the adult
TRUNK_CM = 56.0  # of an adult's top as it hangs, from the neck corner to the hem
SEAM_CM = (4.4, 5.5)  # from the shoulder joint to the middle of an armhole's seam, usual and most
LONG = 0.64  # of the arm; a sleeve that would cover more reaches the wrist: three quarters are 0.55
# A sleeve that tapers reaches the wrist, however wide its chest is: its cuff by its armhole, and by how much
# it is longer than that, in widths of the chest; of 143 photos short ones to 0.15, long from 0.32.
TAPER, LONGER = 0.48, 0.25
# By the trunk from shoulder to hem, which says it more surely than the chest of tops cut wide or for a child.
# Short sleeves to 0.42, long ones from 0.45; but for wings, whose cuffs are as wide as their armholes.
LONG_BY_TRUNK, WING = 0.47, 0.9
# Wings no longer than this by the chest end at the elbow, however narrow the chest between them is: those of
# a cropped tee 0.83, long sleeves from 1.45.
SHORT_WING = 1.1
SHORT_BY_TRUNK = 0.38  # a top's that is shorter is short, however narrow its cuff seems: on hangers 0.33
SHORTEST, ELBOWED = 0.2, 0.6  # of the arm
# Sleeves of three quarters seem long: from neck to hem by the way from neck to cuff from 1.05, and that way
# by the chest to 1.58. Others that are as short are a child's or a cropped top's, to 0.94; coats from 1.89.
THREE_QUARTERS, TRUNK_BY_SLEEVE, TO_CUFF = 0.76, 1.0, 1.65
TUBE = 0.72  # a sleeve lying flat is wider than the tube it becomes; a round one would be 0.64


@dataclass(frozen=True, slots=True)
class Arm:
    """Three joints, and how thick the arm is along them."""

    shoulder: Points
    elbow: Points
    wrist: Points
    unit: float

    @property
    def length(self) -> float:
        """From shoulder to wrist."""
        return float(np.hypot(*(self.elbow - self.shoulder)) + np.hypot(*(self.wrist - self.elbow)))

    def at(self, distance: float) -> Points:
        """The point on the bones at this distance from the shoulder, beyond the wrist too."""
        upper = float(np.hypot(*(self.elbow - self.shoulder)))
        if distance < upper:
            return self.shoulder + (self.elbow - self.shoulder) * distance / upper
        return self.elbow + unit(self.wrist - self.elbow) * (distance - upper)

    def along(self, distance: float) -> Points:
        """Direction of the arm, averaged over the joint."""
        reach = 4 * self.unit
        return unit(self.at(distance + reach) - self.at(max(distance - reach, 0)))

    def outwards(self, distance: float, side: Side) -> Points:
        """At right angles to the arm, away from the body."""
        direction = self.along(distance)
        normal = points([-direction[1], direction[0]])
        return points(normal * np.sign(normal[0] * side.sign))

    def radius(self, distance: float) -> float:
        """Half the thickness."""
        return float(np.interp(distance / self.length, [0, 0.5, 1], ARM_RADII_CM)) * self.unit


@dataclass(frozen=True, slots=True)
class Sleeve:
    """The patch, and the line of the arm it covers: start, middle, end."""

    patch: Patch
    spine: Points
    is_long: bool


def sleeve(marks: TopMarks, anchors: Anchors, body: Body, kind: Kind, side: Side, armhole: Stretch) -> Sleeve:
    """One sleeve, from the armhole's seam to the cuff."""
    own = marks.sleeves[marks.cut_from(side)]
    arm = Arm(body.joint("shoulder", side), body.joint("elbow", side), body.joint("wrist", side), body.unit)
    reach = _reach(marks, anchors, arm, kind, side)
    source = evenly(own.outer, STATIONS), evenly(own.inner[::-1], STATIONS)
    half = _own_widths(marks, own, marks.cut_from(side)) * anchors.scale / 2
    outer = _outer(arm, reach, half, anchors.shoulder[side], body, side)
    inner = _inner(arm, reach, half, anchors.armpit[side], side)
    cuff = evenly(np.array([outer[-1], inner[-1]]), 6)
    cuff += bump(6)[:, None] * arm.along(reach) * 0.7 * body.unit
    seam = evenly(armhole[0], 8)[::-1], evenly(armhole[1], 8)[::-1]
    target = np.concatenate([outer[:-1], cuff[:-1], inner[::-1][:-1], seam[0][:-1]])
    loop = [source[0][:-1], evenly(own.cuff, 6)[:-1], source[1][::-1][:-1], seam[1][:-1]]
    middle = (outer + inner)[1:-1] / 2, (source[0] + source[1])[1:-1] / 2
    outline = np.concatenate([rounded(outer, 4)[:-1], cuff[:-1], inner[::-1][:-1], seam[0][:-1]])
    patch = Patch(np.concatenate([target, middle[0]]), np.concatenate([*loop, middle[1]]), outline)
    spine = np.array([arm.at(0), arm.at(reach / 2), arm.at(reach)])
    return Sleeve(patch, spine, reach > 0.6 * arm.length)


def _reach(marks: TopMarks, anchors: Anchors, arm: Arm, kind: Kind, side: Side) -> float:
    """How far down the arm the sleeve goes, in pixels: as long as both sleeves are on the average.

    Measured from the middle of the seam to the middle of the cuff, which a dropped shoulder or a sleeve that
    hangs down does not make longer, and compared with the width of the chest and the length of the trunk.
    """
    own = float(np.mean([_axis_length(marks, marks.cut_from(one)) for one in BOTH]))
    by_chest = own * (anchors.scale + anchors.stretch) / 2
    trunk = max(marks.hem_y - marks.neck_y, 1.0) * anchors.stretch
    ratio = float(np.clip(TRUNK_CM * arm.unit / trunk, 0.8, 1.15)) if kind is Kind.TOP else 1.0
    seam = float(np.hypot(*((anchors.shoulder[side] + anchors.armpit[side]) / 2 - arm.shoulder)))
    start = float(np.clip(seam, SEAM_CM[0] * arm.unit, SEAM_CM[1] * arm.unit))
    share = (start + by_chest * ratio**0.5) / arm.length
    by_trunk = kind is Kind.TOP and _is_long(marks, own)
    is_short = kind is Kind.TOP and own < SHORT_BY_TRUNK * _trunk(marks)
    tapers = not is_short and all(_tapers(marks, marks.cut_from(one)) for one in BOTH)
    is_wing = _is_winged(marks) and own < SHORT_WING * marks.chest_width
    if marks.to_wrists or (not marks.to_elbows and ((share > LONG and not is_wing) or by_trunk or tapers)):
        quarters = kind is Kind.TOP and not marks.bent and _are_three_quarters(marks)
        return THREE_QUARTERS * arm.length if quarters else arm.length + 0.5 * arm.unit
    return arm.length * float(np.clip(share, SHORTEST, ELBOWED))


def _are_three_quarters(marks: TopMarks) -> bool:
    return marks.trunk_by_sleeve > TRUNK_BY_SLEEVE and marks.to_cuff < TO_CUFF * marks.chest_width


def _is_long(marks: TopMarks, own: float) -> bool:
    return own > LONG_BY_TRUNK * _trunk(marks) and not _is_winged(marks)


def _is_winged(marks: TopMarks) -> bool:
    """Whether a cuff is as wide as the armhole."""
    return any(_cuff_by_armhole(marks, marks.cut_from(side)) > WING for side in BOTH)


def _trunk(marks: TopMarks) -> float:
    """From the shoulders to the hem."""
    return marks.hem_y - float(np.mean([marks.shoulder[side][1] for side in BOTH]))


def _cuff_by_armhole(marks: TopMarks, side: Side) -> float:
    cuff, armhole = marks.sleeves[side].cuff, marks.armpit[side] - marks.shoulder[side]
    return float(np.hypot(*(cuff[-1] - cuff[0])) / max(np.hypot(*armhole), 1.0))


def _tapers(marks: TopMarks, side: Side) -> bool:
    own = marks.sleeves[side]
    armhole = float(np.hypot(*(marks.armpit[side] - marks.shoulder[side])))
    return _cuff_by_armhole(marks, side) < TAPER and length(own.outer) - armhole > LONGER * marks.chest_width


def _axis(marks: TopMarks, side: Side) -> tuple[Points, Points]:
    """Middle of the seam, and middle of the cuff."""
    own = marks.sleeves[side]
    return (marks.shoulder[side] + marks.armpit[side]) / 2, (own.outer[-1] + own.inner[0]) / 2


def _axis_length(marks: TopMarks, side: Side) -> float:
    start, end = _axis(marks, side)
    return float(np.hypot(*(end - start)))


def _own_widths(marks: TopMarks, own: SleeveMarks, side: Side) -> Numbers:
    """Width of the sleeve in the photo at each station, at right angles to its axis, in mask pixels."""
    start, end = _axis(marks, side)
    line = unit(end - start)
    size = max(float(np.hypot(*(end - start))), 1.0)
    shares = np.linspace(0, 1, STATIONS)
    edges = []
    for path in (own.outer, own.inner[::-1]):
        along = np.maximum.accumulate((path - start) @ line / size)
        across = (path - start) @ points([-line[1], line[0]])
        edges.append(np.interp(shares * 0.97, along, across))
    return np.asarray(np.abs(edges[0] - edges[1]), np.float64)


def _half_width(arm: Arm, distance: float, own: float, share: float) -> float:
    """Close to the arm, wider where the garment is; what is cut for volume keeps its volume."""
    skin = arm.radius(distance)
    tube = own * TUBE
    usual = skin + (0.5 + 1.9 * min(share * 1.3, 1.0)) * arm.unit
    volume = max(tube - usual - arm.unit, 0.0) * min(share * 2.5, 1.0)
    return min(max(skin + 0.5 * arm.unit, tube), usual) + min(volume, 7 * arm.unit)


def _blend(count: int) -> Numbers:
    """How strongly the first stations are pulled to the armhole."""
    return np.clip(1 - np.linspace(0, 1, count) / 0.35, 0, 1) ** 1.5


def _outer(arm: Arm, reach: float, half: Numbers, start: Points, body: Body, side: Side) -> Points:
    shares = np.linspace(0, 1, STATIONS)
    path = np.array(
        [
            arm.at(share * reach)
            + arm.outwards(share * reach, side) * _half_width(arm, share * reach, own, share)
            for share, own in zip(shares, half, strict=True)
        ]
    )
    path += (start - path[0]) * _blend(STATIONS)[:, None]
    for place, share in zip(path[1:], shares[1:], strict=True):
        if share * reach < 0.45 * arm.length:
            skin = body.outline(float(place[1]), side) + side.sign * 0.5 * body.unit
            place[0] = side.outermost(float(place[0]), skin)
    return path


def _inner(arm: Arm, reach: float, half: Numbers, armpit: Points, side: Side) -> Points:
    begin = min(float(np.hypot(*(armpit - arm.shoulder))), 0.8 * reach)
    path = []
    for share, own in zip(np.linspace(0, 1, STATIONS), half, strict=True):
        distance = begin + share * max(reach - begin, 1.5 * arm.unit)
        width = _half_width(arm, distance, own, share)
        if distance < 0.45 * arm.length:
            width = min(width, arm.radius(distance) + 2.6 * arm.unit)
        path.append(arm.at(distance) - arm.outwards(distance, side) * width)
    inner = np.array(path)
    return points(inner + (armpit - inner[0]) * _blend(STATIONS)[:, None])
