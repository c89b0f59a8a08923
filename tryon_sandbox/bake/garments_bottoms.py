"""Patterns of jeans, trousers and skirt."""

from collections.abc import Sequence

from tryon_sandbox.bake.garments_curves import CORNER, Knot, circle, closed, curve, straight
from tryon_sandbox.bake.garments_fabric import Colour, Fabric, denim, flat, woven
from tryon_sandbox.bake.garments_table import Photo, Table
from tryon_sandbox.renderer.raster import Floats

THREAD: Colour = (0.80, 0.56, 0.28)
RED: Colour = (0.700, 0.240, 0.215)
BLACK: Colour = (0.110, 0.112, 0.120)

LEGS: Sequence[Knot] = (
    (0, 0.062),
    (0.33, 0.050, CORNER),
    (0.375, 0.22),
    (0.440, 0.50),
    (0.448, 0.90),
    (0.425, 1.45),
    (0.415, 1.930, CORNER),
    (0.152, 1.940, CORNER),
    (0.128, 1.40),
    (0.080, 0.88),
    (0.012, 0.600, CORNER),
    (0, 0.600),
)
LEG_FOLDS = (
    ((0.03, 0.60), (0.38, 0.48), 11.0, 7.0),
    ((0.05, 0.66), (0.40, 0.60), 12.0, 6.0),
    ((0.08, 0.74), (0.34, 0.72), 14.0, 4.0),
    ((0.10, 1.15), (0.42, 1.10), 14.0, 6.0),
    ((0.13, 1.27), (0.41, 1.25), 12.0, 6.0),
    ((0.14, 1.36), (0.40, 1.38), 13.0, 4.0),
    ((0.15, 1.74), (0.40, 1.79), 13.0, 6.0),
    ((0.15, 1.82), (0.40, 1.85), 11.0, 5.0),
    ((0.26, 0.80), (0.27, 1.80), 40.0, 6.0),
)


def jeans() -> Photo:
    """Straight blue jeans with orange stitching."""
    table, cloth = Table(), denim(31)
    mask = table.piece(closed(LEGS), cloth)
    band = closed(((0, 0.062), (0.335, 0.050, CORNER), (0.348, 0.138, CORNER), (0, 0.150)))
    table.piece(band, cloth, thickness=4, contact=0.30)
    for offset in (5.0, -5.0):
        table.stitches(
            straight((-0.345, 0.135), (0, 0.148), (0.345, 0.135)), THREAD, offset=offset, inside=mask
        )
    table.stitches(straight((-0.333, 0.058), (0, 0.070), (0.333, 0.058)), THREAD, inside=mask)
    _fly(table, mask)
    for sign in (-1, 1):
        _jeans_side(table, cloth, mask, sign)
    table.piece(circle(0, 0.103, 0.023), Fabric(flat((0.70, 0.58, 0.40)), cloth.grain * 0), thickness=5)
    return _laid(table, 72, 5.0)


def _fly(table: Table, mask: Floats) -> None:
    table.seam(straight((0, 0.15), (0, 0.60)), inside=mask)
    table.stitches(straight((0, 0.15), (0, 0.60)), THREAD, offset=6, inside=mask)
    fly = curve(((0.10, 0.15), (0.10, 0.40), (0.07, 0.49), (0, 0.535)))
    for offset in (0.0, 10.0):
        table.stitches(fly, THREAD, offset=offset, inside=mask)


def _jeans_side(table: Table, cloth: Fabric, mask: Floats, sign: int) -> None:
    pocket = curve(((0.16 * sign, 0.145), (0.19 * sign, 0.235), (0.27 * sign, 0.285), (0.378 * sign, 0.265)))
    table.seam(pocket, inside=mask)
    for offset in (-6.0, -15.0):
        table.stitches(pocket, THREAD, offset=offset * sign, inside=mask)
    inseam = curve(((0.012 * sign, 0.60), (0.095 * sign, 0.88), (0.148 * sign, 1.40), (0.172 * sign, 1.93)))
    table.seam(inseam, depth=1.4, inside=mask)
    hem = straight((0.41 * sign, 1.880), (0.155 * sign, 1.890))
    table.seam(hem, depth=1.6, inside=mask)
    table.stitches(hem, THREAD, inside=mask)
    for x in (0.14, 0.29):
        low, high = (x - 0.016) * sign, (x + 0.016) * sign
        table.piece(straight((low, 0.045), (high, 0.045), (high, 0.165), (low, 0.165)), cloth, thickness=3)


def trousers() -> Photo:
    """Black, tapered, pressed."""
    table, cloth = Table(), woven(BLACK, 34)
    mask = table.piece(closed(LEGS), cloth)
    table.piece(
        closed(((0, 0.062), (0.335, 0.050, CORNER), (0.346, 0.126, CORNER), (0, 0.138))), cloth, thickness=4
    )
    table.seam(straight((0, 0.14), (0, 0.60)), inside=mask)
    for sign in (-1, 1):
        table.seam(straight((0.235 * sign, 0.145), (0.385 * sign, 0.40)), depth=2.4, inside=mask)
        table.crease((0.265 * sign, 0.16), (0.285 * sign, 1.94), 9, 6)
        table.seam(straight((0.41 * sign, 1.885), (0.155 * sign, 1.893)), depth=1.0, inside=mask)
    table.piece(circle(0, 0.098, 0.017), Fabric(flat((0.20, 0.20, 0.21)), cloth.grain * 0), thickness=3)
    return _laid(table, 74, 4.5)


def _laid(table: Table, seed: int, rumple: float) -> Photo:
    for start, end, width, height in LEG_FOLDS:
        for sign in (-1, 1):
            table.crease((start[0] * sign, start[1]), (end[0] * sign, end[1]), width, height)
    table.rumple(seed, rumple)
    return table.photograph()


def skirt() -> Photo:
    """A red A-line with soft flares."""
    table, cloth = Table(), woven(RED, 41)
    outline = closed(
        (
            (0, 0.300),
            (0.30, 0.290, CORNER),
            (0.42, 0.62),
            (0.60, 1.15),
            (0.76, 1.660, CORNER),
            (0.40, 1.740),
            (0, 1.760),
        )
    )
    mask = table.piece(outline, cloth)
    for place in (-0.86, -0.66, -0.40, -0.16, 0.10, 0.34, 0.60, 0.82):
        table.crease((place * 0.32, 0.36), (place * 0.95, 1.78), 26, 15)
    for place in (-0.8, -0.5, -0.25, 0.05, 0.25, 0.48, 0.75):
        table.crease((place * 0.31, 0.36), (place * 0.47, 0.80), 10, 6)
    band = closed(((0, 0.300), (0.302, 0.290, CORNER), (0.325, 0.385, CORNER), (0, 0.398)))
    table.piece(band, cloth, thickness=4, dim=0.98)
    hem = curve(((-0.742, 1.622), (-0.40, 1.702), (0, 1.722), (0.40, 1.702), (0.742, 1.622)))
    table.seam(hem, depth=1.2, width=1.6, inside=mask)
    table.rumple(76, 4.0)
    return table.photograph()
