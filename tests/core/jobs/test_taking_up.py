"""What has a task id and lacks pictures can be polled again, however it ended; what is slow holds up none."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import anyio
import httpx
import pytest

from tests.core import fakes
from tests.core.fakes import ScriptedVendors, finished, running
from tests.core.submitting import submit
from tests.core.test_studio import ANN, PATIENCE_S, ended, open_house
from tryon_core import Charged, Garment, InvalidRequest, JobState, Request, Suit, TryOnRequest, sentences
from tryon_core.account import Account
from tryon_core.errors import Problem, VendorRefused
from tryon_core.jobs import workflow
from tryon_core.jobs.result_pictures import keys_of
from tryon_core.jobs.workflow import SENDS_AT_ONCE
from tryon_core.vendors.task import Receipt, RemoteImage, Snapshot, TaskStatus

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
FAILED = Snapshot(TaskStatus.FAILED, message="no legs")
NEW = VendorRefused(Problem("a new code", "", Charged.UNKNOWN, code="9999"))


async def test_a_failed_task_can_be_polled_again_and_its_pictures_come_home(tmp_path: Path) -> None:
    vendors = ScriptedVendors(queries=[FAILED])
    async with open_house(tmp_path, vendors) as studio:
        failed = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
        vendors.queries = [finished("a.png", "b.png")]
        done = await ended(studio, await studio.poll_again(failed.id, visitor=ANN))
    assert (failed.state, done.state, len(done.pictures)) == (JobState.FAILED, JobState.SUCCEEDED, 2)
    assert done.problem is None and len(vendors.sent) == 1


async def test_a_failed_task_is_taken_up_by_its_id_too(tmp_path: Path) -> None:
    vendors = ScriptedVendors(queries=[FAILED])
    async with open_house(tmp_path, vendors) as studio:
        failed = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
        vendors.queries = [finished("a.png", "b.png")]
        with pytest.raises(InvalidRequest):
            await studio.adopt_task(failed.id, "another task", visitor=ANN)
        done = await ended(studio, await studio.pick_up("aidge", failed.task_id, visitor=ANN))
    assert (done.id, done.state, len(vendors.sent)) == (failed.id, JobState.SUCCEEDED, 1)


async def test_a_job_whose_submit_failed_in_a_word_of_tomorrow_takes_the_task_id_that_was_found(
    tmp_path: Path,
) -> None:
    vendors = ScriptedVendors(submits=[NEW])
    async with open_house(tmp_path, vendors) as studio:
        failed = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
        done = await ended(studio, await studio.adopt_task(failed.id, "found-it", visitor=ANN))
    assert (failed.state, done.state, done.task_id) == (JobState.FAILED, JobState.SUCCEEDED, "found-it")


async def test_a_picture_that_was_missing_comes_with_a_later_poll_and_the_note_goes(tmp_path: Path) -> None:
    vendors = ScriptedVendors(queries=[finished("a.png", failed=1)])
    async with open_house(tmp_path, vendors) as studio:
        partial = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
        still = await ended(studio, await studio.poll_again(partial.id, visitor=ANN))
        vendors.queries = [finished("a.png", "bb.png")]
        done = await ended(studio, await studio.poll_again(partial.id, visitor=ANN))
    assert [(len(job.pictures), job.failed_pictures) for job in (partial, still, done)] == [
        (1, 1),
        (1, 1),
        (2, 0),
    ]
    assert (
        partial.notes == still.notes == ("1 pictures were made; 1 could not be made.",) and done.notes == ()
    )


async def test_the_note_of_what_is_missing_is_known_again_when_its_sentence_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vendors, text_of = ScriptedVendors(queries=[finished("a.png", failed=1)]), sentences._text
    async with open_house(tmp_path, vendors) as studio:
        first = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
        changed = {"job.not_made": "Here: {made}. Not here: {failed}."}
        monkeypatch.setattr(sentences, "_text", lambda key, lang: changed.get(key) or text_of(key, lang))
        second = await ended(studio, await studio.poll_again(first.id, visitor=ANN))
        third = await ended(studio, await studio.poll_again(first.id, visitor=ANN))
        vendors.queries = [finished("a.png", "bb.png")]
        done = await ended(studio, await studio.poll_again(first.id, visitor=ANN))
    assert first.notes == ("1 pictures were made; 1 could not be made.",)
    assert second.notes == third.notes == ("Here: 1. Not here: 1.",) and done.notes == ()


class Dawdling(ScriptedVendors):
    """Never answers a submit; says when there are more of them than are sent at once."""

    many = asyncio.Event()

    async def submit(self, request: Request, account: Account) -> Receipt:
        self.sent.append(request)
        if len(self.sent) > SENDS_AT_ONCE:
            self.many.set()
        await asyncio.Event().wait()
        raise AssertionError("unreachable")


async def test_submits_that_are_not_answered_hold_up_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workflow, "HELD_S", 0.2)
    monkeypatch.setattr(workflow, "SETTLE_S", 0.0)
    vendors = Dawdling()
    async with open_house(tmp_path, vendors) as studio:
        for number in range(SENDS_AT_ONCE + 1):
            await submit(studio, _another(tmp_path, number), visitor=ANN)
        with anyio.fail_after(PATIENCE_S):
            await vendors.many.wait()


def _another(folder: Path, number: int) -> TryOnRequest:
    """A request that no other equals."""
    garment = Garment(fakes.file(folder, f"{number}.png", fakes.picture(seed=number)))
    return replace(fakes.tryon(folder), suits=(Suit((garment,)),))


async def test_a_vendor_that_is_still_at_work_when_links_are_renewed_loses_no_picture(tmp_path: Path) -> None:
    stalls = iter([503, 503])
    vendors = ScriptedVendors(
        queries=[finished("a.png", "bb.png"), running()],
        serve=lambda request: httpx.Response(next(stalls, 200), content=fakes.serve_any(request).content),
    )
    async with open_house(tmp_path, vendors) as studio:
        done = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
    assert (done.state, len(done.pictures)) == (JobState.SUCCEEDED, 2)


def test_pictures_are_known_by_their_address_without_the_signature_and_then_by_their_order() -> None:
    def keys(signature: str) -> list[str]:
        places = ("http://r/a.png?id=1", "http://r/b.png?id=1", "http://r/a.png?id=2", "http://r/a.png?id=3")
        return list(keys_of(RemoteImage(f"{place}&s={signature}") for place in places))

    assert keys("one") == keys("two") and len(set(keys("one"))) == 4
