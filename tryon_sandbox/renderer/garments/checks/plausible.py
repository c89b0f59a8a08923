"""Whether landmarks can be those of a garment: their order, and proportions that tailoring allows. Here of a
top or dress."""

from collections.abc import Collection

import numpy as np

from tryon_sandbox.renderer.curves import Points, length
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.checks import armhole_signs, folded_sleeves, plausible_bottoms
from tryon_sandbox.renderer.garments.checks.check import CUFFS_DIFFER, Check, in_turn, within
from tryon_sandbox.renderer.garments.checks.hidden_sleeves import hides_sleeves
from tryon_sandbox.renderer.garments.kinds import odd_outlines, one_piece
from tryon_sandbox.renderer.garments.marks import belt_ends
from tryon_sandbox.renderer.garments.marks.guessed import OfPart
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.marks.sleeve_marks import SleeveMarks
from tryon_sandbox.renderer.garments.marks.trouser_marks import SkirtMarks, TrouserMarks
from tryon_sandbox.renderer.garments.outline import profile
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT, Side

# In widths of the chest lying flat, and with wide margins: a fitted knit, an oversized shirt, a kimono.
NARROWEST_NECK, WIDEST_NECK, WIDEST_SLEEVELESS = 0.12, 1.0, 0.78
# A boat neck above a waist, as no skirt has: how much it is drawn in there, and how wide the neck may be.
DRAWN_IN, WIDEST_BOAT = 0.09, 0.88  # 0.12 and 0.83; sides of skirts to 0.06
DIP = 0.08  # how deep a neckline is that hangs between straps, at the least
ARMHOLE = (0.17, 1.25)  # a wide polo shirt with dropped shoulders 0.195
LOW = 0.67  # of the way from shoulder to hem: armpits of cropped jackets to 0.64, folded sleeves from 0.69
# With sleeves that stand off the body for so much of the chest, a cropped jacket 1.11, no sleeve is folded.
STANDING_OFF, LOWEST = 1.0, 0.78
# Where the armpit lies so far below the neck, the shoulder's tip may lie out on a short sleeve that slopes.
BELOW_NECK, ARMHOLE_AT_SLEEVE = 0.25, 0.11
OFF_CENTRE = 0.16
LEAN = 0.07  # of the length: a photo turned by four degrees
TILT = 0.22
HEM = (0.40, 6.0)
BODY = 0.06  # from armpit to hem at the least, as of a bandeau
# The same of what has neither sleeves nor straps: tops from 0.34, a skirt of tiers 0.09.
SLEEVELESS_BODY = 0.25
# A skirt that spreads from its waist, taken for a top off the shoulder with sleeves: neck and hem by the
# chest 0.77 and 0.83, 0.92 of its hull. Of such tops those that fill as much have hems from 0.98.
WIDE_NECK, SMALL_HEM, FULL = 0.66, 0.90, 0.90
SLEEVE = 3.5  # the longest sleeve; of narrow jackets whose sleeves hang down to 3.35
# The longer sleeve by the shorter; by how much they may differ at any rate, in widths of the chest.
SLEEVES_DIFFER, LITTLE = 1.45, 0.12
CUFF = (0.12, 2.0)  # by the armhole
# A swinging top without sleeves, taken for one with sleeves along its sides: how long and wide these are by
# the chest, and how near to the hem they end, by the height. Sleeves as long have cuffs to 0.32.
FLARE_LENGTH, FLARE_CUFF, AT_HEM = 1.2, 0.34, 0.06
FLAT = (0.28, 4.2)  # height by width of anything that is worn
SLENDER = 5.0  # the same of what hangs by straps, which stand up above it: a slip dress to the ankle 4.8
BULGING = 0.975  # outline by its hull: what has neither neckline nor arms is no top

Marks = TopMarks | TrouserMarks | SkirtMarks

ASKEW = "The garment lies askew."
UNALIKE = "The sleeves do not lie alike."
LOW_ARMHOLES = OfPart("The armholes lie too low: its sleeves may lie folded.")
NEITHER = OfPart("Neither a neckline nor sleeves stand out from its outline.")
NOT_A_GARMENT = "The outline is not a garment's."

# Named by what an outline alone looks like: not where the photo shows for sure what it is.
LOOKS_LIKE = frozenset(
    {
        odd_outlines.BACKPACK,
        odd_outlines.DUNGAREES,
        one_piece.NARROWS,
        one_piece.LEGGED,
        plausible_bottoms.PLAIN_CLOTH,
    }
)


