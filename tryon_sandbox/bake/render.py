"""Renders one figure into layers that know nothing of colour."""

from dataclasses import dataclass

import cv2
import numpy as np

from tryon_sandbox.bake.base_layer import hems
from tryon_sandbox.bake.body import Body
from tryon_sandbox.bake.camera import Camera
from tryon_sandbox.bake.curves import Field, as_field
from tryon_sandbox.bake.trace import look, normals, occlusion, sunlight
from tryon_sandbox.renderer.scene import lamps
from tryon_sandbox.renderer.scene.packs import HEM_REACH_CM

# Rows traced together: few enough that far parts can be passed over, enough to keep numpy busy.
BAND = 40
# In pixels of the frame.
SHADOW_BLUR = 2.2
# Floor probes: height in cm and how much each darkens.
_FLOOR = ((1.5, 0.44), (5.0, 0.28), (12.0, 0.20), (26.0, 0.144))
LAYERS = ("key", "gloss", "part", "nx", "ny", "rim", "ao", "shadow", "alpha", "top", "leggings", "shorts")


@dataclass(frozen=True, slots=True)
class Layers:
    """Pictures of 0..1, named as in LAYERS (part ids are whole numbers), and what multiplies the floor."""

    pictures: dict[str, Field]
    floor: Field


def render(figure: Body, camera: Camera, oversample: float) -> Layers:
    """All layers of a figure at the camera's size, traced `oversample` times as fine each way."""
    fine = Camera(
        round(camera.width * oversample),
        round(camera.height * oversample),
        camera.top,
        camera.centre_x,
        camera.px_per_cm * oversample,
    )
    raw = {name: np.zeros((fine.height, fine.width), np.float32) for name in LAYERS}
    columns = _columns(figure, fine)
    for first in range(0, fine.height, BAND):
        rows = np.arange(first, min(first + BAND, fine.height), dtype=np.float32)
        _render_band(figure, fine, rows, columns, raw)
    return Layers(_reduce(raw, camera), _floor(figure, camera))


def _columns(figure: Body, camera: Camera) -> Field:
    """Pixel columns that the figure can reach into: its height's quarter to each side."""
    reach = 46 * figure.measures.scale * camera.px_per_cm
    middle = camera.width / 2
    return np.arange(max(0, int(middle - reach)), min(camera.width, int(middle + reach)), dtype=np.float32)


def _render_band(figure: Body, camera: Camera, rows: Field, columns: Field, raw: dict[str, Field]) -> None:
    across, down = (grid.ravel() for grid in np.meshgrid(columns, rows))
    sight = look(figure, camera, camera.rays(down, across))
    if not len(sight.index):
        return
    values = _shade(figure, sight.points) | {"alpha": sight.coverage}
    r, c = down[sight.index].astype(int), across[sight.index].astype(int)
    for name, value in values.items():
        raw[name][r, c] = value


def _shade(figure: Body, p: Field) -> dict[str, Field]:
    at = figure.measure(p)
    normal = normals(figure, p)
    openness = occlusion(figure, p, normal)
    lit = sunlight(figure, p, normal, lamps.SUN)
    cloth = hems(figure, p, at)
    return {
        "key": lamps.key(normal),
        "gloss": lamps.gloss(normal) * lit,
        "part": figure.part(at),
        "nx": normal[0] * 0.5 + 0.5,
        "ny": normal[1] * 0.5 + 0.5,
        "rim": lamps.rim(normal, openness),
        "ao": openness,
        "shadow": lit,
        "top": cloth.top / (2 * HEM_REACH_CM) + 0.5,
        "leggings": cloth.leggings / (2 * HEM_REACH_CM) + 0.5,
        "shorts": cloth.shorts / (2 * HEM_REACH_CM) + 0.5,
    }


def _reduce(raw: dict[str, Field], camera: Camera) -> dict[str, Field]:
    """To the camera's size. Values are weighted by coverage, so that the void does not bleed into edges."""
    size = (camera.width, camera.height)
    weight = raw["alpha"]
    alpha = _area(weight, size)
    out = {name: as_field(_area(raw[name] * weight, size) / np.maximum(alpha, 1e-4)) for name in LAYERS}
    out["alpha"] = alpha
    out["shadow"] = _smoothed(out["shadow"], alpha)
    out["part"] = as_field(cv2.resize(raw["part"], size, interpolation=cv2.INTER_NEAREST))
    return {name: as_field(np.where(alpha > 1 / 512, picture, 0)) for name, picture in out.items()}


def _smoothed(picture: Field, alpha: Field) -> Field:
    """Blurs within the figure: the soft shadow is probed at few places, which shows as scallops."""
    spread = cv2.GaussianBlur(picture * alpha, (0, 0), SHADOW_BLUR)
    return np.asarray(spread / np.maximum(cv2.GaussianBlur(alpha, (0, 0), SHADOW_BLUR), 1e-4), np.float32)


def _area(picture: Field, size: tuple[int, int]) -> Field:
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.float32)


def _floor(figure: Body, camera: Camera) -> Field:
    """What the floor's light is multiplied by, at a quarter of the size: it is all softness."""
    width, height = camera.width // 4, camera.height // 4
    small = Camera(width, height, camera.top, camera.centre_x, camera.px_per_cm / 4)
    scale = figure.measures.scale
    first = int((camera.top - 14 * scale) * small.px_per_cm)
    rows = np.arange(first, height, dtype=np.float32)
    across, down = (grid.ravel() for grid in np.meshgrid(np.arange(width, dtype=np.float32), rows))
    points = _on_floor(small, small.rays(down, across))
    light_left = np.ones(points.shape[1], np.float32)
    for probe, weight in _FLOOR:
        reach = probe * scale
        above = points + np.array([0, reach, 0], np.float32)[:, None]
        light_left -= np.float32(weight) * np.clip(1 - figure.distance(above) / np.float32(reach), 0, 1)
    floor = np.ones((height, width), np.float32)
    floor[first:] = np.clip(light_left, 0.2, 1).reshape(len(rows), width)
    return np.asarray(cv2.GaussianBlur(floor, (0, 0), 0.9), np.float32)


def _on_floor(camera: Camera, origins: Field) -> Field:
    """Where rays meet the plane y = 0."""
    towards = camera.towards.astype(np.float32)
    distance = -origins[1] / towards[1]
    points = as_field(origins + towards[:, None] * distance)
    points[2] = np.clip(points[2], -90, 90)
    return points
