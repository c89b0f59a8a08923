"""Backdrops as in photos taken at home, drawn by code, and sample garments laid on them with true masks."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.renderer.sample_garments import garment, opened

Colours = NDArray[np.float32]  # (height, width, 3) or (3,), 0..1
Layer = NDArray[np.float32]  # (height, width)
SIZE = 720
TRUTH = Path(__file__).parent / "truth"
LAID = 0.86  # of the picture that the garment's own photo takes


@dataclass(frozen=True)
class Laid:
    """A sample garment on a backdrop, and where it truly is."""

    photo: Colours
    mask: NDArray[np.bool_]


def _grid() -> tuple[Layer, Layer]:
    down, across = np.mgrid[0:SIZE, 0:SIZE].astype(np.float32)
    return down, across


def _clouds(rng: np.random.Generator, across: int, down: int) -> Layer:
    """Soft noise around 0, with so many bumps across and down."""
    coarse = rng.normal(0, 1, (max(down, 2), max(across, 2))).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (SIZE, SIZE), interpolation=cv2.INTER_CUBIC), np.float32)


def _tinted(colour: tuple[float, float, float], light: Layer) -> Colours:
    return np.asarray(np.array(colour, np.float32) * light[..., None], np.float32)


def _wood(rng: np.random.Generator) -> Colours:
    """A floor of boards with grain, joints and a tone of each board's own."""
    _, across = _grid()
    wide = rng.uniform(60, 130)
    board = (across / wide).astype(int)
    tones = rng.normal(1, 0.07, board.max() + 1).astype(np.float32)
    grain = 0.05 * _clouds(rng, 160, 7) + 0.03 * _clouds(rng, 400, 20)
    joints = np.where(across % wide < 2.0, np.float32(0.6), np.float32(1))
    light = tones[board] * (1 + grain) * joints
    return _tinted(_choice(rng, ((0.62, 0.46, 0.32), (0.78, 0.66, 0.50), (0.36, 0.25, 0.18))), light)


def _tiles(rng: np.random.Generator) -> Colours:
    down, across = _grid()
    wide = rng.uniform(110, 240)
    slant = np.float32(rng.uniform(-0.3, 0.3))
    u, v = across + slant * down, down - slant * across
    joint = (np.abs(u % wide - 2) < 2.5) | (np.abs(v % wide - 2) < 2.5)
    light = 1 + 0.03 * _clouds(rng, 90, 90) + 0.02 * _clouds(rng, 12, 12)
    tile = _tinted(_choice(rng, ((0.80, 0.78, 0.74), (0.42, 0.42, 0.44), (0.70, 0.55, 0.42))), light)
    return np.where(joint[..., None], tile * np.float32(0.7), tile)


def _sheet(rng: np.random.Generator) -> Colours:
    """A bed sheet with soft folds."""
    down, across = _grid()
    light = np.ones((SIZE, SIZE), np.float32)
    for _ in range(9):
        way, at = rng.uniform(0, np.pi), rng.uniform(-0.2, 1.2) * SIZE
        away = np.abs(across * np.cos(way) + down * np.sin(way) - at) / rng.uniform(10, 40)
        light += np.float32(rng.uniform(-0.11, 0.08)) * np.exp(-away)
    tone = _choice(rng, ((0.86, 0.85, 0.84), (0.62, 0.70, 0.80), (0.55, 0.20, 0.26)))
    return _tinted(tone, np.asarray(light + 0.01 * _clouds(rng, 300, 300), np.float32))


def _prints(rng: np.random.Generator) -> Colours:
    """A printed blanket: dots or checks in a second colour."""
    down, across = _grid()
    step = rng.uniform(36, 90)
    if rng.random() < 0.5:
        spot = np.hypot(across % step - step / 2, down % step - step / 2) < 0.25 * step
    else:
        spot = (across % step < step / 3) ^ (down % step < step / 3)
    ground, other = rng.uniform(0.25, 0.9, 3), rng.uniform(0.25, 0.9, 3)
    colours = np.where(spot[..., None], other, ground).astype(np.float32)
    return np.asarray(colours * (1 + 0.04 * _clouds(rng, 14, 14))[..., None], np.float32)


def _carpet(rng: np.random.Generator) -> Colours:
    light = 1 + 0.10 * _clouds(rng, 260, 260) + 0.07 * _clouds(rng, 70, 70) + 0.05 * _clouds(rng, 9, 9)
    tone = _choice(rng, ((0.50, 0.47, 0.44), (0.22, 0.22, 0.24), (0.66, 0.58, 0.46)))
    return _tinted(tone, np.asarray(light, np.float32))


def _wall(rng: np.random.Generator) -> Colours:
    """A wall with a skirting board, a floor and the light of one lamp."""
    down, across = _grid()
    lamp = np.hypot(across - rng.uniform(0, SIZE), down - rng.uniform(-200, 300)) / SIZE
    wall = _tinted(
        _choice(rng, ((0.86, 0.84, 0.80), (0.74, 0.78, 0.74), (0.60, 0.60, 0.64))), 1.1 - 0.35 * lamp
    )
    edge = rng.uniform(0.80, 0.93) * SIZE
    board = (down > edge - 22) & (down <= edge)
    floor = down > edge
    shaded = np.where(board[..., None], np.float32(0.92), wall)
    return np.where(floor[..., None], _wood(rng) * np.float32(0.8), shaded)


