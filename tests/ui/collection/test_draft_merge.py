"""Two changes to a draft at once, of which each ends without knowing of the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tryon_core import CollectionOptions
from tryon_ui.collection.draft import Draft, Person, Row
from tryon_ui.collection.draft_merge import merged
from tryon_ui.tabs.collection.form import _worn
from tryon_ui.tabs.tryon_form import Form

Change = Callable[[Draft], Draft]
START = Draft(
    (Row("/tee.jpg", "Tee", key="tee"), Row("/coat.jpg", "Coat", key="coat")),
    (Person("Ana", photos=("/ana.jpg",), key="ana"),),
)


def _renamed(key: str, name: str) -> Change:
    return lambda draft: draft.renamed(key, {"name": name})


def _without(key: str) -> Change:
    return lambda draft: draft.without(key)


def _with_row(name: str) -> Change:
    row = Row(f"/{name}.jpg", name)
    return lambda draft: draft.with_rows([row])


def _with_person(name: str) -> Change:
    person = Person(name)
    return lambda draft: draft.with_person(person)


def _made(draft: Draft) -> Draft:
    return draft.made_into("c1", ["James"], CollectionOptions())


ROWS = st.sampled_from(["tee", "coat"])
NAMES = st.text("abc", min_size=1, max_size=3)
CHANGES = st.one_of(
    st.builds(_renamed, ROWS, NAMES),
    st.builds(_without, st.sampled_from(["tee", "coat", "ana"])),
    st.builds(_with_row, NAMES),
    st.builds(_with_person, NAMES),
    st.just(_made),
    st.just(Draft.emptied),
)


@given(CHANGES)
def test_a_change_that_is_alone_is_what_it_is(change: Change) -> None:
    changed = change(START)

    assert merged(START, changed, START) == changed
    assert merged(START, START, changed) == changed


@given(CHANGES, CHANGES)
def test_of_two_changes_at_once_both_are_there(slow: Change, quick: Change) -> None:
    changed, now = slow(START), quick(START)
    both = merged(START, changed, now)

    keys = _keys(both)
    assert len(keys) == len(set(keys))
    came = {*_keys(changed), *_keys(now)}
    assert {*keys} >= came - {"tee", "coat", "ana"}  # nothing that came is lost
    assert {row.name for row in both.rows if row.key in ("tee", "coat")} >= _said(changed) & _said(both)
    assert both.made in (changed.made, now.made) and (both.made or not (changed.made or now.made))


def _keys(draft: Draft) -> list[str]:
    return [*(row.key for row in draft.rows), *(one.key for one in draft.people)]


def _said(draft: Draft) -> set[str]:
    return {row.name for row in draft.rows if row.key in ("tee", "coat")}


def test_what_is_said_of_a_row_holds_while_something_else_is_said_of_it() -> None:
    told, renamed = START.marked({"tee": "Too small"}), START.renamed("tee", {"name": "My tee"})

    (tee, _) = merged(START, told, renamed).rows
    assert (tee.name, tee.trouble) == ("My tee", "Too small")


def test_what_was_taken_out_stays_out_and_what_somebody_spoke_of_stays() -> None:
    read = START.with_rows([Row("/new.jpg", "New", key="new")])

    assert [row.key for row in merged(START, read, START.without("tee")).rows] == ["coat", "new"]
    room = replace(read, rows=read.rows[1:])
    renamed = START.renamed("tee", {"name": "My tee"})
    assert [row.name for row in merged(START, room, renamed).rows] == ["My tee", "Coat", "New"]


def test_two_events_that_begin_a_list_bring_the_garment_of_the_form_once() -> None:
    form = Form(garment="/worn.jpg", bottom="/jeans.jpg")
    first, second = _worn(form), _worn(form)
    assert first and second

    both = merged(Draft(), Draft((first, Row("/new.jpg"))), Draft((second,)).as_list())
    assert [row.place for row in both.rows] == ["/worn.jpg", "/new.jpg"] and both.listed
    other = _worn(replace(form, bottom=None))
    assert other and other.key != first.key
