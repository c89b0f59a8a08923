"""A request has one way in, whoever brings it: examined once, hashed once, refused on the record."""

from __future__ import annotations

import hashlib
import logging
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from types import FrameType

import pytest

from tests.core import fakes
from tests.core.fakes import ScriptedVendors
from tests.core.submitting import submit
from tests.core.test_studio import ended, open_house
from tryon_core import FilePicture, InvalidRequest, Job, NoPublicAddress, Studio, TryOnRequest, vendor
from tryon_core.images import facts
from tryon_core.jobs.workflow import JobEngine
from tryon_core.vendors.registry import register
from tryon_ui import job_stream
from tryon_ui.endpoints import api
from tryon_ui.page_context import PageContext
from tryon_ui.samples import load

pytestmark = pytest.mark.anyio
HOUSE = Path(__file__).parent.parent
MOST_FILES = 20
ANN = "browser:ann"

Way = Callable[[PageContext, TryOnRequest], Awaitable[Job]]


async def by_the_page(context: PageContext, request: TryOnRequest) -> Job:
    shown = await job_stream.found_or_sent(context, request, visitor=ANN)
    return await context.studio.job(shown.job_id, visitor=ANN)


async def by_the_api(context: PageContext, request: TryOnRequest) -> Job:
    *_, last = [job async for job in api.begun_and_ended(context, request, name=ANN)]
    return last


async def by_sending_again(context: PageContext, request: TryOnRequest) -> Job:
    first = await by_the_page(context, request)
    await ended(context.studio, first, ANN)
    with counted() as counts:
        again = await context.studio.send_again(first.id, visitor=ANN)
        await ended(context.studio, again, ANN)
    assert counts == {"decoded": 1, "hashed": 1}
    return again


@contextmanager
def counted() -> Iterator[dict[str, int]]:
    """How often a picture is decoded to be examined, and how often one is hashed."""
    counts = {"decoded": 0, "hashed": 0}
    decode, sha256 = facts._load, hashlib.sha256

    def decoded(*arguments: object) -> None:
        counts["decoded"] += 1
        decode(*arguments)  # type: ignore[arg-type]

    def hashed(data: bytes = b"") -> object:
        counts["hashed"] += data.startswith(b"\x89PNG")
        return sha256(data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(facts, "_load", decoded)
        patch.setattr(hashlib, "sha256", hashed)
        yield counts


@contextmanager
def without_trials(vendor_id: str) -> Iterator[None]:
    spec = vendor(vendor_id)
    register(replace(spec, trial_setting=""))
    try:
        yield
    finally:
        register(spec)


def context_of(studio: Studio) -> PageContext:
    return PageContext(studio, load(HOUSE / "assets"))


@pytest.mark.parametrize("way", [by_the_page, by_the_api])
async def test_each_picture_of_a_job_is_examined_once_and_hashed_once(tmp_path: Path, way: Way) -> None:
    request = fakes.tryon(tmp_path)
    never_comes = ScriptedVendors(queries=[fakes.finished()])  # no result pictures, which are hashed too
    async with open_house(tmp_path, never_comes) as studio:
        with counted() as counts:
            job = await way(context_of(studio), request)
            await ended(studio, job, ANN)
    assert counts == {"decoded": 1, "hashed": 1}


async def test_sending_again_examines_and_hashes_once_too(tmp_path: Path) -> None:
    never_comes = ScriptedVendors(queries=[fakes.finished()])
    async with open_house(tmp_path, never_comes) as studio:
        await by_sending_again(context_of(studio), fakes.tryon(tmp_path))


@pytest.mark.parametrize("way", [by_the_page, by_the_api])
async def test_a_picture_that_is_refused_is_on_the_record(
    tmp_path: Path, way: Way, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "tryon.jobs")
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture at all")
    garment = fakes.tryon(tmp_path).suits[0].garments[0]
    request = fakes.tryon(tmp_path, garment=type(garment)(FilePicture(broken), garment.type))
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        with pytest.raises(InvalidRequest):
            await way(context_of(studio), request)
    assert [record.message for record in caplog.records if record.message == "refused"] == ["refused"]


@contextmanager
def files_visited() -> Iterator[Callable[[], set[str]]]:
    """From a call of the function that it gives to the end: the files of the core with a function that runs.

    Threads have to be begun within, as a profiler is given to new ones only.
    """
    visited, core, counting = set[str](), HOUSE / "tryon_core", Event()

    def visit(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and counting.is_set():
            file = Path(frame.f_code.co_filename)
            if file.is_relative_to(core):
                visited.add(str(file.relative_to(core)))

    def begin() -> set[str]:
        counting.set()
        return visited

    threading.setprofile(visit)
    sys.setprofile(visit)
    try:
        yield begin
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


async def _rests(_engine: JobEngine, _job_id: str) -> None:
    """A run that leaves its job as it is: what a job does once it is begun is no part of the answer."""


@pytest.mark.parametrize("env", [{}, {**fakes.LIVE, "TRYON_DAILY_PICTURES": "100"}], ids=["sandbox", "live"])
async def test_from_the_click_to_its_answer_few_files_of_the_core_are_visited(
    tmp_path: Path, env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(JobEngine, "_run", _rests)
    with files_visited() as begin:
        async with open_house(tmp_path, ScriptedVendors(), **env) as studio:
            context, request = context_of(studio), fakes.tryon(tmp_path)
            visited = begin()
            await job_stream.found_or_sent(context, request, visitor=ANN)
            answered = frozenset(visited)
    threads = {"images/facts.py", "storage/ledger.py"}  # what works in threads was seen too
    assert threads < answered and len(answered) <= MOST_FILES, " ".join(sorted(answered))


async def test_a_trial_is_for_vendors_that_have_one(tmp_path: Path) -> None:
    request = replace(fakes.tryon(tmp_path), trial=True)
    with without_trials("aidge"):
        async with open_house(tmp_path, ScriptedVendors()) as studio:
            with pytest.raises(InvalidRequest, match="Trial"):
                await studio.submit_or_offer(request, visitor=ANN)


async def test_a_result_is_offered_where_nothing_new_could_be_hosted(tmp_path: Path) -> None:
    request, live = fakes.tryon(tmp_path), {**fakes.LIVE}
    async with open_house(tmp_path, ScriptedVendors(), **live) as studio:
        first = await submit(studio, request, visitor=ANN)
        await ended(studio, first, ANN)
    live.pop("TRYON_PUBLIC_URL")
    async with open_house(tmp_path, ScriptedVendors(), **live) as studio:
        again = await studio.submit_or_offer(request, visitor=ANN)
        assert again.offered and again.job_id == first.id
        with pytest.raises(NoPublicAddress):
            await studio.submit_or_offer(request, visitor=ANN, offer=False)
