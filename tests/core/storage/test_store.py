"""The ledger and the folders: what is written is what is read, and it survives."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core import fakes
from tryon_core import (
    Charged,
    FilePicture,
    JobNotFound,
    JobState,
    LibraryModel,
    LinkPicture,
    Problem,
    identity,
)
from tryon_core.account import Account
from tryon_core.disk import write_atomically
from tryon_core.events import Events
from tryon_core.jobs.admission import examine
from tryon_core.jobs.poll_plan_cache import durations
from tryon_core.poll_schedule.durations import percentiles
from tryon_core.requests.choices import GarmentType, Gender
from tryon_core.requests.request import DescribedModel, Garment, OwnPhotos, Request, Suit, TryOnRequest
from tryon_core.requests.request_parts import packed_request
from tryon_core.secret import Secret
from tryon_core.storage.job_inputs import INPUT
from tryon_core.storage.job_records import JobRecord
from tryon_core.storage.ledger import Ledger
from tryon_core.storage.store import Store, packed_problem
from tryon_core.vendors.registry import vendor

pytestmark = pytest.mark.anyio
LIVE, SANDBOX = Account("aidge", live=True), Account("aidge", live=False)


def record(number: int = 1, **changes: object) -> JobRecord:
    made = JobRecord(
        id=f"{number:040x}",
        owner=identity.owner_of("ann"),
        fingerprint=f"like {number}",
        generation=number,
        vendor="aidge",
        live=True,
        title="Hoodie on James",
        stem="hoodie-james",
        request={},
        state=JobState.SUBMITTING,
        expected=2,
        submitted_at=float(number),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def ledger(folder: Path) -> Ledger:
    made = Ledger(os.environ.get(fakes.DATABASE) or f"sqlite:///{folder / 'ledger.sqlite'}")
    made.open()
    return made


async def test_a_row_is_read_as_it_was_written(tmp_path: Path) -> None:
    full = record(
        finished_at=9.5,
        sending_since=2.0,
        task_id="t",
        request_ids=("a", "b"),
        pictures=({"number": 1, "name": "x.png"},),
        problem=packed_problem(Problem("what", "todo", Charged.YES, "801", "r", "top")),
        notes=("a note — with a dash",),
        charged=Charged.UNKNOWN,
    )
    book = ledger(tmp_path)
    assert book.add(full) and book.record(full.id) == full
    assert not book.add(full)
    book.close()


async def test_a_change_counts_the_revision_and_leaves_the_rest(tmp_path: Path) -> None:
    book = ledger(tmp_path)
    book.add(record())
    book.change(record().id, {"state": JobState.QUEUED, "task_id": "t", "problem": None})
    assert book.record(record().id) == record(state=JobState.QUEUED, task_id="t", revision=1)
    book.close()


async def test_only_one_may_claim_the_sending(tmp_path: Path) -> None:
    one, two = ledger(tmp_path), ledger(tmp_path)
    one.add(record())
    claims = await asyncio.gather(
        *(asyncio.to_thread(book.claim_sending, record().id, 1.0) for book in (one, two) * 4)
    )
    assert sorted(claims) == [False] * 7 + [True]
    one.close()
    two.close()


async def test_jobs_are_listed_newest_first_and_by_owner(tmp_path: Path) -> None:
    book = ledger(tmp_path)
    for number in (1, 3, 2):
        book.add(record(number))
    book.add(record(4, owner="somebody"))
    assert [row.generation for row in book.of_owner(identity.owner_of("ann"))] == [3, 2, 1]
    assert [row.generation for row in book.in_states([JobState.SUBMITTING], since=3.0)] == [4, 3]
    book.close()


async def test_equal_jobs_are_found_youngest_first_and_only_one_of_them_runs(tmp_path: Path) -> None:
    book = ledger(tmp_path)
    equal = {"fingerprint": "like", "owner": "somebody"}
    for number in (1, 3, 2):
        assert book.add(record(number, **equal, state=JobState.SUCCEEDED))
    assert book.add(record(4, **equal)) and not book.add(record(5, **equal))
    assert [row.generation for row in book.with_fingerprint("like")] == [4, 3, 2, 1]
    assert book.with_fingerprint("unlike") == ()
    book.close()


async def test_only_comparable_finished_jobs_count_for_the_usual_time(tmp_path: Path) -> None:
    book = ledger(tmp_path)
    done = {"state": JobState.SUCCEEDED, "finished_at": 100.0}
    rows = [
        done,
        {**done, "live": False},
        {**done, "expected": 1},
        {**done, "runs": 1},
        {**done, "vendor": "ailab"},
        {},
    ]
    for number, changes in enumerate(rows):
        book.add(record(number, **changes))
    assert durations(book, "aidge", True, 2) == [100.0]
    book.close()


@given(st.lists(st.floats(0, 1e4), max_size=30))
def test_the_spread_lies_within_what_was_seen(seconds: list[float]) -> None:
    found = percentiles(seconds)
    assert (found is None) == (len(seconds) < 3)
    if found is not None:
        assert min(seconds) - 1e-6 <= found[0] <= found[1] <= max(seconds) + 1e-6


async def test_a_change_rings_the_bell_that_was_taken_before(tmp_path: Path) -> None:
    events = Events()
    store = Store(tmp_path, Ledger(f"sqlite:///{tmp_path / 'l.sqlite'}"), events)
    await store.open()
    store.ledger.add(record())
    mine, other = events.signal(record().id), events.signal("other")
    await store.change(record().id, task_id="t")
    await asyncio.wait_for(mine.rung(60.0), 5.0)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(other.rung(60.0), 0.02)
    await other.rung(0.01)
    with pytest.raises(JobNotFound):
        await store.record("nothing")
    await store.close()


async def test_a_request_survives_a_move_of_the_data_folder(tmp_path: Path) -> None:
    request = fakes.tryon(tmp_path)
    row = record(request=packed_request(request))
    for folder in (tmp_path / "one", tmp_path / "two"):
        moved = Store(folder, Ledger(f"sqlite:///{tmp_path}/l.sqlite"), Events()).inputs.request(row)
        assert isinstance(moved, TryOnRequest)
        picture = moved.suits[0].garments[0].picture
        assert picture == FilePicture(folder / "jobs" / row.id / INPUT / "hoodie.png")
        assert replace(moved, suits=request.suits) == request


def test_a_file_is_wholly_there_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "a.png"
    write_atomically(target, b"first")
    write_atomically(target, b"second")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError):
        write_atomically(tmp_path / "folder", b"third")
    assert target.read_bytes() == b"second" and [p.name for p in target.parent.iterdir()] == ["a.png"]
    assert not list(tmp_path.glob(".*.part"))


def fingerprint(owner: str, request: Request, account: Account) -> str:
    hashes = {name: one.sha256 for name, one in examine(request, vendor(account.vendor)).items()}
    return identity.fingerprint_of(owner, request, account, hashes)


def test_the_fingerprint_is_of_visitor_content_and_mode(tmp_path: Path) -> None:
    request = fakes.tryon(tmp_path)
    copied = fakes.file(tmp_path, "copy.png", (tmp_path / "hoodie.png").read_bytes())
    same = replace(request, suits=(Suit((Garment(copied, GarmentType.TOPS),)),))
    assert fingerprint("ann", request, LIVE) == fingerprint("ann", same, LIVE)
    others = [
        fingerprint("ben", request, LIVE),
        fingerprint("ann", request, SANDBOX),
        fingerprint("ann", replace(request, count=3), LIVE),
        fingerprint("ann", replace(request, model=LibraryModel("Ariel")), LIVE),
    ]
    assert len({fingerprint("ann", request, LIVE), *others}) == 5


def test_job_ids_differ_by_generation_and_secret() -> None:
    ids = {identity.job_id_of("x", n, Secret(s)) for n in (1, 2) for s in ("a", "b")}
    assert len(ids) == 4 and all(len(job_id) == 40 for job_id in ids)


GARMENT = Garment(LinkPicture("https://shop.test/a/Red%20Shirt.jpg?x=1"))
TROUSERS = Garment(FilePicture(Path("/tmp/Blue_Jeans.PNG")))


@pytest.mark.parametrize(
    ("request_", "title", "stem"),
    [
        (TryOnRequest((Suit((GARMENT,)),), LibraryModel("James")), "Red shirt on James", "red-shirt-james"),
        (
            TryOnRequest((Suit((GARMENT,)), Suit((TROUSERS,))), DescribedModel(Gender.MALE)),
            "Red shirt and blue jeans on man",
            "red-shirt-man",
        ),
        (
            TryOnRequest((Suit((GARMENT,)),) * 3, OwnPhotos((TROUSERS.picture,))),
            "Red shirt and 2 more on own model",
            "red-shirt-own-model",
        ),
    ],
)
def test_jobs_and_pictures_have_names_that_say_what_they_are(
    request_: TryOnRequest, title: str, stem: str
) -> None:
    assert (identity.title_of(request_), identity.stem_of(request_)) == (title, stem)


@given(st.text())
def test_a_slug_is_always_a_safe_file_name(text: str) -> None:
    made = identity.slug(text)
    assert made and len(made) <= 40 and not set(made) & set("/\\. \0") and identity.slug(made) == made


def test_a_connection_that_a_thread_still_holds_at_the_end_is_closed_when_it_comes_back(
    tmp_path: Path,
) -> None:
    book = ledger(tmp_path)
    held = book.engine.connect()
    driver = held.connection.driver_connection
    book.close()
    held.close()
    assert driver is not None
    with pytest.raises(Exception, match="closed"):
        driver.cursor()


def test_a_ledger_that_is_opened_again_keeps_its_connections(tmp_path: Path) -> None:
    book = ledger(tmp_path)
    book.close()
    book.open()
    with book.engine.connect() as held:
        driver = held.connection.driver_connection
    with book.engine.connect() as again:
        assert again.connection.driver_connection is driver
    book.close()
