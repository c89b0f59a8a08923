"""The tester's control routes, `/_sandbox/`: list tasks, order faults, set the timing, reset."""

from __future__ import annotations

import json
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tryon_sandbox.faults import BadFault, read_order
from tryon_sandbox.settings import Timing
from tryon_sandbox.state import Sandbox


class BadTiming(ValueError):
    """A timing that cannot be understood; the text says why and may be shown."""


class Control:
    """Only for tests: anybody who can reach it can read and break everything."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def routes(self) -> list[Route]:
        """The routes to add to the app."""
        return [
            Route("/_sandbox/tasks", self.tasks, methods=["GET"]),
            Route("/_sandbox/faults", self.faults, methods=["POST"]),
            Route("/_sandbox/timing", self.timing, methods=["POST"]),
            Route("/_sandbox/reset", self.reset, methods=["POST"]),
        ]

    async def tasks(self, request: Request) -> Response:
        """All tasks, oldest first, as a JSON list."""
        call_log = self._sandbox.call_log
        return JSONResponse([call_log.summary(task) for task in self._sandbox.task_store.tasks()])

    async def faults(self, request: Request) -> Response:
        """Orders faults; 400 with the reason, and nothing is ordered, when one of them is not understood."""
        try:
            body = await _json(request)
            orders = tuple(read_order(one) for one in (body if isinstance(body, list) else [body]))
        except BadFault as error:
            return _bad(error)
        self._sandbox.faults.arm(orders)
        return JSONResponse({"open": self._sandbox.faults.open})

    async def timing(self, request: Request) -> Response:
        """Sets the schedule of tasks to come; fields that are absent stay. Answers with what holds now."""
        try:
            self._sandbox.timing = _timing(await _json(request), self._sandbox.timing)
        except (BadFault, BadTiming) as error:
            return _bad(error)
        return JSONResponse(asdict(self._sandbox.timing))

    async def reset(self, request: Request) -> Response:
        """Forgets tasks, faults, counts and timing."""
        self._sandbox.reset()
        return JSONResponse({})


async def _json(request: Request) -> object:
    try:
        parsed: object = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise BadFault("the body is not JSON") from None
    return parsed


def _timing(raw: object, current: Timing) -> Timing:
    fields = asdict(current)
    if not isinstance(raw, dict) or not set(raw) <= set(fields):
        raise BadTiming(f"timing is an object with some of {', '.join(fields)}")
    if not all(isinstance(value, int | float) and not isinstance(value, bool) for value in raw.values()):
        raise BadTiming("timing is given in numbers")
    try:
        return Timing(**fields | raw)
    except ValueError as error:
        raise BadTiming(str(error)) from None


def _bad(error: ValueError) -> Response:
    return JSONResponse({"error": str(error)}, 400)
