"""Over real sockets: a submit never goes out on a connection that the vendor may be closing this moment."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from tests.core import fakes
from tryon_core.account import Account
from tryon_core.accounts.keys import KeyPolicy, Keyring
from tryon_core.clock import SystemClock
from tryon_core.requests.request import Garment, LinkPicture, Suit, TryOnRequest
from tryon_core.secret import Secret
from tryon_core.vendors.http_clients import HttpVendorClients
from tryon_core.vendors.spec import SANDBOX_HOST

pytestmark = pytest.mark.anyio
ANSWER = json.dumps(
    {"code": "0", "data": {"result": '{"taskId": "t-1"}'}, "success": "true", "resCode": "200"}
).encode()
ORDER = TryOnRequest((Suit((Garment(LinkPicture("https://pictures.invalid/a.png")),)),))


@asynccontextmanager
async def forgetful_vendor() -> AsyncIterator[str]:
    """A vendor that says it keeps connections, and closes each when a second request comes on it."""

    async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
        size = str(len(ANSWER)).encode()
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + size)
        writer.write(b"\r\n\r\n" + ANSWER)
        await reader.read(1)
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(served, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@asynccontextmanager
async def wiring_to(url: str, folder: Path) -> AsyncIterator[tuple[HttpVendorClients, Account]]:
    settings = fakes.settings(folder, **{**fakes.LIVE, "AIDGE_BASE_URL": url})
    clock = SystemClock()
    wiring = HttpVendorClients(KeyPolicy(settings, Keyring(Secret("a-secret"), clock)).login, clock)
    wiring.open()
    try:
        yield wiring, Account("aidge", live=True)
    finally:
        await wiring.close()


async def test_a_submit_after_another_call_goes_out_on_a_connection_of_its_own(tmp_path: Path) -> None:
    async with forgetful_vendor() as url, wiring_to(url, tmp_path) as (wiring, account):
        receipts = [await wiring.submit(ORDER, account) for _ in range(3)]

    assert [receipt.task_id for receipt in receipts] == ["t-1"] * 3


async def test_one_client_for_all_would_have_left_it_in_doubt(tmp_path: Path) -> None:
    """What the vendor above does to a kept connection: the reason for the other."""
    async with forgetful_vendor() as url, httpx.AsyncClient() as client:
        await client.post(url, content=b"1")
        with pytest.raises(httpx.RemoteProtocolError):
            await client.post(url, content=b"2")


async def test_a_vendors_cookie_is_not_brought_back_to_it(tmp_path: Path) -> None:
    """The clients serve every visitor's account: a cookie would tie one to another."""
    seen: list[str | None] = []

    def vendor(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers.get("cookie"))
        return httpx.Response(200, content=ANSWER, headers={"set-cookie": f"session={len(seen)}; Path=/"})

    settings, clock = fakes.settings(tmp_path), SystemClock()
    login = KeyPolicy(settings, Keyring(Secret("a-secret"), clock)).login
    clients = HttpVendorClients(login, clock, httpx.MockTransport(vendor))
    clients.open()
    account = Account("aidge", live=False)
    for _ in range(2):
        await clients.submit(ORDER, account)
        await clients.query(account, "t-1")
        await clients.client.get(f"https://{SANDBOX_HOST}/1.png")
    await clients.close()

    assert seen == [None] * 6
