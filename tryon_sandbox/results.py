"""Serves result pictures behind their signed links, in the manner of an object store."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from tryon_sandbox.fault_injection import respond_with_faults
from tryon_sandbox.faults import ActiveFaults, FaultName, Point
from tryon_sandbox.links import is_valid
from tryon_sandbox.state import Sandbox

_ERROR = '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{}</Code><Message>{}</Message></Error>'


class ResultHandler:
    """Serves everything below `/results/`."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def serve(self, request: Request) -> Response:
        """The picture; 404 when there is none of that name, 403 when the link is unsigned or expired."""
        active = self._sandbox.faults.take(Point.RESULT)
        return await respond_with_faults(
            request, active, self._handle, lambda code: _refusal(400, code, code)
        )

    async def _handle(self, request: Request, active: ActiveFaults) -> Response:
        name, query = request.path_params["name"], request.query_params
        found = self._sandbox.task_store.find_picture(name)
        if found is None:
            return _refusal(404, "NoSuchKey", "The specified key does not exist.")
        expires, given = query.get("Expires", ""), query.get("Signature", "")
        valid = is_valid(*found, expires, given, self._sandbox.clock())
        if not valid or FaultName.EXPIRE in active:
            return _refusal(403, "AccessDenied", "The link is not valid or has expired.")
        data = await asyncio.to_thread(self._sandbox.task_store.read_picture, name)
        if data is None:
            return _refusal(404, "NoSuchKey", "The specified key does not exist.")
        return Response(data, media_type="image/png")


def _refusal(status: int, code: str, message: str) -> Response:
    return Response(_ERROR.format(code, message), status, media_type="application/xml")
