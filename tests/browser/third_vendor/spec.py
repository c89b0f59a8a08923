"""Atelier, an invented vendor: it takes files, has states and codes of its own, and counts in stitches."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx

from tryon_core.errors import InvalidRequest, rule
from tryon_core.images.rules import ImageRule
from tryon_core.poll_schedule.durations import Spread
from tryon_core.poll_schedule.plan import Pace
from tryon_core.requests.choices import Capability
from tryon_core.requests.request import FilePicture, Picture, TryOnRequest
from tryon_core.units import MIB
from tryon_core.vendors import response_outcome
from tryon_core.vendors.error_codes import CodeGroup, ErrorCodes, Kind
from tryon_core.vendors.response_json import Object, items, json_of, obj, text
from tryon_core.vendors.spec import Credential, Delivery, Price, VendorSpec, WireParts
from tryon_core.vendors.task import Receipt, RemoteImage, Snapshot, SubTask, TaskStatus
from tryon_core.vendors.transport import send

PHASES: Mapping[str, TaskStatus] = {
    "pinned": TaskStatus.QUEUED,
    "sewing": TaskStatus.RUNNING,
    "ironed": TaskStatus.SUCCEEDED,
    "torn": TaskStatus.FAILED,
}
CODES = ErrorCodes(
    id="atelier",
    vendor="Atelier",
    base_url_setting="ATELIER_BASE_URL",
    groups={"hole": CodeGroup(), "shut": CodeGroup(Kind.PASSING)},
    too_often=frozenset({"E-RUSH"}),
    late=frozenset(),
)


class Atelier:
    """Sends garments as form files, and polls how far they are."""

    def __init__(self, parts: WireParts) -> None:
        self._base_url = parts.login.base_url.rstrip("/")
        self._headers = {"authorization": f"Bearer {parts.login.credentials['token'].reveal()}"}
        self._client, self._sender = parts.client, parts.sender

    async def submit(self, request: TryOnRequest) -> Receipt:
        (garment, *_) = request.suits[0].garments
        files = {"cloth": await asyncio.to_thread(_bytes_of, garment.picture)}
        call = self._sender.build_request(
            "POST",
            f"{self._base_url}/v3/looks",
            data={"copies": str(request.count)},
            files=files,
            headers=self._headers,
        )
        answer = await send(self._sender, call, CODES)
        body = obj(json_of(answer))
        return response_outcome.receipt(CODES, answer, _no(answer, body), text(body.get("look")), ())

    async def query(self, task_id: str, trial: bool = False) -> Snapshot:
        address = f"{self._base_url}/v3/looks/{task_id}"
        answer = await send(
            self._client, self._client.build_request("GET", address, headers=self._headers), CODES
        )
        body = obj(json_of(answer))
        return response_outcome.snapshot(CODES, answer, _no(answer, body), _snapshot(body) if body else None)

    async def balance(self) -> float | None:
        return None


def _bytes_of(picture: Picture) -> bytes:
    if not isinstance(picture, FilePicture):
        raise InvalidRequest(*rule("files_only", "garment", vendor="Atelier"))
    return picture.path.read_bytes()


def _no(answer: httpx.Response, body: Object) -> Any:
    code = text(body.get("oops"))
    return response_outcome.refusal(CODES, answer, code, text(body.get("why")), ()) if code else None


def _snapshot(body: Object) -> Snapshot:
    status = PHASES.get(text(body.get("phase")), TaskStatus.RUNNING)
    images = tuple(RemoteImage(text(link)) for link in items(body.get("photographs")))
    return Snapshot(status, (SubTask(status, images),), request_ids=(text(body.get("slip")),))


SPEC = VendorSpec(
    id="atelier",
    name="Atelier",
    capabilities=(Capability.TRY_ON,),
    credentials=(Credential("token", "ATELIER_TOKEN", "atelier:label.token"),),
    base_url="https://atelier.invalid",
    base_url_setting="ATELIER_BASE_URL",
    texts=Path(__file__).parent,
    image_rules={"garment": ImageRule(frozenset({"JPEG", "PNG"}), 100, 2000, 1, 8 * MIB)},
    delivery=Delivery.FILE,
    pace=Pace(least=0.2, fixed=0.5, deadline=120.0),
    prior=Spread(1.0, 0.5),
    codes=CODES,
    price=Price("credit", 3.0),
    make_wire=Atelier,
)
