"""A garment shown flat, as a small framed print beside the figure: what is done when it cannot be draped."""

import numpy as np

from tryon_sandbox.studio.raster import Floats, blur, over, resize, shift

PRINT_HEIGHT = 0.22  # of the picture's height
PRINT_WIDTH = 0.21  # of the picture's width
MARGIN = 0.032
MAT = 0.055  # white border, by the print's longer side
FREE_CORNER = 0.06  # kept clear at the bottom for the mark


def with_prints(picture: Floats, garments: list[Floats], *, on_left: bool = False) -> Floats:
    """The picture with framed prints in its lower corner, one above the other."""
    height = picture.shape[0]
    bottom = height - round(FREE_CORNER * height)
    for garment in garments:
        framed = _framed(_fitted(garment, picture.shape))
        top = bottom - framed.shape[0]
        if top < 0:
            break
        picture = _placed(picture, framed, top, on_left)
        bottom = top - round(MARGIN * height)
    return picture


def quieter_side(picture: Floats) -> bool:
    """Whether the lower left corner has less in it than the lower right."""
    height, width = picture.shape[:2]
    low, side = slice(int(height * 0.65), height), int(width * 0.3)
    left, right = picture[low, :side], picture[low, width - side :]
    return bool(left.std() < right.std())


def _fitted(garment: Floats, shape: tuple[int, ...]) -> Floats:
    height, width = garment.shape[:2]
    share = min(shape[0] * PRINT_HEIGHT / height, shape[1] * PRINT_WIDTH / width)
    return np.clip(resize(garment, (max(8, round(width * share)), max(8, round(height * share)))), 0, 1)


def _framed(garment: Floats) -> Floats:
    mat = max(4, round(MAT * max(garment.shape[:2])))
    framed = np.pad(garment, ((mat, mat), (mat, mat), (0, 0)), constant_values=0.985)
    framed[[0, -1]] = framed[:, [0, -1]] = 0.80
    return framed


def _placed(picture: Floats, framed: Floats, top: int, on_left: bool) -> Floats:
    height, width = picture.shape[:2]
    high, wide = framed.shape[:2]
    edge = round(MARGIN * height)
    left = edge if on_left else width - edge - wide
    card = np.zeros((height, width), np.float32)
    card[top : top + high, left : left + wide] = 1
    fall = 0.012 * height
    shadow = shift(blur(card, fall), 0.4 * fall, fall) * (1 - card) * 0.30
    out = picture * (1 - shadow[..., None])
    window = (slice(top, top + high), slice(left, left + wide))
    out[window] = over(out[window], framed, np.ones((high, wide), np.float32))
    return out
