"""The stream of cards that a pane shows."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from tests.core.submitting import submit
from tests.ui.fake_studio import FakeStudio, draw
from tryon_core import (
    FilePicture,
    Garment,
    Job,
    JobState,
    LibraryModel,
    PersonGender,
    Problem,
    RefineRequest,
    Suit,
    TryOnRequest,
)
from tryon_ui import actions
from tryon_ui.actions import Click
from tryon_ui.card.parts import Act
from tryon_ui.card_watchers import Pane
from tryon_ui.job_stream import Shown, cards, earlier_html, found_or_sent, shown, to_come_back_to
from tryon_ui.page_context import PageContext
from tryon_ui.samples import load

ME = "browser:me"


def desk_of(studio: FakeStudio, assets: Path) -> PageContext:
    return PageContext(studio, load(assets))  # type: ignore[arg-type]


def tryon_request(folder: Path, count: int = 2) -> TryOnRequest:
    picture = FilePicture(draw(folder / "mine.png", "x", (64, 64)))
    return TryOnRequest(suits=(Suit((Garment(picture),)),), model=LibraryModel("James"), count=count)


async def watched(context: PageContext, what: Shown, *, visitor: str = ME) -> list[tuple[str, Job | None]]:
    return [card async for card in cards(context, Pane.TRYON, what, visitor=visitor, session="s")]


@pytest.mark.anyio
async def test_a_job_is_drawn_from_sending_to_saved(studio: FakeStudio, assets: Path, tmp_path: Path) -> None:
    context = desk_of(studio, assets)
    job = await submit(studio, tryon_request(tmp_path), visitor=ME)
    drawn = await watched(context, shown(job))

    assert 'class="job submitting"' in drawn[0][0] and 'class="job succeeded"' in drawn[-1][0]
    counts = [len(job.pictures) for _, job in drawn if job]
    assert counts == sorted(counts) and counts[-1] == 2


@pytest.mark.anyio
async def test_somebody_elses_job_looks_like_no_job(studio: FakeStudio, assets: Path, tmp_path: Path) -> None:
    job = await submit(studio, tryon_request(tmp_path), visitor="browser:somebody")
    drawn = await watched(desk_of(studio, assets), shown(job))

    assert len(drawn) == 1 and "There is no such job here" in drawn[0][0]


@pytest.mark.anyio
async def test_a_problem_is_drawn_without_a_job(studio: FakeStudio, assets: Path) -> None:
    drawn = await watched(desk_of(studio, assets), shown(Problem("Too big.", "Make it smaller.")))

    assert drawn[0][1] is None and "Too big." in drawn[0][0]


@pytest.mark.anyio
@pytest.mark.parametrize("other", [Shown(), shown(Problem("Too big.", "Make it smaller."))])
async def test_what_is_no_job_is_not_drawn_over_by_the_job_before_it(
    studio: FakeStudio, assets: Path, tmp_path: Path, other: Shown
) -> None:
    context = desk_of(studio, assets)
    job = await submit(studio, tryon_request(tmp_path), visitor=ME)
    before = cards(context, Pane.TRYON, shown(job), visitor=ME, session="s")
    await anext(before)
    drawn = [html async for html, _ in cards(context, Pane.TRYON, other, visitor=ME, session="s")]

    assert len(drawn) == (other.problem is not None) and [one async for one in before] == []


@pytest.mark.anyio
async def test_a_stop_leaves_a_card_that_offers_to_watch_again(
    studio: FakeStudio, assets: Path, tmp_path: Path
) -> None:
    context = desk_of(studio, assets)
    job = await submit(studio, tryon_request(tmp_path), visitor=ME)
    drawn = []
    async for html, _ in cards(context, Pane.TRYON, shown(job), visitor=ME, session="s"):
        drawn.append(html)
        context.watchers.stop("s", Pane.TRYON)

    assert len(drawn) == 2 and 'data-act="watch"' in drawn[1]
    assert [job.state.ended async for job in studio.watch(job.id, visitor=ME)][-1]


@pytest.mark.anyio
async def test_an_earlier_result_is_kept_in_sight_when_a_later_job_fails(
    assets: Path, tmp_path: Path
) -> None:
    studio = FakeStudio(tmp_path / "jobs", ends=(JobState.SUCCEEDED, JobState.FAILED))
    context = desk_of(studio, assets)
    good = await submit(studio, tryon_request(tmp_path), visitor=ME, title="Good one")
    await watched(context, shown(good))
    bad = await submit(studio, tryon_request(tmp_path), visitor=ME, title="Bad one")
    failed = (await watched(context, shown(bad)))[-1][1]

    assert failed is not None and "Good one" in await earlier_html(context, failed, visitor=ME)
    assert await earlier_html(context, await studio.job(good.id, visitor=ME), visitor=ME) == ""
    assert await earlier_html(context, None, visitor="browser:new") == ""


def id_of(found: Job | Problem | None) -> str:
    return found.id if isinstance(found, Job) else ""


@pytest.mark.anyio
async def test_a_page_opened_anew_finds_the_running_job_again(
    studio: FakeStudio, assets: Path, tmp_path: Path
) -> None:
    context = desk_of(studio, assets)
    job = await submit(studio, tryon_request(tmp_path), visitor=ME)

    assert id_of(await to_come_back_to(context, Pane.TRYON, visitor=ME)) == job.id
    assert await to_come_back_to(context, Pane.REFINE, visitor=ME) is None
    assert await to_come_back_to(context, Pane.TRYON, visitor="browser:new") is None


@pytest.mark.anyio
async def test_a_result_of_yesterday_does_not_fill_the_page(assets: Path, tmp_path: Path) -> None:
    now = 1000.0
    studio = FakeStudio(tmp_path / "jobs", now=lambda: now)
    context = PageContext(studio, load(assets), now=lambda: now)  # type: ignore[arg-type]
    job = await submit(studio, tryon_request(tmp_path), visitor=ME)
    await watched(context, shown(job))

    assert id_of(await to_come_back_to(context, Pane.TRYON, visitor=ME)) == job.id
    now += 86_400
    assert await to_come_back_to(context, Pane.TRYON, visitor=ME) is None


@pytest.mark.anyio
@pytest.mark.parametrize("act", [Act.AGAIN, Act.ADOPT, Act.ASK, Act.OPEN, Act.WATCH])
async def test_a_stuck_job_can_be_taken_up_in_each_offered_way(
    act: Act, assets: Path, tmp_path: Path
) -> None:
    studio = FakeStudio(tmp_path / "jobs", ends=(JobState.UNCERTAIN, JobState.SUCCEEDED))
    context = desk_of(studio, assets)
    job = await submit(studio, tryon_request(tmp_path), visitor=ME)
    await watched(context, shown(job))
    outcome = await actions.start(context, Click(act, job.id, 1, "task-7"), visitor=ME)

    assert isinstance(outcome, Job)
    assert (outcome.id == job.id) is (act is not Act.AGAIN)
    assert outcome.state.ended is (act in (Act.OPEN, Act.WATCH))


@pytest.mark.anyio
async def test_a_running_job_is_not_deleted_and_an_ended_one_is(
    studio: FakeStudio, assets: Path, tmp_path: Path
) -> None:
    context = desk_of(studio, assets)
    picture = FilePicture(draw(tmp_path / "p.png", "x", (60, 80)))
    job = await submit(studio, RefineRequest(picture, picture, picture, PersonGender.MAN), visitor=ME)
    click = Click(Act.DELETE, job.id, 1, "")

    assert isinstance(await actions.delete(context, click, visitor=ME), Problem)
    await watched(context, shown(job))
    nothing = await actions.undo(context, visitor=ME)
    assert isinstance(nothing, Problem) and "nothing left to undo" in nothing.what
    assert await actions.delete(context, click, visitor=ME) is None
    assert await actions.delete(context, Click(Act.DELETE, "of another window", 1, ""), visitor=ME) is None
    assert await studio.jobs(visitor=ME) == ()
    back = await actions.undo(context, visitor=ME)
    assert isinstance(back, Job) and back.id == job.id
    assert [one.id for one in await studio.jobs(visitor=ME)] == [job.id]


@pytest.mark.anyio
async def test_what_was_deleted_and_dismissed_is_neither_offered_back_nor_had_back(
    assets: Path, tmp_path: Path
) -> None:
    clock = count(1000)
    studio = FakeStudio(tmp_path / "jobs", now=lambda: float(next(clock)))
    context = replace(desk_of(studio, assets), now=lambda: float(next(clock)))
    picture = FilePicture(draw(tmp_path / "p.png", "x", (60, 80)))
    request = RefineRequest(picture, picture, picture, PersonGender.MAN)
    first, second = [(await submit(studio, request, visitor=ME)).id for _ in range(2)]
    for job in (first, second):
        await watched(context, Shown(job))
    await actions.delete(context, Click(Act.DELETE, first, 1, ""), visitor=ME)
    (told,) = await actions.offered_back(context, visitor=ME)
    await actions.delete(context, Click(Act.DELETE, second, 1, ""), visitor=ME)
    actions.dismiss(context, Click(Act.OPEN, "", 1, "", until=told[1]), visitor=ME)
    actions.dismiss(context, Click(Act.OPEN, "", 1, ""), visitor=ME)

    assert [job.id for job, _ in await actions.offered_back(context, visitor=ME)] == [second]
    assert isinstance(await actions.undo(context, visitor=ME), Job)
    assert [one.id for one in await studio.jobs(visitor=ME)] == [second]


@pytest.mark.anyio
async def test_an_equal_request_shows_the_earlier_result_and_sends_nothing(
    studio: FakeStudio, assets: Path, tmp_path: Path
) -> None:
    context = desk_of(studio, assets)
    first = await found_or_sent(context, tryon_request(tmp_path), visitor=ME)
    await watched(context, first)
    second = await found_or_sent(context, tryon_request(tmp_path), visitor=ME)
    ((html, job),) = await watched(context, second)

    assert second.job_id == first.job_id and second.offered and not first.offered and job is not None
    assert 'class="offer"' in html and "Make new pictures" in html
    click = Click(Act.AGAIN, job.id, 1, "")
    new = await actions.start(context, click, visitor=ME)
    assert isinstance(new, Job) and new.id != first.job_id
    assert (await found_or_sent(context, tryon_request(tmp_path, count=3), visitor=ME)).offered is False


@pytest.mark.anyio
async def test_a_running_equal_request_is_watched_and_not_offered(
    studio: FakeStudio, assets: Path, tmp_path: Path
) -> None:
    context = desk_of(studio, assets)
    assert not (await found_or_sent(context, tryon_request(tmp_path), visitor=ME)).offered
    assert not (await found_or_sent(context, tryon_request(tmp_path), visitor=ME)).offered


@pytest.mark.anyio
async def test_rows_name_pin_and_pick_up(studio: FakeStudio, assets: Path, tmp_path: Path) -> None:
    context = desk_of(studio, assets)
    job = await submit(studio, tryon_request(tmp_path), visitor=ME)
    named = await actions.rename(context, Click(Act.RENAME, job.id, 1, "", "Mine"), visitor=ME)
    pinned = await actions.pin(context, Click(Act.PIN, job.id, 1, ""), visitor=ME)
    loose = await actions.pin(context, Click(Act.UNPIN, job.id, 1, ""), visitor=ME)
    strange = await actions.rename(context, Click(Act.RENAME, job.id, 1, "", "Mine"), visitor="browser:other")
    found = await actions.pick_up(context, "ailab", "77", visitor=ME)
    nothing = await actions.pick_up(context, "ailab", " ", visitor=ME)

    assert isinstance(named, Job) and isinstance(pinned, Job) and isinstance(loose, Job)
    assert (named.title, pinned.pinned, loose.pinned) == ("Mine", True, False)
    assert isinstance(found, Job) and (found.vendor, found.task_id) == ("ailab", "77")
    assert isinstance(strange, Problem) and isinstance(nothing, Problem)
