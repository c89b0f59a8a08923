"""Whether landmarks can be those of trousers or a skirt: their order, and what tailoring allows."""

import numpy as np

from tryon_sandbox.renderer.curves import Points
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.checks import folded_legs
from tryon_sandbox.renderer.garments.checks.check import CUFFS_DIFFER, Check, in_turn, within
from tryon_sandbox.renderer.garments.kinds.recognise import deepest_valley, hangs_like_skirt
from tryon_sandbox.renderer.garments.marks.guessed import OfPart
from tryon_sandbox.renderer.garments.marks.hem_corners import squared
from tryon_sandbox.renderer.garments.marks.trouser_marks import SkirtMarks, TrouserMarks, leg_runs
from tryon_sandbox.renderer.garments.outline import profile
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT

# From waist to crotch by the width over the hips; jeans 0.6, high waisted and wide 0.9.
RISE = (0.30, 1.25)
LEGS_DIFFER = 0.17  # of the height; each is drawn to the same row
# How far the upper edge of trousers hangs down between its ends, by the width there: waists to 0.08, jeans
# that lie folded to a V 0.38.
FOLDED = 0.20
VALLEY = 0.07  # of the width: trousers have no narrower place below their waist
DOME = 1.5  # by how much a level waist can grow within a few rows at the most
# A scarf laid double is no trousers: how long it is by its width above where it parts, and how wide each end
# is half way down by that. Trousers to 2.94 and, wide ones of another cut, to 0.61; a scarf 3.82 and 0.68.
LONG, STRIP = 3.3, 0.62
LENIENT = 2.5  # a given type is believed unless the outline is far from it
# By how much a skirt widens below its waist, and farther down. A full circle 1.25, a shirt with its arms down
# 1.40; skirts to 1.45, a jacket below its hood 1.66.
SHOULDERS, SHOULDERS_BELOW = 1.32, 1.55
NO_WAIST = 0.97  # waist by the greatest width: no skirt is as straight as a towel
# Its narrowest rows by its widest ones, but for a few: of a folded scarf 0.966, of skirts in photos to 0.81,
# of the straightest that are drawn 0.958.
AS_WIDE = 0.96

HAS_WAIST = "It narrows and widens again above its legs, as jumpsuits do."
PLAIN_CLOTH = "It is a plain rectangle, as a folded scarf or a towel is."


def of_trousers(shape: Silhouette, marks: TrouserMarks) -> list[Check]:
    """What trousers must have, in the order in which it is said."""
    return [
        (
            OfPart("Waist, crotch and hems are not where trousers have them."),
            lambda: not in_turn(shape, _round_trousers(marks)),
        ),
        (OfPart("The waist cannot be made out."), lambda: profile.measure(shape).dip > FOLDED),
        (HAS_WAIST, lambda: _has_waist_below(shape)),
        (OfPart("The crotch cannot be made out."), lambda: not within(_rise(shape, marks), RISE)),
        ("It looks like a scarf.", lambda: _is_strip(shape, marks)),
        (folded_legs.FOLDED, lambda: folded_legs.are_folded(shape)),
        ("The legs do not lie alike.", lambda: not _legs_alike(shape, marks)),
    ]


def of_skirt(shape: Silhouette, marks: SkirtMarks) -> list[Check]:
    """The same of a skirt."""
    waist, hem = (float(ends[RIGHT][0] - ends[LEFT][0]) for ends in (marks.waist, marks.hem))
    drop = float(marks.hem[LEFT][1] - marks.waist[LEFT][1])
    return [
        (
            OfPart("The outline is not a skirt's."),
            lambda: min(waist, hem) < 0.15 * shape.width or _has_shoulders(shape),
        ),
        (PLAIN_CLOTH, lambda: _is_rectangle(shape)),
        (
            OfPart("The waist cannot be made out."),
            lambda: waist > NO_WAIST * shape.width or _is_domed(shape, waist),
        ),
        (OfPart("The outline is not a skirt's."), lambda: not hangs_like_skirt(shape, LENIENT)),
        (OfPart("The hem cannot be made out."), lambda: drop < 0.4 * shape.height),
    ]


def _round_trousers(marks: TrouserMarks) -> list[Points]:
    right = [marks.waist[RIGHT], marks.outer[RIGHT], marks.inner[RIGHT]]
    left = [marks.inner[LEFT], marks.outer[LEFT], marks.waist[LEFT]]
    return [*right, marks.crotch, *left]


def _rise(shape: Silhouette, marks: TrouserMarks) -> float:
    waist, fork = float(marks.waist[LEFT][1]), float(marks.crotch[1])
    return (fork - waist) / max(marks.hips(shape), 1.0)


def _is_strip(shape: Silhouette, marks: TrouserMarks) -> bool:
    """Whether it is far longer than wide, and its ends hardly narrower than what they part from."""
    hips, fork = marks.hips(shape), float(marks.crotch[1])
    hem = float(np.mean([marks.inner[side][1] for side in BOTH]))
    if hem - float(np.mean([marks.waist[side][1] for side in BOTH])) < LONG * hips:
        return False
    ends = (leg_runs(shape, (fork + hem) / 2, side, float(marks.crotch[0])) for side in BOTH)
    return all(runs and runs[-1][1] - runs[0][0] > STRIP * hips for runs in ends)


def _has_waist_below(shape: Silhouette) -> bool:
    """Whether its upper half narrows and widens again; knees, which do so too, are in the lower half."""
    widths = [shape.span(y) for y in range(shape.row(0.01), shape.row(0.5))]
    return deepest_valley(np.array(widths) / shape.width) > VALLEY


def _has_shoulders(shape: Silhouette) -> bool:
    seen = profile.measure(shape)
    return seen.slope > SHOULDERS or seen.spread > SHOULDERS_BELOW


def _is_rectangle(shape: Silhouette) -> bool:
    """Whether it is as wide at its upper end as anywhere below."""
    widths = [shape.span(y) for y in range(shape.row(0.01), shape.row(0.97))]
    narrow, wide = np.percentile(widths, (5, 95))
    return bool(narrow > AS_WIDE * wide)


def _is_domed(shape: Silhouette, waist: float) -> bool:
    """Whether it is rounded at the top, where a waist would be level."""
    return shape.span(shape.row(0.05)) > DOME * max(waist, 1.0)


def _legs_alike(shape: Silhouette, marks: TrouserMarks) -> bool:
    marks = squared(shape, marks)
    lower = abs(float(marks.inner[LEFT][1] - marks.inner[RIGHT][1]))
    hems = [abs(float(marks.outer[side][0] - marks.inner[side][0])) for side in BOTH]
    return lower < LEGS_DIFFER * shape.height and max(hems) < CUFFS_DIFFER * max(min(hems), 1.0)
