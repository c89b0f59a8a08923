"""Who gets in, where to, and with how much: the page behind its guard, over a real socket."""

from __future__ import annotations

import logging
import re
import socket
import time
from collections.abc import Iterator

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from tests.ui.conftest import Start
from tryon_ui.serving.gate.guard import Guard

API = "/gradio_api"
SPACE = "https://me-studio.hf.space"


@pytest.fixture(scope="module")
def local(start: Start) -> Iterator[httpx.Client]:
    """To the page as it runs on somebody's own machine."""
    with httpx.Client(base_url=start(), timeout=20) as client:
        yield client


@pytest.fixture(scope="module")
def space(start: Start) -> Iterator[httpx.Client]:
    """To the page as it runs on a Space, by its public name, as the proxy there passes calls on."""
    headers = {"host": "me-studio.hf.space"}
    with httpx.Client(base_url=start(SPACE), timeout=20, headers=headers) as client:
        yield client


SHUT = (
    *(f"{API}/file=http://169.254.169.254/", f"{API}/file=HTTPS://x.test/a", f"{API}/file=//x.test/a"),
    *(f"{API}/proxy=https://x.test/a", f"{API}/deep_link?session_hash=a", f"{API}/openapi.json"),
    *("/openapi.json", "/docs", "/redoc", "/monitoring", "/monitoring/summary", "/monitoring/key"),
    *("/pwa_icon/20000", "/pwa_icon", f"{API}/dev/reload", f"{API}/token", f"{API}/queue/status"),
    *(f"{API}/runs", f"{API}/run-history/buckets", f"{API}/vibe-code", f"{API}/profiling/summary"),
    *(f"{API}/custom_component/1/client/x/y.js", f"{API}/stream/a/b/1/playlist.m3u8", f"{API}/mcp/schema"),
    *("/.env", "/data/.state-secret", f"{API}/ext/../token", "/x", f"{API}/"),
)
SHUT_TO_POSTS = (
    *("run/tryon", "api/tryon", "call/submit", "call/v2/watch", "component_server", "process_recording"),
    *("run-history/connect", "vibe-edit", "stream/0123"),
)


@pytest.mark.parametrize("path", SHUT)
def test_what_the_page_does_not_need_is_not_there(path: str, local: httpx.Client) -> None:
    assert local.get(path).status_code == 404


@pytest.mark.parametrize("path", SHUT_TO_POSTS)
def test_inner_events_cannot_be_called_by_name(path: str, local: httpx.Client) -> None:
    assert local.post(f"{API}/{path}", json={"data": []}).status_code == 404


def test_the_page_and_its_parts_are_open(local: httpx.Client) -> None:
    open_paths = ("/", "/config", f"{API}/info", f"{API}/ext/healthz", "/theme.css", "/favicon.ico")

    assert [local.get(path).status_code for path in open_paths] == [200] * len(open_paths)


def test_the_page_comes_packed_to_those_who_can_unpack_it(local: httpx.Client) -> None:
    packed = local.get("/", headers={"accept-encoding": "gzip"})
    plain = local.get("/", headers={"accept-encoding": "identity"})

    assert packed.headers["content-encoding"] == "gzip" and packed.text == plain.text
    assert packed.num_bytes_downloaded < len(plain.content) / 4


def test_a_script_can_still_call_an_endpoint(local: httpx.Client) -> None:
    event = local.post(f"{API}/call/v2/jobs", json={}).json()["event_id"]
    answer = local.get(f"{API}/call/jobs/{event}").text

    assert "event: complete" in answer and "data: [[]]" in answer


OTHER_SITES = ("https://evil.test", "null", "http://localhost:3000", "https://me-studio.hf.space.evil.test")


