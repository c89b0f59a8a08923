"""Patterns of the shirts: collar, placket, buttons, cuffs."""

from collections.abc import Sequence

import numpy as np

from tryon_sandbox.bake.garments_curves import CORNER, Knot, circle, closed, curve, straight
from tryon_sandbox.bake.garments_fabric import Colour, Fabric, flat, pinstripes, printed, woven
from tryon_sandbox.bake.garments_table import Photo, Table
from tryon_sandbox.renderer.raster import Floats

SKY: Colour = (0.600, 0.715, 0.840)
WHITE: Colour = (0.965, 0.965, 0.965)
PALE: Colour = (0.925, 0.921, 0.915)  # the table under white cloth
BUTTON: Colour = (0.93, 0.92, 0.89)

SLEEVE: Sequence[Knot] = (
    (0.44, 0.200, CORNER),
    (0.575, 0.285),
    (0.665, 0.46),
    (0.775, 0.88),
    (0.880, 1.30),
    (0.930, 1.590, CORNER),
    (0.755, 1.645, CORNER),
    (0.650, 1.25),
    (0.520, 0.720, CORNER),
    (0.43, 0.50),
    (0.44, 0.200, CORNER),
)
CUFF: Sequence[Knot] = (
    (0.934, 1.585, CORNER),
    (0.950, 1.742, CORNER),
    (0.778, 1.792, CORNER),
    (0.752, 1.640, CORNER),
    (0.934, 1.585, CORNER),
)
BODY: Sequence[Knot] = (
    (0.16, 0.095, CORNER),
    (0.36, 0.155),
    (0.535, 0.228, CORNER),
    (0.495, 0.44),
    (0.535, 0.690, CORNER),
    (0.522, 1.15),
    (0.535, 1.55),
    (0.520, 1.720),
    (0.36, 1.825),
    (0.13, 1.880),
    (0, 1.885),
)
COLLAR: Sequence[Knot] = (
    (0.012, 0.272, CORNER),
    (0.10, 0.185),
    (0.175, 0.085, CORNER),
    (0.245, 0.115),
    (0.290, 0.245),
    (0.262, 0.405, CORNER),
    (0.13, 0.345),
    (0.012, 0.272, CORNER),
)
FOLDS = (
    ((0.48, 0.68), (0.24, 0.92), 14.0, 6.0),
    ((-0.48, 0.70), (-0.22, 0.95), 14.0, 6.0),
    ((0.42, 0.95), (0.16, 1.55), 26.0, 6.0),
    ((-0.40, 1.05), (-0.14, 1.66), 28.0, 6.0),
    ((0.36, 1.30), (0.24, 1.80), 18.0, 6.0),
    ((-0.18, 0.48), (-0.34, 1.00), 24.0, 5.0),
)
SLEEVE_FOLDS = (
    ((0.58, 0.44), (0.78, 1.24), 18.0, 7.0),
    ((0.66, 0.95), (0.80, 1.09), 9.0, 8.0),
    ((0.66, 1.04), (0.84, 1.14), 9.0, 7.0),
    ((0.72, 1.36), (0.88, 1.46), 9.0, 7.0),
    ((0.53, 0.70), (0.64, 0.54), 12.0, 6.0),
)


def shirt() -> Photo:
    """Sky blue with fine white stripes."""
    base = woven(SKY, 11)
    lines: Colour = (0.900, 0.930, 0.965)
    body = printed(base, lines, pinstripes(13, 0.30))
    sleeves = {sign: printed(base, lines, pinstripes(13, 0.30, angle=sign * -0.26)) for sign in (-1, 1)}
    return _shirt(body, sleeves, printed(base, lines, pinstripes(13, 0.30, angle=1.5708)), 0.86, 71, Table())


def white_shirt() -> Photo:
    """White on a near-white ground: what a cut-out finds hardest."""
    cloth = woven(WHITE, 17)
    return _shirt(cloth, {-1: cloth, 1: cloth}, cloth, 0.78, 77, Table(surface=PALE, thickness=2.5))


