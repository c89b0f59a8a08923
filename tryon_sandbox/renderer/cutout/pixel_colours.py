"""What each pixel of a product photo looks like against its backdrop."""

from dataclasses import dataclass

import cv2
import numpy as np

from tryon_sandbox.renderer.cutout.backdrop_fit import Backdrop, is_rough
from tryon_sandbox.renderer.raster import Floats, Mask, blur, channels, floats, largest, luma, slope

CHROMA = 2.2  # a difference of hue tells more than one of lightness, which shadows make too
BRIGHTER = 1.6  # nothing but a white garment is brighter than its backdrop
SPREADS, THRESHOLDS = 4.5, (0.010, 0.05)  # from the noise to what is the backdrop itself, and its limits
DARKEST = 0.42  # a shadow keeps at least this share of the backdrop's light


@dataclass(frozen=True, slots=True)
class Scene:
    """Per pixel: lightness against the backdrop, colour no shadow explains, overall distance, steepness."""

    rgb: Floats
    paint: Floats
    light: Floats
    tint: Floats
    distance: Floats
    down: Floats
    right: Floats
    noise: float
    outliers: float

    @property
    def threshold(self) -> float:
        """Up to this distance a pixel is the backdrop itself."""
        return float(np.clip(SPREADS * self.noise, *THRESHOLDS))

    @property
    def is_uneven(self) -> bool:
        """Whether a backdrop that is plain otherwise differs itself by more from what was fitted to it."""
        return SPREADS * self.noise > THRESHOLDS[1] and not is_rough(self.noise, self.outliers)

    @property
    def like(self) -> Mask:
        """As the backdrop, in full light."""
        return np.asarray(self.distance < self.threshold, np.bool_)

    @property
    def shadowy(self) -> Mask:
        """The backdrop in less light, or something that looks just so."""
        untinted = self.tint < 0.010 + 2 * self.noise + 0.07 * np.abs(self.light)
        lit = self.light > (DARKEST - 1) * luma(self.paint)
        return np.asarray(untinted & lit & (self.light < 0.5 * self.threshold), np.bool_)


def compare(rgb: Floats, backdrop: Backdrop) -> Scene:
    """A photo, at working size, against the backdrop fitted to it."""
    paint = backdrop.paint(rgb.shape[:2])
    away = rgb - paint
    light = luma(away)
    chroma = largest(np.abs(away - channels(light)))
    weighted = light * np.where(light < 0, np.float32(1.0), np.float32(BRIGHTER))
    down, right = slope(blur(luma(rgb), 0.8))
    distance = floats(cv2.magnitude(CHROMA * chroma, floats(weighted)))
    seen = distance, down, right, backdrop.noise, backdrop.outliers
    return Scene(rgb, paint, light, _tint(rgb, paint), *seen)


def _tint(rgb: Floats, paint: Floats) -> Floats:
    """Distance to the nearest dimmed backdrop: a shadow on a coloured ground keeps the ground's hue."""
    share = luma(rgb) / np.maximum(luma(paint), 0.02)
    return largest(np.abs(rgb - paint * channels(floats(share))))
