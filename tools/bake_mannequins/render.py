"""Renders one figure into layers that know nothing of colour."""

from dataclasses import dataclass

import cv2
import numpy as np

from tools.bake_mannequins.arrays import Floats
from tools.bake_mannequins.camera import TOWARDS, UP, Camera
from tools.bake_mannequins.figure import Figure
from tools.bake_mannequins.rays import Scene, scene
from tryon_sandbox.renderer.scene import lamps
from tryon_sandbox.renderer.scene.packs import FLOOR_SHRINK, HEM_REACH_CM, SHEETS

FINER = 2  # rays each way for a pixel that is kept
BAND = 96  # rows of rays at once
EDGE_FINER, EDGE_BLUR = 4, 1.6  # the same for its coverage, and how far that is softened, in such rays
SPREAD = 1.5  # rays that values are carried beyond the contour
SEED = 1
OPEN_RAYS, OPEN_CM, DARKENS = 32, 14.0, 0.85
SUN_RAYS, SUN_SIZE, SUN_CM = 16, 0.2, 80.0
DARKEST = 0.15
FLOOR_RAYS, FLOOR_CM, FLOOR_DARKENS, FLOOR_DARKEST, FLOOR_BLUR = 192, 40.0, 1.1, 0.2, 1.8
FLOOR_REACH_CM = 90.0
# Blurs within the figure, in rays: few rays are grainy, and normals of triangles have edges.
BLURS = {"ao": 2.6, "shadow": 4.0, "rim": 1.2, "gloss": 1.2}
LAYERS = tuple(name for names in SHEETS for name in names)

Picture = np.typing.NDArray[np.float32]


@dataclass(frozen=True)
class Layers:
    """Pictures of 0..1, named as in LAYERS (part ids are whole numbers), and what multiplies the floor."""

    pictures: dict[str, Picture]
    floor: Picture


def render(figure: Figure, camera: Camera) -> Layers:
    """All layers of a figure at the camera's size. The same figure gives the same layers on one machine."""
    fine, space, chance = camera.finer(FINER), scene(figure), np.random.default_rng(SEED)
    raw = {name: np.zeros((fine.height, fine.width), np.float32) for name in LAYERS}
    low, high = _extent(figure, fine)
    for top in range(low[1], high[1], BAND):
        rows = np.arange(top, min(top + BAND, high[1]), dtype=np.float64)
        _render_band(figure, space, fine, rows, np.arange(low[0], high[0], dtype=np.float64), chance, raw)
    pictures = _reduced(raw, _coverage(figure, space, camera), camera)
    return Layers(pictures, _floor(figure, space, camera, chance))


def _coverage(figure: Figure, space: Scene, camera: Camera) -> Picture:
    """How much of each pixel the figure covers: contours show every step, so they get more rays."""
    fine = camera.finer(EDGE_FINER)
    covered = np.zeros((fine.height, fine.width), np.float32)
    low, high = _extent(figure, fine)
    for top in range(low[1], high[1], BAND):
        rows = np.arange(top, min(top + BAND, high[1]), dtype=np.float64)
        columns = np.arange(low[0], high[0], dtype=np.float64)
        across, down = (grid.ravel() for grid in np.meshgrid(columns, rows))
        ray = space.seen(fine.origins(down, across), -TOWARDS).ray
        covered[down[ray].astype(int), across[ray].astype(int)] = 1
    soft = cv2.GaussianBlur(covered, (0, 0), EDGE_BLUR)
    return _area(np.asarray(soft, np.float32), (camera.width, camera.height))


def _extent(figure: Figure, camera: Camera) -> tuple[tuple[int, int], tuple[int, int]]:
    """The columns and rows that the figure is in, with a margin."""
    seen = camera.project(figure.places)
    low, high = np.floor(seen.min(0)).astype(int) - 4, np.ceil(seen.max(0)).astype(int) + 5
    return (max(low[0], 0), max(low[1], 0)), (min(high[0], camera.width), min(high[1], camera.height))


