"""How long the page takes to answer while others are at work: seen by a process that does nothing else."""

from __future__ import annotations

import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx

EVERY_S = 0.2  # how often somebody opens the page
LIMIT_S = 600.0


@dataclass
class PageTimes:
    """What was seen: when each page was asked for (seconds of `time.monotonic`), and for how many seconds."""

    seen: list[tuple[float, float]] = field(default_factory=list)

    def percentile(self, share: int, since: float = 0.0, until: float = float("inf")) -> float:
        """That many of 100 pages that were asked for in this time took no longer, in seconds."""
        times = sorted(took for asked_at, took in self.seen if since <= asked_at < until)
        return times[min(len(times) * share // 100, len(times) - 1)] if times else 0.0


@contextmanager
def page_times(url: str) -> Iterator[PageTimes]:
    """Opens the page at `url` again and again until the block ends; only then there is something to see."""
    command = [sys.executable, "-m", "tests.load.pages", url]
    told = PageTimes()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as watcher:
        try:
            yield told
        finally:
            out, _ = watcher.communicate("\n", timeout=LIMIT_S)
    if watcher.returncode:
        raise RuntimeError("a page was not answered")
    for line in out.splitlines():
        asked_at, took = map(float, line.split())
        told.seen.append((asked_at, took))


def main() -> None:
    """A line for each page, until there is something to read."""
    with httpx.Client(base_url=sys.argv[1], timeout=LIMIT_S) as client:
        while not select.select([sys.stdin], [], [], EVERY_S)[0]:
            began = time.monotonic()
            client.get("/").raise_for_status()
            sys.stdout.write(f"{began} {time.monotonic() - began}\n")


if __name__ == "__main__":
    main()
