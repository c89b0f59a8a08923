"""What every process that is forked here would do anew, done once before them: half of what a short life of
the studio computes is reading certificates, bringing up a database and importing what is needed late."""

from __future__ import annotations

import asyncio

import dbos._sys_db_sqlite  # noqa: F401
import httpx
from PIL import Image

from tests.one_empty_database import all_steps_are_taken, empty_databases_are_brought_up_once
from tests.one_trust_store import certificates_are_read_once
from tryon_core import Settings
from tryon_core.sentences import texts_of


def all_have_in_common() -> None:
    """For this process and those that it forks. Leaves no thread and no open file behind."""
    certificates_are_read_once()
    empty_databases_are_brought_up_once()
    all_steps_are_taken()
    asyncio.run(_closed())
    httpx.Client().close()
    Image.init()  # it looks for all kinds of files
    texts_of("")
    Settings.load({})


async def _closed() -> None:
    await httpx.AsyncClient().aclose()
