"""Mannequins, ready to be dressed: decoded, coloured, lit and framed."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Literal, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from tryon_sandbox.renderer.raster import channels, floats
from tryon_sandbox.renderer.scene.finish import BOYS, FINISHES, GIRLS, Outfit
from tryon_sandbox.renderer.scene.framing import Point, Window, mirrored_names, window
from tryon_sandbox.renderer.scene.lamps import turned
from tryon_sandbox.renderer.scene.lighting import NEVER, Clothed, Layer, colour, unpack_normal
from tryon_sandbox.renderer.scene.mood import MOODS
from tryon_sandbox.renderer.scene.packs import FLOOR_SHRINK, PART_STEP, SHEETS, Bytes, Pack, Part, read
from tryon_sandbox.renderer.scene.staging import STAGINGS, Staging

__all__ = ["FIGURES", "FINISHES", "MOODS", "STAGINGS", "Mannequin", "View", "load"]

View = Literal["fullbody", "halfbody"]

Number = TypeVar("Number", np.float32, np.uint8)
NEARLY_NONE = 1e-3
KEPT = 8  # as many as a job has pictures at the most
# The layers that light and cloth are made of.
_SHOWN = tuple(one for names in SHEETS for one in names if one not in ("alpha", "part"))
# What `parts` holds where there is no figure.
NO_PART = 255
# What each part is called in a mirrored picture, in the order of Part.
_MIRRORED = (
    Part.TORSO, Part.HEAD, Part.UPPER_ARM_L, Part.FOREARM_L, Part.HAND_L,
    Part.UPPER_ARM_R, Part.FOREARM_R, Part.HAND_R, Part.LEG_L, Part.LEG_R,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Build:
    """Which baked body a figure has, and who it is."""

    body: str
    gender: str
    age: str
    shape: str
    outfit: Outfit | None = None


FIGURES: Mapping[str, _Build] = {
    "female_slim": _Build("female_slim", "female", "youngadult", "slim"),
    "female_curvy": _Build("female_curvy", "female", "youngadult", "curvy"),
    "male_slim": _Build("male_slim", "male", "youngadult", "slim"),
    "male_curvy": _Build("male_curvy", "male", "youngadult", "curvy"),
    "girl": _Build("child", "female", "child", "slim", GIRLS),
    "boy": _Build("child", "male", "child", "slim", BOYS),
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A mannequin in its pose, without colours. Layers are float32, height x width, 0..1 unless said so.

    normal: height x width x 3, -1..1: x to the viewer's right, y up, z to the viewer.
    ao, shadow: 1 is open and lit. parts: uint8 ids of Part, 255 where there is no figure.
    floor: what the backdrop is multiplied by.
    keypoints: pixels (x, y); a name ending in R is on the viewer's left, in L on the viewer's right:
    top, chin, neck, and shoulder, elbow, wrist, hand, hip, knee, ankle, toe with R or L.
    """

    alpha: Layer
    normal: Layer
    ao: Layer
    shadow: Layer
    parts: NDArray[np.uint8]
    floor: Layer
    keypoints: Mapping[str, Point]
    px_per_cm: float
    height_cm: float
    gender: str
    age: str
    body: str
    pose: str
    view: View


@dataclass(frozen=True, slots=True)
class Mannequin(Placed):
    """A mannequin in its base layer.

    rgb: height x width x 3, sRGB values, meant for compositing over a backdrop with `alpha`.
    base: how much of a pixel the base layer covers.
    """

    rgb: Layer
    base: Layer
    finish: str


def load(
    figure_id: str,
    pose: str,
    *,
    finish: str,
    view: View,
    size: tuple[int, int],
    style: str = "universal_1",
    shorts: bool = False,
    bare_above: float = 0.0,
) -> Mannequin:
    """A mannequin at `size` (width, height): see FIGURES, STAGINGS, FINISHES, MOODS for what can be asked.

    A half body runs from the crown to just below the hips. `shorts` cuts the leggings at mid-thigh, for
    skirts and shorts; `bare_above` is the row above which the vest is left off. Raises KeyError for an
    unknown name, FileNotFoundError for a pack that was not baked.
    """
    placed = place(figure_id, pose, view=view, size=size)
    bare = bare_above, NEVER
    return clothe(placed, figure_id, finish=finish, style=style, shorts=shorts, bare=bare)


def place(figure_id: str, pose: str, *, view: View, size: tuple[int, int]) -> Placed:
    """A mannequin without its colours, for what is measured before they are known; raises as `load` does."""
    who, staging = FIGURES[figure_id], STAGINGS[pose]
    shown = _shown(f"{who.body}-{staging.pose}", view, size, staging)
    pack, frame = shown.pack, shown.frame
    layers = shown.units("alpha", "nx", "ny", "ao", "shadow")
    joints = {name: frame.point(point) for name, point in pack.keypoints.items()}
    return Placed(
        alpha=shown.placed(layers["alpha"], 0),
        normal=shown.placed(unpack_normal(layers) * _inside(layers), 0),
        ao=shown.placed(layers["ao"], 1),
        shadow=shown.placed(layers["shadow"], 1),
        parts=shown.placed(shown.parts, NO_PART),
        floor=_floor(pack, frame),
        keypoints=mirrored_names(joints) if staging.mirrored else joints,
        px_per_cm=pack.px_per_cm * frame.zoom,
        height_cm=pack.height_cm,
        gender=who.gender,
        age=who.age,
        body=who.shape,
        pose=pose,
        view=view,
    )


