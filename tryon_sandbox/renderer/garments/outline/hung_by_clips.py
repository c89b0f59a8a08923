"""The clips that trousers and skirts hang by: taken off above the waist, and painted over on the cloth.

They are of another colour than the cloth and come in pairs, one at either side. The bar between them is told
by `not_cloth`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import permutations

import cv2
import numpy as np

from tryon_sandbox.renderer.cutout.cutout import Cutout, made_transparent
from tryon_sandbox.renderer.cutout.pieces import main_pieces
from tryon_sandbox.renderer.cutout.show_through import colours_away
from tryon_sandbox.renderer.raster import Mask, components, floats, resize

# Of the height: how far down they reach, and where there is cloth alone.
UPPER, CLOTH = 0.14, (0.18, 0.90)
OTHER = 3.2  # spreads from any colour of the cloth
LEAST_CLOTH = 200  # pixels from which its colours are known
RIM = 3  # pixels at working size that an edge is mixed with what is beside it
# Of the waist's width: how wide a clip is at the most, how far apart two are at the least, and how unlike
# they may lie on both sides, and in height.
CLIP, APART, ASIDE, UNEVEN = 0.18, 0.35, 0.12, 0.08
LEAST = 0.02  # of the waist's width, squared: smaller spots are rivets
UPRIGHT = 1.2  # times as high as it is wide
ALIKE = 1.45  # times as wide as the other one: clips to 1.3, corners of a waist from 1.67
BESIDE = (2, 6)  # pixels beside a clip in which the waist's edge is looked for
SHARE = 0.3  # of a pixel of the photo
REPAIR = 4.0  # pixels of the photo: how far around the cloth is looked at that a clip is painted over with


@dataclass(frozen=True, slots=True)
class _Part:
    """Something of another colour that reaches the upper edge."""

    where: Mask
    left: int
    top: int
    wide: int
    high: int

    @property
    def middle(self) -> float:
        return self.left + self.wide / 2


def without(cutout: Cutout, *, hung: bool) -> Cutout:
    """Without them; the same object where there are none.

    Where it surely `hung` by something, as a bar was taken off, one clip may be left by itself.
    """
    waist, middle = _waist(cutout.mask), float(np.median(np.nonzero(cutout.mask)[1]))
    parts = [
        part for part in _parts(cutout) if part.wide < CLIP * waist and _is_at_edge(part, cutout.mask, middle)
    ]
    clips = [part for part in parts if _is_upright(part)]
    if not hung:
        clips = list(_pair(clips, waist, middle) or _pair(parts, waist, middle, alike=True))
    return _unclipped(cutout, clips) if clips else cutout


def _parts(cutout: Cutout) -> list[_Part]:
    """What is of another colour than the cloth and reaches its upper edge."""
    mask = cutout.mask
    rows = np.flatnonzero(mask.any(1))
    if not rows.size:
        return []
    top, height = int(rows[0]), len(rows)
    cloth = cv2.erode(mask.astype(np.uint8), np.ones((2 * RIM - 1,) * 2, np.uint8)) > 0
    cloth[: top + int(CLOTH[0] * height)] = cloth[top + int(CLOTH[1] * height) :] = False
    if int(cloth.sum()) < LEAST_CLOTH:
        return []
    upper = mask.copy()
    upper[top + int(UPPER * height) :] = False
    away = colours_away(resize(cutout.rgb, mask.shape[::-1]), np.asarray(cloth, np.bool_), upper)
    other = np.asarray(upper & (away > OTHER), np.bool_)
    edge = mask & ~np.roll(mask, RIM, 0)
    labels, areas = components(other)
    found = []
    for label in np.flatnonzero(areas > (LEAST * _waist(mask)) ** 2):
        part = np.asarray(labels == label, np.bool_)
        if label and (part & edge).any():
            found.append(_Part(part, *cv2.boundingRect(part.astype(np.uint8))))
    return found


def _waist(mask: Mask) -> float:
    """How wide it is a little below its upper end."""
    rows = np.flatnonzero(mask.any(1))
    across = np.flatnonzero(mask[rows[0] + int(UPPER * len(rows))])
    return float(np.ptp(across) + 1) if across.size else float(mask.shape[1])


def _is_at_edge(part: _Part, mask: Mask, middle: float) -> bool:
    """Whether it begins where the waist does or above; buttons and labels do not."""
    return part.top < _edge_beside(mask, part, middle) + RIM


def _is_upright(part: _Part) -> bool:
    return part.high > UPRIGHT * part.wide


def _pair(clips: Iterable[_Part], waist: float, middle: float, *, alike: bool = False) -> tuple[_Part, ...]:
    """Two that lie alike on both sides, or nothing; `alike` are they themselves, where they may be no more
    than the lower ends of clips."""
    for pair in permutations(clips, 2):
        left, right = pair
        narrower, wider = sorted((left.wide, right.wide))
        if alike and wider > ALIKE * narrower:
            continue
        apart, aside = right.middle - left.middle, abs(left.middle + right.middle - 2 * middle)
        if apart > APART * waist and aside < ASIDE * waist and abs(left.top - right.top) < UNEVEN * waist:
            return pair
    return ()


def _unclipped(cutout: Cutout, clips: Iterable[_Part]) -> Cutout:
    """Cut off at the waist's edge beside each clip, and below it painted over with the cloth around it."""
    mask, painted = cutout.mask.copy(), np.zeros_like(cutout.mask)
    centre = float(np.median(np.nonzero(mask)[1]))
    for clip in clips:
        grown = cv2.dilate(clip.where.astype(np.uint8), np.ones((2 * RIM + 1,) * 2, np.uint8)) > 0
        waist = _edge_beside(cutout.mask, clip, centre)
        mask[:waist] &= ~grown[:waist]
        painted[waist:] |= grown[waist:] & cutout.mask[waist:]
    left = main_pieces(mask)
    alpha = made_transparent(cutout.alpha, cutout.mask & ~left)
    bare = replace(cutout, mask=left, alpha=alpha)
    return _painted(bare, painted) if painted.any() else bare


def _edge_beside(mask: Mask, clip: _Part, centre: float) -> int:
    """The row in which the waist begins beside a clip, on its inner side."""
    inner = clip.left + clip.wide + RIM if clip.middle < centre else clip.left - RIM
    step = 1 if clip.middle < centre else -1
    columns = [inner + step * way for way in range(*BESIDE)]
    tops = [int(mask[:, column].argmax()) for column in columns if mask[:, column].any()]
    return int(np.median(tops)) if tops else clip.top


def _painted(cutout: Cutout, part: Mask) -> Cutout:
    """With this part painted over by the cloth around it, and by nothing of what is beside the cloth."""
    size = cutout.alpha.shape[1], cutout.alpha.shape[0]
    where = resize(floats(part), size) > SHARE
    left, top, wide, high = cv2.boundingRect(where.astype(np.uint8))
    room = round(4 * REPAIR)
    window = (slice(max(0, top - room), top + high + room), slice(max(0, left - room), left + wide + room))
    seen = (np.clip(cutout.rgb[window], 0, 1) * 255).astype(np.uint8)
    unknown = where[window] | (resize(floats(cutout.mask & ~part), size)[window] < 1 - SHARE)
    mended = floats(cv2.inpaint(seen, unknown.astype(np.uint8), REPAIR, cv2.INPAINT_TELEA)) / 255
    rgb = cutout.rgb.copy()
    rgb[window] = np.where(where[window][..., None], mended, rgb[window])
    return replace(cutout, rgb=rgb)
