"""Pattern of the summer dress, and of the flowers on it."""

from collections.abc import Sequence

import cv2
import numpy as np

from tryon_sandbox.bake.garments_curves import CORNER, Knot, closed, curve, flipped, straight
from tryon_sandbox.bake.garments_fabric import SIZE, Colour, Fabric, woven
from tryon_sandbox.bake.garments_table import Photo, Table
from tryon_sandbox.renderer.raster import floats

INK: Colour = (0.120, 0.190, 0.215)
PETALS = ((232, 150, 128), (240, 205, 160), (226, 226, 214), (196, 92, 96))
HEART, LEAF = (250, 220, 120), (110, 150, 120)
APART = 46  # pixels from one flower to the next, at the least
FLOWERS = 900
DETAIL = 4  # sub-pixel bits of the drawing calls

NECK: Sequence[Knot] = ((0, 0.345), (0.09, 0.285), (0.148, 0.180), (0.165, 0.062, CORNER))
SIDE: Sequence[Knot] = (
    (0.165, 0.062, CORNER),
    (0.285, 0.088, CORNER),
    (0.258, 0.25),
    (0.295, 0.40),
    (0.358, 0.458, CORNER),
    (0.315, 0.62),
    (0.285, 0.80),
    (0.40, 1.15),
    (0.54, 1.58),
    (0.620, 1.900, CORNER),
    (0.30, 1.945),
    (0, 1.955),
)


def dress() -> Photo:
    """Sleeveless, with small flowers on dark petrol."""
    table, plain = Table(), woven(INK, 51)
    cloth = _flowered(plain)
    back = closed(((0, 0.072), (0.10, 0.074), (0.168, 0.066, CORNER), (0.16, 0.24), (0.09, 0.34), (0, 0.375)))
    table.piece(back, plain, thickness=3, dim=0.80)
    right = np.concatenate([curve(NECK), curve(SIDE)[1:]])
    mask = table.piece(np.concatenate([right, flipped(right)[::-1]]), cloth)
    table.seam(straight((-0.285, 0.800), (0, 0.815), (0.285, 0.800)), depth=3, inside=mask)
    for place in (-0.86, -0.62, -0.38, -0.14, 0.10, 0.34, 0.58, 0.84):
        table.crease((place * 0.30, 0.80), (place * 0.78, 1.99), 22, 15)
    for place in (-0.9, -0.6, -0.3, 0.05, 0.3, 0.62, 0.9):
        table.crease((place * 0.28, 0.80), (place * 0.44, 1.20), 9, 6)
        table.crease((place * 0.28, 0.80), (place * 0.25, 0.56), 9, 4)
    table.seam(
        curve(((-0.610, 1.868), (-0.30, 1.912), (0, 1.922), (0.30, 1.912), (0.610, 1.868))), inside=mask
    )
    table.rumple(78, 4.0)
    return table.photograph()


def _flowered(plain: Fabric) -> Fabric:
    canvas = (plain.colour * 255).astype(np.uint8)
    chance = np.random.default_rng(5)
    for x, y in _scattered(chance):
        _flower(canvas, x, y, chance)
    return Fabric(floats(canvas) / np.float32(255), plain.grain)


def _scattered(chance: np.random.Generator) -> list[tuple[float, float]]:
    """Places that keep their distance from each other."""
    kept: list[tuple[float, float]] = []
    for x, y in chance.uniform(0, SIZE, (FLOWERS * 3, 2)).tolist():
        if len(kept) < FLOWERS and all((x - a) ** 2 + (y - b) ** 2 > APART**2 for a, b in kept):
            kept.append((x, y))
    return kept


def _flower(canvas: np.typing.NDArray[np.uint8], x: float, y: float, chance: np.random.Generator) -> None:
    petal = PETALS[int(chance.integers(len(PETALS)))]
    radius, turn = float(chance.uniform(10, 18)), float(chance.uniform(0, 6))
    leaf = np.array([np.cos(turn + 0.6), np.sin(turn + 0.6)]) * radius
    cv2.line(
        canvas,
        _fixed(x + 1.5 * leaf[0], y + 1.5 * leaf[1]),
        _fixed(x + 2.5 * leaf[0], y + 2.5 * leaf[1]),
        LEAF,
        6,
        cv2.LINE_AA,
        DETAIL,
    )
    for angle in turn + np.arange(5) * 2 * np.pi / 5:
        place = _fixed(x + radius * np.cos(angle), y + radius * np.sin(angle))
        cv2.circle(canvas, place, round(radius * 0.62 * 2**DETAIL), petal, -1, cv2.LINE_AA, DETAIL)
    cv2.circle(canvas, _fixed(x, y), round(radius * 0.42 * 2**DETAIL), HEART, -1, cv2.LINE_AA, DETAIL)


def _fixed(x: float, y: float) -> tuple[int, int]:
    return round(x * 2**DETAIL), round(y * 2**DETAIL)
