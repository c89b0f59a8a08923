"""A collection while it is put together: its garments and models as the form holds them. Pure."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from tryon_core import (
    LONGEST_NAME,
    CollectionOptions,
    DescribedModel,
    FilePicture,
    Garment,
    GarmentType,
    LibraryModel,
    NewCollection,
    NewGarment,
    NewModel,
    OwnPhotos,
    Suit,
    one_line,
    picture_at,
)
from tryon_ui.texts import say


class Verdict(StrEnum):
    """What the pre-flight says of a garment; a `LINK` is looked at when it is fetched."""

    GOOD = "good"
    HINT = "hint"
    BAD = "bad"
    LINK = "link"


def tidy(text: str) -> str:
    """What was typed, in one line that is no longer than anybody reads."""
    return one_line(text)[:LONGEST_NAME].strip()


def kind_of(text: str) -> GarmentType:
    """What was chosen for a garment, in a page or long ago; for anything else that is nothing yet."""
    return GarmentType(text) if text in list(GarmentType) else GarmentType.AUTO


def new_key() -> str:
    """What a row or a model is called between the page and the handlers."""
    return secrets.token_hex(4)


def _key_of(mark: str) -> str:
    """The key of the row of that `Row.mark`."""
    return mark.split("-")[0]


@dataclass(frozen=True, slots=True)
class Row:
    """A garment: `place` is an upload's path or a link, `bottom` another one, for an outfit. `kind` is what
    the visitor says that it is, `looks` what is known of its photo. `thumbs` are addresses of small pictures
    of them, `says` is what there is to know about `verdict`, `trouble` why it was not taken when it was to be
    made: it may be the next time."""

    place: str
    name: str = ""
    article: str = ""
    bottom: str = ""
    kind: GarmentType = GarmentType.AUTO
    looks: GarmentType = GarmentType.AUTO
    thumbs: tuple[str, ...] = ()
    verdict: Verdict = Verdict.GOOD
    says: str = ""
    trouble: str = ""
    key: str = field(default_factory=new_key)

    @property
    def mark(self) -> str:
        """What it is known by in a collection: as another kind it is another garment, made anew."""
        return self.key if self.kind is GarmentType.AUTO else f"{self.key}-{self.kind}"

    @property
    def shown_kind(self) -> GarmentType:
        """What the list says that it is."""
        return self.looks if self.kind is GarmentType.AUTO else self.kind

    @property
    def usable(self) -> bool:
        """Whether it goes into the collection."""
        return self.verdict is not Verdict.BAD


@dataclass(frozen=True, slots=True)
class Person:
    """A model that is not of the library: described, or on the visitor's own photos where there are any."""

    name: str
    described: DescribedModel | None = None
    photos: tuple[str, ...] = ()
    thumb: str = ""
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class Made:
    """What of a draft is in a collection already: rows by their marks, people by their keys, models of the
    library by their names; and the options that all of it has. `people` are those that the form held then."""

    collection_id: str
    keys: frozenset[str]
    library: frozenset[str]
    options: CollectionOptions
    people: frozenset[str] = frozenset()

    @property
    def garments(self) -> frozenset[str]:
        """The keys of the rows, as whatever kind they were made."""
        return frozenset(map(_key_of, self.keys - self.people))


