"""Reading an outline: its kind and landmarks, and what a look at the photo says against them."""

from collections.abc import Callable
from dataclasses import replace

from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments import seen_sleeves
from tryon_sandbox.renderer.garments.checks import armhole_signs, folded_legs, plausible, plausible_bottoms
from tryon_sandbox.renderer.garments.checks.plausible import LOOKS_LIKE, Marks
from tryon_sandbox.renderer.garments.flat_lay import flat_lay_check
from tryon_sandbox.renderer.garments.flat_lay.flat_lay_check import unread, why_not
from tryon_sandbox.renderer.garments.kinds import accessories, odd_outlines, one_piece
from tryon_sandbox.renderer.garments.kinds.likely import NAMED, NAMES, NOT_WORN, TOPS, Likely
from tryon_sandbox.renderer.garments.kinds.recognise import (
    UNTOLD,
    VENDOR_TYPE,
    Kind,
    has_legs,
    has_waist,
    is_untold,
    recognise,
    side_by_chest,
    top_or_dress,
)
from tryon_sandbox.renderer.garments.marks import guessed, landmarks, trouser_marks
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.marks.trouser_marks import TrouserMarks
from tryon_sandbox.renderer.garments.networks.learned_kind import Thing
from tryon_sandbox.renderer.garments.outline import clips, hanging_ties, legs, profile
from tryon_sandbox.renderer.garments.read_as import Reading
from tryon_sandbox.renderer.garments.sleeves import laid_sleeves, one_sided, sleeve_seams, touching_sleeves
from tryon_sandbox.renderer.raster import Floats, luma, resize

# Of the width: how hollow the sides are between shoulder and armpit of what is read as sleeveless at last;
# vests and camisoles from 0.065, a backpack 0.041. Or how much narrower its waist is; a dress 0.12, that
# backpack 0.01.
ARMHOLE, WAIST = 0.053, 0.09
LEGGED = 2.0  # height by width: skirts that were doubted 0.72 and 1.09, trousers whose flares touch 2.72
IN_LEGS = "It looks like a jumpsuit: it ends in two legs."
# What an outline is said to look like, which is not said where the photo shows hardly any of that.
NAMED_BY_OUTLINE = {
    IN_LEGS: (Thing.JUMPSUIT,),
    one_piece.NARROWS: (Thing.SWIMWEAR,),
    one_piece.LEGGED: (Thing.JUMPSUIT,),
    plausible_bottoms.HAS_WAIST: (Thing.JUMPSUIT,),
}
OF_SLEEVES = frozenset({armhole_signs.NOT_PARTED, seen_sleeves.SLEEVES, laid_sleeves.UNREAD})
NO_GARMENT = "It does not look like one garment by itself."
OF_BOTTOMS = "Whether it is trousers or a skirt cannot be told from its outline."
# What was found in the photo by name, whatever else it is like.
FOUND = frozenset({*NAMES.values(), accessories.BAG, odd_outlines.BACKPACK})
HATS = {Kind.TOP: "hat", Kind.DRESS: "hat", Kind.TROUSERS: "hat with flaps"}  # what may be taken for it


def read_likely(cutout: Cutout, whole: Silhouette, given: str, likely: Likely) -> Reading:
    """By the outline without what hangs out of it, unless the photo shows something else for sure."""
    whole = hanging_ties.without(whole)
    if not given and (name := likely.other(NOT_WORN)):
        return Reading(recognise(whole), whole, None, name)
    found = _of_likely_kind(_reading(cutout, whole, given), cutout, whole, given, likely)
    found = seen_sleeves.agreed(_with_length(found, likely), cutout, whole, likely)
    if given:
        return found
    found = _without_skirt(found, cutout, whole, likely)
    if found.doubt:
        why = guessed.of_part(found.doubt) if likely.shows_parts_of(found.kind) else found.doubt
        why = _told(why, likely)
        if why == guessed.UNTOLD and found.shape and likely.is_worn and flat_lay_check.lies_bent(found.shape):
            why = flat_lay_check.BENT
        return replace(found, doubt=why)
    return replace(found, doubt=_untold(found, likely))


def _of_likely_kind(found: Reading, cutout: Cutout, whole: Silhouette, given: str, likely: Likely) -> Reading:
    """As what the photo shows for sure; or as what it most likely shows, where the outline is one of such."""
    sure, favoured = (
        kind if kind and given in ("", VENDOR_TYPE[kind]) else None for kind in (likely.kind, likely.favoured)
    )
    if sure and (found.doubt or _is_mistaken(found.kind, sure) or likely.speaks_against(found.kind)):
        return _reading(cutout, whole, given, sure)
    if favoured is Kind.TOP and _is_short_sleeved_dress(found, likely):
        return found
    if favoured is Kind.SKIRT and found.kind is Kind.TROUSERS and not found.doubt:
        return found  # its hem parts in two, as no skirt's does in front that is not sure to be one
    if favoured and not sure and (found.doubt or likely.rather(found.kind)):
        other = _reading(cutout, whole, given, favoured)
        if favoured is Kind.TROUSERS and not (other.doubt or likely.tells_length or _shows_legs(whole)):
            return replace(other, doubt=folded_legs.FOLDED)  # jeans folded to a square were worn as shorts
        return found if other.doubt else other
    if not given and found.doubt and likely.is_rather_skirt and _ends_in_no_legs(whole):
        other = _reading(cutout, whole, given, Kind.SKIRT)
        return found if other.doubt else other
    if given or found.doubt or not (higher := likely.higher(found.kind)):
        return found
    other = _reading(cutout, whole, given, higher)  # a dress that hangs from the hips is worse than none
    return replace(found, doubt=guessed.UNTOLD) if other.doubt else other


