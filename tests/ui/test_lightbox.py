"""What the lightbox is told of a job, and what its scripts say."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.ui.conftest import MakeJob
from tryon_core import FilePicture, JobState, PersonGender, RefineRequest
from tryon_ui import links
from tryon_ui.card.card import card_html
from tryon_ui.card.lightbox import lightbox_of
from tryon_ui.card.wording import card_view
from tryon_ui.gallery.cards import cards_html
from tryon_ui.texts.script import script_words

BY_NAME = {"lost", "back"}  # of the connection: a variable names them
SCRIPTS = "\n".join(path.read_text() for path in (Path(__file__).parents[2] / "assets" / "js").glob("*.js"))


def told(html: str) -> dict[str, Any]:
    found = re.search(r'data-lightbox="([^"]*)"', html)
    assert found
    answer: dict[str, Any] = json.loads(unescape(found[1]))
    return answer


def test_the_card_and_the_row_of_a_job_tell_the_same(make_job: MakeJob) -> None:
    job = make_job(4, state=JobState.SUCCEEDED)

    assert told(card_html(card_view(job, 0))) == told(str(cards_html((job,), 0)))


def test_each_picture_is_told_with_its_size_and_the_way_to_its_own_bytes(make_job: MakeJob) -> None:
    job = make_job(2)
    found = json.loads(lightbox_of(job, "Aidge"))
    second, named = found["pictures"][1], (job.id, job.pictures[1].name, job.pictures[1].sha256)

    assert (second["n"], second["width"], second["height"]) == (2, 768, 1024)
    made = {size: place + second["file"] for size, place in found["places"].items()}
    assert made == {"full": links.file(*named), "view": links.view(*named), "thumb": links.thumb(*named)}
    assert made["full"] + second["save"] == links.download(*named)


def test_without_a_picture_there_is_nothing_to_open(make_job: MakeJob) -> None:
    assert lightbox_of(make_job(), "Aidge") == ""
    assert "data-lightbox" not in card_html(card_view(make_job(), 0))
    assert 'class="look"' not in cards_html((make_job(),), 0)


@pytest.mark.parametrize(("state", "refines"), [(JobState.RUNNING, False), (JobState.SUCCEEDED, True)])
def test_a_picture_is_refined_when_its_job_is_done(make_job: MakeJob, state: JobState, refines: bool) -> None:
    assert json.loads(lightbox_of(make_job(2, state=state), "Aidge"))["refines"] is refines


def test_a_refined_picture_comes_with_the_one_before_and_with_the_garments(
    make_job: MakeJob, tmp_path: Path
) -> None:
    person, top, coarse = (FilePicture(tmp_path / f"{name}.png") for name in ("person", "top", "coarse"))
    request = RefineRequest(person=person, top=top, coarse=coarse, gender=PersonGender.WOMAN)
    job = replace(make_job(1, state=JobState.SUCCEEDED, vendor="ailab"), request=request)

    found = json.loads(lightbox_of(job, "AILab"))

    assert found["before"]["file"] == "coarse.png" and found["refines"] is False
    assert found["garments"] == [{"file": "top.png"}]


def test_a_hostile_title_stays_text_in_it(make_job: MakeJob) -> None:
    title = '"><script>alert(1)</script> ${x} \\u003c هودي'

    html = card_html(card_view(make_job(1, title=title), 0))

    assert told(html)["title"] == title and "<script>" not in html


def test_the_scripts_say_only_what_stands_among_the_texts_and_all_of_it() -> None:
    said = set(re.findall(r"\bwords\.(\w+)", SCRIPTS))

    assert said | BY_NAME == set(script_words())
