"""What an agent sends, looked at before the protocol's server reads it. That answers what is no JSON in the
protocol's words, and takes what Python's reader refuses in another way for a fault of its own."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Final

from mcp import types
from starlette.responses import JSONResponse
from starlette.types import Message, Receive

DEEPEST: Final = (
    64  # values in each other: a call of ours has five, and the reader ends somewhere below 1,000
)
_NOBODY: Final = "server-error"  # the id of an answer to what has none, as the protocol's server gives it


def unreadable(body: bytes) -> JSONResponse | None:
    """The answer to a body that the protocol's server would break on; None for any other."""
    try:
        deep = _is_deep(json.loads(body))
    except json.JSONDecodeError:
        return None  # that server says where
    except UnicodeDecodeError:
        return _refused("the text is not UTF-8")
    except RecursionError:
        deep = True
    except ValueError:
        return _refused("a number has more digits than can be read")
    return _refused(f"more than {DEEPEST} values lie in each other") if deep else None


def read_before(body: bytes, receive: Receive) -> Receive:
    """As if nobody had read the body yet."""
    there: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def read() -> Message:
        return there.pop() if there else await receive()

    return read


def _is_deep(value: object) -> bool:
    layer = [value]
    for _ in range(DEEPEST + 1):
        held = [list(one.values()) if isinstance(one, dict) else one for one in layer]
        layer = [inner for one in held if isinstance(one, list) for inner in one]
        if not layer:
            return False
    return True


def _refused(why: str) -> JSONResponse:
    error = types.ErrorData(code=types.PARSE_ERROR, message=f"Parse error: {why}.")
    told = types.JSONRPCError(jsonrpc="2.0", id=_NOBODY, error=error)
    return JSONResponse(told.model_dump(by_alias=True, exclude_none=True), HTTPStatus.BAD_REQUEST)
