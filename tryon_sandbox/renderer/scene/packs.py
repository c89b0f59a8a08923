"""What a baked mannequin looks like on disk.

`<id>.webp` is lossless: four colour sheets stacked, each the figure's box cut from the 1152x1536 frame, and
below them the floor at a quarter of the frame's size. `<id>.json` holds the box and the joints.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

FOLDER = Path(__file__).parents[3] / "assets" / "mannequins"
FRAME = (1152, 1536)
FLOOR_SHRINK = 4
# Hem fields run over this many cm to each side of a hem.
HEM_REACH_CM = 3.0
# Part ids are spread over a byte so that they can be told apart in a viewer.
PART_STEP = 25
SHEETS = (
    ("key", "gloss", "part"),
    ("nx", "ny", "rim"),
    ("ao", "shadow", "alpha"),
    ("top", "leggings", "shorts"),
)


class Part(IntEnum):
    """What a pixel belongs to. R is the viewer's left (the figure's own right), L the viewer's right."""

    TORSO = 0
    HEAD = 1
    UPPER_ARM_R = 2
    FOREARM_R = 3
    HAND_R = 4
    UPPER_ARM_L = 5
    FOREARM_L = 6
    HAND_L = 7
    LEG_R = 8
    LEG_L = 9


@dataclass(frozen=True, slots=True)
class Pack:
    """Decoded. `layers` are bytes of the figure's box; `box` is left, top, right, bottom in the frame."""

    layers: Mapping[str, Bytes]
    box: tuple[int, int, int, int]
    floor: Bytes
    floor_top: int
    keypoints: Mapping[str, tuple[float, float]]
    px_per_cm: float
    height_cm: float


@lru_cache(maxsize=3)
def read(name: str, folder: Path = FOLDER) -> Pack:
    """The pack called `name`, like "female_slim-straight". Raises FileNotFoundError when not baked."""
    facts = json.loads((folder / f"{name}.json").read_text())
    sheet = _decoded((folder / f"{name}.webp").read_bytes())
    left, top, right, bottom = facts["box"]
    wide, high = right - left, bottom - top
    layers = {
        layer: sheet[row * high : (row + 1) * high, :wide, channel]
        for row, names in enumerate(SHEETS)
        for channel, layer in enumerate(names)
    }
    floor = sheet[len(SHEETS) * high :, : FRAME[0] // FLOOR_SHRINK, 0]
    keypoints = {name: (float(x), float(y)) for name, (x, y) in facts["keypoints"].items()}
    box = (left, top, right, bottom)
    return Pack(layers, box, floor, facts["floor_top"], keypoints, facts["px_per_cm"], facts["height_cm"])


def _decoded(data: bytes) -> Bytes:
    """By OpenCV, as other threads go on meanwhile."""
    found = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    if found is None:
        raise ValueError("The pack is not a picture.")
    return np.asarray(cv2.cvtColor(found, cv2.COLOR_BGR2RGB), np.uint8)