def _door(rng: np.random.Generator) -> Colours:
    """A panelled door in its frame."""
    down, across = _grid()
    light = 1 + 0.015 * _clouds(rng, 6, 9)
    door = _tinted(_choice(rng, ((0.84, 0.83, 0.80), (0.52, 0.36, 0.24), (0.72, 0.70, 0.66))), light)
    inset = rng.uniform(0.14, 0.22) * SIZE
    for top, bottom in ((0.05, 0.45), (0.52, 0.95)):
        inside = (across > inset) & (across < SIZE - inset) & (down > top * SIZE) & (down < bottom * SIZE)
        rim = cv2.morphologyEx(inside.astype(np.uint8), cv2.MORPH_GRADIENT, np.ones((7, 7), np.uint8)) > 0
        door = np.where(rim[..., None], door * np.float32(0.78), door)
    return np.where((across < 0.05 * SIZE)[..., None], door * np.float32(0.55), door)


def _stone(rng: np.random.Generator) -> Colours:
    light = 1 + 0.06 * _clouds(rng, 5, 5) + 0.05 * _clouds(rng, 24, 18) + 0.04 * _clouds(rng, 300, 300)
    veins = np.exp(-np.abs(_clouds(rng, 7, 6)) * 14)
    tone = _choice(rng, ((0.74, 0.72, 0.70), (0.30, 0.31, 0.33), (0.60, 0.53, 0.46)))
    return _tinted(tone, np.asarray(light - 0.18 * veins, np.float32))


def _choice(
    rng: np.random.Generator, of: tuple[tuple[float, float, float], ...]
) -> tuple[float, float, float]:
    return of[int(rng.integers(len(of)))]


KINDS: dict[str, Callable[[np.random.Generator], Colours]] = {
    "wood": _wood,
    "tiles": _tiles,
    "bed sheet": _sheet,
    "printed blanket": _prints,
    "carpet": _carpet,
    "wall": _wall,
    "door": _door,
    "stone": _stone,
}
BACKDROPS = tuple((kind, number) for kind in KINDS for number in range(5))  # forty


def backdrop(kind: str, number: int) -> Colours:
    """One of the forty, the same each time; uneven light falls on it."""
    rng = np.random.default_rng([list(KINDS).index(kind), number])
    drawn = KINDS[kind](rng)
    down, across = _grid()
    way = rng.uniform(0, 2 * np.pi)
    lit = 1 + 0.14 * (np.cos(way) * (across / SIZE - 0.5) + np.sin(way) * (down / SIZE - 0.5))
    return np.asarray(np.clip(drawn * lit[..., None], 0, 1), np.float32)


def _hanger(photo: Colours, top: int, middle: int) -> Colours:
    """A wire hook above the garment."""
    canvas = np.ascontiguousarray(photo)
    cv2.line(canvas, (middle, top + 6), (middle, top - 26), (0.25, 0.25, 0.27), 4, cv2.LINE_AA)
    cv2.ellipse(canvas, (middle + 9, top - 30), (10, 12), 0, 150, 380, (0.25, 0.25, 0.27), 4, cv2.LINE_AA)
    return canvas


def _fitted(image: NDArray[np.float32]) -> NDArray[np.float32]:
    small = round(LAID * SIZE)
    before = (SIZE - small) // 2
    padding = ((before, SIZE - small - before),) * 2 + ((0, 0),) * (image.ndim - 2)
    resized = cv2.resize(image, (small, small), interpolation=cv2.INTER_AREA)
    return np.asarray(np.pad(resized, padding), np.float32)


@cache
def _alone(name: str) -> tuple[Colours, Layer]:
    """A sample garment as large as it is laid, and its share of every pixel: the same on each backdrop."""
    truth = np.asarray(Image.open(TRUTH / f"{name}.png"), np.float32)
    colours = np.asarray(opened(garment(name)), np.float32) / 255
    firm = cv2.resize(truth, colours.shape[1::-1], interpolation=cv2.INTER_LINEAR) > 0.5
    core = cv2.erode(firm.astype(np.float32), np.ones((5, 5), np.uint8))
    near = cv2.GaussianBlur(colours * core[..., None], (0, 0), 4)
    near = near / np.maximum(cv2.GaussianBlur(core, (0, 0), 4), 1e-3)[..., None]
    cloth = _fitted(np.where(core[..., None] > 0, colours, near).astype(np.float32))
    there = cv2.resize(truth, colours.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    share = _fitted(np.asarray(there, np.float32))
    for one in (cloth, share):
        one.setflags(write=False)
    return cloth, share


def laid(name: str, kind: str, number: int) -> Laid:
    """A sample garment on this backdrop, with its shadow; at a door or wall a shirt hangs by a hook."""
    cloth, share = _alone(name)
    scene = backdrop(kind, number)
    rows, columns = np.nonzero(share > 0.5)
    if kind in ("door", "wall") and name in ("shirt", "white_shirt", "hoodie"):
        scene = _hanger(scene, int(rows.min()), int(np.median(columns)))
    shadow = cv2.GaussianBlur(np.roll(share, (7, 5), (0, 1)), (0, 0), 7)[..., None]
    scene = scene * (1 - 0.35 * shadow)
    soft = cv2.GaussianBlur(share, (0, 0), 0.7)[..., None]
    rng = np.random.default_rng(number)
    photo = cloth * soft + scene * (1 - soft) + rng.normal(0, 0.008, scene.shape)
    return Laid(np.clip(photo, 0, 1).astype(np.float32), share > 0.5)
