"""Gets one result picture from its signed link, whole or not at all; what broke off is gone on with."""

from __future__ import annotations

import asyncio
import hashlib
import re
from urllib.parse import urlsplit

import httpx

from tryon_core.images.facts import Facts, verified
from tryon_core.images.file_signatures import NotAPicture
from tryon_core.units import MIB

MAX_BYTES = 64 * MIB  # a lossless picture of 4096 x 4096 fits; an endless answer does not
TIMEOUT_S = 120.0  # for one try, after which the next goes on; a vendor's result host was seen to stall
_GONE = (401, 403, 404, 410)  # how object stores answer for a link past its time
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+)")


class NotDownloaded(Exception):
    """A picture did not arrive whole. Trying again may help. The link is never part of the text."""


class LinkGone(NotDownloaded):
    """The link is past its time: ask the vendor for a fresh one."""


class PartialDownload:
    """The beginning of a picture whose download broke off.

    `mark` is what its server knows this very content by (RFC 9110, 13.1.5): without one, a rest could belong
    to another picture, and the download begins again. `length` is the whole picture's, -1 when not told;
    `whole` says that nothing is missing.
    """

    def __init__(self) -> None:
        self.data = bytearray()
        self.mark = ""
        self.length = -1
        self.whole = False

    def headers(self) -> dict[str, str]:
        """What to ask for: the very bytes, and only the rest of them where that is possible."""
        plain = {"accept-encoding": "identity"}
        if not self.data or not self.mark:
            return plain
        return {**plain, "range": f"bytes={len(self.data)}-", "if-range": self.mark}

    def forget(self) -> None:
        """The next try begins again."""
        self.data.clear()
        self.mark, self.length, self.whole = "", -1, False

    def answered(self, response: httpx.Response) -> None:
        """Makes ready for the body: to be appended, or to be taken from the start. Raises `NotDownloaded`."""
        if response.status_code == httpx.codes.OK:
            self.forget()
            if "content-encoding" not in response.headers:  # else neither mark nor length mean these bytes
                self.mark, self.length = _mark(response), _length(response)
            return
        span = _RANGE.fullmatch(response.headers.get("content-range", ""))
        rest = response.status_code == httpx.codes.PARTIAL_CONTENT and span is not None
        if span is None or not rest or int(span[1]) != len(self.data):
            self.forget()
            raise NotDownloaded(f"status {response.status_code}")
        self.length = int(span[2])

    def take(self, chunk: bytes) -> None:
        """Raises `NotDownloaded` when it grows beyond all bounds."""
        self.data += chunk
        if len(self.data) > MAX_BYTES:
            self.forget()
            raise NotDownloaded("larger than any result picture")

    def check(self) -> None:
        """Raises `NotDownloaded` unless the length is the announced one."""
        received = len(self.data)
        self.whole = self.length in (-1, received)
        if self.whole:
            return
        found = f"{received} of {self.length} bytes"
        if received > self.length:
            self.forget()
        raise NotDownloaded(found)


def key_of(url: str) -> str:
    """What a picture is known by, however its link is signed: a digest of the address without its query."""
    parts = urlsplit(url)
    return hashlib.sha256(f"{parts.netloc}{parts.path}".encode()).hexdigest()[:16]


async def download(client: httpx.AsyncClient, url: str, begun: PartialDownload) -> tuple[bytes, Facts]:
    """The bytes as served, checked to be a whole picture. Raises `NotDownloaded` or `LinkGone`.

    `begun` is what earlier tries got, and keeps what this one gets.
    """
    try:
        async with asyncio.timeout(TIMEOUT_S):
            if not begun.whole:
                await _receive(client, url, begun)
        data = bytes(begun.data)
        return data, await asyncio.to_thread(verified, data)
    except NotAPicture:
        begun.forget()
        raise NotDownloaded("not a whole picture") from None
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
        raise NotDownloaded(type(error).__name__) from None


async def _receive(client: httpx.AsyncClient, url: str, begun: PartialDownload) -> None:
    async with client.stream("GET", url, headers=begun.headers(), follow_redirects=True) as response:
        if response.status_code in _GONE:
            raise LinkGone(f"status {response.status_code}")
        if response.status_code == httpx.codes.TOO_MANY_REQUESTS or response.is_server_error:
            raise NotDownloaded(f"status {response.status_code}")
        begun.answered(response)
        async for chunk in response.aiter_bytes():
            begun.take(chunk)
    begun.check()


def _mark(response: httpx.Response) -> str:
    """A strong entity tag or, where there is none, the time of the last change."""
    tag: str = response.headers.get("etag", "")
    return tag if tag.startswith('"') else response.headers.get("last-modified", "")


def _length(response: httpx.Response) -> int:
    announced = response.headers.get("content-length", "")
    return int(announced) if announced.isascii() and announced.isdigit() else -1
