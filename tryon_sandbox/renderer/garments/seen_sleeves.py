"""Bringing into agreement the sleeves that an outline was read with, and those that its photo shows."""

from dataclasses import replace

from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.checks import armhole_signs, folded_sleeves, plausible
from tryon_sandbox.renderer.garments.checks.plausible import LOOKS_LIKE, Marks
from tryon_sandbox.renderer.garments.flat_lay.flat_lay_check import side_outside, why_not
from tryon_sandbox.renderer.garments.kinds.likely import TOPS, Likely
from tryon_sandbox.renderer.garments.marks import guessed, landmarks
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.read_as import Reading
from tryon_sandbox.renderer.garments.sleeves import laid_sleeves, one_sided
from tryon_sandbox.renderer.raster import Mask, luma, resize

# Nor do sleeves that lie on the body stand out from it.
KNOWN_LAID = LOOKS_LIKE | {armhole_signs.NOT_PARTED, plausible.NEITHER}
# Short ones may end at different places of what lies folded: both are drawn alike.
KNOWN_SHORT = LOOKS_LIKE | {plausible.UNALIKE}
# Those of a wide cropped tee, which begin half way down the arm, meet the body near its hem. Both sides are
# alike then, as far: one 0.98; where backdrop was cut out along with one side 0.90.
KNOWN_WIDE, ALIKE = KNOWN_SHORT | {plausible.LOW_ARMHOLES}, 0.95
SLEEVES = "What sleeves it has cannot be told from its outline."


def agreed(found: Reading, cutout: Cutout, whole: Silhouette, likely: Likely) -> Reading:
    """With the sleeves that it must have; in doubt where the outline has no such."""
    found = _without_sleeves(found, cutout, whole, likely)
    found = _with_long_sleeves(found, cutout, whole, likely)
    found = _with_short_sleeves(found, cutout, whole, likely)
    return _to_elbows(_in_doubt(found, cutout.mask, likely), likely)


def are_short(marks: Marks | None) -> bool:
    """Whether it has sleeves, and none that are long."""
    return isinstance(marks, TopMarks) and bool(marks.sleeves) and not laid_sleeves.are_long(marks)


def _without_sleeves(found: Reading, cutout: Cutout, whole: Silhouette, likely: Likely) -> Reading:
    """Without sleeves where it has none, and in doubt where that cannot be read from its outline."""
    has_some = isinstance(found.marks, TopMarks) and bool(found.marks.sleeves)
    is_unread = bool(found.doubt) and found.kind in TOPS and likely.is_top_or_dress
    is_known, is_favoured = likely.kind is found.kind, likely.favoured is found.kind
    may_hide = found.doubt == armhole_signs.NEITHER or (
        found.doubt == armhole_signs.NOT_PARTED and isinstance(found.marks, TopMarks) and not has_some
    )
    if may_hide and is_unread and is_known and likely.hides_no_sleeves:
        return _with_straight_armholes(found, cutout, whole)
    if not likely.is_sleeveless or not (has_some or is_unread):
        return found
    try:
        marks = landmarks.find_sleeveless(whole)
        # There are none to be parted, nor need armholes stand out where nothing else was amiss.
        known = {armhole_signs.NOT_PARTED} | ({found.doubt} & {armhole_signs.NEITHER})
        doubt = why_not(cutout, whole, marks, known | LOOKS_LIKE if is_favoured else known)
    except ValueError:
        doubt = SLEEVES
    if doubt:
        return replace(found, doubt=found.doubt or SLEEVES)
    return Reading(found.kind, whole, marks, "")


def _with_straight_armholes(found: Reading, cutout: Cutout, whole: Silhouette) -> Reading:
    """Without sleeves, though its armholes do not stand out, as of wide vests: none can lie on it."""
    try:
        marks = landmarks.find_sleeveless(whole)
        doubt = why_not(cutout, whole, marks, LOOKS_LIKE | {found.doubt})
    except ValueError:
        return found
    return found if doubt else Reading(found.kind, whole, marks, "")


def _with_long_sleeves(found: Reading, cutout: Cutout, whole: Silhouette, likely: Likely) -> Reading:
    """With long sleeves where it has such for sure, and none or short ones were read, or nothing at all."""
    if not likely.is_long_sleeved or not likely.is_top_or_dress or found.kind not in TOPS:
        return found
    if not found.doubt and isinstance(found.marks, TopMarks) and laid_sleeves.are_long(found.marks):
        return replace(found, marks=replace(found.marks, to_wrists=True))
    try:
        shape, marks = laid_sleeves.find(whole, resize(luma(cutout.rgb), cutout.mask.shape[::-1]))
    except ValueError:
        return found
    if not laid_sleeves.are_long(marks) or why_not(cutout, shape, marks, KNOWN_LAID):
        return found
    return Reading(found.kind, shape, replace(marks, to_wrists=True), "")


def _with_short_sleeves(found: Reading, cutout: Cutout, whole: Silhouette, likely: Likely) -> Reading:
    """With short sleeves where it has such for sure, and none or long ones were read, or nothing at all."""
    lies_low = guessed.of_part(found.doubt) == plausible.LOW_ARMHOLES  # no other sleeves speak against such
    is_short = likely.is_short_sleeved or (lies_low and likely.ends_at_elbow)
    if not is_short or likely.kind not in TOPS or found.kind not in TOPS:
        return found
    if not found.doubt and are_short(found.marks):
        return found
    try:
        marks = landmarks.find(whole)
    except ValueError:
        return found
    if not are_short(marks):
        return found
    doubt = why_not(cutout, whole, marks, KNOWN_SHORT)
    if doubt == plausible.LOW_ARMHOLES and one_sided.symmetry(whole) > ALIKE:
        doubt = why_not(cutout, whole, marks, KNOWN_WIDE)
    if doubt:
        return found
    return Reading(found.kind, whole, marks, "")


def _to_elbows(found: Reading, likely: Likely) -> Reading:
    """With sleeves that are drawn to the elbow at most, where the photo shows such."""
    if not isinstance(found.marks, TopMarks) or not likely.ends_at_elbow:
        return found
    return replace(found, marks=replace(found.marks, to_elbows=True))


def _in_doubt(found: Reading, mask: Mask, likely: Likely) -> Reading:
    """In doubt where no sleeves were read of what has some, or short ones of what has long ones.

    These may lie folded over the body, which no outline shows. What stands off far enough is bent, and is
    drawn to the wrist.
    """
    if found.doubt or not isinstance(found.marks, TopMarks):
        return found
    if not found.marks.sleeves:
        has_some = likely.has_sleeves or likely.is_short_sleeved
        return replace(found, doubt=SLEEVES) if has_some else found
    if likely.is_rather_short_sleeved and side_outside(mask) and laid_sleeves.are_long(found.marks):
        return replace(found, doubt=SLEEVES)  # of a sleeve that is outside nobody knows where it ends
    if are_short(found.marks) and not likely.ends_at_elbow and folded_sleeves.end_in_folds(found.marks):
        return replace(found, doubt=folded_sleeves.FOLDED)
    if not likely.shows_long_sleeves or found.marks.to_wrists or laid_sleeves.are_long(found.marks):
        return found
    if laid_sleeves.are_bent(found.marks):
        return replace(found, marks=replace(found.marks, to_wrists=True, bent=True))
    return replace(found, doubt=SLEEVES)
