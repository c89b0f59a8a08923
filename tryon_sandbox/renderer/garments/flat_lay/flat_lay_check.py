"""Whether a garment may be draped: better a flat picture beside the mannequin than a torn one on it."""

from collections.abc import Callable, Collection
from functools import cache, partial

import numpy as np

from tryon_sandbox.renderer.curves import length
from tryon_sandbox.renderer.cutout.backdrop_fit import is_rough
from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.cutout.show_through import colours_away
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.checks import plausible
from tryon_sandbox.renderer.garments.checks.plausible import Marks
from tryon_sandbox.renderer.garments.flat_lay.overlaid import lie_over_one_another
from tryon_sandbox.renderer.garments.flat_lay.sideways import SIDEWAYS, lies_sideways
from tryon_sandbox.renderer.garments.flat_lay.skin import Above, above
from tryon_sandbox.renderer.garments.kinds import accessories
from tryon_sandbox.renderer.garments.kinds.odd_outlines import SEVERAL
from tryon_sandbox.renderer.garments.kinds.recognise import has_waist
from tryon_sandbox.renderer.garments.marks.guessed import OfPart
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.marks.trouser_marks import TrouserMarks
from tryon_sandbox.renderer.raster import Mask, components, resize
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT, Side

Reasons = tuple[tuple[str, Callable[[], bool]], ...]

LEAST_AGREED = 0.86  # with a prior; of 66 photos taken at home, torn cut-outs to 0.84, whole ones from 0.88
AREA = (0.04, 0.85)
MOST_BORDERS = 2
TOUCHING = 0.05  # of an edge that is cloth: something runs out of the picture there
# Of a side edge, where the other side stays inside: a tee of which one sleeve and shorts of which one leg
# were outside 0.27 and 0.33; what reaches both edges lies there by its elbows or cuffs, to 0.27 by 0.23.
CUT_SIDE = 0.10
CUT_NECK = 0.25  # of the picture's upper edge that is cloth: the neck or waist lies outside
CUT_HEM = 0.60  # of its lower edge: the legs lie outside; a hem that only reaches it has to 0.45
# An outline that is so alike on both sides does not lie askew, only its parts were not found: a parka whose
# hood has two lobes 0.03, a dress before a striped wall 0.04; a hat 0.19.
STRAIGHT = 0.08
# Each leg is fitted by itself: jeans of which one lies bent 0.19, and they are worn as well.
MOST_ASYMMETRY, MOST_OF_LEGS = 0.18, 0.24
# Where not even its kind is told: shorts and leggings that lie turned, a tee on its side from 0.11; what lies
# straight to 0.08.
LEAST_BENT = 0.10
MOST_RAGGED = 1.12  # outline by its smoothed self; 42 product photos: whole ones to 1.08, torn from 1.14
MOST_UNSURE = 0.75  # of the outline; white garments on white that are cut out whole reach 0.65
# Contrast along the outline of a plain cut-out from where raggedness is the thing's own, as of shoes on white
# with 0.42, and no tear: torn ones to 0.08.
CLEAR = 0.25
SMOOTHING = 10.0  # pixels at working size
SECOND = 0.12  # the second largest piece by the largest: from here on it is no crumb
HOOK = 0.05  # of the width: what stands up thinner than this in the middle is a hanger's hook
HOOK_HEIGHT = 0.03
# What goes on beyond the picture's upper edge in its middle, so narrow by the width, is a hanger's; collars
# that touch that edge are wider, from 0.19, and straps lie farther aside.
# A collar or cord that only touches it has the cloth's own colour, to 2.7 spreads of that; hangers from 3.9.
BEYOND, BEYOND_ASIDE, OTHER = 0.12, 0.12, 3.3
BEYOND_ROWS, CLOTH = 0.03, (0.30, 0.90)  # of the height: what is compared with what
STILL = 0.05  # of the height: what is as narrow down there is a hook of any colour

UNSEEN = "The garment cannot be told from what is around it."
WORN = "Its upper end has the colour of skin: a person wears it, or a hanger of wood shows."
NO_CLOTH = "What is at its upper end has another colour: a lining, a hat or a hanger."
BENT = "It lies turned or bent: lay it straight, with its upper end up."
UNPLACED = OfPart("Its neck and armholes cannot be made out.")
CUT_OFF = "The garment is cut off by the picture's edge."
HOOK_ON = "Something thin stands up at its upper end: the hook of a hanger, a stand or a strap."


