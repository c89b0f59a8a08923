"""Writes a rendered figure as the two files that the studio reads."""

import json
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from tools.bake_mannequins.camera import Camera
from tools.bake_mannequins.figure import Figure
from tools.bake_mannequins.keypoints import keypoints
from tools.bake_mannequins.render import Layers, Picture
from tryon_sandbox.renderer.scene.packs import PART_STEP, SHEETS, Bytes

# Pixels kept around the figure.
MARGIN = 4
Box = tuple[int, int, int, int]


def write(folder: Path, name: str, figure: Figure, camera: Camera, layers: Layers) -> None:
    """Writes `name`.webp and `name`.json into a folder that exists."""
    box = _box(layers.pictures["alpha"])
    floor_top = int(np.argmax((layers.floor < 0.999).any(axis=1)))
    sheet = _sheet(layers, box, layers.floor[floor_top:])
    packed = BytesIO()
    # Encoded first and written in one go: a studio may be running on the old pack.
    Image.fromarray(sheet).save(packed, "WEBP", lossless=True, quality=100, method=6, exact=True)
    (folder / f"{name}.webp").write_bytes(packed.getvalue())
    facts = {
        "box": box,
        "floor_top": floor_top,
        "height_cm": figure.height,
        "px_per_cm": round(camera.px_per_cm, 4),
        "keypoints": {
            joint: [round(float(v), 2) for v in camera.project(place)]
            for joint, place in keypoints(figure).items()
        },
    }
    (folder / f"{name}.json").write_text(json.dumps(facts, indent=1) + "\n")


def _box(alpha: Picture) -> Box:
    """Where the figure is, with a margin: left, top, right, bottom."""
    rows, columns = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
    high, wide = alpha.shape
    left, top = max(int(columns[0]) - MARGIN, 0), max(int(rows[0]) - MARGIN, 0)
    return left, top, min(int(columns[-1]) + 1 + MARGIN, wide), min(int(rows[-1]) + 1 + MARGIN, high)


def _sheet(layers: Layers, box: Box, floor: Picture) -> Bytes:
    left, top, right, bottom = box
    cut = (slice(top, bottom), slice(left, right))
    rows = [np.dstack([_bytes(layers.pictures[name][cut], name) for name in names]) for names in SHEETS]
    ground = np.repeat(_bytes(floor, "floor")[..., None], 3, axis=2)
    wide = max(right - left, floor.shape[1])
    return np.vstack([np.pad(row, ((0, 0), (0, wide - row.shape[1]), (0, 0))) for row in [*rows, ground]])


def _bytes(picture: Picture, name: str) -> Bytes:
    step = PART_STEP if name == "part" else 255
    return np.clip(np.rint(picture * step), 0, 255).astype(np.uint8)
