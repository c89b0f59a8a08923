"""Ten thousand jobs of one visitor, on SQLite and PostgreSQL: what the first page, a search and a walk
through all take at the server, HTML and all, and what stays in memory. The peer is a visitor with one page.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from tests import postgres
from tests.bench.many_jobs import memory_kb
from tryon_core import (
    FilePicture,
    Garment,
    JobState,
    LibraryModel,
    Settings,
    Studio,
    Suit,
    TryOnRequest,
    open_studio,
)
from tryon_core.identity import owner_of
from tryon_core.requests.request_parts import to_json
from tryon_core.storage.job_records import JOBS, JobRecord
from tryon_core.storage.ledger import Ledger
from tryon_ui import samples
from tryon_ui.gallery.listing import PAGE_SIZE, Filter, listed, next_page
from tryon_ui.page_context import PageContext

JOBS_OF_ONE: Final = 10_000
OTHERS: Final = 10_000  # jobs of other visitors in the same table
ROUNDS: Final = 15
FIRST_PAGE_MS, SEARCH_MS = 150, 300
GROWS_MB: Final = 8  # while all of it is looked through; one page is some 0.1 MB
ME, NEW, EVERYBODY = "browser:me", "browser:new", "browser:others"
ASSETS: Final = Path(__file__).parents[2] / "assets"
GARMENTS: Final = ("Hoodie", "Shirt", "Tee", "Jeans", "Skirt", "Dress", "Red coat")
MODELS: Final = ("James", "Ariel", "Zuri", "Mila", "Theo", "Nora", "Kofi", "Sam")
SEARCHES: Final = {
    "a word that half of a seventh has": Filter(words="coat nora"),
    "words that nothing has": Filter(words="anorak on nobody"),
    "words in Chinese": Filter(words="James试穿连帽衫"),
    "what failed, of one vendor": Filter(state="failed", vendor="aidge"),
    "what has a star, of a week": Filter(starred=True, days="7"),
}


def records(visitor: str, count: int, until: float) -> Iterator[JobRecord]:
    """The rows of jobs like those that a visitor makes, one each ten minutes."""
    picture = {"index": 1, "name": "hoodie-james-1.jpg", "width": 768, "height": 1024, "bytes": 90_000}
    kept = {**picture, "sha256": "0" * 64, "media_type": "image/jpeg"}
    for number in range(count):
        garment, model = GARMENTS[number % 7], MODELS[number % 8]
        photo = FilePicture(Path(f"garment-1-1-{number}.jpg"))
        request = TryOnRequest(suits=(Suit((Garment(photo),)),), model=LibraryModel(model))
        yield JobRecord(
            id=f"{number:034d}{len(visitor):06d}",
            owner=owner_of(visitor),
            fingerprint=f"{visitor}-{number}"[:64],
            generation=1,
            vendor="aidge",
            live=False,
            title=f"{garment} {number} on {model}",
            stem=f"{garment.lower()}-{model.lower()}",
            request=to_json(request),
            state=JobState.FAILED if number % 50 == 0 else JobState.SUCCEEDED,
            expected=4,
            submitted_at=until - 600.0 * number,
            finished_at=until - 600.0 * number + 40,
            task_id=f"task-{number}",
            request_ids=(f"request-{number}",),
            pictures=tuple({**kept, "index": index} for index in range(1, 5)),
            pinned_at=until if number % 20 == 0 else None,
        )


def fill(ledger: Ledger) -> None:
    """Ten thousand for one visitor, as many for others, and one page for one who is new."""
    now = time.time()
    for visitor, count in ((ME, JOBS_OF_ONE), (EVERYBODY, OTHERS), (NEW, PAGE_SIZE)):
        rows = [asdict(record) for record in records(visitor, count, now)]
        with ledger.engine.begin() as connection:
            connection.execute(sa.insert(JOBS), rows)
    with ledger.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")  # as a server that runs for longer has done by itself


async def median_ms(work: Callable[[], Awaitable[object]]) -> float:
    """The median of some runs after a first one that does not count."""
    await work()
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        await work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1000


async def looked_through(context: PageContext) -> tuple[int, float, float]:
    """Every page after the other: how many, how long the slowest took in milliseconds, and how many megabytes
    more there are in memory at the end than after a tenth."""
    after, pages, slowest, early = None, 0, 0.0, 0
    while True:
        found = await context.studio.gallery.page(visitor=ME, after=after, limit=PAGE_SIZE)
        if found.next is None:
            return pages, slowest, (memory_kb(os.getpid()) - early) / 1024
        began = time.perf_counter()
        await next_page(context, ME, Filter(), found.next, pages * PAGE_SIZE)
        slowest = max(slowest, (time.perf_counter() - began) * 1000)
        after, pages = found.next, pages + 1
        if pages == JOBS_OF_ONE // PAGE_SIZE // 10:
            early = memory_kb(os.getpid())


async def measured(studio: Studio) -> list[tuple[str, bool]]:
    """What was found, and whether it is within its bound."""
    context = PageContext(studio, samples.load(ASSETS))
    first = await median_ms(partial(listed, context, ME, Filter()))
    peer = await median_ms(partial(listed, context, NEW, Filter()))
    told = [
        (
            f"first page {first:.0f} ms, {first / peer:.1f} times that of {PAGE_SIZE} jobs",
            first < FIRST_PAGE_MS,
        )
    ]
    for name, chosen in SEARCHES.items():
        took = await median_ms(partial(listed, context, ME, chosen))
        told.append((f"{name}: {took:.0f} ms", took < SEARCH_MS))
    pages, slowest, grown = await looked_through(context)
    told.append((f"{pages} pages on, the slowest {slowest:.0f} ms", slowest < SEARCH_MS))
    told.append((f"{grown:+.1f} MB from the first tenth to the end", grown < GROWS_MB))
    return told


async def on(database: str, folder: Path) -> list[tuple[str, bool]]:
    settings = Settings.load({"TRYON_DATABASE_URL": database, "TRYON_DATA_DIR": str(folder / "data")})
    studio = open_studio(settings)
    await studio.start()
    try:
        await asyncio.to_thread(fill, studio._container.store.ledger)
        return await measured(studio)
    finally:
        await studio.stop()


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """The address of each kind of database that there is here, by its name; none is SQLite's own file."""
    with tempfile.TemporaryDirectory() as folder:
        if postgres.program("initdb") is None:
            yield {"SQLite": ""}
            return
        Path(folder).chmod(0o755)  # its server is another user
        with postgres.running(Path(folder) / "postgres") as server:
            yield {"SQLite": "", "PostgreSQL": server.url}


def main() -> None:
    """Prints a line for each bound; exits with 1 where one does not hold."""
    fine = True
    with databases() as known:
        for name, url in known.items():
            with tempfile.TemporaryDirectory() as folder:
                for told, holds in asyncio.run(on(url, Path(folder))):
                    fine = fine and holds
                    verdict = "" if holds else "BROKEN: "
                    sys.stdout.write(f"{JOBS_OF_ONE:,} jobs of one visitor, {name}: {verdict}{told}\n")
                    sys.stdout.flush()
    raise SystemExit(0 if fine else 1)


if __name__ == "__main__":
    main()
