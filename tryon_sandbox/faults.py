"""Faults that a tester orders in advance: what may go wrong, where, and how often."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from tryon_sandbox.aidge.errors import BUSINESS, GATEWAY
from tryon_sandbox.ailab.errors import STATUS
from tryon_sandbox.settings import Dialect, Vendor


class Point(StrEnum):
    """A kind of call that can go wrong."""

    AIDGE_SUBMIT = "aidge.submit"
    AIDGE_QUERY = "aidge.query"
    AILAB_SUBMIT = "ailab.submit"
    AILAB_QUERY = "ailab.query"
    RESULT = "result"

    @property
    def vendor(self) -> Vendor | None:
        """Whose call it is; a result picture is nobody's in particular."""
        return None if self is Point.RESULT else Vendor(self.partition(".")[0])


class FaultName(StrEnum):
    """What can go wrong; `DESCRIPTIONS` says what each means."""

    DROP_BEFORE = "drop_before"
    DROP_AFTER = "drop_after"
    DELAY = "delay"
    STATUS = "status"
    CODE = "code"
    NOT_JSON = "not_json"
    EMPTY = "empty"
    TRUNCATE = "truncate"
    SLOW_DRIP = "slow_drip"
    WRONG_TYPE = "wrong_type"
    DIALECT = "dialect"
    NEVER_FINISH = "never_finish"
    FAIL_SUBTASK = "fail_subtask"
    EXPIRE = "expire"


DESCRIPTIONS = {
    FaultName.DROP_BEFORE: "the connection is lost and nothing was done",
    FaultName.DROP_AFTER: "the call is carried out and its answer is lost",
    FaultName.DELAY: "delay:S, the call is carried out and answered S seconds later",
    FaultName.STATUS: "status:N, nothing was done and HTTP N comes back with a page that is not JSON",
    FaultName.CODE: "code:C, nothing was done and the vendor's error C comes back",
    FaultName.NOT_JSON: "the call is carried out and answered with an HTML page",
    FaultName.EMPTY: "the call is carried out and answered with no body",
    FaultName.TRUNCATE: "the call is carried out and the answer breaks off in the middle",
    FaultName.SLOW_DRIP: "slow_drip or slow_drip:S, the answer trickles in over S seconds (2)",
    FaultName.WRONG_TYPE: "every value of the answer has another type; a picture is a text instead",
    FaultName.DIALECT: "dialect:NAME, the answer is in that dialect",
    FaultName.NEVER_FINISH: "at submit the task runs for ever, at query this answer says running",
    FaultName.FAIL_SUBTASK: "fail_subtask:I, picture I (from 0) of the task fails for good",
    FaultName.EXPIRE: "at submit and query the task is gone for good, at a result this answer says expired",
}


class BadFault(ValueError):
    """An order that cannot be understood; the text says why and may be shown."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong; `argument` is what stood behind the colon."""

    name: FaultName
    argument: str = ""


@dataclass(frozen=True, slots=True)
class FaultOrder:
    """A fault that waits for its calls: `after` of them pass unharmed, then it strikes `times` times."""

    on: Point
    fault: Fault
    times: int = 1
    after: int = 0


@dataclass(frozen=True, slots=True)
class ActiveFaults:
    """What goes wrong with the call at hand."""

    faults: tuple[Fault, ...] = ()

    def __contains__(self, name: FaultName) -> bool:
        return any(fault.name is name for fault in self.faults)

    def argument(self, name: FaultName) -> str | None:
        """The argument of the first such fault; None when there is none."""
        return next((fault.argument for fault in self.faults if fault.name is name), None)

    @property
    def dialects(self) -> frozenset[Dialect]:
        """The dialects that were ordered."""
        return frozenset(Dialect(fault.argument) for fault in self.faults if fault.name is FaultName.DIALECT)

    @property
    def failing(self) -> frozenset[int]:
        """The pictures that were ordered to fail, from 0."""
        return frozenset(int(fault.argument) for fault in self.faults if fault.name is FaultName.FAIL_SUBTASK)


