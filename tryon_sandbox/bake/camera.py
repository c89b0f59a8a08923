"""Where the picture is taken from: no perspective, slightly from above, the whole figure in frame."""

from dataclasses import dataclass

import numpy as np

from tryon_sandbox.bake.body import Body
from tryon_sandbox.bake.curves import Field
from tryon_sandbox.bake.sdf import Vector, vector

# Degrees the camera looks down: enough to see the floor, too little to foreshorten clothes.
PITCH_DEG = 4.5
# Room above the crown and below the floor, as shares of the height.
HEADROOM, FOOTROOM = 0.045, 0.055


@dataclass(frozen=True, slots=True)
class Camera:
    """An orthographic camera. Pixel (0, 0) is the top left one; its centre is (0.5, 0.5)."""

    width: int
    height: int
    top: float
    centre_x: float
    px_per_cm: float

    @property
    def towards(self) -> Vector:
        """From the figure to the camera."""
        return vector(0, np.sin(np.radians(PITCH_DEG)), np.cos(np.radians(PITCH_DEG)))

    @property
    def up(self) -> Vector:
        """Up in the picture."""
        return vector(0, np.cos(np.radians(PITCH_DEG)), -np.sin(np.radians(PITCH_DEG)))

    def rays(self, rows: Field, columns: Field) -> Field:
        """Points of the picture's plane, (3, n), of pixels given one by one."""
        x = (columns + 0.5 - self.width / 2) / self.px_per_cm + self.centre_x
        high = self.top - (rows + 0.5) / self.px_per_cm
        return np.stack([x, self.up[1] * high, self.up[2] * high]).astype(np.float32)

    def project(self, p: Vector) -> tuple[float, float]:
        """The pixel, (x, y), that a point of the room is seen at."""
        x = (p[0] - self.centre_x) * self.px_per_cm + self.width / 2
        return float(x), float((self.top - float(self.up @ p)) * self.px_per_cm)


def camera(figure: Body, width: int, height: int) -> Camera:
    """The camera that frames a figure from the crown to the floor."""
    tall = figure.measures.height
    centre = figure.spine.shift.at(figure.measures.waist) * 0.6
    return Camera(width, height, tall * (1 + HEADROOM), centre, height / (tall * (1 + HEADROOM + FOOTROOM)))