@pytest.mark.parametrize("origin", OTHER_SITES)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_no_page_of_another_site_can_call_or_read(method: str, origin: str, space: httpx.Client) -> None:
    asks = {"origin": origin, "access-control-request-method": "POST"}
    answer = space.request(method, f"{API}/queue/join", headers=asks)

    assert answer.status_code == 403
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_browser_that_says_the_call_is_another_sites_is_believed(space: httpx.Client) -> None:
    posted = space.post(f"{API}/upload", headers={"sec-fetch-site": "cross-site"})
    opened = space.get("/", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"})

    assert (posted.status_code, opened.status_code) == (403, 200)


@pytest.mark.parametrize("origin", [SPACE, "https://me-studio.hf.space:443"])
def test_the_pages_own_calls_are_let_in_and_nothing_is_said_of_others(
    origin: str, space: httpx.Client
) -> None:
    answer = space.post(f"{API}/call/v2/jobs", json={}, headers={"origin": origin})

    assert answer.status_code == 200
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_name_that_somebody_pointed_at_this_machine_is_not_ours(local: httpx.Client) -> None:
    rebound = local.get("/config", headers={"host": "evil.test:7860"})
    by_name = local.get("/config", headers={"host": "localhost:7860"})

    assert rebound.status_code == 421 and "TRYON_PUBLIC_URL" in rebound.text
    assert by_name.status_code == 200


def test_every_answer_says_how_it_may_be_used(space: httpx.Client, local: httpx.Client) -> None:
    for path in ("/", "/x", f"{API}/ext/healthz", f"{API}/file=/etc/passwd"):
        found = space.get(path).headers
        assert "frame-ancestors 'self' https://huggingface.co" in found["content-security-policy"]
        assert found["strict-transport-security"] == "max-age=31536000"
        assert (found["x-content-type-options"], found["referrer-policy"]) == ("nosniff", "no-referrer")
        assert "camera=()" in found["permissions-policy"]
        assert found["cross-origin-resource-policy"] == "same-origin"
    at_home = local.get("/").headers
    assert at_home["content-security-policy"].endswith("frame-ancestors 'self'")
    assert "strict-transport-security" not in at_home


def test_a_web_socket_is_turned_away(local: httpx.Client) -> None:
    asks = {"upgrade": "websocket", "connection": "upgrade", "sec-websocket-version": "13"}
    answer = local.get(f"{API}/queue/join", headers={**asks, "sec-websocket-key": "x3JJHMbDL1EzLkh9GBhXDw=="})

    assert answer.status_code in (403, 404, 405)


def test_an_endless_call_is_cut_off_before_it_is_read(local: httpx.Client) -> None:
    head = f"POST {API}/queue/join HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: {10**9}\r\n\r\n"

    assert _spoken(local, head.encode()).startswith(b"HTTP/1.1 413 ")


def test_a_call_that_does_not_tell_its_length_is_cut_off_too(local: httpx.Client) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        yield b'{"data": ["'
        while sent < 64 * 2**20:
            sent += 65536
            yield b"a" * 65536

    try:
        status = local.post(f"{API}/queue/join", content=endless()).status_code
    except httpx.WriteError:  # the server closed the connection while we were still sending
        status = 413
    assert status == 413 and sent < 16 * 2**20


def test_a_file_that_is_too_large_is_refused_with_a_word(local: httpx.Client) -> None:
    answer = local.post(f"{API}/upload", files={"files": ("a.jpg", bytes(15 * 2**20 + 1))})

    assert answer.status_code == 413 and "Traceback" not in answer.text


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"fn_index": 99999, "data": [], "session_hash": "a"}',
        b'{"fn_index": "x"}',
        b"\xff",
    ],
)
def test_nonsense_is_answered_without_a_word_about_the_inside(body: bytes, local: httpx.Client) -> None:
    for path in ("queue/join", "call/tryon", "call/v2/tryon", "cancel", "upload"):
        answer = local.post(f"{API}/{path}", content=body, headers={"content-type": "application/json"})
        assert answer.status_code >= 400 or path == "call/tryon"
        for word in ("Traceback", "site-packages", ".py", "gradio."):
            assert word not in answer.text


def test_a_path_that_reaches_out_of_the_cache_is_refused(local: httpx.Client) -> None:
    inside = f"{API}/file="
    for path in ("/etc/passwd", "../../etc/passwd", "/proc/self/environ", "%2fetc%2fpasswd", ".env"):
        assert local.get(inside + path).status_code in (403, 404)


def _spoken(client: httpx.Client, text: bytes) -> bytes:
    """What the server says to these very bytes."""
    url = client.base_url
    with socket.create_connection((url.host, url.port or 80), timeout=5) as line:
        line.sendall(text)
        return line.recv(4096)


ODD = (b"GET / HTTP/1.0\r\n\r\n", b"BREW / HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n", b"\x16\x03\x01\r\n\r\n")


@pytest.mark.parametrize("text", ODD)
def test_odd_http_gets_an_answer(text: bytes, local: httpx.Client) -> None:
    assert _spoken(local, text).startswith(b"HTTP/1.")


@pytest.mark.anyio
async def test_a_bare_500_of_what_is_behind_is_answered_in_words_with_an_id(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def fails(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("Internal Server Error", 500)(scope, receive, send)

    transport = httpx.ASGITransport(Guard(fails, public_urls=tuple))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        with caplog.at_level(logging.ERROR):
            answer = await client.get("/config")
    reference = re.search(r"Id: ([0-9a-f]{12})\.", answer.json()["detail"])
    assert answer.status_code == 500 and reference and reference[1] in caplog.text


def test_who_goes_away_amid_an_upload_is_no_error(
    local: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    url, begun = local.base_url, b"--x\r\ncontent-disposition: form-data"
    head = "content-type: multipart/form-data; boundary=x\r\ncontent-length: 5000\r\n"
    with caplog.at_level(logging.INFO):
        with socket.create_connection((url.host, url.port or 80), timeout=5) as line:
            line.sendall(f"POST {API}/upload HTTP/1.1\r\nhost: 127.0.0.1\r\n{head}\r\n".encode() + begun)
        until = time.monotonic() + 20
        while not (told := _of_the_guard(caplog)) and time.monotonic() < until:
            time.sleep(0.02)
    assert told == [(logging.INFO, "a caller went away amid a call")]


def _of_the_guard(caplog: pytest.LogCaptureFixture) -> list[tuple[int, str]]:
    own = [record for record in caplog.records if record.name.endswith("gate.guard")]
    return [(record.levelno, record.getMessage()) for record in own]


def test_a_script_of_before_that_sends_fewer_values_is_answered_all_the_same(local: httpx.Client) -> None:
    event = local.post(f"{API}/call/jobs", json={"data": []}).json()["event_id"]

    assert "event: complete" in local.get(f"{API}/call/jobs/{event}").text
