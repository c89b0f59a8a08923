"""Aidge's APIs: submit a try-on (standard and pro), query its results."""

from __future__ import annotations

import asyncio
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from tryon_sandbox.aidge.envelopes import AidgeResponses
from tryon_sandbox.aidge.errors import BusinessError, GatewayError, error_for
from tryon_sandbox.aidge.gateway import GatewayCall, check_caller, first_of, read_call
from tryon_sandbox.aidge.photo_fetch import fetch_photos
from tryon_sandbox.aidge.suit_rules import read_suits
from tryon_sandbox.aidge.task_planning import plan
from tryon_sandbox.aidge.task_result import ResultReader
from tryon_sandbox.fault_injection import respond_with_faults
from tryon_sandbox.faults import ActiveFaults, Point
from tryon_sandbox.settings import Dialect, Dialects, Vendor
from tryon_sandbox.state import Sandbox
from tryon_sandbox.tasks import Task

_POINTS = {
    "ai/virtual/tryon": Point.AIDGE_SUBMIT,
    "ai/virtual/tryon-pro": Point.AIDGE_SUBMIT,
    "ai/virtual/tryon-results": Point.AIDGE_QUERY,
}
_PASCAL_QUERY = "ai/task/queryTaskResult"
_RESULT_TYPE = {"v1": Dialect.RESULT_STRING, "v2": Dialect.RESULT_OBJECT}
_RESULT_TYPES = frozenset(_RESULT_TYPE.values())


class AidgeHandlers:
    """Serves everything below `/rest/`. Standard and pro differ in nothing but their path."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        # The Alibaba Cloud edition has its results at another path.
        cloud = Dialect.PASCAL in sandbox.settings.dialects
        self._points = _POINTS | ({_PASCAL_QUERY: Point.AIDGE_QUERY} if cloud else {})

    async def serve(self, request: Request) -> Response:
        """The response to one call."""
        point = self._points.get(request.path_params["api"])
        active = self._sandbox.faults.take(point) if point else ActiveFaults()
        call = await _read(request)
        responses = AidgeResponses(self._dialects(active, call), self._sandbox.clock())
        return await respond_with_faults(
            request,
            active,
            partial(self._handle, call, responses),
            lambda code: responses.error(error_for(code)),
        )

    def _dialects(self, active: ActiveFaults, call: GatewayCall) -> Dialects:
        dialects = self._sandbox.dialects(active)
        if dialects & _RESULT_TYPES:
            return dialects
        # The vendor contradicts itself: its page shows the SDK and a string, its samples read an object.
        return dialects | {_RESULT_TYPE.get(call.signature_version, Dialect.RESULT_OBJECT)}

    async def _handle(
        self, call: GatewayCall, responses: AidgeResponses, request: Request, active: ActiveFaults
    ) -> Response:
        try:
            check_caller(call, responses.now, self._sandbox.settings)
            return await self._carry_out(call, responses, request, active)
        except (GatewayError, BusinessError) as error:
            return responses.error(error)

    async def _carry_out(
        self, call: GatewayCall, responses: AidgeResponses, request: Request, active: ActiveFaults
    ) -> Response:
        point = self._points.get(request.path_params["api"])
        if point is None:
            raise GatewayError("InvalidApiPath")
        if point is Point.AIDGE_QUERY:
            return self._query(call, responses, request, active)
        raw = first_of(call.parameters, "requestParams", "paramJson")
        return responses.submit(await self._submit(request, raw, active))

    async def _submit(self, request: Request, raw: object, active: ActiveFaults) -> str:
        sandbox = self._sandbox
        trial = request.headers.get("x-iop-trial", "").lower() == "true"
        if not sandbox.quotas.has_call(trial=trial):
            raise GatewayError("AppCallLimit")
        if sandbox.quotas.is_too_fast(sandbox.clock()):
            raise BusinessError("501")
        library = await asyncio.to_thread(sandbox.renderer.library)
        suits = read_suits(raw, library)
        photos = await fetch_photos(suits, sandbox.fetch)
        planned = plan(suits, photos, f"{request.url.path} {raw}", sandbox.clock(), sandbox.timing)
        sandbox.quotas.take_call(trial=trial)
        await sandbox.accept(planned.task, planned.inputs, active)
        return planned.task.id

    def _query(
        self, call: GatewayCall, responses: AidgeResponses, request: Request, active: ActiveFaults
    ) -> Response:
        task = self._find(str(first_of(call.parameters, "task_id", "taskId", "TaskId")), active)
        by_suit = Dialect.IMAGE_LIST in responses.dialects
        ttl_s = self._sandbox.settings.link_ttl_s
        result = ResultReader(str(request.base_url), ttl_s, responses.now, by_suit).read(task)
        self._sandbox.call_log.polled(task, done=result.progress.is_final, now=responses.now)
        return responses.query(result)

    def _find(self, task_id: str, active: ActiveFaults) -> Task:
        task = self._sandbox.look_up(task_id, Vendor.AIDGE, active)
        if task is None or self._sandbox.is_gone(task):
            raise BusinessError("700", "task_id is unknown or has expired")
        return task


async def _read(request: Request) -> GatewayCall:
    content_type = request.headers.get("content-type", "")
    return read_call(
        f"/{request.path_params['api']}", request.query_params, content_type, await request.body()
    )
