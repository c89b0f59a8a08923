"""The very same tests, with the jobs in PostgreSQL in place of SQLite."""

from __future__ import annotations

import pytest

from tests.core.jobs.test_polling import *  # noqa: F403
from tests.core.storage.test_store import *  # noqa: F403
from tests.core.test_my_jobs import *  # noqa: F403
from tests.core.test_studio import *  # noqa: F403

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.usefixtures("on_postgres"),
    # The engine leaves the connection that it listens on to the garbage collector, which closes it.
    pytest.mark.filterwarnings("ignore:Exception ignored.*__del__:pytest.PytestUnraisableExceptionWarning"),
]
