"""What the core says: in every language, with the same parameters, and the same after it was stored."""

from __future__ import annotations

import ast
import copy
import json
import pickle
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.core.storage.test_store import ledger, record
from tryon_core import Charged, PickedUp, Problem, Sentence, VendorSpec, in_language, vendor, vendors
from tryon_core.errors import InvalidRequest, problem
from tryon_core.sentences import ENGLISH, add_texts, one_line, packed, restored, said, texts_of
from tryon_core.storage.job_of_record import job_of
from tryon_core.storage.job_records import JOBS
from tryon_core.storage.store import packed_problem

CORE = Path(__file__).parent.parent.parent / "tryon_core"
LANGUAGES = sorted(file.stem for file in (CORE / "texts").glob("*.toml"))
OTHERS = [language for language in LANGUAGES if language != ENGLISH]
OWNERS = ["", *(spec.id for spec in vendors())]
# What is the same in every language: names, units, settings, what is typed, and what a program says.
NAMES = re.compile(
    r"[A-Z]+_[A-Z_]+|\{[^}]*\}|https?://|/?\w*@[\w.]+|s3(\+http)?://[!-~]*|[?&]\w*=\w*|%2F|/rest|/prefix|\.env\.example"
)


def named(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("owner", OWNERS)
@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_in_every_language_with_the_same_parameters(owner: str, language: str) -> None:
    here, there = texts_of(owner), texts_of(owner, language)
    assert here and list(here) == list(there)
    assert {key for key in here if named(here[key]) != named(there[key])} == set()
    assert all(text.strip() for text in (*here.values(), *there.values()))


@pytest.mark.parametrize("owner", OWNERS)
def test_what_is_said_in_chinese_has_no_english_words_left(owner: str) -> None:
    words = {
        key: re.findall(r"[A-Za-z]{2,}", NAMES.sub("", text)) for key, text in texts_of(owner, "zh").items()
    }
    left = {key: found for key, found in words.items() if set(found) - PROPER}
    assert left == {}


PROPER = set(
    re.findall(
        r"\w+",
        "JPEG JPG PNG BMP GIF WebP TIFF AVIF HEIC BigTIFF XL Photoshop PPM DDS PDF PostScript ZIP SVG"
        " TLS KEY SECRET true false PostgreSQL SQLite postgresql"
        " sRGB KB MB UTC UTF HTTP http https URL API EXIF Space TRYON AIDGE AILAB AILab Aidge",
    )
)


@pytest.mark.parametrize("spec", vendors(), ids=lambda spec: spec.id)
def test_every_code_of_a_vendor_is_in_a_group_that_means_something_and_helps(spec: VendorSpec) -> None:
    told = texts_of(spec.id)
    assert spec.codes.id == spec.id and set(spec.codes.table.values()) == set(spec.codes.groups)
    assert {key for key in told if key.startswith("todo.")} == {
        f"todo.{group}" for group in (*spec.codes.groups, "failed")
    }
    assert {part.text for part in spec.credentials} == {
        f"{spec.id}:{key}" for key in told if key.startswith("label.")
    }
    assert spec.codes.too_often | spec.codes.late <= set(spec.codes.table) | {"429"}


def test_what_credits_are_to_be_bought_is_the_price_of_a_picture() -> None:
    told = [texts_of("ailab", language)["todo.credits"] for language in LANGUAGES]
    assert all(f" {vendor('ailab').price.per_picture:g}" in text for text in told)


def keys_asked_for() -> Iterator[str]:
    """Every key that is in a call in the code; where it is one of a table, its beginning up to a dot."""
    parts = {"problem": ("{}.what", "{}.todo"), "rule": ("rule.{}.found", "rule.{}.limit"), "said": ("{}",)}
    for node in (node for file in CORE.rglob("*.py") for node in ast.walk(ast.parse(file.read_text()))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in parts):
            continue
        first = node.args[0]
        for key in (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,):
            if isinstance(key, ast.Constant):
                yield from (part.format(key.value) for part in parts[node.func.id])
            elif isinstance(key, ast.JoinedStr) and isinstance(key.values[0], ast.Constant):
                yield str(key.values[0].value)


def test_every_key_that_the_code_asks_for_is_there_and_every_other_one_is_gone() -> None:
    asked = set(keys_asked_for())
    whole = {key for key in asked if not key.endswith(".")}
    beginnings = tuple(asked - whole)
    own = {f"{key.rpartition('.')[0]}.field" for key in whole if key.startswith("rule.")} | {"todo.failed"}
    there = set(texts_of(""))
    assert whole and whole - there == set()
    assert {key for key in there - whole - own if not key.startswith(beginnings)} == set()


def test_no_sentence_for_visitors_stands_in_the_code() -> None:
    kinds = {"Problem", "InvalidRequest", "NotFetched", "NotAPicture", "Mended", "RefineDraft"}
    written = [
        f"{file.name}:{call.lineno}"
        for file in CORE.rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text()))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in kinds
        for part in ast.walk(call)
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and " " in part.value
    ]
    assert written == []


def test_a_sentence_is_its_english_text_and_is_said_in_another_language_too() -> None:
    sentence = said("picture.garment", number=2)
    assert sentence == "garment 2" and f"{sentence}" == "garment 2" and json.dumps(sentence) == '"garment 2"'
    assert in_language(sentence, "zh") == "服装照片 2" and in_language(sentence, ENGLISH) == "garment 2"
    assert in_language("AIDGE_APP_KEY", "zh") == "AIDGE_APP_KEY"


