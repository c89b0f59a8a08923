"""Numbers and times as words."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tryon_core import Capability, Charged, Gender, JobState, KeySource, PersonGender, View, texts_of, vendors
from tryon_ui import texts
from tryon_ui.gallery.listing import DAYS
from tryon_ui.language import ENGLISH, LANGUAGES, TAGS, speaking
from tryon_ui.tabs import form_choices
from tryon_ui.texts import phrases, wordings
from tryon_ui.texts.script import script_words


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "0:00"), (41.9, "0:41"), (725, "12:05"), (3725, "1:02:05"), (-3, "0:00")]
)
def test_a_clock_counts_minutes_and_hours(seconds: float, told: str) -> None:
    assert phrases.clock(seconds) == told


@pytest.mark.parametrize(
    ("span", "told"),
    [
        (None, ""),
        ((40.2, 69.8), "usually 40 to 70 s"),
        ((70.0, 130.0), "usually 1 to 2 min"),
        ((58.0, 110.0), "usually 1 to 2 min"),
        ((0.1, 0.4), "usually about 1 s"),
    ],
)
def test_the_usual_range_is_told_in_round_numbers(span: tuple[float, float] | None, told: str) -> None:
    assert phrases.usually(span) == told


def test_one_picture_is_not_several() -> None:
    assert (phrases.create(1), phrases.create(4)) == ("Create 1 picture", "Create 4 pictures")


SETS: dict[str, Iterable[str]] = {
    "state": JobState,
    "ended": [state for state in JobState if state.ended],
    "kind": Capability,
    "key.pill": KeySource,
    "key.says": KeySource,
    "key.offer": [source for source in KeySource if source is not KeySource.OWN],
    "charged": [charged.name.lower() for charged in Charged],
    "charged.sentence": [charged.name.lower() for charged in Charged],
    "gender": [*Gender, *PersonGender],
    "framing": View,
    "days": [days or "any" for days in DAYS],
    "unit": {spec.price.unit for spec in vendors()},
    "mode": form_choices.MODES,
    "age": form_choices.AGES,
    "body": form_choices.BODIES,
    "style": form_choices.STYLES,
    "view": form_choices.VIEWS,
    "type": form_choices.TYPES,
    "version": form_choices.VERSIONS,
}


@pytest.mark.parametrize("table", SETS)
def test_whatever_a_thing_can_be_there_is_a_word_for_it_and_for_nothing_else(table: str) -> None:
    assert {key for key in wordings(table) if "." not in key} == set(SETS[table])


PAGE = Path(texts.__file__).parent.parent
KEY = re.compile(r"[a-z]+(\.[\w-]+)+")


def nodes() -> Iterator[ast.AST]:
    return (node for file in PAGE.rglob("*.py") for node in ast.walk(ast.parse(file.read_text())))


def first_of(functions: Iterable[str]) -> Iterator[ast.expr]:
    """The first argument of each call of these functions."""
    calls = (node for node in nodes() if isinstance(node, ast.Call) and node.args)
    return (call.args[0] for call in calls if getattr(call.func, "id", "") in functions)


def texts_in(found: Iterable[ast.AST]) -> set[str]:
    return {str(node.value) for node in found if isinstance(node, ast.Constant)}


def test_every_key_that_the_page_asks_for_is_there_and_every_other_one_is_gone() -> None:
    there, called = set(texts_of(texts.OWNER)), texts_in(first_of(("say", "said", "wording")))
    named = {text for text in texts_in(nodes()) if KEY.fullmatch(text)}  # in a call, or in a table of keys
    tables = {f"{table}." for table in texts_in(first_of(("choices", "wordings")))}
    begun = (key.values[0] for key in first_of(("say", "said")) if isinstance(key, ast.JoinedStr))

    assert called - there == set()
    beginnings = tuple(tables | texts_in(begun))
    assert {key for key in there - named if not key.startswith(beginnings)} == set()


def test_each_sentence_is_given_what_its_text_names() -> None:
    calls = (node for node in nodes() if isinstance(node, ast.Call) and node.args)
    given = [
        (str(call.args[0].value), {keyword.arg for keyword in call.keywords})
        for call in calls
        if getattr(call.func, "id", "") in ("say", "said") and isinstance(call.args[0], ast.Constant)
    ]
    told = texts_of(texts.OWNER)
    assert given and {key for key, values in given if values != named(told[key])} == set()


OTHERS = sorted(set(LANGUAGES) - {ENGLISH})
# What is the same in every language: parameters, settings, what is typed, and names.
NAMES = re.compile(
    r"\{[^}]*\}|TRYON_[A-Z_]+|/identity|http\(s\)|Ctrl\+C|Try-On Studio|JavaScript|Aidge|AI|UTC|MB|PDF|HTML"
    r"|CSV UTF-8"
)


def named(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_a_file_of_a_language_is_there_for_each_that_can_be_chosen() -> None:
    assert {file.stem for file in Path(texts.__file__).parent.glob("*.toml")} == set(LANGUAGES) == set(TAGS)


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_in_every_language_with_the_same_parameters(language: str) -> None:
    here, there = texts_of(texts.OWNER), texts_of(texts.OWNER, language)

    assert here and list(here) == list(there)
    assert {key for key in here if named(here[key]) != named(there[key])} == set()
    assert all(text.strip() for text in (*here.values(), *there.values()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_scripts_fill_in_is_named_as_they_know_it(language: str) -> None:
    with speaking(language):
        odd = {name: text for name, text in script_words().items() if re.search(r"\{(?!\w+\})", text)}
    assert odd == {}


def test_what_is_said_in_chinese_has_no_english_words_left() -> None:
    words = {
        key: re.findall(r"[A-Za-z]{2,}", NAMES.sub("", text))
        for key, text in texts_of(texts.OWNER, "zh").items()
    }
    assert {key: found for key, found in words.items() if found} == {}
