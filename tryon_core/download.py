"""Gets one result picture from its signed link, whole or not at all."""

from __future__ import annotations

import asyncio
import hashlib
from urllib.parse import urlsplit

import httpx

from tryon_core.facts import Facts, NotAPicture, verified

MAX_BYTES = 64 * 1024 * 1024  # a lossless picture of 4096 x 4096 fits; an endless answer does not
TIMEOUT_S = 120.0  # for one try; AILab's result host was seen to stall
_GONE = (401, 403, 404, 410)  # how object stores answer for a link past its time


class NotDownloaded(Exception):
    """A picture did not arrive whole. Trying again may help. The link is never part of the text."""


class LinkGone(NotDownloaded):
    """The link is past its time: ask the vendor for a fresh one."""


def key_of(url: str) -> str:
    """What a picture is known by, however its link is signed: a digest of the address without its query."""
    parts = urlsplit(url)
    return hashlib.sha256(f"{parts.netloc}{parts.path}".encode()).hexdigest()[:16]


async def download(client: httpx.AsyncClient, url: str) -> tuple[bytes, Facts]:
    """The bytes as served, checked to be a whole picture. Raises `NotDownloaded` or `LinkGone`."""
    try:
        async with asyncio.timeout(TIMEOUT_S):
            data = await _body(client, url)
        return data, await asyncio.to_thread(verified, data)
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, NotAPicture) as error:
        raise NotDownloaded(type(error).__name__) from None


async def _body(client: httpx.AsyncClient, url: str) -> bytes:
    headers = {"accept-encoding": "identity"}  # the very bytes, and a length that means them
    async with client.stream("GET", url, headers=headers, follow_redirects=True) as response:
        if response.status_code in _GONE:
            raise LinkGone(f"status {response.status_code}")
        if response.status_code != httpx.codes.OK:
            raise NotDownloaded(f"status {response.status_code}")
        body = bytearray()
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > MAX_BYTES:
                raise NotDownloaded("larger than any result picture")
        _check_length(response, len(body))
    return bytes(body)


def _check_length(response: httpx.Response, received: int) -> None:
    announced = response.headers.get("content-length", "")
    if announced.isdigit() and int(announced) != received:
        raise NotDownloaded(f"{received} of {announced} bytes")
