"""Making a coarse try-on picture better: the cloth drawn anew from its photo where that can be trusted."""

import cv2
import numpy as np

from tryon_sandbox.renderer.garments.garment import Garment, understand
from tryon_sandbox.renderer.raster import Floats, blur, floats, resize, soft
from tryon_sandbox.renderer.refine.agreement import believed, trust
from tryon_sandbox.renderer.refine.careful import careful, clean
from tryon_sandbox.renderer.refine.cloth import Layer, on_stand
from tryon_sandbox.renderer.refine.dense import on_picture
from tryon_sandbox.renderer.refine.transfer import transferred
from tryon_sandbox.renderer.scene.picture import Picture, decode, encode
from tryon_sandbox.renderer.scene.stand import recognise_stand

ANY_SIZE = 16384
DIFFERS = 0.035  # a pixel this far from the person picture has something new on it
UNLIKE = 0.6  # of the picture: when so much differs, the person picture is of something else
SAME = 0.002  # when less does, it is the coarse picture itself
RECOGNISED = 0.9  # of the pattern that must be believed, or it was drawn in another way


def refine(*, person: bytes, top: bytes, coarse: bytes, gender: str, bottom: bytes | None = None) -> bytes:
    """The coarse picture refined, as a PNG of the same pixel size.

    Where one of the studio's mannequins is recognised, `top` and `bottom` are draped on it again, at full
    sharpness, under the light of the coarse picture. Elsewhere the garment photos are aligned with what
    differs from `person`, and lend their detail where they agree; all other cloth is only sharpened.
    `gender` is part of the vendor's request and changes nothing here.
    Raises ValueError when a picture cannot be decoded.
    """
    picture = decode(coarse, longest=ANY_SIZE).rgb
    worn = _worn(picture, decode(person, longest=ANY_SIZE))
    garments = _garments(top, bottom)
    better = careful(clean(picture), worn)
    found = _on_mannequin(picture, garments) or _anywhere(picture, worn, garments)
    return encode(transferred(better, *found) if found else better)


def _garments(top: bytes, bottom: bytes | None) -> list[Garment]:
    found = [understand(top)]
    return [*found, understand(bottom, "bottoms")] if bottom else found


def _on_mannequin(picture: Floats, garments: list[Garment]) -> tuple[Layer, Floats] | None:
    """The garments on the mannequin that is recognised, and how far that is trusted."""
    stand = recognise_stand(picture)
    layer = on_stand(stand, garments, (picture.shape[1], picture.shape[0])) if stand else None
    if layer is None:
        return None
    trusted = trust(picture, layer)
    return (layer, trusted) if believed(layer, trusted) > RECOGNISED else None


def _anywhere(picture: Floats, worn: Floats, garments: list[Garment]) -> tuple[Layer, Floats] | None:
    where = worn > 0.5 if worn.mean() > SAME else np.ones(worn.shape, np.bool_)
    layer = on_picture(picture, where, garments)
    return (layer, trust(picture, layer)) if layer else None


def _worn(picture: Floats, person: Picture) -> Floats:
    """Where the picture differs from the person alone; nearly everywhere if they do not match at all."""
    height, width = picture.shape[:2]
    other = resize(person.rgb, (width, height))
    differs = blur(floats(np.abs(picture - other).max(-1)), 1.0) > DIFFERS
    if differs.mean() > UNLIKE:
        return np.ones((height, width), np.float32)
    reach = max(3, round(height * 0.006)) | 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    closed = cv2.morphologyEx(differs.astype(np.uint8), cv2.MORPH_CLOSE, kernel)
    return soft(np.asarray(closed, np.bool_), 1.2)
