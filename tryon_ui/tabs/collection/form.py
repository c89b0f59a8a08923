"""From what the form holds to a collection, and to the words for it."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256

from markupsafe import Markup

from tryon_core import (
    Collection,
    CollectionNotFound,
    CollectionOptions,
    CollectionPlan,
    ConfirmationNeeded,
    GarmentsRefused,
    GarmentType,
    NewCollection,
    NewGarment,
    NewModel,
    Problem,
    Version,
    View,
    is_link,
    usual_name,
)
from tryon_ui.collection.draft import Draft, Row, collection_of, garments_of, models_of
from tryon_ui.collection.taking_in import TakenIn, looked_at, taken_in
from tryon_ui.error_boundary import sentence
from tryon_ui.page_context import PageContext
from tryon_ui.samples import DEFAULT_SAMPLE, Sample
from tryon_ui.tabs.tryon_form import Form, chosen
from tryon_ui.texts import phrases, say, translated


def new_collection(draft: Draft, library: Sequence[str], form: Form) -> NewCollection:
    """The collection that the form asks for. Raises `InvalidRequest`."""
    kind = chosen(GarmentType, form.garment_type, say("field.type"))
    name = _usual_name(draft)
    return collection_of(draft, library, options_of(form), kind=kind, vendor=form.vendor, name=name)


def _usual_name(draft: Draft) -> str:
    """What the collection is called at first, in the language of who makes it; "" as the core calls it."""
    names = [row.name for row in draft.usable]
    return translated(usual_name(names)) if names else ""


def options_of(form: Form) -> CollectionOptions:
    """How the pictures of all cells are to be. Raises `InvalidRequest`."""
    return CollectionOptions(
        view=chosen(View, form.view, say("field.view")),
        count=form.count,
        quality_gate=form.quality_gate,
        version=chosen(Version, form.version, say("field.version")),
        trial=form.trial,
    )


@dataclass(frozen=True, slots=True)
class Addition:
    """What is added to a collection that is there: more garments, more models, or nothing."""

    collection_id: str
    garments: tuple[NewGarment, ...]
    models: tuple[NewModel, ...]

    @property
    def empty(self) -> bool:
        return not self.garments and not self.models


def addition_of(draft: Draft, library: Sequence[str], form: Form) -> Addition | None:
    """What the form adds to the collection that was made of it; None where it is to be another one, also as
    a model of its is not chosen any more, or a garment of its is not listed and there are more models: what
    is added is made of all of them. Raises `InvalidRequest`."""
    made, people = draft.made, {person.key for person in draft.people}
    if made is None or not draft.goes_on or made.options != options_of(form):
        return None
    if not (made.library <= set(library) and made.people <= people):
        return None
    more, kind = draft.more(), chosen(GarmentType, form.garment_type, say("field.type"))
    names = [name for name in library if name not in made.library]
    if (names or more.people) and not made.garments <= {row.key for row in draft.usable}:
        return None
    return Addition(made.collection_id, garments_of(more, kind, draft), models_of(more, names))


def made_before(draft: Draft, library: Sequence[str], form: Form) -> int:
    """How many jobs of another collection of this draft are in the one that was made of it, with the same
    options: as one where a model is not chosen any more, and nothing can be added to."""
    made = draft.made
    if made is None or made.options != options_of(form) or addition_of(draft, library, form) is not None:
        return 0
    people = sum(person.key in made.keys for person in draft.people)
    return sum(row.mark in made.keys for row in draft.usable) * (len(made.library & set(library)) + people)


def made_already(
    plan: CollectionPlan, added: Addition | None, draft: Draft, library: Sequence[str], form: Form
) -> int:
    """How many of the jobs that are planned are made already: all of them, where nothing is added."""
    return plan.jobs if added is not None and added.empty else made_before(draft, library, form)


async def planned(
    context: PageContext, draft: Draft, library: Sequence[str], form: Form, *, visitor: str
) -> tuple[CollectionPlan, Addition | None]:
    """What Create would use, and what it would add to a collection that is there. Raises what studios do."""
    added, collections = addition_of(draft, library, form), context.studio.collections
    if added is not None:
        try:
            more = await collections.plan_more(
                added.collection_id, garments=added.garments, models=added.models, visitor=visitor
            )
        except CollectionNotFound:  # deleted since: Create makes another one, unless it is had back
            added = None
        else:
            if not added.empty:
                return more, added
    return await collections.plan(new_collection(draft, library, form), visitor=visitor), added


async def created(
    context: PageContext, draft: Draft, library: Sequence[str], form: Form, *, at_most: int, visitor: str
) -> Collection | ConfirmationNeeded | NotTaken:
    """The collection that the form asks for, made or grown; where that is more than `at_most` pictures by
    now, what it is; where some of its garments are not taken, which. Raises what the studio does."""
    try:
        return await _created(context, draft, library, form, at_most, visitor)
    except ConfirmationNeeded as needed:
        return needed


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Why nothing was made, and what of that is said of each row, by its key."""

    problem: Problem
    rows: Mapping[str, str]


async def _told_by_rows(rows: Sequence[Row], work: Awaitable[Collection]) -> Collection | NotTaken:
    try:
        return await work
    except GarmentsRefused as refused:
        why = {rows[place].key: sentence(one) for place, one in refused.by_place.items()}
        return NotTaken(refused.problem, why)


