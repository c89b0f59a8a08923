"""What a page is sent of a collection: all of it once, then what changed; nothing of somebody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.collection.boards import collection
from tests.ui.conftest import MakeJob
from tests.ui.fake_studio import FakeStudio
from tryon_core import CellState, CollectionSummary, JobState, Problem, Share, Verdict, Vote
from tryon_ui.collection.matrix import shape_of
from tryon_ui.collection.stream import BoardShown, Sent, board_of, boards, come_back_to, heard_since
from tryon_ui.gallery.listing import Filter, listed
from tryon_ui.page_context import PageContext
from tryon_ui.samples import load

ME = "browser:me"


def context_of(studio: FakeStudio, assets: Path) -> PageContext:
    return PageContext(studio, load(assets))  # type: ignore[arg-type]


async def sent(context: PageContext, what: BoardShown, visitor: str = ME) -> list[Sent]:
    return [one async for one in boards(context, what, visitor=visitor, session="s")]


@pytest.mark.anyio
async def test_a_page_gets_the_whole_once_and_then_what_changed(
    studio: FakeStudio, assets: Path, make_job: MakeJob
) -> None:
    job = make_job(2, state=JobState.SUCCEEDED, expected=2)
    now, later = collection(1, 2), collection(1, 2, {0: CellState.SUCCEEDED}, c0=job)
    studio.collections.owner, studio.collections.kept = ME, (now, later)

    (whole, none), (nothing, patch) = await sent(context_of(studio, assets), BoardShown(now.id))

    assert whole and 'role="grid"' in whole and none is None and nothing is None
    assert patch and 'data-part="cell:c0"' in patch and 'data-part="cell:c1"' not in patch
    assert "models/James.webp" in whole


@pytest.mark.anyio
async def test_a_page_that_has_it_gets_its_parts_only(studio: FakeStudio, assets: Path) -> None:
    told = collection(1, 2)
    studio.collections.owner, studio.collections.kept = ME, (told,)

    ((whole, patch),) = await sent(context_of(studio, assets), BoardShown(told.id, known=True))

    assert whole is None and patch and patch.count("data-cell=") == 2


@pytest.mark.anyio
async def test_somebody_elses_collection_is_as_if_it_were_not_there(studio: FakeStudio, assets: Path) -> None:
    told = collection(1, 1)
    studio.collections.owner, studio.collections.kept = "browser:other", (told,)

    ((whole, _),) = await sent(context_of(studio, assets), BoardShown(told.id))

    assert whole and "Nothing to show at this address" in whole and "Shirt" not in whole


@pytest.mark.anyio
async def test_a_page_is_told_what_came_back_by_a_link_once(
    studio: FakeStudio, assets: Path, make_job: MakeJob
) -> None:
    job = make_job(1, state=JobState.SUCCEEDED, expected=1)
    told, context = collection(1, 1, {0: CellState.SUCCEEDED}, c0=job), context_of(studio, assets)
    studio.collections.owner, studio.collections.kept = ME, (told,)
    studio.collections.shares.links = (
        Share("s", "token", told.id, "Autumn", 1, True, False, 0.0, float("inf"), None, 0, None),
    )
    before = (await board_of(context, told, visitor=ME)).news
    assert before and await heard_since(context, told.id, before, visitor=ME) is None

    studio.collections.shares.said = (
        Vote("s", "Kim", job.id, job.pictures[0].name, Verdict.YES, "", 1000.0),
    )
    patch = await heard_since(context, told.id, before, visitor=ME)

    now = (await board_of(context, told, visitor=ME)).news
    assert patch and "Kim: Yes" in patch and f'data-news="{now}"' in patch and now != before
    assert await heard_since(context, told.id, now, visitor=ME) is None


@pytest.mark.anyio
async def test_what_could_not_be_created_says_why_in_the_place_of_the_matrix(
    studio: FakeStudio, assets: Path
) -> None:
    ((whole, _),) = await sent(
        context_of(studio, assets), BoardShown(problem=Problem("None left.", "Tomorrow."))
    )

    assert whole and "None left." in whole and "Not sent" in whole


@pytest.mark.anyio
async def test_my_jobs_shows_a_collection_as_one_stack_which_is_found_by_its_name(
    studio: FakeStudio, assets: Path
) -> None:
    summary = CollectionSummary("f" * 40, "Autumn <1>", "aidge", 5, 2, 10, 0, (), 1000.0)
    studio.collections.owner, studio.collections.summaries = ME, (summary,)
    context = context_of(studio, assets)

    _, _, _, every, _ = await listed(context, ME, Filter())
    head, _, _, found, _ = await listed(context, ME, Filter(words="coat"))

    assert 'class="jobrow jobstack"' in every and "Autumn &lt;1&gt;" in every
    assert "5 garments on 2 models" in every and 'data-at="ffffffffffff"' in every
    assert "jobstack" not in found and "0 of" not in head  # as there are no jobs at all
    for words, is_found in (("ａｕＴ 1", True), ("Autumn coat", False)):
        assert ("jobstack" in (await listed(context, ME, Filter(words=words)))[3]) is is_found
    assert "jobstack" not in (await listed(context, ME, Filter(words="Autumn", starred=True)))[3]


@pytest.mark.anyio
async def test_a_page_that_comes_back_is_shown_what_another_did_with_its_collection(
    studio: FakeStudio, assets: Path, make_job: MakeJob
) -> None:
    job = make_job(1, state=JobState.SUCCEEDED, expected=1)
    told, context = collection(1, 1, {0: CellState.SUCCEEDED}, c0=job), context_of(studio, assets)
    studio.collections.owner, studio.collections.kept = ME, (told,)

    anew, patch = await come_back_to(context, told.id, shape_of(told), visitor=ME)
    assert anew is None and patch and 'data-part="cell:c0"' in patch

    anew, patch = await come_back_to(context, told.id, shape_of(collection(2, 1)), visitor=ME)
    assert anew and anew.collection_id == told.id and not anew.known and patch is None

    studio.collections.kept = (collection(1, 1),)  # made anew
    anew, patch = await come_back_to(context, told.id, shape_of(told), visitor=ME)
    assert anew and anew.known and patch is None

    anew, patch = await come_back_to(
        context, told.id, shape_of(told), visitor="browser:other"
    )  # as if deleted
    assert anew and patch is None
    ((whole, _),) = await sent(context, anew, "browser:other")
    assert whole and "Nothing to show at this address" in whole