def unread(cutout: Cutout, shape: Silhouette, why: str) -> str:
    """Why an outline without landmarks is none: what is wrong with the picture, or a person, says more."""
    if seen := _first(_of_picture(cutout)):
        return seen
    if not has_waist(shape) and above(cutout, shape) is Above.HEAD:
        return WORN
    return _truer(cutout, shape, why)


def why_not(cutout: Cutout, shape: Silhouette, marks: Marks, known: Collection[str] = ()) -> str:
    """The first reason not to drape this, in plain words, or nothing; none that is `known` to be untrue."""
    said = _first((*_of_picture(cutout), *_of_garment(cutout, shape, marks)))
    if why := said or plausible.why_not(shape, marks, known):
        return _truer(cutout, shape, why)
    if isinstance(marks, TopMarks) and lies_sideways(cutout.mask):
        return SIDEWAYS
    return SEVERAL if lie_over_one_another(cutout) else ""


def _truer(cutout: Cutout, shape: Silhouette, why: str) -> str:
    """That it runs out of the picture, or is several, where its parts are not where they should be."""
    if not isinstance(why, OfPart) and why != plausible.ASKEW:
        return why
    if _runs_out(cutout.mask):
        return CUT_OFF
    if lie_over_one_another(cutout):
        return SEVERAL
    return UNPLACED if why == plausible.ASKEW and _asymmetry(shape) < STRAIGHT else why


def _first(reasons: Reasons) -> str:
    return next((text for text, doubtful in reasons if doubtful()), "")


def is_unseen(cutout: Cutout) -> bool:
    """Whether a prior did not see where it ends."""
    return cutout.agreed < LEAST_AGREED


def _of_picture(cutout: Cutout) -> Reasons:
    area = float(cutout.mask.mean())
    return (
        ("The backdrop is not plain.", lambda: is_rough(cutout.noise, cutout.outliers)),
        (UNSEEN, lambda: is_unseen(cutout)),
        ("The garment is too small or fills the picture.", lambda: not AREA[0] < area < AREA[1]),
        (CUT_OFF, lambda: _is_cut_off(cutout.mask)),
    )


def _of_garment(cutout: Cutout, shape: Silhouette, marks: Marks) -> Reasons:
    upper_end = cache(partial(above, cutout, shape))
    return (
        ("There is more than one thing in the picture.", lambda: _has_second(cutout.mask)),
        ("The garment does not lie symmetrically.", lambda: _lies_askew(shape, marks)),
        (CUT_OFF, lambda: isinstance(marks, TopMarks) and _straps_run_out(cutout.mask, marks)),
        (CUT_OFF, lambda: isinstance(marks, TopMarks) and _side_runs_out(cutout.mask, marks)),
        (WORN, lambda: isinstance(marks, TopMarks) and upper_end() is Above.HEAD),
        (NO_CLOTH, lambda: isinstance(marks, TopMarks) and upper_end() is Above.OTHER),
        (
            "The outline is torn: garment and backdrop are too alike.",
            lambda: (
                cutout.unsure > MOST_UNSURE or (not _is_clear(cutout) and _raggedness(shape) > MOST_RAGGED)
            ),
        ),
        (plausible.NOT_A_GARMENT, lambda: _raggedness(shape) > MOST_RAGGED),
        (HOOK_ON, lambda: _has_hook(shape)),
        (accessories.BAG, lambda: accessories.has_handle(shape)),
        (HOOK_ON, lambda: accessories.is_on_hanger(shape) or _goes_on_above(cutout)),
    )


def _is_clear(cutout: Cutout) -> bool:
    """Whether it was cut out of a plain backdrop that it differs much from."""
    return cutout.contrast > CLEAR and cutout.agreed == 1.0


def _is_cut_off(mask: Mask) -> bool:
    edges = (mask[0], mask[-1], mask[:, 0], mask[:, -1])
    return sum(int(edge.mean() > TOUCHING) for edge in edges) > MOST_BORDERS or bool(
        mask[0].mean() > CUT_NECK or mask[-1].mean() > CUT_HEM
    )


def _straps_run_out(mask: Mask, marks: TopMarks) -> bool:
    """Whether the picture ends before its straps do, or a bag's: they would end above the shoulders.

    A picture that is cut to what it shows ends with that below, too.
    """
    return (marks.straps or marks.halter) and bool(mask[0].any() and not mask[-1].any())


def side_outside(mask: Mask) -> Side | None:
    """The one side that lies outside of the picture alone, if there is such.

    A picture that is cut to what it shows ends with the other side, too.
    """
    shares = {LEFT: float(mask[:, 0].mean()), RIGHT: float(mask[:, -1].mean())}
    side = max(BOTH, key=lambda side: shares[side])
    return side if shares[side] > CUT_SIDE and min(shares.values()) < TOUCHING else None


