"""What a vendor's codes mean: what happened, what to do, may it pass, was it charged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from tryon_core.errors import Charged, Problem, VendorBusy, problem
from tryon_core.sentences import said, texts_of


class Kind(StrEnum):
    """What a code means for a job."""

    TASK = "task"  # this task has failed for good
    PASSING = "passing"  # the same call may work a little later
    ACCOUNT = "account"  # key, permission, credits: the same for every job until somebody mends it
    GONE = "gone"  # the vendor no longer has it


@dataclass(frozen=True, slots=True)
class CodeGroup:
    """What the codes of a group mean for a job. `quotes`: the vendor's own message says more than ours can,
    so it is shown too; `of_key`: it is about the key itself, which who entered it can mend."""

    kind: Kind = Kind.TASK
    quotes: bool = False
    of_key: bool = False


@dataclass(frozen=True, slots=True)
class ErrorCodes:
    """Everything that one vendor can say no with, and what is said when it says nothing.

    `id` is the vendor's, under which its texts are known: `what.<group>.<code>` tells what happened and
    `todo.<group>` what to do, `todo.failed` after a task that failed without a code. `groups` has every group
    of them. `vendor` is its name in sentences and `base_url_setting` the setting of its address; `too_often`
    are the codes that slow a key down and not one task, and with which nothing was taken; `late` those of a
    gateway that stopped waiting for the service behind it, which may go on. `failed_charged` is what its
    pages say of the cost of a task that failed; an `id` of "" is a vendor of which nothing is known.
    """

    id: str
    vendor: str
    base_url_setting: str
    groups: Mapping[str, CodeGroup]
    too_often: frozenset[str]
    late: frozenset[str]
    failed_charged: Charged = Charged.UNKNOWN

    @property
    def table(self) -> Mapping[str, str]:
        """The group of every code that is known."""
        return _groups_of(self.id) if self.id else {}

    def kind(self, code: str) -> Kind:
        """What sort of failure a code is; an unknown one is final, except for HTTP statuses that may pass."""
        if code in self.table:
            return self.groups[self.table[code]].kind
        return Kind.PASSING if code == "429" or (len(code) == 3 and code.startswith("5")) else Kind.TASK

    def passes(self, code: str, status: int) -> bool:
        """Whether an answer may be another one later: by its code, an unknown one by HTTP status 5xx."""
        return self.kind(code) is Kind.PASSING or (code not in self.table and status >= 500)

    def is_too_often(self, busy: VendorBusy) -> bool:
        """Whether a refusal is about the number of calls and not about one task."""
        return busy.retry_after is not None or busy.problem.code in self.too_often

    def explain(self, code: str, message: str = "", request_id: str = "") -> Problem:
        """A code as a reader meets it. An unknown one is told with the vendor's own words."""
        group = self.table.get(code)
        if group is None:
            return self._unknown(code, message, request_id)
        what = said(f"{self.id}:what.{group}.{code}")
        if self.groups[group].quotes and message:
            what = said("vendor.says", what=what, vendor=self.vendor, message=message)
        return Problem(what, self._todo(group), code=code, request_id=request_id)

    def _unknown(self, code: str, message: str, request_id: str) -> Problem:
        passing = self.kind(code) is Kind.PASSING
        return Problem(
            said(
                f"vendor.answered.{'words' if message else 'code'}",
                vendor=self.vendor,
                code=code,
                message=message,
            ),
            said("vendor.soon" if passing else "vendor.support", vendor=self.vendor),
            Charged.NO if passing else Charged.UNKNOWN,
            code,
            request_id,
        )

    def of_own_key(self, problem: Problem) -> Problem:
        """A problem as a visitor meets it who brought the key, and knows of no setting."""
        group = self.groups.get(self.table.get(problem.code, ""), CodeGroup())
        return replace(problem, todo=said("vendor.own_key", vendor=self.vendor)) if group.of_key else problem

    def never_sent(self) -> Problem:
        """The request provably never left."""
        return problem("never_sent", code="not sent", vendor=self.vendor)

    def uncertain(self, request_id: str = "") -> Problem:
        """The request may have arrived, and no answer came."""
        return problem(
            "no_answer", Charged.UNKNOWN, code="no answer", request_id=request_id, vendor=self.vendor
        )

    def not_taken(self, status: int) -> Problem:
        """The request was turned away by its HTTP status, without a word of the vendor's service."""
        return problem(
            f"not_taken.{_ABOUT.get(status, 'request')}",
            code=f"HTTP {status}",
            vendor=self.vendor,
            status=status,
            base_url=self.base_url_setting or said("vendor.base_url"),
        )

    def overdue(self, waited_s: float, last: Problem | None = None) -> Problem:
        """The task did not end within the seconds that were waited; `last` is what the last poll met."""
        minutes = round(waited_s / 60)
        told = problem("overdue", Charged.UNKNOWN, code="overdue", vendor=self.vendor, minutes=minutes)
        if last is None:
            return told
        what = said("then", first=told.what, second=said("vendor.last_poll", what=last.what))
        return replace(told, what=what, request_id=last.request_id)

    def expired(self) -> Problem:
        """The vendor no longer has the task, or its pictures."""
        return problem("expired", Charged.UNKNOWN, code="expired", vendor=self.vendor)

    def no_picture(self, request_id: str = "") -> Problem:
        """The task is finished, and no picture of it can be found."""
        return problem(
            "no_picture", Charged.UNKNOWN, code="no picture", request_id=request_id, vendor=self.vendor
        )

    def failed(self, code: str, words: str, request_id: str = "") -> Problem:
        """The task has failed, by its code or in the vendor's own words, where there are any."""
        if code in self.table:
            known = self.explain(code, words, request_id)
            return replace(known, todo=self._with_cost(known.todo), charged=self.failed_charged)
        what = said(f"vendor.failed.{'words' if words else 'only'}", vendor=self.vendor, message=words)
        return Problem(what, self._with_cost(self._todo("failed")), self.failed_charged, code, request_id)

    def _todo(self, group: str) -> str:
        return said(f"{self.id}:todo.{group}")

    def _with_cost(self, todo: str) -> str:
        if self.failed_charged is not Charged.NO:
            return todo
        return said("then", first=todo, second=said("vendor.bills_none", vendor=self.vendor))


# What a wordless refusal of a submit is about (RFC 9110, 15.5).
_ABOUT = {402: "account", 404: "address", 405: "address", 407: "proxy", 413: "size", 414: "size", 431: "size"}


@cache
def _groups_of(vendor_id: str) -> Mapping[str, str]:
    keys = (key.split(".", 2) for key in texts_of(vendor_id) if key.startswith("what."))
    return {code: group for _, group, code in keys}
