"""What a visitor asks for: frozen, and checked when made.

Types are checked as well as ranges. The rules are those of the vendors' own pages, "Virtual Try-on Submit
API" for `TryOnRequest` and "Try on Clothes Refiner" for `RefineRequest`. A broken rule is an `InvalidRequest`
that names the field, what was found and the limit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from tryon_core.errors import InvalidRequest, rule
from tryon_core.field_types import check_fields
from tryon_core.picture import FilePicture as FilePicture
from tryon_core.picture import KeptLink as KeptLink
from tryon_core.picture import LinkPicture as LinkPicture
from tryon_core.picture import Picture as Picture

MAX_COUNT = 8  # submit page, generateCount: 1 to 8
MAX_MODEL_PHOTOS = 8  # submit page, modelImage: at most 8
DEFAULT_COUNT = 4  # submit page, generateCount: default 4
LONGEST_NAME = 120  # characters of a model's name; the library's have under 20


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
class Garment:
    picture: Picture
    type: GarmentType = GarmentType.AUTO

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True)
class Suit:
    """What is worn together: one garment of any type, or one top and one bottom."""

    garments: tuple[Garment, ...]

    def __post_init__(self) -> None:
        check_fields(self)
        if not 1 <= len(self.garments) <= 2:
            raise InvalidRequest(*rule("worn_together", count=len(self.garments)))
        types = sorted(garment.type for garment in self.garments)
        if len(types) == 2 and types != [GarmentType.BOTTOMS, GarmentType.TOPS]:
            raise InvalidRequest(*rule("suit", types=tuple(types)))


@dataclass(frozen=True, slots=True)
class LibraryModel:
    """A model of the vendor's public library, by name."""

    name: str
    base: str = "General"

    def __post_init__(self) -> None:
        check_fields(self)
        if not self.name.strip():
            raise InvalidRequest(*rule("no_model"))
        if len(self.name + self.base) > LONGEST_NAME or not (self.name + self.base).isprintable():
            raise InvalidRequest(*rule("no_such_model"))


@dataclass(frozen=True, slots=True)
class DescribedModel:
    """A library model chosen by what it is like."""

    gender: Gender = Gender.FEMALE
    style: Style = Style.ONE
    age: Age = Age.YOUNG_ADULT
    body: Body = Body.SLIM

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True)
class OwnPhotos:
    """The visitor's own model photos; they take precedence over any library model."""

    pictures: tuple[Picture, ...]

    def __post_init__(self) -> None:
        check_fields(self)
        if not 1 <= len(self.pictures) <= MAX_MODEL_PHOTOS:
            raise InvalidRequest(*rule("model_photos", count=len(self.pictures), most=MAX_MODEL_PHOTOS))


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
        check_fields(self)
        if not self.suits:
            raise InvalidRequest(*rule("no_garment"))
        if not 1 <= self.count <= MAX_COUNT:
            raise InvalidRequest(*rule("count", count=self.count, most=MAX_COUNT))

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

    def __post_init__(self) -> None:
        check_fields(self)

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
