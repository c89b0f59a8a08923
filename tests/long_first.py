"""Which tests are begun first, so that none of the long ones is alone at the end."""

from __future__ import annotations

import os

import pytest

# Files that take half a minute or more, or nearly as long and mostly wait: each row is of one process while
# there are four, and begins before all others. What begins at once is also not taken over by another process,
# which would make all the kills of `test_crash` once more.
LONGEST = (
    ("core/jobs/test_states.py",),
    ("outages/test_clock.py", "outages/test_read_only_folder.py", "outages/test_killed_script.py"),
    ("core/jobs/test_crash.py", "core/storage/test_exclusive.py"),
    ("cli/test_processes.py", "core/jobs/test_replicas.py", "core/collections/test_killed.py"),
)


def dealt(items: list[pytest.Item], processes: int) -> list[pytest.Item]:
    """The tests in an order whose every equal share, as each process gets one, begins with long files."""
    rows = [[one for name in row for one in items if _file(one).endswith(f"tests/{name}")] for row in LONGEST]
    first = {one.nodeid for row in rows for one in row}
    rest = [one for one in items if one.nodeid not in first]
    order: list[pytest.Item] = []
    for process in range(processes):
        share = len(items) * (process + 1) // processes - len(order)
        begun = [one for row in rows[process::processes] for one in row]
        more = max(share - len(begun), 0)
        order += begun + rest[:more]
        rest = rest[more:]
    return order + rest


def _file(item: pytest.Item) -> str:
    return item.path.as_posix()


def processes() -> int:
    """How many share the tests of this run."""
    return int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", 1))
