"""How far visitors may use the operator's keys in a day: so many pictures each, and so many in all.

A day is one of UTC. Only live jobs count, and only those that cost something or may have.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.engine import Connection

from tryon_core.errors import Problem, TryOnError
from tryon_core.settings import Settings
from tryon_core.storage.spending import paid_pictures


class AllowanceSpent(TryOnError):
    """The pictures of the day that the operator allows are used up. Nothing was sent."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """Pictures that are left today. None: no limit was set."""

    visitor: int | None
    everybody: int | None

    @property
    def left(self) -> int | None:
        """What one visitor can still have made today."""
        limits = [limit for limit in (self.visitor, self.everybody) if limit is not None]
        return min(limits) if limits else None

    def check(self, wanted: int) -> None:
        """Raises `AllowanceSpent` when fewer pictures are left than a job would make."""
        if self.left is None or wanted <= self.left:
            return
        whose = "you" if self.visitor == self.left else "everybody together"
        raise AllowanceSpent(
            Problem(
                f"This would make {wanted} pictures, and {self.left} are left today for {whose}.",
                "Ask for fewer, or come back tomorrow (UTC). Whoever runs this app sets the number.",
                field="count",
            )
        )


def left_today(connection: Connection, settings: Settings, owner: str, now: float) -> Allowance:
    """What is left of the day's numbers. Blocks for about a millisecond."""
    per_visitor, in_all = settings.daily_pictures_per_visitor, settings.daily_pictures
    return Allowance(
        visitor=max(0, per_visitor - paid_pictures(connection, now, owner)) if per_visitor else None,
        everybody=max(0, in_all - paid_pictures(connection, now)) if in_all else None,
    )
