"""The moments of a job's life at which its process is killed, by name."""

from __future__ import annotations

import functools
import inspect
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from tryon_core import JobState, disk
from tryon_core.jobs.workflow import JobEngine
from tryon_core.storage.ledger import Ledger
from tryon_core.storage.store import Store

Fits = Callable[..., bool]


def always(*_: Any, **__: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Moment:
    """Before or after the first call of `owner.name` that fits by its arguments (or by what it returned)."""

    owner: Any
    name: str
    after: bool
    fits: Fits = always


def to(part: str) -> Fits:
    """Writes to one folder of a job: the folder comes first, or the file that is to be comes last."""
    return lambda *paths: part in (paths[0].name, getattr(paths[-1], "parent", paths[0]).name)


def writing(**wanted: object) -> Fits:
    """Changes of a job's row that hold these names; `...` stands for any value."""
    return lambda *_, **change: all(
        name in change and value in (..., change[name]) for name, value in wanted.items()
    )


def _submits(_client: Any, request: httpx.Request, **_: Any) -> bool:
    return request.url.path.endswith(("/ai/virtual/tryon", "/try-on-clothes-refiner"))


def _asks(_client: Any, request: httpx.Request, **_: Any) -> bool:
    return request.url.path.endswith(("tryon-results", "query-async-task-result"))


def _downloads(_client: Any, request: httpx.Request, **_: Any) -> bool:
    return request.url.path.startswith("/results/")


def _around(what: str, owner: Any, name: str, fits: Fits = always) -> dict[str, Moment]:
    return {
        f"before {what}": Moment(owner, name, False, fits),
        f"after {what}": Moment(owner, name, True, fits),
    }


def _step(name: str) -> Fits:
    return lambda _engine, step, *_: step.__name__ == name


MOMENTS: dict[str, Moment] = {
    **_around("the row is written", Ledger, "add"),
    **_around("the engine has it", JobEngine, "begin"),
    **_around("preparing", JobEngine, "_bound", _step("prepare")),
    "after a mended photo is drafted": Moment(disk, "_draft", True, to("ready")),
    "after a mended photo is published": Moment(disk, "_publish", True, to("ready")),
    "after a mended photo's folder is safe": Moment(disk, "_sync_folder", True, to("ready")),
    **_around("the step of sending", JobEngine, "_bound", _step("submit")),
    **_around("the mark of sending", Ledger, "claim_sending"),
    **_around("the submit", httpx.AsyncClient, "send", _submits),
    **_around("the task id is written", Store, "change", writing(task_id=...)),
    **_around("the step of polling", JobEngine, "_bound", _step("poll")),
    **_around("a question", httpx.AsyncClient, "send", _asks),
    **_around("a new state is written", Store, "change", writing(state=JobState.RUNNING)),
    "before a download": Moment(httpx.AsyncClient, "send", False, _downloads),
    "in the middle of a download": Moment(httpx.AsyncClient, "send", True, _downloads),
    "before a picture is drafted": Moment(disk, "_draft", False, to("pictures")),
    "after a picture is drafted": Moment(disk, "_draft", True, to("pictures")),
    "after a picture is published": Moment(disk, "_publish", True, to("pictures")),
    "after a picture's folder is safe": Moment(disk, "_sync_folder", True, to("pictures")),
    **_around("a picture's row", Store, "change", writing(pictures=...)),
    **_around("the step of saving", JobEngine, "_bound", _step("save")),
    **_around("the end is written", Store, "change", writing(state=JobState.SUCCEEDED)),
}


# Of a request with the suits of several jobs.
TOGETHER: dict[str, Moment] = {
    "after they are marked together": Moment(Store, "claim_together", True),
    "after they are sent together": MOMENTS["after the submit"],
    **_around("their task id is written", Store, "change_together"),
}


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def set_trap(moment: Moment) -> None:
    """From now on this process is killed at that moment. A step's moment is when it runs."""
    true = getattr(moment.owner, moment.name)
    made = _async_trap if inspect.iscoroutinefunction(true) else _trap
    trapped = _step_trap if moment.name == "_bound" else made
    setattr(moment.owner, moment.name, functools.wraps(true)(trapped(true, moment)))


def _trap(true: Callable[..., Any], moment: Moment) -> Callable[..., Any]:
    def mortal(*arguments: Any, **named: Any) -> Any:
        fits = moment.fits(*arguments, **named)
        if fits and not moment.after:
            die()
        result = true(*arguments, **named)
        if fits:
            die()
        return result

    return mortal


def _async_trap(true: Callable[..., Any], moment: Moment) -> Callable[..., Any]:
    async def mortal(*arguments: Any, **named: Any) -> Any:
        fits = moment.fits(*arguments, **named)
        if fits and not moment.after:
            die()
        result = await true(*arguments, **named)
        if fits:
            die()
        return result

    return mortal


def _step_trap(true: Callable[..., Any], moment: Moment) -> Callable[..., Any]:
    def bound(*arguments: Any) -> Any:
        run = true(*arguments)
        return _async_trap(run, Moment(None, "", moment.after)) if moment.fits(*arguments) else run

    return bound
