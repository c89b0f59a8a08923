"""Our wires against the sandbox: the same tests in process and over a socket."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import anyio
import httpx
import pytest
from PIL import Image

from tests.contract.conftest import Counter, picture
from tryon_core.errors import InvalidRequest, VendorRefused
from tryon_core.requests.choices import GarmentType, PersonGender, Version
from tryon_core.requests.request import (
    FilePicture,
    Garment,
    LibraryModel,
    LinkPicture,
    RefineRequest,
    Suit,
    TryOnRequest,
)
from tryon_core.vendors.task import Snapshot, TaskStatus

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
HOODIE = LinkPicture("http://shop.invalid/hoodie.jpg")
JEANS = LinkPicture("http://shop.invalid/jeans.jpg")
HOODIE_ON_JAMES = TryOnRequest((Suit((Garment(HOODIE),)),), LibraryModel("James"), count=2)


async def until_ended(wire: object, task_id: str) -> Snapshot:
    with anyio.fail_after(60):
        while True:
            snapshot: Snapshot = await wire.query(task_id)  # type: ignore[attr-defined]
            if snapshot.ended:
                return snapshot
            await anyio.sleep(0.1)


async def fetched(client: httpx.AsyncClient, url: str) -> Image.Image:
    answer = await client.get(url)
    answer.raise_for_status()
    return Image.open(io.BytesIO(answer.content))


@pytest.mark.parametrize("version", list(Version))
async def test_a_garment_comes_back_worn(counter: Counter, version: Version) -> None:
    aidge = counter.aidge()
    receipt = await aidge.submit(replace(HOODIE_ON_JAMES, version=version))
    snapshot = await until_ended(aidge, receipt.task_id)
    worn = [await fetched(counter.client, image.url) for image in snapshot.images]
    assert snapshot.status is TaskStatus.SUCCEEDED
    assert [picture.height for picture in worn] == [1024, 1024]
    assert receipt.request_ids and all(picture.format == "PNG" for picture in worn)


async def test_a_suit_of_two_is_one_task(counter: Counter) -> None:
    suit = Suit((Garment(HOODIE, GarmentType.TOPS), Garment(JEANS, GarmentType.BOTTOMS)))
    aidge = counter.aidge()
    receipt = await aidge.submit(replace(HOODIE_ON_JAMES, suits=(suit,), count=1))
    assert len((await until_ended(aidge, receipt.task_id)).images) == 1


async def test_several_suits_come_back_as_sub_tasks(counter: Counter) -> None:
    suits = (Suit((Garment(HOODIE),)), Suit((Garment(JEANS),)))
    aidge = counter.aidge()
    receipt = await aidge.submit(replace(HOODIE_ON_JAMES, suits=suits, count=1))
    assert len((await until_ended(aidge, receipt.task_id)).images) == 2


@pytest.mark.parametrize(
    ("key", "secret", "code"),
    [("nobody", "sandbox-secret", "InvalidAppKey"), ("sandbox", "wrong", "IncompleteSignature")],
)
async def test_wrong_credentials_get_the_gateway_code(
    counter: Counter, key: str, secret: str, code: str
) -> None:
    with pytest.raises(VendorRefused) as refused:
        await counter.aidge(key, secret).submit(HOODIE_ON_JAMES)
    assert refused.value.problem.code == code


@pytest.mark.parametrize(("link", "code"), [("tiny", "703"), ("nothing", "701")])
async def test_a_garment_that_cannot_be_used_gets_the_documented_code(
    counter: Counter, link: str, code: str
) -> None:
    suits = (Suit((Garment(LinkPicture(f"http://shop.invalid/{link}.png")),)),)
    with pytest.raises(VendorRefused) as refused:
        await counter.aidge().submit(replace(HOODIE_ON_JAMES, suits=suits))
    assert refused.value.problem.code == code


async def test_the_wire_sends_links_only_to_aidge(counter: Counter, tmp_path: Path) -> None:
    suits = (Suit((Garment(FilePicture(tmp_path / "a.png")),)),)
    with pytest.raises(InvalidRequest):
        await counter.aidge().submit(replace(HOODIE_ON_JAMES, suits=suits))


def refine_request(folder: Path, person_size: tuple[int, int] = (600, 800)) -> RefineRequest:
    files = {"person": picture(*person_size), "top": picture(), "coarse": picture()}
    for name, data in files.items():
        (folder / f"{name}.png").write_bytes(data)
    person, top, coarse = (FilePicture(folder / f"{name}.png") for name in files)
    return RefineRequest(person, top, coarse, PersonGender.WOMAN)


async def test_a_coarse_picture_comes_back_refined(counter: Counter, tmp_path: Path) -> None:
    ailab = counter.ailab()
    receipt = await ailab.submit(refine_request(tmp_path))
    snapshot = await until_ended(ailab, receipt.task_id)
    assert snapshot.status is TaskStatus.SUCCEEDED
    assert (await fetched(counter.client, snapshot.images[0].url)).size == (600, 800)


async def test_a_wrong_ailab_key_is_refused(counter: Counter, tmp_path: Path) -> None:
    with pytest.raises(VendorRefused) as refused:
        await counter.ailab("nobody").submit(refine_request(tmp_path))
    assert refused.value.problem.code == "ERROR_APPLICATIONS_NOT_EXISTS"


async def test_a_person_of_another_size_fails_at_the_query(counter: Counter, tmp_path: Path) -> None:
    ailab = counter.ailab()
    receipt = await ailab.submit(refine_request(tmp_path, (500, 800)))
    snapshot = await until_ended(ailab, receipt.task_id)
    assert snapshot.status is TaskStatus.FAILED and snapshot.code
