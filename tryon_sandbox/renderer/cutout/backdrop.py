"""What is behind a mannequin: three studios, each with its own light; and the mannequin put before it."""

from collections.abc import Callable, Mapping
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from tryon_sandbox.renderer.raster import channels, over
from tryon_sandbox.renderer.scene.finish import Colour
from tryon_sandbox.renderer.scene.mannequins import Mannequin

Picture = NDArray[np.float32]
Layer = NDArray[np.float32]
# Half a level of a byte: enough to hide the steps of a wide gradient.
_GRAIN = 0.5 / 255
_COARSER = 4


def backdrop(style: str, size: tuple[int, int], mannequin: Mannequin) -> Picture:
    """The studio of a style at `size` (width, height), height x width x 3, 0..1, with the figure's shadows.

    Raises KeyError for a style that is none.
    """
    shaded = _studio(style, size) * channels(mannequin.floor * _halo(mannequin))
    return np.clip(shaded + channels(_grain(size)), 0, 1, out=shaded)


@lru_cache(maxsize=1)
def _grain(size: tuple[int, int]) -> Layer:
    grain = np.random.default_rng(11).random(size[::-1], np.float32) * np.float32(2 * _GRAIN)
    return grain - np.float32(_GRAIN)


@lru_cache(maxsize=1)
def _studio(style: str, size: tuple[int, int]) -> Picture:
    """Nothing in it is sharp, so it is drawn small and enlarged."""
    width, height = size[0] // _COARSER, size[1] // _COARSER
    across = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    down = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    small = np.ascontiguousarray(_STUDIOS[style](across, down), np.float32)
    return np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_LINEAR), np.float32)


def compose(mannequin: Mannequin, behind: Picture) -> Picture:
    """The mannequin in its base layer before a backdrop of the same size: height x width x 3, 0..1."""
    left, top, wide, high = cv2.boundingRect((mannequin.alpha > 0).astype(np.uint8))
    window = slice(top, top + high), slice(left, left + wide)
    picture = behind.copy()
    picture[window] = over(behind[window], mannequin.rgb[window], mannequin.alpha[window])
    return picture


def _halo(mannequin: Mannequin) -> Layer:
    """The faint shade that a figure throws on a wall some way behind it, down and to the right."""
    reach = mannequin.px_per_cm * mannequin.height_cm / 178
    thrown = np.array([[1, 0, 9 * reach], [0, 1, 5 * reach]], np.float32)
    high, wide = mannequin.alpha.shape
    small = cv2.warpAffine(mannequin.alpha, thrown, (wide, high))[::4, ::4]
    soft = cv2.GaussianBlur(small, (0, 0), 14 * reach / 4)
    shade = cv2.resize(soft, (wide, high), interpolation=cv2.INTER_LINEAR)
    return np.asarray(1 - (0.07 if mannequin.view == "halfbody" else 0.035) * shade, np.float32)


def _mix(start: Colour, end: Colour, share: NDArray[np.floating]) -> Picture:
    a, b = np.array(start, np.float32), np.array(end, np.float32)
    return np.asarray(a + (b - a) * np.clip(share, 0, 1)[..., None], np.float32)


def _smooth(share: NDArray[np.floating]) -> Layer:
    t = np.clip(share, 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


def _seamless(across: Layer, down: Layer) -> Picture:
    """Warm grey paper, brightest behind the shoulders, falling off to the corners."""
    away = np.sqrt((across * 0.75 + 0.12) ** 2 + ((down - 0.40) * 1.25) ** 2)
    return _mix((0.928, 0.921, 0.910), (0.790, 0.782, 0.770), 1 - np.exp(-1.15 * away**1.9))


def _daylight(across: Layer, down: Layer) -> Picture:
    """A white room with a window off to the left: a tall soft patch of light, a floor line out of focus."""
    wall = _mix((0.955, 0.952, 0.940), (0.845, 0.862, 0.880), _smooth((across + 1) / 2 * 0.85 + down * 0.12))
    slant = across + 0.30 * (down - 0.4)
    bars = 0.0 * slant
    for middle, half in ((-0.62, 0.17), (-0.16, 0.17)):
        bars = bars + _smooth((half - np.abs(slant - middle)) / 0.13 + 0.5)
    patch = bars * _smooth((down - 0.02) / 0.16) * _smooth((0.70 - down) / 0.20)
    lit = wall + (0.045 * patch)[..., None] * np.array([1.0, 0.96, 0.86], np.float32)
    floor = _smooth((down - 0.80) / 0.06)
    ground = _mix((0.875, 0.860, 0.835), (0.80, 0.79, 0.775), (across + 1) / 2 + (down - 0.9))
    return np.asarray(lit + (ground - lit) * floor[..., None] * 0.85, np.float32)


def _tinted(across: Layer, down: Layer) -> Picture:
    """Painted clay: a bold wall with a pool of light high on the left and dark corners."""
    away = np.sqrt((across * 0.80 + 0.22) ** 2 + ((down - 0.34) * 1.15) ** 2)
    wall = _mix((0.850, 0.560, 0.440), (0.485, 0.270, 0.225), 1 - np.exp(-1.25 * away**1.7))
    floor = _smooth((down - 0.84) / 0.10)
    return np.asarray(wall * (1 + 0.07 * floor)[..., None], np.float32)


_STUDIOS: Mapping[str, Callable[[Layer, Layer], Picture]] = {
    "universal_1": _seamless,
    "universal_2": _daylight,
    "universal_3": _tinted,
}
