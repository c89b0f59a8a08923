"""A database server for the tests that want one."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres
from tests.core import fakes


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Postgres]:
    """PostgreSQL, for as long as the tests run."""
    if postgres.program("postgres") is None:
        if os.environ.get("CI"):
            pytest.fail("no PostgreSQL on this machine, and in CI its tests must run")
        pytest.skip("NO POSTGRESQL ON THIS MACHINE: its tests did not run")
    folder = Path(tempfile.mkdtemp(prefix="tryon-postgres-"))
    folder.chmod(0o755)  # the server runs as another user than root
    with postgres.running(folder / "server") as found:
        yield found
    shutil.rmtree(folder)


@pytest.fixture
def on_postgres(server: postgres.Postgres, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The URL of an empty database, which `fakes.settings` uses from now on."""
    monkeypatch.setenv(fakes.DATABASE, server.url)
    yield server.url
    server.clear()
