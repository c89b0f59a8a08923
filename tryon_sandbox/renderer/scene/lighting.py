"""Colours a mannequin: finish and base layer under the lamps of a mood."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from tryon_sandbox.renderer.raster import channels, floats
from tryon_sandbox.renderer.scene.finish import Colour, Finish
from tryon_sandbox.renderer.scene.mood import Mood
from tryon_sandbox.renderer.scene.packs import HEM_REACH_CM

Layer = NDArray[np.float32]

# Where the fill lamp stands: to the viewer's right, a little above.
_FILL = np.array([0.9, 0.15, 0.6], np.float32) / np.float32(np.sqrt(0.9**2 + 0.15**2 + 0.6**2))
# Above this, highlights are rolled off instead of clipped.
_SHOULDER = 0.70
# So much of a vest, half of it hidden under the top, is no more than a rim: the leggings reach as high.
RIM_CM = 8.0
NEVER = 1 << 20  # a row below every picture
# Distances from a hem, in cm: the folded edge, the row of stitches, the shadow a hem casts on what is below.
_FOLD, _STITCH, _CAST = 0.22, 1.25, 0.8
WEAVES = 8  # of as many figures' boxes, 2 MB each


@dataclass(frozen=True, slots=True)
class Clothed:
    """The coloured picture and how much of each pixel the base layer covers."""

    rgb: Layer
    base: Layer


def colour(
    layers: Mapping[str, Layer],
    finish: Finish,
    mood: Mood,
    *,
    shorts: bool,
    px_per_cm: float,
    bare_above: int = 0,
    bare_below: int = NEVER,
) -> Clothed:
    """Colours the layers of a pack, all given as 0..1. In rows above `bare_above` the vest is left off, from
    `bare_below` on what covers the legs."""
    light = _diffuse(layers, mood)
    skin = np.array(finish.surface, np.float32) * light
    skin += channels(floats(finish.gloss * (layers["gloss"] + 0.9 * layers["rim"])))
    top, legs = _hem(layers["top"]), _hem(layers["leggings"])
    top[: _bare_rows(top, bare_above, px_per_cm)] = -HEM_REACH_CM
    if shorts:
        legs = np.minimum(legs, _hem(layers["shorts"]))
    legs[max(bare_below, 0) :] = -HEM_REACH_CM
    weave = _weave(layers["key"].shape)
    dressed = skin
    for hem, tone in ((legs, finish.legs), (top, finish.top)):
        at = _near(hem)
        if hem[at].size:
            cloth = _cloth(tone, light[at], layers["rim"][at], weave[at])
            dressed[at] = _wear(dressed[at], hem[at], cloth, px_per_cm)
    return Clothed(_roll_off(dressed), np.maximum(_cover(top, px_per_cm), _cover(legs, px_per_cm)))


def _bare_rows(top: Layer, bare_above: int, px_per_cm: float) -> int:
    """Rows without a vest; all of them where no more than a rim of it would be left below a top."""
    left = np.flatnonzero((top[max(bare_above, 0) :] > 0).any(1))
    if bare_above > 0 and left.size and left[-1] < RIM_CM * px_per_cm:
        return len(top)
    return max(bare_above, 0)


def _diffuse(layers: Mapping[str, Layer], mood: Mood) -> Layer:
    normal, ao = unpack_normal(layers), layers["ao"]
    lit = mood.deepest_shadow + (1 - mood.deepest_shadow) * layers["shadow"]
    sky = layers["ny"]
    fill = np.clip(cv2.transform(normal, _FILL[None]) * 0.5 + 0.5, 0, 1)
    total = _tinted(mood.key * layers["key"] * lit, mood.key_tint)
    total += _tinted(mood.fill * fill * ao, mood.fill_tint)
    total += _tinted((mood.around * sky + 0.06 * (1 - sky)) * ao, mood.around_tint)
    return np.asarray(total * channels(0.5 + 0.5 * ao), np.float32)


def unpack_normal(layers: Mapping[str, Layer]) -> Layer:
    """Unit normals, HxWx3: x to the viewer's right, y up, z to the viewer."""
    x, y = layers["nx"] * 2 - 1, layers["ny"] * 2 - 1
    z = np.sqrt(np.clip(1 - x * x - y * y, 0, 1))
    return np.asarray(cv2.merge((x, y, z)), np.float32)


def _tinted(amount: NDArray[np.float32] | NDArray[np.float64], tint: Colour) -> Layer:
    return np.asarray(cv2.merge([floats(amount * np.float32(one)) for one in tint]), np.float32)


def _hem(layer: Layer) -> Layer:
    return np.asarray((layer * 2 - 1) * HEM_REACH_CM, np.float32)


def _near(hem: Layer) -> tuple[slice, slice]:
    """The rows and columns in which cloth is, or its shadow."""
    left, top, wide, high = cv2.boundingRect((hem > -HEM_REACH_CM).astype(np.uint8))
    return slice(top, top + high), slice(left, left + wide)


def _cover(hem: Layer, px_per_cm: float) -> Layer:
    return np.asarray(np.clip(hem * np.float32(px_per_cm) + 0.5, 0, 1), np.float32)


def _cloth(tone: Colour, light: Layer, rim: Layer, weave: Layer) -> Layer:
    """Matte jersey: no reflections, a little fuzz that catches light along the contour."""
    woven = light * channels(weave)
    fuzz = np.float32(0.10) * rim
    coloured = [part * np.float32(one) + fuzz for part, one in zip(cv2.split(woven), tone, strict=True)]
    return np.asarray(cv2.merge(coloured), np.float32)


@lru_cache(maxsize=WEAVES)
def _weave(shape: tuple[int, ...]) -> Layer:
    """Fine ribs of a knit: noise drawn out downwards. The seed is fixed, so a picture can be made again."""
    noise = np.random.default_rng(7).standard_normal(shape).astype(np.float32)
    ribs = cv2.GaussianBlur(noise, (0, 0), sigmaX=0.6, sigmaY=1.8)
    return np.asarray(1 + 0.011 * ribs / ribs.std(), np.float32)


def _wear(under: Layer, hem: Layer, cloth: Layer, px_per_cm: float) -> Layer:
    """Lays cloth over what is under it: a folded edge, stitches beside it, and a thin shadow below."""
    cover = channels(_cover(hem, px_per_cm))
    fold = 0.10 * np.exp(-(((hem - _FOLD) / 0.22) ** 2))
    stitch = 0.07 * np.exp(-(((hem - _STITCH) / 0.12) ** 2)) - 0.03 * np.exp(
        -(((hem - _STITCH - 0.22) / 0.12) ** 2)
    )
    cast = 0.26 * np.exp(np.minimum(hem, 0) / np.float32(_CAST * 0.5)) * (hem > -HEM_REACH_CM * 0.98)
    lower = under * channels(floats(1 - cast))
    return np.asarray(lower + (cloth * channels(floats(1 - fold - stitch)) - lower) * cover, np.float32)


def _roll_off(rgb: Layer) -> Layer:
    room = 1 - _SHOULDER
    rolled, bright = np.maximum(rgb, 0), rgb > _SHOULDER
    rolled[bright] = _SHOULDER + room * (1 - np.exp(-(rgb[bright] - _SHOULDER) / room))
    return np.asarray(rolled, np.float32)
