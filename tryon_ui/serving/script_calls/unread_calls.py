"""Calls that the framework cannot read: what is wrong with them, and where."""

from __future__ import annotations

import json
from http import HTTPStatus

from fastapi.exceptions import RequestValidationError
from starlette.requests import Request
from starlette.responses import Response


async def unread(_request: Request, error: Exception) -> Response:
    """Where a call has what it should not have. What was found is not repeated: it may be a secret, or half
    a character or no number, in which the framework's own answer breaks."""
    assert isinstance(error, RequestValidationError)  # for which alone it is asked
    told = [{name: one[name] for name in ("type", "loc", "msg")} for one in error.errors()]
    body = json.dumps({"detail": told})  # in ASCII: the names of what was sent may be odd, too
    return Response(body, HTTPStatus.UNPROCESSABLE_ENTITY, media_type="application/json")
