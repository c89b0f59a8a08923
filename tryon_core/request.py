"""What a visitor asks for: frozen, and checked when made.

The rules are those of the vendors' own pages, "Virtual Try-on Submit API" for `TryOnRequest` and "Try on
Clothes Refiner" for `RefineRequest`. A broken rule is an `InvalidRequest` that names the
field, what was found and the limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import assert_never
from urllib.parse import SplitResult, unquote, urlsplit

from tryon_core.errors import InvalidRequest

MAX_COUNT = 8  # submit page, generateCount: 1 to 8
MAX_MODEL_PHOTOS = 8  # submit page, modelImage: at most 8
DEFAULT_COUNT = 4  # submit page, generateCount: default 4
_FILE_NAME = re.compile(r"[^/\\]{1,120}\.[A-Za-z0-9]{2,5}")


class Capability(StrEnum):
    """What a vendor can be asked to do."""

    TRY_ON = "try-on"
    REFINE = "refine"


class GarmentType(StrEnum):
    """What a garment is; `AUTO` leaves it to the vendor."""

    AUTO = "auto"
    TOPS = "tops"
    BOTTOMS = "bottoms"
    DRESSES = "dresses"


class Gender(StrEnum):
    FEMALE = "female"
    MALE = "male"


class Style(StrEnum):
    ONE = "universal_1"
    TWO = "universal_2"
    THREE = "universal_3"


class Age(StrEnum):
    CHILDREN = "children"
    YOUNG_ADULT = "youngadult"


class Body(StrEnum):
    SLIM = "slim"
    CURVY = "curvy"


class View(StrEnum):
    FULL_BODY = "fullbody"
    HALF_BODY = "halfbody"
    MIXED = "mixed"


class Version(StrEnum):
    STANDARD = "standard"
    PRO = "pro"


class PersonGender(StrEnum):
    """The gender of the person in the picture that is refined."""

    WOMAN = "woman"
    MAN = "man"


@dataclass(frozen=True, slots=True)
class FilePicture:
    """A picture that lies on this machine."""

    path: Path


@dataclass(frozen=True, slots=True)
class LinkPicture:
    """A picture at a public http(s) address. The address may be signed, so it stays out of the repr."""

    url: str = field(repr=False)

    def __post_init__(self) -> None:
        parts = _split(self.url)
        if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
            # What was found is not repeated: a mistyped link may be signed, too.
            raise InvalidRequest(
                "picture link", "no link", "an address that begins with http:// or https://, and names a host"
            )

    @property
    def host(self) -> str:
        """Whose link it is; nothing of it is secret."""
        parts = _split(self.url)
        return (parts.hostname or "") if parts else ""

    @property
    def file_name(self) -> str:
        """The name of the file at the end of the path; "" where there is none that looks like one."""
        parts = _split(self.url)
        last = unquote(parts.path).rpartition("/")[2].partition(";")[0] if parts else ""
        return last if _FILE_NAME.fullmatch(last) else ""


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class KeptLink:
    """What is kept of a link that a visitor typed: its host and its file's name. The address is not."""

    host: str
    name: str


Picture = FilePicture | LinkPicture | KeptLink


@dataclass(frozen=True, slots=True)
class Garment:
    picture: Picture
    type: GarmentType = GarmentType.AUTO


@dataclass(frozen=True, slots=True)
class Suit:
    """What is worn together: one garment of any type, or one top and one bottom."""

    garments: tuple[Garment, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.garments) <= 2:
            raise InvalidRequest(
                "garments", f"{len(self.garments)} garments", "one garment, or one top and one bottom"
            )
        types = sorted(garment.type for garment in self.garments)
        if len(types) == 2 and types != [GarmentType.BOTTOMS, GarmentType.TOPS]:
            raise InvalidRequest(
                "garment type", " and ".join(types), "in a suit one is a top and one is a bottom"
            )


@dataclass(frozen=True, slots=True)
class LibraryModel:
    """A model of the vendor's public library, by name."""

    name: str
    base: str = "General"

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidRequest("model", "no name", "the name of a library model")


@dataclass(frozen=True, slots=True)
class DescribedModel:
    """A library model chosen by what it is like."""

    gender: Gender = Gender.FEMALE
    style: Style = Style.ONE
    age: Age = Age.YOUNG_ADULT
    body: Body = Body.SLIM


