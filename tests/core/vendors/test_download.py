"""One picture from its link: resumed where that is safe, begun again where it is not, never half."""

from __future__ import annotations

import errno
import gzip
import hashlib
import os
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from tests.core import fakes
from tests.core.fakes import ScriptedVendors, finished
from tests.core.jobs.test_job import bench
from tryon_core import JobState
from tryon_core.disk import PART, write_atomically
from tryon_core.errors import DiskFull
from tryon_core.jobs.polling import poll
from tryon_core.jobs.preparing import prepare
from tryon_core.jobs.saving import save
from tryon_core.jobs.submitting import submit
from tryon_core.storage.ledger import Ledger
from tryon_core.storage.store import PICTURES, Store
from tryon_core.vendors.download import LinkGone, NotDownloaded, PartialDownload, download

pytestmark = pytest.mark.anyio
PICTURE = fakes.picture()
OTHER = fakes.picture(seed=5)
LINK = "http://results.invalid/a.png?Signature=one"
CUT = 5000


class Broken(httpx.AsyncByteStream):
    """A body that ends too early, as a lost connection does."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self.data
        raise httpx.RemoteProtocolError("peer closed connection")


@dataclass
class Host:
    """A result host that breaks off the first answers and knows ranges, if it is told to."""

    breaks: int = 1
    marks: dict[str, str] = field(default_factory=lambda: {"etag": '"v1"'})
    ranges: bool = True
    picture: bytes = PICTURE
    asked: list[str] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.headers.get("range", "all"))
        start = self._start(request)
        status, headers = 200, dict(self.marks)
        if start:
            status = 206
            headers["content-range"] = f"bytes {start}-{len(self.picture) - 1}/{len(self.picture)}"
        rest = self.picture[start:]
        headers["content-length"] = str(len(rest))
        if self.breaks == 0:
            return httpx.Response(status, headers=headers, content=rest)
        self.breaks -= 1
        return httpx.Response(status, headers=headers, stream=Broken(rest[:CUT]))

    def _start(self, request: httpx.Request) -> int:
        told = request.headers.get("range", "")
        if not self.ranges or not told or request.headers["if-range"] not in self.marks.values():
            return 0
        return int(told.removeprefix("bytes=").rstrip("-"))


Serve = Callable[[httpx.Request], httpx.Response]


async def tried(serve: Serve, begun: PartialDownload, times: int = 1) -> bytes:
    """What the last of some tries brings; the others must fail."""
    async with httpx.AsyncClient(transport=httpx.MockTransport(serve)) as client:
        for _ in range(times - 1):
            with pytest.raises(NotDownloaded):
                await download(client, LINK, begun)
        data, _ = await download(client, LINK, begun)
    return data


@pytest.mark.parametrize("marks", [{"etag": '"v1"'}, {"last-modified": "Wed, 15 Nov 2023 22:13:20 GMT"}])
async def test_a_download_that_broke_off_is_gone_on_with(marks: dict[str, str]) -> None:
    host = Host(breaks=2, marks=marks)
    assert await tried(host, PartialDownload(), times=3) == PICTURE
    assert host.asked == ["all", f"bytes={CUT}-", f"bytes={2 * CUT}-"]


@pytest.mark.parametrize(
    "host", [Host(marks={}), Host(marks={"etag": 'W/"weak"'}), Host(ranges=False)], ids=str
)
async def test_without_a_mark_or_ranges_it_begins_again(host: Host) -> None:
    assert await tried(host, PartialDownload(), times=2) == PICTURE
    assert len(host.asked) == 2


async def test_a_picture_that_changed_in_between_is_not_glued_to_the_old_beginning() -> None:
    host, begun = Host(), PartialDownload()
    with pytest.raises(NotDownloaded):
        await tried(host, begun)
    host.picture, host.marks = OTHER, {"etag": '"v2"'}
    assert await tried(host, begun) == OTHER


@pytest.mark.parametrize(
    "lie",
    [
        httpx.Response(206, content=PICTURE[CUT:]),
        httpx.Response(206, content=PICTURE[7:], headers={"content-range": "bytes 7-99/100"}),
        httpx.Response(206, content=b"", headers={"content-range": "nonsense"}),
        httpx.Response(416),
        httpx.Response(204),
    ],
)
async def test_a_rest_that_does_not_fit_makes_it_begin_again(lie: httpx.Response) -> None:
    host, begun = Host(), PartialDownload()
    with pytest.raises(NotDownloaded):
        await tried(host, begun)
    with pytest.raises(NotDownloaded):
        await tried(lambda _: lie, begun)
    assert await tried(host, begun) == PICTURE and host.asked == ["all", "all"]


@pytest.mark.parametrize("status", [401, 403, 404, 410])
async def test_a_link_past_its_time_is_told_apart(status: int) -> None:
    with pytest.raises(LinkGone):
        await tried(lambda _: httpx.Response(status), PartialDownload())


async def test_a_beginning_survives_a_fresh_link_and_a_busy_host() -> None:
    host, begun = Host(), PartialDownload()
    for serve in (host, lambda _: httpx.Response(503), lambda _: httpx.Response(403)):
        with pytest.raises(NotDownloaded):
            await tried(serve, begun)
    assert await tried(host, begun) == PICTURE and host.asked[-1] == f"bytes={CUT}-"


async def test_a_packed_answer_is_read_but_never_gone_on_with() -> None:
    headers = {"content-encoding": "gzip", "etag": '"v1"', "content-length": "17"}
    begun = PartialDownload()
    answer = httpx.Response(200, content=gzip.compress(PICTURE), headers={**headers})
    assert await tried(lambda _: answer, begun) == PICTURE and begun.mark == ""


async def test_a_job_resumes_its_download_by_a_fresh_link(tmp_path: Path) -> None:
    host = Host(breaks=1)
    vendors = ScriptedVendors(queries=[finished("a.png")], serve=host)
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path, count=1)) as at:
        job = await at.live()
        assert at.context.partial_downloads == {}
    assert job.state is JobState.SUCCEEDED and host.asked == ["all", f"bytes={CUT}-"]
    assert job.pictures[0].sha256 == hashlib.sha256(PICTURE).hexdigest()


class FullDisk:
    """`os.fsync` of a disk that has no room for the next writes."""

    def __init__(self, times: int) -> None:
        self.left = times
        self._true = os.fsync

    def __call__(self, handle: int) -> None:
        if self.left:
            self.left -= 1
            raise OSError(errno.ENOSPC, "No space left on device")
        self._true(handle)


def test_a_full_disk_leaves_nothing_behind_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", FullDisk(1))
    with pytest.raises(DiskFull) as full:
        write_atomically(tmp_path / "a.png", PICTURE)
    assert list(tmp_path.iterdir()) == [] and "full" in full.value.problem.what


def test_another_fault_of_the_disk_is_not_taken_for_a_full_one(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        (tmp_path / "file").write_bytes(b"")
        write_atomically(tmp_path / "file" / "a.png", PICTURE)


async def test_a_picture_that_found_no_room_is_saved_later_without_a_second_download(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = Host(breaks=0)
    vendors = ScriptedVendors(queries=[finished("a.png")], serve=host)
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path, count=1)) as at:
        for step in (prepare, submit):
            await step(at.context, at.job_id)
        monkeypatch.setattr(os, "fsync", FullDisk(4))
        for step in (poll, save):
            await step(at.context, at.job_id)
        job = await at.job()
    assert job.state is JobState.SUCCEEDED and host.asked == ["all"]


async def test_a_disk_that_stays_full_leaves_the_job_open_to_ask_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vendors = ScriptedVendors(queries=[finished("a.png")])
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path, count=1)) as at:
        for step in (prepare, submit):
            await step(at.context, at.job_id)
        monkeypatch.setattr(os, "fsync", FullDisk(10_000))
        for step in (poll, save):
            await step(at.context, at.job_id)
        job = await at.job()
        pictures = at.context.store.folder(at.job_id, PICTURES)
        assert list(pictures.iterdir()) == []
    assert job.state is JobState.OVERDUE and job.task_id == "task-1"
    assert job.problem is not None and "disk" in job.problem.what


async def test_a_disk_that_is_full_before_the_sending_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vendors = ScriptedVendors()
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path, count=1)) as at:
        full_ledger(monkeypatch, "claim_sending", 1)
        job = await at.live()
    assert job.state is JobState.FAILED and vendors.sent == []
    assert job.problem is not None and "disk" in job.problem.what


async def test_a_full_disk_does_not_make_sure_of_a_submit_that_may_have_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vendors = ScriptedVendors()
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path, count=1)) as at:
        await prepare(at.context, at.job_id)
        await at.context.store.claim_sending(at.job_id, at.clock.now())
        full_ledger(monkeypatch, "claim_sending", 1)
        job = await at.live()
    assert job.state is JobState.UNCERTAIN and vendors.sent == []


async def test_a_task_id_that_finds_no_room_is_written_once_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vendors = ScriptedVendors()
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path)) as at:
        await prepare(at.context, at.job_id)
        full_ledger(monkeypatch, "change", 30)
        job = await at.live()
    assert job.state is JobState.SUCCEEDED and job.task_id == "task-1" and len(vendors.sent) == 1


def full_ledger(monkeypatch: pytest.MonkeyPatch, name: str, times: int) -> None:
    """The ledger's database has no room for some writes: its pages are limited to those it has."""
    true = getattr(Ledger, name)
    left = [times]

    def limited(ledger: Ledger, *arguments: object) -> object:
        if left[0]:
            left[0] -= 1
            with ledger._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA max_page_count=1")
                connection.exec_driver_sql("CREATE TABLE too_much AS SELECT hex(randomblob(1000000))")
        return true(ledger, *arguments)

    monkeypatch.setattr(Ledger, name, limited)


async def test_a_drafts_rest_of_a_killed_process_is_cleared_away(tmp_path: Path) -> None:
    vendors = ScriptedVendors(queries=[finished("a.png")])
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path, count=1)) as at:
        store: Store = at.context.store
        folder = store.folder(at.job_id, PICTURES)
        folder.mkdir(parents=True)
        (folder / f".old{PART}").write_bytes(PICTURE[:CUT])
        job = await at.live()
        assert [path.name for path in folder.iterdir()] == [job.pictures[0].name]
