"""Where the landmarks of a top or dress come to lie on a body, and how large the cloth is drawn."""

from dataclasses import dataclass, field

import numpy as np

from tryon_sandbox.renderer.curves import Points, length, points
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.kinds.recognise import Kind
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.necks import standing
from tryon_sandbox.renderer.scene.body import Body
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT, Side

TAUT = 1.5  # pixels that cloth sits above the skin of the shoulder
# Flat cloth is drawn narrower than it is, as it goes round the body, but hardly shorter.
LONGER_TOP, LONGER = 0.98, 1.08
BARED_CM = 6.5  # above the armpit, where the upper edge of an off-shoulder top goes round the arms
ARMPIT_CM = (-1.9, 8.6)  # from the shoulder's joint, outwards and down
HANGING = 0.35  # radians that a hanging arm stands off
NECK_TO_WAIST_CM = 41.0  # from the neck corner of the adult
EDGE_TO_WAIST_CM = 21.0  # from the edge of what begins at the chest
LEAST_BY_WAIST, MOST_BY_WAIST = 0.72, 1.1  # of the usual length: a raised waistline makes no giant's dress
SHORTEST_TOP_CM = 20.0
# Below the joint of the hip: how far tops hang, the share that counts of what is longer, and the most.
USUAL_HEM_CM, LONG_SHARE, LONGEST_TOP_CM = 2.5, 0.4, 12.0
# A top that is no cropped one, by the chest lying flat from shoulder or neck to hem, is drawn down towards
# the hip bone (so far above the joint), by as much of its length at the most: cut wide, or for a child, it
# would end at the waist. Without sleeves the shorter ones by less: flat, a chest is half as wide again as a
# wearer's front, so that a knitted vest of 1.01 would end below the bust.
CROPPED, DRAWN_DOWN, HIP_BONE_CM = 0.85, 1.30, 4.0
DRAWN_SLEEVELESS = ((0.75, 1.05), (1.0, DRAWN_DOWN))
# A collar that stands up: half its width at the top at the most, how far its foot lies beyond that at the
# least, and how far above the chin it reaches at the most, beside the jaw.
STANDING_HALF_CM, FOOT_BEYOND_CM, ABOVE_CHIN_CM = 7.5, 0.8, 1.5
# Long sleeves are a ruler, however wide the chest: from neck to hem by the way from neck to cuff, which
# covers the wearer's arm. Cropped tops 0.57 to 0.66, drawn no longer than that; others from 0.73. Coats from
# 1.07, drawn as long, where that way is so long by the chest that it leads to the wrist: from 1.71.
CROPPED_BY_ARM, COAT_BY_ARM, TO_WRIST = 0.70, 1.05, 1.65
CUT_IN = 0.93  # a waist is narrower than this share of chest and hem


@dataclass(frozen=True, slots=True)
class Anchors:
    """Places on the body by side, in picture pixels.

    `scale` and `stretch` are picture pixels per mask pixel, across and down. `foot`: where a collar that
    stands up meets the shoulders; empty where none does.
    """

    shoulder: dict[Side, Points]
    armpit: dict[Side, Points]
    neck: dict[Side, Points]
    hem_y: float
    scale: float
    stretch: float
    foot: dict[Side, Points] = field(default_factory=dict)


def place(shape: Silhouette, marks: TopMarks, body: Body, kind: Kind) -> Anchors:
    """Anchors for this garment on this body."""
    joints = {side: body.joint("shoulder", side) for side in BOTH}
    shoulder = {
        side: _on_shoulder(body, float(joints[side][0]) + side.sign * 0.9 * body.unit) for side in BOTH
    }
    armpit = {side: _armpit(body, side) for side in BOTH}
    if marks.straps and marks.sleeves:
        return _cold_shoulder(shape, marks, body, kind, armpit)
    if marks.off_shoulder:
        return _off_shoulder(shape, marks, body, kind, armpit)
    if marks.sleeves:
        scale = _sleeved_scale(marks, shoulder)
        armpit = {side: _lowered(armpit[side], marks, side, scale, body) for side in BOTH}
    else:
        scale = _sleeveless_scale(marks, armpit, body)
        shoulder, armpit = _sleeveless(marks, shoulder, armpit, scale, body)
    stretch = _stretch(shape, marks, scale, kind, body)
    neck = {side: _neck(marks, side, shoulder, scale, body) for side in BOTH}
    hem = _hem(marks, shoulder if marks.sleeves else neck, stretch, kind, body)
    if kind is Kind.TOP and marks.sleeves:
        hem = _measured_by_arm(hem, marks, neck, shoulder, body)
    neck, foot = _stood_up(shape, marks, neck, shoulder, scale, body)
    return Anchors(shoulder, armpit, neck, hem, scale, stretch, foot)


