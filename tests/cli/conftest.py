"""One data folder with jobs in it for the tests of a file that only look."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.quick import Cli


@pytest.fixture(scope="module")
def cli(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    return Cli(tmp_path_factory.mktemp("cli"))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "pictures"