def clothe(
    placed: Placed,
    figure_id: str,
    *,
    finish: str,
    style: str = "universal_1",
    shorts: bool = False,
    bare: tuple[float, float] = (0.0, NEVER),
) -> Mannequin:
    """The mannequin that was placed, coloured, in its base layer; the options are those of `load`.

    `bare`: the row above which the vest is left off, and that from which leggings and shorts are.
    """
    who, staging = FIGURES[figure_id], STAGINGS[placed.pose]
    size = placed.alpha.shape[1], placed.alpha.shape[0]
    shown = _shown(f"{who.body}-{staging.pose}", placed.view, size, staging)
    layers = shown.units()
    clothed = _clothed(shown, layers, who, finish, style, shorts, bare)
    inside = _inside(layers)
    return Mannequin(
        **{one.name: getattr(placed, one.name) for one in fields(placed)},
        rgb=shown.placed(np.clip(clothed.rgb, 0, 1) * inside, 0),
        base=shown.placed(clothed.base * inside[..., 0], 0),
        finish=finish,
    )


def _inside(layers: Mapping[str, Layer]) -> Layer:
    return channels(floats(layers["alpha"] > NEARLY_NONE))


def _clothed(
    shown: "_Shown",
    layers: Mapping[str, Layer],
    who: _Build,
    finish: str,
    style: str,
    shorts: bool,
    bare: tuple[float, float],
) -> Clothed:
    look = FINISHES[finish] if who.outfit is None else who.outfit.on(FINISHES[finish])
    short = shorts or (who.outfit is not None and who.outfit.shorts)
    scale = shown.pack.px_per_cm * shown.frame.zoom
    above, below = (round(min(row, NEVER)) - shown.where[0].start for row in bare)
    mood = MOODS[style]
    return colour(layers, look, mood, shorts=short, px_per_cm=scale, bare_above=above, bare_below=below)


def _unit(layer: Bytes) -> Layer:
    return np.multiply(layer, np.float32(1 / 255), dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class _Shown:
    """A pack's layers as a window shows them, bytes; only the part of the picture with the figure in it."""

    pack: Pack
    frame: Window
    where: tuple[slice, slice]
    layers: Mapping[str, Bytes]
    parts: Bytes

    def units(self, *names: str) -> dict[str, Layer]:
        """These layers as 0..1, or all."""
        return {name: _unit(self.layers[name]) for name in names or self.layers}

    def placed(self, part: NDArray[Number], around: float) -> NDArray[Number]:
        """A layer of the part put into a whole picture."""
        wide, high = self.frame.size
        whole = np.full((high, wide, *part.shape[2:]), around, part.dtype)
        whole[self.where] = part
        return whole


@lru_cache(maxsize=KEPT)
def _shown(name: str, view: View, size: tuple[int, int], staging: Staging) -> _Shown:
    """Weighted by alpha, so that the void does not fringe edges. What is kept is about 4 MB each."""
    pack = read(name)
    frame = window(pack, view, size, staging)
    part, where = frame.around(pack.box)
    corner = (float(pack.box[0]), float(pack.box[1]))
    weight = pack.layers["alpha"]
    alpha = np.clip(part.show(_unit(weight), corner), 0, 1)
    inside, share = alpha > NEARLY_NONE, np.maximum(alpha, NEARLY_NONE) * 255
    layers: dict[str, Layer] = {}
    for one in _SHOWN:
        weighted = cv2.multiply(pack.layers[one], weight, scale=1 / 255, dtype=cv2.CV_32F)
        layers[one] = np.clip(part.show(np.asarray(weighted, np.float32), corner) / share, 0, 1)
    for name_ in ("ao", "shadow"):
        layers[name_] = np.where(inside, layers[name_], np.float32(1))
    layers["alpha"] = alpha
    if staging.mirrored:
        layers = turned(layers)
    packed = {one: _packed(layer) for one, layer in layers.items()}
    return _Shown(pack, frame, where, packed, _parts(pack, part, alpha))


def _packed(layer: Layer) -> Bytes:
    return np.asarray(cv2.convertScaleAbs(layer, alpha=255), np.uint8)


def _parts(pack: Pack, frame: Window, alpha: Layer) -> NDArray[np.uint8]:
    """Ids by nearest pixel, since there is nothing between two parts."""
    ids = np.rint(pack.layers["part"] / PART_STEP).astype(np.uint8)
    high, wide = alpha.shape
    columns = np.arange(wide)[::-1] if frame.mirrored else np.arange(wide)
    x = np.floor((columns + 0.5) / frame.zoom + frame.left).astype(int) - pack.box[0]
    y = np.floor((np.arange(high) + 0.5) / frame.zoom + frame.top).astype(int) - pack.box[1]
    shown = ids[np.clip(y, 0, ids.shape[0] - 1)][:, np.clip(x, 0, ids.shape[1] - 1)]
    if frame.mirrored:
        shown = np.array(_MIRRORED, np.uint8)[shown]
    return np.where(alpha > 0.5, shown, NO_PART).astype(np.uint8)


def _floor(pack: Pack, frame: Window) -> Layer:
    floor = _unit(pack.floor)
    return frame.show(floor, (0.0, pack.floor_top * FLOOR_SHRINK), FLOOR_SHRINK, outside=1.0)