def _measured_by_arm(
    hem: float, marks: TopMarks, neck: dict[Side, Points], shoulder: dict[Side, Points], body: Body
) -> float:
    """The row for the hem of a cropped top, whose sleeves are far longer than its trunk, or of a coat, whose
    trunk is longer; of others as given."""
    share = marks.trunk_by_sleeve
    is_long = not marks.to_elbows and marks.to_cuff > TO_WRIST * marks.chest_width
    is_coat = share > COAT_BY_ARM and is_long
    if share > CROPPED_BY_ARM and not is_coat:
        return hem
    joints = [
        (neck[side], shoulder[side], body.joint("elbow", side), body.joint("wrist", side)) for side in BOTH
    ]
    arm = float(np.mean([length(points(np.array(way))) for way in joints]))
    row = float(np.mean([neck[side][1] for side in BOTH])) + max(share * arm, SHORTEST_TOP_CM * body.unit)
    return min(max(hem, row), _lowest_hem(body)) if is_coat else min(hem, row)


def _lowest_hem(body: Body) -> float:
    return float(body.joints["ankleR"][1] - 2 * body.unit)


def _armpit(body: Body, side: Side) -> Points:
    """Below the joint and a little inwards; a raised arm takes it half the way with it."""
    shoulder = body.joint("shoulder", side)
    across, down = body.joint("elbow", side) - shoulder
    raised = max(float(np.arctan2(side.sign * across, down)) - HANGING, 0) / 2
    turn = np.array([[np.cos(raised), np.sin(raised)], [-np.sin(raised), np.cos(raised)]])
    inwards, below = turn @ np.array(ARMPIT_CM)
    return points(shoulder + points([side.sign * inwards, below]) * body.unit)


def _off_shoulder(
    shape: Silhouette, marks: TopMarks, body: Body, kind: Kind, armpit: dict[Side, Points]
) -> Anchors:
    """The upper edge runs level: round the upper arms where there are sleeves, else round the chest."""
    scale = _sleeveless_scale(marks, armpit, body)
    level = float(armpit[LEFT][1] + armpit[RIGHT][1]) / 2 - (BARED_CM if marks.sleeves else 0.5) * body.unit
    edge = body.outline if marks.sleeves else body.edge
    shoulder = {side: points([edge(level, side) + side.sign * 0.6 * body.unit, level]) for side in BOTH}
    middle, reach = body.centre(level), marks.neck_width * scale / 2
    neck = {side: points([middle + side.sign * reach, level]) for side in BOTH}
    for side in BOTH:
        limit = float(shoulder[side][0]) - side.sign * 1.5 * body.unit
        neck[side][0] = side.sign * min(side.sign * float(neck[side][0]), side.sign * limit)
    stretch = _stretch(shape, marks, scale, kind, body)
    if not marks.sleeves:
        armpit = {side: _below_edge(marks, side, level, scale, body) for side in BOTH}
    return Anchors(shoulder, armpit, neck, _hem(marks, neck, stretch, kind, body), scale, stretch)


def _below_edge(marks: TopMarks, side: Side, level: float, scale: float, body: Body) -> Points:
    """Where what would be an armpit lies on the side of a chest, as far below the edge as in the photo."""
    y = level + float(marks.armpit[side][1] - marks.shoulder[side][1]) * scale
    return points([body.edge(y, side) + side.sign * 0.5 * body.unit, y])


