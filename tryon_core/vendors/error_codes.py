"""What every vendor code means: what happened, what to do, may it pass, was it charged."""

from __future__ import annotations

from collections.abc import Mapping

from tryon_core.errors import Charged, Problem
from tryon_core.task import Vendor
from tryon_core.vendors.aidge.error_codes import AIDGE
from tryon_core.vendors.ailab.error_codes import AILAB
from tryon_core.vendors.error_code import Entry, Kind

__all__ = [
    "CODES",
    "Kind",
    "expired_problem",
    "explain",
    "is_gone",
    "kind_of",
    "never_sent_problem",
    "no_picture_problem",
    "not_taken_problem",
    "overdue_problem",
    "passes",
    "uncertain_problem",
]

CODES: Mapping[Vendor, Mapping[str, Entry]] = {Vendor.AIDGE: AIDGE, Vendor.AILAB: AILAB}


def kind_of(vendor: Vendor, code: str) -> Kind:
    """What sort of failure a code is; an unknown one is final, except for HTTP statuses that may pass."""
    known = CODES[vendor].get(code)
    if known is not None:
        return known.kind
    return Kind.PASSING if code == "429" or (len(code) == 3 and code.startswith("5")) else Kind.TASK


def passes(vendor: Vendor, code: str, status: int) -> bool:
    """Whether an answer may be another one later: by its code, or for an unknown code by HTTP status 5xx."""
    return kind_of(vendor, code) is Kind.PASSING or (code not in CODES[vendor] and status >= 500)


def is_gone(vendor: Vendor, code: str) -> bool:
    """Whether a code says that the vendor no longer has the task."""
    return kind_of(vendor, code) is Kind.GONE


def explain(vendor: Vendor, code: str, message: str = "", request_id: str = "") -> Problem:
    """A vendor's code as a reader meets it. An unknown code is told with the vendor's own words."""
    entry = CODES[vendor].get(code)
    if entry is None:
        return _unknown(vendor, code, message, request_id)
    what = f"{entry.what} {vendor.label} says: “{message}”." if entry.quotes and message else entry.what
    return Problem(what, entry.todo, entry.charged, entry.kind is Kind.PASSING, code, request_id)


def _unknown(vendor: Vendor, code: str, message: str, request_id: str) -> Problem:
    passing = kind_of(vendor, code) is Kind.PASSING
    said = f": “{message}”" if message else ""
    named = f" with code {code}" if code else ""
    todo = (
        "Try again in a minute."
        if passing
        else f"Check the request, and ask {vendor.label}'s support with the request id if it stays."
    )
    what = f"{vendor.label} answered{named}{said}."
    return Problem(what, todo, Charged.NO if passing else Charged.UNKNOWN, passing, code, request_id)


def never_sent_problem(vendor: Vendor) -> Problem:
    """The request provably never left."""
    return Problem(
        f"{vendor.label} could not be reached. The request never left this machine.",
        "Check the network connection, then try again.",
        Charged.NO,
        retryable=True,
        code="not sent",
    )


def uncertain_problem(vendor: Vendor) -> Problem:
    """The request may have arrived, and no answer came."""
    return Problem(
        "The request was sent, but no answer came back.",
        f"{vendor.label} may have accepted it. Look in the {vendor.label} console for the task id, or send it"
        " again: that could be charged a second time.",
        Charged.UNKNOWN,
        code="no answer",
    )


def not_taken_problem(vendor: Vendor, status: int) -> Problem:
    """The request was turned away by its HTTP status, without a word of the vendor's service."""
    name = vendor.value.upper()
    return Problem(
        f"{vendor.label} did not take the request: HTTP status {status}.",
        f"Check {name}_BASE_URL and the key, and that no proxy stands in between. Nothing was begun.",
        Charged.NO,
        code=f"HTTP {status}",
    )


def overdue_problem(vendor: Vendor) -> Problem:
    """The task did not end within the time that was waited for it."""
    return Problem(
        f"{vendor.label} has not finished this job in ten minutes.",
        "The task id is kept: ask again, now or later. Asking costs nothing.",
        Charged.UNKNOWN,
        retryable=True,
        code="overdue",
    )


def expired_problem(vendor: Vendor) -> Problem:
    """The vendor no longer has the task, or its pictures."""
    return Problem(
        f"{vendor.label} no longer has this job or its pictures.",
        "Results are kept at the vendor for a limited time. Send the job again to have new ones.",
        Charged.UNKNOWN,
        code="expired",
    )


def no_picture_problem(vendor: Vendor, request_id: str = "") -> Problem:
    """The task is finished, and nothing was made."""
    return Problem(
        f"{vendor.label} finished the job without a picture.",
        f"Try another garment photo, or ask {vendor.label}'s support with the request id.",
        Charged.UNKNOWN,
        retryable=True,
        code="no picture",
        request_id=request_id,
    )
