"""What a deletion that can be had back meets meanwhile: equal requests, other clicks, other processes."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.core import fakes
from tests.core.fakes import ScriptedVendors
from tests.core.test_gallery import WaitingClock, made
from tests.core.test_studio import ANN, ended, open_house
from tryon_core import Submission

pytestmark = pytest.mark.anyio


async def test_a_kept_result_is_offered_though_a_newer_equal_one_was_deleted(tmp_path: Path) -> None:
    vendors = ScriptedVendors()
    async with open_house(tmp_path, vendors, WaitingClock()) as studio:
        first, second = [await made(studio, tmp_path, title) for title in ("First", "Second")]
        await studio.gallery.delete(second.id, visitor=ANN)
        offered = await studio.submit_or_offer(fakes.tryon(tmp_path, count=1), visitor=ANN)
    assert offered == Submission(first.id, offered=True)
    assert len(vendors.sent) == 2


async def test_two_clicks_with_a_deleted_equal_job_going_between_them_are_one_job(tmp_path: Path) -> None:
    vendors, clock, hold = ScriptedVendors(), WaitingClock(), asyncio.Event()
    async with open_house(tmp_path, vendors, clock) as studio:
        deleted = await made(studio, tmp_path, "First")
        await studio.gallery.delete(deleted.id, visitor=ANN)
        vendors.hold = hold
        request, admission = fakes.tryon(tmp_path, count=1), studio._container.admission
        looked_before = await admission.candidate(request, ANN, deleted.vendor)
        clock.over.set()
        await asyncio.gather(*studio._container.deletion._going.values())
        looked_after = await admission.candidate(request, ANN, deleted.vendor)
        one, other = [await admission.admit(look, None, None) for look in (looked_before, looked_after)]
        assert not looked_after.equals and other == one
        await studio._container.engine.begin(one.id, one.runs)
        hold.set()
        await ended(studio, await studio.job(one.id, visitor=ANN))
    assert len(vendors.sent) == 2


async def test_what_can_be_had_back_counts_in_its_owners_room(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors(), WaitingClock()) as studio:
        job = await made(studio, tmp_path, "First")
        store = studio._container.store
        owner = (await store.record(job.id)).owner
        before = store.size_of_owner(owner)
        await studio.gallery.delete(job.id, visitor=ANN)
        assert store.size_of_owner(owner) == before > 0
