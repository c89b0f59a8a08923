"""Work on whole pictures: a few at a time, however many visitors come at once.

A picture of 12 megapixels takes some 40 MB while it is looked at. In threads without a bound, a crowd would
take gigabytes, and nothing else would get a turn: nobody would be answered, not even the vendor who fetches.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

FEWEST, MOST = 2, 4  # at once: as many as there are cores


class ImagePool:
    """Threads of its own for what takes its time. No thread is started before there is work."""

    def __init__(self, at_once: int | None = None) -> None:
        cores = min(max(os.cpu_count() or FEWEST, FEWEST), MOST)
        self._pool = ThreadPoolExecutor(at_once or cores, thread_name_prefix="pictures")
        self._waiting = 0

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of `work`, done when its turn comes; in the order of calls."""
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._pool, partial(work, *args, **kwargs)
            )
        finally:
            self._waiting -= 1
            if not self._waiting:
                self._pool.submit(_give_back)


def _give_back() -> None:
    """Memory that pictures took goes back to the system: the C library would keep it for the next ones."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's
    if trim is not None:
        trim(0)