def _shirt(
    body: Fabric, sleeves: dict[int, Fabric], cuffs: Fabric, inside: float, seed: int, table: Table
) -> Photo:
    for sign in (-1, 1):
        _sleeve(table, sleeves[sign], cuffs, sign)
    yoke = closed(((0, 0.058), (0.10, 0.060), (0.190, 0.072, CORNER), (0.13, 0.18), (0, 0.30)))
    trunk = table.piece(closed(BODY), body)
    table.piece(yoke, body, thickness=3, dim=inside, contact=0.1)
    table.piece(
        straight((-0.05, 0.10), (0.05, 0.10), (0.05, 0.15), (-0.05, 0.15)), woven((0.95, 0.95, 0.94), 98)
    )
    _front(table, body, trunk)
    for sign in (-1, 1):
        _collar(table, cuffs, sign)
    _buttons(table)
    for fold in FOLDS:
        table.crease(*fold)
    table.rumple(seed, 4.5)
    return table.photograph()


def _sleeve(table: Table, cloth: Fabric, cuffs: Fabric, sign: int) -> None:
    turn = np.array([sign, 1])
    table.piece(curve(SLEEVE) * turn, cloth)
    for start, end, width, height in SLEEVE_FOLDS:
        table.crease((start[0] * sign, start[1]), (end[0] * sign, end[1]), width, height)
    table.piece(curve(CUFF) * turn, cuffs, thickness=4.5)
    for y in (1.605, 1.722):
        table.seam(straight((0.930 * sign, y - 0.005), (0.770 * sign, y + 0.042)), depth=1.0, width=1.6)
    table.piece(
        circle(0.800 * sign, 1.705, 0.013), Fabric(flat(BUTTON), np.zeros_like(cloth.grain)), thickness=2
    )


def _front(table: Table, cloth: Fabric, trunk: Floats) -> None:
    """Placket, pocket, and the yoke's seams."""
    placket = straight((-0.055, 0.24), (0.055, 0.24), (0.055, 1.883), (-0.055, 1.883))
    table.piece(placket, cloth, thickness=2.5, contact=0.26)
    for x in (-0.043, 0.043):
        table.seam(straight((x, 0.28), (x, 1.88)), depth=0.9, width=1.4, inside=trunk)
    pocket = straight((0.175, 0.62), (0.395, 0.62), (0.395, 0.865), (0.285, 0.915), (0.175, 0.865))
    table.piece(pocket, cloth, thickness=2.5, contact=0.24)
    table.seam(straight((0.175, 0.668), (0.395, 0.668)), depth=1.0, width=1.4)
    for sign in (-1, 1):
        table.seam(
            curve(((0.20 * sign, 0.272), (0.36 * sign, 0.265), (0.515 * sign, 0.300))),
            depth=1.2,
            inside=trunk,
        )
    hem = curve(((-0.505, 1.69), (-0.35, 1.79), (-0.13, 1.845), (0.13, 1.845), (0.35, 1.79), (0.505, 1.69)))
    table.seam(hem, depth=0.9, width=1.4, inside=trunk)


def _collar(table: Table, cloth: Fabric, sign: int) -> None:
    outline = curve(COLLAR) * np.array([sign, 1])
    table.piece(outline, cloth, thickness=5, contact=0.40)
    centre = outline.mean(0)
    table.seam(centre + (outline - centre) * 0.87, depth=0.9, width=1.4)


def _buttons(table: Table) -> None:
    pearl = Fabric(flat(BUTTON), np.zeros(flat(BUTTON).shape[:2], np.float32))
    dark = Fabric(flat((0.45, 0.45, 0.47)), pearl.grain)
    for y in np.linspace(0.345, 1.71, 7):
        table.piece(circle(0.0, y, 0.0165), pearl, thickness=2.6, contact=0.40)
        for dx, dy in ((-0.005, -0.005), (0.005, -0.005), (-0.005, 0.005), (0.005, 0.005)):
            table.piece(circle(dx, y + dy, 0.0022), dark, thickness=0.1, contact=0)
