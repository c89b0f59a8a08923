"""How long to wait before something that failed is tried again: twice as long each time, up to a longest."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Backoff:
    """`jitter` is the part of a pause that is added at most by chance, so that what failed together does not
    come back together.

    >>> [Backoff(1.0, 5.0).pause(failures) for failures in (1, 2, 3, 4)]
    [1.0, 2.0, 4.0, 5.0]
    """

    first_s: float
    longest_s: float
    jitter: float = 0.0

    def pause(self, failures: int, chance: float = 0.0) -> float:
        """Seconds to wait after so many failures in a row; `chance` is from 0 to 1."""
        doubled = self.first_s * 2.0 ** min(failures - 1, 30)
        return min(doubled, self.longest_s) * (1 + self.jitter * chance)
