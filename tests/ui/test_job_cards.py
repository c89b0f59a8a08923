"""My jobs as cards, and what stands around them."""

from __future__ import annotations

import pytest

from tests.ui.conftest import MakeJob
from tryon_core import (
    Charged,
    Job,
    JobPage,
    JobQuery,
    JobState,
    PickedUp,
    Place,
    Problem,
    in_language,
    texts_of,
)
from tryon_ui.gallery import pages
from tryon_ui.gallery.cards import cards_html
from tryon_ui.gallery.listing import Filter
from tryon_ui.language import LANGUAGES
from tryon_ui.texts import OWNER, said

PROBLEM = Problem("No person found", "Use another photo.", Charged.NO)


def html_of(job: Job, now: float = 0.0) -> str:
    return str(cards_html((job,), now))


def test_an_empty_list_says_what_will_be_here_and_how_to_begin() -> None:
    html = pages.none_html("", filtered=False)
    assert "No jobs yet" in html and 'data-act="start"' in html


def test_until_jobs_come_a_list_does_not_look_empty() -> None:
    html = pages.opening_html()
    assert "Fetching your jobs." in html and html.count("skel") > 1 and "No jobs" not in html


def test_a_search_that_finds_nothing_repeats_its_words_as_text() -> None:
    html = pages.none_html("<b>parka", filtered=True)
    assert "Nothing found for “&lt;b&gt;parka”" in html and 'data-act="all"' in html
    assert "No job like this" in pages.none_html("", filtered=True)


def test_what_is_chosen_above_is_what_the_core_is_asked_for() -> None:
    asked = Filter("red coat", "failed", True, "aidge", "7").query(now=7 * 86_400.0 + 5)
    assert asked == JobQuery(
        "red coat",
        (JobState.FAILED, JobState.UNCERTAIN, JobState.OVERDUE, JobState.EXPIRED),
        "aidge",
        True,
        since=5.0,
    )
    assert Filter(state="nonsense", days="soon").query(0.0) == Filter(days="²").query(0.0) == JobQuery()
    assert Filter("\ud800co\0at").query(0.0) == JobQuery("coat")


@pytest.mark.parametrize(
    ("typed", "words", "any_of"),
    [
        ("Ｊａｍｅｓ Gru\u0308n", "", {("Ｊａｍｅｓ", "James"), ("Gru\u0308n", "Gr\u00fcn")}),
        ("James试穿连帽衫", "James", {("连帽衫", "Hoodie"), ("试穿", "on")}),
        ("t 恤 T 恤", "t", {("恤", "Printed tee and jeans", "Tee"), ("T 恤", "Tee")}),
        ("连帽", "", {("连帽", "Hoodie and jeans", "Hoodie")}),
        ("精修", "", {("精修", "refined")}),
        ("描述的模特 2", "2", {("描述的模特", "a described model", "Described")}),
        ("red coat", "red coat", set()),
        ("大衣", "大衣", set()),
    ],
)
def test_what_a_card_shows_in_chinese_is_looked_for_in_english_too(
    typed: str, words: str, any_of: set[tuple[str, ...]]
) -> None:
    query = Filter(typed).query(0.0)
    assert (query.words, set(query.any_of)) == (words, any_of)


def test_each_sample_is_found_by_its_name_in_each_language() -> None:
    for key in (key for key in texts_of(OWNER) if key.startswith("sample.")):
        title = said("form.title", garment=said(key), model="James")
        for language in LANGUAGES:
            query = Filter(in_language(title, language)).query(0.0)
            assert all(word in title for word in query.words.split())
            assert all(any(text in title for text in some) for some in query.any_of)


@pytest.mark.parametrize("place", [Place(1_700_000_000.123456, "ab12"), Place(0.0, "f" * 40)])
def test_a_place_goes_to_the_browser_and_comes_back(place: Place) -> None:
    assert pages.place_of(pages.place_text(place)) == place


@pytest.mark.parametrize("text", ["", "x", "1.0", "1.0 ", "1.0 a;b", "nowhere ab", "1.0 ab cd"])
def test_what_is_no_place_is_none(text: str) -> None:
    assert pages.place_of(text) is None


