"""Links that visitors type: looked at before they are handed on as they are, and kept nowhere."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.core import fakes
from tests.core.fakes import JumpingClock, ScriptedVendors
from tests.core.jobs.test_job import Bench, bench
from tests.core.submitting import earlier, submit
from tests.core.test_studio import ANN, ended, everything_stored
from tryon_core import (
    Charged,
    FilePicture,
    Garment,
    InvalidRequest,
    Job,
    JobState,
    LibraryModel,
    LinkPicture,
    OwnPhotos,
    PersonGender,
    RefineRequest,
    Studio,
    Suit,
    TryOnRequest,
    pictures_of,
)
from tryon_core.hosting.typed_links import MAX_JOBS, TypedLinks
from tryon_core.jobs import submitting
from tryon_core.jobs.preparing import prepare
from tryon_core.requests.request import KeptLink
from tryon_core.requests.request_parts import from_json, links_of, to_json, without_addresses
from tryon_core.storage.job_inputs import INPUT
from tryon_core.storage.ledger import Ledger

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
SIGNED = "https://shop.test/some/where/Red%20Hoodie.png?X-Amz-Signature=SENTINEL&Expires=9"
NOWHERE = {"TRYON_PUBLIC_URL": ""}


def typed(url: str = SIGNED) -> TryOnRequest:
    return TryOnRequest((Suit((Garment(LinkPicture(url)),)),), LibraryModel("James"), count=2)


def serving(data: bytes, **headers: str) -> Callable[[httpx.Request], httpx.Response]:
    """Every link leads to these bytes, and results to pictures."""

    def serve(request: httpx.Request) -> httpx.Response:
        if request.url.host == "shop.test":
            return httpx.Response(200, content=data, headers=headers)
        return fakes.serve_any(request)

    return serve


def house(folder: Path, vendors: ScriptedVendors, **env: str) -> Studio:
    chosen = fakes.settings(folder, **{**fakes.LIVE, **env})
    return Studio(chosen, vendors, clock=JumpingClock(), reread_s=0.2, web=fakes.web(vendors.serve))


async def told(folder: Path, vendors: ScriptedVendors, request: TryOnRequest, **env: str) -> Job:
    async with bench(folder, vendors, request, **env) as at:
        return await at.live()


def links_sent(vendors: ScriptedVendors) -> list[str]:
    return [p.url for sent in vendors.sent for _, p in pictures_of(sent) if isinstance(p, LinkPicture)]


async def test_a_link_whose_picture_complies_goes_on_as_it_was_typed(tmp_path: Path) -> None:
    vendors = ScriptedVendors(serve=serving(fakes.picture()))
    job = await told(tmp_path, vendors, typed(), **NOWHERE)
    assert job.state is JobState.SUCCEEDED and links_sent(vendors) == [SIGNED]
    assert (job.title, job.notes) == ("Red hoodie on James", ())
    ((_, shown),) = pictures_of(job.request)
    assert isinstance(shown, FilePicture) and shown.path.read_bytes() == fakes.picture()


@pytest.mark.parametrize(
    ("data", "found", "limit"),
    [
        (fakes.picture(149, 400), "149 × 400 pixels", "at least 150 pixels"),
        (b"<html><title>Hoodie</title></html>", "", "a picture"),
        (b"", "", "a picture"),
        (fakes.picture()[:900], "", "picture"),
    ],
)
async def test_a_link_to_what_aidge_does_not_take_is_refused_before_anything_is_spent(
    tmp_path: Path, data: bytes, found: str, limit: str
) -> None:
    vendors = ScriptedVendors(serve=serving(data))
    job = await told(tmp_path, vendors, typed())
    assert (job.state, job.charged, vendors.sent) == (JobState.FAILED, Charged.NO, [])
    assert job.problem is not None and job.problem.field == "garment"
    assert found in job.problem.what and limit in job.problem.todo


@pytest.mark.parametrize("status", [401, 403, 404, 500])
async def test_a_link_that_leads_nowhere_is_named_without_being_repeated(tmp_path: Path, status: int) -> None:
    vendors = ScriptedVendors(serve=lambda _request: httpx.Response(status))
    job = await told(tmp_path, vendors, typed())
    assert job.state is JobState.FAILED and vendors.sent == [] and job.problem is not None
    assert job.problem.what.startswith("Garment: ") and f"answered {status}" in job.problem.what
    assert "shop.test" not in job.problem.what + job.problem.todo


async def test_what_has_to_be_mended_is_hosted_from_here_and_told(tmp_path: Path) -> None:
    vendors = ScriptedVendors(serve=serving(fakes.picture(3100, 170)))
    job = await told(tmp_path, vendors, typed())
    assert job.state is JobState.SUCCEEDED and "shrunk" in job.notes[0]
    assert [url.startswith("https://studio.test/") for url in links_sent(vendors)] == [True]


async def test_what_has_to_be_mended_with_nowhere_to_host_it_is_refused_in_words(tmp_path: Path) -> None:
    vendors = ScriptedVendors(serve=serving(fakes.picture(3100, 170)))
    job = await told(tmp_path, vendors, typed(), **NOWHERE)
    assert job.state is JobState.FAILED and vendors.sent == [] and job.problem is not None
    assert "has to be mended" in job.problem.what and "TRYON_BUCKET_URL" in job.problem.todo


async def test_links_and_uploads_go_together_each_in_its_own_way(tmp_path: Path) -> None:
    vendors = ScriptedVendors(serve=serving(fakes.picture()))
    photo = fakes.file(tmp_path, "me.png", fakes.picture(seed=3))
    both = TryOnRequest((Suit((Garment(LinkPicture(SIGNED)),)),), OwnPhotos((photo, LinkPicture(SIGNED))))
    await told(tmp_path, vendors, both)
    first, second, third = links_sent(vendors)
    assert (first, third) == (SIGNED, SIGNED) and second.startswith("https://studio.test/")


FORMS = [
    SIGNED,
    "https://shop.test?SENTINEL",
    "https://shop.test/?k=SENTINEL",
    "https://shop.test#SENTINEL",
    "https://shop.test/get;SENTINEL?a=SENTINEL#SENTINEL",
    "https://shop.test/SENTINEL/a.png",
    "https://shop.test/a.png;jsessionid=SENTINEL",
    "https://shop.test/SENTINEL",
    "https://SENTINEL:SENTINEL@shop.test/a.png",
    "https://SENTINEL@shop.test",
]


async def test_nothing_of_an_address_but_host_and_file_name_is_kept_or_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for library in ("httpx", "httpcore"):  # as the app sets them
        caplog.set_level(logging.WARNING, logger=library)
    for data in (fakes.picture(), b"no picture"):
        studio = house(tmp_path, ScriptedVendors(serve=serving(data)))
        await studio.start()
        for url in FORMS:
            job = await ended(studio, await submit(studio, typed(url), visitor=ANN))
            assert "SENTINEL" not in repr(job), url
        await studio.stop()
    assert b"SENTINEL" not in everything_stored(tmp_path) and "SENTINEL" not in caplog.text
    assert b"shop.test" in everything_stored(tmp_path)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://shop.test/?SENTINEL",
        "SENTINEL",
        "https://",
        "http://[SENTINEL",
        "https:///a?SENTINEL",
        "http:SENTINEL",
    ],
)
def test_what_is_no_link_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        LinkPicture(url)
    assert "SENTINEL" not in str(refused.value) and refused.value.field == "picture link"


@pytest.mark.parametrize(
    ("url", "host", "name"),
    [
        ("https://shop.test/a/b.jpg?x=1", "shop.test", "b.jpg"),
        ("https://SHOP.test:8443/a%20b.webp", "shop.test", "a b.webp"),
        ("https://shop.test/a%2Fb.jpg", "shop.test", "b.jpg"),
        ("https://shop.test/abcdef0123", "shop.test", ""),
        ("https://shop.test/.hidden", "shop.test", ""),
        ("https://shop.test", "shop.test", ""),
    ],
)
def test_host_and_file_name_are_what_is_kept_of_a_link(url: str, host: str, name: str) -> None:
    kept = without_addresses(typed(url))
    assert [p for _, p in pictures_of(kept)] == [KeptLink(host, name)]
    assert from_json(json.loads(json.dumps(to_json(kept)))) == kept


async def killed_and_started(at: Bench) -> None:
    """The next process knows of the job what the disk knows."""
    at.context.links.forget(at.job_id)


async def test_killed_after_the_fetch_the_copy_is_hosted_instead(tmp_path: Path) -> None:
    vendors = ScriptedVendors(serve=serving(fakes.picture()))
    async with bench(tmp_path, vendors, typed()) as at:
        await prepare(at.context, at.job_id)
        await killed_and_started(at)
        await submitting.submit(at.context, at.job_id)
        copy = at.context.store.folder(at.job_id, INPUT) / "garment-1-1.png"
    assert copy.read_bytes() == fakes.picture()
    assert [url.startswith("https://studio.test/") for url in links_sent(vendors)] == [True]


async def test_killed_before_the_fetch_the_job_asks_for_the_link_again(tmp_path: Path) -> None:
    vendors = ScriptedVendors(serve=serving(fakes.picture()))
    async with bench(tmp_path, vendors, typed()) as at:
        await killed_and_started(at)
        await prepare(at.context, at.job_id)
        job = await at.job()
    assert (job.state, job.charged, vendors.sent) == (JobState.FAILED, Charged.NO, [])
    assert job.problem is not None and "Give the link again. Nothing was sent." in job.problem.todo


async def test_the_links_picture_is_fetched_once_however_often_it_is_prepared(tmp_path: Path) -> None:
    asked: list[str] = []

    def serve(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return httpx.Response(200, content=fakes.picture())

    async with bench(tmp_path, ScriptedVendors(serve=serve), typed()) as at:
        await prepare(at.context, at.job_id)
        await prepare(at.context, at.job_id)
    assert asked == ["shop.test"]


async def test_sent_again_a_job_goes_by_its_link_and_after_a_restart_by_its_copy(tmp_path: Path) -> None:
    vendors = ScriptedVendors(serve=serving(fakes.picture()))
    for restarted in (False, True):
        studio = house(tmp_path, vendors)
        await studio.start()
        if not restarted:
            first = await ended(studio, await submit(studio, typed(), visitor=ANN))
            same = await earlier(studio, typed(), visitor=ANN)
            assert same is not None and same.id == first.id
        await ended(studio, await studio.send_again(first.id, visitor=ANN))
        await studio.stop()
    assert links_sent(vendors)[:2] == [SIGNED, SIGNED]
    assert links_sent(vendors)[2].startswith("https://studio.test/")


async def test_sent_again_without_link_and_copy_the_link_is_asked_for(tmp_path: Path) -> None:
    vendors = ScriptedVendors(serve=lambda _request: httpx.Response(404))
    studio = house(tmp_path, vendors)
    await studio.start()
    job = await ended(studio, await submit(studio, typed(), visitor=ANN))
    await studio.stop()
    studio = house(tmp_path, vendors)
    await studio.start()
    with pytest.raises(InvalidRequest, match=r"^Garment: found a link to shop.test .* the link once more"):
        await studio.send_again(job.id, visitor=ANN)
    await studio.stop()


async def test_rows_of_earlier_versions_hold_whole_addresses_and_still_work(tmp_path: Path) -> None:
    vendors = ScriptedVendors(serve=serving(fakes.picture()))
    async with bench(tmp_path, vendors, typed()) as at:
        await killed_and_started(at)
        old = {"request": to_json(typed())}
        at.context.store.ledger.change(at.job_id, old)  # type: ignore[arg-type]
        job = await at.live()
    assert job.state is JobState.SUCCEEDED and links_sent(vendors) == [SIGNED]


async def test_addresses_in_rows_of_earlier_versions_go_with_the_next_start(tmp_path: Path) -> None:
    vendors = ScriptedVendors(serve=serving(fakes.picture()))
    jobs: list[Job] = []
    for _ in range(2):
        studio = house(tmp_path, vendors)
        await studio.start()
        if not jobs:
            jobs.append(await ended(studio, await submit(studio, typed(), visitor=ANN)))
            old = {"request": to_json(typed())}
            studio._container.store.ledger.change(jobs[0].id, old)  # type: ignore[arg-type]
            assert b"SENTINEL" in rows(tmp_path)
        else:
            jobs.append(await studio.job(jobs[0].id, visitor=ANN))
        await studio.stop()
    assert jobs[0].request == jobs[1].request and b"SENTINEL" not in rows(tmp_path)


def rows(folder: Path) -> bytes:
    """Every request in the ledger; SQLite's free pages are not looked at here."""
    ledger = Ledger(fakes.settings(folder).database)
    found = json.dumps([record.request for record in ledger.all()]).encode()
    ledger.close()
    return found


async def test_a_photo_for_the_refiner_may_be_a_link_too(tmp_path: Path) -> None:
    vendors = ScriptedVendors(serve=serving(fakes.picture()))
    person = fakes.file(tmp_path, "person.png")
    async with bench(
        tmp_path, vendors, RefineRequest(person, LinkPicture(SIGNED), person, PersonGender.WOMAN)
    ) as at:
        await at.live()
        kept = json.dumps((await at.context.store.record(at.job_id)).request)
    sent = vendors.sent[0]
    assert isinstance(sent, RefineRequest) and isinstance(sent.top, FilePicture)
    assert sent.top.path.read_bytes() == fakes.picture() and "SENTINEL" not in kept


def test_the_links_of_the_newest_jobs_are_held_and_forgotten_with_their_job() -> None:
    links = TypedLinks()
    for number in range(MAX_JOBS + 1):
        links.remember(str(number), links_of(typed()))
    links.forget("5")
    assert [bool(links.of(job)) for job in ("0", "1", "5", str(MAX_JOBS))] == [False, True, False, True]
    assert "SENTINEL" not in repr(links.of("1"))
