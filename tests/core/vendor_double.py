"""Both vendors and their result host in a few lines, on a fake clock, with faults in the order they were set.

It keeps the books that the tests compare with: which submits may have arrived, and what was made.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

import httpx

from tests.core import fakes

SENTINEL = "SENTINEL-that-must-not-be-kept"
AIDGE, AILAB, RESULTS = "aidge.test", "ailab.test", "results.test"
HTML = "<html><body>Welcome</body></html>"
DATE = {"date": "Wed, 15 Nov 2023 22:13:20 GMT"}

# Faults on a submit: does the task come into being, and may the client believe so?
ARRIVES = ("fine", "drop_after", "not_json", "status_504_after", "truncated")
UNKNOWABLE = (*ARRIVES, "drop_before", "status_502_before")
ANSWERED_NO = ("busy_429", "busy_503", "status_413", "no_code", "wrong_clock")
SUBMIT_FAULTS = (*UNKNOWABLE, *ANSWERED_NO, "refuse_connection")
QUERY_FAULTS = (
    "refuse_connection",
    "timeout",
    "busy_429",
    "status_500",
    "not_json",
    "empty",
    "passing_code",
    "account_code",
    "final_code",
    "gone_code",
)
RESULT_FAULTS = ("status_403", "status_404", "status_503", "cut", "cut_with_mark", "not_a_picture", "timeout")


@cache
def made(number: int) -> bytes:
    """The bytes of a result picture."""
    return fakes.picture(8, 8, seed=number)


@dataclass
class Task:
    """One accepted submit. `fate` is what the vendor's own troubles made of it."""

    id: str
    job_id: str
    vendor: str
    ready_at: float
    pictures: tuple[int, ...]
    failed: int = 0
    fate: str = "fine"


