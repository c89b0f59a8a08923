"""What kind of garment a silhouette is."""

from enum import StrEnum

import numpy as np

from tryon_sandbox.renderer.curves import Numbers, length
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.marks.trouser_marks import ROUND
from tryon_sandbox.renderer.garments.outline import legs, profile, stepping
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT


class Kind(StrEnum):
    """How a garment is fitted; finer than the vendor's three types."""

    TOP = "top"
    DRESS = "dress"
    TROUSERS = "trousers"
    SKIRT = "skirt"


VENDOR_TYPE = {Kind.TOP: "tops", Kind.DRESS: "dresses", Kind.TROUSERS: "bottoms", Kind.SKIRT: "bottoms"}
DRESS_ASPECT = 1.42  # taller than this by its width: a dress, where no landmarks say better
# Armpit to hem by the chest lying flat: a long tee up to 1.6, a sheath to the knee from 1.65 on. What flares
# or is taken in at the waist counts as longer.
DRESS_SIDE, FLARE, WAIST = 1.68, 0.6, 0.8
SLEEVELESS_DRESS_SIDE = 1.55  # a long top on straps 1.51, a straight dress without sleeves 1.59
# From here on the chest of what has neither sleeves nor straps may be what is between two wide straps, or a
# hood over arms that hang down: undershirts and hoodies from 3.4; a gown to the floor 2.5, slim ones more.
UNTOLD_SIDE = 3.2
# With sleeves, between the longest tops and the shortest sheaths: tops to 1.56, but for a coat of 1.60;
# sheaths from 1.62. Of 230 tops and dresses taken at home, three lie between.
UNTOLD_LENGTH = (1.58, 1.66)
UNTOLD = "Whether it is a top or a dress cannot be told: choose its type."
# Long sleeves are a ruler, however wide the chest: from armpit to hem by the seam from armpit to cuff. Tops
# and jackets to 1.10, parkas to 1.27; a coat 1.45, dresses from 1.43. Only where the sides run straight: of a
# short dress with trailing sleeves, 0.97, the waist is 0.96 of what is above or below it.
SIDE_BY_SLEEVE, STRAIGHT = 1.35, 0.98
# Hem by chest of flared dresses. With sleeves: tops to 1.37, dresses from 1.53; without: 1.31 and 1.44.
FLARED, SLEEVELESS_FLARED = 1.5, 1.38
# Without sleeves: width at 65 % of the height by that at 42 %. Tops to 1.17, as they are full below the arms;
# dresses whose skirt spreads from the waist from 1.19. Of a cropped top, that is no higher than its armholes.
SPREADS, SPREADS_FROM = 1.18, 0.42
PEPLUM = 1.3  # from armpit to hem by the chest: to 1.0 what spreads is a peplum, from 1.87 a skirt
# With sleeves, what widens to its hem by so much of the chest: from armpit to hem by the chest, or by the
# sleeve's seam where that is longer. Tops and parkas to 1.23, A-line dresses and robes from 1.38.
A_LINE, A_LINE_SIDE = 1.15, 1.31
TALL = 1.63  # height by width with its sleeves; tops to 1.60, dresses from 1.67
# Legs by the height, and how thick each is by the width at the least: sleeves below a hem are thinner.
LEGS = ((0.50, 0.14), (0.25, 0.25), (0.08, 0.36))
CURVED = 0.85  # a hem whose last rows narrow by more is curved, and these rows say nothing of the sides
VALLEY = 0.04  # of the width
TAPER = 0.22  # a pencil skirt narrows by less than this from its hips on
DIP = 0.15  # of the waist: skirts' upper edges to 0.11; a blouse whose stand-up collar is notched 0.19
HOLLOW = 0.033  # of the width: sides of skirts to 0.023; between shoulder and armpit from 0.044
# Where a skirt whose hem is curved is as wide as it gets: at the hem's corners, in photos from 0.80 of the
# height on, of a drawn circle that sags far 0.66; a sweater whose sleeves lie on it 0.51.
CORNERS = 0.58
SHOULDER_SLOPE = 3.2  # the width of a skirt grows by less than this a step down from its waist


def recognise(shape: Silhouette, given: str = "") -> Kind:
    """The kind of garment; a vendor type that is given decides, and the silhouette only the rest."""
    if given == "tops":
        return Kind.TOP
    if given == "dresses":
        return Kind.DRESS
    if given == "bottoms":
        return Kind.TROUSERS if _may_be_trousers(shape) else Kind.SKIRT
    return _by_shape(shape)


def top_or_dress(shape: Silhouette, marks: TopMarks) -> Kind:
    """Which of both a garment with these landmarks is: a dress goes on below the hips, over a waist."""
    if _is_flared_or_tall(shape, marks):
        return Kind.DRESS
    if _ends_near_cuffs(shape, marks):
        return Kind.TOP
    least = DRESS_SIDE if marks.sleeves else SLEEVELESS_DRESS_SIDE
    return Kind.DRESS if _length(shape, marks) > least else Kind.TOP


