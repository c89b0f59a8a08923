"""A collection is deleted as its visitor says, and a page, also one opened anew, has it back for a while."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.ui.collection.boards import collection
from tests.ui.conftest import MakeJob
from tests.ui.fake_studio import FakeStudio, Kept
from tryon_core import UNDO_S, CellState, CollectionNotFound, CollectionSummary, JobPage, JobState
from tryon_ui import actions
from tryon_ui.actions import click_of
from tryon_ui.collection.clicks import board_click
from tryon_ui.collection.deleting import ask_html, deleted, had_back, offer
from tryon_ui.gallery.stacks import Stack, stack_html, stacks_of
from tryon_ui.page_context import PageContext
from tryon_ui.samples import load

ME, BEN = "browser:me", "browser:ben"
AUTUMN = CollectionSummary("f" * 40, "Autumn <1>", "aidge", 1, 1, 1, 0, (), 900.0)
SPRING = replace(AUTUMN, id="e" * 40, name="Spring")


def context_at(now: float, studio: FakeStudio, assets: Path) -> PageContext:
    """A page of the one who has Autumn, which was deleted at 1000."""
    studio.collections.owner, studio.collections.summaries = ME, (AUTUMN,)
    studio.collections.kept, studio.collections.gone = (collection(1, 1),), {AUTUMN.id: 1000.0}
    return PageContext(studio, load(assets), now=lambda: now)  # type: ignore[arg-type]


def test_jobs_can_go_along_only_when_none_of_them_runs() -> None:
    made = collection(1, 1, {0: CellState.SUCCEEDED})
    runs = replace(collection(1, 1, {0: CellState.RUNNING}), name="<Autumn>")
    assert 'data-answer="with-jobs"' in ask_html(made) and 'data-answer="alone"' in ask_html(made)
    assert "with-jobs" not in ask_html(runs) and "&lt;Autumn&gt;" in ask_html(runs)


def test_a_stack_offers_to_delete_its_collection() -> None:
    html = str(stack_html(Stack(AUTUMN, ())))
    assert f'data-act="delete-collection" data-at="{AUTUMN.address}"' in html
    assert f'data-collection="{AUTUMN.id}"' in html and "<1>" not in html


@pytest.mark.anyio
async def test_stacks_of_one_name_have_numbers_the_oldest_first(studio: FakeStudio, assets: Path) -> None:
    context = context_at(1010.0, studio, assets)
    later = replace(AUTUMN, id="a" * 40, created_at=AUTUMN.created_at + 1)
    page = JobPage((), None)
    studio.collections.summaries = (later, SPRING, AUTUMN)

    stacks = await stacks_of(context, page, None, "", visitor=ME)

    assert sorted(stack.name for stack in stacks) == ["Autumn <1> (1)", "Autumn <1> (2)", "Spring"]
    assert next(stack.told for stack in stacks if stack.name.endswith("(1)")) == AUTUMN
    assert "3 jobs" in str(stack_html(Stack(replace(AUTUMN, waiting=1, job_ids=("d" * 40, "e" * 40)), ())))


@pytest.mark.anyio
@pytest.mark.parametrize(("answer", "with_jobs"), [("alone", False), ("with-jobs", True), ("else", False)])
async def test_it_goes_as_was_answered(
    answer: str, with_jobs: bool, studio: FakeStudio, assets: Path
) -> None:
    context = context_at(1010.0, studio, assets)
    event = SimpleNamespace(_data={"collection": AUTUMN.id, "text": answer})
    click = board_click(event)  # type: ignore[arg-type]
    assert (await deleted(context, click, visitor=ME)).id == AUTUMN.id
    assert studio.collections.with_jobs == [with_jobs]
    with pytest.raises(CollectionNotFound):
        await deleted(context, click, visitor=BEN)


@pytest.mark.anyio
async def test_a_page_offers_it_back_to_its_visitor_for_the_time_that_is_left(
    studio: FakeStudio, assets: Path
) -> None:
    bar = await offer(context_at(1012.0, studio, assets), visitor=ME)
    assert "Autumn &lt;1&gt; deleted." in bar and 'data-left="18.0"' in bar
    assert await offer(context_at(1012.0, studio, assets), visitor=BEN) == ""
    assert await offer(context_at(1000.0 + UNDO_S, studio, assets), visitor=ME) == ""


@pytest.mark.anyio
async def test_all_that_is_offered_comes_back_and_what_was_left_deleted_does_not(
    studio: FakeStudio, assets: Path
) -> None:
    context = context_at(1012.0, studio, assets)
    studio.collections.summaries = (SPRING, AUTUMN)
    studio.collections.gone = {SPRING.id: 1005.0, AUTUMN.id: 1000.0}
    studio.collections.kept = (collection(1, 1), replace(collection(1, 1), id=SPRING.id))
    assert "2 collections deleted." in await offer(context, visitor=ME)
    assert (await had_back(context, visitor=ME)).id == SPRING.id
    assert await offer(context, visitor=ME) == "" and studio.collections.gone == {}
    studio.collections.gone = {AUTUMN.id: 1011.0}
    closed = SimpleNamespace(_data={"act": "dismiss", "until": "1011.0"})
    context.dismissed_collections.dismiss(ME, click_of(closed).until, 1012.0)  # type: ignore[arg-type]
    assert await offer(context, visitor=ME) == ""
    with pytest.raises(CollectionNotFound):
        await had_back(context, visitor=ME)


@pytest.mark.anyio
async def test_jobs_that_went_with_their_collection_come_back_with_it_and_not_by_a_line_of_their_own(
    studio: FakeStudio, assets: Path, make_job: MakeJob
) -> None:
    context = context_at(1012.0, studio, assets)
    jobs = [
        make_job(1, id=name, state=JobState.SUCCEEDED, collection_id=of)
        for name, of in (("before", AUTUMN.id), ("with", AUTUMN.id), ("after", AUTUMN.id), ("other", None))
    ]
    for job in jobs:
        studio._kept[job.id] = Kept(job, ME)
    studio.gallery._deleted.update({"before": 999.0, "with": 1000.0, "after": 1000.5, "other": 1001.0})
    offered = await actions.offered_back(context, visitor=ME)
    assert {job.id for job, _ in offered} == {"before", "after", "other"}
