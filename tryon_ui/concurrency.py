"""How much goes on at once, so that a click always gets through.

Gradio has one number of places for all events, and a card that is watched takes one as long as its job runs,
as does a script's call. Each kind therefore has a bound of its own, and together they leave room for clicks.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from tryon_core import Problem, TryOnError
from tryon_ui.texts import said

WATCHED: Final = 600  # cards; beyond, a card stands still and says how to go on
CALLS: Final = 300  # of scripts, which wait for their job's end
CLICKS: Final = 100  # being answered at the same moment
PLACES: Final = WATCHED + CALLS + CLICKS
WAITING: Final = 200  # clicks in line for a place; beyond, callers hear that the app is busy


def busy() -> Problem:
    """What a caller hears for whom there is no place."""
    return Problem(said("trouble.busy_what"), said("trouble.busy_todo"), code="busy")


class Busy(TryOnError):
    """There is no place left; nothing was begun."""

    def __init__(self) -> None:
        super().__init__(busy())


class ConcurrencyLimit:
    """Counts what goes on of one kind. To be used in the event loop."""

    def __init__(self, most: int) -> None:
        self._free = most

    @contextmanager
    def one(self) -> Iterator[bool]:
        """A place while it lasts; False when there is none."""
        has = self._free > 0
        self._free -= has
        try:
            yield has
        finally:
            self._free += has
