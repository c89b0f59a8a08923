"""What the fitting needs to know of a mannequin: edges row by row, joints, one unit of measure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import cv2
import numpy as np

from tryon_sandbox.renderer.curves import Numbers, Points, points, smooth
from tryon_sandbox.renderer.raster import Floats, Mask, components, floats
from tryon_sandbox.renderer.sides import BOTH, LEFT, Side

# Codes in the map of parts.
TORSO, HEAD = 0, 1
UPPER_ARM = {"R": 2, "L": 5}
FOREARM = {"R": 3, "L": 6}
HAND = {"R": 4, "L": 7}
LEG = {"R": 8, "L": 9}
NECK_TO_ANKLE_CM = 139.5  # of the adult of 178 cm whose centimetres the fitting rules are written in
CROTCH_CM = 9.0  # below the joints of the hips
SHORTEST = 0.24  # of the thigh, from the crotch to the knee, is covered by anything that bares the legs

Window = tuple[slice, slice]  # rows, columns


class Form(Protocol):
    """The side of a mannequin that the fitting sees; arrays are picture-sized."""

    @property
    def alpha(self) -> Floats: ...
    @property
    def normal(self) -> Floats: ...
    @property
    def ao(self) -> Floats: ...
    @property
    def shadow(self) -> Floats: ...
    @property
    def parts(self) -> np.typing.NDArray[np.uint8]: ...
    @property
    def keypoints(self) -> Mapping[str, tuple[float, float]]: ...
    @property
    def px_per_cm(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Body:
    """A mannequin measured. Rules count in `unit`: a centimetre of the adult, scaled to this body."""

    alpha: Floats
    normal: Floats
    ao: Floats
    shadow: Floats
    parts: np.typing.NDArray[np.uint8]
    joints: Mapping[str, Points]
    unit: float
    torso: Mapping[Side, Numbers]
    legs: Mapping[Side, tuple[Numbers, Numbers]]

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width of the picture."""
        return self.alpha.shape[0], self.alpha.shape[1]

    def joint(self, name: str, side: Side) -> Points:
        """A joint of the limb that is seen on this side."""
        return self.joints[name + side.limb]

    def edge(self, y: float, side: Side) -> float:
        """Where torso or legs end on this side, arms left out."""
        return float(np.interp(y, np.arange(self.shape[0]), self.torso[side]))

    def width(self, y: float) -> float:
        """Of torso or both legs, arms left out."""
        return abs(self.edge(y, BOTH[1]) - self.edge(y, BOTH[0]))

    def centre(self, y: float) -> float:
        """Middle of torso or both legs."""
        return (self.edge(y, BOTH[0]) + self.edge(y, BOTH[1])) / 2

    def leg(self, y: float, side: Side) -> tuple[float, float]:
        """Outer and inner edge of one leg."""
        rows = np.arange(self.shape[0])
        outer, inner = self.legs[side]
        return float(np.interp(y, rows, outer)), float(np.interp(y, rows, inner))

    def outline(self, y: float, side: Side) -> float:
        """Where the whole figure ends on this side, arms included."""
        row = np.flatnonzero(self.alpha[int(np.clip(y, 0, self.shape[0] - 1))] > 0.5)
        if not len(row):
            return self.shape[1] / 2
        return float(row[0] if side is LEFT else row[-1] + 1)

    def shoulder_line(self, x: float) -> float:
        """The upper edge of neck and shoulders in this column."""
        column = int(np.clip(x, 0, self.shape[1] - 1))
        solid = (self.alpha[:, column] > 0.5) & (self.parts[:, column] != HEAD)
        chin, neck = self.joints["chin"][1], self.joints["neck"][1]
        solid[: int(chin + (neck - chin) * 0.35)] = False
        return float(np.argmax(solid)) if solid.any() else float(neck)

    @property
    def shortest_hem(self) -> float:
        """The row in which the shortest shorts, skirts and dresses end: below it the legs may be bare."""
        hips, knees = (max(float(self.joint(name, side)[1]) for side in BOTH) for name in ("hip", "knee"))
        crotch = hips + CROTCH_CM * self.unit
        return crotch + SHORTEST * max(knees - crotch, 0.0) + self.unit

    def cropped(self, window: Window) -> "Body":
        """The layers and joints of a window of the picture; edges by row stay those of the whole."""
        corner = points([window[1].start, window[0].start])
        return replace(
            self,
            alpha=self.alpha[window],
            normal=self.normal[window],
            ao=self.ao[window],
            shadow=self.shadow[window],
            parts=self.parts[window],
            joints={name: place - corner for name, place in self.joints.items()},
        )

    def where(self, *codes: int) -> Mask:
        """The pixels of these parts."""
        return _are(self.parts, codes)


def _are(parts: np.typing.NDArray[np.uint8], codes: Sequence[int]) -> Mask:
    """The pixels of these parts."""
    wanted = np.zeros(256, np.uint8)
    wanted[list(codes)] = 1
    return np.asarray(cv2.LUT(parts, wanted), np.uint8).view(np.bool_)


def measure(form: Form) -> Body:
    """The body of a mannequin at the size of its picture."""
    joints = {name: points(place) for name, place in form.keypoints.items()}
    ankle = (joints["ankleR"][1] + joints["ankleL"][1]) / 2
    scale = abs(joints["neck"][1] - ankle) / (NECK_TO_ANKLE_CM * form.px_per_cm)
    left, right = _edges(_in_one_piece(_are(form.parts, (TORSO, *LEG.values()))))
    legs = {side: _leg_edges(form.parts, side) for side in BOTH}
    return Body(
        floats(form.alpha),
        floats(form.normal),
        floats(form.ao),
        floats(form.shadow),
        form.parts,
        joints,
        form.px_per_cm * scale,
        {BOTH[0]: left, BOTH[1]: right},
        legs,
    )


def _leg_edges(parts: np.typing.NDArray[np.uint8], side: Side) -> tuple[Numbers, Numbers]:
    left, right = _edges(_in_one_piece(parts == LEG[side.limb]))
    return (left, right) if side is LEFT else (right, left)


def _in_one_piece(mask: Mask) -> Mask:
    """Without the threads of stray pixels that a map of parts has where two parts meet."""
    left, top, wide, high = cv2.boundingRect(mask.astype(np.uint8))
    window = slice(top, top + high), slice(left, left + wide)
    ball = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5))
    part = np.pad(mask[window], 3).astype(np.uint8)
    opened = np.asarray(cv2.morphologyEx(part, cv2.MORPH_OPEN, ball), np.bool_)
    labels, areas = components(opened)
    if len(areas) < 2:
        return mask
    whole = np.zeros_like(mask)
    whole[window] = (labels == 1 + int(areas[1:].argmax()))[3:-3, 3:-3]
    return whole


def _edges(mask: Mask) -> tuple[Numbers, Numbers]:
    """First and last pixel of every row, carried over rows that have none."""
    rows = np.flatnonzero(mask.any(1))
    every = np.arange(len(mask))
    if not len(rows):
        middle = np.full(len(mask), mask.shape[1] / 2)
        return middle, middle
    first = mask[rows].argmax(1).astype(np.float64)
    last = mask.shape[1] - mask[rows][:, ::-1].argmax(1).astype(np.float64)
    return _steadied(np.interp(every, rows, first)), _steadied(np.interp(every, rows, last))


def _steadied(edge: Numbers) -> Numbers:
    """Without single-row notches, which a sleeve or trouser leg along this edge would repeat."""
    return smooth(edge, max(3, round(len(edge) * 0.012)) | 1)
