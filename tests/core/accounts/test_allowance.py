"""The operator's keys are used as far as the operator says, and no picture further."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from tests.core import fakes
from tests.core.fakes import ScriptedVendors
from tests.core.submitting import submit
from tests.core.test_studio import ANN, ended, open_house
from tryon_core import AllowanceSpent, InvalidRequest, JobState, NeverSent, Problem, Studio

pytestmark = pytest.mark.anyio
BEN = "ben"
LIMITS = {"TRYON_DAILY_PICTURES": "9", "TRYON_DAILY_PICTURES_PER_VISITOR": "6"}


async def left(studio: Studio, visitor: str) -> tuple[int | None, int | None]:
    allowance = await studio.allowance(visitor=visitor)
    return allowance.visitor, allowance.everybody


async def test_pictures_are_counted_per_visitor_and_in_all(tmp_path: Path) -> None:
    vendors = ScriptedVendors()
    async with open_house(tmp_path, vendors, **fakes.LIVE, **LIMITS) as studio:
        assert await left(studio, ANN) == (6, 9)
        await ended(studio, await submit(studio, fakes.tryon(tmp_path, count=4), visitor=ANN))
        assert await left(studio, ANN) == (2, 5) and await left(studio, BEN) == (6, 5)
        with pytest.raises(AllowanceSpent, match="4 pictures, and 2 are left today for you"):
            await submit(studio, fakes.tryon(tmp_path, count=4), visitor=ANN)
        await ended(studio, await submit(studio, fakes.refine(tmp_path), visitor=ANN))
        with pytest.raises(AllowanceSpent, match="4 are left today for everybody"):
            await submit(studio, fakes.tryon(tmp_path, count=5), visitor=BEN)
    assert len(vendors.sent) == 2


async def test_of_two_jobs_at_once_the_second_counts_the_first(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors(), **fakes.LIVE, **LIMITS) as studio:
        jobs = (submit(studio, fakes.tryon(tmp_path, count=n), visitor=ANN) for n in (4, 5))
        outcomes = await asyncio.gather(*jobs, return_exceptions=True)
    assert sum(isinstance(outcome, AllowanceSpent) for outcome in outcomes) == 1


async def test_what_certainly_cost_nothing_is_not_counted(tmp_path: Path) -> None:
    vendors = ScriptedVendors(submits=[NeverSent(Problem("No network.", "Try again."))])
    async with open_house(tmp_path, vendors, **fakes.LIVE, **LIMITS) as studio:
        job = await ended(studio, await submit(studio, fakes.tryon(tmp_path, count=4), visitor=ANN))
        assert job.state is JobState.FAILED and await left(studio, ANN) == (6, 9)


async def test_the_trial_quota_is_used_no_further_than_what_is_bought(tmp_path: Path) -> None:
    vendors = ScriptedVendors()
    async with open_house(tmp_path, vendors, **fakes.LIVE, **LIMITS) as studio:
        trial = replace(fakes.tryon(tmp_path, count=4), trial=True)
        await ended(studio, await submit(studio, trial, visitor=ANN))
        assert await left(studio, ANN) == (2, 5)
        with pytest.raises(AllowanceSpent):
            await submit(studio, replace(trial, count=3), visitor=ANN)
    assert len(vendors.sent) == 1


async def test_the_sandbox_is_free(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors(), **LIMITS) as studio:
        await ended(studio, await submit(studio, fakes.tryon(tmp_path, count=8), visitor=ANN))


async def test_without_numbers_there_is_no_limit(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors(), **fakes.LIVE) as studio:
        assert (await studio.allowance(visitor=ANN)).left is None


@pytest.mark.parametrize("number", ["-1", "ten", "1.5", "٣"])
def test_a_number_that_is_none_is_refused_by_name(tmp_path: Path, number: str) -> None:
    with pytest.raises(InvalidRequest, match="TRYON_DAILY_PICTURES"):
        fakes.settings(tmp_path, TRYON_DAILY_PICTURES=number)