def test_a_sentence_within_a_sentence_is_said_in_the_same_language() -> None:
    error = InvalidRequest(said("picture.model", number=1), "149 × 400", "150 × 400")
    assert error.problem.what == "Model photo 1: found 149 × 400."
    assert error.problem.in_language("zh") == Problem(
        "模特照片 1：实际为149 × 400。", "要求：150 × 400。", field="模特照片 1"
    )


@pytest.mark.parametrize(
    ("text", "params", "told"),
    [
        ("{n} {n:picture|pictures}", {"n": 1}, "1 picture"),
        ("{n} {n:picture|pictures}", {"n": 0}, "0 pictures"),
        ("{n:,} bytes", {"n": 5119}, "5,119 bytes"),
        ("{kinds: or }", {"kinds": ("PNG", "BMP")}, "PNG or BMP"),
        ("{kinds:, }", {"kinds": ()}, ""),
        ("{name!C}!", {"name": "top"}, "Top!"),
        ("{name!C}!", {"name": ""}, "!"),
        ("{{{name}}}", {"name": "x", "more": 1}, "{x}"),
    ],
)
def test_a_text_says_numbers_kinds_and_beginnings(
    tmp_path: Path, text: str, params: dict[str, object], told: str
) -> None:
    for language in LANGUAGES:
        (tmp_path / f"{language}.toml").write_text(f"[a]\nkey = '{text}'")
    add_texts("somebody", tmp_path)
    sentence = said("somebody:a.key", **params)
    assert sentence == in_language(sentence, "zh") == told and "more" not in sentence.params


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda s: pickle.loads(pickle.dumps(s))])
def test_a_copy_is_a_sentence_still(again: object) -> None:
    sentence = said("invalid.what", field=said("picture.top"), found=("a", "b"))
    copied = again(sentence)  # type: ignore[operator]
    assert isinstance(copied, Sentence) and copied == sentence and copied.params == sentence.params
    assert in_language(copied, "zh") == in_language(sentence, "zh")


def test_what_a_job_says_is_the_same_after_a_trip_through_the_ledger(tmp_path: Path) -> None:
    told = InvalidRequest(said("picture.top"), "“{x}”", said("picture.garment", number=1)).problem
    title, note = said("picture.garment", number=7), said("picture.model", number=3)
    book = ledger(tmp_path)
    book.add(record(title=title, problem=packed_problem(told)))
    book.change(record().id, {"notes": (note, "a note of an earlier version")})
    row = book.record(record().id)
    book.close()
    assert row is not None
    job = job_of(row, PickedUp(), tmp_path, None)
    assert job.problem == told and job.problem.in_language("zh") == told.in_language("zh") != told
    assert [in_language(text, "zh") for text in (job.title, *job.notes[:2])] == [
        "服装照片 7",
        "模特照片 3",
        "a note of an earlier version",
    ]


def test_a_row_of_an_earlier_version_is_shown_as_it_is_and_an_earlier_version_reads_ours(
    tmp_path: Path,
) -> None:
    told = problem("no_such_job", Charged.UNKNOWN)
    kept = packed_problem(told)
    old = {name: kept[name] for name in ("what", "todo", "code", "request_id", "field", "charged")}
    assert json.loads(json.dumps(old)) == {
        "what": "There is no such job here.",
        "todo": "It was deleted, or made in another browser. My jobs has what is here.",
        "code": "",
        "request_id": "",
        "field": "",
        "charged": "Not known",
    }
    book = ledger(tmp_path)
    book.add(record(title="Hoodie on James", problem=old, notes=("turned upright",)))
    with book.engine.connect() as connection:
        row = connection.execute(sa.select(JOBS.c.title_said, JOBS.c.notes_said)).one()
    assert tuple(row) == (None, None)
    job = job_of(book.record(record().id) or record(), PickedUp(), tmp_path, None)
    book.close()
    assert job.problem == told and job.problem.in_language("zh") == told
    assert (job.title, job.notes[:1]) == ("Hoodie on James", ("turned upright",))


@pytest.mark.parametrize(
    "kept",
    [None, 5, [], {}, {"key": 5, "params": {}}, {"key": "gone", "params": {}}, {"key": "invalid.what"}],
)
def test_what_is_kept_of_a_sentence_that_is_not_known_here_is_shown_as_its_text(kept: object) -> None:
    assert in_language(restored("Top: found nothing.", kept), "zh") == "Top: found nothing."


def test_a_sentence_without_one_of_its_parameters_is_shown_as_its_text() -> None:
    kept = {"key": "invalid.what", "params": {"field": "top"}}
    assert in_language(restored("Top: found nothing.", kept), "zh") == "Top: found nothing."


def test_only_a_sentence_has_something_to_be_kept() -> None:
    assert packed("text") is None and packed(said("picture.top")) == {"key": "picture.top", "params": {}}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" two\n lines\x00 ", "two lines"),
        ("gpj.\u202eexe", "gpj.exe"),
        ("\u200b \u2066\u2069", ""),
        ("👩\u200d🎨 Zoë", "👩\u200d🎨 Zoë"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_a_name_is_kept_as_it_is_read_and_one_that_cannot_be_seen_is_none(typed: str, kept: str) -> None:
    assert one_line(typed) == kept