def is_untold(shape: Silhouette, marks: TopMarks) -> bool:
    """Whether it is as long as tops and dresses are, or what these landmarks take for the chest may be some
    narrower place above it."""
    if marks.sleeves:
        between = UNTOLD_LENGTH[0] < _length(shape, marks) < UNTOLD_LENGTH[1]
        return between and not _is_flared_or_tall(shape, marks) and not _ends_near_cuffs(shape, marks)
    side = marks.hem_y - _pit(marks)
    return not (marks.straps or marks.halter) and side > UNTOLD_SIDE * marks.chest_width


def side_by_chest(marks: TopMarks) -> float:
    """How long it is from armpit to hem by its chest, however far it flares."""
    return (marks.hem_y - _pit(marks)) / max(marks.chest_width, 1.0)


def _ends_near_cuffs(shape: Silhouette, marks: TopMarks) -> bool:
    """Whether it runs straight down hardly farther than its sleeves, which no dress does."""
    seams = [length(sleeve.inner) for sleeve in marks.sleeves.values()]
    if not seams or marks.hem_y - _pit(marks) > SIDE_BY_SLEEVE * float(np.mean(seams)):
        return False
    return _waist(shape, marks) > STRAIGHT * min(_full_chest(shape, marks), _hem_width(marks))


def _pit(marks: TopMarks) -> float:
    return float(np.mean([marks.armpit[side][1] for side in BOTH]))


def _full_chest(shape: Silhouette, marks: TopMarks) -> float:
    """Between the armpits, or a little below where it is wider there."""
    pit = _pit(marks)
    below = shape.central(pit + 0.15 * (marks.hem_y - pit))
    return max(marks.chest_width, float(below[1] - below[0]) if below is not None else 1.0)


def _hem_width(marks: TopMarks) -> float:
    return float(marks.hem[RIGHT][0] - marks.hem[LEFT][0])


def _is_flared_or_tall(shape: Silhouette, marks: TopMarks) -> bool:
    flared = FLARED if marks.sleeves else SLEEVELESS_FLARED
    if _hem_width(marks) > flared * _full_chest(shape, marks):
        return True
    if marks.sleeves:
        return _is_a_line(marks) or shape.height > TALL * shape.width
    below_arms = _pit(marks) < shape.row(SPREADS_FROM)
    is_long = marks.hem_y - _pit(marks) > PEPLUM * marks.chest_width
    return (
        below_arms
        and is_long
        and profile.width_at(shape, 0.65) > SPREADS * profile.width_at(shape, SPREADS_FROM)
    )


def _is_a_line(marks: TopMarks) -> bool:
    """Whether it widens to a hem far below its armpits, and below the cuffs of its sleeves."""
    seam = float(np.mean([length(sleeve.inner) for sleeve in marks.sleeves.values()]))
    is_long = marks.hem_y - _pit(marks) > A_LINE_SIDE * max(seam, marks.chest_width)
    return is_long and _hem_width(marks) > A_LINE * marks.chest_width


def _waist(shape: Silhouette, marks: TopMarks) -> float:
    """The narrowest place between armpits and hips."""
    pit = _pit(marks)
    rows = (int(pit + share * (marks.hem_y - pit)) for share in np.linspace(0.15, 0.65, 12))
    widths = (float(run[1] - run[0]) for y in rows if (run := shape.central(y)))
    return min(widths, default=_full_chest(shape, marks))


def _length(shape: Silhouette, marks: TopMarks) -> float:
    """From armpit to hem by the chest; what flares or is taken in at the waist counts as longer."""
    chest, hem = _full_chest(shape, marks), _hem_width(marks)
    side, waist = marks.hem_y - _pit(marks), _waist(shape, marks)
    flare, taken_in = max(hem / chest - 1.2, 0.0), max(1 - waist / max(min(chest, hem), 1.0), 0.0)
    return side / chest + FLARE * flare + WAIST * taken_in


def _by_shape(shape: Silhouette) -> Kind:
    below_waist = None if stepping.sleeves_end(shape) else _below_waist(shape)
    if below_waist is not None:
        return below_waist
    return Kind.DRESS if shape.height / shape.width > DRESS_ASPECT else Kind.TOP


def _below_waist(shape: Silhouette) -> Kind | None:
    """Trousers or a skirt, or None for what is worn above."""
    if has_legs(shape) and has_waist(shape):
        return Kind.TROUSERS
    seen = profile.measure(shape)
    if seen.is_like("shorts") or (has_legs(shape) and seen.is_like("trousers")):
        return Kind.TROUSERS
    if _is_skirt(shape, seen) or _flares(shape, seen) or _is_tiered(shape, seen):
        return Kind.SKIRT
    return None


def _may_be_trousers(shape: Silhouette) -> bool:
    found = legs.find(shape)
    return found is not None and found.share > 0.12 and found.thickness > LEGS[0][1]


