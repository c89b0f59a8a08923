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


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks whatever asks for the server: no file has to remember it."""
    for item in items:
        if isinstance(item, pytest.Function) and "postgres_server" in item.fixturenames:
            item.add_marker("postgres")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Postgres]:
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
def on_postgres(
    request: pytest.FixtureRequest, postgres_server: postgres.Postgres, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The URL of an empty database, which `fakes.settings` uses from now on."""
    assert request.node.get_closest_marker("postgres"), "a test that asks for it late says so by the marker"
    monkeypatch.setenv(fakes.DATABASE, postgres_server.url)
    yield postgres_server.url
    postgres_server.clear()
