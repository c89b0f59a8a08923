"""Bending a piece of cloth from its outline in the photo to its outline on the body."""

from dataclasses import dataclass

import cv2
import numpy as np

from tryon_sandbox.renderer.curves import Points
from tryon_sandbox.renderer.raster import Floats, blur, floats, polygon

STEP = 8  # the spline is evaluated on a grid this coarse, and interpolated
STIFFNESS = 1e-3
MARGIN = 12


@dataclass(frozen=True, slots=True)
class Patch:
    """Matching points on the body (picture pixels) and in the photo (mask pixels); the outline to fill."""

    target: Points
    source: Points
    outline: Points


@dataclass(frozen=True, slots=True)
class Cloth:
    """Warped colours, premultiplied by nothing, and their opacity, at the size of the picture."""

    rgb: Floats
    alpha: Floats


def warp(patch: Patch, rgb: Floats, alpha: Floats, scale: float, shape: tuple[int, int]) -> Cloth:
    """The patch drawn into an empty picture of `shape`; `scale` is photo pixels per mask pixel."""
    return warped(patch, rgb, (alpha,), scale, shape)[0]


def warped(
    patch: Patch, rgb: Floats, alphas: tuple[Floats, ...], scale: float, shape: tuple[int, int]
) -> tuple[Cloth, ...]:
    """As `warp`, of the same colours once with each opacity; they share their colours."""
    colours = np.zeros((*shape, 3), np.float32)
    found = tuple(Cloth(colours, np.zeros(shape, np.float32)) for _ in alphas)
    left, top, right, bottom = _window(patch.target, shape)
    if right - left < 2 or bottom - top < 2:
        return found
    window = (slice(top, bottom), slice(left, right))
    where = thin_plate(patch.target, patch.source * scale, (left, top, right, bottom))
    filled = polygon(patch.outline - (left, top), (bottom - top, right - left))
    inside = np.clip(blur(filled, 0.8) * 2.2 - 0.05, 0, 1)
    colours[window] = np.clip(_sampled(rgb, where, cv2.INTER_CUBIC), 0, 1)
    for cloth, alpha in zip(found, alphas, strict=True):
        cloth.alpha[window] = _sampled(alpha, where) * inside
    return found


def thin_plate(target: Points, source: Points, box: tuple[int, int, int, int]) -> Floats:
    """For every pixel of the box (left, top, right, bottom) the place in the source, (height, width, 2)."""
    left, top, right, bottom = box
    centre, spread = target.mean(0), target.std() + 1e-6
    knots = (target - centre) / spread
    weights = _solved(knots, source)
    across, down = np.arange(left, right + STEP, STEP), np.arange(top, bottom + STEP, STEP)
    grid = (np.stack(np.meshgrid(across, down), -1).reshape(-1, 2) - centre) / spread
    bent = cv2.gemm(_kernel(grid, knots), weights[:-3], 1, _affine(grid) @ weights[-3:], 1)
    coarse = floats(bent.reshape(len(down), len(across), 2))
    return _enlarged(coarse, right - left, bottom - top)


def lying(patch: Patch, places: Points) -> Points:
    """Where these places of the photo, in mask pixels, come to lie on the body, in picture pixels."""
    centre, spread = patch.source.mean(0), patch.source.std() + 1e-6
    knots, at = (patch.source - centre) / spread, (places - centre) / spread
    weights = _solved(knots, patch.target)
    return np.asarray(_kernel(at, knots) @ weights[:-3] + _affine(at) @ weights[-3:], np.float64)


def _solved(knots: Points, source: Points) -> Points:
    count = len(knots)
    system = np.zeros((count + 3, count + 3))
    system[:count, :count] = _kernel(knots, knots) + STIFFNESS * np.eye(count)
    system[:count, count:] = _affine(knots)
    system[count:, :count] = _affine(knots).T
    solved, found = cv2.solve(system, np.concatenate([source, np.zeros((3, 2))]), flags=cv2.DECOMP_LU)
    if not solved:
        raise ValueError("The landmarks do not span a piece of cloth.")
    return np.asarray(found, np.float64)


def _kernel(one: Points, other: Points) -> Points:
    squared = np.subtract.outer(one[:, 0], other[:, 0]) ** 2 + np.subtract.outer(one[:, 1], other[:, 1]) ** 2
    return np.asarray(0.5 * squared * cv2.log(np.maximum(squared, 1e-12)), np.float64)


def _affine(knots: Points) -> Points:
    return np.column_stack([np.ones(len(knots)), knots])


def _window(target: Points, shape: tuple[int, int]) -> tuple[int, int, int, int]:
    left, top = np.floor(target.min(0) - MARGIN).astype(int)
    right, bottom = np.ceil(target.max(0) + MARGIN).astype(int)
    return max(int(left), 0), max(int(top), 0), min(int(right), shape[1]), min(int(bottom), shape[0])


def _enlarged(coarse: Floats, width: int, height: int) -> Floats:
    right, down = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    return floats(cv2.remap(coarse, right / STEP, down / STEP, cv2.INTER_LINEAR))


def _sampled(image: Floats, where: Floats, sharpness: int = cv2.INTER_LINEAR) -> Floats:
    across, down = cv2.split(where)
    found = cv2.remap(image, across, down, sharpness, borderMode=cv2.BORDER_REPLICATE)
    return floats(found)
