"""Aidge's own clients on a sandbox with default settings: each ends with its pictures."""

import pytest

from tests.sandbox.box import PHOTO, Shop
from tests.sandbox.conftest import MakeBox
from tests.sandbox.vendor_clients import CLIENTS, VendorClient
from tryon_sandbox import SandboxSettings

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def own_photo(shop: Shop) -> None:
    shop.photos["https://me.example/1.png"] = PHOTO


@pytest.mark.parametrize("trial", [False, True])
@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.name)
async def test_a_client_of_the_vendor_ends_with_its_pictures(
    make_box: MakeBox, client: VendorClient, trial: bool
) -> None:
    box = make_box(SandboxSettings())

    async def pause() -> None:
        await box.rendered()
        box.clock.pass_seconds(1)

    links = await client.links(box.client, box.clock, pause, trial)
    answers = [await box.client.get(link) for link in links]
    assert len(links) == client.pictures
    assert {answer.headers["content-type"] for answer in answers} == {"image/png"}


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.name)
async def test_the_last_trial_call_covers_the_queries_of_its_task(
    make_box: MakeBox, client: VendorClient
) -> None:
    box = make_box(SandboxSettings(trial_quota=1, purchased_calls=0))

    async def pause() -> None:
        await box.rendered()
        box.clock.pass_seconds(1)

    assert len(await client.links(box.client, box.clock, pause, trial=True)) == client.pictures
