"""Names of files by a visitor's pattern."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.collections.export.exports import figure, picture
from tests.core.images.pictures import saved
from tryon_core import InvalidRequest, in_language
from tryon_core.collections.export.contents import ExportPicture
from tryon_core.collections.export.file_names import MOST_BYTES, check_pattern, file_name, names_of


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> ExportPicture:
    return picture(tmp_path_factory.mktemp("names"), saved(figure(), "JPEG"), "x.jpg")


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("{article}_{garment}_{model}_{view}_{n}", "40-1187_Hoodie_James_full-body_1.jpg"),
        ("{garment} on {model}", "Hoodie on James.jpg"),
        ("{date} {vendor} {n}", "2026-05-28 A-vendor 1.jpg"),
        ("{{{n}}}", "{1}.jpg"),
        ("...{n}. ", "1.jpg"),
        ("{garment}, {model}__{n}", "Hoodie, James__1.jpg"),
    ],
)
def test_a_pattern_is_filled_in(one: ExportPicture, pattern: str, name: str) -> None:
    assert names_of([one], pattern) == [name]


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"article": ""}, "Hoodie_James_1.jpg"),
        ({"garment": ""}, "40-1187_James_1.jpg"),
        ({"garment": 'a/b\\c:d*e?f"g<h>i|j'}, "40-1187_a-b-c-d-e-f-g-h-i-j_James_1.jpg"),
        ({"garment": "../../etc"}, "40-1187_..-..-etc_James_1.jpg"),
        ({"garment": "tab\tand\nline"}, "40-1187_tab-and-line_James_1.jpg"),
        ({"garment": "txt.\u202egpj"}, "40-1187_txt.gpj_James_1.jpg"),
        ({"garment": "Cafe\u0301"}, "40-1187_Café_James_1.jpg"),
        ({"article": "", "garment": "", "model": ""}, "1.jpg"),
        ({"garment": 'Oxford shirt "Büro"'}, "40-1187_Oxford-shirt-Büro_James_1.jpg"),
        ({"garment": '"Büro" shirt', "model": "(James)"}, "40-1187_Büro-shirt_(James)_1.jpg"),
        ({"garment": "_Tee_", "model": "- James -"}, "40-1187_Tee_James_1.jpg"),
        ({"garment": "Tee, blue; XL"}, "40-1187_Tee-blue-XL_James_1.jpg"),
        ({"garment": "衬衫，蓝色、大"}, "40-1187_衬衫-蓝色-大_James_1.jpg"),
        ({"article": "?", "garment": '""'}, "James_1.jpg"),
    ],
)
def test_whatever_the_words_are_the_name_is_one_that_every_system_takes(
    one: ExportPicture, changes: dict[str, str], name: str
) -> None:
    assert names_of([replace(one, **changes)], "{article}_{garment}_{model}_{n}") == [name]  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["CON", "nul", "com1", "LPT9.x"])
def test_a_name_that_windows_keeps_for_itself_gets_a_word_before_it(one: ExportPicture, name: str) -> None:
    assert names_of([replace(one, garment=name)], "{garment}") == [f"picture-{name}.jpg"]


def test_equal_names_are_numbered_where_capitals_do_not_count(one: ExportPicture) -> None:
    pictures = [replace(one, garment=name) for name in ("Tee", "tee", "TEE", "tee-2", "Straße", "STRASSE")]
    assert names_of(pictures, "{garment}") == [
        "Tee.jpg",
        "tee-2.jpg",
        "TEE-3.jpg",
        "tee-2-2.jpg",
        "Straße.jpg",
        "STRASSE-2.jpg",
    ]


def test_what_has_no_words_left_is_a_picture(one: ExportPicture) -> None:
    assert names_of([replace(one, garment="///")] * 2, "{garment}") == ["picture.jpg", "picture-2.jpg"]
    assert file_name("Autumn 26: first/drop") == "Autumn-26-first-drop"


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("{garmnet}_{n}", "{garmnet}"),
        ("{}", "{}"),
        ("{n.__class__}", "{n.__class__}"),
        ("{0}", "{0}"),
        ("{garment}/{n}", "/"),
        ("{n}:", ":"),
        ("{n}\x07", r"'\x07'"),
        ("{n", "braces"),
        ("n}", "braces"),
        ("{n:>9999999999}", "braces"),
        ("{n!r}", "braces"),
        ("hoodie", "no name"),
        ("", "no name"),
        ("{n}" + "x" * 300, "303"),
    ],
)
def test_a_pattern_that_will_not_do_is_refused_in_words(pattern: str, found: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        check_pattern(pattern)
    assert found in refused.value.found
    assert refused.value.problem.in_language("zh").what != refused.value.problem.what
    assert "{article}" in in_language(refused.value.limit, "zh") or "{n}" not in refused.value.limit


TEXTS = st.text(st.characters(codec="utf-8"), max_size=300)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6))
def test_no_words_make_a_name_that_a_system_refuses_or_two_names_that_are_one(
    words: list[tuple[str, str]],
) -> None:
    pictures = [replace(BARE, garment=garment, model=model) for garment, model in words]
    names = names_of(pictures, "{garment} {model}")
    for name in names:
        assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name) and len(name.encode()) <= 200
        assert name.removesuffix(".jpg") == name.removesuffix(".jpg").strip(" .") != ""
        assert not any(unicodedata.category(sign) == "Cf" for sign in name)
    assert len({name.casefold() for name in names}) == len(names)


BARE = ExportPicture(
    *(Path("x.jpg"), "", "", "", "", 1, "", True, "", "", 1, 1, 1, "", 0.0, "No"),
)


def test_an_empty_field_leaves_one_of_its_two_separators(one: ExportPicture) -> None:
    nameless = replace(one, garment="")

    assert names_of([nameless], "{article} - {garment} - {model}") == ["40-1187 - James.jpg"]
    assert names_of([nameless], "{article}_{garment} on {model}") == ["40-1187_ on James.jpg"]


def test_a_name_that_was_cut_keeps_the_separator_behind_it(one: ExportPicture) -> None:
    (name,) = names_of([replace(one, garment="ab-" * 100, article="", model="m")], "{garment}_{model}")

    assert re.fullmatch(r"(ab-)+(ab|a)_m\.jpg", name)


def test_a_long_name_takes_no_other_field_its_place(one: ExportPicture) -> None:
    long = replace(one, garment="条纹衬衫" * 30, article="4711", model="James", n=3)
    (name,) = names_of([long])

    assert name.startswith("4711_条纹") and "_James_" in name
    assert name.endswith("_3.jpg") and len(name.encode()) <= MOST_BYTES + 5


@pytest.mark.parametrize("article", ["=1+1", "+4711", "@shop", "＝1", "-=+1"])
def test_no_name_begins_as_a_formula_does(one: ExportPicture, article: str) -> None:
    (name,) = names_of([replace(one, article=article)], "{article}")

    assert name[0].isdigit() or name.startswith("shop")
