"""Cutting a garment out of a product photo: a plain backdrop is walked away from the border inwards."""

from dataclasses import dataclass

import cv2
import numpy as np

from tryon_sandbox.studio import backdrop_fit, matte
from tryon_sandbox.studio.backdrop_fit import Backdrop
from tryon_sandbox.studio.picture import Picture
from tryon_sandbox.studio.raster import (
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

WORK_SIZE = 480  # the thresholds below were tuned at this longest side
NOTCH = 13  # pixels at working size
RIM = 16  # pixels that a soft shadow reaches; what goes deeper is cloth
MOST_DEEP = 0.25
MINOR_PIECE = 0.08  # smaller separate pieces, measured by the largest, are dirt


@dataclass(frozen=True, slots=True)
class Cutout:
    """A garment by itself: colours and opacity at full size, a firm mask at working size."""

    rgb: Floats
    alpha: Floats
    mask: Mask
    noise: float
    outliers: float

    @property
    def scale(self) -> float:
        """Full-size pixels per mask pixel."""
        return float(self.rgb.shape[1] / self.mask.shape[1])


@dataclass(frozen=True, slots=True)
class _Scene:
    """What each pixel looks like against the backdrop."""

    rgb: Floats
    backdrop: Floats
    light: Floats
    chroma: Floats
    distance: Floats
    noise: float


def cut_out(picture: Picture) -> Cutout:
    """The garment of a flat-lay photo; a picture with its own transparency keeps that as the mask."""
    small = resize(picture.rgb, _work_size(picture.rgb.shape[:2]))
    if picture.alpha is not None:
        mask = resize(picture.alpha, (small.shape[1], small.shape[0])) > 0.5
        mask = _main_pieces(mask)
        return Cutout(picture.rgb, picture.alpha, mask, 0.0, 0.0)
    backdrop = backdrop_fit.fit(small)
    mask = _find(small, backdrop)
    rgb, alpha = matte.refine(picture.rgb, small, mask, backdrop)
    return Cutout(rgb, alpha, mask, backdrop.noise, backdrop.outliers)


def _work_size(shape: tuple[int, int]) -> tuple[int, int]:
    share = WORK_SIZE / max(shape)
    return max(8, round(shape[1] * share)), max(8, round(shape[0] * share))


def _find(rgb: Floats, backdrop: Backdrop) -> Mask:
    scene = _compare(rgb, backdrop)
    first = _without_backdrop(scene)
    mask = first
    for _ in range(2):
        mask = mask & ~_contact_shadow(scene, mask)
    mask = mask | (_closed(mask, NOTCH) & first & _unshaded(scene))
    smooth = soft(mask | _bridged(mask), 2.2) > 0.5
    return _filled(_main_pieces(_opened(smooth)))


def _compare(rgb: Floats, backdrop: Backdrop) -> _Scene:
    paint = backdrop.paint(rgb.shape[:2])
    away = rgb - paint
    light = luma(away)
    chroma = largest(np.abs(away - channels(light)))
    # Brighter than the backdrop counts more: nothing but a white garment is.
    weighted = light * np.where(light < 0, np.float32(1.0), np.float32(1.6))
    return _Scene(rgb, paint, light, chroma, floats(np.hypot(2.2 * chroma, weighted)), backdrop.noise)


def _without_backdrop(scene: _Scene) -> Mask:
    frame = border(scene.light.shape, max(3, round(0.025 * WORK_SIZE)))
    threshold = float(np.clip(4.5 * scene.noise, 0.010, 0.05))
    like = scene.distance < threshold
    mask = ~reachable(like, frame)
    core = mask & (soft(mask, 3) > 0.97)
    if _is_whitish(scene, mask):
        return _without_soft_shadow(scene, like, mask, frame)
    contrast = float(np.median(scene.distance[core])) if core.any() else 0.1
    limit = float(np.clip(0.42 * contrast, threshold, 0.16))
    return ~reachable(like | _smooth_shadow(scene, 0.035) & (scene.distance < limit), frame)


def _is_whitish(scene: _Scene, mask: Mask) -> bool:
    """Much of the cloth is as light as the backdrop: peeling shadows as usual would tear it."""
    pale = (scene.light > -0.06) & (scene.chroma < 0.03)
    return bool(pale[mask].mean() > 0.25) if mask.any() else False


def _without_soft_shadow(scene: _Scene, like: Mask, mask: Mask, frame: Mask) -> Mask:
    """White cloth: only what darkens without any edge is a shadow, and only as a rim around the cloth."""
    outside = reachable(like | _smooth_shadow(scene, 0.010), frame)
    removed = mask & outside
    depth = cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, 5)
    if not removed.any() or float((depth[removed] > RIM).mean()) > MOST_DEEP:
        return mask
    return ~(outside | _rim(outside) & (scene.light < -0.012))


