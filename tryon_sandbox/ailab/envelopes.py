"""How AILab answers: the public fields in their versions, and the payload in its places."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import JSONResponse, Response

from tryon_sandbox import ids
from tryon_sandbox.ailab.errors import AilabError, code_message
from tryon_sandbox.settings import Dialect, Dialects
from tryon_sandbox.tasks import Progress

Json = dict[str, object]

_TASK_STATUS = {Progress.SUBMITTED: 0, Progress.RUNNING: 1, Progress.FINISHED: 2}
_OUTPUT_STATUS = {
    Progress.SUBMITTED: "PENDING",
    Progress.RUNNING: "RUNNING",
    Progress.FINISHED: "SUCCEEDED",
}
_OK = 200


@dataclass(frozen=True, slots=True)
class AilabResponses:
    """Builds responses in some dialects; the default is v1, the one of the refiner's page."""

    dialects: Dialects

    def submit(self, task_id: str) -> Response:
        """To an accepted submit."""
        payload: Json = {"task_type": "async", "task_id": task_id}
        if Dialect.DATA in self.dialects:
            payload = {"data": payload}
        return JSONResponse(self._public(None) | payload)

    def query(self, progress: Progress, url: str = "") -> Response:
        """To a query of a task that has not failed; `url` when finished."""
        status = _TASK_STATUS[progress]
        return JSONResponse(self._public_of_poll() | self._payload(status, _OUTPUT_STATUS[progress], url))

    def failed_task(self, error: AilabError) -> Response:
        """To a query of a failed task: an error like any other, save in the dialects with a status for it."""
        if Dialect.STATUS3 in self.dialects:
            return JSONResponse(self._public_of_poll() | self._payload(3, "FAILED", ""))
        if Dialect.STATUS2_FAILED in self.dialects:
            return JSONResponse(self._public_of_poll() | self._payload(2, "FAILED", ""))
        return self.error(error)

    def error(self, error: AilabError) -> Response:
        """To a call that is refused."""
        return JSONResponse(self._public(error), error.status)

    def credits(self, pools: list[Json]) -> Response:
        """To a query of the credits that are left."""
        return JSONResponse(self._public(None) | {"data": pools})

    def _payload(self, status: int, output_status: str, url: str) -> Json:
        task_status: object = str(status) if Dialect.STRING_STATUS in self.dialects else status
        count = 1 if url else 0
        if Dialect.DATA in self.dialects:
            return {
                "task_status": task_status,
                "data": {"task_status": task_status, "image_url": url, "image_count": count},
            }
        return {
            "task_status": task_status,
            "output": {"task_status": output_status, "image_url": url},
            "usage": {"image_count": count},
        }

    def _public_of_poll(self) -> Json:
        """As the page's example of a poll, which has no ids; later versions do."""
        if self.dialects & {Dialect.V2, Dialect.V3}:
            return self._public(None)
        return {key: value for key, value in self._public(None).items() if not key.endswith("_id")}

    def _public(self, error: AilabError | None) -> Json:
        code, message = (error.code, error.message) if error else ("", "")
        detail: Json = {"code": code, "code_message": code_message(code) if code else "", "message": message}
        fields: Json = {"request_id": ids.ailab_request_id(), "log_id": ids.ailab_request_id()}
        if Dialect.V3 in self.dialects:
            return fields | {"error_detail": detail}
        fields["error_code"] = error.status if error else 0
        if Dialect.V2 not in self.dialects:
            fields |= {"error_code_str": code, "error_msg": message}
        return fields | {"error_detail": {"status_code": error.status if error else _OK} | detail}
