"""The named endpoints as tools for agents, by MCP (the Model Context Protocol), where its package
is installed.

Gradio has a server for it too, which calls the app through a client of its own: all callers are one session
there, and a picture that is given as a file is read from this machine's disk. Here a tool is the endpoint
itself, and a picture is what a script may send.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import gradio as gr
from gradio.route_utils import get_root_url
from mcp import types
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from tryon_ui.error_boundary import attempt_call
from tryon_ui.files import FileRef
from tryon_ui.serving.gate.allowed_paths import API, TOOLS, is_for_tools
from tryon_ui.serving.script_calls.tool_calls import read_before, unreadable
from tryon_ui.signatures import signatures
from tryon_ui.texts import say

Facts = dict[str, Any]
Answer = tuple[list[FileRef], Facts]


class Tools:
    """Answers agents at `/gradio_api/mcp/`, and passes on everything else."""

    def __init__(self, app: ASGIApp, blocks: gr.Blocks) -> None:
        self._app, self._root_path = app, blocks.root_path
        self._info: Mapping[str, Any] = blocks.get_api_info()["named_endpoints"]
        self._endpoints: dict[str, Callable[..., Any]] = {
            str(fn.api_name): fn.fn
            for fn in blocks.fns.values()
            if fn.fn is not None and f"/{fn.api_name}" in self._info
        }
        self._signatures = signatures(blocks.fns)
        self._server: Server[Any, Any] = Server(say("page.title"))
        self._server.request_handlers |= {
            types.ListToolsRequest: self._list,
            types.CallToolRequest: self._call,
        }
        self._sessions = StreamableHTTPSessionManager(self._server, stateless=True)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Tools can be called as long as this is."""
        async with self._sessions.run():
            yield

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one call."""
        if scope["type"] != "http" or not is_for_tools(scope["path"]):
            return await self._app(scope, receive, send)
        if scope["method"] != "POST":  # there is nothing that would be told without being asked for
            refused = PlainTextResponse(status_code=HTTPStatus.METHOD_NOT_ALLOWED, headers={"allow": "POST"})
            return await refused(scope, receive, send)
        body = await Request(scope, receive).body()
        if trouble := unreadable(body):
            return await trouble(scope, receive, send)
        return await self._sessions.handle_request(scope, read_before(body, receive), send)

    async def _list(self, _asked: types.ListToolsRequest) -> types.ServerResult:
        tools = [_tool(path.strip("/"), info) for path, info in self._info.items()]
        return types.ServerResult(types.ListToolsResult(tools=tools))

    async def _call(self, asked: types.CallToolRequest) -> types.ServerResult:
        name, given = asked.params.name, asked.params.arguments or {}
        refused = self._refusal(name, given)
        if refused:
            return _failed(refused)
        answer: Facts | str = await attempt_call(self._answer(name, given))
        if isinstance(answer, str):
            return _failed(answer)
        text = _texts(json.dumps(answer, ensure_ascii=False))
        return types.ServerResult(types.CallToolResult(content=text, structuredContent=answer))

    def _refusal(self, name: str, given: Facts) -> str:
        """Why nothing can be called with these; empty when it can."""
        if name not in self._endpoints:
            return f"There is no {name}. Tools: {', '.join(self._endpoints)}."
        return self._signatures[name].refusal(given.keys())

    async def _answer(self, name: str, given: Facts) -> Facts:
        endpoint, request = self._endpoints[name], self._server.request_context.request
        if "request" in inspect.signature(endpoint).parameters:
            given = {**given, "request": gr.Request(request=request)}
        labels = [part["label"] for part in self._info[f"/{name}"]["returns"]]
        if not inspect.isasyncgenfunction(endpoint):
            return {labels[0]: await endpoint(**given)}
        answers = [answer async for answer in self._heard(endpoint(**given))]
        pictures, job = answers[-1]
        root = get_root_url(request, TOOLS, self._root_path) if request else ""
        return dict(zip(labels, ([_fetched_at(root, picture) for picture in pictures], job), strict=True))

    async def _heard(self, answers: AsyncIterator[Answer]) -> AsyncIterator[Answer]:
        """The same answers. An agent that wants to hear of progress is told which job it waits for."""
        context = self._server.request_context
        token = context.meta.progressToken if context.meta else None
        async for pictures, job in answers:
            if token is not None:
                told, asked = f"job {job['id']}: {job['state']}", str(context.request_id)
                await context.session.send_progress_notification(token, 0, None, told, asked)
            yield pictures, job


def _failed(why: str) -> types.ServerResult:
    return types.ServerResult(types.CallToolResult(content=_texts(why), isError=True))


def _texts(text: str) -> list[types.ContentBlock]:
    return [types.TextContent(type="text", text=text)]


def _tool(name: str, info: Mapping[str, Any]) -> types.Tool:
    parameters = info["parameters"]
    properties = {parameter["parameter_name"]: _property(parameter) for parameter in parameters}
    schema = {"type": "object", "properties": properties, "required": _needed(parameters)}
    return types.Tool(name=name, description=info["description"], inputSchema=schema)


def _property(parameter: Mapping[str, Any]) -> Facts:
    schema = {key: value for key, value in parameter["type"].items() if key != "additional_description"}
    described = {**schema, "description": parameter["python_type"]["description"]}
    has_default = parameter["parameter_has_default"] and parameter["parameter_default"] is not None
    return {**described, "default": parameter["parameter_default"]} if has_default else described


def _needed(parameters: list[Mapping[str, Any]]) -> list[str]:
    return [one["parameter_name"] for one in parameters if not one["parameter_has_default"]]


def _fetched_at(root: str, picture: FileRef) -> Facts:
    """A picture as an agent can fetch it."""
    return {
        "url": f"{root}{API}/file={quote(picture['path'])}",
        "name": picture["orig_name"],
        "media_type": picture["mime_type"],
        "bytes": picture["size"],
    }
