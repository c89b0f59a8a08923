"""Giving back to the system what this process has freed, before something large is held."""

import ctypes
from collections.abc import Callable
from functools import lru_cache


@lru_cache(maxsize=1)
def _trim() -> Callable[[int], int] | None:
    """GNU libc's `malloc_trim`; None where another library keeps the memory."""
    try:
        found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (OSError, TypeError, AttributeError):
        return None
    return found


def give_back() -> None:
    """Gives back what the allocator keeps for each thread that once held much: pictures, layers of a network.

    Takes some milliseconds; does nothing where the allocator has no such thing.
    """
    trim = _trim()
    if trim is not None:
        trim(0)
