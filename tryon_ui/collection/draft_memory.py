"""What is put together, as a browser keeps it between visits. What comes back is from outside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from tryon_core import (
    LONGEST_NAME,
    MAX_MODEL_PHOTOS,
    Age,
    Body,
    CollectionOptions,
    DescribedModel,
    Gender,
    InvalidRequest,
    Style,
    Version,
    View,
    is_link,
)
from tryon_ui.collection.draft import Before, Draft, Made, Person, Row, Verdict, kind_of
from tryon_ui.kept_files import kept_place, place_of
from tryon_ui.samples import Samples

_ROW: Final = ("key", "place", "name", "article", "bottom", "kind")
_KEY: Final = re.compile(r"[0-9a-f]{8}")
_ID: Final = re.compile(r"[0-9a-f]{40}")
_LONGEST: Final = 1000  # characters of a text


@dataclass(frozen=True, slots=True)
class Recalled:
    """What was kept: rows and models whose files are still here, the names of those that are not, models of
    the library, and what was made of it. A photo that was refused and is gone is not missed."""

    rows: tuple[Row, ...] = ()
    missing: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    made: Made | None = None
    listed: bool = False
    people: tuple[Person, ...] = ()
    apart: bool = False
    before: Draft | None = None

    @property
    def draft(self) -> Draft:
        """`before` is of the form for one job only: a list can be had back where one was."""
        before = Before(self.before) if self.before and not (self.rows or self.listed) else None
        return Draft(self.rows, self.people, self.made, self.listed, before, self.apart)


def kept_of(draft: Draft, library: Sequence[str], samples: Samples) -> dict[str, Any]:
    """What the browser keeps: links may be signed, so they are left out. Of the form for one job it is the
    list that this took the place of, too."""
    kept = _kept_draft(draft, library, samples)
    if draft.before is None or draft.many:
        return kept
    return kept | {"before": _kept_draft(draft.before.draft, library, samples)}


def _kept_draft(draft: Draft, library: Sequence[str], samples: Samples) -> dict[str, Any]:
    rows = [row for row in draft.rows if not is_link(row.place) and not is_link(row.bottom)]
    return {
        "rows": [_kept_row(row, samples) for row in rows],
        "people": [_kept_person(person, samples) for person in draft.people],
        "models": list(library),
        "made": _kept_made(draft.made) if draft.made else None,
        "listed": draft.listed,
        "apart": draft.apart,
    }


def recalled(kept: object, samples: Samples) -> Recalled:
    """What `kept_of` gave, as far as it holds."""
    if not isinstance(kept, dict):
        return Recalled()
    known = [row for one in _texts_or_dicts(kept.get("rows")) if (row := _row_of(one))]
    here = [(row, _with_files_here(row, samples)) for row in known]
    gone = [row for row, found in here if found is None and row.usable]
    missing = [row.name or Path(row.place).name for row in gone]
    rows = tuple(found for _, found in here if found)
    people, models_gone = _people(kept.get("people"), samples)
    made, models = _made_of(kept.get("made")), _texts(kept.get("models"))
    listed, apart = (kept.get(name) is True for name in ("listed", "apart"))
    before = kept.get("before")
    was = recalled({**before, "before": None}, samples).draft if isinstance(before, dict) else None
    return Recalled(rows, (*missing, *models_gone), models, made, listed, people, apart, was)


def _kept_row(row: Row, samples: Samples) -> dict[str, Any]:
    kept = {name: getattr(row, name) for name in _ROW} | {"refused": not row.usable}
    return kept | {name: kept_place(kept[name], samples) for name in ("place", "bottom")}


def _kept_person(person: Person, samples: Samples) -> dict[str, Any]:
    described = asdict(person.described) if person.described else None
    photos = [kept_place(photo, samples) for photo in person.photos]
    return {"key": person.key, "name": person.name, "described": described, "photos": photos}


def _people(kept: object, samples: Samples) -> tuple[tuple[Person, ...], list[str]]:
    """The models that are not of the library, and the names of those whose photos are not all here: of fewer
    photos it would be another model."""
    known = [person for one in _texts_or_dicts(kept) if (person := _person_of(one))]
    here = [(one, [place_of(photo, samples) for photo in one.photos]) for one in known]
    found = [replace(one, photos=tuple(filter(None, places))) for one, places in here if None not in places]
    return tuple(found), [one.name for one, places in here if None in places]


def _person_of(kept: object) -> Person | None:
    """Without its small picture, which is made anew."""
    if not isinstance(kept, dict):
        return None
    key, name, told = (kept.get(part) for part in ("key", "name", "described"))
    photos = _texts(kept.get("photos"))
    if not isinstance(name, str) or len(name) > LONGEST_NAME or not _KEY.fullmatch(str(key)):
        return None
    if isinstance(told, dict) and not photos:
        described = _described_of(told)
        return Person(name, described, key=str(key)) if described else None
    few = 0 < len(photos) <= MAX_MODEL_PHOTOS and all(len(photo) < _LONGEST for photo in photos)
    return Person(name, photos=photos, key=str(key)) if few else None


def _described_of(told: dict[str, Any]) -> DescribedModel | None:
    try:
        gender, style = Gender(told["gender"]), Style(told["style"])
        return DescribedModel(gender, style, Age(told["age"]), Body(told["body"]))
    except (InvalidRequest, KeyError, TypeError, ValueError):
        return None


def _kept_made(made: Made) -> dict[str, Any]:
    return {
        "collection": made.collection_id,
        "keys": sorted(made.keys),
        "models": sorted(made.library),
        "people": sorted(made.people),
        "options": asdict(made.options),
    }


def _made_of(kept: object) -> Made | None:
    if not isinstance(kept, dict) or not _ID.fullmatch(str(kept.get("collection"))):
        return None
    keys, models, people = (frozenset(_texts(kept.get(name))) for name in ("keys", "models", "people"))
    try:
        told = dict(kept["options"])
        told |= {"view": View(told["view"]), "version": Version(told["version"])}
        return Made(kept["collection"], keys, models, CollectionOptions(**told), people)
    except (InvalidRequest, KeyError, TypeError, ValueError):
        return None


def _row_of(kept: object) -> Row | None:
    if not isinstance(kept, dict):
        return None
    told = {name: kept.get(name, "") for name in _ROW}
    if not all(isinstance(value, str) and len(value) < _LONGEST for value in told.values()):
        return None
    if not told["place"] or not _KEY.fullmatch(told["key"]):
        return None
    verdict = Verdict.BAD if kept.get("refused") is True else Verdict.GOOD
    return Row(**{**told, "kind": kind_of(told["kind"])}, verdict=verdict)


def _with_files_here(row: Row, samples: Samples) -> Row | None:
    place = place_of(row.place, samples)
    bottom = place_of(row.bottom, samples) if row.bottom else ""
    return None if place is None or bottom is None else replace(row, place=place, bottom=bottom)


def _texts_or_dicts(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _texts(value: object) -> tuple[str, ...]:
    return tuple(text for text in _texts_or_dicts(value) if isinstance(text, str))
