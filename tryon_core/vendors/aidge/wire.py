"""Aidge's wire: signed requests out, tolerant reading in. No waiting, no retries, no disk."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass

import httpx

from tryon_core.errors import VendorError
from tryon_core.requests.choices import Version
from tryon_core.requests.request import TryOnRequest
from tryon_core.secret import Secret
from tryon_core.vendors.aidge.error_codes import CODES
from tryon_core.vendors.aidge.request_body import suits_of
from tryon_core.vendors.aidge.responses import TIMESTAMP_CODES, failure, read_receipt, read_snapshot
from tryon_core.vendors.response_json import json_of, moment, obj
from tryon_core.vendors.spec import WireParts
from tryon_core.vendors.task import Receipt, Snapshot
from tryon_core.vendors.transport import POLL_S, SUBMIT_S, send

# Paths of the vendor's pages "Virtual Try-on Submit API" and "Virtual Try-On Query API".
SUBMIT_PATHS = {Version.STANDARD: "/ai/virtual/tryon", Version.PRO: "/ai/virtual/tryon-pro"}
QUERY_PATH = "/ai/virtual/tryon-results"


@dataclass(frozen=True, slots=True)
class AidgeDialect:
    """Ways of the submit body that differ between the vendor's pages; the defaults are the submit page's."""

    parameter: str = "requestParams"  # newer pages of the pro version: "paramJson"
    as_list: bool = True  # one official sample of the pro version sends a single object


def signature(secret: Secret, timestamp: str) -> str:
    """Version 2 of the gateway's signature: HMAC-SHA256 over secret + timestamp, in upper-case hex."""
    key = secret.reveal()
    return hmac.new(key.encode(), (key + timestamp).encode(), hashlib.sha256).hexdigest().upper()


class Aidge:
    """Submits try-on tasks and polls them."""

    def __init__(self, parts: WireParts, dialect: AidgeDialect | None = None) -> None:
        self._base_url = parts.login.base_url.rstrip("/")
        self._app_key = parts.login.credentials["app_key"].reveal()
        self._app_secret = parts.login.credentials["app_secret"]
        self._client, self._sender = parts.client, parts.sender
        self._clock = parts.clock
        self._dialect = dialect or AidgeDialect()
        self._skew = 0.0  # seconds that the vendor's clock is ahead of ours

    async def submit(self, request: TryOnRequest) -> Receipt:
        """Sends one task. All pictures must be links: Aidge fetches them by itself."""
        suits = suits_of(request)
        several = self._dialect.as_list or len(suits) > 1
        parameter = json.dumps(suits if several else suits[0])
        answer = await self._post(
            self._sender,
            SUBMIT_PATHS[request.version],
            {self._dialect.parameter: parameter},
            request.trial,
        )
        return read_receipt(answer)

    async def query(self, task_id: str, trial: bool = False) -> Snapshot:
        """What Aidge says of a task now. A task that failed is a snapshot that says so."""
        return read_snapshot(await self._post(self._client, QUERY_PATH, {"task_id": task_id}, trial))

    async def balance(self) -> float | None:
        """Aidge has no call for it."""
        return None

    async def _post(
        self, client: httpx.AsyncClient, path: str, body: dict[str, str], trial: bool
    ) -> httpx.Response:
        answer = await self._send(client, path, body, trial)
        if not self._out_of_step(answer):
            return answer
        # The gateway turns a wrong timestamp away before the service sees the request: sending it again
        # with the right one cannot be a second order.
        return await self._send(client, path, body, trial)

    async def _send(
        self, client: httpx.AsyncClient, path: str, body: dict[str, str], trial: bool
    ) -> httpx.Response:
        # All samples send the trial flag with every call: without it, a trial's task may not be found.
        headers = {"x-iop-trial": str(trial).lower()}
        request = client.build_request(
            "POST", self._base_url + path, params=self._signed(), json=body, headers=headers
        )
        return await send(client, request, CODES, POLL_S if path == QUERY_PATH else SUBMIT_S)

    def _signed(self) -> dict[str, str]:
        timestamp = str(int((self._clock.now() + self._skew) * 1000))
        return {
            "partner_id": "aidge",
            "sign_method": "sha256",
            "sign_ver": "v2",
            "app_key": self._app_key,
            "timestamp": timestamp,
            "sign": signature(self._app_secret, timestamp),
        }

    def _out_of_step(self, answer: httpx.Response) -> bool:
        """Whether the vendor found our clock wrong; ours is then set by the answer's Date header."""
        error: VendorError | None = failure(answer, obj(json_of(answer)))
        if error is None or error.problem.code not in TIMESTAMP_CODES:
            return False
        there = moment(answer.headers.get("date", ""))
        if there is None:
            return False
        self._skew = there - self._clock.now()
        return True
