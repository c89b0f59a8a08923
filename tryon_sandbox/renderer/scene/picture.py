"""From bytes to a picture and back."""

import io
import math
import struct
import zlib
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, UnidentifiedImageError

from tryon_sandbox.renderer.raster import Floats, channels, floats

MARK_SOFTWARE = "Try-On Studio sandbox"
MARK_COMMENT = "sandbox preview"
MOST_PIXELS = 50_000_000  # what the largest common phone cameras take; 200 MB while it is decoded
# In less than half the time of the usual choice, and no larger: what is drawn has a grain, no repeats.
PNG = (
    cv2.IMWRITE_PNG_STRATEGY,
    cv2.IMWRITE_PNG_STRATEGY_HUFFMAN_ONLY,
    cv2.IMWRITE_PNG_FILTER,
    cv2.IMWRITE_PNG_FILTER_UP,
)
# How much of a photo between transparent bands, and of each of its sides, is opaque; what is cut out along
# its own outline is ragged there, or stands free on all sides.
OPAQUE, SIDE = 0.98, 0.95
HEADER = 33  # bytes of signature and IHDR, the chunk that has to be first
DEEP = {"I;16": 65535.0, "I;16L": 65535.0, "I;16B": 65535.0, "I": 65535.0, "F": 1.0}  # what white is
TURNS: dict[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_BROKEN = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


@dataclass(frozen=True, slots=True)
class Picture:
    """Colours (height, width, 3) in 0..1, and the opacity where the file has any that matters."""

    rgb: Floats
    alpha: Floats | None


def decode(data: bytes, *, longest: int) -> Picture:
    """The picture in `data`, upright, at most `longest` pixels on its longer side.

    Raises ValueError when the bytes are no picture, or one of more than `MOST_PIXELS`.
    """
    try:
        with Image.open(io.BytesIO(data)) as opened:
            pixels = _pixels(opened, longest)
    except _BROKEN as why:
        raise ValueError("The bytes are not a picture that can be decoded.") from why
    values = floats(_unbanded(pixels)) * np.float32(1 / 255)
    if values.shape[2] == 3:
        return Picture(values, None)
    picture = Picture(floats(cv2.cvtColor(values, cv2.COLOR_RGBA2RGB)), np.ascontiguousarray(values[..., 3]))
    return picture if _matters(picture.alpha) else Picture(on_white(picture), None)


def _pixels(opened: Image.Image, longest: int) -> NDArray[np.uint8]:
    if opened.width * opened.height > MOST_PIXELS:
        raise ValueError("The picture has too many pixels.")
    turn = TURNS.get(opened.getexif().get(ExifTags.Base.Orientation, 1))
    # JPEG decodes at 1/2, 1/4 or 1/8 for a fraction of the time; a tenth less than asked for is as good.
    share = 0.9 * longest / max(opened.size)
    opened.draft(None, (math.ceil(opened.width * share), math.ceil(opened.height * share)))
    upright = Image.fromarray(_shrunk(_eight_bit(opened), longest))
    return np.asarray(upright.transpose(turn) if turn is not None else upright)


def _unbanded(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Without transparent bands that make a photo square: its border is where they begin."""
    if pixels.shape[2] == 3:
        return pixels
    there = pixels[..., 3] > 127
    rows, columns = np.flatnonzero(there.any(1)), np.flatnonzero(there.any(0))
    if not rows.size:
        return pixels
    box = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    inside = there[box]
    sides = inside[0], inside[-1], inside[:, 0], inside[:, -1]
    is_full = inside.mean() > OPAQUE and all(side.mean() > SIDE for side in sides)
    is_between = inside.shape[0] == there.shape[0] or inside.shape[1] == there.shape[1]
    return np.ascontiguousarray(pixels[box]) if is_full and is_between else pixels


def _eight_bit(opened: Image.Image) -> NDArray[np.uint8]:
    white = DEEP.get(opened.mode)
    if white is not None:
        grey = np.clip(floats(opened) * np.float32(255 / white), 0, 255).astype(np.uint8)
        return np.asarray(np.stack([grey] * 3, -1), np.uint8)
    return np.asarray(opened.convert("RGBA" if opened.has_transparency_data else "RGB"))


def _shrunk(pixels: NDArray[np.uint8], longest: int) -> NDArray[np.uint8]:
    height, width = pixels.shape[:2]
    share = longest / max(height, width)
    if share >= 1:
        return pixels
    size = max(1, round(width * share)), max(1, round(height * share))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def on_white(picture: Picture) -> Floats:
    """The colours, with what is transparent shown as white."""
    if picture.alpha is None:
        return picture.rgb
    return 1 - (1 - picture.rgb) * channels(picture.alpha)


def _matters(alpha: Floats | None) -> bool:
    return alpha is not None and bool((alpha < 0.1).mean() > 0.03 and (alpha > 0.9).mean() > 0.01)


def encode(rgb: Floats) -> bytes:
    """PNG whose text chunks say that a sandbox made it; the same pixels give the same bytes.

    By OpenCV, which lets other threads go on meanwhile; it writes no text chunks, so they are put in here.
    """
    coded, data = cv2.imencode(".png", cv2.cvtColor(_bytes(rgb), cv2.COLOR_RGB2BGR), PNG)
    if not coded:
        raise ValueError("The picture cannot be written as a PNG.")
    plain = data.tobytes()
    notes = _text("Software", MARK_SOFTWARE) + _text("Comment", MARK_COMMENT)
    return plain[:HEADER] + notes + plain[HEADER:]


def _text(keyword: str, value: str) -> bytes:
    """A PNG text chunk: length, type, keyword and text, checksum."""
    body = b"tEXt" + keyword.encode("latin-1") + b"\0" + value.encode("latin-1")
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))


def _bytes(rgb: Floats) -> NDArray[np.uint8]:
    levels = np.clip(rgb, 0, 1)
    levels *= 255
    levels += 0.5
    return levels.astype(np.uint8)
