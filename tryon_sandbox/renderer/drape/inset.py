"""A garment shown flat, as a small framed print beside the figure, when it cannot be draped, and why."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import cv2
import numpy as np

from tryon_sandbox.renderer.garments.flat_lay.skin import like_skin
from tryon_sandbox.renderer.garments.garment import Garment
from tryon_sandbox.renderer.lettering import length, lettered
from tryon_sandbox.renderer.raster import (
    Floats,
    Mask,
    blur,
    channels,
    floats,
    luma,
    over,
    resize,
    shift,
    slope,
)

PRINT_HEIGHT = 0.22  # of the picture's height
PRINT_WIDTH = 0.21  # of the picture's width
MARGIN = 0.032
MAT = 0.075  # white border, by the print's longer side
FREE_CORNER = 0.06  # kept clear at the bottom for the mark
PAPER, KEYLINE, EDGE, INK = 0.985, 0.80, 0.86, 0.28
# Of the picture's height; pixels; a narrower card than so many signs has no caption.
TYPE, SMALLEST_TYPE, NARROWEST = 0.0125, 11, 7
FALLS = ((0.0025, 0.0015, 0.20), (0.014, 0.010, 0.26))  # blur and drop by the picture's height, and darkness
CORNERS_LOOKED_AT = (0.30, 0.26)  # of the height and width
SKINNY_WALL = 0.9  # a corner that is skin-coloured all over is a beige wall
LOWER_FIRST = 0.75  # how much busier a lower corner may be than an upper one, where a head is near


@dataclass(frozen=True, slots=True)
class Corner:
    """Where the first print hangs; further ones follow towards the other end of the same side."""

    on_left: bool
    on_top: bool


@dataclass(frozen=True, slots=True, eq=False)
class Print:
    """A garment's photo, and the sentence that says why it is not worn."""

    photo: Floats
    why: str

    @property
    def caption(self) -> str:
        """What stands below the photo."""
        return f"Not worn: {self.why[:1].lower()}{self.why[1:]}"


def doubtful(garments: Iterable[Garment]) -> list[Print]:
    """Those garments that cannot be draped, as prints."""
    return [Print(garment.photo, garment.doubt) for garment in garments if not garment.marks]


LOWER_RIGHT = Corner(on_left=False, on_top=False)
CORNERS = (LOWER_RIGHT, Corner(True, False), Corner(False, True), Corner(True, True))


def with_prints(picture: Floats, prints: Sequence[Print], corner: Corner = LOWER_RIGHT) -> Floats:
    """The picture with framed prints in a corner, one above the other."""
    height = picture.shape[0]
    gap = round(MARGIN * height)
    at = gap if corner.on_top else height - round(FREE_CORNER * height)
    for one in prints:
        framed = _framed(one, picture.shape)
        high = framed.shape[0]
        top = at if corner.on_top else at - high
        if top < 0 or top + high > height:
            break
        picture = _placed(picture, framed, top, corner.on_left)
        at = top + high + gap if corner.on_top else top - gap
    return picture


def quietest_corner(picture: Floats) -> Corner:
    """The corner with the least in it: few edges, of one tone, and no skin: nothing hangs over a face."""
    height, width = picture.shape[:2]
    small = resize(picture, (max(8, round(width * 256 / height)), 256))
    down, right = slope(blur(luma(small), 1.0))
    edges = floats(np.hypot(down, right))
    skin = like_skin(small)
    return min(CORNERS, key=lambda corner: _restlessness(small, edges, skin, corner))


def _restlessness(small: Floats, edges: Floats, skin: Mask, corner: Corner) -> float:
    high, wide = (max(2, round(share * n)) for share, n in zip(CORNERS_LOOKED_AT, edges.shape, strict=True))
    rows = slice(0, high) if corner.on_top else slice(edges.shape[0] - high, None)
    columns = slice(0, wide) if corner.on_left else slice(edges.shape[1] - wide, None)
    tones = float(small[rows, columns].std(axis=(0, 1)).mean())
    bare = float(skin[rows, columns].mean())
    busy = 6 * float(edges[rows, columns].mean()) + tones + (bare if bare < SKINNY_WALL else 0.0)
    return busy if corner.on_top else busy * LOWER_FIRST


def _fitted(garment: Floats, shape: tuple[int, ...]) -> Floats:
    height, width = garment.shape[:2]
    share = min(shape[0] * PRINT_HEIGHT / height, shape[1] * PRINT_WIDTH / width)
    return np.clip(resize(garment, (max(8, round(width * share)), max(8, round(height * share)))), 0, 1)


def _framed(one: Print, shape: tuple[int, ...]) -> Floats:
    """On white card: a hairline around the photo, the caption below it, and a hairline around the card."""
    photo = _fitted(one.photo, shape)
    mat = max(4, round(MAT * max(photo.shape[:2])))
    size, wide = max(SMALLEST_TYPE, round(TYPE * shape[0])), round(PRINT_WIDTH * shape[1]) + 2
    parts = [_bordered(photo, KEYLINE, 1)]
    if wide >= NARROWEST * size:
        parts.append(_caption(one.caption, wide, size))
    widest = max(part.shape[1] for part in parts)
    column = np.concatenate([_in_middle(part, widest, mat // 2) for part in parts])
    return _bordered(_bordered(column[: -(mat // 2)], PAPER, mat), EDGE, 1)


def _bordered(picture: Floats, tone: float, wide: int) -> Floats:
    return floats(cv2.copyMakeBorder(picture, wide, wide, wide, wide, cv2.BORDER_CONSTANT, value=(tone,) * 4))


def _in_middle(part: Floats, wide: int, below: int) -> Floats:
    left = (wide - part.shape[1]) // 2
    right = wide - part.shape[1] - left
    return floats(cv2.copyMakeBorder(part, 0, below, left, right, cv2.BORDER_CONSTANT, value=(PAPER,) * 4))


@lru_cache(maxsize=8)
def _caption(text: str, wide: int, size: int) -> Floats:
    """The text on paper, `wide` pixels, in lines."""
    lines = _lines(text.split(), wide, partial(length, size=size))
    return channels(floats(PAPER - (PAPER - INK) * lettered(lines, size, wide)))


def _lines(words: Iterable[str], wide: int, length: Callable[[str], float]) -> list[str]:
    """As many words in each line as it has room for."""
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and length(longer) <= wide:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _placed(picture: Floats, framed: Floats, top: int, on_left: bool) -> Floats:
    height, width = picture.shape[:2]
    high, wide = framed.shape[:2]
    edge = min(round(MARGIN * height), max(width - wide, 0) // 2)
    left = edge if on_left else width - edge - wide
    card = np.zeros((height, width), np.float32)
    card[top : top + high, left : left + wide] = 1
    light = np.ones_like(card)
    for reach, drop, darkness in FALLS:
        light *= 1 - darkness * shift(blur(card, reach * height), 0.4 * drop * height, drop * height)
    out = floats(picture * channels(floats(light)))
    window = (slice(top, top + high), slice(left, left + wide))
    out[window] = over(out[window], framed, np.ones((high, wide), np.float32))
    return out
