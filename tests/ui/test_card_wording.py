"""What a card says in each state of a job."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.ui.conftest import MakeJob
from tryon_core import (
    Charged,
    FilePicture,
    JobState,
    PersonGender,
    PickedUp,
    Problem,
    RefineRequest,
    label,
    vendor,
)
from tryon_core import said as said_by_core
from tryon_ui.card.buttons import change_label
from tryon_ui.card.card import card_html
from tryon_ui.card.parts import Act, CardView
from tryon_ui.card.pictures import thumbs_of
from tryon_ui.card.wording import card_view
from tryon_ui.texts import said, say

PROBLEM = Problem("What", "Todo", Charged.NO)


def view(job: object, *, watching: bool = True) -> CardView:
    return card_view(job, 1041.0, watching=watching)  # type: ignore[arg-type]


MARKS = {
    JobState.SUBMITTING: "now todo todo todo",
    JobState.QUEUED: "done now todo todo",
    JobState.RUNNING: "done done now todo",
    JobState.SUCCEEDED: "done done done done",
    JobState.FAILED: "done done bad todo",
    JobState.UNCERTAIN: "bad todo todo todo",
    JobState.OVERDUE: "done done bad todo",
    JobState.EXPIRED: "done done bad todo",
}


@pytest.mark.parametrize("state", list(JobState))
def test_each_state_has_its_place_on_the_four_steps(state: JobState, make_job: MakeJob) -> None:
    assert " ".join(step.mark for step in view(make_job(state=state)).steps) == MARKS[state]


def test_a_job_refused_before_it_had_a_task_id_failed_at_sending(make_job: MakeJob) -> None:
    job = make_job(state=JobState.FAILED, task_id="", problem=PROBLEM)

    assert view(job).steps[0].mark == "bad"


ACTS = {
    JobState.SUBMITTING: [Act.STOP],
    JobState.QUEUED: [Act.STOP],
    JobState.RUNNING: [Act.STOP],
    JobState.SUCCEEDED: [Act.REFINE, Act.COMPARE, Act.SAVE, Act.ZIP],
    JobState.FAILED: [Act.AGAIN, Act.ASK, Act.CHANGE],
    JobState.UNCERTAIN: [Act.AGAIN],
    JobState.OVERDUE: [Act.ASK, Act.AGAIN],
    JobState.EXPIRED: [Act.AGAIN, Act.ASK],
}


@pytest.mark.parametrize("state", list(JobState))
def test_each_state_offers_what_can_be_done_in_it(state: JobState, make_job: MakeJob) -> None:
    job = make_job(4, state=state, problem=None if state is JobState.SUCCEEDED else PROBLEM)

    assert [button.act for button in view(job).buttons] == ACTS[state]


def test_pictures_that_are_missing_can_be_asked_for_again_while_there_is_a_task(make_job: MakeJob) -> None:
    partial = make_job(3, state=JobState.SUCCEEDED, failed_pictures=1)
    never_sent = make_job(state=JobState.FAILED, task_id="", problem=PROBLEM)

    assert view(partial).buttons[-1].act is Act.ASK
    assert Act.ASK not in {button.act for button in view(never_sent).buttons}


LABELS = {
    JobState.UNCERTAIN: ["Send again, may be charged twice"],
    JobState.OVERDUE: ["Ask again", "Send again, may be charged twice"],
    JobState.EXPIRED: ["Make it again, a new charge", "Ask again"],
}


@pytest.mark.parametrize("state", list(LABELS))
def test_in_the_sandbox_none_of_them_speaks_of_money(state: JobState, make_job: MakeJob) -> None:
    lost = vendor("aidge").codes.uncertain()
    card = view(make_job(state=state, problem=replace(lost, charged=Charged.NO)))

    assert [button.label.partition(",")[0] for button in card.buttons] == [
        label.partition(",")[0] for label in LABELS[state]
    ]
    every = " ".join(button.label for button in card.buttons)
    assert "charge" not in every
    assert card.notice and ("charges nothing" in card.notice.todo) is (state is JobState.UNCERTAIN)


FIELDS = {
    "do.change_garment": (said("field.garment"), label("garment-1-2"), "field.suits"),
    "do.change_model": (said("field.model_photos"), label("model-3"), "field.model"),
    "do.change_form": (said("field.view"), "number of pictures", ""),
}


@pytest.mark.parametrize("change", FIELDS)
def test_the_way_back_says_what_is_to_be_changed(change: str, make_job: MakeJob) -> None:
    for field in FIELDS[change]:
        told = said_by_core(field) if field.startswith("field.") else field
        problem = replace(PROBLEM, field=told)
        failed = view(make_job(state=JobState.FAILED, task_id="", problem=problem))

        assert change_label(problem, refines=False) == say(change) == failed.buttons[-1].label
        assert change_label(problem, refines=True) == say("do.change_pictures")


@pytest.mark.parametrize("state", list(LABELS))
def test_the_three_unclear_ends_say_what_each_way_may_cost(state: JobState, make_job: MakeJob) -> None:
    card = view(make_job(state=state, live=True, problem=PROBLEM))

    assert [button.label for button in card.buttons] == LABELS[state]
    assert card.asks_task_id is (state is JobState.UNCERTAIN)


@pytest.mark.parametrize("state", list(JobState))
def test_a_task_of_another_program_cannot_be_sent_from_here(state: JobState, make_job: MakeJob) -> None:
    job = make_job(2, state=state, request=PickedUp(), expected=0, problem=PROBLEM)
    card = view(job)

    assert {button.act for button in card.buttons}.isdisjoint({Act.AGAIN, Act.CHANGE})
    assert "picked up by its task id" in card.facts and "of 0" not in str(card)
    gone = card.notice is not None and "Check the id" in card.notice.todo
    assert gone is (state is JobState.EXPIRED)


def test_an_earlier_result_is_offered_with_what_new_pictures_would_cost(make_job: MakeJob) -> None:
    job = make_job(4, state=JobState.SUCCEEDED, live=True)
    offers = [card_view(one, 0, offered=True).offer for one in (job, replace(job, live=False))]

    assert view(job).offer is None and all(offers)
    assert [offer.button for offer in offers if offer] == [
        "Make new pictures, a new charge",
        "Make new pictures",
    ]


@pytest.mark.parametrize("state", [JobState.UNCERTAIN, JobState.OVERDUE])
def test_an_earlier_job_without_a_certain_end_is_shown_with_its_own_ways_on(
    state: JobState, make_job: MakeJob
) -> None:
    card = card_view(make_job(state=state, problem=PROBLEM), 0, offered=True)

    assert card.offer is not None and "not certain" in card.offer.what
    assert card_html(card).count('data-act="again"') == 1


def test_a_visitor_who_stopped_waiting_can_watch_again(make_job: MakeJob) -> None:
    stopped = view(make_job(1), watching=False)

    assert [button.act for button in stopped.buttons] == [Act.WATCH]
    assert "goes on" in stopped.foot


def test_one_picture_needs_no_archive(make_job: MakeJob) -> None:
    acts = [button.act for button in view(make_job(1, state=JobState.SUCCEEDED, expected=1)).buttons]

    assert Act.ZIP not in acts and Act.SAVE in acts


def test_places_are_kept_for_pictures_that_are_still_to_come(make_job: MakeJob) -> None:
    tiles = view(make_job(2)).tiles

    assert [bool(tile.full) for tile in tiles] == [True, True, False, False]
    assert [tile.live for tile in tiles] == [False, False, True, True]


def test_a_partial_success_says_what_is_missing(make_job: MakeJob) -> None:
    note = "3 pictures were made; 1 could not be made."
    shown = view(make_job(3, state=JobState.SUCCEEDED, failed_pictures=1, notes=(note,)))

    assert shown.notes == (note,)
    assert ">Not made<" in card_html(shown)


def test_a_failure_without_pictures_leaves_no_empty_frames(make_job: MakeJob) -> None:
    assert view(make_job(state=JobState.FAILED, problem=PROBLEM)).tiles == ()


def test_the_id_to_quote_falls_back_to_the_last_of_the_job(make_job: MakeJob) -> None:
    notice = view(make_job(state=JobState.FAILED, problem=PROBLEM, request_ids=("a", "b"))).notice

    assert notice is not None and notice.request_id == "b"


def test_garment_and_pictures_can_be_laid_side_by_side(make_job: MakeJob) -> None:
    assert [option.label for option in view(make_job(2)).compare] == ["Garment", "Picture 1", "Picture 2"]


def test_a_live_job_tells_its_charge_and_a_sandbox_job_that_there_was_none(make_job: MakeJob) -> None:
    live = make_job(4, state=JobState.SUCCEEDED, live=True, charged=Charged.YES)
    sandbox = make_job(4, state=JobState.SUCCEEDED)

    assert [dict(view(job).table)["Charged"] for job in (live, sandbox)] == ["Yes", "No"]


def test_a_refined_picture_is_shown_against_the_one_it_was_made_of(make_job: MakeJob, tmp_path: Path) -> None:
    picture = FilePicture(tmp_path / "person.png")
    request = RefineRequest(picture, picture, FilePicture(tmp_path / "coarse.png"), PersonGender.WOMAN)
    shown = view(make_job(1, state=JobState.SUCCEEDED, request=request, vendor="ailab", expected=1))

    assert shown.slider is not None and shown.slider.before.endswith("/files/job-1/coarse.png")
    assert dict(shown.table)["Person"] == "Woman" and shown.tiles == ()
    assert [button.act for button in shown.buttons] == [Act.SAVE, Act.AGAIN, Act.JOBS]


def test_a_list_shows_what_went_in_first_and_then_what_came_out(make_job: MakeJob) -> None:
    assert [thumb.rsplit("/", 1)[1].partition("?")[0] for thumb in thumbs_of(make_job(2))] == [
        "garment-1-1.jpg",
        "hoodie-james-1.png",
        "hoodie-james-2.png",
    ]


def test_a_job_that_waits_for_its_key_says_so_and_opens_the_place_for_it(make_job: MakeJob) -> None:
    shown = view(make_job(2, live=True, waits_for_key=True))

    assert shown.notice is not None and shown.notice.tone == "warn" and "Aidge key" in shown.notice.what
    assert [(button.act, button.door) for button in shown.buttons] == [(Act.KEY, "aidge"), (Act.STOP, "")]
    assert "on its way" not in card_html(shown)
    assert "Waits for your key" in shown.say and "nothing is sent twice" in shown.foot
    assert len(shown.tiles) == 4 and view(make_job(2)).notice is None


def test_before_the_first_picture_the_way_to_give_the_key_stands_where_pictures_would(
    make_job: MakeJob,
) -> None:
    assert view(make_job(0, live=True, waits_for_key=True)).tiles == ()
    assert len(view(make_job(0)).tiles) == 4


def test_while_the_vendor_does_not_answer_the_card_says_what_is_known_and_guesses_nothing(
    make_job: MakeJob,
) -> None:
    shown = view(make_job(2, usual=(7.0, 14.0), silent_since=1005.0))
    html = card_html(shown)

    assert shown.badge is not None and (shown.badge.tone, shown.badge.word) == ("warn", "No answer 2 of 4")
    assert "Aidge has not answered since" in html and 'data-at="1005"' in html
    assert (
        "usually" not in html and "Generating" not in html.partition('class="stage"')[0].rpartition("<ol")[0]
    )


def test_the_usual_time_is_no_longer_told_when_it_is_long_over(make_job: MakeJob) -> None:
    job = make_job(usual=(7.0, 14.0))

    assert "usually 7 to 14 s" in card_html(card_view(job, job.submitted_at + 20))
    late = card_html(card_view(job, job.submitted_at + 29))
    assert "usually" not in late and "longer than usual" in late
