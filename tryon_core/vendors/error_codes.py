"""What a vendor's codes mean: what happened, what to do, may it pass, was it charged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from tryon_core.errors import Charged, Problem, VendorBusy


class Kind(StrEnum):
    """What a code means for a job."""

    TASK = "task"  # this task has failed for good
    PASSING = "passing"  # the same call may work a little later
    ACCOUNT = "account"  # key, permission, credits: the same for every job until somebody mends it
    GONE = "gone"  # the vendor no longer has it


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """`quotes`: the vendor's own message says more than ours can, so it is shown too."""

    what: str
    todo: str
    kind: Kind = Kind.TASK
    charged: Charged = Charged.NO
    quotes: bool = False


@dataclass(frozen=True, slots=True)
class ErrorCodes:
    """Everything that one vendor can say no with, and what is said when it says nothing.

    `vendor` is its name in sentences and `base_url_setting` the setting of its address; `too_often` are the
    codes that slow a key down and not one task, and with which nothing was taken; `late` those of a gateway
    that stopped waiting for the service behind it, which may go on. `failed_todo` is the advice after a task
    that failed, and `failed_charged` what its pages say of the cost of one.
    """

    vendor: str
    base_url_setting: str
    table: Mapping[str, ErrorCode]
    too_often: frozenset[str]
    late: frozenset[str]
    failed_todo: str = "Try again, or use other pictures."
    failed_charged: Charged = Charged.UNKNOWN

    def kind(self, code: str) -> Kind:
        """What sort of failure a code is; an unknown one is final, except for HTTP statuses that may pass."""
        known = self.table.get(code)
        if known is not None:
            return known.kind
        return Kind.PASSING if code == "429" or (len(code) == 3 and code.startswith("5")) else Kind.TASK

    def passes(self, code: str, status: int) -> bool:
        """Whether an answer may be another one later: by its code, an unknown one by HTTP status 5xx."""
        return self.kind(code) is Kind.PASSING or (code not in self.table and status >= 500)

    def is_too_often(self, busy: VendorBusy) -> bool:
        """Whether a refusal is about the number of calls and not about one task."""
        return busy.retry_after is not None or busy.problem.code in self.too_often

    def explain(self, code: str, message: str = "", request_id: str = "") -> Problem:
        """A code as a reader meets it. An unknown one is told with the vendor's own words."""
        known = self.table.get(code)
        if known is None:
            return self._unknown(code, message, request_id)
        what = f"{known.what} {self.vendor} says: “{message}”." if known.quotes and message else known.what
        return Problem(what, known.todo, known.charged, code, request_id)

    def _unknown(self, code: str, message: str, request_id: str) -> Problem:
        passing = self.kind(code) is Kind.PASSING
        said = f": “{message}”" if message else ""
        named = f" with code {code}" if code else ""
        todo = (
            "Try again in a minute."
            if passing
            else f"Check the request, and ask {self.vendor}'s support with the request id if it stays."
        )
        charged = Charged.NO if passing else Charged.UNKNOWN
        return Problem(f"{self.vendor} answered{named}{said}.", todo, charged, code, request_id)

    def never_sent(self) -> Problem:
        """The request provably never left."""
        return Problem(
            f"{self.vendor} could not be reached. The request never left this machine.",
            "Check the network connection, then try again.",
            code="not sent",
        )

    def uncertain(self, request_id: str = "") -> Problem:
        """The request may have arrived, and no answer came."""
        return Problem(
            "The request was sent, but no answer came back.",
            f"{self.vendor} may have accepted it. Look in the {self.vendor} console for the task id, or send"
            " it again: that could be charged a second time.",
            Charged.UNKNOWN,
            "no answer",
            request_id,
        )

    def not_taken(self, status: int) -> Problem:
        """The request was turned away by its HTTP status, without a word of the vendor's service."""
        what, todo = _STATUS_WORDS.get(status, _ANY_STATUS)
        return Problem(
            f"{self.vendor} {what}: HTTP status {status}.",
            f"{todo.format(base_url=self.base_url_setting)} Nothing was begun.",
            code=f"HTTP {status}",
        )

    def overdue(self, waited_s: float, last: Problem | None = None) -> Problem:
        """The task did not end within the seconds that were waited; `last` is what the last poll met."""
        said = f" The last poll: {last.what}" if last else ""
        return Problem(
            f"{self.vendor} has not finished this job in {waited_s / 60:.0f} minutes.{said}",
            "The task id is kept: ask again, now or later. Asking costs nothing.",
            Charged.UNKNOWN,
            "overdue",
            last.request_id if last else "",
        )

    def expired(self) -> Problem:
        """The vendor no longer has the task, or its pictures."""
        return Problem(
            f"{self.vendor} no longer has this job or its pictures.",
            "Results are kept at the vendor for a limited time. Send the job again to have new ones.",
            Charged.UNKNOWN,
            "expired",
        )

    def no_picture(self, request_id: str = "") -> Problem:
        """The task is finished, and no picture of it can be found."""
        return Problem(
            f"{self.vendor} calls the job done, without a picture.",
            f"Ask again in a while: that is free. Else ask {self.vendor}'s support with the request id.",
            Charged.UNKNOWN,
            "no picture",
            request_id,
        )

    def failed(self, code: str, words: str, request_id: str = "") -> Problem:
        """The task has failed, by its code or in the vendor's own words, where there are any."""
        if code in self.table:
            known = self.explain(code, words, request_id)
            return replace(known, todo=self._with_cost(known.todo), charged=self.failed_charged)
        said = f": “{words}”" if words else ""
        what = f"{self.vendor} could not make the picture{said}."
        return Problem(what, self._with_cost(self.failed_todo), self.failed_charged, code, request_id)

    def _with_cost(self, todo: str) -> str:
        free = self.failed_charged is Charged.NO
        return f"{todo} {self.vendor} does not bill calls that fail." if free else todo


# What a wordless refusal of a submit is about (RFC 9110, 15.5).
_ANY_STATUS = "did not take the request", "Check {base_url} and the key, and that no proxy stands in between."
_TOO_LARGE = "finds the request too large", "Use smaller or fewer pictures."
_STATUS_WORDS: Mapping[int, tuple[str, str]] = {
    402: ("did not take the request", "Look after what is left on the account."),
    404: ("does not know the address that was called", "Check {base_url}."),
    405: ("does not know the address that was called", "Check {base_url}."),
    407: ("was not reached", "A proxy in between wants a password: look after it."),
    413: _TOO_LARGE,
    414: _TOO_LARGE,
    431: _TOO_LARGE,
}