def why_not(shape: Silhouette, marks: Marks, known: Collection[str] = ()) -> str:
    """The first thing about these landmarks that no garment has, or nothing.

    What has a reason that is `known` to be untrue is not looked at.
    """
    checks: list[Check] = [
        (NOT_A_GARMENT, lambda: not FLAT[0] < shape.height / shape.width < _longest(marks))
    ]
    if isinstance(marks, TopMarks):
        checks += _of_top(shape, marks)
    elif isinstance(marks, TrouserMarks):
        checks += plausible_bottoms.of_trousers(shape, marks)
    else:
        checks += plausible_bottoms.of_skirt(shape, marks)
    return next((text for text, wrong in checks if text not in known and wrong()), "")


def _of_top(shape: Silhouette, marks: TopMarks) -> list[Check]:
    return [
        (
            NEITHER,
            lambda: _is_bulging(shape) or _spreads_from_waist(shape, marks),
        ),
        (
            OfPart("Neck, arms and hem are not where a garment has them."),
            lambda: not in_turn(shape, _round_top(marks)),
        ),
        (OfPart("The neckline cannot be made out."), lambda: not _neck_fits(shape, marks)),
        (OfPart("The armholes cannot be made out."), lambda: not _armholes_fit(marks)),
        (LOW_ARMHOLES, lambda: _lie_low(marks)),
        (OfPart("The armholes cannot be made out."), lambda: armhole_signs.edges_differ(marks)),
        (armhole_signs.NOT_PARTED, lambda: armhole_signs.is_under_hood(shape, marks)),
        (armhole_signs.NEITHER, lambda: armhole_signs.are_missing(shape, marks)),
        (armhole_signs.NOT_PARTED, lambda: armhole_signs.tips_on_sleeves(shape, marks)),
        (odd_outlines.BACKPACK, lambda: odd_outlines.is_backpack(shape, marks)),
        (odd_outlines.SEVERAL, lambda: odd_outlines.are_things_side_by_side(shape, marks)),
        (ASKEW, lambda: _is_askew(marks)),
        (belt_ends.STICK_OUT, lambda: belt_ends.stick_out(shape, marks)),
        (one_piece.NARROWS, lambda: one_piece.narrows(marks)),
        (odd_outlines.DUNGAREES, lambda: odd_outlines.are_dungarees(shape, marks)),
        (one_piece.LEGGED, lambda: one_piece.ends_in_legs(shape, marks)),
        (OfPart("The hem cannot be made out."), lambda: not _hem_fits(marks)),
        (armhole_signs.NOT_PARTED, lambda: _has_unparted_sleeves(shape, marks)),
        (folded_sleeves.FOLDED, lambda: folded_sleeves.are_folded(shape, marks)),
        (UNALIKE, lambda: not _sleeves_alike(marks)),
        (
            OfPart("The cuffs cannot be made out."),
            lambda: not all(_cuff_fits(marks, side) for side in marks.sleeves),
        ),
    ]


def _longest(marks: Marks) -> float:
    return SLENDER if isinstance(marks, TopMarks) and marks.straps else FLAT[1]


def _chest(marks: TopMarks) -> float:
    return max(marks.chest_width, 1.0)


def _is_bulging(shape: Silhouette) -> bool:
    """Whether it fills its hull: a disc, a box."""
    return profile.solidity(shape) > BULGING


def _spreads_from_waist(shape: Silhouette, marks: TopMarks) -> bool:
    chest = _chest(marks)
    hem = float(marks.hem[RIGHT][0] - marks.hem[LEFT][0])
    wide = marks.neck_width > WIDE_NECK * chest and hem < SMALL_HEM * chest
    return bool(marks.sleeves) and wide and profile.solidity(shape) > FULL


def _round_top(marks: TopMarks) -> list[Points]:
    right = [
        marks.neck[RIGHT],
        marks.shoulder[RIGHT],
        *_cuff(marks, RIGHT),
        marks.armpit[RIGHT],
        marks.hem[RIGHT],
    ]
    left = [marks.neck[LEFT], marks.shoulder[LEFT], *_cuff(marks, LEFT), marks.armpit[LEFT], marks.hem[LEFT]]
    return right + left[::-1]


def _cuff(marks: TopMarks, side: Side) -> list[Points]:
    return [marks.sleeves[side].cuff[0], marks.sleeves[side].cuff[-1]] if marks.sleeves else []


def _neck_fits(shape: Silhouette, marks: TopMarks) -> bool:
    """What is level and as wide as the chest is a waistband, or a bandeau that nothing holds."""
    most = WIDEST_BOAT if profile.measure(shape).valley > DRAWN_IN else WIDEST_SLEEVELESS
    if marks.sleeves or marks.straps or _dips(shape, marks):
        most = WIDEST_NECK
    return within(marks.neck_width / _chest(marks), (NARROWEST_NECK, most))


