"""How far jobs of a collection may be begun without being asked about, and what asks where they may not."""

from __future__ import annotations

from dataclasses import dataclass

from tryon_core.collections.model import CollectionPlan
from tryon_core.errors import TryOnError, problem


@dataclass(frozen=True, slots=True)
class Consent:
    """How far jobs may be begun without being asked about: as far as the operator lets pass, as many as there
    are where they were `confirmed`, and never more than `at_most` pictures, where so many were agreed to."""

    confirmed: bool = False
    at_most: int | None = None

    def check(self, *plans: CollectionPlan) -> None:
        """Raises `ConfirmationNeeded`."""
        many = any(plan.asks for plan in plans) and not self.confirmed
        if many or (self.at_most is not None and sum(plan.pictures for plan in plans) > self.at_most):
            raise ConfirmationNeeded(*plans)


class ConfirmationNeeded(TryOnError):
    """More jobs than the operator lets begin unasked, or more pictures than were agreed to. Nothing was
    begun; `plans` say what would be with each vendor, `plan` with the first."""

    def __init__(self, plan: CollectionPlan, *more: CollectionPlan) -> None:
        self.plan, self.plans = plan, (plan, *more)
        jobs, pictures = (sum(getattr(one, name) for one in self.plans) for name in ("jobs", "pictures"))
        super().__init__(problem("confirm", jobs=jobs, pictures=pictures))
