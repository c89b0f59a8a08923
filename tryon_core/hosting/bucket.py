"""An S3-compatible bucket from which a vendor fetches uploads: one object a picture, none of them public.

Every object lies under a name that nobody can guess, is read by a link that expires, and is deleted when its
job ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import httpx

from tryon_core.clock import Clock
from tryon_core.configuration.bucket_address import SETTING, BucketAddress
from tryon_core.errors import TryOnError, problem
from tryon_core.exchange import exchanged
from tryon_core.sentences import said, texts_of

TRIES = 4  # of a call that may pass: putting and deleting again change nothing
PAUSE_S = 0.5  # before the second try; doubles with each
CALL_S = 30.0  # 15 MB at 4 Mbit/s
SIGNED_FOR_S = 300  # our own calls leave at once; clocks differ by minutes
_CODE = re.compile(r"<Code>([A-Za-z]{1,60})</Code>")  # Amazon S3 API reference, REST error responses
_MAY_PASS = frozenset({408, 429, 500, 502, 503, 504})

Connect = Callable[[], httpx.AsyncBaseTransport]


class BucketFault(TryOnError):
    """The bucket did not take or give a picture. Found before anything was sent to a vendor."""


class Bucket:
    """Puts, deletes, and links to objects by their names under the setting's prefix."""

    def __init__(self, address: BucketAddress, clock: Clock, connect: Connect) -> None:
        self._address = address
        self._clock = clock
        self._connect = connect

    @property
    def origin(self) -> str:
        """Scheme and host that its links begin with."""
        return self._address.origin

    def link(self, name: str, expires_s: int) -> str:
        """The URL by which whoever has it reads an object, for so many seconds. A secret."""
        return self._signed("GET", name, expires_s)

    async def put(self, name: str, data: bytes, media_type: str) -> None:
        """Writes an object, whole. Raises `BucketFault`."""
        answer = await self._call("PUT", name, data, {"content-type": media_type})
        if not answer.is_success:
            raise _refused(answer)

    async def remove(self, name: str) -> None:
        """Deletes an object; one that is not there is fine. Raises `BucketFault`."""
        answer = await self._call("DELETE", name)
        if not answer.is_success and answer.status_code != httpx.codes.NOT_FOUND:
            raise _refused(answer)

    async def _call(
        self, method: str, name: str, data: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        pause = PAUSE_S
        for left in reversed(range(TRIES)):
            try:
                answer = await self._once(method, name, data, headers)
            except httpx.TransportError as error:
                if not left:
                    raise BucketFault(
                        problem("bucket.unreachable", field=SETTING, kind=type(error).__name__)
                    ) from None
            else:
                if answer.status_code not in _MAY_PASS or not left:
                    return answer
            await self._clock.sleep(pause)
            pause *= 2
        raise AssertionError("unreachable")

    async def _once(
        self, method: str, name: str, data: bytes, headers: Mapping[str, str] | None
    ) -> httpx.Response:
        async with httpx.AsyncClient(transport=self._connect(), timeout=CALL_S, trust_env=False) as client:
            url = self._signed(method, name, SIGNED_FOR_S)
            request = client.build_request(method, url, content=data or None, headers=headers)
            return await exchanged(client, request, CALL_S)

    def _signed(self, method: str, name: str, expires_s: int) -> str:
        address = self._address
        path = f"{address.folder}/{name}"
        return address.signer.presigned(method, address.origin, path, self._clock.now(), expires_s)


def _refused(answer: httpx.Response) -> BucketFault:
    found = _CODE.search(answer.text[:4096])
    code = found.group(1) if found else str(answer.status_code)
    known = code if f"bucket.cure.{code}" in texts_of("") else "any"
    cure = said(f"bucket.cure.{known}", setting=SETTING)
    return BucketFault(problem("bucket.refused", code=code, field=SETTING, cure=cure))
