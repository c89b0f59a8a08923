"""What a vendor's codes mean: what happened, what to do, may it pass, was it charged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
    codes that slow a key down and not one task, `late` those of a gateway that stopped waiting for the
    service behind it, which may go on.
    """

    vendor: str
    base_url_setting: str
    table: Mapping[str, ErrorCode]
    too_often: frozenset[str]
    late: frozenset[str]

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
        return Problem(
            f"{self.vendor} did not take the request: HTTP status {status}.",
            f"Check {self.base_url_setting} and the key, and that no proxy stands in between."
            " Nothing was begun.",
            code=f"HTTP {status}",
        )

    def overdue(self, waited_s: float) -> Problem:
        """The task did not end within the seconds that were waited for it."""
        return Problem(
            f"{self.vendor} has not finished this job in {waited_s / 60:.0f} minutes.",
            "The task id is kept: ask again, now or later. Asking costs nothing.",
            Charged.UNKNOWN,
            "overdue",
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
        """The task is finished, and nothing was made."""
        return Problem(
            f"{self.vendor} finished the job without a picture.",
            f"Try another garment photo, or ask {self.vendor}'s support with the request id.",
            Charged.UNKNOWN,
            "no picture",
            request_id,
        )
