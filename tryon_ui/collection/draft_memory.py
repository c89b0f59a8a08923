"""The garments of a collection as a browser keeps them between visits. What comes back is from outside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from tryon_core import CollectionOptions, InvalidRequest, Version, View
from tryon_ui.collection.draft import Draft, Made, Row, is_link
from tryon_ui.files import is_a_visitors

_ROW: Final = ("key", "place", "name", "article", "bottom")
_KEY: Final = re.compile(r"[0-9a-f]{8}")
_ID: Final = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class Recalled:
    """What was kept: rows whose files are still here, models of the library, and what was made of it."""

    rows: tuple[Row, ...] = ()
    models: tuple[str, ...] = ()
    made: Made | None = None


def kept_of(draft: Draft, library: Sequence[str]) -> dict[str, Any]:
    """What the browser keeps: links may be signed, so they are left out."""
    rows = (asdict(row) for row in draft.rows if not is_link(row.place) and not is_link(row.bottom))
    return {
        "rows": [{name: row[name] for name in _ROW} for row in rows],
        "models": list(library),
        "made": _kept_made(draft.made) if draft.made else None,
    }


def recalled(kept: object) -> Recalled:
    """What `kept_of` gave, as far as it holds."""
    if not isinstance(kept, dict):
        return Recalled()
    rows = filter(None, map(_row_of, _texts_or_dicts(kept.get("rows"))))
    return Recalled(tuple(rows), _texts(kept.get("models")), _made_of(kept.get("made")))


def _kept_made(made: Made) -> dict[str, Any]:
    return {
        "collection": made.collection_id,
        "keys": sorted(made.keys),
        "models": sorted(made.library),
        "options": asdict(made.options),
    }


def _made_of(kept: object) -> Made | None:
    if not isinstance(kept, dict) or not _ID.fullmatch(str(kept.get("collection"))):
        return None
    keys, models = (frozenset(_texts(kept.get(name))) for name in ("keys", "models"))
    try:
        told = dict(kept["options"])
        told |= {"view": View(told["view"]), "version": Version(told["version"])}
        return Made(kept["collection"], keys, models, CollectionOptions(**told))
    except (InvalidRequest, KeyError, TypeError, ValueError):
        return None


def _row_of(kept: object) -> Row | None:
    if not isinstance(kept, dict):
        return None
    told = {name: kept.get(name, "") for name in _ROW}
    if not all(isinstance(value, str) and len(value) < 1000 for value in told.values()):
        return None
    here = [is_a_visitors(Path(place)) for place in (told["place"], told["bottom"]) if place]
    known = told["place"] and all(here) and _KEY.fullmatch(told["key"])
    return Row(**told) if known else None


def _texts_or_dicts(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _texts(value: object) -> tuple[str, ...]:
    return tuple(text for text in _texts_or_dicts(value) if isinstance(text, str))
