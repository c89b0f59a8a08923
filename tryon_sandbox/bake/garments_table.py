"""The cutting table: pieces of cloth are laid on it as colour and relief, lit, and photographed."""

import io
from dataclasses import dataclass, field

import cv2
import numpy as np
from PIL import Image

from tryon_sandbox.bake.garments_curves import Points, lengths, on_table
from tryon_sandbox.bake.garments_fabric import SIZE, Colour, Fabric, noise
from tryon_sandbox.renderer.raster import Floats, Mask, blur, floats, polygon, shift

PHOTO = 1200
SHADOW_REACH = 72  # pixels around a piece that its shadow may touch
Window = tuple[slice, slice]
LAMP = (-0.42, -0.60, 0.80)  # to the viewer's left, up, and out of the picture
SURFACE = (0.957, 0.953, 0.946)


@dataclass(frozen=True, slots=True)
class Photo:
    """A baked product photo (PHOTO, PHOTO, 3), 8 bit, and the true outline of what lies on it."""

    rgb: np.typing.NDArray[np.uint8]
    mask: Mask

    def jpeg(self) -> bytes:
        """As it ships."""
        out = io.BytesIO()
        Image.fromarray(self.rgb).save(out, "JPEG", quality=95, subsampling=0)
        return out.getvalue()


@dataclass(slots=True)
class Table:
    """What lies on the table so far: colour, height in pixels, shade of piece on piece, and outline.

    `surface` is the table's own colour, `thickness` that of a piece for which none is said.
    """

    surface: Colour = SURFACE
    thickness: float = 5.0
    colour: Floats = field(default_factory=lambda: np.zeros((SIZE, SIZE, 3), np.float32))
    relief: Floats = field(default_factory=lambda: np.zeros((SIZE, SIZE), np.float32))
    shade: Floats = field(default_factory=lambda: np.ones((SIZE, SIZE), np.float32))
    cover: Floats = field(default_factory=lambda: np.zeros((SIZE, SIZE), np.float32))

    def piece(
        self,
        outline: Points,
        fabric: Fabric,
        *,
        thickness: float | None = None,
        contact: float = 0.34,
        dim: float = 1.0,
    ) -> Floats:
        """Lays a piece down, with a rounded edge and a contact shadow below it; returns its outline."""
        mask = polygon(on_table(outline, SIZE), (SIZE, SIZE))
        window = _around(on_table(outline, SIZE))
        part, solid = mask[window], mask[window][..., None]
        self._cast(part, contact, window)
        coloured = self.colour[window] * (1 - solid) + fabric.colour[window] * np.float32(dim) * solid
        self.colour[window] = coloured
        # A piece lies on what is under it, or its edge would be a trench.
        lying = (
            blur(self.relief[window], 14)
            + _rounded(part, self.thickness if thickness is None else thickness)
            + fabric.grain[window]
        )
        self.relief[window] = self.relief[window] * (1 - part) + lying * part
        self.shade[window] = self.shade[window] * (1 - part) + part
        self.cover[window] = np.maximum(self.cover[window], part)
        return mask

    def _cast(self, part: Floats, contact: float, window: Window) -> None:
        near = shift(blur(part, 5), 3, 5) * 0.6 + shift(blur(part, 15), 6, 12) * 0.4
        self.shade[window] *= 1 - contact * near * (1 - part) * self.cover[window]

    def seam(
        self, path: Points, *, depth: float = 2.2, width: float = 2.4, inside: Floats | None = None
    ) -> None:
        """A groove along a path, with a fine dark line in it."""
        groove = blur(_stroke(path, width), 1.6)
        groove = groove if inside is None else groove * inside
        self.relief = self.relief - depth * groove
        self.shade = self.shade * (1 - 0.20 * groove)

    def raised(self, relief: Floats, inside: Floats) -> None:
        """Adds a relief, such as ribbing, within an outline."""
        self.relief = self.relief + relief * inside

    def stitches(
        self, path: Points, colour: Colour, *, offset: float = 0.0, inside: Floats | None = None
    ) -> None:
        """A dashed line of thread beside a path; `offset` in pixels."""
        thread = _dashes(path, offset)
        thread = thread if inside is None else thread * inside
        cover = (thread * 0.85)[..., None]
        self.colour = self.colour * (1 - cover) + floats(colour) * cover
        self.relief = self.relief + 0.9 * blur(thread, 0.8)

    def crease(
        self, start: tuple[float, float], end: tuple[float, float], width: float, height: float
    ) -> None:
        """A soft ridge from start to end; width and height in pixels."""
        one, other = on_table(np.array([start, end]), SIZE)
        _add_ridge(self.relief, one, other, width, height)

    def rumple(self, seed: int, height: float) -> None:
        """Cloth never lies quite flat: broad, slanted, very low waves."""
        waves = noise(150, 330, seed) + 0.45 * noise(70, 150, seed + 1) + 0.16 * noise(30, 55, seed + 2)
        self.relief = self.relief + np.float32(height) * waves

    def photograph(self) -> Photo:
        """Lit and shot from above."""
        cloth = self.colour * (self._lit() * self.shade)[..., None]
        below = _surface(self.surface) * (1 - self._ground_shadow())[..., None]
        cover = self.cover[..., None]
        shot = np.clip(below * (1 - cover) + cloth * cover, 0, 1)
        small = cv2.resize(floats(shot), (PHOTO, PHOTO), interpolation=cv2.INTER_AREA)
        mask = cv2.resize(self.cover, (PHOTO, PHOTO), interpolation=cv2.INTER_AREA) > 0.5
        return Photo((small * 255 + 0.5).astype(np.uint8), np.asarray(mask, np.bool_))

    def _lit(self) -> Floats:
        down, across = np.gradient(blur(self.relief, 0.8))
        lamp = floats(LAMP) / np.float32(np.linalg.norm(LAMP))
        facing = (-across * lamp[0] - down * lamp[1] + lamp[2]) / np.sqrt(1 + across**2 + down**2)
        hollow = np.clip((blur(self.relief, 9) - self.relief) * 0.012, 0, 0.16)
        return floats(np.clip(0.30 + 0.70 * facing / lamp[2], 0.25, 1.30) * (1 - hollow))

    def _ground_shadow(self) -> Floats:
        near, far = shift(blur(self.cover, 7), 4, 7), shift(blur(self.cover, 30), 10, 22)
        return floats(0.17 * near + 0.11 * far)


