"""Backdrop between a sleeve and the trunk that a cut-out took for cloth: in full light or in shade.

What tells it from a print or a stripe: it is upright and in a flank, has other cloth close by on both sides
and above it, and well inside the garment there is hardly anything that looks like it.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from tryon_sandbox.renderer.raster import (
    Floats,
    Labels,
    Mask,
    blur,
    boxed,
    channels,
    components,
    floats,
    grown,
    largest,
    luma,
    reachable,
    resize,
    soft,
)

# Of the way from the backdrop's colour to that of most of the cloth: below the first a pixel is more backdrop
# than cloth, below the second it is nothing else. Of a gap at least so much is.
MIXED, SURE, FOR_SURE = 0.5, 0.2, 0.4
# Where so many places look alike, between cloth, a gap is told by the very colour of its backdrop alone.
BUSY, VERY_SURE = 24, 0.05
# A shadow keeps this share of its backdrop's light, and its hue within so much, and more as it darkens.
DARKEST, BRIGHTEST, TINT, TINT_DIM = 0.2, 1.15, 0.03, 0.05
# So much of the backdrop's light, or an open gap so much more than the cloth, a tenth of it has: what folds
# darken has less. Where cloth has a shadow's hue, a gap is open, and lighter than so many in a hundred of it.
WELL_LIT, LIGHTER, LIGHTEST, CLEARLY = 0.65, 1.6, 97, 0.04
INSIDE = 15  # pixels at working size
# Of what is well inside: where more is as the backdrop is, it may be a print; where more looks like a shadow,
# cloth is not told from one. As few spots of the backdrop's colour are labels and buttons, not a print.
MOST_ALIKE, MOST_SHADOWY, FEW, MOST_ELSEWHERE = 0.05, 0.05, 6, (0.5, 6.0)
ASIDE = (0.13, 0.38)  # of the garment's width, from its middle
BELOW = 0.12  # of its height: where a gap begins at the highest
WIDE = 0.16  # of its width: cloth is so close on both sides
MOST = 0.06  # of the garment
LEAST = 16  # pixels at working size
# How tall it is by its own width, and by the garment's height: a print may be as a closed gap is.
OPEN, CLOSED = (1.3, 0.03), (2.0, 0.07)
STEP = 0.12  # between it and the cloth around it
# Of the garment's height: what is less tall lies right at an armpit or cuff, and closes when it is worn.
CLOSES = 0.10
# Pixels at working size beside a gap that are mixed with it, and how far from there their colour is taken.
RIM, FROM = 5, 4.0
EVEN = 1.2  # pixels at working size: steps of its edge that are smoothed away
# Pixels at working size up to which threads and folds part a gap; how much of it they leave; and how large
# bits are that lie in it.
BROKEN, LEFT, BITS = 9, 0.7, 7


@dataclass(frozen=True, slots=True)
class _Look:
    """Of every pixel of the mask: what is more backdrop than cloth, what is nothing else, and what of that is
    as the backdrop in full light; how much of that light it has; how far it is from it, by most of the cloth.
    `usual` is how much of the light most of the cloth has.
    """

    near: Mask
    sure: Mask
    plain: Mask
    lit: Floats
    away: Floats
    usual: float


def daylight(rgb: Floats, paint: Floats, mask: Mask) -> Mask:
    """The parts of a mask that are such gaps; `paint` is the backdrop's colour everywhere.

    The mask is to keep them: where they are closed for the most part, one without the rest says little of
    where armpit and cuff are.
    """
    left, top, width, height = cv2.boundingRect(mask.astype(np.uint8))
    window = slice(top, top + height), slice(left, left + width)
    found = np.zeros_like(mask)
    if width and height:
        found[window] = _within(rgb[window], paint[window], mask[window])
    return found


def opened(alpha: Floats, gaps: Mask, mask: Mask) -> Floats:
    """An opacity of any size without the gaps that stay open when the garment is worn, and their rims."""
    labels, boxes = boxed(gaps)
    tall = boxes[:, 3] >= CLOSES * cv2.boundingRect(mask.astype(np.uint8))[3]
    tall[0] = False
    if not tall.any():
        return alpha
    even = resize(soft(grown(np.asarray(tall[labels], np.bool_), 3), EVEN), (alpha.shape[1], alpha.shape[0]))
    return floats(alpha * (1 - np.clip((even - 0.5) * 2 * EVEN + 0.5, 0, 1)))


def painted(rgb: Floats, mask: Mask, gaps: Mask) -> Floats:
    """Colours of any size with those of the cloth beside them in the gaps, and where it is mixed with them.

    For what is worn alone: a seam between sleeve and trunk is read from the gap's own colours.
    """
    if not gaps.any():
        return rgb
    over = grown(gaps, RIM)
    small = resize(rgb, (mask.shape[1], mask.shape[0]))
    cloth = (mask & ~over).astype(np.float32)
    near = blur(small * channels(cloth), FROM) / channels(np.maximum(blur(cloth, FROM), 1e-4))
    size = rgb.shape[1], rgb.shape[0]
    colours, share = (
        cv2.resize(one, size, interpolation=cv2.INTER_LINEAR) for one in (near, soft(over, 0.6))
    )
    return rgb + (floats(colours) - rgb) * channels(floats(share))


def _within(rgb: Floats, paint: Floats, mask: Mask) -> Mask:
    """As `daylight`, of the garment's box alone."""
    found = np.zeros_like(mask)
    inside = ~grown(np.pad(~mask, 1, constant_values=True), INSIDE)[1:-1, 1:-1]
    look = _look(rgb, paint, mask, inside) if inside.any() else None
    if look is None:
        return found
    firm = mask & ~look.near
    between = look.near & np.logical_or.accumulate(firm, 0) & _closed(firm, (1, round(WIDE * mask.shape[1])))
    labels, boxes = boxed(_closed(between, (BROKEN, 1)))
    sure = look.sure if _places(labels) < BUSY else look.near & np.asarray(look.away < VERY_SURE, np.bool_)
    for label, box in enumerate(boxes.tolist()):
        if label and _is_placed(box, mask.shape):
            whole = labels == label
            part = np.asarray(whole & between, np.bool_)
            if part.sum() > LEFT * whole.sum() and _is_gap(rgb, look, part, sure & part, mask):
                found |= part
    found = mask & _closed(_upright(found), (BITS, BITS))
    return np.zeros_like(mask) if _is_print(look.plain & inside, found) else found


