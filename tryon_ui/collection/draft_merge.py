"""A change to a draft that takes a while, as reading photos, and another one that is made meanwhile. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

from tryon_ui.collection.draft import Draft, Person, Row

Part = TypeVar("Part", bound=Draft | Row | Person)
Keyed = TypeVar("Keyed", bound=Row | Person)


def merged(was: Draft, changed: Draft, now: Draft) -> Draft:
    """The change from `was` to `changed`, made to what is there `now`: what came is added, what was taken out
    goes unless something was said of it meanwhile, and what was said of the rest is said, of which the change
    counts where both say something.

    merged(Draft(), Draft((tee,)), Draft((coat,))) == Draft((coat, tee))
    """
    rows, people = _parts(was.rows, changed.rows, now.rows), _parts(was.people, changed.people, now.people)
    return replace(_fields(was, changed, now), rows=rows, people=people)


def _parts(was: Sequence[Keyed], changed: Sequence[Keyed], now: Sequence[Keyed]) -> tuple[Keyed, ...]:
    before, after = {one.key: one for one in was}, {one.key: one for one in changed}
    here = {one.key for one in now}

    def told(one: Keyed) -> Keyed:
        both = one.key in before and one.key in after
        return _fields(before[one.key], after[one.key], one) if both else one

    stay = [told(one) for one in now if one.key in after or before.get(one.key) != one]
    return (*stay, *[one for one in changed if one.key not in before and one.key not in here])


def _fields(was: Part, changed: Part, now: Part) -> Part:
    names = [field.name for field in fields(was)]
    said: dict[str, Any] = {
        name: getattr(changed, name) for name in names if getattr(changed, name) != getattr(was, name)
    }
    return replace(now, **said)
