"""How Aidge responds: the page's own envelope, and the dialects that were documented elsewhere."""

from __future__ import annotations

import json
from dataclasses import dataclass

from starlette.responses import JSONResponse, Response

from tryon_sandbox import ids
from tryon_sandbox.aidge.errors import (
    BUSINESS,
    GATEWAY,
    OVER_THE_RATE,
    AidgeError,
    BusinessError,
    GatewayError,
)
from tryon_sandbox.aidge.query_data import Json, page_data, pascal_data, structdata_data
from tryon_sandbox.aidge.task_result import TaskResult
from tryon_sandbox.settings import Dialect, Dialects

_SUCCESS = "200"
_PASCAL_CODE = {
    "500": "DownstreamUnavailable",
    "501": "DownstreamUnavailable",
    "801": "DownstreamUnavailable",
    "1000": "InputContentBlocked",
    "1001": "DownstreamUnavailable",
    "1002": "InputContentBlocked",
}


@dataclass(frozen=True, slots=True)
class AidgeResponses:
    """Builds responses at one moment (`now`, seconds since 1970) in some dialects."""

    dialects: Dialects
    now: float

    def submit(self, task_id: str) -> Response:
        """To an accepted submit."""
        if Dialect.PASCAL in self.dialects:
            return JSONResponse(self._pascal({"TaskId": task_id}))
        if Dialect.TASK_ID_IN_DATA in self.dialects:
            return JSONResponse(self._envelope({"taskId": task_id}))
        result = {"taskId": task_id}
        as_string = Dialect.RESULT_STRING in self.dialects
        data: Json = {"result": json.dumps(result, separators=(",", ":")) if as_string else result}
        return JSONResponse(self._envelope(data))

    def query(self, task: TaskResult) -> Response:
        """To a query of a task. A failed one has a `resCode` of its own, and its data all the same."""
        if Dialect.PASCAL in self.dialects:
            return JSONResponse(self._pascal(pascal_data(task)))
        data = structdata_data(task) if Dialect.STRUCTDATA in self.dialects else page_data(task)
        code = "" if Dialect.FAILED_200 in self.dialects else task.code
        return JSONResponse(self._envelope(data, code or _SUCCESS))

    def error(self, error: AidgeError) -> Response:
        """To a call that is refused."""
        over = Dialect.HTTP_STATUS in self.dialects and error.code in OVER_THE_RATE
        return JSONResponse(self._error(error), 429 if over else 200)

    def _error(self, error: AidgeError) -> Json:
        if Dialect.PASCAL in self.dialects:
            return self._pascal_error(error)
        if isinstance(error, BusinessError):
            return self._envelope(None, error.code, error.detail)
        return self._gateway_error(error)

    def _envelope(self, data: Json | None, code: str = _SUCCESS, detail: str = "") -> Json:
        typed = Dialect.NUMERIC_TYPES in self.dialects
        good = code == _SUCCESS
        body: Json = {
            "code": 0 if typed else "0",
            "data": data,
            "requestId": ids.aidge_service_id(self.now),
            "success": good if typed else str(good).lower(),
            "rescode" if Dialect.RESCODE in self.dialects else "resCode": int(code) if typed else code,
            "resMessage": _with_detail("success" if good else BUSINESS[code], detail),
            "request_id": ids.aidge_gateway_id(self.now),
        }
        return {key: value for key, value in body.items() if value is not None}

    def _gateway_error(self, error: GatewayError) -> Json:
        type_, message = GATEWAY[error.code]
        wrapped = Dialect.ERROR_RESPONSE in self.dialects
        body: Json = {
            "type": type_,
            "code": error.code,
            "msg" if wrapped else "message": _with_detail(message, error.detail),
            "request_id": ids.aidge_gateway_id(self.now),
        }
        return {"error_response": body} if wrapped else body

    def _pascal(self, data: Json) -> Json:
        return {
            "Code": "success",
            "Message": "Success",
            "RequestId": ids.aidge_service_id(self.now),
            "Data": data,
            "Success": True,
        }

    def _pascal_error(self, error: AidgeError) -> Json:
        if isinstance(error, GatewayError):
            code, message = error.code, GATEWAY[error.code][1]
        else:
            code, message = _PASCAL_CODE.get(error.code, "InvalidParameter"), BUSINESS[error.code]
        return {
            "Code": code,
            "Message": _with_detail(message, error.detail),
            "RequestId": ids.aidge_service_id(self.now),
            "Data": None,
            "Success": False,
        }


def _with_detail(message: str, detail: str) -> str:
    return f"{message}: {detail}" if detail else message
