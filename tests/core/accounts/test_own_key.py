"""A visitor's own key: in memory, for a visit and its jobs; a job that outlives it waits for it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import anyio
import httpx
import pytest

from tests.core import fakes
from tests.core.collections.making import rail
from tests.core.fakes import JumpingClock, ScriptedVendors
from tests.core.jobs.replica import QuickClock
from tests.core.submitting import submit
from tests.core.test_studio import ANN, BEN, PATIENCE_S, ended, open_house
from tests.core.wires import VENDORS
from tryon_core import (
    InvalidRequest,
    Job,
    JobState,
    Key,
    KeySource,
    Mode,
    Secret,
    Studio,
    VendorRefused,
    vendor,
)
from tryon_core.account import Account
from tryon_core.accounts.keys import VISIT_S, KeyAway, KeyPolicy, Keyring, OwnKeyNeeded
from tryon_core.configuration.settings import Settings
from tryon_core.identity import owner_of
from tryon_core.vendors.http_clients import HttpVendorClients

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
KEY = Key("aidge", {"app_key": Secret("anns-key"), "app_secret": Secret("anns-secret")})
OTHER = Key("aidge", {"app_key": Secret("anns-key"), "app_secret": Secret("another-secret")})


def ring() -> tuple[Keyring, JumpingClock]:
    clock = JumpingClock()
    return Keyring(Secret("a-secret"), clock), clock


def test_a_key_is_its_visitors_alone() -> None:
    keyring, _ = ring()
    account = keyring.give("ann", KEY)
    assert account.live and keyring.account("ann", "aidge") == account
    assert keyring.account("ben", "aidge") is None and keyring.account("ann", "ailab") is None
    assert keyring.key(account) == KEY and not keyring.has("ben", account)


def test_the_mark_tells_keys_apart_and_nothing_of_them() -> None:
    keyring, _ = ring()
    marks = [
        keyring.give("ann", key).mark
        for key in (KEY, OTHER, Key("ailab", {"api_key": Secret("anns-key")}), KEY)
    ]
    assert len(set(marks)) == 3 and marks[0] == marks[3]
    assert Keyring(Secret("another"), JumpingClock()).give("ann", KEY).mark not in marks
    assert "anns" not in repr((KEY, keyring.account("ann", "aidge"), marks))


def test_a_key_is_forgotten_at_once_when_it_is_taken_back() -> None:
    keyring, _ = ring()
    account = keyring.give("ann", KEY)
    keyring.take_back("ann", "aidge")
    keyring.take_back("ann", "aidge")
    with pytest.raises(KeyAway):
        keyring.key(account)


def test_a_key_that_nobody_needs_is_forgotten_after_the_visit() -> None:
    keyring, clock = ring()
    account = keyring.give("ann", KEY)
    for _ in range(3):
        clock.time += VISIT_S - 1
        assert keyring.has("ann", account)
    clock.time += VISIT_S
    assert not keyring.has("ann", account)


@pytest.mark.parametrize(
    ("key", "field"),
    [
        (Key("aidge", {"app_key": Secret(""), "app_secret": Secret("s")}), "access key name"),
        (Key("aidge", {"app_key": Secret("k"), "app_secret": Secret("")}), "access key secret"),
        (Key("ailab", {"api_key": Secret("ab\ncd")}), "API key"),
        (Key("ailab", {"api_key": Secret("kéy")}), "API key"),
        (Key("ailab", {"api_key": Secret("x" * 201)}), "API key"),
        (Key("ailab", {"api_key": Secret("two words")}), "API key"),
    ],
)
def test_what_cannot_be_a_key_is_refused_by_name_and_not_repeated(key: Key, field: str) -> None:
    keyring, _ = ring()
    with pytest.raises(InvalidRequest) as refused:
        keyring.give("ann", key)
    assert refused.value.field == field
    assert not any(text in str(refused.value) for text in ("ab\ncd", "kéy", "xxxx", "two words"))
    assert keyring.account("ann", key.vendor) is None


async def test_a_job_goes_out_with_its_visitors_own_key(tmp_path: Path) -> None:
    vendors = ScriptedVendors()
    async with open_house(tmp_path, vendors, TRYON_PUBLIC_URL="https://studio.test") as studio:
        studio.use_key(KEY, visitor=ANN)
        modes = [studio.key_source("aidge", visitor=who).mode for who in (ANN, BEN)]
        anns = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
        bens = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=BEN), BEN)
    own, sandbox = vendors.accounts
    assert modes == [Mode.LIVE, Mode.SANDBOX] and own.mark and sandbox == Account("aidge", live=False)
    assert (anns.live, bens.live) == (True, False)


async def test_who_brought_a_wrong_key_is_told_to_enter_it_again_and_of_no_setting(tmp_path: Path) -> None:
    codes = vendor("aidge").codes
    vendors = ScriptedVendors(submits=[VendorRefused(codes.explain("IncompleteSignature"))])
    async with open_house(tmp_path, vendors, TRYON_PUBLIC_URL="https://studio.test") as studio:
        studio.use_key(KEY, visitor=ANN)
        job = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
    assert job.problem is not None
    assert str(job.problem.todo) == "Enter your Aidge key once more, as the Aidge console shows it."


async def test_a_job_waits_for_its_key_and_goes_on_when_it_is_given_again(tmp_path: Path) -> None:
    vendors = ScriptedVendors(hold=asyncio.Event())
    where = {"TRYON_PUBLIC_URL": "https://studio.test"}
    async with open_house(tmp_path, vendors, QuickClock(), **where) as studio:
        studio.use_key(KEY, visitor=ANN)
        job = await submit(studio, fakes.tryon(tmp_path), visitor=ANN)
        await vendors.was_asked.wait()
    vendors.hold = None
    asked = len(vendors.asked)
    async with open_house(tmp_path, vendors, QuickClock(), **where) as studio:
        waiting = await seen_waiting(studio, job.id)
        studio.use_key(OTHER, visitor=ANN)
        still = await studio.job(job.id, visitor=ANN)
        before = len(vendors.asked)
        studio.use_key(KEY, visitor=ANN)
        last = await ended(studio, still)
    assert waiting.waits_for_key and still.waits_for_key and before == asked
    assert last.state is JobState.SUCCEEDED and not last.waits_for_key and len(vendors.sent) == 1


async def test_a_collection_that_is_watched_says_that_its_jobs_wait_for_their_key(tmp_path: Path) -> None:
    vendors = ScriptedVendors(hold=asyncio.Event())
    async with open_house(tmp_path, vendors, QuickClock(), TRYON_PUBLIC_URL="https://studio.test") as studio:
        studio.use_key(KEY, visitor=ANN)
        made = await studio.collections.create(rail(tmp_path, 1, 1), visitor=ANN)
        await vendors.was_asked.wait()
        dropped = False
        async with asyncio.timeout(PATIENCE_S):
            async for told in studio.collections.watch(made.id, visitor=ANN):
                (job,) = (cell.job for cell in told.cells)
                if dropped and job and job.waits_for_key:
                    break
                if job and job.state is not JobState.SUBMITTING and not dropped:
                    assert not job.waits_for_key
                    studio.drop_key("aidge", visitor=ANN)
                    dropped = True


async def test_a_key_that_never_comes_back_ends_the_job_honestly(tmp_path: Path) -> None:
    vendors = ScriptedVendors(hold=asyncio.Event())
    where = {"TRYON_PUBLIC_URL": "https://studio.test"}
    async with open_house(tmp_path, vendors, QuickClock(), **where) as studio:
        studio.use_key(KEY, visitor=ANN)
        job = await submit(studio, fakes.tryon(tmp_path), visitor=ANN)
        await vendors.was_asked.wait()
    async with open_house(tmp_path, vendors, **where) as studio:
        last = await ended(studio, job)
        assert last.state is JobState.OVERDUE and last.task_id and last.problem
        assert "key" in last.problem.what
        vendors.hold = None
        studio.use_key(KEY, visitor=ANN)
        again = await ended(studio, await studio.poll_again(job.id, visitor=ANN))
    assert again.state is JobState.SUCCEEDED and len(vendors.sent) == 1


async def seen_waiting(studio: Studio, job_id: str) -> Job:
    """The job as its page shows it when it has found that the key is not here."""
    with anyio.fail_after(PATIENCE_S):
        async for job in studio.watch(job_id, visitor=ANN):
            if job.waits_for_key:
                return job
    raise AssertionError("it never waited")


async def test_an_own_key_uses_up_nothing_of_the_operators_numbers(tmp_path: Path) -> None:
    numbers = {**fakes.LIVE, "TRYON_DAILY_PICTURES": "2", "TRYON_DAILY_PICTURES_PER_VISITOR": "2"}
    async with open_house(tmp_path, ScriptedVendors(), **numbers) as studio:
        studio.use_key(KEY, visitor=ANN)
        for count in (2, 3):
            await ended(studio, await submit(studio, fakes.tryon(tmp_path, count), visitor=ANN))
        assert (await studio.allowance(visitor=ANN)).everybody == 2
        studio.drop_key("aidge", visitor=ANN)
        await ended(studio, await submit(studio, fakes.tryon(tmp_path, 2), visitor=ANN))
        assert (await studio.allowance(visitor=ANN)).everybody == 0


@pytest.mark.parametrize(
    ("more", "key_source"),
    [
        ({"TRYON_PUBLIC_URL": "https://studio.test"}, KeySource.CLOSED),
        ({"SPACE_HOST": "me-studio.hf.space"}, KeySource.CLOSED),
        ({"GRADIO_SHARE": "true"}, KeySource.CLOSED),
        (
            {"TRYON_PUBLIC_URL": "https://studio.test", "TRYON_DAILY_PICTURES_PER_VISITOR": "9"},
            KeySource.CLOSED,
        ),
        ({"TRYON_PUBLIC_URL": "https://studio.test", "TRYON_DAILY_PICTURES": "9"}, KeySource.OPERATOR),
        ({"TRYON_PUBLIC_URL": "https://studio.test", "TRYON_AUTH": "ann:pw"}, KeySource.OPERATOR),
        ({"TRYON_PUBLIC_URL": "http://127.0.0.1:7860"}, KeySource.OPERATOR),
        ({}, KeySource.OPERATOR),
    ],
)
async def test_strangers_use_the_operators_keys_only_as_far_as_was_said(
    tmp_path: Path, more: dict[str, str], key_source: KeySource
) -> None:
    keys = {name: fakes.LIVE[name] for name in ("AIDGE_APP_KEY", "AIDGE_APP_SECRET", "AILAB_API_KEY")}
    vendors = ScriptedVendors()
    async with open_house(tmp_path, vendors, **keys, **more) as studio:
        assert {studio.key_source(vendor, visitor=ANN) for vendor in VENDORS} == {key_source}
        await ended(studio, await submit(studio, fakes.refine(tmp_path), visitor=ANN))
    assert vendors.accounts == [Account("ailab", live=key_source is KeySource.OPERATOR)]


async def test_a_stranger_cannot_try_the_ids_of_the_operators_other_tasks(tmp_path: Path) -> None:
    bounded = {**fakes.LIVE, "TRYON_AUTH": "", "TRYON_DAILY_PICTURES": "9"}
    async with open_house(tmp_path, ScriptedVendors(), **bounded) as studio:
        with pytest.raises(OwnKeyNeeded, match="your own key"):
            await studio.pick_up("aidge", "123", visitor=ANN)
        studio.use_key(KEY, visitor=ANN)
        job = await ended(studio, await studio.pick_up("aidge", "123", visitor=ANN))
    assert job.state is JobState.SUCCEEDED


async def test_each_account_has_its_address_and_its_key_on_the_wire() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(500)

    settings = Settings.load({"AILAB_API_KEY": "operators", "AILAB_BASE_URL": "https://ailab.test"})
    keyring, clock = ring()
    wiring = HttpVendorClients(KeyPolicy(settings, keyring).login, clock)
    wiring.open()
    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        await wiring.close()
        wiring._client = wiring._sender = client
        own = keyring.give(owner_of(ANN), Key("ailab", {"api_key": Secret("anns")}))
        for account in (own, Account("ailab", True), Account("ailab", False)):
            with pytest.raises(Exception, match=r"."):
                await wiring.query(account, "1")
    told = [(request.url.host, request.headers["ailabapi-api-key"]) for request in seen]
    assert told == [("ailab.test", "anns"), ("ailab.test", "operators"), ("sandbox.invalid", "sandbox")]
