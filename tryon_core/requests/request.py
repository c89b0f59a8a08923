"""What a visitor asks for: frozen, and checked when made.

Types are checked as well as ranges: JSON from outside brings `2.0` and `"no"` too. The rules are those of the
vendors' own pages, "Virtual Try-on Submit API" for `TryOnRequest` and "Try on Clothes Refiner" for
`RefineRequest`. A broken rule is an `InvalidRequest` that names the field, what was found and the limit.
"""

from __future__ import annotations

import re
import types
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict
from urllib.parse import SplitResult, unquote, urlsplit

from tryon_core.errors import InvalidRequest, field_of, rule
from tryon_core.requests.choices import (
    Age,
    Body,
    Capability,
    GarmentType,
    Gender,
    PersonGender,
    Style,
    Version,
    View,
)
from tryon_core.requests.type_words import type_words
from tryon_core.sentences import is_word, said

MAX_COUNT = 8  # submit page, generateCount: 1 to 8
MAX_MODEL_PHOTOS = 8  # submit page, modelImage: at most 8
DEFAULT_COUNT = 4  # submit page, generateCount: default 4
DEFAULT_MODEL = "James"  # of the library: the one of the submit page's own example
LONGEST_MODEL_NAME = 120  # characters of a model's name; the library's have under 20
_FILE_NAME = re.compile(r"[^/\\]{1,120}\.[A-Za-z0-9]{2,5}")


@dataclass(frozen=True, slots=True)
class FilePicture:
    """A picture that lies on this machine."""

    path: Path

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True)
class LinkPicture:
    """A picture at a public http(s) address. The address may be signed, so it stays out of the repr."""

    url: str = field(repr=False)

    def __post_init__(self) -> None:
        check_fields(self)
        parts = _split(self.url)
        if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
            # What was found is not repeated: a mistyped link may be signed, too.
            raise InvalidRequest(*rule("picture_link"))

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

    def __post_init__(self) -> None:
        check_fields(self)


Picture = FilePicture | LinkPicture | KeptLink


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
        if "://" in self.name + self.base:  # not repeated: it may be signed
            raise InvalidRequest(*rule("model_link"))
        if len(self.name + self.base) > LONGEST_MODEL_NAME or not (self.name + self.base).isprintable():
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


def check_fields(instance: Any) -> None:
    """Checks every field of a dataclass by its annotation. Raises `InvalidRequest`."""
    for name, hint in _hints(instance.__class__):
        check_type(name, getattr(instance, name), hint)


def check_type(name: str, value: object, hint: Any) -> None:
    """Raises `InvalidRequest` for a value that is not what the annotation says; of a list that names the
    first item that is not. No text is repeated but a word in place of another: it may be a signed link."""
    if not fits(value, hint):
        raise _misfit(field_of(name), value, hint)


def _misfit(label: str, value: object, hint: Any) -> InvalidRequest:
    if isinstance(value, list) and (item := _item_of(hint)):
        at, wrong = next((at, one) for at, one in enumerate(value, 1) if not fits(one, item))
        return _misfit(said("type.item", field=label, number=at), wrong, item)
    is_said = isinstance(value, int | float) or (_is_choice(hint) and is_word(str(value)))
    return InvalidRequest(label, str(value)[:40] if is_said else type_words(type(value)), type_words(hint))


def _item_of(hint: Any) -> Any:
    """What each item of a list is to be; None where no list is taken."""
    lists = (one for one in (hint, *get_args(hint)) if get_origin(one) is list)
    return next((get_args(one)[0] for one in lists), None)


def _is_choice(hint: Any) -> bool:
    return any(get_origin(one) is Literal for one in (hint, *get_args(hint)))


def fits(value: object, hint: Any) -> bool:
    """Whether a value is of an annotated type. True and False are no numbers."""
    kind, of = get_origin(hint), get_args(hint)
    if hint is Any:
        return True
    if kind in (Union, types.UnionType):
        return any(fits(value, one) for one in of)
    if kind is Literal:
        return any(type(value) is type(one) and value == one for one in of)
    if kind in (tuple, list):
        return isinstance(value, kind) and all(fits(item, of[0]) for item in value)
    if hint in (int, float, str):
        return isinstance(value, (int, float) if hint is float else hint) and not isinstance(value, bool)
    return isinstance(value, dict) if is_typeddict(hint) else isinstance(value, kind or hint)


@cache
def _hints(kind: Any) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(kind)
    return tuple((field.name, hints[field.name]) for field in fields(kind))
