"""The vendors as a process of their own, for all outages; each test has an app of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import Server, app_server, sandbox_server
from tests.outages.script import Vendors

StartApp = Callable[..., Server]


@pytest.fixture(scope="session")
def vendors_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vendors]:
    server = sandbox_server(tmp_path_factory.mktemp("vendors")).start()
    yield Vendors(server)
    server.stop()


@pytest.fixture
def vendors(vendors_server: Vendors) -> Vendors:
    """With nothing in them, and quick."""
    vendors_server.reset()
    vendors_server.pace(0.2, 0.1)
    return vendors_server


@pytest.fixture
def start_app(vendors: Vendors, tmp_path: Path) -> Iterator[StartApp]:
    """Starts the app as a user does; `before` are the words before its command."""
    servers: list[Server] = []

    def start(*before: str, **settings: str) -> Server:
        server = app_server(tmp_path, **vendors.settings, **settings)
        server.command[:0] = before
        servers.append(server)
        return server.start()

    yield start
    for server in servers:
        server.stop()