def test_a_page_says_how_many_there_are_and_where_the_next_begins(make_job: MakeJob) -> None:
    more = pages.page_html(JobPage((make_job(1),), Place(5.0, "ab")), 0.0, 24, 10_248)
    last = pages.page_html(JobPage((make_job(1),), None), 0.0, 25, 25)
    assert 'data-after="5.0 ab"' in more and "24 of 10,248" in more and 'data-after="' not in last


def test_every_card_has_a_star_and_can_be_renamed(make_job: MakeJob) -> None:
    loose, starred = (html_of(make_job(pinned=pin)) for pin in (False, True))

    assert 'data-act="rename"' in loose and 'data-act="pin" aria-pressed="false"' in loose
    assert 'data-act="unpin" aria-pressed="true"' in starred


def test_a_picked_up_task_says_what_it_is_and_offers_no_sending(make_job: MakeJob) -> None:
    html = html_of(make_job(state=JobState.FAILED, problem=PROBLEM, request=PickedUp(), expected=0))

    assert "picked up by its task id" in html and "0 pictures" not in html and 'data-act="again"' not in html


def test_a_running_card_counts_and_can_be_watched_but_not_deleted(make_job: MakeJob) -> None:
    html = html_of(make_job(2), 1041.0)

    assert '<b class="state run">Generating</b> <span>2 of 4, <span data-elapsed="41.0">' in html
    assert "Watch" in html and 'data-act="delete"' not in html


def test_what_runs_stands_above_with_its_steps(make_job: MakeJob) -> None:
    html = pages.running_html((make_job(2), make_job(1, id="job-2")), 1041.0)

    assert html.count("<li data-job=") == 2 and html.count('<i class="done">') == 4 and "2 of 4" in html
    assert pages.running_html((), 0.0) == ""


def test_a_failed_card_says_why_and_whether_it_was_charged(make_job: MakeJob) -> None:
    html = html_of(make_job(state=JobState.FAILED, problem=PROBLEM, finished_at=1009.0))

    assert "No person found. Not charged." in html and 'data-act="again"' in html


def test_one_picture_is_saved_by_a_link_and_several_by_an_archive(make_job: MakeJob) -> None:
    one = html_of(make_job(1, state=JobState.SUCCEEDED, expected=1))
    four = html_of(make_job(4, state=JobState.SUCCEEDED))

    assert 'href="gradio_api/ext/files/job-1/hoodie-james-1.png?v=0000000000000000&amp;save=1"' in one
    assert 'data-act="zip"' in four and "</svg>4</span>" in four


def test_a_hostile_title_stays_text(make_job: MakeJob) -> None:
    html = html_of(make_job(title="<script>alert(1)</script>", id='"><b>'))

    assert "<script>" not in html and "<b>Hood" not in html and 'data-job="&#34;&gt;&lt;b&gt;"' in html


def test_a_card_that_waits_for_its_key_opens_the_place_for_it(make_job: MakeJob) -> None:
    html = html_of(make_job(1, vendor="ailab", live=True, waits_for_key=True), 1041.0)

    assert "Waits for your key" in html and 'data-key="ailab"' in html and "Enter the key" in html


def test_a_deletion_can_be_undone_while_its_time_runs(make_job: MakeJob) -> None:
    job = make_job(1, state=JobState.SUCCEEDED)
    fresh = pages.undo_html(((job, 1000.0),), 1010.0)
    both = pages.undo_html(((job, 1000.0), (job, 1005.0)), 1010.0)

    assert f"{job.title} deleted." in fresh and 'data-left="20.0"' in fresh
    assert "2 jobs deleted." in both and 'data-left="25.0"' in both
    assert pages.undo_html(((job, 1000.0),), 1031.0) == pages.undo_html((), 0.0) == ""


def test_the_head_counts_what_is_found_of_all_where_something_is_looked_for() -> None:
    assert "<span>1,234 jobs</span>" in pages.head_html(1234)
    assert "<span>2 of 1,234 jobs</span>" in pages.head_html(1234, 2)
    assert "<span>0 of 3 jobs</span>" in pages.head_html(3, 0) and "<span>" not in pages.head_html(0, 0)
