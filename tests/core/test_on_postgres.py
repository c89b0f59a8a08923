"""The very same tests, with the jobs in PostgreSQL in place of SQLite."""

from __future__ import annotations

import pytest

from tests.core.accounts.test_allowance import *  # noqa: F403
from tests.core.collections.test_batches import (  # noqa: F401
    test_a_lost_answer_leaves_all_of_them_in_doubt_and_none_is_sent_again,
    test_of_a_request_that_is_refused_each_goes_alone_and_only_the_bad_one_fails,
    test_seven_garments_on_one_model_are_three_submits_and_each_has_its_picture,
)
from tests.core.jobs.test_polling import *  # noqa: F403
from tests.core.storage.test_store import *  # noqa: F403
from tests.core.test_deletion_races import *  # noqa: F403
from tests.core.test_gallery import *  # noqa: F403
from tests.core.test_my_jobs import *  # noqa: F403
from tests.core.test_studio import *  # noqa: F403


@pytest.fixture(autouse=True)
def _jobs_in_postgres(on_postgres: str) -> None:
    """Every test of this file."""
