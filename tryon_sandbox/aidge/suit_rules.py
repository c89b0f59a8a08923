"""Reads and checks the suits of a try-on request: every rule of the submit page, by the field."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from tryon_sandbox.aidge.errors import BusinessError
from tryon_sandbox.rendering import ModelDescription

_TYPES = ("tops", "bottoms", "dresses")
_MODEL_WORDS = {
    "base": ("General",),
    "gender": ("male", "female"),
    "style": ("universal_1", "universal_2", "universal_3"),
    "age": ("children", "youngadult"),
    "body": ("slim", "curvy"),
}
_VIEWS = ("fullbody", "halfbody", "mixed")
_GATE_WORDS = ("0", "1")
_MAX_PHOTOS = 8
_MAX_COUNT = 8
_DEFAULT_COUNT = 4
_MAX_SUITS = 10
"""The page gives no limit to the list; this is ours, so that one call cannot order without end."""

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class GarmentRef:
    """A garment photo by URL, and its type or "" for automatic."""

    url: str
    type: str


@dataclass(frozen=True, slots=True)
class Suit:
    """One element of the list: what is worn, by whom, seen how, how often."""

    garments: tuple[GarmentRef, ...]
    model_photos: tuple[str, ...]
    model: ModelDescription
    view: str
    count: int
    quality_gate: bool


def read_suits(text: object, library: frozenset[str]) -> tuple[Suit, ...]:
    """The suits in a `requestParams` or `paramJson` string: a list of objects, or one object.

    `library` holds the names of known models. Raises `BusinessError` 700 that names every wrong field.
    """
    elements = _elements(text)
    problems = [
        f"{where}{problem}" for where, element in elements.items() for problem in _problems(element, library)
    ]
    if problems:
        raise BusinessError("700", "; ".join(problems))
    return tuple(_suit(element) for element in elements.values())


def _elements(text: object) -> dict[str, Json]:
    if not isinstance(text, str):
        raise BusinessError("700", "requestParams must be a string that holds JSON")
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError):
        raise BusinessError("700", "requestParams is not JSON") from None
    elements = parsed if isinstance(parsed, list) else [parsed]
    if not 1 <= len(elements) <= _MAX_SUITS or not all(isinstance(one, dict) for one in elements):
        raise BusinessError("700", f"requestParams must be a list of 1 to {_MAX_SUITS} objects")
    many = len(elements) > 1
    return {f"requestParams[{at}]." if many else "": one for at, one in enumerate(elements)}


def _problems(element: Json, library: frozenset[str]) -> Iterator[str]:
    yield from _clothes_problems(element.get("clothesList"))
    yield from _photo_problems(element.get("modelImage"))
    yield from _model_problems(element.get("model"), library)
    if _word(element, "viewType") not in ("", *_VIEWS):
        yield f"viewType must be one of {', '.join(_VIEWS)}"
    if not _is_count(_given(element, "generateCount", _DEFAULT_COUNT)):
        yield f"generateCount must be a whole number from 1 to {_MAX_COUNT}"
    if str(_given(element, "inputQualityDetect", 0)) not in _GATE_WORDS:
        yield "inputQualityDetect must be 0 or 1"


def _clothes_problems(clothes: object) -> Iterator[str]:
    if not isinstance(clothes, list) or not 1 <= len(clothes) <= 2:
        yield "clothesList must hold 1 or 2 garments"
        return
    for at, garment in enumerate(clothes):
        where = f"clothesList[{at}]"
        if not isinstance(garment, dict):
            yield f"{where} must be an object"
            return
        if not _is_url(garment.get("imageUrl")):
            yield f"{where}.imageUrl must be an http or https URL"
        if _word(garment, "type") not in ("", *_TYPES):
            yield f"{where}.type must be one of {', '.join(_TYPES)}"
    types = [_word(garment, "type") for garment in clothes]
    if len(types) == 2 and sorted(types) != ["bottoms", "tops"]:
        yield "clothesList.type of two garments must be tops and bottoms"


def _photo_problems(photos: object) -> Iterator[str]:
    if photos in (None, []):
        return
    if not isinstance(photos, list) or len(photos) > _MAX_PHOTOS:
        yield f"modelImage must be a list of at most {_MAX_PHOTOS} URLs"
        return
    for at, photo in enumerate(photos):
        if not _is_url(photo):
            yield f"modelImage[{at}] must be an http or https URL"


def _model_problems(model: object, library: frozenset[str]) -> Iterator[str]:
    if model is None:
        return
    if not isinstance(model, dict):
        yield "model must be an object"
        return
    for field, words in _MODEL_WORDS.items():
        if _word(model, field) not in ("", *words):
            yield f"model.{field} must be one of {', '.join(words)}"
    if _word(model, "name") not in ("", *library):
        yield "model.name is not in the model library"


def _suit(element: Json) -> Suit:
    clothes, photos = element["clothesList"], element.get("modelImage") or []
    count = _given(element, "generateCount", _DEFAULT_COUNT)
    assert isinstance(clothes, list) and isinstance(photos, list) and isinstance(count, int)
    return Suit(
        garments=tuple(GarmentRef(str(one["imageUrl"]), _word(one, "type")) for one in clothes),
        model_photos=tuple(map(str, photos)),
        model=_model(element.get("model") or {}),
        view=_word(element, "viewType") or "fullbody",
        count=count,
        quality_gate=str(_given(element, "inputQualityDetect", 0)) == "1",
    )


def _model(model: object) -> ModelDescription:
    assert isinstance(model, dict)
    given = {field: _word(model, field) for field in ("name", "gender", "style", "age", "body")}
    return ModelDescription(**{field: value for field, value in given.items() if value})


def _given(holder: Json, field: str, default: object) -> object:
    """A field's value; a null is as good as absent."""
    value = holder.get(field)
    return default if value is None else value


def _word(holder: Json, field: str) -> str:
    """A text field; "" when it is absent or null, and something no list of words holds when it is no text."""
    value = holder.get(field)
    return "" if value is None else value if isinstance(value, str) else "\0"


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _MAX_COUNT


def _is_url(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
