"""My jobs as rows."""

from __future__ import annotations

import pytest

from tests.ui.conftest import MakeJob
from tryon_core import Charged, JobState, PickedUp, Problem
from tryon_ui.card.rows import rows_html

PROBLEM = Problem("No person found", "Use another photo.", Charged.NO)


def test_an_empty_list_says_what_will_be_here() -> None:
    assert "No jobs yet" in rows_html([], "All", 0)


@pytest.mark.parametrize(
    ("chosen", "expected"), [("All", 3), ("Running", 1), ("Saved", 1), ("Failed", 1), ("Nonsense", 3)]
)
def test_the_filter_shows_jobs_of_its_states(chosen: str, expected: int, make_job: MakeJob) -> None:
    jobs = [
        make_job(1),
        make_job(4, state=JobState.SUCCEEDED, finished_at=1060.0),
        make_job(state=JobState.UNCERTAIN, problem=PROBLEM),
    ]

    assert rows_html(jobs, chosen, 1041.0).count('class="jobrow"') == expected


def test_the_vendors_jobs_can_be_listed_by_themselves(make_job: MakeJob) -> None:
    jobs = [
        make_job(),
        make_job(vendor="ailab"),
        make_job(vendor="ailab", state=JobState.SUCCEEDED),
    ]

    counts = {v: rows_html(jobs, "All", 0, v).count('class="jobrow"') for v in ("", "aidge", "ailab", "?")}
    assert counts == {"": 3, "aidge": 1, "ailab": 2, "?": 0}
    assert rows_html(jobs, "Saved", 0, "ailab").count('class="jobrow"') == 1


def test_every_row_can_be_renamed_and_pinned(make_job: MakeJob) -> None:
    loose, pinned = (rows_html([make_job(pinned=pin)], "All", 0) for pin in (False, True))

    assert 'data-act="rename"' in loose and 'data-act="pin"' in loose and 'data-act="unpin"' not in loose
    assert 'data-act="unpin"' in pinned and "Pinned: never cleared away" in pinned


def test_a_picked_up_task_says_what_it_is_and_offers_no_sending(make_job: MakeJob) -> None:
    html = rows_html(
        [make_job(state=JobState.FAILED, problem=PROBLEM, request=PickedUp(), expected=0)], "All", 0
    )

    assert "picked up by its task id" in html and "0 pictures" not in html and 'data-act="again"' not in html


def test_a_filter_that_finds_nothing_says_so(make_job: MakeJob) -> None:
    assert "No job like this" in rows_html([make_job()], "Saved", 0)


def test_a_running_row_counts_and_can_be_watched_but_not_deleted(make_job: MakeJob) -> None:
    html = rows_html([make_job(2)], "All", 1041.0)

    assert 'data-elapsed="41.0"' in html and "Generating, 2 of 4" in html
    assert "Watch" in html and 'data-act="delete"' not in html


def test_a_failed_row_says_why_and_whether_it_was_charged(make_job: MakeJob) -> None:
    html = rows_html([make_job(state=JobState.FAILED, problem=PROBLEM, finished_at=1009.0)], "All", 0)

    assert "No person found. Charged: no." in html and "took 0:09" in html and 'data-act="again"' in html


def test_one_picture_is_saved_by_a_link_and_several_by_an_archive(make_job: MakeJob) -> None:
    one = rows_html([make_job(1, state=JobState.SUCCEEDED, expected=1)], "All", 0)
    four = rows_html([make_job(4, state=JobState.SUCCEEDED)], "All", 0)

    assert 'href="gradio_api/ext/files/job-1/hoodie-james-1.png?v=0000000000000000&amp;save=1"' in one
    assert 'data-act="zip"' in four and "+2" in four


def test_a_hostile_title_stays_text(make_job: MakeJob) -> None:
    html = rows_html([make_job(title="<script>alert(1)</script>", id='"><b>')], "All", 0)

    assert "<script>" not in html and "<b>Hood" not in html and 'data-job="&#34;&gt;&lt;b&gt;"' in html


def test_a_row_that_waits_for_its_key_opens_the_place_for_it(make_job: MakeJob) -> None:
    html = rows_html([make_job(1, vendor="ailab", live=True, waits_for_key=True)], "All", 1041.0)

    assert "Waits for your key" in html and 'data-key="ailab"' in html and "Enter the key" in html
