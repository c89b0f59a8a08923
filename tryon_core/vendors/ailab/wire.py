"""AILab's wire: files out as real file parts, tolerant reading in. No waiting, no retries."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tryon_core.errors import InvalidRequest, rule
from tryon_core.requests.request import FilePicture, Picture, RefineRequest
from tryon_core.requests.request_parts import pictures_of
from tryon_core.vendors.ailab.credits import read_credits
from tryon_core.vendors.ailab.error_codes import CODES
from tryon_core.vendors.ailab.responses import read_receipt, read_snapshot
from tryon_core.vendors.spec import WireParts
from tryon_core.vendors.task import Receipt, Snapshot
from tryon_core.vendors.transport import SUBMIT_S, send

# Paths of the vendor's page "Try on Clothes Refiner".
SUBMIT_PATH = "/api/portrait/enhance/try-on-clothes-refiner"
QUERY_PATH = "/api/common/query-async-task-result"
CREDITS_PATH = "/api/common/query-credits"  # the vendor's page "Querying Credits"
KEY_HEADER = "ailabapi-api-key"
CREDITS_WAIT_S = 5.0  # a line on a page waits for it, so it does not wait for long

PARTS = {"person": "person_image", "top": "top_garment", "coarse": "coarse_image", "bottom": "bottom_garment"}
# By the first bytes: some of the vendor's services go by the file name's extension.
KINDS = (
    (b"\xff\xd8", "jpg", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png", "image/png"),
    (b"BM", "bmp", "image/bmp"),
)
Part = tuple[str, bytes, str]


class Ailab:
    """Submits refiner tasks and polls them."""

    def __init__(self, parts: WireParts) -> None:
        self._base_url = parts.login.base_url.rstrip("/")
        self._api_key = parts.login.credentials["api_key"]
        self._client, self._sender = parts.client, parts.sender

    async def submit(self, request: RefineRequest) -> Receipt:
        """Sends one task. All pictures must be files: AILab takes uploads only."""
        files = {PARTS[name]: await _part(PARTS[name], picture) for name, picture in pictures_of(request)}
        fields = {"task_type": "async", "gender": request.gender.value}
        sent = self._sender.build_request(
            "POST", self._base_url + SUBMIT_PATH, data=fields, files=files, headers=self._headers()
        )
        return read_receipt(await send(self._sender, sent, CODES, SUBMIT_S))

    async def query(self, task_id: str, trial: bool = False) -> Snapshot:
        """What AILab says of a task now. A task that failed is a snapshot that says so."""
        sent = self._client.build_request(
            "GET", self._base_url + QUERY_PATH, params={"task_id": task_id}, headers=self._headers()
        )
        return read_snapshot(await send(self._client, sent, CODES))

    async def balance(self) -> float | None:
        """Credits that are left for the refiner; None where AILab does not tell. Costs nothing."""
        sent = self._client.build_request("GET", self._base_url + CREDITS_PATH, headers=self._headers())
        return read_credits(await send(self._client, sent, CODES, CREDITS_WAIT_S))

    def _headers(self) -> dict[str, str]:
        return {KEY_HEADER: self._api_key.reveal()}


async def _part(field: str, picture: Picture) -> Part:
    if not isinstance(picture, FilePicture):
        raise InvalidRequest(*rule("files_only", field, vendor="AILab"))
    try:
        data = await asyncio.to_thread(Path(picture.path).read_bytes)
    except OSError as error:
        raise InvalidRequest(*rule("lost_file", field)) from error
    return _named(field, data)


def _named(field: str, data: bytes) -> Part:
    for magic, extension, media_type in KINDS:
        if data.startswith(magic):
            return f"{field}.{extension}", data, media_type
    raise InvalidRequest(*rule("file_kind", field, kinds=("JPG", "PNG", "BMP")))
