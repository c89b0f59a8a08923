"""`make bench`: every benchmark in a process of its own, so that memory and caches of one are not another's.

Machines differ and are noisy: what counts is the ratio to a peer that was measured in the same run.
"""

from __future__ import annotations

import subprocess
import sys

MODULES = ("studio", "preflight", "polling", "many_jobs", "my_jobs", "page", "handing_over")


def main() -> None:
    """Runs all benchmarks, or those named on the command line."""
    for name in sys.argv[1:] or MODULES:
        subprocess.run([sys.executable, "-m", f"tests.bench.{name}"], check=True)


if __name__ == "__main__":
    main()
