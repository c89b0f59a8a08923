"""A collection while it is put together: what it comes to, what the browser keeps, what the list shows."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tryon_core import (
    CollectionOptions,
    DescribedModel,
    GarmentType,
    Gender,
    InvalidRequest,
    LibraryModel,
    LinkPicture,
    OwnPhotos,
    Style,
)
from tryon_ui.collection.draft import Draft, Person, Row, Verdict, collection_of, garments_of
from tryon_ui.collection.draft_list import garments_html, people_html
from tryon_ui.collection.draft_memory import Recalled, kept_of, recalled
from tryon_ui.files import new_folder, served
from tryon_ui.samples import load
from tryon_ui.tabs.collection.create_events import fetching

SAMPLES = load(Path(__file__).parents[3] / "assets")
LINK = "https://shop.example/shirt.jpg?token=secret"
DESCRIBED = DescribedModel(Gender.FEMALE, next(iter(Style)))


def test_the_usable_garments_on_all_models_are_the_collection() -> None:
    rows = (
        Row("/a.jpg", "Shirt", "4711"),
        Row("/b.txt", verdict=Verdict.BAD),
        Row(LINK, bottom="/c.jpg"),
    )
    draft = Draft(rows, (Person("Described 1", DESCRIBED), Person("My model 1", photos=("/me.jpg",))))

    new = collection_of(draft, ["James"], CollectionOptions(count=2), kind=GarmentType.TOPS)

    assert [(one.name, one.article) for one in new.garments] == [("Shirt", "4711"), ("", "")]
    assert new.garments[0].suit.garments[0].type is GarmentType.TOPS
    outfit = new.garments[1].suit.garments
    assert [one.type for one in outfit] == [GarmentType.TOPS, GarmentType.BOTTOMS]
    assert outfit[0].picture == LinkPicture(LINK)
    assert [type(one.model) for one in new.models] == [LibraryModel, DescribedModel, OwnPhotos]


@pytest.mark.parametrize("draft", [Draft(), Draft((Row("/b.txt", verdict=Verdict.BAD),))])
def test_without_a_usable_garment_there_is_no_collection(draft: Draft) -> None:
    with pytest.raises(InvalidRequest):
        collection_of(draft, ["James"], CollectionOptions())


def test_names_are_typed_and_rows_taken_out_by_their_keys() -> None:
    first, second = Row("/a.jpg", "A"), Row("/b.jpg", "B")
    draft = Draft((first, second)).renamed(second.key, {"name": "  Striped\n shirt "})

    assert [row.name for row in draft.rows] == ["A", "Striped shirt"]
    assert [row.name for row in draft.without(first.key).rows] == ["Striped shirt"]


def test_a_list_without_garments_stays_a_list_and_what_one_press_took_out_is_had_back() -> None:
    first, second, later = Row("/a.jpg", "A"), Row("/b.jpg", "B"), Row("/c.jpg", "C")
    draft = Draft((first, second), (Person("Described 1", DESCRIBED),))

    last = draft.without(first.key).without(second.key)
    assert last.many and last.people == draft.people and not Draft().many
    assert recalled(json.loads(json.dumps(kept_of(last, ["James"], SAMPLES))), SAMPLES).draft.many
    out = draft.emptied()
    assert (out.many, out.rows, out.people) == (True, (), draft.people)
    assert (
        out.had_back() == draft and out.with_rows([]).before and "2 garments taken out" in garments_html(out)
    )
    assert "taken out" not in garments_html(out.with_rows([later]))
    alone = draft.for_one()
    assert not alone.many and alone.had_back() == draft and "taken out" not in garments_html(alone)
    made = out.with_rows([later]).made_into("c" * 40, ["James"], CollectionOptions())
    assert made.before is None and made.had_back() == made


def test_one_press_is_offered_where_there_are_several() -> None:
    assert 'data-draft="all"' in garments_html(Draft((Row("/a.jpg"), Row("/b.jpg"))))
    assert 'data-draft="all"' not in garments_html(Draft((Row("/a.jpg"),)))


def test_a_row_says_what_it_is_and_as_that_it_is_made_kept_and_shown() -> None:
    here = new_folder() / "skirt.jpg"
    here.write_bytes(b"picture")
    row, other = Row(str(here), "Skirt"), Row(str(here), "Shirt")
    made = Draft((row, other)).made_into("c" * 40, ["James"], CollectionOptions())
    named = made.renamed(row.key, {"kind": "bottoms"})

    new = collection_of(named, ["James"], CollectionOptions(), kind=GarmentType.TOPS)
    assert [one.suit.garments[0].type for one in new.garments] == [GarmentType.BOTTOMS, GarmentType.TOPS]
    assert [one.name for one in named.more().rows] == ["Skirt"]  # as another kind it is another garment
    kept = json.loads(json.dumps(kept_of(named, [], SAMPLES)))
    again = recalled(kept, SAMPLES)
    assert [one.kind for one in again.rows] == [GarmentType.BOTTOMS, GarmentType.AUTO]
    kept["rows"][0]["kind"] = "hat"
    assert recalled(kept, SAMPLES).rows[0].kind is GarmentType.AUTO
    assert made.renamed(row.key, {"kind": "hat"}) == made
    shown = garments_html(named)
    assert 'aria-label="What Skirt is"' in shown and shown.count(" selected") == 2
    assert '<option value="bottoms" selected>Bottom<' in shown and 'value="auto" selected>Auto<' in shown
    assert 'data-called="What {name} is"' in shown and "{name}" in garments_html(Draft((Row("/a", "{x}"),)))
    assert "gkind" not in garments_html(Draft((Row("/a.jpg", bottom="/b.jpg"),)))  # an outfit is known


def test_what_is_made_as_another_kind_as_well_is_called_by_it() -> None:
    row, other = Row("/skirt.jpg", "Skirt", "4711"), Row("/coat.jpg", "Coat")
    made = Draft((row, other)).made_into("c" * 40, ["James"], CollectionOptions())
    as_dress = made.renamed(row.key, {"kind": "dresses"})
    twice = Draft((row, Row("/skirt.jpg", "Skirt", "4711", kind=GarmentType.DRESSES), other))

    assert [one.name for one in garments_of(as_dress.more(), among=as_dress)] == ["Skirt (Dress)"]
    assert [one.name for one in garments_of(twice)] == ["Skirt (Auto)", "Skirt (Dress)", "Coat"]
    both = as_dress.made_into("c" * 40, ["James"], CollectionOptions()).with_rows([Row("/hat.jpg", "Hat")])
    assert [one.name for one in garments_of(both.more(), among=both)] == ["Hat"]
    assert [one.name for one in garments_of(Draft((row, row)))] == ["Skirt", "Skirt"]


def test_the_kind_that_a_photo_looks_like_anyway_is_no_choice_and_any_that_was_made_is_there() -> None:
    row, options = Row("/jeans.jpg", "Jeans", looks=GarmentType.BOTTOMS), CollectionOptions()
    made = Draft((row,)).made_into("c" * 40, ["James"], options)

    as_dress = made.renamed(row.key, {"kind": "dresses"})
    assert as_dress.more().rows and as_dress.renamed(row.key, {"kind": "bottoms"}) == made
    both = as_dress.made_into("c" * 40, ["James"], options)
    of_all = collection_of(
        made, ["James"], options, kind=GarmentType.DRESSES
    )  # said once, for what shows none
    assert of_all.garments[0].suit.garments[0].type is GarmentType.AUTO
    assert not both.more().rows and not both.renamed(row.key, {"kind": "auto"}).more().rows
    other = as_dress.made_into("d" * 40, ["James"], options)  # another collection has what it was made of
    assert other.renamed(row.key, {"kind": "auto"}).more().rows


def test_the_browser_keeps_uploads_and_no_links() -> None:
    here = new_folder() / "shirt.jpg"
    here.write_bytes(b"picture")
    draft = Draft((Row(str(here), "Shirt", "4711"), Row(LINK)))
    made = draft.made_into("c" * 40, ["James"], CollectionOptions(count=2))
    kept = kept_of(made, ["James"], SAMPLES)

    assert "secret" not in str(kept)
    again = recalled(json.loads(json.dumps(kept)), SAMPLES)
    (row,) = again.rows
    assert (row.key, row.place, row.name, row.article) == (draft.rows[0].key, str(here), "Shirt", "4711")
    assert (again.models, again.made) == (("James",), made.made)


def test_the_browser_keeps_described_models_and_those_on_own_photos_and_what_of_them_is_made() -> None:
    here, gone = (new_folder() / name for name in ("me.jpg", "her.jpg"))
    here.write_bytes(b"picture")
    own = Person("My model 1", photos=(str(here),), thumb="t.webp")
    people = (Person("Described 1", DESCRIBED), own, Person("My model 2", photos=(str(here), str(gone))))
    made = Draft((), people[:2], listed=True).made_into("c" * 40, ["James"], CollectionOptions())
    kept = json.loads(json.dumps(kept_of(replace(made, people=people), ["James"], SAMPLES)))

    again = recalled(kept, SAMPLES)
    assert again.people == (people[0], replace(own, thumb=""))
    assert (again.missing, again.made, again.draft.is_unsaved) == (("My model 2",), made.made, False)
    for odd in ({"key": "x"}, {"name": "n" * 999}, {"described": {"gender": "?"}}, {"described": None}):
        assert recalled({"people": [kept["people"][0] | odd]}, SAMPLES).people == ()
    for photos in (["/etc/passwd"], [3], [str(here)] * 9, "x"):
        assert recalled({"people": [kept["people"][1] | {"photos": photos}]}, SAMPLES).people == ()


@pytest.mark.parametrize(
    "rows", [None, "x", [1], [{"place": "/etc/passwd"}], [{"place": 3}], [{"place": LINK}], [{}]]
)
def test_what_a_browser_brings_is_taken_only_where_it_is_an_upload(rows: object) -> None:
    odd = {"collection": "c" * 40, "options": {"view": "inside out"}}
    assert recalled({"rows": rows, "models": [3], "made": odd}, SAMPLES) == Recalled()
    assert recalled(rows, SAMPLES) == Recalled()


def test_samples_come_back_as_well_and_a_photo_that_has_gone_is_named() -> None:
    hoodie, here = SAMPLES.garment("Hoodie"), new_folder() / "shirt.jpg"
    assert hoodie
    rows = Row(served(hoodie.path), "Hoodie"), Row(str(here), "Shirt", bottom=served(hoodie.path))
    kept = json.loads(json.dumps(kept_of(Draft(rows), [], SAMPLES)))

    assert str(hoodie.path.parent) not in str(kept)
    again = recalled(kept, SAMPLES)
    assert (again.rows, again.missing) == (rows[:1], ("Shirt",))
    here.write_bytes(b"picture")
    assert recalled(kept, SAMPLES).rows == rows


def test_a_photo_that_was_refused_is_not_missed_when_it_is_gone() -> None:
    gone = Row(str(new_folder() / "broken.jpg"), "Broken", verdict=Verdict.BAD)
    again = recalled(json.loads(json.dumps(kept_of(Draft((gone,)), [], SAMPLES))), SAMPLES)

    assert (again.rows, again.missing) == ((), ())


def test_a_form_for_one_job_shows_the_way_to_several() -> None:
    shown = garments_html(Draft())

    assert 'data-draft="start"' in shown and "glist" not in shown and people_html(Draft()) == ""


def test_the_list_shows_each_verdict_in_words_and_escapes_what_was_typed() -> None:
    bad = Row("/b.txt", "<b>", "<i>", verdict=Verdict.BAD, says="Not a picture & no use")
    shown = garments_html(Draft((Row("/a.jpg", "Shirt", thumbs=("t.webp",)), bad)))

    assert ">Good<" in shown and ">Left out<" in shown and "Not a picture &amp; no use" in shown
    assert "<b>" not in shown.replace("<b>Add", "") and 'value="&lt;b&gt;"' in shown
    assert str(Path("/a.jpg")) not in shown


def test_the_list_shows_nothing_of_a_link_but_that_it_is_one() -> None:
    shown = garments_html(Draft((Row(LINK, "Shirt", verdict=Verdict.LINK, says="Fetched when you create"),)))

    assert "secret" not in shown and "By link" in shown


def test_what_is_fetched_by_link_is_said_while_it_is() -> None:
    rows = Row("https://shop.test/a.jpg", bottom="/b.jpg", verdict=Verdict.LINK), Row("/c.jpg")

    assert "Fetching 1 picture by its link" in fetching(Draft(rows)) and fetching(Draft(rows[1:])) == ""
