"""How AILab answers: the public fields in their versions, and the payload in its places."""

from __future__ import annotations

from dataclasses import dataclass

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
class Reply:
    """A JSON body with its HTTP status."""

    body: Json
    status: int = _OK


@dataclass(frozen=True, slots=True)
class Voice:
    """Answers in some dialects; the default is v1, the one of the refiner's page."""

    dialects: Dialects

    def submitted(self, task_id: str) -> Reply:
        """A submit was accepted."""
        payload: Json = {"task_type": "async", "task_id": task_id}
        if Dialect.DATA in self.dialects:
            payload = {"data": payload}
        return Reply(self._public(None) | payload)

    def progress(self, progress: Progress, url: str = "") -> Reply:
        """A task was asked about and has not failed; `url` when finished."""
        status = _TASK_STATUS[progress]
        return Reply(self._public_of_poll() | self._payload(status, _OUTPUT_STATUS[progress], url))

    def failed(self, error: AilabError) -> Reply:
        """A task failed: an error like any other, save in the dialects that tell it in the status."""
        if Dialect.STATUS3 in self.dialects:
            return Reply(self._public_of_poll() | self._payload(3, "FAILED", ""))
        if Dialect.STATUS2_FAILED in self.dialects:
            return Reply(self._public_of_poll() | self._payload(2, "FAILED", ""))
        return self.refused(error)

    def refused(self, error: AilabError) -> Reply:
        """A call was turned away."""
        return Reply(self._public(error), error.status)

    def balance(self, pools: list[Json]) -> Reply:
        """The credits that are left."""
        return Reply(self._public(None) | {"data": pools})

    def _payload(self, status: int, words: str, url: str) -> Json:
        told: object = str(status) if Dialect.STRING_STATUS in self.dialects else status
        count = 1 if url else 0
        if Dialect.DATA in self.dialects:
            return {
                "task_status": told,
                "data": {"task_status": told, "image_url": url, "image_count": count},
            }
        return {
            "task_status": told,
            "output": {"task_status": words, "image_url": url},
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
        told: Json = {"request_id": ids.ailab_request_id(), "log_id": ids.ailab_request_id()}
        if Dialect.V3 in self.dialects:
            return told | {"error_detail": detail}
        told["error_code"] = error.status if error else 0
        if Dialect.V2 not in self.dialects:
            told |= {"error_code_str": code, "error_msg": message}
        return told | {"error_detail": {"status_code": error.status if error else _OK} | detail}
