"""Links that Aidge fetches uploads by, and fetching links that visitors typed."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import httpx
import pytest

from tests.core import fakes
from tests.core.fakes import JumpingClock
from tests.core.hosting.s3_double import served
from tryon_core import NoPublicAddress
from tryon_core.account import Account
from tryon_core.hosting.fetching import (
    AT_ONCE,
    MAX_BYTES,
    Fetcher,
    NotFetched,
    PinnedTransport,
    Web,
    is_public,
    resolve_host,
)
from tryon_core.hosting.hosting import HOSTING_PATH, Hosting
from tryon_core.hosting.tokens import Tokens
from tryon_core.secret import Secret

pytestmark = pytest.mark.anyio
AIDGE = Account("aidge", live=True)
LOCAL = {
    "AIDGE_APP_KEY": "sandbox",
    "AIDGE_APP_SECRET": "sandbox-secret",
    "AIDGE_BASE_URL": "http://localhost:1",
}


@dataclass
class HostedFiles:
    """One running job and its files."""

    files: list[Path]
    jobs: list[str] = field(default_factory=lambda: ["job"])

    def open_jobs(self, since: float) -> list[str]:
        return self.jobs

    def hosted_files(self, job_id: str, since: float) -> list[Path]:
        return self.files


def hosting(folder: Path, secret: str = "s", **env: str) -> Hosting:
    file = folder / "garment-1-1.png"
    file.write_bytes(b"a garment")
    return Hosting(fakes.settings(folder, **env), Secret(secret), HostedFiles([file]), JumpingClock(), Web())


@pytest.mark.parametrize(
    ("env", "origin"),
    [
        ({}, "http://studio.invalid"),
        (LOCAL, "http://127.0.0.1:7860"),
        ({**LOCAL, "TRYON_PUBLIC_URL": "https://a.test"}, "https://a.test"),
        (fakes.LIVE, "https://studio.test"),
    ],
)
async def test_a_link_begins_with_an_address_that_aidge_reaches(
    tmp_path: Path, env: dict[str, str], origin: str
) -> None:
    link = hosting(tmp_path, **env).link(AIDGE, "job", tmp_path / "garment-1-1.png")
    assert link.startswith(f"{origin}{HOSTING_PATH}") and link.endswith("/garment-1-1.png")


async def test_the_port_that_is_really_served_wins(tmp_path: Path) -> None:
    at = hosting(tmp_path, **LOCAL)
    at.serve_at(7999)
    assert at.origin(AIDGE) == "http://127.0.0.1:7999"


async def test_live_aidge_without_a_public_address_is_told_with_the_ways_out(tmp_path: Path) -> None:
    with pytest.raises(NoPublicAddress, match="TRYON_PUBLIC_URL"):
        hosting(tmp_path, **{**fakes.LIVE, "TRYON_PUBLIC_URL": ""}).origin(AIDGE)


async def test_a_token_leads_to_its_file_and_no_other_does(tmp_path: Path) -> None:
    at = hosting(tmp_path)
    file, name = tmp_path / "garment-1-1.png", "garment-1-1.png"
    token = at.link(AIDGE, "job", file).split("/")[-2]
    stranger = hosting(tmp_path, "another secret").link(AIDGE, "job", file).split("/")[-2]
    assert at.hosted(token, name) == file and at.hosted(token, "garment-1-2.png") is None
    guesses = (stranger, "", "0" * 64, "é", token[:32], token[:-1], token + "0", token[32:], token.upper())
    assert [at.hosted(guess, name) for guess in guesses] == [None] * len(guesses)


async def test_our_own_links_are_read_from_disk(tmp_path: Path) -> None:
    at = hosting(tmp_path)
    fetcher = Fetcher(at.own, Web(resolve=nowhere))
    assert await fetcher.fetch(at.link(AIDGE, "job", tmp_path / "garment-1-1.png")) == b"a garment"
    with pytest.raises(NotFetched):
        await fetcher.fetch(f"http://studio.invalid{HOSTING_PATH}guess/garment-1-1.png")


async def test_pictures_on_their_way_are_few_however_many_are_wanted() -> None:
    on_their_way = most = 0

    async def answer(_request: httpx.Request) -> httpx.Response:
        nonlocal on_their_way, most
        on_their_way += 1
        most = max(most, on_their_way)
        await asyncio.sleep(0.01)
        on_their_way -= 1
        return httpx.Response(200, content=b"x")

    at = fetcher(httpx.MockTransport(answer))
    await asyncio.gather(*(at.fetch("https://a.test/a.png") for _ in range(50)))
    assert most == AT_ONCE


async def nowhere(_host: str) -> list[str]:
    raise OSError


def fetcher(serve: httpx.MockTransport, *addresses: str) -> Fetcher:
    async def resolve(_host: str) -> list[str]:
        return list(addresses or ("93.184.215.14",))

    return Fetcher(lambda _url: None, Web(resolve=resolve, transport=lambda _address: serve))


def answer(*responses: httpx.Response) -> httpx.MockTransport:
    left = list(responses)
    return httpx.MockTransport(lambda _request: left.pop(0) if len(left) > 1 else left[0])


async def test_a_public_picture_is_fetched_also_behind_a_redirect() -> None:
    moved = httpx.Response(302, headers={"location": "/b.png"})
    assert (
        await fetcher(answer(moved, httpx.Response(200, content=b"x"))).fetch("https://a.test/a.png") == b"x"
    )


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://a.test/a", "//a.test", "http://", "data:image/png;base64,AA"],
)
async def test_only_http_addresses_are_fetched(url: str) -> None:
    with pytest.raises(NotFetched):
        await fetcher(answer(httpx.Response(200))).fetch(url)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "::1",
        "fd00::1",
        "100.64.0.1",
        "0.0.0.0",
        "::ffff:127.0.0.1",
        "224.0.0.1",
        "not-an-address",
    ],
)
async def test_private_networks_are_out_of_reach(address: str) -> None:
    assert not is_public(address)
    for addresses in ([address], ["93.184.215.14", address]):
        with pytest.raises(NotFetched, match="private network"):
            await fetcher(answer(httpx.Response(200)), *addresses).fetch("https://a.test/a.png")


async def test_a_redirect_into_a_private_network_is_not_followed() -> None:
    asked: list[str] = []

    async def resolve(host: str) -> list[str]:
        asked.append(host)
        return ["93.184.215.14"] if host == "a.test" else ["10.0.0.1"]

    moved = answer(httpx.Response(302, headers={"location": "http://inside.test/"}))
    with pytest.raises(NotFetched):
        await Fetcher(lambda _: None, Web(resolve=resolve, transport=lambda _: moved)).fetch(
            "https://a.test/"
        )
    assert asked == ["a.test", "inside.test"]


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(404),
        httpx.Response(302, headers={"location": "https://a.test/"}),
        httpx.Response(200, content=b"0" * (MAX_BYTES + 1)),
    ],
)
async def test_what_is_missing_endless_or_too_large_is_not_fetched(response: httpx.Response) -> None:
    with pytest.raises(NotFetched):
        await fetcher(answer(response)).fetch("https://a.test/a.png?Signature=secret")


async def test_an_error_does_not_repeat_the_link() -> None:
    with pytest.raises(NotFetched) as failed:
        await fetcher(answer(httpx.Response(500))).fetch("https://a.test/a.png?Signature=secret")
    assert "secret" not in str(failed.value) and "a.test" not in repr(failed.value)


async def test_this_machine_resolves_to_a_private_address() -> None:
    assert not any(map(is_public, await resolve_host("localhost")))


async def test_the_host_is_asked_for_by_its_name_and_port_at_the_address_that_was_checked() -> None:
    with served(now=0.0) as held:  # any server will do: what was asked is what is looked at
        async with httpx.AsyncClient(transport=PinnedTransport("127.0.0.1")) as client:
            answer = await client.get(f"http://name.test:{held.port}/a.png?signed=1")
    assert answer.status_code == 403 and held.hosts == [f"name.test:{held.port}"]


SHARED = {**fakes.LIVE, "TRYON_PUBLIC_URL": "", "GRADIO_SHARE": "True"}


@pytest.mark.parametrize(
    ("env", "origin"),
    [
        ({}, "https://abc.gradio.live"),
        ({"TRYON_PUBLIC_URL": "https://own.test"}, "https://own.test"),
        ({"SPACE_HOST": "a-b.hf.space,own.test"}, "https://a-b.hf.space"),
        ({"SPACE_HOST": "a-b.hf.space", "TRYON_PUBLIC_URL": "https://own.test"}, "https://own.test"),
        ({"TRYON_BUCKET_URL": "s3://K:S@s3.test/bucket", "SPACE_HOST": "x.hf.space"}, "https://s3.test"),
    ],
)
async def test_what_the_operator_set_goes_before_what_is_found(
    tmp_path: Path, env: dict[str, str], origin: str
) -> None:
    at = hosting(tmp_path, **{**SHARED, **env})
    at.reachable_at("https://abc.gradio.live/")
    assert at.origin(AIDGE) == origin


async def test_a_share_link_is_waited_for_by_a_job_and_not_by_a_click(tmp_path: Path) -> None:
    at = hosting(tmp_path, **SHARED)
    at.check(AIDGE)
    with pytest.raises(NoPublicAddress):
        await at.offer(AIDGE, "job", [tmp_path / "garment-1-1.png"])  # it never comes
    at.reachable_at("")  # none could be made
    with pytest.raises(NoPublicAddress):
        at.check(AIDGE)


async def test_our_own_share_link_is_read_from_disk(tmp_path: Path) -> None:
    at = hosting(tmp_path, **SHARED)
    at.reachable_at("https://abc.gradio.live")
    file = tmp_path / "garment-1-1.png"
    link = at.link(AIDGE, "job", file)
    assert link.startswith("https://abc.gradio.live/") and at.own(link) == file
    assert at.public_urls == ("https://abc.gradio.live",)


async def test_a_token_is_found_after_a_restart_and_in_another_process(tmp_path: Path) -> None:
    first, second = hosting(tmp_path), hosting(tmp_path)
    file = tmp_path / "garment-1-1.png"
    token = first.link(AIDGE, "job", file).split("/")[-2]
    assert second.hosted(token, file.name) == file


def test_guesses_do_not_look_through_all_jobs_at_once() -> None:
    looks: list[str] = []
    gate = Event()

    def slow() -> list[str]:
        looks.append("look")
        gate.wait(10)
        return ["job"]

    tokens = Tokens(b"key", slow)
    guesses = [f"{number:064x}" for number in range(20)]
    with ThreadPoolExecutor(20) as pool:
        found = [pool.submit(tokens.job_of, guess) for guess in guesses]
        time.sleep(0.2)  # all of them are there
        gate.set()
        assert [one.result() for one in found] == [None] * 20
    assert 1 <= len(looks) < 20
