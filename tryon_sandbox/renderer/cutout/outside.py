"""Which pixels are backdrop: walked from the border inwards, through shadows, up to the cloth's edge."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tryon_sandbox.renderer.cutout.linings import linings
from tryon_sandbox.renderer.cutout.pixel_colours import Scene
from tryon_sandbox.renderer.raster import Floats, Mask, border, floats, reachable, soft

FRAME = 12  # pixels at working size
UP_STEP = 0.008  # a shadow does not get lighter towards the cloth by more than this per pixel
SOFT_STEP = 0.012  # nor, beside white cloth, darker by more than this
STEP = 0.035  # beside other neutral cloth
SUDDEN = 0.09  # beside coloured cloth
MIXED = 0.42  # of the way to the cloth: beyond, it is cloth in part
DISTINCT = 0.12  # share of the cloth that may look like a shadow, for shadows to be told by colour alone
RIPPLE, CONTRASTING = 0.045, 0.25
BLOCK = 6  # pixels at working size that JPEG's blocks of eight may reach
BALLS = 17, 7
NEARBY = 8
ALL_AROUND = 0.7  # share of the outline: a soft shadow fades all around the cloth, a leak is in places
MOST_DEEP = 0.35
NECK = 0.25  # of the garment's width on either side of its middle
RIM = 24.0  # pixels that a shadow reaches on cloth which looks like one
# Of a hundred pixels at the border: an uneven backdrop is no brighter elsewhere, nor of another hue.
BRIGHTEST, EVEN_HUE = 99, 0.005
LIGHTER_STILL = 0.1  # of what is of its hue: from here on it is a room's bright end, or white cloth
ONE_HUE = 0.02  # how far the border's own hues are apart: more is wood, a rug, a lawn, not a sheet or a wall
LEFT = 0.35  # of what seemed to be cloth, at the least


@dataclass(frozen=True, slots=True)
class Outside:
    """`ground` is the backdrop in full light, `found` has the shadows too; both as seen from the border.

    `neutral`: the cloth itself looks like a shadow; `doubtful`: where shadows may be left beside white cloth.
    """

    ground: Mask
    found: Mask
    neutral: bool
    whitish: bool
    doubtful: Mask


def outside(scene: Scene) -> Outside:
    """The backdrop and the shadows on it."""
    ground = _with_ripples(scene, reachable(scene.like, border(scene.light.shape, FRAME)))
    ground = _with_streaks(scene, ground) if scene.is_uneven else ground
    core = _core(~ground)
    nothing = np.zeros_like(ground)
    if not core.any():
        return Outside(ground, ground, False, False, nothing)
    neutral = float(scene.shadowy[core].mean()) >= DISTINCT
    whitish = neutral and _is_whitish(scene, core)
    allowed = scene.like | scene.shadowy & _explained(scene, ground, core)
    walked = _walked(allowed, ground) if whitish else reachable(allowed, ground)
    if not neutral and _too_deep(ground, walked):
        walked = reachable(scene.like | scene.shadowy & _faint(scene, core), ground)
    if neutral and not _is_shadow(ground, walked):
        return Outside(ground, _from_border(ground, walked), neutral, whitish, nothing)
    found = walked & ~linings(scene, ground, walked)
    return Outside(ground, found, neutral, whitish, _doubtful(scene, ground, core) if whitish else nothing)


def _core(cloth: Mask) -> Mask:
    """Well inside, where hardly any shadow is."""
    depth = cv2.distanceTransform(cloth.astype(np.uint8), cv2.DIST_L2, 3)
    return np.asarray(depth > 0.45 * depth.max(), np.bool_) if depth.max() > 2 else cloth


def _is_whitish(scene: Scene, core: Mask) -> bool:
    """Much of the cloth is as light as the backdrop: peeling shadows as usual would tear it."""
    pale = (scene.light > -0.06) & (scene.tint < 0.03)
    return bool(pale[core].mean() > 0.25)


def _explained(scene: Scene, ground: Mask, core: Mask) -> Mask:
    """Smooth enough, and unlike enough to the cloth, to be a shadow. Coloured cloth needs less care."""
    steep = floats(cv2.magnitude(scene.down, scene.right))
    if float(scene.shadowy[core].mean()) < DISTINCT:
        return np.asarray(steep < SUDDEN, np.bool_)
    if _is_whitish(scene, core):
        return ~_edges(scene, ~ground, steep)
    return _faint(scene, core) & np.asarray(steep < STEP, np.bool_)


def _faint(scene: Scene, core: Mask) -> Mask:
    """Nearer to the backdrop than to the cloth."""
    limit = np.clip(MIXED * np.median(scene.distance[core]), scene.threshold, 0.16)
    return np.asarray(scene.distance < limit, np.bool_)


def _edges(scene: Scene, cloth: Mask, steep: Floats) -> Mask:
    """Steps that no shadow makes: up towards the cloth at all, or down abruptly."""
    towards = soft(cloth, 5.0)
    down, right = cv2.Sobel(towards, cv2.CV_32F, 0, 1), cv2.Sobel(towards, cv2.CV_32F, 1, 0)
    rise = (scene.down * down + scene.right * right) / np.maximum(cv2.magnitude(down, right), 1e-6)
    return np.asarray((rise > UP_STEP + 2 * scene.noise) | (steep > SOFT_STEP + 2 * scene.noise), np.bool_)


def _walked(allowed: Mask, start: Mask) -> Mask:
    """Reached by a ball, so that no gap in an edge lets it in: a large one, then a smaller one nearby."""
    far = _rolled(allowed | start, start, BALLS[0])
    near = cv2.dilate(far.astype(np.uint8), _ball(2 * NEARBY + 1)) > 0
    return _rolled((allowed | start) & near, far, BALLS[1])


def _rolled(allowed: Mask, start: Mask, size: int) -> Mask:
    wide = cv2.erode(allowed.astype(np.uint8), _ball(size), borderValue=1) > 0
    reached = reachable(np.asarray(wide, np.bool_) | start, start)
    grown = cv2.dilate((reached & wide).astype(np.uint8), _ball(size)) > 0
    return np.asarray(grown & allowed | start, np.bool_)


def _ball(size: int) -> NDArray[np.uint8]:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), np.uint8)


def _from_border(ground: Mask, walked: Mask) -> Mask:
    """The backdrop with what of the rest touches the picture's border: an uneven ground, no shadow."""
    rest = walked & ~ground
    return ground | reachable(rest, border(ground.shape, FRAME // 2))


def _with_ripples(scene: Scene, ground: Mask) -> Mask:
    """The backdrop with JPEG's ripples on it, which surround what contrasts with it."""
    around = _ball(2 * BLOCK + 1)
    near = cv2.dilate(ground.astype(np.uint8), around) > 0
    ripples = near & (scene.distance < RIPPLE) & (cv2.dilate(scene.distance, around) > CONTRASTING)
    return reachable(ground | np.asarray(ripples, np.bool_), ground)


def _with_streaks(scene: Scene, ground: Mask) -> Mask:
    """The backdrop with what is as light, and of such a hue, as the picture's border is somewhere: folds and
    lamps leave light streaks on it.

    As given where cloth looks just so, or where what hangs together with the ground is lighter still.
    """
    at_border = border(scene.light.shape, FRAME)
    most, hue = (float(np.percentile(of[at_border], BRIGHTEST)) for of in (scene.light, scene.tint))
    light = np.asarray((scene.tint < hue + EVEN_HUE) & (scene.light > 0), np.bool_)
    found = light & np.asarray(scene.light < most + scene.threshold / 2, np.bool_)
    reached = light & reachable(light | scene.like, ground)
    wider = reachable(found | scene.like, ground)
    core = _core(~wider)
    is_streak = (
        hue < ONE_HUE
        and (reached & ~found).sum() < LIGHTER_STILL * reached.sum()
        and (~wider).sum() > LEFT * (~ground).sum()
        and core.any()
        and found[core].mean() < DISTINCT
    )
    return wider if is_streak else ground


def _is_shadow(ground: Mask, walked: Mask) -> bool:
    """Whether what was walked through lies all around the cloth, and not deep inside it."""
    rim = ~ground & (cv2.dilate(ground.astype(np.uint8), _ball(3)) > 0)
    return bool(rim.any() and walked[rim].mean() > ALL_AROUND and not _too_deep(ground, walked))


def _too_deep(ground: Mask, walked: Mask) -> bool:
    depth = cv2.distanceTransform((~ground).astype(np.uint8), cv2.DIST_L2, 5)
    removed = depth[walked & ~ground]
    return bool(removed.size and (removed > RIM).mean() > MOST_DEEP)


def _doubtful(scene: Scene, ground: Mask, core: Mask) -> Mask:
    """Darker than most of the white cloth, as a shadow is: in narrow gaps no ball gets in."""
    pale = scene.light[core & (scene.tint < 0.05) & (scene.light > -0.3)]
    darkest = float(np.clip(np.percentile(pale, 30) - 0.010, -0.35, -0.02)) if pale.size else -0.02
    dark = scene.shadowy & (scene.light < darkest)
    return dark & ~linings(scene, ground, ground | dark, NECK)