@dataclass(frozen=True, slots=True)
class OwnPhotos:
    """The visitor's own model photos; they take precedence over any library model."""

    pictures: tuple[Picture, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.pictures) <= MAX_MODEL_PHOTOS:
            raise InvalidRequest(
                "model photos", f"{len(self.pictures)} photos", f"1 to {MAX_MODEL_PHOTOS} photos"
            )


Model = LibraryModel | DescribedModel | OwnPhotos


@dataclass(frozen=True, slots=True)
class TryOnRequest:
    """One paid try-on task. `suits` is usually one; several in one request come back as sub-tasks."""

    suits: tuple[Suit, ...]
    model: Model = field(default_factory=DescribedModel)
    view: View = View.FULL_BODY
    count: int = DEFAULT_COUNT
    quality_gate: bool = False
    version: Version = Version.STANDARD
    trial: bool = False

    def __post_init__(self) -> None:
        if not self.suits:
            raise InvalidRequest("garments", "none", "at least one garment")
        if not 1 <= self.count <= MAX_COUNT:
            raise InvalidRequest("number of pictures", str(self.count), f"1 to {MAX_COUNT}")

    @property
    def capability(self) -> Capability:
        return Capability.TRY_ON

    @property
    def expected_pictures(self) -> int:
        """How many pictures are likely to come: `count` per suit, or one per own photo."""
        per_suit = len(self.model.pictures) if isinstance(self.model, OwnPhotos) else self.count
        return per_suit * len(self.suits)


@dataclass(frozen=True, slots=True)
class RefineRequest:
    """One paid refiner task: a coarse try-on picture made better with the photos it was made of."""

    person: Picture
    top: Picture
    coarse: Picture
    gender: PersonGender
    bottom: Picture | None = None

    @property
    def capability(self) -> Capability:
        return Capability.REFINE

    @property
    def expected_pictures(self) -> int:
        return 1

    @property
    def trial(self) -> bool:
        """There is no trial of the refiner."""
        return False


@dataclass(frozen=True, slots=True)
class PickedUp:
    """In place of a request, for a task that another program sent: what it asked for is not known here."""


Request = TryOnRequest | RefineRequest
Asked = Request | PickedUp


def label(name: str) -> str:
    """A picture's name in a request, in the visitor's words: `garment-1-2` is "garment 2"."""
    kind, *numbers = name.split("-")
    if kind in _LABELS:
        return _LABELS[kind]
    return f"{'model photo' if kind == 'model' else kind} {numbers[-1]}"


_LABELS = {"person": "person photo", "top": "top", "bottom": "bottom", "coarse": "picture to refine"}


def pictures_of(request: Asked) -> Iterator[tuple[str, Picture]]:
    """Every picture of a request with a name that is unique in it: `garment-1-1`, `model-1`, `person`, ..."""
    match request:
        case TryOnRequest():
            for i, suit in enumerate(request.suits, 1):
                yield from ((f"garment-{i}-{j}", g.picture) for j, g in enumerate(suit.garments, 1))
            if isinstance(request.model, OwnPhotos):
                yield from ((f"model-{i}", picture) for i, picture in enumerate(request.model.pictures, 1))
        case RefineRequest():
            for name in ("person", "top", "coarse", "bottom"):
                picture = getattr(request, name)
                if picture is not None:
                    yield name, picture
        case PickedUp():
            return
        case _:
            assert_never(request)


def with_pictures(request: Request, new: dict[str, Picture]) -> Request:
    """The same request with the pictures of `new` (by the names of `pictures_of`) in place of its own."""
    match request:
        case TryOnRequest():
            suits = tuple(
                Suit(
                    tuple(
                        replace(g, picture=new.get(f"garment-{i}-{j}", g.picture))
                        for j, g in enumerate(s.garments, 1)
                    )
                )
                for i, s in enumerate(request.suits, 1)
            )
            model = request.model
            if isinstance(model, OwnPhotos):
                model = OwnPhotos(tuple(new.get(f"model-{i}", p) for i, p in enumerate(model.pictures, 1)))
            return replace(request, suits=suits, model=model)
        case RefineRequest():
            mine = {
                name: picture for name, picture in new.items() if name in {f.name for f in fields(request)}
            }
            return replace(request, **mine)  # type: ignore[arg-type]
        case _:
            assert_never(request)
