"""The named endpoints of a running app, over HTTP: a call is begun, and then its outputs are listened to."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import httpx

from tryon_cli.backends.backend import Away, Refused
from tryon_cli.words import Words

API = "/gradio_api"
# A call is answered at once or says that it lives, every 15 s; the longest is an upload of some megabytes.
TIMEOUT = httpx.Timeout(60.0, connect=10.0)
_SHUT = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)


class Endpoints:
    """Calls by name. Raises `Refused` with what the app says, and `Away` where it does not answer."""

    def __init__(self, client: httpx.AsyncClient, url: str, words: Words) -> None:
        self._client, self._url, self._words = client, url, words

    async def first(self, name: str, /, **given: object) -> Any:
        """The first output of an endpoint, which for one that answers several times is how it has begun.

        A call is never made twice: whether one that was not answered has begun a job is not known.
        """
        begun = await self._sent("POST", f"{API}/call/v2/{name}", json=given)
        async for event, data in self._heard(f"{API}/call/{name}/{begun.json()['event_id']}"):
            if event in ("generating", "complete"):
                return data
            if event == "error":
                raise Refused(str((data or {}).get("error") or self._words("server_broke")))
        raise Away(self._words("server_broke"))

    async def upload(self, picture: Path) -> dict[str, object]:
        """A file for a call."""
        with picture.open("rb") as file:
            sent = await self._sent("POST", f"{API}/upload", files={"files": (picture.name, file)})
        return {"path": sent.json()[0], "orig_name": picture.name, "meta": {"_type": "gradio.FileData"}}

    async def bytes_at(self, path: str) -> bytes:
        """What is at a path of the app."""
        return (await self._sent("GET", path)).content

    async def file_at(self, path: str, target: Path) -> None:
        """Writes what is at a path of the app into a file, piece by piece. Raises `Refused` with what the app
        says of what was asked for."""
        try:
            async with self._client.stream("GET", f"{self._url}{path}") as answer:
                if answer.status_code == HTTPStatus.BAD_REQUEST:
                    raise Refused((await answer.aread()).decode())
                self._check(answer)
                with target.open("wb") as file:
                    async for piece in answer.aiter_raw():
                        await asyncio.to_thread(file.write, piece)
        except httpx.TransportError as error:
            raise self._away(error) from error

    async def log_in(self, name: str, password: str) -> None:
        """Makes the calls from here on those of a user. Raises `Refused`."""
        try:
            answer = await self._client.post(
                f"{self._url}/login", data={"username": name, "password": password}
            )
        except httpx.TransportError as error:
            raise self._away(error) from error
        if answer.is_error:
            raise Refused(self._words("no_login"))

    async def _sent(self, method: str, path: str, **given: Any) -> httpx.Response:
        try:
            answer = await self._client.request(method, f"{self._url}{path}", **given)
        except httpx.TransportError as error:
            raise self._away(error) from error
        self._check(answer)
        return answer

    async def _heard(self, path: str) -> AsyncIterator[tuple[str, Any]]:
        event = ""
        try:
            async with self._client.stream("GET", f"{self._url}{path}") as stream:
                self._check(stream)
                async for line in stream.aiter_lines():
                    kind, _, rest = line.partition(": ")
                    if kind == "event":
                        event = rest
                    elif kind == "data":
                        yield event, json.loads(rest)
        except httpx.TransportError as error:
            raise self._away(error) from error

    def _check(self, answer: httpx.Response) -> None:
        if answer.status_code in _SHUT:
            raise Away(self._words("server_login"))
        if not answer.is_success:
            raise Away(self._words("server_status", status=answer.status_code))

    def _away(self, error: httpx.TransportError) -> Away:
        return Away(self._words("server_away", why=type(error).__name__))
