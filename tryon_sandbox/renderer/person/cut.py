"""A person's silhouette before a plain wall: a smooth surface, walked from the border inwards."""

from dataclasses import dataclass

import cv2
import numpy as np

from tryon_sandbox.renderer.raster import (
    Floats,
    Mask,
    blur,
    border,
    channels,
    components,
    floats,
    largest,
    luma,
    reachable,
    resize,
    slope,
    soft,
)

ROWS = 384  # the thresholds below are for a picture of this height
ROUNDS = 6
LEAST_WALL, MOST_WALL = 0.02, 0.05  # how far the wall's own pixels are from the surface, at four medians
DEEPEST_SHADOW = 0.16
POCKET_EDGE = 0.02
EVERY = 5  # of the wall's pixels is enough for the fit


@dataclass(frozen=True, slots=True)
class Silhouette:
    """The small picture, who is in it, and how rough the wall is; the gaps between limbs are left out."""

    rgb: Floats
    mask: Mask
    roughness: float


def silhouette(photo: Floats) -> Silhouette:
    """The largest thing that is not wall, at a height of `ROWS`."""
    rgb = blur(resize(photo, (max(8, round(photo.shape[1] * ROWS / photo.shape[0])), ROWS)), 0.7)
    frame = _beside(rgb.shape[:2])
    steps = floats(np.hypot(*slope(luma(rgb))))
    terms = _terms(rgb.shape[:2])
    wall = frame & (np.abs(rgb - np.median(rgb[frame], axis=0)).max(-1) < 0.2)
    away, limit = np.zeros(wall.shape, np.float32), MOST_WALL
    for turn in range(ROUNDS):
        if wall.sum() < 64 * EVERY:
            break
        away, shade = _away(rgb, terms, wall)
        limit = float(np.clip(4 * np.median(away[wall]), LEAST_WALL, MOST_WALL))
        like = away < limit
        if turn > ROUNDS // 2:
            like |= shade & (steps < 0.012)
        wall = reachable(like & (away < DEEPEST_SHADOW), frame)
    roughness = float(np.median(away[wall])) if wall.any() else 1.0
    gaps = cv2.morphologyEx(
        ((away < 0.9 * limit) & (steps < POCKET_EDGE)).astype(np.uint8),
        cv2.MORPH_OPEN,
        np.ones((3, 3), np.uint8),
    )
    return Silhouette(rgb, _whole(wall) & ~(gaps > 0), roughness)


def _away(rgb: Floats, terms: Floats, wall: Mask) -> tuple[Floats, Mask]:
    """How unlike the wall each pixel is, and which are the wall in shade."""
    found = np.linalg.lstsq(terms[wall][::EVERY], rgb[wall][::EVERY], rcond=None)[0]
    off = floats(rgb - terms @ found)
    light = luma(off)
    tint = largest(np.abs(off - channels(light)))
    away = np.hypot(2.2 * tint, light * np.where(light < 0, np.float32(1.0), np.float32(1.5)))
    shade = (light < 0) & (light > -0.2) & (tint < 0.02 + 0.1 * np.abs(light))
    return floats(away), np.asarray(shade, np.bool_)


def _beside(shape: tuple[int, int]) -> Mask:
    """The upper and side borders: people stand on the lower one, or are cut by it."""
    frame = border(shape, max(3, shape[1] // 40))
    frame[int(shape[0] * 0.9) :] = False
    return frame


def _terms(shape: tuple[int, int]) -> Floats:
    """The terms of a cubic surface."""
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    x, y = x / shape[1] - 0.5, y / shape[0] - 0.5
    one = np.ones_like(x)
    return floats(np.stack([one, x, y, x * x, y * y, x * y, x**3, y**3, x * x * y, x * y * y], -1))


def _whole(wall: Mask) -> Mask:
    """The largest piece that is not wall, with its holes filled."""
    labels, areas = components(soft(~wall, 1.5) > 0.5)
    if len(areas) < 2:
        return np.zeros(wall.shape, np.bool_)
    largest_piece = labels == 1 + int(areas[1:].argmax())
    return ~reachable(~largest_piece, border(wall.shape, 1) & ~largest_piece)