@dataclass
class VendorDouble:
    """A handler for `httpx.MockTransport`. `point` is told of each moment at which a process may die."""

    now: Callable[[], float]
    point: Callable[[], None]
    driven: Callable[[], str]
    submit_faults: deque[str] = field(default_factory=deque)
    query_faults: deque[str] = field(default_factory=deque)
    result_faults: deque[str] = field(default_factory=deque)
    takes_s: float = 12.0
    failing_parts: int = 0
    tasks: dict[str, Task] = field(default_factory=dict)
    may_have_arrived: list[str] = field(default_factory=list)  # job ids, one for each such submit
    after_arrival: list[str] = field(default_factory=list)  # submits that should never have been
    stamps: list[str] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.host == RESULTS:
            return self._result(request)
        if request.url.path.endswith(("tryon-results", "query-async-task-result")):
            return self._query(request)
        return self._submit(request)

    def calm(self) -> None:
        """No more faults."""
        for queue in (self.submit_faults, self.query_faults, self.result_faults):
            queue.clear()

    def bury(self, job_id: str) -> None:
        """What was of this job is now of a job that is deleted."""
        old = f"{job_id}, deleted {len(self.tasks)}"
        self.may_have_arrived[:] = [old if one == job_id else one for one in self.may_have_arrived]
        for task in self.tasks.values():
            task.job_id = old if task.job_id == job_id else task.job_id

    def _submit(self, request: httpx.Request) -> httpx.Response:
        fault = self.submit_faults.popleft() if self.submit_faults else "fine"
        vendor, job_id = request.url.host, self.driven()
        if fault == "wrong_clock" and vendor == AILAB:
            fault = "fine"  # it knows no timestamps
        if job_id in self.may_have_arrived:
            self.after_arrival.append(job_id)
        if fault in UNKNOWABLE:
            self.may_have_arrived.append(job_id)
        self.point()
        task = self._accepted(vendor, job_id) if fault in ARRIVES else None
        self.point()
        return self._receipt(request, fault, vendor, task)

    def _accepted(self, vendor: str, job_id: str) -> Task:
        number = len(self.tasks) + 1
        count = 2 if vendor == AIDGE else 1
        failed = min(self.failing_parts, count - 1)
        pictures = tuple(10 * number + index for index in range(count - failed))
        task = Task(f"task-{number}", job_id, vendor, self.now() + self.takes_s, pictures, failed)
        self.tasks[task.id] = task
        return task

    def _receipt(self, request: httpx.Request, fault: str, vendor: str, task: Task | None) -> httpx.Response:
        if fault == "refuse_connection":
            raise httpx.ConnectError("refused")
        if fault == "drop_before":
            raise httpx.RemoteProtocolError("gone")
        if fault == "drop_after":
            raise httpx.ReadTimeout("late")
        if fault.startswith(("status_", "busy_")):
            return httpx.Response(int(fault.split("_")[1]), text=HTML)
        if fault == "not_json":
            return httpx.Response(200, text=HTML)
        if fault == "no_code":
            return _said({"resCode": "700"} if vendor == AIDGE else _refusal("MISSING_PARAMETERS"))
        if fault == "wrong_clock":
            self.stamps.append(request.url.params["timestamp"])
            return httpx.Response(200, json={"code": "IllegalTimestamp"}, headers=DATE)
        assert task is not None
        inside = {"data": {"result": json.dumps({"taskId": task.id})}, "resCode": "200"}
        body = json.dumps(inside if vendor == AIDGE else {"error_code": 0, "task_id": task.id})
        return httpx.Response(200, text=body[: len(body) // 2] if fault == "truncated" else body)

    def _query(self, request: httpx.Request) -> httpx.Response:
        vendor = request.url.host
        asked = request.url.params.get("task_id") or json.loads(request.content)["task_id"]
        fault = self.query_faults.popleft() if self.query_faults else "fine"
        self.point()
        task = self.tasks[asked]
        if fault in ("final_code", "gone_code"):
            task.fate = fault  # a vendor that says so once says so always
        fault = task.fate if task.fate != "fine" else fault
        if fault == "refuse_connection":
            raise httpx.ConnectError("refused")
        if fault == "timeout":
            raise httpx.ReadTimeout("late")
        return _QUERY_ANSWERS[fault](vendor) if fault in _QUERY_ANSWERS else self._report(task)

    def _report(self, task: Task) -> httpx.Response:
        done = self.now() >= task.ready_at
        links = [self._link(number) for number in task.pictures] if done else []
        if task.vendor == AILAB:
            found: dict[str, object] = {"error_code": 0, "task_status": 2 if done else 1, "output": {}}
            return _said(found | ({"data": {"image": links[0]}} if links else {}))
        parts: list[dict[str, object]] = [
            {"taskStatus": "finished", "taskResult": {"result": {"imageList": [{"imageUrl": link}]}}}
            for link in links
        ]
        parts += [{"taskStatus": "failed"}] * (task.failed if done else 0)
        data = {"taskStatus": "finished" if done else "running", "taskResult": parts}
        return _said({"resCode": "200", "data": data})

    def _link(self, number: int) -> str:
        return f"https://{RESULTS}/{number}.png?Signature={SENTINEL}-{self.now()}"

    def _result(self, request: httpx.Request) -> httpx.Response:
        fault = self.result_faults.popleft() if self.result_faults else "fine"
        data = made(int(request.url.path.strip("/").split(".")[0]))
        self.point()
        if fault == "timeout":
            raise httpx.ReadTimeout("late")
        if fault.startswith("status_"):
            return httpx.Response(int(fault.split("_")[1]))
        if fault == "not_a_picture":
            return httpx.Response(200, text=HTML)
        whole = {"content-length": str(len(data))}
        if fault == "cut":
            return httpx.Response(200, content=data[:50], headers=whole)
        if fault == "cut_with_mark":
            return httpx.Response(200, content=data[:50], headers=whole | {"etag": '"one"'})
        return _ranged(request, data)


def _ranged(request: httpx.Request, data: bytes) -> httpx.Response:
    if "range" not in request.headers:
        return httpx.Response(200, content=data)
    start = int(request.headers["range"].removeprefix("bytes=").rstrip("-"))
    told = {"content-range": f"bytes {start}-{len(data) - 1}/{len(data)}"}
    return httpx.Response(206, content=data[start:], headers=told)


def _said(body: object) -> httpx.Response:
    return httpx.Response(200, json=body)


def _refusal(code: str) -> dict[str, object]:
    return {"error_code": 400, "error_detail": {"code": code}, "request_id": "r"}


def _coded(aidge: str, ailab: str) -> Callable[[str], httpx.Response]:
    return lambda vendor: _said({"resCode": aidge} if vendor == AIDGE else _refusal(ailab))


_QUERY_ANSWERS: dict[str, Callable[[str], httpx.Response]] = {
    "busy_429": lambda _: httpx.Response(429, headers={"retry-after": "20"}),
    "status_500": lambda _: httpx.Response(500, text=HTML),
    "not_json": lambda _: httpx.Response(200, text=HTML),
    "empty": lambda _: httpx.Response(200),
    "passing_code": _coded("501", "AI_SERVICE_ERROR"),
    "account_code": _coded("InsufficientPermission", "ERROR_USER_LOCKED"),
    "final_code": _coded("801", "PROCESSING_FAILURE"),
    "gone_code": _coded("700", "ERROR_RESOURCE_RECLAIMED"),
}
