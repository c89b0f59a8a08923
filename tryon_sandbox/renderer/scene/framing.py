"""Cuts the picture out of a pack's frame: which part of it, how large, mirrored or not."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from tryon_sandbox.renderer.scene.packs import FRAME, Pack
from tryon_sandbox.renderer.scene.staging import Staging

HALF = 1.17  # of the way from crown to hips: from above the crown to where tops end

Layer = NDArray[np.float32]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of the frame, in its pixels, shown at `size` (width, height), perhaps mirrored."""

    left: float
    top: float
    width: float
    height: float
    size: tuple[int, int]
    mirrored: bool

    @property
    def zoom(self) -> float:
        """Shown pixels per pixel of the frame."""
        return self.size[1] / self.height

    def show(self, picture: Layer, at: tuple[float, float], shrink: int = 1, outside: float = 0.0) -> Layer:
        """A layer whose top left corner is `at` in the frame, drawn `shrink` times smaller than it."""
        zoom = self.zoom * shrink
        if zoom < 0.99:
            # Averaging first: a plain look-up between pixels would drop some of them.
            picture = np.asarray(
                cv2.GaussianBlur(picture, (0, 0), 0.36 * (1 / zoom**2 - 1) ** 0.5), np.float32
            )
        x, y = (at[0] - self.left) * self.zoom, (at[1] - self.top) * self.zoom
        matrix = np.array([[zoom, 0, x + zoom / 2 - 0.5], [0, zoom, y + zoom / 2 - 0.5]])
        shown = cv2.warpAffine(picture, matrix, self.size, flags=cv2.INTER_CUBIC, borderValue=(outside,) * 4)
        return np.asarray(shown[:, ::-1] if self.mirrored else shown, np.float32)

    def around(self, box: tuple[int, int, int, int]) -> tuple["Window", tuple[slice, slice]]:
        """The smallest window of whole pixels that shows a box of the frame, and its rows and columns."""
        (wide, high), zoom, spare = self.size, self.zoom, 3
        left = min(max(int((box[0] - self.left) * zoom) - spare, 0), wide - 1)
        top = min(max(int((box[1] - self.top) * zoom) - spare, 0), high - 1)
        right = max(min(int((box[2] - self.left) * zoom) + spare, wide), left + 1)
        bottom = max(min(int((box[3] - self.top) * zoom) + spare, high), top + 1)
        part = replace(
            self,
            left=self.left + left / zoom,
            top=self.top + top / zoom,
            width=(right - left) / zoom,
            height=(bottom - top) / zoom,
            size=(right - left, bottom - top),
        )
        columns = slice(wide - right, wide - left) if self.mirrored else slice(left, right)
        return part, (slice(top, bottom), columns)

    def point(self, place: Point) -> Point:
        """Where a point of the frame is shown."""
        x, y = (place[0] - self.left) * self.zoom, (place[1] - self.top) * self.zoom
        return (self.size[0] - x if self.mirrored else x), y


def window(pack: Pack, view: str, size: tuple[int, int], staging: Staging) -> Window:
    """The window of a view, "fullbody" or "halfbody", at `size` (width, height)."""
    start, tall = _half(pack, size, staging) if view == "halfbody" else _full(staging)
    wide = tall * size[0] / size[1]
    left = _middle(pack, view) - wide / 2 - staging.aside * wide
    return Window(left, start, wide, tall, size, staging.mirrored)


def _full(staging: Staging) -> tuple[float, float]:
    """First row and rows of a full body: closer by the same share above and below."""
    tall = FRAME[1] / staging.closer
    return (FRAME[1] - tall) / 2, tall


def _half(pack: Pack, size: tuple[int, int], staging: Staging) -> tuple[float, float]:
    """First row and rows from above the crown to just below the hips; more where elbows need the width."""
    joints = pack.keypoints
    crown, hips = joints["top"][1], (joints["hipR"][1] + joints["hipL"][1]) / 2
    trunk = hips - crown
    elbows = (pack.box[2] - pack.box[0]) * 1.08 * size[1] / size[0]
    return crown - 0.07 * trunk, max(HALF * trunk / staging.closer, elbows)


def _middle(pack: Pack, view: str) -> float:
    """The column that is centred: the frame's, or between the neck and the middle of what is seen."""
    if view == "fullbody":
        return FRAME[0] / 2
    seen = (pack.box[0] + pack.box[2]) / 2
    return pack.keypoints["neck"][0] * 0.15 + seen * 0.85


def mirrored_names(joints: Mapping[str, Point]) -> dict[str, Point]:
    """The same joints with R and L changed: R stays the viewer's left in a mirrored picture."""
    swap = {"R": "L", "L": "R"}
    return {(n[:-1] + swap[n[-1]] if n[-1] in swap else n): place for n, place in joints.items()}
