"""The clock is set forward and back by an hour amid jobs: each comes to its end, and is sent once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.outages.conftest import StartApp
from tests.outages.script import Script, Vendors, until

pytestmark = pytest.mark.slow
# libfaketime 0.9.10 refuses the call by which Python sleeps since 3.11, as soon as one clock is left alone.
SLEEP = "import select, time; time.sleep = lambda seconds: select.select((), (), (), seconds) and None"
HOUR_S = 3600
LIBRARIES = "/usr/lib/*/faketime/libfaketimeMT.so.1"  # where Debian's package puts it


@pytest.fixture
def clock(tmp_path: Path) -> tuple[str, ...]:
    """The words before the command of a process whose time of day is off by what `clock` in a folder says."""
    found = next(iter(sorted(Path("/").glob(LIBRARIES[1:]))), None)
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("no libfaketime on this machine, and in CI its tests must run")
        pytest.skip("NO LIBFAKETIME ON THIS MACHINE: nobody set the clock")
    set_clock(tmp_path, "+0")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(SLEEP)
    return (
        "env",
        f"LD_PRELOAD={found}",
        f"FAKETIME_TIMESTAMP_FILE={tmp_path / 'clock'}",
        f"PYTHONPATH={tmp_path / 'site'}",
        "FAKETIME_CACHE_DURATION=1",
        "FAKETIME_DONT_FAKE_MONOTONIC=1",  # a clock that is set moves no other
    )


def set_clock(folder: Path, off: str) -> None:
    draft = folder / ".clock"
    draft.write_text(off)
    draft.replace(folder / "clock")


def see_clock(script: Script, hours: int) -> None:
    """Returns when the app has read that its clock is off by so much."""
    until(lambda: round(script.clock_is_off() / HOUR_S) == hours)


@pytest.mark.timeout(300)  # the app is slow when each look at the clock goes through a library
def test_jobs_outlive_a_clock_that_is_set_forward_and_back(
    tmp_path: Path, vendors: Vendors, start_app: StartApp, clock: tuple[str, ...]
) -> None:
    script = Script(start_app(*clock).url)
    vendors.pace(6.0, 0.3)  # no job has ended before the app has seen its clock set
    begun = []
    for hue, off in enumerate((1, -1, 0)):
        begun.append(script.begin(hue))
        until(lambda: script.jobs() and all(job["task_id"] for job in script.jobs()))
        set_clock(tmp_path, f"{off:+}h")
        see_clock(script, off)
    told = [script.heard("tryon", event)[1] for event in begun]
    assert [(job["state"], len(job["pictures"])) for job in told] == [("succeeded", 1)] * 3
    spans = [job["finished_at"] - job["submitted_at"] for job in told]
    assert max(map(abs, spans)) > HOUR_S / 2  # each clock was read for both
    assert sorted(task["id"] for task in vendors.tasks()) == sorted(job["task_id"] for job in told)
