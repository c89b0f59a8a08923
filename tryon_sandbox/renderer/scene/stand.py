"""Which mannequin stands in a picture, and how it was put before the camera: told from the pixels alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import get_args

import cv2
import numpy as np

from tryon_sandbox.renderer.raster import Floats, Mask, floats, resize
from tryon_sandbox.renderer.scene.framing import Window, window
from tryon_sandbox.renderer.scene.mannequins import FIGURES, STAGINGS, View
from tryon_sandbox.renderer.scene.packs import PART_STEP, Pack, Part, read

ROWS = 320  # of the small picture in which outlines are compared
PACK_SHRINK = 3
CLEAR = 0.05  # a step of this much from pixel to pixel is a clear outline
SURE = 0.7  # of the outline that garments leave free must be found
BARE = (Part.HEAD, Part.HAND_L, Part.HAND_R)
FEET = 0.06  # of the figure's height
FEWEST = 40  # outline pixels


@dataclass(frozen=True, slots=True)
class Stand:
    """What `mannequins.load` needs to know to put the same figure there again."""

    figure_id: str
    pose: str
    view: View


@dataclass(frozen=True, slots=True)
class _Sketch:
    """A pack's opacity, and where no garment is, both a few times smaller."""

    pack: Pack
    alpha: Floats
    bare: Floats


def recognise_stand(picture: Floats) -> Stand | None:
    """The mannequin in the picture, or None when no known one stands just there."""
    small = resize(picture, (max(8, round(picture.shape[1] * ROWS / picture.shape[0])), ROWS))
    steps = _steps(small)
    scored = [(_agreement(outline, steps), stand) for stand, outline in _outlines(steps[0].shape)]
    best, stand = max(scored, key=lambda pair: pair[0])
    return stand if best > SURE else None


def _steps(small: Floats) -> tuple[Floats, Floats]:
    """The clearest channel's change to the right and down; 1 is a clear outline."""
    smooth = cv2.GaussianBlur(small, (0, 0), 0.7)
    right, down = (cv2.Sobel(smooth, cv2.CV_32F, *order, ksize=3, scale=0.25) for order in ((1, 0), (0, 1)))
    channel = np.argmax(right**2 + down**2, -1)[..., None]
    pair = [np.take_along_axis(one, channel, -1)[..., 0] for one in (right, down)]
    size = np.maximum(np.hypot(*pair), CLEAR)
    return floats(pair[0] / size), floats(pair[1] / size)


@dataclass(frozen=True, slots=True)
class _Outline:
    """Pixels of the outline, and the direction across it."""

    place: tuple[np.typing.NDArray[np.intp], ...]
    right: Floats
    down: Floats


def _agreement(outline: _Outline, steps: tuple[Floats, Floats]) -> float:
    if len(outline.right) < FEWEST:
        return 0.0
    across = steps[0][outline.place] * outline.right + steps[1][outline.place] * outline.down
    return float(np.abs(across).mean())


@cache
def _outlines(shape: tuple[int, int]) -> tuple[tuple[Stand, _Outline], ...]:
    return tuple((stand, _outline(sketch, frame)) for stand, sketch, frame in _stands(shape))


def _stands(shape: tuple[int, int]) -> Iterator[tuple[Stand, _Sketch, Window]]:
    bodies = {who.body: figure_id for figure_id, who in FIGURES.items()}
    for body, figure_id in bodies.items():
        sketches = {pose: _sketch(read(f"{body}-{pose}")) for pose in {s.pose for s in STAGINGS.values()}}
        for pose, staging in STAGINGS.items():
            sketch = sketches[staging.pose]
            for view in get_args(View):
                frame = window(sketch.pack, view, (shape[1], shape[0]), staging)
                yield Stand(figure_id, pose, view), sketch, frame


def _sketch(pack: Pack) -> _Sketch:
    alpha = floats(pack.layers["alpha"]) / np.float32(255)
    ids = np.rint(pack.layers["part"] / PART_STEP)
    bare = np.isin(ids, BARE)
    bare[-round(FEET * len(bare)) :] = True
    size = max(1, alpha.shape[1] // PACK_SHRINK), max(1, alpha.shape[0] // PACK_SHRINK)
    return _Sketch(pack, resize(alpha, size), resize(_grown(bare), size))


def _grown(mask: Mask) -> Floats:
    return floats(cv2.dilate(mask.astype(np.uint8), np.ones((9, 9), np.uint8)))


def _outline(sketch: _Sketch, frame: Window) -> _Outline:
    corner = float(sketch.pack.box[0]), float(sketch.pack.box[1])
    alpha = frame.show(sketch.alpha, corner, PACK_SHRINK)
    bare = frame.show(sketch.bare, corner, PACK_SHRINK)
    right, down = (cv2.Sobel(alpha, cv2.CV_32F, *order, ksize=3, scale=0.25) for order in ((1, 0), (0, 1)))
    size = np.hypot(right, down)
    place = np.nonzero((size > 0.3) & (bare > 0.5))
    return _Outline(place, floats(right[place] / size[place]), floats(down[place] / size[place]))
