"""Patterns of the tops without buttons: tees, hoodie, knit sweater."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tryon_sandbox.bake.garments_curves import (
    CORNER,
    Knot,
    Points,
    closed,
    curve,
    flipped,
    joined,
    straight,
)
from tryon_sandbox.bake.garments_fabric import (
    SIZE,
    Colour,
    Fabric,
    cable_knit,
    fleece,
    jersey,
    mottled,
    places,
    printed,
    rib,
    stripes,
)
from tryon_sandbox.bake.garments_table import Photo, Table
from tryon_sandbox.renderer.raster import Floats, blur, floats

NAVY: Colour = (0.115, 0.155, 0.275)
ECRU: Colour = (0.915, 0.885, 0.815)
SAGE: Colour = (0.385, 0.475, 0.405)
CREAM: Colour = (0.900, 0.860, 0.770)
LABEL: Colour = (0.950, 0.950, 0.940)

NECK: Sequence[Knot] = ((0, 0.300), (0.10, 0.282), (0.19, 0.205), (0.235, 0.112, CORNER))
TEE_BODY: Sequence[Knot] = (
    (0.235, 0.112, CORNER),
    (0.42, 0.165),
    (0.575, 0.225, CORNER),
    (0.535, 0.44),
    (0.575, 0.690, CORNER),
    (0.557, 1.10),
    (0.556, 1.50),
    (0.570, 1.885, CORNER),
    (0.30, 1.902),
    (0, 1.908),
)
TEE_SLEEVE: Sequence[Knot] = (
    (0.50, 0.192, CORNER),
    (0.60, 0.238),
    (0.79, 0.425),
    (0.955, 0.640, CORNER),
    (0.785, 0.845, CORNER),
    (0.68, 0.765),
    (0.560, 0.705, CORNER),
    (0.48, 0.45),
    (0.50, 0.192, CORNER),
)
LYING_FOLDS = (
    ((0.50, 0.66), (0.26, 0.86), 15.0, 7.0),
    ((-0.50, 0.66), (-0.24, 0.90), 16.0, 7.0),
    ((0.44, 0.86), (0.10, 1.22), 26.0, 6.0),
    ((-0.46, 0.98), (-0.10, 1.45), 30.0, 7.0),
    ((0.34, 1.32), (0.14, 1.86), 24.0, 7.0),
    ((-0.16, 1.42), (-0.32, 1.88), 22.0, 6.0),
    ((0.12, 0.46), (0.30, 1.05), 34.0, 6.0),
)


@dataclass(frozen=True, slots=True)
class _TeeCloth:
    body: Fabric
    sleeve: dict[int, Fabric]
    trim: Fabric
    inside: Fabric


def tee() -> Photo:
    """Navy stripes on ecru."""
    base = jersey(ECRU, 3)
    body = printed(base, NAVY, stripes(56, 0.36))
    sleeve = {sign: printed(base, NAVY, stripes(56, 0.36, angle=sign * 0.72)) for sign in (-1, 1)}
    return _tee(_TeeCloth(body, sleeve, jersey(NAVY, 8), jersey((0.80, 0.79, 0.765), 9)), 60)


def printed_tee() -> Photo:
    """White, with a sun over hills on the chest."""
    base = jersey((0.925, 0.922, 0.912), 13)
    plain = dict.fromkeys((-1, 1), base)
    return _tee(_TeeCloth(_with_sun(base), plain, base, jersey((0.78, 0.78, 0.77), 19)), 66)


def _with_sun(base: Fabric) -> Fabric:
    across, down = places()
    x, y = (across - SIZE / 2) / SIZE, (down - SIZE * 0.46) / SIZE
    sun = blur(floats(np.hypot(x, y) < 0.085), 1.0)
    slots = blur(floats((np.abs(((y - 0.02) / 0.019) % 1 - 0.5) < 0.20) & (y > 0.008)), 0.8)
    hill = blur(floats((y > 0.062 + 0.018 * np.sin(x * 34)) & (y < 0.105) & (np.abs(x) < 0.115)), 1.0)
    near = blur(floats((y > 0.083 + 0.013 * np.cos(x * 41)) & (y < 0.105) & (np.abs(x) < 0.115)), 1.0)
    coloured = printed(base, (0.93, 0.47, 0.30), floats(sun * (1 - slots)))
    return printed(printed(coloured, (0.24, 0.44, 0.45), hill), (0.13, 0.26, 0.33), near)


def _tee(cloth: _TeeCloth, seed: int) -> Photo:
    table = Table()
    back = closed(((0, 0.098), (0.12, 0.100), (0.238, 0.112, CORNER), (0.20, 0.24), (0.10, 0.31), (0, 0.33)))
    table.piece(back, cloth.inside, thickness=3, dim=0.93)
    _label(table, 0.122)
    for sign in (-1, 1):
        _tee_sleeve(table, cloth, sign)
    body = table.piece(_around(curve(NECK), curve(TEE_BODY)), cloth.body, contact=0.30)
    _neckband(table, cloth.trim)
    table.seam(straight((-0.565, 1.850), (0, 1.870), (0.565, 1.850)), depth=1.4, inside=body)
    return _laid(table, LYING_FOLDS, seed, 5.0)


def _tee_sleeve(table: Table, cloth: _TeeCloth, sign: int) -> None:
    outline = curve(TEE_SLEEVE) * np.array([sign, 1])
    mask = table.piece(outline, cloth.sleeve[sign])
    hem = straight((0.925 * sign, 0.612), (0.757 * sign, 0.815))
    table.seam(hem, depth=1.4, inside=mask)
    table.crease((0.60 * sign, 0.62), (0.86 * sign, 0.60), 13, 6)
    table.crease((0.58 * sign, 0.52), (0.80 * sign, 0.46), 15, 5)


def _neckband(table: Table, trim: Fabric) -> None:
    outer = curve(NECK)
    inner = curve(((0.283, 0.126, CORNER), (0.228, 0.245), (0.118, 0.332), (0, 0.352)))
    loop = joined([outer, inner, flipped(inner)[::-1], flipped(outer)[::-1]])
    table.piece(loop, trim, thickness=3.5, contact=0.22)


def _around(neck: Points, side: Points) -> Points:
    right = np.concatenate([neck, side[1:]])
    return np.concatenate([right, flipped(right)[::-1]])


def _label(table: Table, y: float) -> None:
    corners = straight((-0.050, y), (0.050, y), (0.050, y + 0.052), (-0.050, y + 0.052))
    table.piece(corners, jersey(LABEL, 99), thickness=1.2, contact=0.2)


def _laid(
    table: Table,
    folds: Sequence[tuple[tuple[float, float], tuple[float, float], float, float]],
    seed: int,
    rumple: float,
) -> Photo:
    for fold in folds:
        table.crease(*fold)
    table.rumple(seed, rumple)
    return table.photograph()


HOODIE_BODY: Sequence[Knot] = (
    (0, 0.430),
    (0.14, 0.36),
    (0.27, 0.225),
    (0.43, 0.285),
    (0.575, 0.350, CORNER),
    (0.535, 0.60),
    (0.570, 0.830, CORNER),
    (0.572, 1.30),
    (0.566, 1.710, CORNER),
    (0, 1.725),
)
LONG_SLEEVE: Sequence[Knot] = (
    (0.48, 0.300, CORNER),
    (0.615, 0.372),
    (0.70, 0.52),
    (0.80, 0.90),
    (0.905, 1.30),
    (0.955, 1.580, CORNER),
    (0.765, 1.640, CORNER),
    (0.680, 1.31),
    (0.555, 0.850, CORNER),
    (0.46, 0.60),
    (0.48, 0.300, CORNER),
)
SLEEVE_FOLDS = (
    ((0.60, 0.50), (0.80, 1.28), 20.0, 8.0),
    ((0.66, 0.98), (0.84, 1.14), 11.0, 8.0),
    ((0.68, 1.10), (0.86, 1.22), 10.0, 7.0),
    ((0.74, 1.40), (0.91, 1.50), 10.0, 7.0),
    ((0.56, 0.80), (0.68, 0.62), 14.0, 6.0),
)


def hoodie() -> Photo:
    """Sage green sweat with a kangaroo pocket; the hood lies back, open."""
    table, cloth = Table(), fleece(SAGE, 21)
    ribbed = Fabric(mottled(floats(cloth.colour * 0.95), 0.02, 27), rib(15, 2.0))
    _hood_behind(table, cloth)
    for sign in (-1, 1):
        _long_sleeve(table, cloth, ribbed, sign)
    body = table.piece(closed(HOODIE_BODY), cloth, thickness=6)
    table.piece(
        closed(((0, 1.705), (0.568, 1.692, CORNER), (0.540, 1.885, CORNER), (0, 1.900))), ribbed, thickness=6
    )
    _pocket(table, cloth, body)
    _hood_front(table, cloth)
    _cords(table)
    return _laid(table, LYING_FOLDS, 70, 6.5)


def _hood_behind(table: Table, cloth: Fabric) -> None:
    back = closed(((0, 0.055), (0.17, 0.065), (0.285, 0.120), (0.315, 0.245), (0.25, 0.36), (0, 0.46)))
    table.piece(back, cloth, thickness=8, dim=0.97)
    lining = closed(((0, 0.125), (0.12, 0.130), (0.205, 0.175), (0.205, 0.255), (0.12, 0.36), (0, 0.43)))
    table.piece(lining, cloth, thickness=2, dim=0.60)
    table.seam(straight((0, 0.06), (0, 0.125)), depth=2)


def _hood_front(table: Table, cloth: Fabric) -> None:
    """Both edges of the hood, crossing below the throat."""
    for sign in (-1, 1):
        outline = curve(
            (
                (-0.02 * sign, 0.440, CORNER),
                (0.10 * sign, 0.355),
                (0.185 * sign, 0.255),
                (0.215 * sign, 0.160),
                (0.275 * sign, 0.125),
                (0.325 * sign, 0.205),
                (0.295 * sign, 0.335),
                (0.17 * sign, 0.455),
                (-0.02 * sign, 0.525, CORNER),
                (-0.02 * sign, 0.440, CORNER),
            )
        )
        table.piece(outline, cloth, thickness=7, contact=0.42)
        edge = curve(
            ((0.005 * sign, 0.445), (0.118 * sign, 0.368), (0.205 * sign, 0.265), (0.238 * sign, 0.165))
        )
        table.seam(edge, depth=1.4)


def _cords(table: Table) -> None:
    cord = jersey((0.90, 0.89, 0.85), 44)
    for sign in (-1, 1):
        line = curve(
            ((0.085 * sign, 0.455), (0.100 * sign, 0.57), (0.085 * sign, 0.70), (0.098 * sign, 0.80))
        )
        wide = np.array([0.0085, 0.0])
        table.piece(joined([line - wide, (line + wide)[::-1]]), cord, thickness=3, contact=0.45)


def _pocket(table: Table, cloth: Fabric, body: Floats) -> None:
    outline = closed(
        ((0, 1.20), (0.215, 1.20, CORNER), (0.355, 1.47, CORNER), (0.355, 1.700, CORNER), (0, 1.708))
    )
    table.piece(outline, cloth, thickness=5, contact=0.34)
    for sign in (-1, 1):
        table.seam(straight((0.200 * sign, 1.225), (0.332 * sign, 1.478)), depth=1.6, inside=body)
    table.seam(straight((-0.21, 1.222), (0.21, 1.222)), depth=1.6)


def _long_sleeve(table: Table, cloth: Fabric, ribbed: Fabric, sign: int) -> None:
    turn = np.array([sign, 1])
    table.piece(curve(LONG_SLEEVE) * turn, cloth, thickness=6)
    for start, end, width, height in SLEEVE_FOLDS:
        table.crease((start[0] * sign, start[1]), (end[0] * sign, end[1]), width, height)
    cuff = curve(
        (
            (0.950, 1.575, CORNER),
            (0.942, 1.740, CORNER),
            (0.782, 1.782, CORNER),
            (0.768, 1.632, CORNER),
            (0.950, 1.575, CORNER),
        )
    )
    table.piece(cuff * turn, ribbed, thickness=5)


def sweater() -> Photo:
    """Cream rib knit with a crew neck."""
    table, cloth = Table(), cable_knit(CREAM, 81)
    trim = Fabric(mottled(floats(cloth.colour * 0.985), 0.02, 88), rib(18, 2.6))
    back = closed(((0, 0.215), (0.12, 0.215), (0.235, 0.235, CORNER), (0.20, 0.33), (0.10, 0.40), (0, 0.415)))
    table.piece(back, cloth, thickness=3, dim=0.84)
    for sign in (-1, 1):
        _long_sleeve(table, cloth, trim, sign)
    neck = curve(((0, 0.385), (0.10, 0.368), (0.19, 0.300), (0.235, 0.228, CORNER)))
    side = curve(((0.235, 0.228, CORNER), *HOODIE_BODY[3:]))
    table.piece(_around(neck, side), cloth, thickness=7)
    inner = curve(((0.305, 0.248, CORNER), (0.245, 0.345), (0.128, 0.438), (0, 0.458)))
    table.piece(joined([neck, inner, flipped(inner)[::-1], flipped(neck)[::-1]]), trim, thickness=6)
    hem = closed(((0, 1.705), (0.568, 1.692, CORNER), (0.545, 1.885, CORNER), (0, 1.900)))
    table.piece(hem, trim, thickness=6)
    return _laid(table, LYING_FOLDS, 85, 7.0)