def _cold_shoulder(
    shape: Silhouette, marks: TopMarks, body: Body, kind: Kind, armpit: dict[Side, Points]
) -> Anchors:
    """Straps over the shoulders, and sleeves that begin below them."""
    scale = _sleeveless_scale(marks, armpit, body)
    middle, reach = float(body.joints["neck"][0]), marks.neck_width * scale / 2
    tip = {side: float(body.joint("shoulder", side)[0]) - side.sign * 3 * body.unit for side in BOTH}
    neck = {
        side: _on_shoulder(
            body, side.sign * min(side.sign * (middle + side.sign * reach), side.sign * tip[side])
        )
        for side in BOTH
    }
    shoulder = {}
    for side in BOTH:
        fall = float(marks.shoulder[side][1] - marks.neck[side][1]) * scale
        level = min(float(neck[side][1]) + fall, float(armpit[side][1]) - 4 * body.unit)
        shoulder[side] = points([body.outline(level, side) + side.sign * 0.6 * body.unit, level])
    stretch = _stretch(shape, marks, scale, kind, body)
    return Anchors(shoulder, armpit, neck, _hem(marks, shoulder, stretch, kind, body), scale, stretch)


def _on_shoulder(body: Body, x: float) -> Points:
    return points([x, body.shoulder_line(x) - TAUT])


def _sleeved_scale(marks: TopMarks, shoulder: dict[Side, Points]) -> float:
    span = float(shoulder[RIGHT][0] - shoulder[LEFT][0])
    own = float(marks.shoulder[RIGHT][0] - marks.shoulder[LEFT][0])
    return span * 1.02 / max(own, marks.chest_width * 0.98)


def _lowered(armpit: Points, marks: TopMarks, side: Side, scale: float, body: Body) -> Points:
    """A sleeve that lies against the body shows its gap only farther down."""
    depth = float(marks.armpit[side][1] - marks.shoulder[side][1])
    extra = np.clip((depth - 0.50 * marks.chest_width) * scale, 0, 14 * body.unit)
    return armpit + points([0, extra])


def _sleeveless_scale(marks: TopMarks, armpit: dict[Side, Points], body: Body) -> float:
    chest = body.width(float(armpit[LEFT][1]) + 3 * body.unit)
    return chest * 1.03 / max(marks.chest_width, 1.0)


def _sleeveless(
    marks: TopMarks, shoulder: dict[Side, Points], armpit: dict[Side, Points], scale: float, body: Body
) -> tuple[dict[Side, Points], dict[Side, Points]]:
    middle = float(shoulder[LEFT][0] + shoulder[RIGHT][0]) / 2
    half = float(shoulder[RIGHT][0] - shoulder[LEFT][0]) / 2
    own_middle = float(marks.shoulder[LEFT][0] + marks.shoulder[RIGHT][0]) / 2
    tips: dict[Side, Points] = {}
    pits: dict[Side, Points] = {}
    for side in BOTH:
        reach = min(abs(float(marks.shoulder[side][0]) - own_middle) * scale, half * 0.93)
        tips[side] = _on_shoulder(body, middle + side.sign * max(reach, 6.0 * body.unit))
        y = float(armpit[side][1])
        pits[side] = points([body.edge(y, side) + side.sign * 0.5 * body.unit, y])
    return tips, pits


def _stretch(shape: Silhouette, marks: TopMarks, scale: float, kind: Kind, body: Body) -> float:
    """How tall the cloth is drawn: a dress with a waist is as long as brings its waist to the wearer's."""
    if kind is Kind.TOP:
        return scale * (LONGER_TOP if marks.sleeves else LONGER)
    usual = scale * LONGER
    waist = _waist_row(shape, marks)
    if waist is None:
        return usual
    to_waist = EDGE_TO_WAIST_CM if marks.off_shoulder and not marks.sleeves else NECK_TO_WAIST_CM
    fitting = to_waist * body.unit / max(waist - marks.neck_y, 1.0)
    return float(np.clip(fitting, LEAST_BY_WAIST * usual, MOST_BY_WAIST * usual))


