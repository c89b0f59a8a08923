"""What a visitor's next job at a vendor uses, and what is left: the line under a main button."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from tryon_core import KeySource, Mode, Problem, Studio, VendorSpec
from tryon_ui.error_boundary import attempt, sentence
from tryon_ui.texts import phrases, say

FRESH_S: Final = 60.0  # how old a balance may be; a page reads it often, the studio does not
AFTER_A_JOB_S: Final = 3.0  # when a job has just been charged


@dataclass(frozen=True, slots=True)
class Spending:
    """Whose key it is at `vendor`. `left` is how many pictures of the operator's daily numbers this visitor
    can still have made, `balance` the credits on the account; None where it is not known."""

    vendor: VendorSpec
    key_source: KeySource
    left: int | None = None
    balance: float | None = None

    @property
    def live(self) -> bool:
        """Whether the next job goes to the vendor, and is charged."""
        return self.key_source.mode is Mode.LIVE


def of_anybody(studio: Studio, vendor: VendorSpec) -> Spending:
    """What a page says before it knows who looks at it."""
    return Spending(vendor, studio.key_source(vendor.id))


async def of_visitor(
    studio: Studio, vendor: VendorSpec, *, visitor: str, balance_at_most_s: float = FRESH_S
) -> Spending:
    """What this visitor has now. Where something cannot be found out it is left out."""
    source = studio.key_source(vendor.id, visitor=visitor)
    left = await _left(studio, visitor) if source is KeySource.OPERATOR else None
    balance = await attempt(studio.balance(vendor.id, visitor=visitor, at_most_s=balance_at_most_s))
    return Spending(vendor, source, left, None if isinstance(balance, Problem) else balance)


async def _left(studio: Studio, visitor: str) -> int | None:
    allowance = await attempt(studio.allowance(visitor=visitor))
    return None if isinstance(allowance, Problem) else allowance.left


def line_html(spending: Spending, count: int, *, trial: bool = False, whom: str = "") -> str:
    """The line as HTML, for `count` pictures. `trial` jobs use up the trial quota in place of money."""
    parts = (whom, price(spending, count, trial=trial), *_rest(spending, count))
    door = door_html(spending.vendor) if _is_short(spending, count) else Markup()
    words = phrases.sentences(parts)
    return str(Markup('<p class="willdo" aria-live="polite">{}{}</p>').format(words, door))


def missing_html(problem: Problem) -> str:
    """The line where there is nothing to pay for yet: why."""
    return str(Markup('<p class="willdo" aria-live="polite">{}</p>').format(sentence(problem)))


def price(spending: Spending, count: int, *, trial: bool = False) -> str:
    """What a click uses, in words."""
    vendor = spending.vendor
    if spending.key_source is KeySource.MISSING:
        return say("cost.no_key", vendor=vendor.name)
    if not spending.live:
        return say("cost.sandbox")
    if trial and vendor.trial_setting:
        return say("cost.trial")
    key = "cost.own" if spending.key_source is KeySource.OWN else "cost.live"
    uses = phrases.price(vendor.price.unit, count * vendor.price.per_picture)
    return say(key, vendor=vendor.name, uses=uses)


def door_html(vendor: VendorSpec) -> Markup:
    """The words that open the panel for an own key."""
    return Markup(' <button type="button" class="door" data-key="{}">{}</button>').format(
        vendor.id, say("key.door")
    )


def _rest(spending: Spending, count: int) -> Iterator[str]:
    if spending.balance is not None:
        yield say("cost.balance", credits=phrases.amount(spending.balance))
    if spending.left is None:
        return
    if spending.left == 0:
        yield say("cost.none")
    elif spending.left < count:
        yield say("cost.too_few", n=spending.left)
    else:
        yield say("cost.left", n=spending.left)


def _is_short(spending: Spending, count: int) -> bool:
    missing = spending.key_source is KeySource.MISSING
    return missing or (spending.left is not None and spending.left < count)
