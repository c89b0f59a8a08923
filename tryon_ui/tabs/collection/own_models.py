"""Models of a collection that are not of the library: described, or on photos of the visitor's own."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from tryon_core import Age, Body, DescribedModel, Gender, Style
from tryon_ui.collection.draft import Draft, Person
from tryon_ui.collection.taking_in import small
from tryon_ui.page_context import PageContext
from tryon_ui.tabs.tryon_form import Form, chosen
from tryon_ui.texts import say


async def with_model(context: PageContext, draft: Draft, form: Form) -> tuple[Draft, str]:
    """The draft with the model that the form describes, or has photos of; or as it is, and what is said where
    that is a model of it already: it would be paid for twice."""
    if form.mode == "describe":
        described = _described(form)
        same = next((one for one in draft.people if one.described == described), None)
        if same:
            return draft, say("collection.is_described", name=same.name)
        return draft.with_person(Person(_free_name(draft, "collection.described_n"), described)), ""
    if form.mode != "photos" or not form.photos:
        return draft, ""
    if said := await asyncio.to_thread(_is_model, draft, form.photos):
        return draft, said
    thumb = await small(context, Path(form.photos[0]))
    person = Person(_free_name(draft, "collection.photos_n"), photos=form.photos, thumb=thumb)
    return draft.with_person(person), ""


async def left_out(draft: Draft, form: Form) -> str:
    """What is said of a model that the form describes, or has photos of, and that was not added: it takes no
    part. "" where there is none. The form describes a model always: where one was added, that was meant."""
    if form.mode == "describe":
        known = any(one.described for one in draft.people)
        return "" if known else say("collection.described_out")
    if form.mode != "photos" or not form.photos:
        return ""
    known = not await asyncio.to_thread(_unknown, draft, form.photos)
    return "" if known else say("collection.photos_out")


def _unknown(draft: Draft, photos: Sequence[str]) -> set[str]:
    """The contents of these photos that no model of the draft is on. Blocks."""
    return {*map(_content, photos)} - {_content(photo) for one in draft.people for photo in one.photos}


def _is_model(draft: Draft, photos: Sequence[str]) -> str:
    """What is said of the first of these photos that a model of the draft is on already; "" where there is
    none. Blocks."""
    models = {_content(photo): one.name for one in draft.people for photo in one.photos}
    known = ((photo, models.get(_content(photo))) for photo in photos)
    return next(
        (say("collection.is_model", photo=Path(photo).name, name=name) for photo, name in known if name), ""
    )


def _content(photo: str) -> str:
    """What tells a photo from others, whatever it is called; its place for one that is not here any more."""
    path = Path(photo)
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else photo


def _free_name(draft: Draft, key: str) -> str:
    """The first such name that no model of the draft has."""
    taken = {one.name for one in draft.people}
    return next(name for n in count(1) if (name := say(key, n=n)) not in taken)


def _described(form: Form) -> DescribedModel:
    return DescribedModel(
        chosen(Gender, form.gender, say("field.gender")),
        chosen(Style, form.style, say("field.style")),
        chosen(Age, form.age, say("field.age")),
        chosen(Body, form.body, say("field.body")),
    )
