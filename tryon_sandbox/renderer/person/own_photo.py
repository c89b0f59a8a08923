"""A visitor's own photo: the garments worn where the person is trusted to be found, else shown beside."""

from dataclasses import dataclass

import numpy as np

from tryon_sandbox.renderer.curves import Points
from tryon_sandbox.renderer.drape import inset
from tryon_sandbox.renderer.drape.draping import drape, hem_row, in_order, lower_edge
from tryon_sandbox.renderer.garments.garment import Garment
from tryon_sandbox.renderer.garments.kinds.recognise import Kind
from tryon_sandbox.renderer.person import dressable as person_trust
from tryon_sandbox.renderer.person import earlier_top, person
from tryon_sandbox.renderer.person import mannequin as person_mannequin
from tryon_sandbox.renderer.raster import Floats, resize
from tryon_sandbox.renderer.scene.body import Body
from tryon_sandbox.renderer.scene.picture import decode

HEIGHT = 1024
WIDEST = 4096
LONGER_CM = 12.0  # a top is drawn longer by no more than this, to hide the hem of the one before
BELOW_CM = 0.4


@dataclass(frozen=True, slots=True)
class _Stage:
    """A person ready to be dressed: measured, and without what the new garments replace."""

    body: Body
    picture: Floats
    hem: Points | None = None  # of a top that was taken off and had hung over trousers or a skirt that stay


def dressed(data: bytes, garments: tuple[Garment, ...], height: int = HEIGHT) -> Floats:
    """The photo at a `height` of 1024 or less, the garments worn by the person in it.

    Where the person, or a garment, is not trusted, the garment is a framed print in the quietest corner.
    Nothing above the person's chin is ever changed. Raises ValueError when the photo cannot be decoded.
    """
    photo = decode(data, longest=WIDEST).rgb
    size, photo = _size_at(photo, height), scaled(photo)
    # Made at 1024 all the same: what finds people and mannequins was measured at that height.
    picture = _dressed(photo, garments)
    return picture if height == HEIGHT else resize(picture, size)


def _dressed(photo: Floats, garments: tuple[Garment, ...]) -> Floats:
    worn = tuple(garment for garment in garments if garment.marks)
    if not worn:
        return _beside(photo, photo, inset.doubtful(garments))
    try:
        stage = _stage(photo, worn)
    except person_trust.NotTrusted as why:
        return _beside(photo, photo, [inset.Print(one.photo, one.doubt or str(why)) for one in garments])
    return _beside(photo, _worn(photo, stage, worn), inset.doubtful(garments))


def _beside(photo: Floats, picture: Floats, prints: list[inset.Print]) -> Floats:
    return inset.with_prints(picture, prints, inset.quietest_corner(photo)) if prints else picture


def scaled(photo: Floats) -> Floats:
    """The photo at a height of 1024, as results come; at least 64 and at most 4096 pixels wide."""
    return resize(photo, _size_at(photo, HEIGHT))


def _size_at(photo: Floats, height: int) -> tuple[int, int]:
    """Width and height in the photo's aspect, rounded down as the vendor's are (2:3 is 682 by 1024)."""
    return max(64, min(WIDEST, photo.shape[1] * height // photo.shape[0])), height


def _stage(photo: Floats, garments: tuple[Garment, ...]) -> _Stage:
    """Raises `NotTrusted` for a person who is not, or cannot wear these."""
    known = person_mannequin.recognise(photo, garments)
    if known is not None:
        above = any(garment.kind in (Kind.TOP, Kind.DRESS) for garment in garments)
        below = any(garment.kind is not Kind.TOP for garment in garments)
        hem = earlier_top.hem(photo, known.body) if above and not below else None
        bare = person_mannequin.undressed(photo, known, above=above, below=below, hem=hem)
        return _Stage(known.body, bare, hem)
    found = person.find(photo)
    why = person_trust.why_not_worn(photo, found.body, garments)
    if why:
        raise person_trust.NotTrusted(why)
    return _Stage(found.body, found.picture)


def _worn(photo: Floats, stage: _Stage, garments: tuple[Garment, ...]) -> Floats:
    picture = stage.picture
    for garment in in_order(garments):
        picture = drape(picture, garment, stage.body, cover_to=_cover_to(garment, stage))
    return _face_kept(photo, picture, stage.body)


def _cover_to(garment: Garment, stage: _Stage) -> float:
    """The row down to which a top has to hide the earlier one, which was longer; 0 where none was."""
    if stage.hem is None or garment.kind is not Kind.TOP:
        return 0.0
    lower = stage.hem[:, 1] - lower_edge(garment, stage.body, stage.hem[:, 0])
    longer = float(lower.max()) / stage.body.unit + BELOW_CM
    return hem_row(garment, stage.body) + longer * stage.body.unit if longer < LONGER_CM else 0.0


def _face_kept(photo: Floats, picture: Floats, body: Body) -> Floats:
    """The picture with every row above the chin exactly as in the photo."""
    chin = int(np.clip(body.joints["chin"][1], 0, photo.shape[0]))
    return np.concatenate([photo[:chin], picture[chin:]])
