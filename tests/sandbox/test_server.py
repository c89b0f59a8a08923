"""The sandbox as a server of its own, and the way it fetches when it is one."""

import hmac
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import anyio
import httpx
import pytest

from tests.sandbox.box import CREDITS, PHOTO, SECRET, SUBMIT, signed
from tests.sandbox.conftest import Server
from tryon_sandbox import FetchError, fetching, plain_fetch

pytestmark = [pytest.mark.anyio, pytest.mark.slow]


@contextmanager
def running(*flags: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The server as a process of its own, and its address."""
    command = [sys.executable, "-W", "error", "-m", "tryon_sandbox", "--port", "0", *flags]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        found = next(match for line in process.stderr if (match := re.search(r"http://\S+", line)))
        yield process, found.group()
    finally:
        process.kill()
        process.communicate(timeout=10)


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
async def test_it_serves_and_leaves_cleanly_when_told_to(signum: signal.Signals) -> None:
    with running("--control", "--queue-s", "7", "--per-image-s", "3") as (process, base_url):
        async with httpx.AsyncClient(base_url=base_url) as client:
            tasks = await client.get("/_sandbox/tasks")
            timing = await client.post("/_sandbox/timing", json={})
            refused = await client.post("/rest/ai/virtual/tryon", params={"app_key": "x"})
        os.kill(process.pid, signum)
        assert process.wait(timeout=10) == 0
    assert tasks.json() == [] and timing.json()["queue_s"] == 7 and timing.json()["per_image_s"] == 3
    assert refused.json()["code"] == "InvalidAppKey"


async def test_it_knows_the_keys_that_it_is_told_besides_its_own() -> None:
    def call(key: str, secret: str) -> dict[str, str]:
        query = signed(time.time(), app_key=key)
        text = f"{secret}{query['timestamp']}".encode()
        return query | {"sign": hmac.digest(secret.encode(), text, "sha256").hex().upper()}

    with running("--aidge-key", "mine:my-secret", "--ailab-key", "other") as (_, base_url):
        async with httpx.AsyncClient(base_url=base_url) as client:
            keys = (("mine", "my-secret"), ("sandbox", SECRET), ("mine", SECRET), ("no", "my-secret"))
            aidge = [await client.post(f"/rest{SUBMIT}", params=call(*key)) for key in keys]
            ailab = [await client.get(CREDITS, headers={"ailabapi-api-key": key}) for key in ("other", "no")]
    # With a right signature it is the missing garments that are complained of.
    assert [answer.json()["code"] for answer in aidge] == [
        *("MissingParameter", "MissingParameter", "IncompleteSignature", "InvalidAppKey")
    ]
    assert [answer.status_code == 200 for answer in ailab] == [True, False]


async def test_a_dropped_connection_leaves_no_trace_in_the_log() -> None:
    with running("--control") as (process, base_url):
        async with httpx.AsyncClient(base_url=base_url) as client:
            for fault in ("drop_before", "drop_after", "truncate"):
                await client.post("/_sandbox/faults", json={"on": "result", "fault": fault})
                with pytest.raises(httpx.RemoteProtocolError):
                    await client.get("/results/any.png")
        os.kill(process.pid, signal.SIGTERM)
        assert process.stderr is not None
        log = process.stderr.read()
    assert "Traceback" not in log and "ERROR" not in log


@pytest.fixture
async def elsewhere() -> AsyncIterator[str]:
    """A server that has pictures and other things."""

    async def serve(scope: dict[str, object], receive: object, send: object) -> None:
        status, body = {"/photo": (200, PHOTO), "/moved": (302, b"")}.get(str(scope["path"]), (404, b""))
        headers = [(b"location", b"/photo")] if status == 302 else []
        await send({"type": "http.response.start", "status": status, "headers": headers})  # type: ignore[operator]
        await send({"type": "http.response.body", "body": body})  # type: ignore[operator]

    with Server(serve) as base_url:  # type: ignore[arg-type]
        yield base_url


@pytest.mark.parametrize("path", ["/photo", "/moved"])
async def test_a_picture_on_this_machine_can_be_fetched(elsewhere: str, path: str) -> None:
    assert await plain_fetch(elsewhere + path) == PHOTO


@pytest.mark.parametrize("url", ["{}/gone", "http://127.0.0.1:1/", "http://", "nonsense", "http://\0/"])
async def test_what_cannot_be_fetched_is_one_kind_of_error_without_the_url(elsewhere: str, url: str) -> None:
    with anyio.fail_after(10), pytest.raises(FetchError) as failed:
        await plain_fetch(url.format(elsewhere))
    assert "//" not in str(failed.value)


async def test_more_than_the_cap_is_not_fetched(elsewhere: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MAX_BYTES", 1000)
    with pytest.raises(FetchError):
        await plain_fetch(f"{elsewhere}/photo")
