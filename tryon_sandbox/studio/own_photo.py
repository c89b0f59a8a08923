"""A visitor's own photo: kept as it is, the garments shown beside the person, never warped over a face."""

from tryon_sandbox.studio import inset
from tryon_sandbox.studio.garment import Garment
from tryon_sandbox.studio.picture import decode
from tryon_sandbox.studio.raster import Floats, resize

HEIGHT = 1024
WIDEST = 4096


def dressed(person: bytes, garments: tuple[Garment, ...]) -> Floats:
    """The photo at a height of 1024, and the garments as framed prints in its quieter lower corner.

    Raises ValueError when the photo cannot be decoded.
    """
    photo = decode(person, longest=WIDEST).rgb
    height, width = photo.shape[:2]
    scaled = resize(photo, (max(64, min(WIDEST, round(width * HEIGHT / height))), HEIGHT))
    prints = [garment.photo for garment in garments]
    return inset.with_prints(scaled, prints, on_left=inset.quieter_side(scaled))
