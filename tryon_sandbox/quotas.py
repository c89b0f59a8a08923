"""What a caller has paid for. Counted in memory: a new process starts with full accounts."""

from __future__ import annotations

from collections import deque

from tryon_sandbox.clock import Clock
from tryon_sandbox.settings import SandboxSettings

REFINER_CREDITS = 25
"""What one refinement costs at AILab (its documents)."""

_WINDOW_S = 60.0


class Quotas:
    """Trial calls and bought calls at Aidge, credits at AILab, and Aidge's limit of submits in a minute."""

    def __init__(self, settings: SandboxSettings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._submits: deque[float] = deque()
        self.refill()

    def refill(self) -> None:
        """Back to what the settings say."""
        self._calls = {True: self._settings.trial_quota, False: self._settings.purchased_calls}
        self._submits.clear()
        self._set_credits(self._settings.credits)
        self.credits_bought_at = self.credits_changed_at

    def has_call(self, *, trial: bool) -> bool:
        """Whether an Aidge submit can still be paid from the trial or from what was bought."""
        return self._calls[trial] > 0

    def take_call(self, *, trial: bool) -> None:
        """Counts an accepted Aidge submit."""
        self._calls[trial] -= 1

    def is_too_fast(self, now: float) -> bool:
        """Counts an Aidge submit that came at `now`, and whether it is over the limit of a minute."""
        limit = self._settings.submits_per_minute
        while self._submits and self._submits[0] <= now - _WINDOW_S:
            self._submits.popleft()
        if limit and len(self._submits) >= limit:
            return True
        self._submits.append(now)
        return False

    def has_credits(self) -> bool:
        """Whether AILab's balance covers one more refinement."""
        return self.credits >= REFINER_CREDITS

    def take_credits(self) -> None:
        """Charges one refinement."""
        self._set_credits(self.credits - REFINER_CREDITS)

    def give_back_credits(self) -> None:
        """Failed calls are not billed (AILab's documents)."""
        self._set_credits(self.credits + REFINER_CREDITS)

    def _set_credits(self, credits: int) -> None:
        self.credits, self.credits_changed_at = credits, self._clock()