def _shows_legs(whole: Silhouette) -> bool:
    """Whether its outline parts in two, be it a notch in the hem."""
    return legs.find(legs.hems_apart(whole)) is not None


def _ends_in_no_legs(whole: Silhouette) -> bool:
    """Whether what hangs from the hips is none of trousers whose legs touch, which are longer."""
    return whole.height < LEGGED * whole.width and not has_legs(whole)


def _without_skirt(found: Reading, cutout: Cutout, whole: Silhouette, likely: Likely) -> Reading:
    """A top, where what was read as a dress is too short for one."""
    if found.kind is not Kind.DRESS or found.doubt or not isinstance(found.marks, TopMarks):
        return found
    if not likely.is_short_for_dress(side_by_chest(found.marks)) or likely.speaks_against(Kind.TOP):
        return found
    other = seen_sleeves.agreed(_reading(cutout, whole, "", Kind.TOP), cutout, whole, likely)
    return found if other.doubt else other


def _is_short_sleeved_dress(found: Reading, likely: Likely) -> bool:
    """Whether its outline is a dress's, and its sleeves are short: coats, as long, have long ones."""
    has_short = isinstance(found.marks, TopMarks) and (
        seen_sleeves.are_short(found.marks) or likely.ends_at_elbow
    )
    return found.kind is Kind.DRESS and has_short and not found.doubt


def _told(doubt: str, likely: Likely) -> str:
    """What the photo shows for sure in place of this doubt, or no name or part that it speaks against."""
    if doubt == flat_lay_check.UNSEEN and likely.other(0) == NAMES[Thing.OTHER]:
        return doubt  # that what was cut out, as a print, is no garment says nothing of the whole
    if name := likely.other(NAMED):
        return name
    if likely.is_unworn and doubt not in FOUND | NAMED_BY_OUTLINE.keys():
        return NO_GARMENT
    if doubt in OF_SLEEVES and likely.is_sleeveless and likely.is_top_or_dress:
        return flat_lay_check.UNPLACED
    is_untrue = likely.denies(NAMED_BY_OUTLINE.get(doubt, ())) or (
        doubt in OF_SLEEVES and likely.is_bottom  # of what hangs from the hips nobody asks for sleeves
    )
    if not is_untrue and doubt != guessed.UNTOLD:
        return doubt
    return OF_BOTTOMS if likely.is_bottom and likely.favoured is None else guessed.UNTOLD


def _untold(found: Reading, likely: Likely) -> str:
    """That the photo shows something else than the outline, or too little for sure, or nothing."""
    kind, marks = found.kind, found.marks
    if likely.unworn:
        return likely.unworn
    if likely.speaks_against(kind):
        is_either = likely.may_be_other(kind) or (kind in TOPS and likely.is_top_or_dress)
        return UNTOLD if is_either else guessed.UNTOLD
    if kind is Kind.DRESS and likely.shows_nothing:
        return guessed.UNTOLD
    if kind is Kind.SKIRT and likely.is_rather_trousers:
        return OF_BOTTOMS
    if other := _closed_between_legs(found, likely):
        return other
    is_open = isinstance(marks, TopMarks) and likely.leaves_open(kind, side_by_chest(marks))
    return UNTOLD if is_open else ""


def _closed_between_legs(found: Reading, likely: Likely) -> str:
    """Why what was read as a top, and is none for sure, is a bodysuit or romper; or nothing."""
    if found.kind is not Kind.TOP or not isinstance(found.marks, TopMarks) or found.shape is None:
        return ""
    return one_piece.why_no_top(found.shape, found.marks) if likely.may_be_no(Kind.TOP) else ""


def _with_length(found: Reading, likely: Likely) -> Reading:
    if not isinstance(found.marks, TrouserMarks):
        return found
    to_knee = likely.may_be_shorts and found.marks.reach_knee(found.shape)
    return replace(found, marks=replace(found.marks, are_short=to_knee or likely.are_shorts))


def _is_mistaken(kind: Kind, sure: Kind) -> bool:
    """Whether it was read as another kind; tops and dresses are too alike for one to be read as the other."""
    return kind is not sure and {kind, sure} != TOPS


