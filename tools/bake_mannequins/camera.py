"""Where the picture is taken from: no perspective, slightly from above, the whole figure in frame."""

from dataclasses import dataclass

import numpy as np

from tools.bake_mannequins.arrays import Floats, vector

# Degrees the camera looks down: enough to see the floor, too little to foreshorten clothes.
PITCH_DEG = 4.5
# Room above the crown and below the floor, as shares of the height.
HEADROOM, FOOTROOM = 0.045, 0.055
AWAY_CM = 250.0

TOWARDS = vector(0, float(np.sin(np.radians(PITCH_DEG))), float(np.cos(np.radians(PITCH_DEG))))
UP = vector(0, float(np.cos(np.radians(PITCH_DEG))), -float(np.sin(np.radians(PITCH_DEG))))


@dataclass(frozen=True)
class Camera:
    """An orthographic camera. Pixel (0, 0) is the top left one; its centre is (0.5, 0.5)."""

    width: int
    height: int
    top: float
    centre_x: float
    px_per_cm: float

    def finer(self, times: float) -> "Camera":
        """The same view in more pixels, or in fewer."""
        return Camera(
            round(self.width * times),
            round(self.height * times),
            self.top,
            self.centre_x,
            self.px_per_cm * times,
        )

    def origins(self, rows: Floats, columns: Floats) -> Floats:
        """Points before the figure, (n, 3), from which these pixels look at it."""
        x = (columns + 0.5 - self.width / 2) / self.px_per_cm + self.centre_x
        high = self.top - (rows + 0.5) / self.px_per_cm
        plane = np.stack([x, UP[1] * high, UP[2] * high], 1)
        return np.asarray(plane + TOWARDS * AWAY_CM, np.float64)

    def project(self, places: Floats) -> Floats:
        """The pixels, (..., 2) as x and y, that points of the room are seen at."""
        x = (places[..., 0] - self.centre_x) * self.px_per_cm + self.width / 2
        return np.stack([x, (self.top - places @ UP) * self.px_per_cm], -1)


def camera(height_cm: float, centre_x: float, size: tuple[int, int]) -> Camera:
    """The camera that frames a figure from the crown to the floor, at `size` (width, height)."""
    frame = height_cm * (1 + HEADROOM + FOOTROOM)
    return Camera(size[0], size[1], height_cm * (1 + HEADROOM), centre_x, size[1] / frame)
