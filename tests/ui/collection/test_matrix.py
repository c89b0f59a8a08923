"""The matrix as HTML: each cell's state in words, counts that are real, and only what changed sent again."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.ui.collection.boards import collection
from tests.ui.conftest import MakeJob
from tryon_core import CellState, Charged, Collection, JobState, PictureChoice, Problem, Refinement
from tryon_ui.collection.board import Board
from tryon_ui.collection.cells import cell_html
from tryon_ui.collection.matrix import board_html
from tryon_ui.collection.shots import Named
from tryon_ui.collection.stream import COVERED, Drawing
from tryon_ui.collection.tools import tools_html

NAMED = Named("Shirt <1>", "4711", "James")


def board(told: Collection) -> Board:
    return Board(told, {"g0": ("shirt.webp",)})


def parts_in(patch: str | None) -> set[str]:
    return set(re.findall(r'data-part="([^"]+)"', patch or ""))


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (CellState.WAITING, "Queued"),
        (CellState.RUNNING, "Generating"),
        (CellState.STOPPED, "Stopped"),
        (CellState.DELETED, "Deleted"),
    ],
)
def test_a_cell_without_a_picture_says_how_far_it_is(state: CellState, word: str) -> None:
    (cell,) = collection(1, 1, {0: state}).cells
    html = str(cell_html(cell, NAMED))

    assert f">{word}<" in html and "<img" not in html
    assert "Shirt &lt;1&gt; on James" in html and "<1>" not in html


def test_as_many_are_retried_as_the_button_says_and_none_that_may_be_charged() -> None:
    states = {0: CellState.UNCLEAR, 1: CellState.UNCLEAR, 2: CellState.STOPPED, 3: CellState.FAILED}
    both, unclear = (str(tools_html(board(collection(1, n, states)))) for n in (4, 2))

    assert "Retry 2<" in both and 'data-board="retry-all"' not in unclear


def test_what_was_sent_and_is_not_known_is_not_counted_as_failed() -> None:
    told = collection(2, 2, {0: CellState.FAILED, 1: CellState.UNCLEAR, 2: CellState.UNCLEAR})
    html = board_html(board(told), 1, 0.0)
    assert ">1 failed<" in html and ">2 without an answer<" in html


def test_pictures_are_shown_as_they_come_and_counted(make_job: MakeJob) -> None:
    job = make_job(1, state=JobState.RUNNING, expected=2)
    (cell,) = collection(1, 1, {0: CellState.RUNNING}, c0=job).cells
    html = str(cell_html(cell, NAMED))

    assert html.count('class="look"') == 1 and "1 of 2" in html
    assert 'class="shot blank second shim"' in html and 'data-since="1000.0"' in html and "--v:50%" in html


def test_a_saved_cell_opens_its_pictures_and_offers_each_to_be_chosen(make_job: MakeJob) -> None:
    job = make_job(4, state=JobState.SUCCEEDED, expected=4, finished_at=1007.0)
    (cell,) = collection(1, 1, {0: CellState.SUCCEEDED}, c0=job).cells
    html = str(cell_html(cell, Named("Shirt", "4711", "James", frozenset({3}))))

    assert "Saved" in html and "4 of 4" in html and 'data-beyond2="2"' in html and "data-lightbox=" in html
    assert html.count('data-board="star"') == 4 and html.count('aria-pressed="true"') == 1
    assert html.index('data-n="3"') < html.index('data-n="1"')  # the chosen one stands large
    assert "chosen: 3" in html


def test_a_chosen_picture_stays_in_its_cell_when_the_same_is_had_again(make_job: MakeJob) -> None:
    earlier = replace(make_job(2, state=JobState.SUCCEEDED, expected=2), id="e" * 40)
    told = collection(1, 1, {0: CellState.RUNNING}, c0=make_job(state=JobState.RUNNING, expected=2))
    told = replace(told, cells=(replace(told.cells[0], earlier=(earlier,)),))
    starred = replace(told, choices=(PictureChoice(earlier.id, 2, True),))
    html = board_html(board(starred), 1, 1.0)

    assert f'class="shot kept on third" data-n="2" data-job="{earlier.id}"' in html
    assert (
        html.count('aria-pressed="true" aria-label="Choose the earlier picture of Shirt 0 on Model 0"') == 1
    )
    assert '<div class="cell run chosen"' in html and 'data-board="share" aria-disabled' not in html
    assert "kept" not in board_html(board(told), 1, 1.0)


def test_a_failed_cell_says_why_and_whether_it_was_charged_and_can_be_tried_again(make_job: MakeJob) -> None:
    job = make_job(state=JobState.FAILED, problem=Problem("Aidge was busy.", "Again.", Charged.NO))
    (cell,) = collection(1, 1, {0: CellState.FAILED}, c0=job).cells
    html = str(cell_html(cell, NAMED))

    assert "Failed" in html and "Aidge was busy. <span>Not charged.</span>" in html
    assert 'data-board="retry"' in html and 'data-board="open"' in html


def test_what_may_have_been_charged_is_not_simply_sent_again(make_job: MakeJob) -> None:
    job = make_job(state=JobState.UNCERTAIN, problem=Problem("No answer.", "Look.", Charged.UNKNOWN))
    (cell,), (free,) = (
        collection(1, 1, {0: CellState.UNCLEAR}, c0=replace(job, live=live)).cells for live in (True, False)
    )
    html = str(cell_html(cell, NAMED))

    assert "Nothing is charged" in str(cell_html(free, NAMED))
    assert "May be charged" in html and 'data-board="retry"' not in html and 'data-board="open"' in html


def test_the_head_counts_what_is_there(make_job: MakeJob) -> None:
    saved = make_job(2, state=JobState.SUCCEEDED, expected=2)
    failed = make_job(state=JobState.FAILED, problem=Problem("Busy.", "Again.", Charged.NO))
    states = {0: CellState.SUCCEEDED, 1: CellState.FAILED}
    html = board_html(board(collection(2, 2, states, c0=saved, c1=failed)), 1, 2000.0)

    assert "2 of 8 pictures" in html and "1 failed" in html and "2 waiting" in html
    assert (
        "2 garments on 2 models" in html
        and html.count("2 of 4 pictures") == html.count("0 of 4 pictures") == 1
    )
    assert html.count('role="gridcell"') == 4 and html.count('role="columnheader"') == 3
    assert html.count('role="rowheader"') == 2 and 'aria-rowcount="3"' in html


def test_a_refined_picture_stands_large_with_its_sign_and_its_firsts_star(make_job: MakeJob) -> None:
    job = make_job(3, state=JobState.SUCCEEDED, expected=3)
    better = make_job(1, id="job-2", state=JobState.SUCCEEDED, vendor="ailab", expected=1)
    (cell,) = collection(1, 1, {0: CellState.SUCCEEDED}, c0=job).cells
    refined = {2: Refinement("r", job.id, 2, CellState.SUCCEEDED, better)}
    html = str(cell_html(cell, Named("Shirt", "", "James", frozenset({2}), {2: "Best"}, refined)))

    shots = re.findall(r'class="shot([^"]*)" data-n="(\d)" data-shot="(\w+)"', html)
    assert [(look.split(), n, name) for look, n, name in shots][:3] == [
        (["made"], "2", "2r"),
        (["second", "on"], "2", "2"),
        (["third"], "1", "1"),
    ]
    made, first = (html.split('<div class="shot')[at] for at in (1, 2))
    star = 'data-board="star" data-n="2" aria-pressed="true"'
    assert 'data-job="job-2"' in made and ">Refined<" in made and f'data-of="{job.id}"' in made
    assert star in made and star in first and made.count('title="Best"') == first.count('title="Best"') == 1
    assert 'aria-label="Choose picture 2 of Shirt on James, refined"' in made
    assert "refined: 2, chosen: 2" in html


def test_a_cell_that_is_too_narrow_has_the_refined_picture_among_its_small_ones(make_job: MakeJob) -> None:
    job = make_job(1, state=JobState.SUCCEEDED, expected=1)
    better = make_job(1, id="job-2", state=JobState.SUCCEEDED, vendor="ailab", expected=1)
    (cell,) = collection(1, 1, {0: CellState.SUCCEEDED}, c0=job).cells
    cell = replace(cell, expected=1)

    def picks(refined: dict[int, Refinement]) -> list[tuple[str, str]]:
        html = str(cell_html(cell, Named("Shirt", "", "James", frozenset({1}), {}, refined)))
        return re.findall(r'class="cpick" data-board="hero" data-shot="(\w+)"[^>]*aria-label="([^"]*)"', html)

    made = Refinement("r", job.id, 1, CellState.SUCCEEDED, better)
    assert picks({}) == [] and picks({1: made}) == [("1r", "Picture 1, Refined"), ("1", "Picture 1")]


def test_how_many_more_there_are_is_told_for_one_to_four_places(make_job: MakeJob) -> None:
    job = make_job(4, state=JobState.SUCCEEDED, expected=4)
    better = make_job(1, id="job-2", state=JobState.SUCCEEDED, vendor="ailab", expected=1)
    (cell,) = collection(1, 1, {0: CellState.SUCCEEDED}, c0=job).cells

    def more(*refinements: Refinement, **about: object) -> dict[str, str]:
        refined = {one.number: one for one in refinements}
        html = str(cell_html(cell, Named("Shirt", "", "James", frozenset({1}), {}, refined, **about)))  # type: ignore[arg-type]
        return dict(re.findall(r'data-beyond(\d)="(\d)"', html))

    assert more() == {"1": "3", "2": "2", "3": "1"}
    assert more(Refinement("r", job.id, 1, CellState.SUCCEEDED, better)) == {
        "1": "4",
        "2": "3",
        "3": "2",
        "4": "1",
    }
    assert more(Refinement("r", job.id, 1, CellState.RUNNING)) == {
        "1": "3",
        "2": "3",
        "3": "2",
        "4": "1",
    }  # the second is a box
    kept = ((replace(job, id="job-3"), job.pictures[0], None),)
    assert more(Refinement("r", job.id, 2, CellState.SUCCEEDED, better), kept=kept) == {
        "1": "5",
        "2": "4",
        "3": "3",
        "4": "2",
    }


def test_a_wide_cell_has_four_places_from_the_start(make_job: MakeJob) -> None:
    job = make_job(1, state=JobState.RUNNING, expected=4)
    (cell,) = collection(1, 1, {0: CellState.RUNNING}, c0=job).cells
    html = str(cell_html(replace(cell, expected=4), NAMED))
    assert re.findall(r'class="shot([^"]*)"', html) == [
        "",
        " blank second shim",
        " blank third shim",
        " blank third fourth shim",
    ]


def test_the_head_says_what_is_refined_and_what_was(make_job: MakeJob) -> None:
    job, better = (make_job(n, state=JobState.SUCCEEDED, expected=n) for n in (2, 1))
    saved = collection(1, 1, {0: CellState.SUCCEEDED}, c0=job)

    def head(*states: CellState) -> str:
        made = (
            Refinement(f"r{n}", job.id, n, state, better if state is CellState.SUCCEEDED else None)
            for n, state in enumerate(states, 1)
        )
        html = board_html(board(replace(saved, refinements=tuple(made))), 1, 2000.0)
        return html.split('class="btotal"')[1].split("</div>")[0]

    assert "<b>2 of 2 pictures</b><p>Finished</p>" in head()
    assert "<p>refining 2</p>" in head(CellState.RUNNING, CellState.WAITING)
    refined = head(CellState.SUCCEEDED, CellState.FAILED)
    assert "<b>2 of 2 pictures + 1 refined</b><p>1 not refined</p>" in refined


def test_a_refinement_that_is_under_way_or_failed_says_so(make_job: MakeJob) -> None:
    job = make_job(1, state=JobState.SUCCEEDED, expected=1)
    (cell,) = collection(1, 1, {0: CellState.SUCCEEDED}, c0=job).cells

    def drawn(state: CellState) -> str:
        refined = {1: Refinement("r", job.id, 1, state)}
        return str(cell_html(cell, Named("Shirt", "", "James", frozenset({1}), {}, refined)))

    assert ">Refining<" in drawn(CellState.RUNNING) and ">Not refined<" in drawn(CellState.FAILED)
    # In the word under the picture as well: a narrow cell has no room for a second one.
    assert '<div class="cst run">' in drawn(CellState.RUNNING) and ">Saved<" not in drawn(CellState.RUNNING)
    assert '<div class="cst bad">' in drawn(CellState.FAILED) and ">Saved<" not in drawn(CellState.FAILED)


@pytest.mark.parametrize(
    ("state", "act", "why"),
    [
        (CellState.FAILED, "retry", ""),
        (CellState.STOPPED, "retry", ""),
        (CellState.UNCLEAR, "open", "Look again."),  # it may be charged: another one is not simply sent
    ],
)
def test_a_cell_with_a_picture_that_was_not_refined_says_so_is_found_and_leads_on(
    make_job: MakeJob, state: CellState, act: str, why: str
) -> None:
    job = make_job(1, state=JobState.SUCCEEDED, expected=1)
    better = replace(make_job(0, state=JobState.UNCERTAIN, expected=1), id="b" * 40)
    told = replace(
        collection(1, 2, {0: CellState.SUCCEEDED, 1: CellState.SUCCEEDED}, c0=job),
        choices=(PictureChoice(job.id, 1, True),),
        refinements=(Refinement("r", job.id, 1, state, better),),
    )
    first, second = (str(cell_html(cell, board(told).names[cell.id])) for cell in told.cells)

    assert 'class="cell ok chosen unrefined"' in first and "<span>Not refined</span>" in first
    assert f'<div class="cmend" data-retries="r" data-job="{better.id}">' in first and why in first
    assert f'data-board="{act}"' in first.split('class="cmend"')[1].split("</button>")[0]
    assert "unrefined" not in second and "cmend" not in second
    assert "Failed <b>1</b>" in str(tools_html(board(told)))


def test_the_star_is_the_one_selection_that_everything_acts_on(make_job: MakeJob) -> None:
    job = make_job(4, state=JobState.SUCCEEDED, expected=4)
    told = collection(1, 1, {0: CellState.SUCCEEDED}, c0=job)

    def tools(*numbers: int) -> str:
        choices = tuple(PictureChoice(job.id, n, True) for n in numbers)
        return str(tools_html(board(replace(told, choices=choices))))

    none, two = tools(), tools(1, 3)
    assert "Chosen <b>0</b>" in none and "primary" not in none and none.count("aria-disabled") == 2
    assert "Chosen <b>2</b>" in two and "Compare 2" in two and "Refine 2 · 50 credits" in two
    assert 'data-board="compare" aria-disabled' in tools(1)


def test_what_is_refined_already_is_not_paid_for_again(make_job: MakeJob) -> None:
    job = make_job(2, state=JobState.SUCCEEDED, expected=2)
    told = replace(
        collection(1, 1, {0: CellState.SUCCEEDED}, c0=job),
        choices=(PictureChoice(job.id, 1, True), PictureChoice(job.id, 2, True)),
        refinements=(Refinement("r", job.id, 1, CellState.RUNNING),),
    )

    assert board(told).to_refine == [(job.id, 2)]


def test_what_no_refiner_takes_is_not_counted_and_a_press_says_why(make_job: MakeJob) -> None:
    jobs = [replace(make_job(1, state=JobState.SUCCEEDED, expected=1), id=f"{n}" * 40) for n in range(2)]
    told = collection(2, 1, dict.fromkeys(range(2), CellState.SUCCEEDED), c0=jobs[0], c1=jobs[1])
    shirt, trousers = (PictureChoice(job.id, 1, True) for job in jobs)

    def tools(*choices: PictureChoice) -> str:
        return str(tools_html(replace(board(replace(told, choices=choices)), bottoms=frozenset({"g1"}))))

    both, alone = tools(shirt, trousers), tools(trousers)
    assert "Refine 1 · 25 credits" in both
    assert "primary" not in alone and 'data-board="refine" aria-disabled' not in alone


def test_a_star_draws_its_cell_and_the_tools_anew(make_job: MakeJob) -> None:
    job = make_job(2, state=JobState.SUCCEEDED, expected=2)
    told = collection(1, 1, {0: CellState.SUCCEEDED}, c0=job)
    drawing = Drawing()
    drawing.next(board(told), 1.0)
    _, patch = drawing.next(board(replace(told, choices=(PictureChoice(job.id, 1, True),))), 2.0)

    assert parts_in(patch) == {"cell:c0", "tools", "choice"}


def test_a_bar_of_many_cells_is_one_piece() -> None:
    few, many = (board_html(board(collection(n, 8)), 1, 0.0) for n in (5, 40))

    assert few.count("--v:") == 40 and many.count("--v:") == 1


def test_only_what_changed_is_sent_again(make_job: MakeJob) -> None:
    drawing, nothing, job = Drawing(), collection(3, 2), make_job()
    whole, _ = drawing.next(board(nothing), 1.0)
    _, patch = drawing.next(board(collection(3, 2, {4: CellState.RUNNING}, c4=job)), 2.0)

    assert whole and parts_in(patch) == {"cell:c4", "total", "bar"}


def test_a_patch_that_was_missed_is_in_one_of_the_next(make_job: MakeJob) -> None:
    drawing, told = Drawing(), [collection(3, 2)]
    running = dict.fromkeys(range(COVERED), CellState.RUNNING)
    jobs = {f"c{n}": make_job(1) for n in range(COVERED)}
    for n in range(1, COVERED + 1):
        states = {at: running[at] for at in range(n)}
        told.append(collection(3, 2, states, **{f"c{at}": jobs[f"c{at}"] for at in range(n)}))
    for one in told[:-1]:
        drawing.next(board(one), 1.0)
    _, patch = drawing.next(board(told[-1]), 2.0)

    assert {f"cell:c{n}" for n in range(COVERED)} <= parts_in(patch) and 'data-covers="1"' in str(patch)


def test_another_row_has_the_whole_drawn_anew() -> None:
    drawing = Drawing(known=True)
    first = drawing.next(board(collection(1, 2)), 1.0)
    whole, patch = drawing.next(board(collection(2, 2)), 2.0)

    assert first[0] is None and "cell:c0" in parts_in(first[1])
    assert whole is not None and patch is None


def test_where_nothing_is_charged_no_price_is_told(make_job: MakeJob) -> None:
    job = make_job(2, state=JobState.SUCCEEDED, expected=2)
    told = collection(1, 1, {0: CellState.SUCCEEDED}, c0=job)
    free = replace(board(replace(told, choices=(PictureChoice(job.id, 1, True),))), priced=False)
    html = tools_html(free)

    assert "<span>Refine 1</span>" in html and "credits" not in html
