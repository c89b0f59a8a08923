"""What the Refine tab is filled in with: never a guess, and never what does not belong to it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import gradio as gr
import pytest

from tests.ui.conftest import MakeJob
from tryon_core import FilePicture, PersonGender, PickedUp, RefineDraft, RefineRequest
from tryon_ui.tabs.refine_events import missing_line
from tryon_ui.tabs.refine_filling import of_draft, of_job

pytestmark = pytest.mark.anyio


def photo(folder: Path, name: str) -> Path:
    file = folder / name
    file.write_bytes(name.encode())
    return file


def test_a_garment_that_nothing_tells_of_stands_in_no_place_and_is_asked_about(tmp_path: Path) -> None:
    made, worn = photo(tmp_path, "made.png"), photo(tmp_path, "IMG_2045.jpg")
    draft = RefineDraft(made, None, None, made, PersonGender.MAN, title="IMG 2045 on James", unknown=worn)

    _, _, _, top, bottom, _, _, question, kept = of_draft(draft, "a" * 40)

    assert (top, bottom) == (None, None) and Path(kept).read_bytes() == worn.read_bytes()
    assert isinstance(question, gr.Radio) and question.visible and question.value is None


def test_what_is_known_is_not_asked(tmp_path: Path) -> None:
    made, worn = photo(tmp_path, "made.png"), photo(tmp_path, "jeans.jpg")

    *_, top, bottom, _, _, question, kept = of_draft(RefineDraft(made, None, worn, made, None), "a" * 40)

    assert top is None and bottom and not question.visible and kept == ""


async def test_what_is_missing_is_said_before_anything_is_sent() -> None:
    person, jeans = "/person.png", "/jeans.png"

    line = await missing_line(person, person, None, jeans, "woman", None, "")
    assert "Missing: Top" in line and line == await missing_line(person, person, None, jeans, "woman")
    assert "Person photo" in await missing_line(person, None, jeans, None, "woman")
    assert await missing_line(person, person, jeans, None, "woman", None, jeans) != ""  # not said what it is
    assert await missing_line(person, person, jeans, None, "woman", "tops", jeans) == ""


async def test_beside_a_refined_picture_stands_what_it_was_made_of(make_job: MakeJob, tmp_path: Path) -> None:
    files = [photo(tmp_path, f"{name}.png") for name in ("person", "top", "coarse")]
    person, top, coarse = map(FilePicture, files)
    job = replace(make_job(1), request=RefineRequest(person, top, coarse, PersonGender.WOMAN))

    _, *paths, gender, _, _, _ = await of_job(job)

    names = [Path(path).name if path else None for path in paths]
    assert names == ["coarse.png", "person.png", "top.png", None] and gender == "woman"


async def test_of_a_task_of_another_program_nothing_stands_there(make_job: MakeJob) -> None:
    _, *paths, _, _, _, _ = await of_job(replace(make_job(1), request=PickedUp()))

    assert paths == [None] * 4
