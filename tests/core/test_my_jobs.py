"""What a visitor does with jobs: names them, keeps them, finds them again, picks up a task from elsewhere."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.core import fakes
from tests.core.fakes import ScriptedVendors, finished, running
from tests.core.submitting import delete, earlier, submit
from tests.core.test_studio import ANN, BEN, ended, open_house
from tests.core.wires import VENDORS
from tryon_core import InvalidRequest, JobNotFound, JobState, PickedUp, Submission, name_of
from tryon_core.errors import NoAnswer, Problem, VendorRefused
from tryon_core.vendors.task import Snapshot

pytestmark = pytest.mark.anyio
LOST = NoAnswer(Problem("no answer", ""))


async def test_a_job_is_renamed_and_an_empty_name_brings_the_first_back(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        job = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
        named = await studio.rename(job.id, "  Spring\n look\u202e  1 ", visitor=ANN)
        long = await studio.rename(job.id, "x" * 500, visitor=ANN)
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        kept = await studio.job(job.id, visitor=ANN)
        first = await studio.rename(job.id, " \u200b", visitor=ANN)
        with pytest.raises(JobNotFound):
            await studio.rename(job.id, "Mine", visitor=BEN)
    assert (named.title, first.title) == ("Spring look 1", job.title)
    assert kept.title == long.title == "x" * 120 and kept.pictures == job.pictures


async def test_a_pin_is_set_and_taken_off_by_its_owner(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        job = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
        pinned = await studio.pin(job.id, True, visitor=ANN)
        loose = await studio.pin(job.id, False, visitor=ANN)
        with pytest.raises(JobNotFound):
            await studio.pin(job.id, True, visitor=BEN)
    assert (job.pinned, pinned.pinned, loose.pinned) == (False, True, False)


async def test_an_address_is_the_owners_way_to_a_job_and_nobody_elses(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        job = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
        assert await studio.job_at(job.address, visitor=ANN) == job
        for address in ("", job.address[:6], job.id, "%" * 12, "_" * 12, "0" * 12):
            with pytest.raises(JobNotFound):
                await studio.job_at(address, visitor=ANN)
        with pytest.raises(JobNotFound):
            await studio.job_at(job.address, visitor=BEN)
    assert studio.picture_path(job.address, job.pictures[0].name) is None


async def test_a_finished_equal_request_is_found_and_nothing_is_spent_to_find_it(tmp_path: Path) -> None:
    vendors = ScriptedVendors()
    async with open_house(tmp_path, vendors) as studio:
        request = fakes.tryon(tmp_path)
        before = await earlier(studio, request, visitor=ANN)
        done = await ended(studio, await submit(studio, request, visitor=ANN))
        found = await earlier(studio, fakes.tryon(tmp_path), visitor=ANN)
        others = [await earlier(studio, fakes.tryon(tmp_path, count=3), visitor=ANN)]
        others.append(await earlier(studio, request, visitor=BEN))
        done.pictures[0].path.unlink()
        others.append(await earlier(studio, request, visitor=ANN))
    assert found == done and [before, *others] == [None] * 4
    assert len(vendors.sent) == 1


async def test_what_may_have_arrived_is_offered_before_it_is_sent_again(tmp_path: Path) -> None:
    vendors = ScriptedVendors(submits=[LOST])
    async with open_house(tmp_path, vendors) as studio:
        request = fakes.tryon(tmp_path)
        lost = await ended(studio, await submit(studio, request, visitor=ANN))
        again = await studio.submit_or_offer(request, visitor=ANN)
        assert lost.state is JobState.UNCERTAIN and again == Submission(lost.id, offered=True)
        assert len(vendors.sent) == 1
        new = await ended(studio, await studio.send_again(lost.id, visitor=ANN))
    assert new.id != lost.id and len(vendors.sent) == 2


async def test_a_double_click_on_new_pictures_is_one_new_job(tmp_path: Path) -> None:
    vendors = ScriptedVendors()
    async with open_house(tmp_path, vendors) as studio:
        done = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
        vendors.hold = asyncio.Event()
        again = [await studio.send_again(done.id, visitor=ANN) for _ in range(2)]
        vendors.hold.set()
        new = await ended(studio, again[0])
    assert again[0].id == again[1].id != done.id and new.state is JobState.SUCCEEDED
    assert len(vendors.sent) == 2


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_task_of_another_program_is_followed_to_its_pictures(tmp_path: Path, vendor: str) -> None:
    vendors = ScriptedVendors(queries=[running(), finished("a.png", "b.png")])
    async with open_house(tmp_path, vendors, **fakes.LIVE) as studio:
        begun = await asyncio.gather(*(studio.pick_up(vendor, " 77 ", visitor=ANN) for _ in range(2)))
        done = await ended(studio, begun[0])
        again = await studio.pick_up(vendor, "77", visitor=ANN)
    assert begun[0].id == begun[1].id == again.id and isinstance(done.request, PickedUp)
    assert (done.state, done.vendor, done.live, done.failed_pictures) == (
        JobState.SUCCEEDED,
        vendor,
        True,
        0,
    )
    assert done.title == f"{name_of(vendor)} task 77" and len(done.pictures) == 2
    assert vendors.sent == [] and set(vendors.asked) == {"77"}


async def test_a_picked_up_task_goes_on_after_a_restart(tmp_path: Path) -> None:
    vendors = ScriptedVendors(hold=asyncio.Event())
    async with open_house(tmp_path, vendors) as studio:
        job = await studio.pick_up("aidge", "77", visitor=ANN)
        await vendors.was_asked.wait()
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        done = await ended(studio, job)
    assert done.state is JobState.SUCCEEDED and vendors.sent == []


async def test_nobody_picks_up_the_task_of_another_visitor(tmp_path: Path) -> None:
    vendors = ScriptedVendors(submits=[fakes.TASK, LOST])
    async with open_house(tmp_path, vendors) as studio:
        await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
        lost = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=BEN), BEN)
        with pytest.raises(InvalidRequest, match="another visitor"):
            await studio.pick_up("aidge", "task-1", visitor=BEN)
        with pytest.raises(InvalidRequest, match="another visitor"):
            await studio.adopt_task(lost.id, "task-1", visitor=BEN)
        for typed in ("", "  ", "two words", "x" * 121, "a\x00b"):
            with pytest.raises(InvalidRequest, match="task id"):
                await studio.pick_up("aidge", typed, visitor=BEN)
        assert len(await studio.jobs(visitor=BEN)) == 1


async def test_a_picked_up_task_cannot_be_sent_again_but_asked_about(tmp_path: Path) -> None:
    vendors = ScriptedVendors(queries=[VendorRefused(Problem("gone", "", code="10023"))])
    async with open_house(tmp_path, vendors) as studio:
        job = await ended(studio, await studio.pick_up("aidge", "77", visitor=ANN))
        with pytest.raises(InvalidRequest):
            await studio.send_again(job.id, visitor=ANN)
        vendors.queries = [running()]
        late = await ended(studio, await studio.pick_up("ailab", "78", visitor=ANN))
        vendors.queries = [finished("a.png")]
        done = await ended(studio, await studio.pick_up("ailab", "78", visitor=ANN))
    assert job.state.ended and job.pictures == ()
    assert (late.state, done.state, done.id) == (JobState.OVERDUE, JobState.SUCCEEDED, late.id)


async def test_a_picture_of_a_picked_up_task_can_be_refined(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        job = await ended(studio, await studio.pick_up("aidge", "77", visitor=ANN))
        draft = await studio.refine_draft(job.id, 1, visitor=ANN)
    assert draft.coarse == job.pictures[0].path == draft.person
    assert (draft.top, draft.gender, len(draft.notes)) == (None, None, 3)


async def test_the_engine_forgets_what_was_deleted_and_it_can_be_picked_up_anew(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        for _ in range(2):
            job = await ended(studio, await studio.pick_up("aidge", "77", visitor=ANN))
            assert job.state is JobState.SUCCEEDED
            await delete(studio, job.id, visitor=ANN)
        assert await studio.jobs(visitor=ANN) == ()


async def test_a_job_taken_up_again_at_once_is_followed_by_one_run(tmp_path: Path) -> None:
    answers: tuple[Snapshot, ...] = (*[running()] * 3, finished("a.png", "b.png"))
    vendors = ScriptedVendors(submits=[LOST], queries=[*answers])
    async with open_house(tmp_path, vendors) as studio:
        for number in range(5):
            vendors.queries = [*answers]
            asked = len(vendors.asked)
            lost = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
            done = await ended(studio, await studio.adopt_task(lost.id, f"found-{number}", visitor=ANN))
            assert (done.state, len(vendors.asked) - asked) == (JobState.SUCCEEDED, 4)


async def test_a_double_click_on_asking_again_is_one_more_run(tmp_path: Path) -> None:
    vendors = ScriptedVendors(submits=[LOST, fakes.TASK], queries=[running()])
    async with open_house(tmp_path, vendors) as studio:
        lost = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
        vendors.hold = asyncio.Event()
        vendors.unheld = 3  # each press looks first whether there is such a task
        adopted = await asyncio.gather(*(studio.adopt_task(lost.id, "77", visitor=ANN) for _ in range(3)))
        vendors.hold.set()
        late = await ended(studio, adopted[0])
        vendors.hold = asyncio.Event()
        asked = await asyncio.gather(*(studio.poll_again(lost.id, visitor=ANN) for _ in range(3)))
        asked.append(await studio.poll_again(lost.id, visitor=ANN))
        vendors.queries = [finished("a.png", "b.png")]
        before = len(vendors.asked)
        vendors.hold.set()
        done = await ended(studio, asked[-1])
        with pytest.raises(InvalidRequest, match="succeeded"):
            await studio.poll_again(lost.id, visitor=ANN)
    assert (late.state, done.state) == (JobState.OVERDUE, JobState.SUCCEEDED)
    assert not any(job.state.ended for job in (*adopted, *asked)) and len(vendors.asked) - before <= 1
