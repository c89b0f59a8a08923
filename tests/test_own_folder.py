"""A run leaves no files behind, unless a test has failed."""

from pathlib import Path

import pytest

from tests.own_folder import OwnFolder


@pytest.mark.parametrize(
    ("code", "stays"),
    [
        (pytest.ExitCode.OK, False),
        (pytest.ExitCode.NO_TESTS_COLLECTED, False),
        (pytest.ExitCode.INTERRUPTED, False),
        (pytest.ExitCode.TESTS_FAILED, True),
    ],
)
def test_what_a_run_left_stays_where_a_test_failed(
    tmp_path: Path, code: pytest.ExitCode, stays: bool
) -> None:
    folder = tmp_path / "of the run"
    (folder / "uploads").mkdir(parents=True)
    own = OwnFolder(folder)
    own.pytest_sessionfinish(code)
    own.pytest_unconfigure()
    assert folder.exists() == stays