async def _created(
    context: PageContext, draft: Draft, library: Sequence[str], form: Form, at_most: int, visitor: str
) -> Collection | NotTaken:
    added, collections = addition_of(draft, library, form), context.studio.collections
    if added is not None and not added.empty:
        with suppress(CollectionNotFound):  # deleted since
            more = collections.add(
                added.collection_id,
                garments=added.garments,
                models=added.models,
                visitor=visitor,
                confirmed=True,
                at_most=at_most,
            )
            return await _told_by_rows(draft.more().usable, more)
    new = new_collection(draft, library, form)
    again = added is not None
    whole = collections.create(new, visitor=visitor, confirmed=True, at_most=at_most, again=again)
    return await _told_by_rows(draft.usable, whole)


async def begun(context: PageContext, draft: Draft, form: Form, *, own_only: bool) -> Draft:
    """The draft; a new one begins with the garment that is in its place already, unless that is a sample and
    only the visitor's own are asked for."""
    worn = _worn(form)
    if draft.many or worn is None or (own_only and context.samples.by_path(worn.place)):
        return draft
    return draft.with_rows(await looked_at(context, [worn]))


def _worn(form: Form) -> Row | None:
    """What the form for one job has worn, as a row, be it a bottom alone; None for nothing. Of two events
    that begin a list at once both bring it, by the same key: it is one garment."""
    link = form.link.strip()
    first = link if is_link(link) else form.garment
    key = sha256(f"{first} {form.bottom}".encode()).hexdigest()[:8]
    if first:
        return Row(first, bottom=form.bottom or "", key=key)
    return Row(form.bottom, kind=GarmentType.BOTTOMS, key=key) if form.bottom else None


async def had_back(context: PageContext, draft: Draft, form: Form, *, own_only: bool) -> Draft:
    """The list that a form for one job took the place of, and the garment of that, where `begun` has one."""
    before, new = draft.had_back(), await begun(context, Draft(), form, own_only=own_only)
    known = {row.place for row in before.rows}
    return before.with_rows([row for row in new.rows if row.place not in known])


async def with_dropped(context: PageContext, draft: Draft, form: Form, files: Sequence[str]) -> TakenIn:
    """The draft with the garments of a drop, and what is said of it. A drop that brings none takes none away,
    and makes no list of the form for one job."""
    room = await begun(context, without_sample(context, draft, form), form, own_only=True)
    taken = await taken_in(context, room, files)
    came = taken.draft.rows[len(room.rows) :]
    if any(row.usable for row in came):
        return taken
    before = draft if draft.many or not came else room
    return TakenIn(before.with_rows(came), taken.said, taken.notes)


def without_sample(context: PageContext, draft: Draft, form: Form) -> Draft:
    """The draft as the visitor's own garments find it: the sample that the form for one job begins with makes
    room for them where it only came along from there, and nobody said anything of it."""
    first = context.samples.garment(DEFAULT_SAMPLE)
    if draft.made or first is None or context.samples.by_path(form.garment) is not first:
        return draft
    others = [row for row in draft.rows if not _came_along(context, row, first)]
    return draft if others else replace(draft, rows=())


def _came_along(context: PageContext, row: Row, first: Sample) -> bool:
    said = (row.name, row.article, row.bottom, row.kind)
    unsaid = (translated(first.title), "", "", GarmentType.AUTO)
    return context.samples.by_path(row.place) is first and said == unsaid


def first_models(form: Form) -> list[str]:
    """The models of the library that a new draft begins with."""
    return [form.library] if form.mode == "library" and form.library else []


def whereto_html(name: str, *, apart: bool) -> str:
    """To which collection the form adds, and how it makes another instead; `apart` the other way round."""
    where = say("collection.makes_new") if apart else say("collection.adds_to", name=name)
    act, label = ("together", "collection.add_instead") if apart else ("apart", "collection.new_instead")
    return str(
        Markup(
            '<p class="whereto"><span title="{}">{}</span>'
            '<button type="button" class="linkish" data-draft="{}">{}</button></p>'
        ).format(where, where, act, say(label))
    )


def ask_html(plan: CollectionPlan, made: int = 0, left_out: str = "") -> str:
    """Asks once more before a lot is begun, what is `made` already, or it goes without what is `left_out`. A
    yes is one to so many pictures as it names."""
    key, look = ("collection.ask_made", "primary") if made < plan.jobs else ("collection.ask_all_made", "")
    again = (say(key, n=made),) if made else ()
    return str(
        Markup(
            '<div class="manyask" role="alertdialog" aria-label="{}"><p>{}</p><div>'
            '<button type="button" class="btn {}" data-draft="yes" data-agreed="{}">{}</button>'
            '<button type="button" class="btn" data-draft="no">{}</button></div></div>'
        ).format(
            say("collection.ask_label"),
            phrases.sentences((*again, left_out, say("collection.ask", jobs=plan.jobs, n=plan.pictures))),
            look,
            plan.pictures,
            say("collection.create_jobs", n=plan.jobs),
            say("collection.not_yet"),
        )
    )