def _dips(shape: Silhouette, marks: TopMarks) -> bool:
    """Whether the neckline hangs down between what holds it."""
    middle = shape.upper_edge(marks.centre)
    return middle is not None and middle - marks.neck_y > DIP * _chest(marks)


def _armholes_fit(marks: TopMarks) -> bool:
    pit, chest = float(np.mean([marks.armpit[side][1] for side in BOTH])), _chest(marks)
    if _has_neither(marks) and marks.hem_y - pit < SLEEVELESS_BODY * chest:
        return False
    depths = [_depth(marks, side) for side in BOTH]
    if marks.straps:
        return all(depth > ARMHOLE[0] for depth in depths)
    sleeved = ARMHOLE_AT_SLEEVE if pit - marks.neck_y > BELOW_NECK * chest else ARMHOLE[0]
    return all(within(depth, (sleeved if marks.sleeves else 0.08, ARMHOLE[1])) for depth in depths)


def _depth(marks: TopMarks, side: Side) -> float:
    """From shoulder to armpit, by the chest."""
    return float(marks.armpit[side][1] - marks.shoulder[side][1]) / _chest(marks)


def _lie_low(marks: TopMarks) -> bool:
    """Whether the armpits of sleeves lie nearer to the hem than any are."""
    if not marks.sleeves:
        return False
    depth = float(np.mean([_depth(marks, side) for side in BOTH]))
    below = marks.hem_y - float(np.mean([marks.armpit[side][1] for side in BOTH]))
    return depth > _lowest(marks) * (depth + below / _chest(marks))


def _lowest(marks: TopMarks) -> float:
    """How far down an armpit may lie, of the way from shoulder to hem."""
    inner = min(length(sleeve.inner) for sleeve in marks.sleeves.values())
    return LOWEST if inner > STANDING_OFF * _chest(marks) else LOW


def _is_askew(marks: TopMarks) -> bool:
    """Whether neck, chest and hem have different middles, or left and right different heights."""
    chest = _chest(marks)
    middles = [float(ends[LEFT][0] + ends[RIGHT][0]) / 2 for ends in (marks.neck, marks.armpit, marks.hem)]
    tilts = [
        abs(float(ends[LEFT][1] - ends[RIGHT][1])) for ends in (marks.neck, marks.shoulder, marks.armpit)
    ]
    off = max(
        abs(middles[0] - middles[1]), abs(middles[1] - middles[2]) - LEAN * (marks.hem_y - marks.neck_y)
    )
    return off > OFF_CENTRE * chest or max(tilts) > TILT * chest


def _has_neither(marks: TopMarks) -> bool:
    """Neither sleeves nor straps."""
    return not (marks.sleeves or marks.straps or marks.halter)


def _hem_fits(marks: TopMarks) -> bool:
    hem = float(marks.hem[RIGHT][0] - marks.hem[LEFT][0]) / _chest(marks)
    side = min(float(marks.hem[side][1] - marks.armpit[side][1]) for side in BOTH)
    return within(hem, HEM) and side > BODY * _chest(marks)


def _sleeves_alike(marks: TopMarks) -> bool:
    if not marks.sleeves:
        return True
    shorter, longer = sorted(length(sleeve.outer) for sleeve in marks.sleeves.values())
    narrower, wider = sorted(_opening(sleeve) for sleeve in marks.sleeves.values())
    return (
        longer < max(SLEEVES_DIFFER * shorter, shorter + LITTLE * _chest(marks))
        and wider < CUFFS_DIFFER * narrower
    )


def _has_unparted_sleeves(shape: Silhouette, marks: TopMarks) -> bool:
    """Whether sleeves lie on the body, or what was taken for sleeves is the body's flare."""
    if hides_sleeves(shape, marks):
        return True
    if _has_neither(marks) and profile.measure(shape).is_like("hidden sleeves"):
        return True
    return any(_is_flare(shape, marks, side) for side in marks.sleeves)


def _is_flare(shape: Silhouette, marks: TopMarks, side: Side) -> bool:
    own, chest = marks.sleeves[side], _chest(marks)
    low = float(own.cuff[0][1] + own.cuff[-1][1]) / 2
    return (
        length(own.outer) > FLARE_LENGTH * chest
        and _opening(own) > FLARE_CUFF * chest
        and abs(low - marks.hem_y) < AT_HEM * shape.height
    )


def _cuff_fits(marks: TopMarks, side: Side) -> bool:
    armhole = float(np.hypot(*(marks.armpit[side] - marks.shoulder[side])))
    if length(marks.sleeves[side].outer) > SLEEVE * _chest(marks):
        return False
    return within(_opening(marks.sleeves[side]) / max(armhole, 1.0), CUFF)


def _opening(sleeve: SleeveMarks) -> float:
    return float(np.hypot(*(sleeve.cuff[-1] - sleeve.cuff[0])))