def _surface(colour: Colour) -> Floats:
    fall = np.linspace(1.010, 0.982, SIZE, dtype=np.float32)[:, None, None]
    return floats(colour) * fall * np.ones((SIZE, SIZE, 1), np.float32)


def _around(path: Points) -> Window:
    """The part of the table that a piece and its shadow take."""
    left, top = np.maximum(path.min(0) - SHADOW_REACH, 0).astype(int)
    right, bottom = np.minimum(path.max(0) + SHADOW_REACH, SIZE).astype(int)
    return slice(int(top), int(bottom)), slice(int(left), int(right))


def _rounded(mask: Floats, thickness: float) -> Floats:
    """Height over a piece: rising quickly at the edge, then level."""
    distance = cv2.distanceTransform((mask > 0.5).astype(np.uint8), cv2.DIST_L2, 5)
    profile = thickness * (1 - np.exp(-distance / 9.0)) + 0.5 * thickness * (1 - np.exp(-distance / 40.0))
    return blur(floats(profile), 1.2)


def _stroke(path: Points, width: float) -> Floats:
    canvas = np.zeros((SIZE, SIZE), np.uint8)
    fixed = np.round(on_table(path, SIZE) * 16).astype(np.int32)
    cv2.polylines(canvas, [fixed], False, 255, max(1, round(width)), cv2.LINE_AA, 4)
    return floats(canvas) / np.float32(255)


def _dashes(path: Points, offset: float) -> Floats:
    line = on_table(path, SIZE)
    direction = np.gradient(line, axis=0)
    direction /= np.hypot(*direction.T)[:, None] + 1e-9
    line = line + np.stack([-direction[:, 1], direction[:, 0]], 1) * offset
    along = lengths(line)
    canvas = np.zeros((SIZE, SIZE), np.uint8)
    for start in np.arange(0, along[-1], 11.0):
        ends = [[np.interp(at, along, line[:, axis]) for axis in (0, 1)] for at in (start, start + 6.5)]
        one, other = (np.round(np.array(end) * 16).astype(int).tolist() for end in ends)
        cv2.line(canvas, one, other, 255, 2, cv2.LINE_AA, 4)
    return floats(canvas) / np.float32(255)


def _add_ridge(relief: Floats, start: Points, end: Points, width: float, height: float) -> None:
    margin = 4 * width
    low, high = np.minimum(start, end) - margin, np.maximum(start, end) + margin
    left, top = np.maximum(low, 0).astype(int)
    right, bottom = np.minimum(high, SIZE).astype(int)
    if right <= left or bottom <= top:
        return
    y, x = np.mgrid[top:bottom, left:right].astype(np.float32)
    line = end - start
    size = float(np.hypot(*line))
    along = ((x - start[0]) * line[0] + (y - start[1]) * line[1]) / size**2
    across = ((y - start[1]) * line[0] - (x - start[0]) * line[1]) / size
    across = across + 0.035 * size * np.sin(along * 3.0 + start[0])
    inner = np.clip(along, 0, 1)
    fade = np.sin(np.pi * inner) ** 0.8 * (along > 0) * (along < 1)
    relief[top:bottom, left:right] += (
        height * fade * np.exp(-0.5 * (across / (width * (0.6 + 0.7 * inner))) ** 2)
    )
