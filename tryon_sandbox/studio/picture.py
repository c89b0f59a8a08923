"""From bytes to a picture and back."""

import io
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageOps, PngImagePlugin, UnidentifiedImageError

from tryon_sandbox.studio.raster import Floats, floats

MARK_SOFTWARE = "Try-On Studio sandbox"
MARK_COMMENT = "sandbox preview"


@dataclass(frozen=True, slots=True)
class Picture:
    """Colours (height, width, 3) in 0..1, and the opacity where the file has any that matters."""

    rgb: Floats
    alpha: Floats | None


def decode(data: bytes, *, longest: int) -> Picture:
    """The picture in `data`, upright, at most `longest` pixels on its longer side.

    Raises ValueError when the bytes are no picture.
    """
    try:
        with Image.open(io.BytesIO(data)) as opened:
            image = ImageOps.exif_transpose(opened).convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as why:
        raise ValueError("The bytes are not a picture that can be decoded.") from why
    image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    pixels = floats(image) / np.float32(255)
    alpha = pixels[..., 3]
    return Picture(pixels[..., :3], alpha if _matters(alpha) else None)


def on_white(picture: Picture) -> Floats:
    """The colours, with what is transparent shown as white."""
    if picture.alpha is None:
        return picture.rgb
    cover = picture.alpha[..., None]
    return picture.rgb * cover + (1 - cover)


def _matters(alpha: Floats) -> bool:
    return bool((alpha < 0.1).mean() > 0.03 and (alpha > 0.9).mean() > 0.01)


def encode(rgb: Floats) -> bytes:
    """PNG whose text chunks say that a sandbox made it; the same pixels give the same bytes."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Software", MARK_SOFTWARE)
    notes.add_text("Comment", MARK_COMMENT)
    out = io.BytesIO()
    to_image(rgb).save(out, "PNG", pnginfo=notes, compress_level=4)
    return out.getvalue()


def to_image(rgb: Floats) -> Image.Image:
    """8-bit picture of colours in 0..1."""
    return Image.fromarray((np.clip(rgb, 0, 1) * 255 + 0.5).astype(np.uint8))
