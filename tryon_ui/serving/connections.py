"""The connections to the server: how many, how long an idle one is kept, and none that only waits."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any, Final
from weakref import WeakKeyDictionary

from uvicorn import Config

# Clients and proxies use a connection again that was idle for up to 5 s (httpx) or 60 s (nginx); were it
# closed at that very moment, their call would fail. Uvicorn's own limit is 5 s.
KEEP_ALIVE_S: Final = 75
MOST: Final = 4000  # an open page has two or three; callers beyond get a 503
SPARE_FILES: Final = 500  # of those that a process may have open, for all but connections
SILENT_S: Final = 30.0  # over which no whole request comes


def make_ready(config: Config) -> None:
    """Sets what holds for every connection that comes from now on."""
    config.timeout_keep_alive = KEEP_ALIVE_S
    config.limit_concurrency = min(MOST, _files() - SPARE_FILES)


class Silence:
    """Closes connections whose caller takes too long over a request's head; uvicorn waits for ever."""

    def __init__(self) -> None:
        self._since: WeakKeyDictionary[Any, float] = WeakKeyDictionary()

    def close(self, lines: Iterable[Any], now: float) -> int:
        """Looks at uvicorn's connections; how many were closed. `now` in seconds that only rise."""
        waiting = {line for line in lines if _waits_for_a_head(line)}
        for line in set(self._since) - waiting:
            del self._since[line]
        late = [line for line in waiting if now - self._since.setdefault(line, now) > SILENT_S]
        for line in late:
            line.transport.close()
        return len(late)


def _waits_for_a_head(line: Any) -> bool:
    """Between requests of a connection that is kept, uvicorn has a timer of its own."""
    answered = line.cycle is None or line.cycle.response_complete
    return answered and line.timeout_keep_alive_task is None and line.transport is not None


def _files() -> int:
    """How many files this process may have open, after asking for as many as it can get."""
    if sys.platform == "win32":
        return MOST + SPARE_FILES
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wished = MOST + SPARE_FILES
    soft = wished if most == resource.RLIM_INFINITY else min(wished, most)
    now, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if now != resource.RLIM_INFINITY and now < soft:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, most))
    return max(now, soft) if now != resource.RLIM_INFINITY else wished
