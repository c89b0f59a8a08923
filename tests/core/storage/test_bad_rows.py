"""What cannot be read is never written; a row that cannot be read all the same hides no other one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tests.core import fakes
from tests.core.fakes import ScriptedVendors
from tests.core.submitting import delete, submit
from tests.core.test_studio import ANN, ended, open_house
from tryon_core import (
    DescribedModel,
    FilePicture,
    Garment,
    InvalidRequest,
    JobState,
    LibraryModel,
    LinkPicture,
    OwnPhotos,
    PickedUp,
    RefineRequest,
    Request,
    Studio,
    Suit,
    vendor,
)
from tryon_core.errors import LONGEST_FOUND
from tryon_core.requests.request_parts import from_json, proven, to_json
from tryon_core.sentences import said
from tryon_core.storage.job_records import JOBS

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
A_FILE: Any = FilePicture(Path("a.png"))
WRONG: dict[str, Callable[[Any], object]] = {
    "count is 2.0": lambda given: replace(given, count=2.0),
    "count is true": lambda given: replace(given, count=True),
    "count is text": lambda given: replace(given, count="2"),
    "trial is no": lambda given: replace(given, trial="no"),
    "trial is 0": lambda given: replace(given, trial=0),
    "the quality gate is text": lambda given: replace(given, quality_gate="false"),
    "the view is plain text": lambda given: replace(given, view="fullbody"),
    "the version is nothing": lambda given: replace(given, version=None),
    "the model is text": lambda given: replace(given, model="James"),
    "the suits are a list": lambda given: replace(given, suits=list(given.suits)),
    "a garment is a path": lambda given: Garment(Path("a.png")),  # type: ignore[arg-type]
    "a garment's type is text": lambda given: Garment(A_FILE, "tops"),  # type: ignore[arg-type]
    "a suit is of paths": lambda given: Suit((Path("a.png"),)),  # type: ignore[arg-type]
    "a model's name is a number": lambda given: LibraryModel(5),  # type: ignore[arg-type]
    "a model's name has a zero byte": lambda given: LibraryModel("Ja\x00mes"),
    "a model's name is half a character": lambda given: LibraryModel("\ud800"),
    "a model's name is a book": lambda given: LibraryModel("James " * 1000),
    "a trait is text": lambda given: DescribedModel("female"),  # type: ignore[arg-type]
    "an own photo is text": lambda given: OwnPhotos(("a.png",)),  # type: ignore[arg-type]
    "a path is text": lambda given: FilePicture("a.png"),  # type: ignore[arg-type]
    "a link is a number": lambda given: LinkPicture(5),  # type: ignore[arg-type]
    "a gender is text": lambda given: RefineRequest(A_FILE, A_FILE, A_FILE, "man"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_value_of_another_type_is_refused_where_a_request_is_made(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(InvalidRequest):
        WRONG[wrong](fakes.tryon(tmp_path))


def test_a_refusal_names_field_value_and_what_is_allowed(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match=r"Number of pictures: found 2\.0\. Allowed: a whole number"):
        replace(fakes.tryon(tmp_path), count=2.0)  # type: ignore[arg-type]
    with pytest.raises(InvalidRequest, match=r"Trial: found text\. Allowed: true or false"):
        replace(fakes.tryon(tmp_path), trial="signed-link")  # type: ignore[arg-type]


def test_a_refusal_repeats_no_more_of_a_value_than_can_be_read_and_passed_on(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest) as refused:
        replace(fakes.tryon(tmp_path), count=10**400)
    assert len(refused.value.found) == LONGEST_FOUND + 1 and len(str(refused.value)) < 2 * LONGEST_FOUND
    with pytest.raises(InvalidRequest, match=r"found no\. Allowed"):
        vendor("n\ud800o\x00")
    with pytest.raises(InvalidRequest, match="found nothing"):
        vendor("\ud800")
    assert InvalidRequest("garment", kept := said("word.nothing"), "one").found is kept


def test_what_would_be_read_otherwise_than_it_was_written_is_not_written(tmp_path: Path) -> None:
    written = to_json(fakes.tryon(tmp_path))
    assert proven(written) == written and from_json(written) == fakes.tryon(tmp_path)
    for bad in ({"count": 2.0}, {"trial": "no"}, {"suits": ()}, {"model": {"name": "\ud800", "base": "x"}}):
        with pytest.raises(InvalidRequest, match="cannot be kept"):
            proven({**written, **bad})


BAD: dict[str, dict[str, Any]] = {
    "a count of 2.0": {"request": {"count": 2.0}},
    "a count of true": {"request": {"count": True}},
    "no garments": {"request": {"suits": None}},
    "pictures that are none": {"pictures": [{"name": 5}]},
    "an unknown state": {"state": "confused"},
    "an unknown word for charged": {"charged": "perhaps"},
    "text that is no JSON": {"notes": "["},
}


@pytest.mark.parametrize("bad", BAD)
async def test_a_list_survives_a_bad_row_and_says_that_it_holds_one(tmp_path: Path, bad: str) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        good = await ended(studio, await submit(studio, fakes.tryon(tmp_path, count=1), visitor=ANN))
        request: Request = fakes.tryon(tmp_path, count=3)
        spoilt = await ended(studio, await submit(studio, request, visitor=ANN))
        spoil(studio, spoilt.id, to_json(request), BAD[bad])
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        jobs = {job.id: job for job in await studio.jobs(visitor=ANN)}
        assert jobs[good.id] == good and set(jobs) == {good.id, spoilt.id}
        assert said("job.not_readable") in jobs[spoilt.id].notes and jobs[spoilt.id].title == spoilt.title
        assert jobs[spoilt.id].state.ended
        if bad == "a count of 2.0":
            assert jobs[spoilt.id].request == PickedUp() and jobs[spoilt.id].pictures == spoilt.pictures
        await delete(studio, spoilt.id, visitor=ANN)
        again = await submit(studio, request, visitor=ANN)
        assert (await ended(studio, again)).state is JobState.SUCCEEDED


async def test_a_vendors_half_an_emoji_that_a_row_holds_is_not_passed_on(tmp_path: Path) -> None:
    request, half = fakes.tryon(tmp_path, count=3), "no legs \ud83d\x00"
    problem = {"what": half, "todo": "", "code": "", "request_id": half, "field": "", "charged": "No"}
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        job = await ended(studio, await submit(studio, request, visitor=ANN))
        spoil(studio, job.id, to_json(request), {"problem": problem, "notes": [half]})
        job = await studio.job(job.id, visitor=ANN)
    assert job.problem and {job.problem.what, job.problem.request_id, *job.notes} == {"no legs "}


def spoil(studio: Studio, job_id: str, request: dict[str, object], bad: dict[str, Any]) -> None:
    """Writes what no version should have written, past all checks."""
    values = {**bad, "request": {**request, **bad["request"]}} if "request" in bad else bad
    packed = {name: value if isinstance(value, str) else json.dumps(value) for name, value in values.items()}
    with studio._container.store.ledger.engine.begin() as connection:
        changes = ", ".join(f"{name} = :{name}" for name in packed)
        statement = sa.text(f"UPDATE {JOBS.name} SET {changes} WHERE id = :id")
        connection.execute(statement, {**packed, "id": job_id})
