"""A job of a collection lies in its stack in My jobs, also when its card is asked for alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.ui.conftest import MakeJob
from tests.ui.fake_studio import FakeStudio, Kept
from tryon_core import CollectionSummary, JobState
from tryon_ui.gallery.listing import Filter, left_of, place_now
from tryon_ui.page_context import PageContext
from tryon_ui.samples import load

ME, JOB = "browser:me", "d" * 40
AUTUMN = CollectionSummary("f" * 40, "Autumn", "aidge", 1, 1, 1, 0, (JOB,), 900.0)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("summaries", "chosen", "drawn"),
    [
        ((AUTUMN,), Filter(), f'data-collection="{AUTUMN.id}"'),
        ((AUTUMN,), Filter(state="saved"), f'data-job="{JOB}"'),  # there jobs of collections stand alone
        ((), Filter(), f'data-job="{JOB}"'),  # the collection is deleted
    ],
)
async def test_a_job_that_has_ended_is_drawn_where_the_list_has_it(
    summaries: tuple[CollectionSummary, ...],
    chosen: Filter,
    drawn: str,
    studio: FakeStudio,
    make_job: MakeJob,
    assets: Path,
) -> None:
    made = make_job(1, id=JOB, state=JobState.SUCCEEDED, collection_id=AUTUMN.id)
    studio._kept[JOB] = Kept(made, ME)
    studio.collections.owner, studio.collections.summaries = ME, summaries
    context = PageContext(studio, load(assets), now=lambda: 1000.0)  # type: ignore[arg-type]

    html = await place_now(context, ME, chosen, JOB)

    assert drawn in html and "data-patch" in html and html.count('<li class="jobrow') == 1
    assert f"/{JOB}/" in html  # its picture, on the card or on top of the stack


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("chosen", "stands"), [(Filter(words="autumn"), True), (Filter(state="saved"), False)]
)
async def test_a_deleted_job_is_counted_no_more_on_its_stack(
    chosen: Filter, stands: bool, studio: FakeStudio, make_job: MakeJob, assets: Path
) -> None:
    deleted = make_job(1, id=JOB, state=JobState.SUCCEEDED, collection_id=AUTUMN.id)
    studio.collections.owner, studio.collections.summaries = ME, (replace(AUTUMN, job_ids=()),)
    context = PageContext(studio, load(assets), now=lambda: 1000.0)  # type: ignore[arg-type]

    html = await left_of(context, ME, chosen, deleted, JOB)

    assert f'data-gone="{JOB}"' in html and f'data-job="{JOB}"' not in html
    assert ("0 jobs" in html and AUTUMN.id in html) == stands