def has_legs(shape: Silhouette) -> bool:
    """Whether it ends in two legs, rather than in two sleeves that are longer than the body."""
    found = legs.find(shape)
    if found is None:
        return False
    least = next((thick for share, thick in LEGS if found.share > share), 1.0)
    return found.thickness > least


def has_waist(shape: Silhouette) -> bool:
    """Whether it begins with a level edge that is about as wide as what is below."""
    waist = shape.span(shape.row(0.03))
    level, drop = _top_edge(shape)
    return bool(
        waist > 0.45 * shape.span(shape.row(0.30)) and level * shape.width > 0.6 * waist and drop < 0.06
    )


def _is_skirt(shape: Silhouette, seen: profile.Profile) -> bool:
    """A level waist, no shoulders, neither a waist nor an armhole farther down, and no sleeves."""
    waist = shape.span(shape.row(0.05)) / shape.width
    level, middle_drop = _top_edge(shape)
    return bool(
        waist > 0.22
        and middle_drop < 0.035
        and seen.dip < DIP
        and seen.hollow < HOLLOW
        and level > 0.70 * waist
        and _steepest_growth(shape) < SHOULDER_SLOPE
        and not _is_banded(_widths(shape), waist)
        and hangs_like_skirt(shape, 1.0)
    )


def _flares(shape: Silhouette, seen: profile.Profile) -> bool:
    """A skirt whose waist is not level, as it lies on a bed or hangs by clips."""
    waist = shape.span(shape.row(0.05)) / shape.width
    return bool(seen.is_like("skirt") and not _is_banded(_widths(shape), waist) and _in_pieces(shape) < 0.05)


def _is_tiered(shape: Silhouette, seen: profile.Profile) -> bool:
    """A skirt with a level waist whose frills or belt let its sides run in and out, or that is very short."""
    like = seen.is_like("tiered skirt") or seen.is_like("mini skirt")
    return has_waist(shape) and like and _in_pieces(shape) < 0.05


def _in_pieces(shape: Silhouette) -> float:
    """Share of rows in which sleeves part from a body."""
    return float(np.mean([_wide_runs(shape, y) >= 3 for y in range(shape.top, shape.bottom)]))


def hangs_like_skirt(shape: Silhouette, leniency: float) -> bool:
    """Whether its sides run down without an armhole or sleeves; `leniency` from 1 on."""
    widths = _widths(shape)
    low = shape.span(shape.row(0.985))
    has_corners = _widest(widths) > CORNERS
    is_round = has_corners and low < ROUND * shape.width
    counted = 0.9 if has_corners and low < CURVED * shape.span(shape.row(0.93)) else 1.0
    return bool(
        deepest_valley(widths) < VALLEY * leniency
        and (is_round or _narrowing(widths[: int(counted * len(widths))]) < TAPER * leniency)
        and _in_pieces(shape) < 0.05 * leniency
    )


def _widths(shape: Silhouette) -> Numbers:
    return np.array([shape.span(y) for y in range(shape.row(0.01), shape.row(0.97))]) / shape.width


def deepest_valley(widths: Numbers) -> float:
    """Of widths from the top down, how much narrower a place is than what is above and below it."""
    above = np.maximum.accumulate(widths)
    below = np.maximum.accumulate(widths[::-1])[::-1]
    return float((np.minimum(above, below) - widths).max())


def _widest(widths: Numbers) -> float:
    """Where it first is about as wide as it gets, 0 at the top."""
    return float(np.argmax(widths > 0.97 * widths.max())) / len(widths)


def _narrowing(widths: Numbers) -> float:
    return float((np.maximum.accumulate(widths) - widths).max())


def _is_banded(widths: Numbers, waist: float) -> bool:
    """A narrow band on top of something that is soon as wide as it gets: a halter."""
    return bool(waist < 0.45 and widths[int(0.5 * len(widths))] > waist + 0.8 * (widths.max() - waist))


def _top_edge(shape: Silhouette) -> tuple[float, float]:
    """Share of columns that begin at the very top, and how far down the middle column begins."""
    box = shape.mask[shape.top :, shape.left : shape.right + 1]
    starts = np.where(box.any(0), box.argmax(0), box.shape[0])
    return float(np.mean(starts < 0.06 * shape.height)), float(starts[len(starts) // 2] / shape.height)


def _steepest_growth(shape: Silhouette) -> float:
    """By how much it widens near its top at the most, a step down: shoulders slope far more than hips."""
    widths = np.array([shape.span(y) for y in range(shape.row(0.01), shape.row(0.3))])
    step = max(3, int(0.06 * shape.width))
    return float((widths[step:] - widths[:-step]).max(initial=0.0)) / step


def _wide_runs(shape: Silhouette, y: int) -> int:
    return sum(1 for start, end in shape.at(y) if end - start > 0.05 * shape.width)
