"""What a visitor's next job at a vendor goes out with, and what is left of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tryon_core import KeySource, Mode, Problem, Studio, Vendor
from tryon_ui.error_boundary import attempt

FRESH_S: Final = 60.0  # how old a balance may be; a page asks at every turn, the studio does not
AFTER_A_JOB_S: Final = 3.0  # when a job has just been charged


@dataclass(frozen=True, slots=True)
class Means:
    """Whose key it is at `vendor`. `left` is how many pictures of the operator's daily numbers this visitor
    can still have made, `balance` the credits on the account; None where there is nothing to tell."""

    vendor: Vendor
    key_source: KeySource
    left: int | None = None
    balance: float | None = None

    @property
    def live(self) -> bool:
        """Whether the next job goes to the vendor, and is charged."""
        return self.key_source.mode is Mode.LIVE


def of_anybody(studio: Studio, vendor: Vendor) -> Means:
    """What a page says before it knows who looks at it."""
    return Means(vendor, studio.key_source(vendor))


async def of_visitor(
    studio: Studio, vendor: Vendor, *, visitor: str, balance_at_most_s: float = FRESH_S
) -> Means:
    """What this visitor has now. Where something cannot be found out it is left out."""
    key_source = studio.key_source(vendor, visitor=visitor)
    left = await _left(studio, visitor) if key_source is KeySource.OPERATOR else None
    balance = await attempt(studio.balance(vendor, visitor=visitor, at_most_s=balance_at_most_s))
    return Means(vendor, key_source, left, None if isinstance(balance, Problem) else balance)


async def _left(studio: Studio, visitor: str) -> int | None:
    allowance = await attempt(studio.allowance(visitor=visitor))
    return None if isinstance(allowance, Problem) else allowance.left
