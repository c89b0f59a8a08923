"""Takes the addresses of typed links out of rows that an earlier version wrote: they may be signed."""

from __future__ import annotations

import sqlalchemy as sa

from tryon_core.hosting.typed_links import without_addresses
from tryon_core.request import PickedUp
from tryon_core.request_json import asked_from_json, to_json
from tryon_core.storage.hostable_inputs import RUNNING
from tryon_core.storage.job_records import JOBS
from tryon_core.storage.ledger import Ledger


def forget_addresses(ledger: Ledger) -> None:
    """Leaves of each link its host and its file's name, in jobs that have ended; running ones are still to be
    sent by them, and have their turn at the next start. Blocks."""
    ended = JOBS.c.state.not_in([state.value for state in RUNNING])
    whole = sa.cast(JOBS.c.request, sa.Text).like('%"url": "%')
    with ledger.engine.begin() as connection:
        for row in connection.execute(sa.select(JOBS.c.id, JOBS.c.request).where(ended & whole)).all():
            asked = asked_from_json(row.request)
            if not isinstance(asked, PickedUp):
                values = {"request": to_json(without_addresses(asked))}
                connection.execute(sa.update(JOBS).where(JOBS.c.id == row.id).values(values))