def _side_runs_out(mask: Mask, marks: TopMarks) -> bool:
    """Whether one side alone lies outside, unless its sleeve is taken from the other one."""
    side = side_outside(mask)
    return side is not None and side not in marks.sleeve_of


def _runs_out(mask: Mask) -> bool:
    """Whether some of it, and be it one sleeve, lies outside: hangers alone run out at the upper edge."""
    return any(float(edge.mean()) > TOUCHING for edge in (mask[-1], mask[:, 0], mask[:, -1]))


def _has_second(mask: Mask) -> bool:
    areas = np.sort(components(mask)[1][1:])
    return len(areas) > 1 and float(areas[-2]) > SECOND * float(areas[-1])


def _has_hook(shape: Silhouette) -> bool:
    """A single thin run in the middle at the very top."""
    rows = range(shape.top, shape.row(HOOK_HEIGHT))
    thin = [
        len(runs) == 1
        and runs[0][1] - runs[0][0] < HOOK * shape.width
        and abs(sum(runs[0]) / 2 - shape.middle) < 0.12 * shape.width
        for runs in (shape.at(y) for y in rows)
        if runs
    ]
    return len(thin) > 4 and float(np.mean(thin)) > 0.8


def _goes_on_above(cutout: Cutout) -> bool:
    """Whether something narrow in its middle that is no cloth is cut off by the picture's upper edge."""
    mask = cutout.mask
    there, columns = np.flatnonzero(mask[0]), np.flatnonzero(mask.any(0))
    if not there.size:
        return False
    width = columns[-1] - columns[0] + 1
    aside = abs(there[0] + there[-1] - columns[0] - columns[-1]) / 2
    narrow = there[-1] - there[0] < BEYOND * width and aside < BEYOND_ASIDE * width
    low = np.flatnonzero(mask[int(STILL * np.count_nonzero(mask.any(1)))])
    still = low.size and low[-1] - low[0] < BEYOND * width
    return bool(narrow and (still or _is_other(cutout, np.s_[there[0] : there[-1] + 1])))


def _is_other(cutout: Cutout, columns: slice) -> bool:
    """Whether what is in these columns at the picture's upper edge is of another colour than the cloth."""
    mask, height = cutout.mask, len(cutout.mask)
    piece, cloth = np.zeros_like(mask), np.zeros_like(mask)
    first = slice(0, max(3, int(BEYOND_ROWS * height)))
    lower = slice(int(CLOTH[0] * height), int(CLOTH[1] * height))
    piece[first, columns], cloth[lower] = mask[first, columns], mask[lower]
    away = colours_away(resize(cutout.rgb, (mask.shape[1], height)), cloth, piece)
    return bool(np.median(away[piece]) > OTHER)


def _lies_askew(shape: Silhouette, marks: Marks) -> bool:
    most = MOST_OF_LEGS if isinstance(marks, TrouserMarks) else MOST_ASYMMETRY
    return _asymmetry(shape) > most


def lies_bent(shape: Silhouette) -> bool:
    """Whether it lies so turned or bent that its kind is not told by its outline for that."""
    return _asymmetry(shape) > LEAST_BENT


def _asymmetry(shape: Silhouette) -> float:
    """Share of the outline's box whose mirror image differs, at the best of a few axes."""
    box = shape.mask[shape.top : shape.bottom + 1]
    area = max(float(box.sum()), 1.0)
    centres = np.linspace(shape.middle - 0.06 * shape.width, shape.middle + 0.06 * shape.width, 9)
    return min(float((box ^ _mirrored(box, float(centre))).sum()) / 2 / area for centre in centres)


def _mirrored(box: Mask, centre: float) -> Mask:
    columns = np.round(2 * centre - np.arange(box.shape[1])).astype(int)
    inside = (columns >= 0) & (columns < box.shape[1])
    return np.asarray(box[:, np.clip(columns, 0, box.shape[1] - 1)] & inside, np.bool_)


def _raggedness(shape: Silhouette) -> float:
    """Length of the outline by the length of the same outline smoothed."""
    reach = np.arange(-30, 31)
    kernel = np.exp(-0.5 * (reach / SMOOTHING) ** 2)
    closed = np.pad(shape.contour, ((30, 30), (0, 0)), mode="wrap")
    ways = [np.convolve(closed[:, axis], kernel / kernel.sum(), "valid") for axis in (0, 1)]
    return length(shape.contour) / max(length(np.stack(ways, 1)), 1.0)