def _reading(cutout: Cutout, whole: Silhouette, given: str, sure: Kind | None = None) -> Reading:
    is_known = given or (sure or "")
    try:
        kind, shape, marks = read(whole, cutout.rgb, given, sure)
    except ValueError as why:
        doubt = guessed.told(unread(cutout, whole, why.args[0]), is_known)
        return Reading(sure or recognise(whole, given), whole, None, doubt)
    doubt = guessed.told(why_not(cutout, shape, marks, LOOKS_LIKE if sure else ()), is_known)
    if cutout.by_shoulders and not is_known and not isinstance(marks, TopMarks):
        doubt = doubt or guessed.UNTOLD  # sleeves that hang down beside a flat neck were taken for legs
    return Reading(kind, shape, marks, doubt)


def read(
    whole: Silhouette, rgb: Floats, given: str = "", sure: Kind | None = None
) -> tuple[Kind, Silhouette, Marks]:
    """The kind, the silhouette opened along seams that touch, and its landmarks.

    A type that is given, or a kind that is sure, is believed. Raises ValueError where the outline has no such
    landmarks.
    """
    is_known = bool(given or sure)
    kind = sure or recognise(legs.hems_apart(whole), given)
    if kind is not Kind.TROUSERS and not is_known:
        kind, whole = _unclipped(whole, kind)
    if not is_known:
        _refuse_others(whole, kind)
    if kind in (Kind.TROUSERS, Kind.SKIRT):
        whole = clips.without_hanger(whole, rgb)
    if kind is Kind.TROUSERS:
        shape = legs.opened(whole, surely=sure is kind)
        return kind, shape, trouser_marks.find_trousers(shape)
    if kind is Kind.SKIRT:
        skirt = trouser_marks.find_skirt(whole)
        if is_known or not plausible.why_not(whole, skirt):
            return kind, whole, skirt
    shape, marks = _read_top(whole, resize(luma(rgb), (whole.mask.shape[1], whole.mask.shape[0])))
    return (kind if is_known else _top_or_dress(shape, marks)), shape, marks


def _unclipped(whole: Silhouette, kind: Kind) -> tuple[Kind, Silhouette]:
    """Trousers, and the outline without the clips that they hang by; where there are none, both as given."""
    bare = clips.without(whole)
    if bare is not whole and has_legs(bare) and has_waist(bare):
        return Kind.TROUSERS, bare
    return kind, whole


def _top_or_dress(shape: Silhouette, marks: TopMarks) -> Kind:
    if is_untold(shape, marks) and not plausible.why_not(shape, marks):
        raise ValueError(UNTOLD)
    kind = top_or_dress(shape, marks)
    if kind is Kind.DRESS and one_piece.narrows(marks, is_dress=True):
        raise ValueError(armhole_signs.NOT_PARTED if one_piece.is_slit(shape, marks) else one_piece.NARROWS)
    if kind is Kind.DRESS and odd_outlines.has_crossed_sleeves(shape, marks):
        raise ValueError(armhole_signs.NOT_PARTED)
    return kind


def _read_top(whole: Silhouette, light: Floats) -> tuple[Silhouette, TopMarks]:
    """By both sides; where these are no top's, by the one that is and its mirror image.

    At last as it is: steps of a hem were taken for where sleeves part from the body, or swinging sides for
    sleeves.
    """
    try:
        if has_legs(whole):
            raise ValueError("Its lower end parts in two, as that of trousers and jumpsuits.")
        shape = sleeve_seams.opened(whole, light)
        marks = landmarks.find(shape)
    except ValueError:
        other = _read_otherwise(whole, light)
        if other is None:
            raise
        return other
    if not plausible.why_not(shape, marks):
        return shape, marks
    return _read_otherwise(whole, light) or (shape, marks)


def _read_otherwise(whole: Silhouette, light: Floats) -> tuple[Silhouette, TopMarks] | None:
    found = one_sided.find(whole, light)
    if found is not None or has_legs(whole) or one_sided.symmetry(whole) < one_sided.LEAST_ALIKE:
        return found
    found = _read_unopened(whole, landmarks.find) or touching_sleeves.find(whole, light)
    found = found or _read_unopened(whole, landmarks.find_evened)
    seen = profile.measure(whole)
    if found is not None or (seen.hollow < ARMHOLE and seen.valley < WAIST):
        return found
    return _read_unopened(whole, landmarks.find_sleeveless)


def _read_unopened(
    whole: Silhouette, find: Callable[[Silhouette], TopMarks]
) -> tuple[Silhouette, TopMarks] | None:
    try:
        marks = find(whole)
    except ValueError:
        return None
    return None if plausible.why_not(whole, marks) else (whole, marks)


def _refuse_others(whole: Silhouette, kind: Kind) -> None:
    other = accessories.why_none(whole, HATS.get(kind, ""))
    if not other and kind in (Kind.TOP, Kind.DRESS) and profile.measure(whole).is_like("jumpsuit"):
        other = IN_LEGS
    if other:
        raise ValueError(other)
