"""What scripts and agents are told of the endpoints, and what agents get, by the protocol's own client."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import Client
from mcp import ClientSession, types
from mcp.client.streamable_http import streamable_http_client

from tests.ui.conftest import Start
from tests.ui.fake_studio import draw
from tryon_core import MAX_COUNT, MAX_MODEL_PHOTOS
from tryon_ui import visitor

pytestmark = pytest.mark.slow

API = "/gradio_api"
MODELS = ["James", "Ariel", "Alba"]  # of the small assets folder
NEEDED = {
    "tryon": ["garment"],
    "refine": ["person", "top", "coarse", "gender"],
    "job": ["id"],
    "jobs": [],
    "collection": ["garments"],
    "collections": [],
    "identity": [],
}
ALLOWED = {
    "garment_type": ["auto", "tops", "bottoms", "dresses"],
    "view": ["fullbody", "halfbody", "mixed"],
    "version": ["standard", "pro"],
    "style": ["universal_1", "universal_2", "universal_3"],
    "age": ["youngadult", "children"],
    "body": ["slim", "curvy"],
}


@pytest.fixture(scope="module")
def url(start: Start) -> str:
    return start(tools=True)


@asynccontextmanager
async def agent(url: str, identity: str = "") -> AsyncIterator[ClientSession]:
    headers = {visitor.HEADER: identity} if identity else {}
    async with (
        httpx.AsyncClient(headers=headers, timeout=30) as client,
        streamable_http_client(f"{url}{API}/mcp/", http_client=client) as (reading, writing, _),
        ClientSession(reading, writing) as session,
    ):
        await session.initialize()
        yield session


def answer(result: types.CallToolResult) -> Any:
    """What a tool answered, which says the same as text and as JSON."""
    assert not result.isError, result.content
    (text,) = result.content
    assert isinstance(text, types.TextContent) and json.loads(text.text) == result.structuredContent
    return result.structuredContent


def uploaded(url: str, folder: Path, word: str) -> str:
    file = draw(folder / f"{word}.png", word, (64, 64))
    (path,) = httpx.post(f"{url}{API}/upload", files={"files": file.read_bytes()}).json()
    return str(path)


def of(schema: dict[str, Any], word: str) -> Any:
    """A keyword of a JSON schema, of the value itself where it may also be none."""
    return next(one[word] for one in (schema, *schema.get("oneOf", ())) if word in one)


@pytest.mark.anyio
async def test_an_agent_is_told_every_parameter_with_its_meaning_and_what_it_may_be(url: str) -> None:
    async with agent(url) as session:
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}

    assert tools.keys() == NEEDED.keys() and all(tool.description for tool in tools.values())
    told = {name: tool.inputSchema["properties"] for name, tool in tools.items()}
    assert [
        (name, one) for name in told for one, of_one in told[name].items() if not of_one["description"]
    ] == []
    assert {name: tool.inputSchema["required"] for name, tool in tools.items()} == NEEDED
    tryon = told["tryon"]
    assert {name: of(tryon[name], "enum") for name in ALLOWED} == ALLOWED
    assert tryon["model"]["examples"] == MODELS and (
        tryon["model"]["default"],
        tryon["count"]["default"],
    ) == (
        "James",
        4,
    )
    assert (tryon["count"]["minimum"], tryon["count"]["maximum"]) == (1, MAX_COUNT)
    assert tryon["model_photos"]["maxItems"] == MAX_MODEL_PHOTOS
    assert told["refine"]["gender"]["enum"] == ["woman", "man"]


def test_a_script_is_told_the_same(url: str) -> None:
    client = Client(url, verbose=False)
    info: Any = client.view_api(return_format="dict", print_info=False)
    endpoints = info["named_endpoints"]
    parameters = [one for endpoint in endpoints.values() for one in endpoint["parameters"]]
    assert endpoints.keys() == {f"/{name}" for name in NEEDED}
    assert [one["parameter_name"] for one in parameters if one["label"] != one["parameter_name"]] == []
    assert [one["label"] for one in parameters if len(one["python_type"]["description"]) < 10] == []
    assert {"pictures", "job"} == {one["label"] for one in endpoints["/tryon"]["returns"]}

    shown = str(client.view_api(return_format="str", print_info=False))
    assert "Allowed: James, Ariel; in the sandbox also Alba." in shown
    assert "Literal['fullbody', 'halfbody', 'mixed']" in shown and f"Allowed: 1 to {MAX_COUNT}." in shown


@pytest.mark.anyio
async def test_an_agent_tries_on_and_finds_its_pictures_and_its_job(url: str, tmp_path: Path) -> None:
    begun: list[str | None] = []

    async def heard(progress: float, total: float | None, message: str | None) -> None:
        begun.append(message)

    key, garment = visitor.new_identity(), uploaded(url, tmp_path, "hoodie")
    given = {"garment": garment, "model": "Ariel", "count": 2}
    async with agent(url, key) as session:
        made = answer(await session.call_tool("tryon", given, progress_callback=heard))
        again = answer(await session.call_tool("tryon", given))
        listed = answer(await session.call_tool("jobs", {}))
        found = answer(await session.call_tool("job", {"id": made["job"]["id"]}))

    assert made["job"]["state"] == "succeeded" and len(made["pictures"]) == 2
    assert begun and made["job"]["id"] in str(begun[0])
    assert again["job"]["id"] == made["job"]["id"]
    assert [job["id"] for job in listed["jobs"]] == [made["job"]["id"]] and found["job"] == made["job"]
    async with httpx.AsyncClient() as client:
        for picture in made["pictures"]:
            fetched = await client.get(picture["url"])
            assert fetched.headers["content-type"] == picture["media_type"]
            assert len(fetched.content) == picture["bytes"]


@pytest.mark.anyio
async def test_agents_that_do_not_name_themselves_have_nothing_in_common(url: str, tmp_path: Path) -> None:
    async with agent(url) as one, agent(url) as other:
        made = answer(await one.call_tool("tryon", {"garment": uploaded(url, tmp_path, "tee"), "count": 1}))
        assert answer(await other.call_tool("jobs", {})) == {"jobs": []}
        assert (await other.call_tool("job", {"id": made["job"]["id"]})).isError


@pytest.mark.anyio
async def test_no_tool_reads_a_file_of_this_machine(url: str, tmp_path: Path) -> None:
    file = draw(tmp_path / "private.png", "private", (64, 64))
    as_a_file = {"path": str(file), "orig_name": "a.png", "mime_type": "image/png", "size": 1}
    async with agent(url) as session:
        for given in (str(file), file.as_uri(), {**as_a_file, "meta": {"_type": "gradio.FileData"}}):
            refused = await session.call_tool("tryon", {"garment": given})
            assert refused.isError and "Garment: found neither" in str(refused.content)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("tryon", {}, "it needs garment"),
        ("tryon", {"garment": "https://a.test/a.png", "colour": "red"}, "tryon takes garment, bottom"),
        ("tryon", {"garment": "https://a.test/a.png", "count": 9}, "Allowed: 1 to 8"),
        ("tryon", {"garment": "https://a.test/a.png", "view": "back"}, "Allowed: fullbody, halfbody, mixed"),
        ("job", {"id": "none"}, "no such job"),
        ("jobs", {"identity": "test"}, "others could think of"),
        ("submit", {}, "There is no submit"),
    ],
)
async def test_what_cannot_be_called_is_refused_in_words(
    url: str, name: str, given: dict[str, Any], told: str
) -> None:
    async with agent(url) as session:
        refused = await session.call_tool(name, given)
    assert refused.isError and told in str(refused.content)


def test_nothing_else_is_served_to_agents(url: str, start: Start) -> None:
    for path in ("mcp/schema", "mcp/sse", "mcp/messages/", "mcp/http"):
        assert httpx.get(f"{url}{API}/{path}").status_code == 404
    assert httpx.get(f"{url}{API}/mcp/").status_code == 405
    assert httpx.post(f"{start()}{API}/mcp/", json={}).status_code == 404


def test_no_page_of_another_site_calls_a_tool(url: str) -> None:
    body = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": "identity", "arguments": {}},
    }
    headers = {"accept": "application/json, text/event-stream", "origin": "https://elsewhere.test"}
    assert httpx.post(f"{url}{API}/mcp/", json=body, headers=headers).status_code == 403


BROKEN = {
    "deep": (b"[" * 100_000 + b"]" * 100_000, "more than 64 values"),
    "deep within a call": (
        b'{"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": ' + b'{"a":' * 70 + b"1" + b"}" * 71,
        "more than 64 values",
    ),
    "a long number": (b"1" * 5000, "more digits"),
    "no UTF-8": (b"\xff{", "not UTF-8"),
    "no JSON": (b"{", "line 1 column 2"),
}


@pytest.mark.parametrize(("body", "told"), BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_read_is_answered_in_the_protocols_words(
    body: bytes, told: str, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    headers = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
    answer = httpx.post(f"{url}{API}/mcp/", content=body, headers=headers, timeout=30)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (400, types.PARSE_ERROR) and told in error["message"]
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []


def test_an_agent_that_goes_away_amid_its_call_is_no_error(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    there, head = httpx.URL(url), "content-type: application/json\r\ncontent-length: 5000\r\n"
    with caplog.at_level("INFO"):
        with socket.create_connection((there.host, there.port or 80), timeout=5) as line:
            line.sendall(f"POST {API}/mcp/ HTTP/1.1\r\nhost: 127.0.0.1\r\n{head}\r\n{{".encode())
        until = time.monotonic() + 20
        while "went away" not in caplog.text and time.monotonic() < until:
            time.sleep(0.02)
    assert "went away" in caplog.text and "ERROR" not in caplog.text