@dataclass(frozen=True, slots=True)
class Draft:
    """What is put together so far. Without a row it is the form for one job, unless it is `listed`: a list
    that was opened without a garment, or was emptied. `before` is what one press took out of it. It is
    `apart` where it is to be another collection than what was made of it, whatever could be added to that."""

    rows: tuple[Row, ...] = ()
    people: tuple[Person, ...] = ()
    made: Made | None = None
    listed: bool = False
    before: Before | None = None
    apart: bool = False

    @property
    def many(self) -> bool:
        """Whether the form is for several garments and models."""
        return bool(self.rows) or self.listed

    @property
    def usable(self) -> tuple[Row, ...]:
        """The garments that go into the collection."""
        return tuple(row for row in self.rows if row.usable)

    @property
    def goes_on(self) -> bool:
        """Whether it is still the form of what was made of it: with none of those garments it is another."""
        garments = self.made.garments if self.made and not self.apart else frozenset()
        return any(row.key in garments for row in self.usable)

    @property
    def is_unsaved(self) -> bool:
        """Whether something was put together that is in no collection yet."""
        more = self.more()
        return bool(more.usable or more.people)

    def with_rows(self, rows: Sequence[Row]) -> Draft:
        """With these behind its own; what was taken out before new ones came is not offered any more."""
        return replace(self, rows=(*self.rows, *rows), before=None if rows else self.before)

    def as_list(self) -> Draft:
        """The form for several garments, also while there is none yet."""
        return replace(self, listed=True)

    def with_person(self, person: Person) -> Draft:
        return replace(self, people=(*self.people, person))

    def without(self, key: str) -> Draft:
        """Without the row or the model of that key."""
        rows = tuple(row for row in self.rows if row.key != key)
        people = tuple(one for one in self.people if one.key != key)
        return replace(self, rows=rows, people=people, listed=self.many)

    def marked(self, troubles: Mapping[str, str]) -> Draft:
        """With why some of its rows were not taken, by their keys, and of the others nothing like that."""
        rows = tuple(replace(row, trouble=troubles.get(row.key, "")) for row in self.rows)
        return replace(self, rows=rows)

    def emptied(self) -> Draft:
        """Without all of its rows, which can be had back; the models stay."""
        return replace(self, rows=(), listed=True, before=Before(self))

    def for_one(self) -> Draft:
        """The form for one job in its place, from which it can be had back."""
        return Draft(before=Before(self) if self.rows else self.before)

    def had_back(self) -> Draft:
        """What one press took out, and what was put together since and is in no collection."""
        if self.before is None:
            return self
        was, more = self.before.draft, self.more()
        known = {*(row.key for row in was.rows), *(one.key for one in was.people)}
        return replace(
            was,
            rows=(*was.rows, *(row for row in more.rows if row.key not in known)),
            people=(*was.people, *(one for one in more.people if one.key not in known)),
        )

    def made_into(self, collection_id: str, library: Sequence[str], options: CollectionOptions) -> Draft:
        """The same, all of which is in this collection now."""
        people = frozenset(person.key for person in self.people)
        keys = {*(row.mark for row in self.usable), *people}
        if self.made and self.made.collection_id == collection_id:  # rows that are of another kind by now
            keys |= self.made.keys
        made = Made(collection_id, frozenset(keys), frozenset(library), options, people)
        return replace(self, made=made, before=None, apart=False)

    def more(self) -> Draft:
        """What of it is in no collection yet."""
        keys = self.made.keys if self.made else frozenset()
        rows = tuple(row for row in self.rows if row.mark not in keys)
        return Draft(rows, tuple(one for one in self.people if one.key not in keys))

    def renamed(self, key: str, typed: Mapping[str, str]) -> Draft:
        """With another `name`, `article` number or `kind` of a row; the kind that its photo looks like anyway
        says nothing of its own, or choosing it back would be another garment."""

        def told(row: Row) -> Row:
            name, article = typed.get("name", row.name), typed.get("article", row.article)
            kind = kind_of(typed.get("kind", row.kind))
            kind = GarmentType.AUTO if kind is row.looks else kind
            return replace(row, name=tidy(name), article=tidy(article), kind=kind)

        return replace(self, rows=tuple(told(row) if row.key == key else row for row in self.rows))


@dataclass(frozen=True, slots=True)
class Before:
    """What stood in a draft's place. Where the form was another one, too: the models of the library that were
    chosen then, the settings in the order of the page, and what was offered beside it."""

    draft: Draft
    library: tuple[str, ...] | None = None
    settings: tuple[object, ...] = ()
    offer: str = ""

    @property
    def garments(self) -> int:
        """How many it had."""
        return len(self.draft.rows)


def collection_of(
    draft: Draft,
    library: Sequence[str],
    options: CollectionOptions,
    *,
    kind: GarmentType = GarmentType.AUTO,
    vendor: str = "",
    name: str = "",
) -> NewCollection:
    """The collection that is put together: the usable rows, and the models of the library in the order of
    their choice, then the others. Raises `InvalidRequest` where there is no garment or no model."""
    return NewCollection(garments_of(draft, kind), models_of(draft, library), options, name, vendor)


def garments_of(
    draft: Draft, kind: GarmentType = GarmentType.AUTO, among: Draft | None = None
) -> tuple[NewGarment, ...]:
    """The usable rows; `among` is the draft that they are a part of, if not all of it."""
    told = among or draft
    return tuple(NewGarment(suit_of(row, kind), _told_apart(row, told), row.article) for row in draft.usable)


def _told_apart(row: Row, among: Draft) -> str:
    """Its name; with its kind, where it is known by the same one as another kind, in the list or in what was
    made of it."""
    same = (one for one in among.usable if (one.name, one.article) == (row.name, row.article))
    made = among.made.keys if among.made else frozenset()
    before = any(_key_of(key) == row.key for key in made - {row.mark})
    if not before and all(one.shown_kind is row.shown_kind for one in same):
        return row.name
    return tidy(say("collection.as_kind", name=row.name, kind=say(f"type.{row.shown_kind}")))


def models_of(draft: Draft, library: Sequence[str]) -> tuple[NewModel, ...]:
    """The models of the library in the order of their choice, then the others."""
    named = tuple(NewModel(LibraryModel(one)) for one in library)
    return (*named, *(NewModel(_model(person), person.name) for person in draft.people))


def suit_of(row: Row, kind: GarmentType = GarmentType.AUTO) -> Suit:
    """What a row has worn; `kind` holds for rows of which nothing is said and nothing is known: it is not to
    make another garment of what the list shows."""
    if row.bottom:
        top, bottom = picture_at(row.place), picture_at(row.bottom)
        return Suit((Garment(top, GarmentType.TOPS), Garment(bottom, GarmentType.BOTTOMS)))
    own = kind if row.kind is row.looks is GarmentType.AUTO else row.kind
    return Suit((Garment(picture_at(row.place), own),))


def _model(person: Person) -> DescribedModel | OwnPhotos:
    return person.described or OwnPhotos(tuple(FilePicture(Path(photo)) for photo in person.photos))
