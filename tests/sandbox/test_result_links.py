"""Result pictures: what a link is made of, how long it is good, and whom it serves."""

import io
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from PIL import Image

from tests.sandbox.box import Box
from tests.sandbox.conftest import MakeBox
from tryon_sandbox import SandboxSettings

pytestmark = pytest.mark.anyio


async def test_a_picture_is_served_with_its_length_and_type(wired: Box) -> None:
    answer = await wired.client.get(await wired.finished_url())
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/png"
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert Image.open(io.BytesIO(answer.content)).size == (24, 24)


async def test_a_link_is_on_the_address_that_the_caller_used(box: Box) -> None:
    transport = httpx.ASGITransport(box.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://other.example:8400") as client:
        url = await Box(client, box.app, box.clock).finished_url()
    assert url.startswith("http://other.example:8400/results/")
    assert (await box.finished_url()).startswith("https://box.example/results/")


async def test_a_link_over_a_socket_names_its_host_and_port(wired: Box) -> None:
    assert (await wired.finished_url()).startswith(f"{str(wired.client.base_url).rstrip('/')}/results/")


async def test_a_link_works_until_its_time_and_is_403_after_it(make_box: MakeBox) -> None:
    box = make_box(SandboxSettings(link_ttl_s=600))
    url = await box.finished_url()
    expires = int(parse_qs(urlsplit(url).query)["Expires"][0])
    statuses = []
    for moment in (expires, expires + 1):
        box.clock.now = moment
        statuses.append((await box.client.get(url)).status_code)
    assert statuses == [200, 403]


async def test_a_link_is_good_for_24_hours_from_the_moment_it_is_ready(box: Box) -> None:
    url = await box.finished_url()
    ready_at = box.app.sandbox.task_store.tasks()[0].ready_at
    expires = int(parse_qs(urlsplit(url).query)["Expires"][0])
    assert ready_at is not None and expires == int(ready_at) + 24 * 3600


@pytest.mark.parametrize(
    ("found", "forged"),
    [
        ("Expires=1", "Expires=2"),
        ("Signature=", "Signature=x"),
        ("Signature=", "signature="),
        ("Expires=", "expires="),
    ],
)
async def test_a_link_that_was_changed_is_403(box: Box, found: str, forged: str) -> None:
    url = await box.finished_url()
    answer = await box.client.get(url.replace(found, forged))
    assert answer.status_code == 403 and b"AccessDenied" in answer.content


async def test_a_signature_serves_no_other_picture(box: Box) -> None:
    first, second = await box.finished_url(), await box.finished_url()
    mixed = f"{first.partition('?')[0]}?{second.partition('?')[2]}"
    assert (await box.client.get(mixed)).status_code == 403


@pytest.mark.parametrize("name", ["unheard-of.png", "..%2Ftasks", "%2e%2e"])
async def test_an_unknown_picture_is_404(box: Box, name: str) -> None:
    await box.finished_url()
    assert (await box.client.get(f"/results/{name}")).status_code == 404


async def test_a_picture_that_was_thrown_away_is_404(box: Box) -> None:
    url = await box.finished_url()
    box.app.sandbox.task_store.drop_pictures_before(box.clock.now)
    assert (await box.client.get(url)).status_code == 404


async def test_pictures_past_their_time_are_thrown_away_by_the_next_submit(make_box: MakeBox) -> None:
    box = make_box(SandboxSettings(task_ttl_s=600))
    name = urlsplit(await box.finished_url()).path.rpartition("/")[2]
    assert box.app.sandbox.task_store.read_picture(name)
    box.clock.pass_seconds(601)
    await box.task()
    assert box.app.sandbox.task_store.read_picture(name) is None
