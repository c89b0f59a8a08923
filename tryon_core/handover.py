"""Hands the jobs of a lost replica to the others: `python -m tryon_core.handover LOST_EXECUTOR`.

The jobs go into the engine's queue; a replica that runs, or the next one that starts, takes each up, where it
was. To be used only when the lost replica is stopped for good: it would otherwise go on with them as well.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from dbos import DBOSClient
from sqlalchemy.exc import SQLAlchemyError

from tryon_core.configuration.settings import Settings
from tryon_core.jobs.workflow import WORKFLOW_VERSION

NO_JOBS = (
    "No jobs can be found in the database of these settings ({why}). TRYON_DATABASE_URL and "
    "TRYON_DATA_DIR must be those of the lost replica."
)


def hand_over(settings: Settings, lost: str) -> list[str]:
    """Puts the unfinished runs of the executor `lost` into the queue; the ids of their jobs.

    Raises FileNotFoundError, or one of SQLAlchemy's errors, where no studio has ever kept jobs.
    """
    if not settings.database_url and not settings.database_file.is_file():
        raise FileNotFoundError(settings.database_file)  # SQLite would make it
    client = DBOSClient(system_database_url=settings.database)
    try:
        runs = client.list_workflows(
            status="PENDING",
            executor_id=lost,
            app_version=WORKFLOW_VERSION,
            load_input=False,
            load_output=False,
        )
        ids = [run.workflow_id for run in runs]
        if ids:
            client.resume_workflows(ids)
    finally:
        client.destroy()
    return [workflow_id.rpartition("-")[0] for workflow_id in ids]


def main(arguments: Sequence[str] | None = None) -> None:
    """Reads the settings as the app does, with the .env file of this folder behind the environment."""
    parser = argparse.ArgumentParser(prog="python -m tryon_core.handover", description=__doc__)
    parser.add_argument("lost", metavar="LOST_EXECUTOR", help="the DBOS__VMID that the lost replica had")
    lost = parser.parse_args(arguments).lost
    try:
        jobs = hand_over(Settings.load(file=Path(".env")), lost)
    except (FileNotFoundError, SQLAlchemyError) as error:  # whose text may hold a password
        sys.exit(NO_JOBS.format(why=type(error).__name__))
    sys.stdout.write(f"{len(jobs)} unfinished jobs of {lost} handed over\n")


if __name__ == "__main__":
    main()