def _render_band(
    figure: Figure,
    space: Scene,
    camera: Camera,
    rows: Floats,
    columns: Floats,
    chance: np.random.Generator,
    raw: dict[str, Picture],
) -> None:
    across, down = (grid.ravel() for grid in np.meshgrid(columns, rows))
    sight = space.seen(camera.origins(down, across), -TOWARDS)
    if not len(sight.ray):
        return
    places, normals = sight.at(figure, figure.places), sight.at(figure, figure.normals)
    normals /= np.linalg.norm(normals, axis=1)[:, None]
    openness = space.openness(places, normals, OPEN_CM * figure.scale, OPEN_RAYS, chance)
    sun = lamps.SUN[:, 0].astype(np.float64)
    lit = space.lit(places, normals, sun, SUN_SIZE, SUN_CM, SUN_RAYS, chance)
    hems = sight.at(figure, figure.hems) / (2 * HEM_REACH_CM) + 0.5
    values = _shaded(normals, openness, lit) | {
        "part": sight.at(figure, figure.shares).argmax(1),
        "top": hems[:, 0],
        "leggings": hems[:, 1],
        "shorts": hems[:, 2],
        "alpha": np.ones(len(places)),
    }
    where = down[sight.ray].astype(int), across[sight.ray].astype(int)
    for name, value in values.items():
        raw[name][where] = value


def _shaded(normals: Floats, openness: Floats, lit: Floats) -> dict[str, Floats]:
    """Light on surfaces, their normals turned to the picture's axes."""
    seen = np.stack([normals[:, 0], normals @ UP, np.maximum(normals @ TOWARDS, 0)]).astype(np.float32)
    ao = np.clip(1 - DARKENS * (1 - openness), DARKEST, 1).astype(np.float32)
    layers: dict[str, Floats | Picture] = {
        "key": lamps.key(seen),
        "gloss": lamps.gloss(seen) * lit,
        "nx": seen[0] * 0.5 + 0.5,
        "ny": seen[1] * 0.5 + 0.5,
        "rim": lamps.rim(seen, ao),
        "ao": ao,
        "shadow": lit,
    }
    return {name: np.asarray(layer, np.float64) for name, layer in layers.items()}


def _reduced(raw: dict[str, Picture], alpha: Picture, camera: Camera) -> dict[str, Picture]:
    """To the camera's size. Values are weighted by coverage, so that the void does not bleed into edges."""
    size, weight = (camera.width, camera.height), raw["alpha"]
    for name, blur in BLURS.items():
        raw[name] = _blurred(raw[name], weight, blur)
    out = {name: _area(_spread(raw[name], weight), size) for name in LAYERS}
    out["alpha"] = alpha
    out["part"] = np.asarray(cv2.resize(raw["part"], size, interpolation=cv2.INTER_NEAREST), np.float32)
    return {name: np.where(alpha > 1 / 512, picture, 0).astype(np.float32) for name, picture in out.items()}


def _spread(picture: Picture, weight: Picture) -> Picture:
    """Carried a few pixels beyond the contour, so that no void mixes into the pixels on it."""
    around = _blurred(picture, weight, SPREAD)
    return np.where(weight > 0, picture, around).astype(np.float32)


def _blurred(picture: Picture, weight: Picture, blur: float) -> Picture:
    spread = cv2.GaussianBlur(picture * weight, (0, 0), blur)
    return np.asarray(spread / np.maximum(cv2.GaussianBlur(weight, (0, 0), blur), 1e-3), np.float32)


def _area(picture: Picture, size: tuple[int, int]) -> Picture:
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.float32)


def _floor(figure: Figure, space: Scene, camera: Camera, chance: np.random.Generator) -> Picture:
    """What the floor's light is multiplied by, at a fraction of the size: it is all softness."""
    small = camera.finer(1 / FLOOR_SHRINK)
    first = int((camera.top - OPEN_CM * figure.scale) * small.px_per_cm)
    rows, columns = np.arange(first, small.height, dtype=np.float64), np.arange(small.width, dtype=np.float64)
    across, down = (grid.ravel() for grid in np.meshgrid(columns, rows))
    origins = small.origins(down, across)
    ground = origins - TOWARDS * (origins[:, 1] / TOWARDS[1])[:, None]
    ground[:, 2] = np.clip(ground[:, 2], -FLOOR_REACH_CM, FLOOR_REACH_CM)
    upwards = np.broadcast_to(np.array([0.0, 1.0, 0.0]), ground.shape)
    openness = space.openness(ground, upwards, FLOOR_CM, FLOOR_RAYS, chance)
    floor = np.ones((small.height, small.width), np.float32)
    floor[first:] = np.clip(1 - FLOOR_DARKENS * (1 - openness), FLOOR_DARKEST, 1).reshape(len(rows), -1)
    return np.asarray(cv2.GaussianBlur(floor, (0, 0), FLOOR_BLUR), np.float32)
