"""What holds for every test: disk and clock are not waited for, asyncio runs, and nothing hangs for ever."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.long_first import dealt, processes
from tests.no_fsync import nothing_waits_for_the_disk
from tests.no_garbage import leave_out_what_is_there
from tests.one_statement_cache import statements_are_compiled_once
from tests.one_thread import nothing_is_computed_in_more
from tests.one_trust_store import certificates_are_read_once
from tests.own_folder import files_have_a_folder_of_their_own

nothing_is_computed_in_more()  # before other files like this one load what would
CLEARING_UP_S = 60.0  # that a test has for its fixtures, after its time was up


def pytest_configure(config: pytest.Config) -> None:
    gc.disable()  # what is imported and collected now is no garbage
    files_have_a_folder_of_their_own(config)
    nothing_waits_for_the_disk()
    certificates_are_read_once()
    statements_are_compiled_once()
    # How long an example takes says how busy the machine is; what hangs has its limit all the same.
    settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("patient")


@pytest.hookimpl(trylast=True)  # when those are gone that are not chosen
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = dealt(items, processes())


def pytest_collection_finish() -> None:
    # Here, as what only deals out the tests to other processes collects none, and needs nothing of ours.
    from tests.one_empty_database import empty_databases_are_brought_up_once

    empty_databases_are_brought_up_once()
    leave_out_what_is_there()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Ends the process of a test that does not end even when its time is up: its event loop may wait for a
    thread that waits for ever, say. Then the other processes go on, and the report names the test."""
    last = threading.Timer(_limit_s(item) + CLEARING_UP_S, os._exit, (1,))
    last.daemon = True
    last.start()
    try:
        return (yield)
    finally:
        last.cancel()


def _limit_s(item: pytest.Item) -> float:
    own = item.get_closest_marker("timeout")
    return float(own.args[0] if own else item.config.getini("timeout"))


@pytest.fixture
def anyio_backend() -> str:
    """Everything runs on asyncio, as in the app."""
    return "asyncio"
