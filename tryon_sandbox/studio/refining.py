"""Making a coarse try-on picture better: the cloth drawn anew from its photo where that can be trusted."""

import cv2
import numpy as np

from tryon_sandbox.studio.garment import Garment, understand
from tryon_sandbox.studio.picture import Picture, decode, encode
from tryon_sandbox.studio.raster import Floats, blur, floats, resize, soft
from tryon_sandbox.studio.refine_careful import careful, clean
from tryon_sandbox.studio.refine_cloth import Layer, on_stand
from tryon_sandbox.studio.refine_stand import recognise_stand
from tryon_sandbox.studio.refine_transfer import transferred
from tryon_sandbox.studio.refine_trust import trust

ANY_SIZE = 16384
DIFFERS = 0.035  # a pixel this far from the person picture has something new on it


def refine(*, person: bytes, top: bytes, coarse: bytes, gender: str, bottom: bytes | None = None) -> bytes:
    """The coarse picture refined, as a PNG of the same pixel size.

    Where one of the studio's mannequins is recognised, `top` and `bottom` are draped on it again, at full
    sharpness, under the light of the coarse picture; `person` shows what else is new in that picture.
    `gender` is part of the vendor's request and changes nothing here.
    Raises ValueError when a picture cannot be decoded.
    """
    picture = decode(coarse, longest=ANY_SIZE).rgb
    worn = _worn(picture, decode(person, longest=ANY_SIZE))
    garments = _garments(top, bottom)
    better = careful(clean(picture), worn, garments)
    layer = _drawn_anew(picture, garments)
    if layer is not None:
        better = transferred(better, layer, trust(picture, layer))
    return encode(better)


def _garments(top: bytes, bottom: bytes | None) -> list[Garment]:
    found = [understand(top)]
    return [*found, understand(bottom, "bottoms")] if bottom else found


def _drawn_anew(picture: Floats, garments: list[Garment]) -> Layer | None:
    stand = recognise_stand(picture)
    if stand is None:
        return None
    return on_stand(stand, garments, (picture.shape[1], picture.shape[0]))


def _worn(picture: Floats, person: Picture) -> Floats:
    """Where the picture differs from the person alone; nearly everywhere if they do not match at all."""
    height, width = picture.shape[:2]
    other = resize(person.rgb, (width, height))
    differs = blur(floats(np.abs(picture - other).max(-1)), 1.0) > DIFFERS
    if differs.mean() > 0.6:
        return np.ones((height, width), np.float32)
    reach = max(3, round(height * 0.006)) | 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    closed = cv2.morphologyEx(differs.astype(np.uint8), cv2.MORPH_CLOSE, kernel)
    return soft(np.asarray(closed, np.bool_), 1.2)
