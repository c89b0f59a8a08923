"""A garment photo understood: cut out, recognised, and with its landmarks; kept for the next picture."""

from dataclasses import dataclass
from functools import lru_cache

from tryon_sandbox.studio import landmarks, silhouette, trouser_marks
from tryon_sandbox.studio.cutout import Cutout, cut_out
from tryon_sandbox.studio.landmarks import TopMarks
from tryon_sandbox.studio.picture import decode, on_white
from tryon_sandbox.studio.raster import Floats
from tryon_sandbox.studio.recognise import VENDOR_TYPE, Kind, recognise
from tryon_sandbox.studio.silhouette import Silhouette
from tryon_sandbox.studio.trouser_marks import SkirtMarks, TrouserMarks
from tryon_sandbox.studio.trust import why_not

LONGEST = 1024
Marks = TopMarks | TrouserMarks | SkirtMarks


@dataclass(frozen=True, slots=True, eq=False)
class Garment:
    """`doubt` says why it cannot be draped; then there are no marks. `kind` is a guess even so."""

    photo: Floats
    cutout: Cutout
    kind: Kind
    shape: Silhouette | None
    marks: Marks | None
    doubt: str

    @property
    def vendor_type(self) -> str:
        """tops, bottoms or dresses."""
        return VENDOR_TYPE[self.kind]

    @property
    def bares_arms(self) -> bool:
        """Whether it is a worn top or dress, with a neckline or armholes that a vest would show through."""
        return isinstance(self.marks, TopMarks)

    @property
    def bares_legs(self) -> bool:
        """Whether legs show below it, so that leggings under it would look odd."""
        return self.marks is not None and self.kind in (Kind.DRESS, Kind.SKIRT)


@lru_cache(maxsize=8)
def understand(data: bytes, given: str = "") -> Garment:
    """The garment in a photo. Raises ValueError when the bytes are no picture."""
    picture = decode(data, longest=LONGEST)
    photo, cutout = on_white(picture), cut_out(picture)
    try:
        shape = silhouette.measure(cutout.mask)
    except ValueError as why:
        return Garment(photo, cutout, recognise_given(given), None, None, str(why))
    kind = recognise(shape, given)
    try:
        marks = _marks(shape, kind)
    except ValueError as why:
        return Garment(photo, cutout, kind, shape, None, str(why))
    doubt = why_not(cutout, shape, marks)
    return Garment(photo, cutout, kind, shape, None if doubt else marks, doubt)


def recognise_given(given: str) -> Kind:
    """The kind where nothing can be seen: what the caller said, or else a top."""
    return {"bottoms": Kind.TROUSERS, "dresses": Kind.DRESS}.get(given, Kind.TOP)


def _marks(shape: Silhouette, kind: Kind) -> Marks:
    if kind is Kind.TROUSERS:
        return trouser_marks.find_trousers(shape)
    if kind is Kind.SKIRT:
        return trouser_marks.find_skirt(shape)
    return landmarks.find(shape)
