"""What an outline must show of armholes before it is worn with sleeves, or without any."""

import numpy as np

from tryon_sandbox.renderer.curves import length
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.kinds.recognise import deepest_valley
from tryon_sandbox.renderer.garments.marks.guessed import OfPart
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.necks import hood
from tryon_sandbox.renderer.garments.necks.neck_corners import at_kinks
from tryon_sandbox.renderer.garments.outline import profile
from tryon_sandbox.renderer.sides import BOTH, RIGHT, Side

# Of what has neither sleeves nor straps: how hollow its sides are from shoulder to below the armpit, by the
# chest, mean of both; dresses from 0.037, but jeans, skirts and shirts whose sleeves lie flat on them have
# 0.016 to 0.028. Or how much narrower its waist is, by the width; dresses that are less hollow from 0.108,
# jeans to 0.067. Or how deep its neckline hangs; such jeans, skirts and shirts have to 0.072.
HOLLOW, WAIST, DIP = 0.033, 0.09, 0.13
BELOW = 0.25  # of the chest: how far below the armpit a side counts as its armhole's
# How far a shoulder's tip may lie below the neck's corner, by the chest, where less of the sleeve is left
# beyond it than there is before it: shirts, coats and parkas to 0.38, sleeves cut off half way from 0.51.
TIP_DROP = 0.45
# What seems to be a halter's band is a hood where it is wider than the neck below it, by so much of the
# width: a jacket whose sleeves lie on it 0.05, tied bands 0.02.
HOOD = 0.035
# How hollow the sides of what has neither sleeves nor straps are at the most, by the whole width: sleeveless
# tops and dresses to 0.145; where a hood or half a waistband stands up, taken for the neck, from 0.198.
MOST_HOLLOW = 0.17
# How much of the way from the width of its band to that of the chest a halter is wide on the average between
# both, as it bares the shoulders: to 0.36; a jacket with its sleeves on it below a hood 0.43, a scarf around
# the neck of a form 0.50.
HALTER = 0.40

# Both edges of a sleeve are of one length, but for the armhole between them. By the chest, how much longer
# the outer one is than the inner one and the armhole, where that inner one is so short: sleeves to 0.28, the
# swinging sides of a camisole 0.43. How long an inner edge is by the outer one, where this is no cap's:
# sleeves to 1.04, a neckline that was taken for it 2.6.
OUTER_SLACK, HARDLY_INNER, INNER_BY_OUTER, NO_CAP = 0.35, 0.2, 1.4, 0.8

NEITHER = OfPart("Neither armholes nor sleeves stand out from its outline.")
NOT_PARTED = "The sleeves cannot be told from the body."


def are_missing(shape: Silhouette, marks: TopMarks) -> bool:
    """Whether nothing in the outline says that it has no sleeves: it may be trousers, or hide some."""
    if marks.sleeves or marks.straps:
        return False
    if marks.halter:
        return _covers_shoulders(shape, marks)
    seen = profile.measure(shape)
    if seen.hollow > MOST_HOLLOW:
        return True
    if float(np.mean([_hollow(shape, marks, side) for side in BOTH])) > HOLLOW:
        return False
    return seen.valley < WAIST and seen.dip < DIP


def _covers_shoulders(shape: Silhouette, marks: TopMarks) -> bool:
    start, end = (max(float(place[side][1]) for side in BOTH) for place in (marks.shoulder, marks.armpit))
    widths = np.array([shape.span(y) for y in range(int(start) + 2, int(end))])
    if len(widths) < 3:
        return False
    return float(widths.mean() - widths[0]) > HALTER * float(widths[-1] - widths[0])


def _hollow(shape: Silhouette, marks: TopMarks, side: Side) -> float:
    chest = max(marks.chest_width, 1.0)
    start, end = float(marks.shoulder[side][1]) + 1, float(marks.armpit[side][1]) + BELOW * chest
    found = [(y, runs) for y in range(int(start), int(end)) if (runs := shape.at(y))]
    if len(found) < 3:
        return 0.0
    reach = [runs[-1][1] if side is RIGHT else -runs[0][0] for _, runs in found]
    rows = np.array([y for y, _ in found], np.float32)
    return profile.below_hull(rows, np.array(reach, np.float32)) / chest


def tips_on_sleeves(shape: Silhouette, marks: TopMarks) -> bool:
    """Whether the shoulders' tips lie half way down the sleeves, which part from the body too low."""
    if not marks.sleeves or marks.straps or marks.off_shoulder:
        return False
    slim = hood.is_slim(shape, marks)
    neck = (hood.at_foot(shape, marks)[1] if slim else at_kinks(shape, marks)).neck
    return all(_is_on_sleeve(marks, side, neck[side]) for side in BOTH)


def _is_on_sleeve(marks: TopMarks, side: Side, neck: "np.typing.NDArray[np.float64]") -> bool:
    fall = marks.shoulder[side] - neck
    beyond = length(marks.sleeves[side].outer)
    return bool(fall[1] > TIP_DROP * marks.chest_width and beyond < float(np.hypot(*fall)))


def edges_differ(marks: TopMarks) -> bool:
    """Whether what was taken for both edges of a sleeve cannot be sewn together: it hangs by straps."""
    return any(_is_no_tube(marks, side) for side in marks.sleeves)


def _is_no_tube(marks: TopMarks, side: Side) -> bool:
    chest = max(marks.chest_width, 1.0)
    outer, inner = length(marks.sleeves[side].outer), length(marks.sleeves[side].inner)
    armhole = float(np.hypot(*(marks.armpit[side] - marks.shoulder[side])))
    too_long = inner > INNER_BY_OUTER * outer and outer > NO_CAP * chest
    return too_long or (inner < HARDLY_INNER * chest and outer - inner - armhole > OUTER_SLACK * chest)


def is_under_hood(shape: Silhouette, marks: TopMarks) -> bool:
    """Whether a hood, which hangs on shoulders and sleeves, was taken for what holds it by the neck."""
    if not marks.halter:
        return False
    armpits = float(np.mean([marks.armpit[side][1] for side in BOTH]))
    widths = np.array([shape.span(y) for y in range(shape.row(0.01), int(armpits))]) / shape.width
    return len(widths) > 0 and deepest_valley(widths) > HOOD
