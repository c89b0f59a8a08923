"""Who is told what is left on an account, and how often the vendor is asked for it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.core import fakes
from tests.core.fakes import JumpingClock, ScriptedVendors
from tests.core.test_studio import ANN, open_house
from tryon_core import Problem, Secret, Studio
from tryon_core.account import Key
from tryon_core.accounts.balances import Balances
from tryon_core.accounts.keys import KeyPolicy, Keyring
from tryon_core.errors import NoAnswer

pytestmark = pytest.mark.anyio
BEN = "ben"
AT_HOME = {"AIDGE_APP_KEY": "key", "AIDGE_APP_SECRET": "secret", "AILAB_API_KEY": "ailab-key"}
PUBLIC = {**AT_HOME, "TRYON_PUBLIC_URL": "https://studio.test"}


async def left(studio: Studio, visitor: str = ANN) -> float | None:
    return await studio.balance("ailab", visitor=visitor)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (AT_HOME, 1250.0),
        ({**PUBLIC, "TRYON_AUTH": "ann:secret"}, 1250.0),
        ({**PUBLIC, "TRYON_DAILY_PICTURES": "9"}, None),
        (PUBLIC, None),
        ({"GRADIO_SHARE": "true", "TRYON_DAILY_PICTURES": "9", **AT_HOME}, None),
        ({}, None),
    ],
)
async def test_the_operators_balance_is_told_among_friends_only(
    settings: dict[str, str], told: float | None, tmp_path: Path
) -> None:
    vendors = ScriptedVendors(balances=[1250.0])
    async with open_house(tmp_path, vendors, **settings) as studio:
        assert await left(studio) == told
    assert len(vendors.balances_asked) == (told is not None)


async def test_a_visitor_with_an_own_key_is_told_of_that_account_and_nobody_else_is(tmp_path: Path) -> None:
    vendors = ScriptedVendors(balances=[40.0])
    async with open_house(tmp_path, vendors, **PUBLIC, TRYON_DAILY_PICTURES="9") as studio:
        studio.use_key(Key("ailab", {"api_key": Secret("anns-key")}), visitor=ANN)
        assert await left(studio, ANN) == 40.0 and await left(studio, BEN) is None
        studio.drop_key("ailab", visitor=ANN)
        assert await left(studio, ANN) is None
    assert [bool(account.mark) for account in vendors.balances_asked] == [True]


async def test_aidge_has_no_such_question(tmp_path: Path) -> None:
    vendors = ScriptedVendors(balances=[40.0])
    async with open_house(tmp_path, vendors, **AT_HOME) as studio:
        studio.use_key(Key("aidge", {"app_key": Secret("name"), "app_secret": Secret("secret")}), visitor=ANN)
        assert await studio.balance("aidge", visitor=ANN) is None
    assert vendors.balances_asked == []


def balances(folder: Path, vendors: ScriptedVendors, clock: JumpingClock) -> Balances:
    settings = fakes.settings(folder, **AT_HOME)
    accounts = KeyPolicy(settings, Keyring(Secret("a secret"), clock))
    return Balances(settings, accounts, vendors.balance, clock)


async def test_the_vendor_is_asked_once_a_minute_however_many_pages_are_open(tmp_path: Path) -> None:
    vendors, clock = ScriptedVendors(balances=[40.0, 15.0]), JumpingClock()
    known = balances(tmp_path, vendors, clock)
    several = (known.of("ailab", name) for name in "abcdefgh")
    assert await asyncio.gather(*several) == [40.0] * 8
    clock.time += 59
    assert await known.of("ailab", ANN) == 40.0
    clock.time += 2
    assert await known.of("ailab", ANN) == 15.0
    assert len(vendors.balances_asked) == 2


async def test_after_a_job_a_fresher_answer_can_be_had(tmp_path: Path) -> None:
    vendors, clock = ScriptedVendors(balances=[40.0, 15.0]), JumpingClock()
    known = balances(tmp_path, vendors, clock)
    await known.of("ailab", ANN)
    clock.time += 5
    assert await known.of("ailab", ANN, at_most_s=3) == 15.0


async def test_trouble_is_no_error_and_is_not_tried_at_once_again(tmp_path: Path) -> None:
    trouble = NoAnswer(Problem("No answer.", "Wait."))
    vendors = ScriptedVendors(balances=[trouble, 40.0])
    async with open_house(tmp_path, vendors, **AT_HOME) as studio:
        assert await left(studio) is None and await left(studio) is None
    assert len(vendors.balances_asked) == 1


async def test_a_page_that_goes_away_leaves_the_question_to_the_others(tmp_path: Path) -> None:
    vendors = ScriptedVendors(balances=[40.0])
    async with open_house(tmp_path, vendors, **AT_HOME) as studio:
        first, second = (asyncio.ensure_future(left(studio, name)) for name in (ANN, BEN))
        await asyncio.sleep(0)
        first.cancel()
        assert await second == 40.0


async def test_advice_on_a_picture_is_given_beside_all_that_goes_on(tmp_path: Path) -> None:
    small = fakes.file(tmp_path, "small.png").path
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        told = await asyncio.gather(*(studio.hints(small, "garment") for _ in range(8)))
    assert told == [told[0]] * 8 and "160 × 200" in told[0][-1]