def _look(rgb: Floats, paint: Floats, mask: Mask, inside: Mask) -> _Look | None:
    """None where the garment is as its backdrop is."""
    apart = largest(floats(cv2.absdiff(rgb, paint)))
    away = floats(apart / max(float(np.median(apart[mask])), 1e-3))
    near, plain = (mask & np.asarray(away < share, np.bool_) for share in (MIXED, SURE))
    if (plain & inside & ~_wide_gaps(plain)).sum() > MOST_ALIKE * inside.sum():
        return None
    lit = floats(luma(rgb) / np.maximum(luma(paint), 0.02))
    tint = largest(floats(cv2.absdiff(rgb, paint * channels(lit))))
    hue = tint < TINT + TINT_DIM * np.clip(1 - lit, 0, 1)
    usual = float(np.median(lit[mask]))  # what is darker than the cloth is a fold of it
    shadow = mask & np.asarray(hue & (lit > max(DARKEST, usual)) & (lit < BRIGHTEST), np.bool_)
    if shadow[inside].mean() > MOST_SHADOWY:
        shadow &= np.asarray(lit > np.percentile(lit[inside], LIGHTEST) + CLEARLY, np.bool_)
        shadow = reachable(shadow, grown(~mask, 3))
    return _Look(near | shadow, plain | shadow, plain, lit, away, usual)


def _wide_gaps(plain: Mask) -> Mask:
    """What is of the backdrop's colour, upright and beside the trunk: gaps so wide that they are no rim."""
    labels, boxes = boxed(plain)
    is_gap = [_is_placed(box, plain.shape) and box[3] > CLOSED[1] * len(plain) for box in boxes.tolist()]
    is_gap[0] = False
    return np.asarray(np.array(is_gap)[labels], np.bool_)


def _closed(part: Mask, size: tuple[int, int]) -> Mask:
    """With what lies between two of its pixels in a column and row, closer than this size (high, wide)."""
    return np.asarray(
        cv2.morphologyEx(part.astype(np.uint8), cv2.MORPH_CLOSE, np.ones(size, np.uint8)) > 0, np.bool_
    )


def _places(labels: Labels) -> int:
    """How many of the labelled parts are no specks."""
    return int((np.bincount(labels.ravel())[1:] > LEAST).sum())


def _is_placed(box: list[int], size: tuple[int, ...]) -> bool:
    """Whether a box (left, top, width, height) is upright and where a gap may be, by the garment's size."""
    left, top, wide, high = box
    height, width = size
    aside = abs((left + wide / 2) / width - 0.5)
    is_tall = high > OPEN[0] * wide and high > OPEN[1] * height
    return is_tall and ASIDE[0] < aside < ASIDE[1] and top > BELOW * height


def _is_gap(rgb: Floats, look: _Look, part: Mask, sure: Mask, mask: Mask) -> bool:
    area = int(part.sum())
    if not LEAST < area < MOST * mask.sum() or sure.sum() < FOR_SURE * area:
        return False
    close = grown(part, 3)
    is_open = bool((close & ~mask).any())
    if np.percentile(look.lit[part], 90) < (min(WELL_LIT, LIGHTER * look.usual) if is_open else WELL_LIT):
        return False
    slender, tall = OPEN if is_open else CLOSED
    _, _, wide, high = cv2.boundingRect(part.astype(np.uint8))
    if high < slender * wide or high < tall * len(mask):
        return False
    around = grown(part, 7) & ~close & mask & ~look.near
    return bool(around.any() and _apart(rgb, part, around) > STEP)


def _apart(rgb: Floats, part: Mask, around: Mask) -> float:
    """How far most of what is around differs from the mean colour of the part."""
    return float(np.median(np.abs(rgb[around] - rgb[part].mean(0)).max(1)))


def _upright(found: Mask) -> Mask:
    """Without a flank's parts that are not upright together: a side has one gap, and words are broad."""
    kept = found.copy()
    half = found.shape[1] // 2
    for flank in (kept[:, :half], kept[:, half:]):
        _, _, wide, high = cv2.boundingRect(flank.astype(np.uint8))
        if high < OPEN[0] * wide:
            flank[:] = False
    return kept


def _is_print(plain: Mask, found: Mask) -> bool:
    """Whether much else is as the backdrop is, or a little in many places."""
    other = plain & ~grown(found, 7)
    little, much = (share * int(found.sum()) for share in MOST_ELSEWHERE)
    spots = int((components(other)[1][1:] > LEAST / 2).sum())
    return int(other.sum()) > (little if spots > FEW else much)
