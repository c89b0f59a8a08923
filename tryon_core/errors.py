"""Everything that can go wrong, as exceptions with a cause and a cure.

TryOnError
├── InvalidRequest     a rule is broken; names field, found value and limit; nothing was spent
├── NoPublicAddress    a vendor must fetch a picture, and this app has no address it can reach; nothing spent
├── JobNotFound        no such job, or somebody else's
├── StorageFault       what is kept here cannot be read or written now
│   ├── DiskFull       there is no room to write; what was being written is not there
│   │   └── TooMuchKept     of one visitor: time does not change that
│   ├── ReadOnly       the data folder cannot be written to; what was being written is not there
│   └── DatabaseAway   the database server does not answer; what was being written may be there
└── WireError          a vendor call did not give what was asked for
    ├── NeverSent      the request provably never left this machine: safe to send again
    ├── NoAnswer       the request may have arrived and no usable answer came
    └── VendorError    the vendor answered, and the answer is no
        ├── VendorRefused   final
        └── VendorBusy      may pass: try again after a while
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain

from tryon_core.sentences import in_language, plain, said, texts_of

LONGEST_FOUND = 200  # characters of what was found that a refusal repeats
MOST_TOLD = 10  # of several refusals: as many as are read before something is done about them


class Charged(StrEnum):
    """Whether money was spent, as far as can be known."""

    NO = "No"
    YES = "Yes"
    UNKNOWN = "Not known"


@dataclass(frozen=True, slots=True)
class Problem:
    """A failure as a reader meets it: what happened, what to do, was it charged, what to quote."""

    what: str
    todo: str
    charged: Charged = Charged.NO
    code: str = ""
    request_id: str = ""
    field: str = ""

    def in_language(self, language: str) -> Problem:
        """The same problem, as far as this core has said it, in another language."""
        what, todo, field = (in_language(text, language) for text in (self.what, self.todo, self.field))
        return replace(self, what=what, todo=todo, field=field)


def problem(
    key: str,
    charged: Charged = Charged.NO,
    *,
    code: str = "",
    request_id: str = "",
    field: str = "",
    **params: object,
) -> Problem:
    """The problem whose sentences are `key.what` and `key.todo`; they may name code and field, too."""
    what, todo = (said(f"{key}.{part}", code=code, field=field, **params) for part in ("what", "todo"))
    return Problem(what, todo, charged, code, request_id, field)


def field_of(name: str, item: int = 0) -> str:
    """What a field of a request, or one item of a list, is called in words."""
    words = said(f"field.{name}") if f"field.{name}" in texts_of("") else name.replace("_", " ")
    return said("type.item", field=words, number=item) if item else words


def rule(name: str, field: str = "", **params: object) -> tuple[str, str, str]:
    """What an `InvalidRequest` is made of: the field, which is the rule's own unless it is given, what was
    found and what is allowed."""
    field = field or said(f"rule.{name}.field", **params)
    return field, said(f"rule.{name}.found", **params), said(f"rule.{name}.limit", **params)


class TryOnError(Exception):
    """The root. Every error of the core has a `Problem` to be shown."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.what} {problem.todo}".strip())
        self.problem = problem


class InvalidRequest(TryOnError):
    """A rule is broken. Found before anything was sent."""

    def __init__(self, field: str, found: str, limit: str) -> None:
        found = _repeatable(found)
        super().__init__(problem("invalid", field=field, found=found, limit=limit))
        self.field, self.found, self.limit = field, found, limit


class NotGiven(InvalidRequest):
    """What is needed was left out; `limit` says what is to be done about it."""

    def __init__(self, field: str, limit: str) -> None:
        TryOnError.__init__(self, problem("missing", field=field, limit=limit))
        self.field, self.found, self.limit = field, said("word.nothing"), limit


class SeveralRefused(InvalidRequest):
    """Several rules are broken, or one of them by several, or pictures cannot be had: all are told,
    `MOST_TOLD` by name, in their order. Field, found value and limit are those of the first."""

    def __init__(self, refusals: Sequence[TryOnError]) -> None:
        first, told = refusals[0], [one.problem for one in refusals[:MOST_TOLD]]
        _, *rest = chain.from_iterable(map(_told_once, told, [*told[1:], None]))
        if more := len(refusals) - len(told):
            rest.append(said("several.more", more=more))
        todo = said("several.rest", those=tuple(rest))
        TryOnError.__init__(self, Problem(first.problem.what, todo, field=first.problem.field))
        rule_broken = first if isinstance(first, InvalidRequest) else None
        self.field = first.problem.field
        self.found = rule_broken.found if rule_broken else first.problem.what
        self.limit = rule_broken.limit if rule_broken else first.problem.todo


def _told_once(one: Problem, following: Problem | None) -> tuple[str, ...]:
    """A problem among several: what to do is told after the last of those that have it in common."""
    return (one.what,) if following and following.todo == one.todo else (one.what, one.todo)


class GarmentsRefused(SeveralRefused):
    """Garments of a collection cannot be used, or their pictures not be had: `by_place` says why of each, by
    its place among those that were given, from 0."""

    def __init__(self, refusals: Mapping[int, TryOnError]) -> None:
        super().__init__(list(refusals.values()))
        self.by_place = {place: one.problem for place, one in refusals.items()}
        if len(refusals) == 1:
            (self.problem,) = self.by_place.values()


class NotHere(InvalidRequest):
    """A file that was given is not here any more: it has to be given again, whatever it was."""

    def __init__(self, field: str) -> None:
        TryOnError.__init__(self, problem("gone", field=field))
        self.field, self.found, self.limit = field, said("word.nothing"), said("type.file")


def _repeatable(found: str) -> str:
    """What was found as far as it can be passed on; the sentence that it is, where all of it can."""
    found = plain(found) or said("word.nothing")
    return found if len(found) <= LONGEST_FOUND else f"{found[:LONGEST_FOUND]}\u2026"


class NoPublicAddress(TryOnError):
    """A vendor fetches pictures by URL, and this app has no address that it can reach."""


class JobNotFound(TryOnError):
    """There is no such job, or it is somebody else's: the two look the same on purpose."""

    def __init__(self) -> None:
        super().__init__(problem("no_such_job"))


class StorageFault(TryOnError):
    """What is kept here cannot be read or written now. Nothing is half written, and another try may do."""


class DiskFull(StorageFault):
    """There is no room to write."""


class TooMuchKept(DiskFull):
    """One visitor's part of the disk is used up: time does not change that."""


class ReadOnly(StorageFault):
    """The data folder cannot be written to."""


class DatabaseAway(StorageFault):
    """The database server does not answer. What was being written may be there all the same."""


class WireError(TryOnError):
    """A call to a vendor did not give what was asked for."""


class NeverSent(WireError):
    """The request provably never left this machine (refused connection, DNS, TLS, no free connection)."""


class NoAnswer(WireError):
    """The request may have arrived; no usable answer came back."""


class VendorError(WireError):
    """The vendor answered, and the answer is no, in `words` of its own where it had some."""

    def __init__(
        self,
        problem: Problem,
        *,
        words: str = "",
        request_ids: tuple[str, ...] = (),
        retry_after: float | None = None,
    ) -> None:
        super().__init__(problem)
        self.words = words
        self.request_ids = request_ids
        self.retry_after = retry_after


class VendorRefused(VendorError):
    """A final no."""


class VendorBusy(VendorError):
    """A no that may pass; `retry_after` is in seconds where the vendor named it."""
