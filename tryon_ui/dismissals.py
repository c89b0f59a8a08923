"""What was deleted and is offered back no more, as its visitor has said so: it goes when its time is up."""

from __future__ import annotations

from tryon_core import UNDO_S


class Dismissals:
    """Up to which moment (Unix seconds) each visitor's deletions are left as they are. In memory only: after
    a restart they are offered once more, for the seconds that are left of their time."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def dismiss(self, visitor: str, until: float, now: float) -> None:
        """Leaves alone what the visitor has deleted up to `until`. What is too old to matter is forgotten."""
        kept = {name: moment for name, moment in self._until.items() if moment > now - UNDO_S}
        self._until = kept | {visitor: max(min(until, now), kept.get(visitor, 0.0))}

    def until(self, visitor: str) -> float:
        """The moment up to which nothing is offered back."""
        return self._until.get(visitor, 0.0)