def _waist_row(shape: Silhouette, marks: TopMarks) -> float | None:
    """The row in the middle of the narrowest stretch between armpits and hips, if it is a waist."""
    start = max(float(marks.armpit[side][1]) for side in BOTH)
    drop = marks.hem_y - start
    rows = np.arange(start + 0.08 * drop, start + 0.55 * drop)
    if len(rows) < 8:
        return None
    spans = np.array([run[1] - run[0] if (run := shape.central(y)) else np.inf for y in rows])
    hem = float(marks.hem[RIGHT][0] - marks.hem[LEFT][0])
    if spans.min() > min(marks.chest_width, hem) * CUT_IN:
        return None
    return float(np.median(rows[spans <= spans.min() * 1.02]))


def _neck(marks: TopMarks, side: Side, shoulder: dict[Side, Points], scale: float, body: Body) -> Points:
    unit, neck = body.unit, body.joints["neck"]
    width = float(np.clip(marks.neck_width * scale, 11.2 * unit, 26 * unit))
    wanted = float(neck[0]) + side.sign * width / 2
    limit = float(shoulder[side][0]) - side.sign * 2.0 * unit
    x = side.sign * min(side.sign * wanted, side.sign * limit)
    y = body.shoulder_line(x) - TAUT
    if abs(y - neck[1]) > 9 * unit or y < body.joints["chin"][1]:
        y = float(neck[1]) - 3.5 * unit
    return points([x, y])


def _stood_up(
    shape: Silhouette,
    marks: TopMarks,
    neck: dict[Side, Points],
    shoulder: dict[Side, Points],
    scale: float,
    body: Body,
) -> tuple[dict[Side, Points], dict[Side, Points]]:
    """Neck corners raised to the top of a collar that stands up, and its feet; without one, as given."""
    collar = standing.find(shape, marks)
    if not collar:
        return neck, {}
    middle = float(neck[LEFT][0] + neck[RIGHT][0]) / 2
    rise = float(np.mean([one.rise for one in collar.values()])) * scale
    highest = float(body.joints["chin"][1]) - ABOVE_CHIN_CM * body.unit
    tops, feet = {}, {}
    for side in BOTH:
        half = min(abs(float(neck[side][0]) - middle), STANDING_HALF_CM * body.unit)
        x = middle + side.sign * half
        top = _on_shoulder(body, x)
        tops[side] = points([x, max(float(top[1]) - rise, highest)])
        beyond = max(collar[side].spread * scale, FOOT_BEYOND_CM * body.unit)
        tip = abs(float(shoulder[side][0]) - middle)
        feet[side] = _on_shoulder(body, middle + side.sign * min(half + beyond, (half + tip) / 2))
    return tops, feet


def _hem(marks: TopMarks, top: dict[Side, Points], stretch: float, kind: Kind, body: Body) -> float:
    """Counted from the shoulders where there are sleeves: a hood or a tall collar makes no longer trunk."""
    start = float(top[LEFT][1] + top[RIGHT][1]) / 2
    own = marks.shoulder if marks.sleeves else marks.neck
    trunk = marks.hem_y - float(own[LEFT][1] + own[RIGHT][1]) / 2
    wanted = start + trunk * stretch
    hip = float(body.joints["hipR"][1])
    if kind is Kind.TOP:
        longer = start + _drawn_down(marks, trunk) * trunk * stretch
        wanted = max(wanted, min(hip - HIP_BONE_CM * body.unit, longer))
        least = max(float(body.joints["neck"][1]), start) + SHORTEST_TOP_CM * body.unit
        return max(least, _above_thighs(wanted, hip, body.unit))
    return float(np.clip(wanted, body.shortest_hem, _lowest_hem(body)))


def _drawn_down(marks: TopMarks, trunk: float) -> float:
    """By how much of its length a top may be drawn longer."""
    by_chest = trunk / max(marks.chest_width, 1.0)
    if marks.sleeves:
        return DRAWN_DOWN if by_chest > CROPPED else 1.0
    return float(np.interp(by_chest, *DRAWN_SLEEVELESS))


def _above_thighs(wanted: float, hip: float, unit: float) -> float:
    """Tops end at the hip bone; one that is cut longer hangs lower, but by less than flat cloth would."""
    below = wanted - hip - USUAL_HEM_CM * unit
    return wanted if below < 0 else hip + min(USUAL_HEM_CM * unit + below * LONG_SHARE, LONGEST_TOP_CM * unit)