class FaultBoard:
    """The orders that are still open. Several that are due strike the same call together."""

    def __init__(self) -> None:
        self._orders: list[FaultOrder] = []

    def arm(self, orders: tuple[FaultOrder, ...]) -> None:
        """Adds orders to those that are open."""
        self._orders.extend(orders)

    def take(self, point: Point) -> ActiveFaults:
        """What goes wrong with a call that just came in; counts it."""
        due = [order for order in self._orders if order.on is point and order.after == 0]
        self._orders = [left for order in self._orders if (left := _counted(order, point)).times > 0]
        return ActiveFaults(tuple(order.fault for order in due))

    @property
    def open(self) -> int:
        """How many orders have not used themselves up."""
        return len(self._orders)

    def clear(self) -> None:
        """Forgets all orders."""
        self._orders.clear()


def _counted(order: FaultOrder, point: Point) -> FaultOrder:
    if order.on is not point:
        return order
    if order.after:
        return replace(order, after=order.after - 1)
    return replace(order, times=order.times - 1)


def read_order(raw: object) -> FaultOrder:
    """An order from its JSON form. Raises `BadFault`."""
    if not isinstance(raw, Mapping):
        raise BadFault("a fault is an object with on, fault, times and after")
    point = _point(raw.get("on"))
    fault = read_fault(raw.get("fault"), point)
    return FaultOrder(point, fault, _count(raw, "times", 1), _count(raw, "after", 0))


def read_fault(raw: object, point: Point) -> Fault:
    """A fault from `name` or `name:argument`. Raises `BadFault`, with all names when this one is unknown."""
    name_text, _, argument = str(raw).partition(":")
    if name_text not in set(FaultName):
        known = "; ".join(f"{name} ({text})" for name, text in DESCRIPTIONS.items())
        raise BadFault(f"unknown fault {name_text!r}. Known: {known}")
    name = FaultName(name_text)
    if point not in _POINTS.get(name, frozenset(Point)):
        raise BadFault(f"{name} does not apply to {point}")
    if not _ARGUMENTS[name](argument, point):
        raise BadFault(f"{name} does not take {argument!r}: {DESCRIPTIONS[name]}")
    return Fault(name, argument)


def _point(raw: object) -> Point:
    if not isinstance(raw, str) or raw not in set(Point):
        raise BadFault(f"on is one of {', '.join(Point)}")
    return Point(raw)


def _count(raw: Mapping[str, object], key: str, least: int) -> int:
    value = raw.get(key, least)
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise BadFault(f"{key} is a whole number from {least}")
    return value


def _nothing(argument: str, point: Point) -> bool:
    return argument == ""


def _seconds(argument: str, point: Point) -> bool:
    return re.fullmatch(r"\d+(\.\d+)?", argument) is not None


def _seconds_or_nothing(argument: str, point: Point) -> bool:
    return _nothing(argument, point) or _seconds(argument, point)


def _http_status(argument: str, point: Point) -> bool:
    return re.fullmatch(r"[2-5]\d\d", argument) is not None


def _vendor_code(argument: str, point: Point) -> bool:
    return argument in (STATUS if point.vendor is Vendor.AILAB else {**BUSINESS, **GATEWAY})


def _dialect(argument: str, point: Point) -> bool:
    return argument in set(Dialect) and Dialect(argument).vendor is point.vendor


def _index(argument: str, point: Point) -> bool:
    return re.fullmatch(r"\d{1,3}", argument) is not None


_ARGUMENTS: dict[FaultName, Callable[[str, Point], bool]] = {
    **dict.fromkeys(FaultName, _nothing),
    FaultName.DELAY: _seconds,
    FaultName.SLOW_DRIP: _seconds_or_nothing,
    FaultName.STATUS: _http_status,
    FaultName.CODE: _vendor_code,
    FaultName.DIALECT: _dialect,
    FaultName.FAIL_SUBTASK: _index,
}
_ABOUT_TASKS = frozenset(Point) - {Point.RESULT}
_POINTS = dict.fromkeys(
    (FaultName.CODE, FaultName.DIALECT, FaultName.NEVER_FINISH, FaultName.FAIL_SUBTASK), _ABOUT_TASKS
)