def _rim(outside: Mask) -> Mask:
    """The next pixel inwards, where shadow and cloth are mixed."""
    grown = cv2.dilate(outside.astype(np.uint8), np.ones((3, 3), np.uint8))
    return np.asarray(grown, np.bool_)


def _smooth_shadow(scene: _Scene, steepest: float) -> Mask:
    down, right = slope(blur(luma(scene.rgb), 0.8))
    neutral = scene.chroma < 0.010 + 2 * scene.noise + 0.10 * np.abs(scene.light)
    darker = (scene.light < 0) & (scene.light > -0.30)
    return np.asarray(darker & neutral & (np.hypot(down, right) < steepest), np.bool_)


def _contact_shadow(scene: _Scene, mask: Mask) -> Mask:
    """Edge pixels that look like the darkened backdrop, and not like the fabric just inside."""
    core = (soft(mask, 2.5) > 0.93).astype(np.float32)
    weight = channels(blur(core, 4.0))
    inside = blur(scene.rgb * channels(core), 4.0) / np.maximum(weight, 1e-3)
    dimmed = scene.backdrop * channels(luma(scene.rgb) / luma(scene.backdrop))
    unlike_cloth = largest(np.abs(scene.rgb - inside)) > 0.07
    backdrop_tinted = largest(np.abs(scene.rgb - dimmed)) < 0.03
    dim = (scene.light < -0.01) & (scene.light > -0.35)
    shadow = (core < 0.5) & backdrop_tinted & dim & unlike_cloth
    return np.asarray(mask & (shadow | _mostly_backdrop(scene, mask, floats(inside))), np.bool_)


def _mostly_backdrop(scene: _Scene, mask: Mask, inside: Floats) -> Mask:
    span = inside - scene.backdrop
    squared = 3 * luma(span**2)
    share = 3 * luma((scene.rgb - scene.backdrop) * span) / np.maximum(squared, 1e-4)
    faint = largest(np.abs(scene.rgb - scene.backdrop)) < 0.22
    return np.asarray((soft(mask, 1.2) < 0.86) & (squared > 0.02) & (share < 0.5) & faint, np.bool_)


def _unshaded(scene: _Scene) -> Mask:
    """As light as the backdrop, or coloured: cloth rather than shadow."""
    return np.asarray((scene.light > -0.03) | (scene.chroma > 0.02), np.bool_)


def _closed(mask: Mask, size: int) -> Mask:
    """With notches up to this size filled: light stripes at the edge, taken for shadow."""
    ball = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    return np.asarray(cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, ball, borderValue=0), np.bool_)


def _bridged(mask: Mask) -> Mask:
    """Thin level slits with cloth above and below: light stripes that leaked out."""
    bar = np.ones((9, 1), np.uint8)
    closed = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, bar, borderValue=0)
    return np.asarray(closed, np.bool_)


def _opened(mask: Mask) -> Mask:
    near = soft(mask, 1.5)
    return np.asarray(reachable(mask, near > 0.60) & (near > 0.35), np.bool_)


def _main_pieces(mask: Mask) -> Mask:
    labels, areas = components(mask)
    if len(areas) < 2:
        return mask
    keep = areas > MINOR_PIECE * areas[1:].max()
    keep[0] = False
    return np.asarray(keep[labels], np.bool_)


def _filled(mask: Mask) -> Mask:
    return ~reachable(~mask, border(mask.shape, 1))
