"""Links to a collection as their owner sees them, and what comes back under them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.core.collections.making import done, rail
from tests.core.fakes import ScriptedVendors, finished
from tests.core.test_studio import ANN, open_house
from tests.ui.collection.boards import collection
from tests.ui.conftest import MakeJob
from tryon_core import CellState, JobState, PictureChoice, Refinement, Share, Verdict, Vote
from tryon_ui.collection.board import Board
from tryon_ui.collection.matrix import board_html
from tryon_ui.collection.sharing import choice_of, chosen_names, make, news_of, panel_html, said_of
from tryon_ui.page_context import PageContext
from tryon_ui.samples import load

OPEN = Share("s" * 40, "token-1", "f" * 40, "Autumn <1>", 3, True, False, 1000.0, 9000.0, None, 2, 1500.0)


def vote(verdict: Verdict | None, word: str = "", reviewer: str = "Kim") -> Vote:
    return Vote("s", reviewer, "job-1", "hoodie-james-1.png", verdict, word, 1000.0)


def test_votes_are_counted_for_each_picture_and_all_keep_their_names() -> None:
    votes = [vote(Verdict.YES), vote(Verdict.NO, "Too dark", "Lee"), vote(None, "Why?"), vote(None)]

    (one,) = said_of(votes).values()
    assert one.counts == "Yes 1, No 1, 1 word only"  # in the words of the list, and no side that nobody took
    assert one.lines == ("Kim: Yes", "Lee: No, Too dark", "Kim: Why?")
    assert said_of([vote(None)]) == {}  # taken back


def test_the_owner_sees_the_votes_in_the_matrix(make_job: MakeJob) -> None:
    job = make_job(1, state=JobState.SUCCEEDED, expected=1)
    told = collection(1, 1, {0: CellState.SUCCEEDED}, c0=job)
    html = board_html(Board(told, {}, said_of([vote(Verdict.YES, "<b>nice</b>")])), 1, 1.0)

    assert ">Yes 1<" in html and "Kim: Yes, &lt;b&gt;nice&lt;/b&gt;" in html


def test_the_chosen_are_what_is_shared_by_the_names_of_their_files(make_job: MakeJob) -> None:
    job = make_job(2, state=JobState.SUCCEEDED, expected=2)
    told = collection(1, 1, {0: CellState.SUCCEEDED}, c0=job)
    marked = replace(told, choices=(PictureChoice(job.id, 2, True), PictureChoice("gone", 1, True)))

    assert chosen_names(told) == () and chosen_names(marked) == ((job.id, "hoodie-james-2.png"),)


def test_a_refined_picture_is_shared_in_place_of_its_first_and_has_the_votes_on_it(make_job: MakeJob) -> None:
    job, better = make_job(2, state=JobState.SUCCEEDED), make_job(1, state=JobState.SUCCEEDED)
    better = replace(better, id="better")
    told = collection(1, 1, {0: CellState.SUCCEEDED}, c0=job)
    made = Refinement("r", job.id, 2, CellState.SUCCEEDED, better)
    marked = replace(told, choices=(PictureChoice(job.id, 2, True),), refinements=(made,))
    vote_on_it = Vote("s", "Kim", "better", better.pictures[0].name, Verdict.NO, "", 1000.0)
    html = board_html(Board(marked, {}, said_of([vote_on_it])), 1, 1.0)

    assert chosen_names(marked) == (("better", better.pictures[0].name),)
    assert html.index("shot made") < html.index('title="Kim: No">No 1<')


def test_what_came_back_is_news_while_a_link_is_open_and_only_then() -> None:
    first = news_of((OPEN,), (), 2000.0)
    assert first and news_of((OPEN,), (), 3000.0) == first
    opened, voted = replace(OPEN, opened=3), [vote(Verdict.YES)]
    assert len({first, news_of((opened,), (), 2000.0), news_of((OPEN,), voted, 2000.0)}) == 3
    assert news_of((), voted, 2000.0) == news_of((OPEN,), voted, OPEN.ends_at) == ""


def test_the_panel_lists_links_and_offers_only_open_ones() -> None:
    closed = replace(OPEN, id="t" * 40, token="token-2", revoked_at=1200.0)
    html = panel_html(collection(1, 1), (OPEN, closed), (), 2000.0)

    assert "Opened 2 times" in html and "Autumn &lt;1&gt;" in html and 'data-token="token-1"' in html
    assert "token-2" not in html and html.count("Closed") == 1 and "All pictures" in html
    assert "1 January 1970" in html and "What was said" not in html


def test_links_are_told_apart_by_what_they_open_and_to_whom() -> None:
    shut = replace(OPEN, id="t" * 40, pictures=1, votes=False, has_password=True)
    html = panel_html(collection(1, 1), (OPEN, shut), (), 2000.0)

    assert "until 1 January 1970, 3 pictures, without a password, for looking and answering<" in html
    assert "until 1 January 1970, 1 picture, with a password, for looking only<" in html
    assert "A link keeps the pictures that it was made with" in html


def test_a_link_says_whom_it_is_for_and_what_came_by_it(make_job: MakeJob) -> None:
    job = make_job(1, state=JobState.SUCCEEDED, expected=1)
    told = collection(1, 1, {0: CellState.SUCCEEDED}, c0=job)
    for_anna = replace(OPEN, id="t" * 40, shared_by="Lea", shared_with="Anna <1>")
    by_it = [replace(one, shared_with="Anna <1>") for one in (vote(Verdict.YES), vote(None, "Nice", "Lee"))]
    html = panel_html(told, (OPEN, for_anna), [*by_it, vote(Verdict.NO)], 2000.0)

    assert html.count("for Anna") == 3 and "<b>Autumn &lt;1&gt;, for Anna &lt;1&gt;</b>" in html
    assert "3 pictures, from Lea, without a password" in html
    assert "<b>Lee (link for Anna &lt;1&gt;)</b><q>Nice</q>" in html
    assert "<span>Yes: Kim (link for Anna &lt;1&gt;). No: Kim.</span>" in html
    herself = replace(vote(Verdict.NO, reviewer="anna"), shared_with="Anna")
    assert said_of([herself])[herself.job_id, herself.picture].lines == ("anna: No",)
    assert "Password (optional, 4 or more)" in html  # before one that is too short is refused


def test_a_yes_or_no_without_a_word_is_named_with_its_picture(make_job: MakeJob) -> None:
    job, before = make_job(2, state=JobState.SUCCEEDED), make_job(1, state=JobState.SUCCEEDED, id="before")
    told = collection(1, 1, {0: CellState.SUCCEEDED}, c0=job)
    told = replace(told, cells=(replace(told.cells[0], earlier=(before,)),))
    earlier = replace(vote(Verdict.NO), job_id="before")
    bare = [
        vote(Verdict.YES),
        vote(Verdict.NO, reviewer="Lee"),
        vote(Verdict.YES, reviewer="<i>Al"),
        earlier,
    ]
    html = panel_html(told, (OPEN,), bare, 2000.0)

    assert "<b>Shirt 0 on Model 0, picture 1</b><span>Yes: Kim, &lt;i&gt;Al. No: Lee.</span>" in html
    assert "<b>Shirt 0 on Model 0</b><span>No: Kim.</span>" in html  # of a job that the cell had before


def test_why_a_link_was_refused_stands_in_the_panel_until_the_next_one(make_job: MakeJob) -> None:
    told = collection(1, 1, {0: CellState.SUCCEEDED}, c0=make_job(1))
    html = panel_html(told, (OPEN,), [], 2000.0, "Password: found <3 characters.")

    assert '<p class="refused" role="alert">Password: found &lt;3 characters.</p></form>' in html
    assert "refused" not in panel_html(told, (OPEN,), [], 2000.0)


def test_the_panel_has_the_words_that_were_said_with_who_said_them_and_of_what(make_job: MakeJob) -> None:
    job = make_job(1, state=JobState.SUCCEEDED, expected=1)
    told = collection(1, 1, {0: CellState.SUCCEEDED}, c0=job)
    html = panel_html(told, (OPEN,), [vote(Verdict.NO, "Too <b>dark"), vote(Verdict.YES)], 2000.0)

    assert html.count("<q>") == 1
    assert "<b>Kim</b><q>Too &lt;b&gt;dark</q><span>Shirt 0 on Model 0, No</span>" in html


@pytest.mark.anyio
async def test_no_link_shows_other_pictures_than_the_panel_spoke_of(tmp_path: Path, assets: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors(queries=[finished("a.png")])) as studio:
        context = PageContext(studio, load(assets))
        told = await done(studio, await studio.collections.create(rail(tmp_path, 1, 2), visitor=ANN))
        (job, _), (other, _) = told.pictures
        await studio.collections.choose(told.id, job.id, 1, chosen=True, visitor=ANN)
        drawn = await studio.collections.get(told.id, visitor=ANN)
        await studio.collections.choose(told.id, job.id, 1, chosen=False, visitor=ANN)
        for chosen, count in ((choice_of(drawn), 0), ("", 0), (choice_of(told), 1)):
            event = SimpleNamespace(_data={"chosen": chosen, "days": "7", "for": " Anna ", "by": "Lea"})
            made = await make(context, told.id, event, visitor=ANN)  # type: ignore[arg-type]
            assert len(await studio.collections.shares.list(told.id, visitor=ANN)) == count == bool(made)
            assert made is None or (made.shared_with, made.shared_by) == ("Anna", "Lea")
    assert other.id != job.id
