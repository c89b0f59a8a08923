"""The very same tests, with the jobs in PostgreSQL in place of SQLite."""

from __future__ import annotations

import pytest

from tests.core.accounts.test_allowance import *  # noqa: F403
from tests.core.jobs.test_polling import *  # noqa: F403
from tests.core.storage.test_store import *  # noqa: F403
from tests.core.test_deletion_races import *  # noqa: F403
from tests.core.test_gallery import *  # noqa: F403
from tests.core.test_my_jobs import *  # noqa: F403
from tests.core.test_studio import *  # noqa: F403


@pytest.fixture(autouse=True)
def _jobs_in_postgres(on_postgres: str) -> None:
    """Every test of this file."""
