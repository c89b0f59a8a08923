"""How Aidge answers: the page's own envelope, and the dialects that were documented elsewhere."""

from __future__ import annotations

import json
from dataclasses import dataclass

from tryon_sandbox import ids
from tryon_sandbox.aidge.errors import BUSINESS, GATEWAY, OVER_THE_RATE, BusinessError, GatewayError
from tryon_sandbox.settings import Dialect, Dialects
from tryon_sandbox.tasks import Progress

Json = dict[str, object]

_PASCAL_STATUS = {
    Progress.SUBMITTED: "QUEUED",
    Progress.RUNNING: "IN_PROGRESS",
    Progress.FINISHED: "COMPLETED",
    Progress.FAILED: "FAILED",
}
_PASCAL_CODE = {
    "500": "DownstreamUnavailable",
    "501": "DownstreamUnavailable",
    "801": "DownstreamUnavailable",
    "1000": "InputContentBlocked",
    "1001": "DownstreamUnavailable",
    "1002": "InputContentBlocked",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A sub-task as told: its picture's link is "" until it is finished."""

    progress: Progress
    url: str
    clothes: str


@dataclass(frozen=True, slots=True)
class Report:
    """A task as told; `code` is the `resCode` of a failed one."""

    task_id: str
    progress: Progress
    entries: tuple[Entry, ...]
    code: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """A JSON body with its HTTP status."""

    body: Json
    status: int = 200


@dataclass(frozen=True, slots=True)
class Voice:
    """Answers at one moment (`now`, seconds since 1970) in some dialects."""

    dialects: Dialects
    now: float

    def submitted(self, task_id: str) -> Reply:
        """A submit was accepted. By the page `data.result` is a string that holds JSON."""
        if Dialect.PASCAL in self.dialects:
            return self._pascal({"TaskId": task_id})
        if Dialect.TASK_ID_IN_DATA in self.dialects:
            return self._seed({"taskId": task_id})
        result = {"taskId": task_id}
        as_object = Dialect.RESULT_OBJECT in self.dialects
        return self._seed({"result": result if as_object else json.dumps(result, separators=(",", ":"))})

    def reported(self, report: Report) -> Reply:
        """A task was asked about. A failed one has its own `resCode`, and still says which task it is."""
        if Dialect.PASCAL in self.dialects:
            return self._pascal(_pascal_report(report))
        structured = Dialect.STRUCTDATA in self.dialects
        data = _structdata(report) if structured else _seed_report(report)
        return self._seed(data, report.code or "200")

    def refused(self, error: BusinessError | GatewayError) -> Reply:
        """A call was turned away."""
        over = Dialect.HTTP_STATUS in self.dialects and error.code in OVER_THE_RATE
        status = 429 if over else 200
        if Dialect.PASCAL in self.dialects:
            return Reply(self._pascal_refusal(error), status)
        if isinstance(error, BusinessError):
            return Reply(self._seed(None, error.code, error.detail).body, status)
        return Reply(self._gateway_refusal(error), status)

    def _seed(self, data: Json | None, code: str = "200", detail: str = "") -> Reply:
        typed = Dialect.NUMERIC_TYPES in self.dialects
        good = code == "200"
        message = "success" if good else BUSINESS[code]
        body: Json = {
            "code": 0 if typed else "0",
            "data": data,
            "requestId": ids.aidge_service_id(self.now),
            "success": good if typed else str(good).lower(),
            "resCode": int(code) if typed else code,
            "resMessage": f"{message}: {detail}" if detail else message,
            "request_id": ids.aidge_gateway_id(self.now),
        }
        return Reply({key: value for key, value in body.items() if value is not None})

    def _gateway_refusal(self, error: GatewayError) -> Json:
        type_, message = GATEWAY[error.code]
        text = f"{message}: {error.detail}" if error.detail else message
        request_id = ids.aidge_gateway_id(self.now)
        if Dialect.ERROR_RESPONSE in self.dialects:
            wrapped = {"type": type_, "code": error.code, "msg": text, "request_id": request_id}
            return {"error_response": wrapped}
        return {"type": type_, "code": error.code, "message": text, "request_id": request_id}

    def _pascal(self, data: Json) -> Reply:
        return Reply(
            {
                "Code": "success",
                "Message": "Success",
                "RequestId": ids.aidge_service_id(self.now),
                "Data": data,
                "Success": True,
            }
        )

    def _pascal_refusal(self, error: BusinessError | GatewayError) -> Json:
        if isinstance(error, GatewayError):
            code, message = error.code, GATEWAY[error.code][1]
        else:
            code, message = _PASCAL_CODE.get(error.code, "InvalidParameter"), BUSINESS[error.code]
        return {
            "Code": code,
            "Message": f"{message}: {error.detail}" if error.detail else message,
            "RequestId": ids.aidge_service_id(self.now),
            "Data": None,
            "Success": False,
        }


def _seed_report(report: Report) -> Json:
    entries = [_seed_entry(entry) for entry in report.entries]
    # A queued task has no list yet: what the vendor sends then is not documented, and absence is the harder
    # case.
    told: Json = {} if report.progress is Progress.SUBMITTED else {"taskResult": entries}
    return told | {"taskStatus": report.progress, "taskId": report.task_id}


def _seed_entry(entry: Entry) -> Json:
    if entry.progress is not Progress.FINISHED:
        return {"taskStatus": entry.progress}
    image = {"imageUrl": entry.url, "clothes": entry.clothes}
    return {"taskResult": {"result": {"imageList": [image]}}, "taskStatus": entry.progress}


def _structdata(report: Report) -> Json:
    """The shape that the Hands & Feet page shows for its results; perhaps that of pro."""
    entries = [_structdata_entry(report, at, entry) for at, entry in enumerate(report.entries)]
    told: Json = {} if report.progress is Progress.SUBMITTED else {"taskResult": entries}
    usage = sum(entry.progress is Progress.FINISHED for entry in report.entries)
    return told | {"usage": usage, "taskId": report.task_id, "taskStatus": report.progress}


def _structdata_entry(report: Report, at: int, entry: Entry) -> Json:
    told: Json = {"requestBizId": f"{report.task_id}-{at}", "taskStatus": entry.progress}
    if entry.progress is not Progress.FINISHED:
        return told
    inner = {"structData": {"code": "200", "data": [entry.url], "message": "success"}, "success": True}
    return told | {
        "usage": 1,
        "taskResult": json.dumps({"data": inner, "requestId": f"{report.task_id}-{at}"}),
        "usageMap": json.dumps({"ProcessedImageCount": "1"}),
    }


def _pascal_report(report: Report) -> Json:
    """By the Alibaba Cloud edition `Result` is a string: JSON when completed, the reason when failed.

    What the JSON of a try-on holds is not documented; this sends the seed page's list of sub-tasks.
    """
    told: Json = {"TaskId": report.task_id, "Status": _PASCAL_STATUS[report.progress]}
    if report.progress is Progress.FAILED:
        return told | {"Result": BUSINESS[report.code]}
    if report.progress is not Progress.FINISHED:
        return told
    finished = sum(entry.progress is Progress.FINISHED for entry in report.entries)
    result = {"taskResult": [_seed_entry(entry) for entry in report.entries]}
    return told | {"Result": json.dumps(result), "UsageMap": {"ProcessedImageCount": str(finished)}}
