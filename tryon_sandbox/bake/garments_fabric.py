"""Fabrics: a colour for every pixel of the table, and a grain that catches the light."""

from dataclasses import dataclass

import cv2
import numpy as np

from tryon_sandbox.renderer.raster import Floats, blur, floats

SIZE = 1800  # the table in pixels; pictures are two thirds of it
Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Fabric:
    """Colours (SIZE, SIZE, 3) in 0..1 and the height of the weave in pixels (SIZE, SIZE)."""

    colour: Floats
    grain: Floats


def noise(across: float, down: float, seed: int) -> Floats:
    """Smooth unit noise with blobs of the given size in pixels."""
    rows, columns = max(2, int(SIZE / down)), max(2, int(SIZE / across))
    values = np.random.default_rng(seed).standard_normal((rows, columns)).astype(np.float32)
    return floats(cv2.resize(values, (SIZE, SIZE), interpolation=cv2.INTER_CUBIC))


def places() -> tuple[Floats, Floats]:
    """Pixel coordinates: across and down."""
    down, across = np.mgrid[0:SIZE, 0:SIZE].astype(np.float32)
    return across, down


def flat(colour: Colour) -> Floats:
    """One colour."""
    return np.broadcast_to(floats(colour), (SIZE, SIZE, 3)).copy()


def mottled(colour: Floats, amount: float, seed: int) -> Floats:
    """Yarn that is not dyed quite evenly."""
    fine = noise(3, 4, seed) * 0.6 + noise(9, 12, seed + 1) * 0.25 + noise(160, 200, seed + 2) * 0.35
    return floats(colour * (1 + amount * fine)[..., None])


def jersey(colour: Colour, seed: int) -> Fabric:
    """Fine knitted cotton."""
    return Fabric(mottled(flat(colour), 0.022, seed), noise(2.4, 4, seed + 5) * 0.10)


def fleece(colour: Colour, seed: int) -> Fabric:
    """Heavy brushed sweat."""
    base = mottled(flat(colour), 0.05, seed)
    return Fabric(base, noise(3.2, 5, seed + 5) * 0.22 + noise(26, 30, seed + 6) * 0.5)


def woven(colour: Colour, seed: int) -> Fabric:
    """Plain shirting or crêpe."""
    return Fabric(mottled(flat(colour), 0.014, seed), noise(2.2, 2.2, seed + 5) * 0.06)


def printed(fabric: Fabric, ink: Colour, where: Floats) -> Fabric:
    """The fabric with a second colour where the map says so."""
    cover = where[..., None]
    return Fabric(floats(fabric.colour * (1 - cover) + floats(ink) * cover), fabric.grain)


def stripes(period: float, share: float, *, angle: float = 0.0, wave: float = 3.0) -> Floats:
    """Bands across the line at `angle` (radians, 0 gives level bands), a little unsteady as cloth lies."""
    across, down = places()
    along = down * np.cos(angle) - across * np.sin(angle)
    sway = wave * np.sin(across / 170.0) + wave * noise(420, 300, 91)
    phase = ((along + sway) / period) % 1
    return blur(floats(phase < share), 0.9)


def pinstripes(period: float, share: float, *, angle: float = 0.0) -> Floats:
    """Thin upright lines, turned by `angle`."""
    across, down = places()
    along = across * np.cos(angle) + down * np.sin(angle)
    sway = 1.5 * np.sin(down / 230.0) + 2.0 * noise(500, 400, 92)
    return blur(floats(((along + sway) / period) % 1 < share), 0.7)


def denim(seed: int) -> Fabric:
    """Indigo twill, worn lighter on thighs and knees."""
    across, down = places()
    twill = 0.5 + 0.5 * np.sin((across * 0.8 + down) * 0.85)
    slub = noise(2.2, 30, seed) * 0.05 + noise(3, 3, seed + 1) * 0.05
    fade = sum(_worn_spot(*spot) for spot in _WORN)
    base = floats((0.185, 0.285, 0.445)) * (1 + slub + 0.10 * (twill - 0.5))[..., None]
    lighter = floats((0.52, 0.64, 0.78))
    share = np.clip(floats(fade) * (1 + 0.25 * noise(14, 40, seed + 2)), 0, 0.75)[..., None]
    return Fabric(floats(base * (1 - share) + lighter * share), floats(twill * 0.35))


_WORN = tuple(
    (side * x, y, width, height, strength)
    for side in (-1, 1)
    for x, y, width, height, strength in ((0.26, 0.72, 0.10, 0.34, 0.42), (0.27, 1.28, 0.10, 0.28, 0.24))
)


def _worn_spot(x: float, y: float, width: float, height: float, strength: float) -> Floats:
    across, down = places()
    unit = SIZE / 2 * 0.82
    left, top = SIZE / 2 + x * unit, SIZE / 2 + (y - 1) * unit
    return floats(
        strength * np.exp(-(((across - left) / (width * unit)) ** 2) - ((down - top) / (height * unit)) ** 2)
    )


def cable_knit(colour: Colour, seed: int) -> Fabric:
    """Chunky rib knit: upright ribs of small slanted stitches."""
    across, down = places()
    sway = 4 * np.sin(down / 260.0) + 3 * noise(400, 400, seed)
    rib = np.abs(np.sin((across + sway) * np.pi / 26))
    stitch = np.sin((down + 9 * np.sin((across + sway) * np.pi / 13)) * 2 * np.pi / 11)
    return Fabric(mottled(flat(colour), 0.02, seed + 1), floats(rib * 2.6 + stitch * 0.55 * rib))


def rib(period: float, height: float) -> Floats:
    """Upright ridges of a cuff or waistband, as a relief."""
    across, _ = places()
    return floats(height * np.abs(np.sin(across * np.pi / period)))
