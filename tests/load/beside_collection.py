"""A collection of 500 cells of one visitor, and 50 single jobs of others: how long these wait beside it,
against how long they wait alone. The sandbox answers over sockets, with tiny pictures, so that the machine's
cores are not what everybody waits for.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.browser.conftest import Server, app_server
from tests.core.jobs.test_crash import running
from tests.core.jobs.test_crash import told as asked
from tests.load.busy_app import BEGIN, ENDED, GARMENTS, MODELS
from tests.load.crowd import LIMIT_S, MOST_MB, Outcome, complaints, crowd
from tests.load.pages import PageTimes, page_times

SINGLES = 50
MOST_TIMES_LONGER, SLOWEST_PAGE_S = 1.5, 0.2
UNDER_WAY_S = 5.0  # after the click: cells are on their way, and hundreds wait


@dataclass(frozen=True)
class Wait:
    """What single jobs saw: when they began and were done (seconds of `time.monotonic`), the seconds of those
    that ended well, and why others did not."""

    began: float
    done: float
    seconds: list[float]
    errors: Counter[str]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds or [LIMIT_S])


def singles(url: str) -> Wait:
    began = time.monotonic()
    outcomes = asyncio.run(crowd(url, SINGLES, model="James"))
    ended = [one for one in outcomes if isinstance(one, Outcome) and one.state == "succeeded"]
    errors = Counter(repr(one)[:120] for one in outcomes if one not in ended)
    return Wait(began, time.monotonic(), [one.seconds for one in ended], errors)


def measured(folder: Path) -> bool:
    """Whether all ended well, and nobody was held up; prints what was seen."""
    with running("tests.core.quick_sandbox") as sandbox:
        address = f"http://127.0.0.1:{asked(sandbox)}/rest"
        keys = {"AIDGE_BASE_URL": address, "AIDGE_APP_KEY": "sandbox", "AIDGE_APP_SECRET": "sandbox-secret"}
        app = app_server(folder, ("-m", "tests.load.busy_app"), **keys)
        try:
            app.start()
            singles(app.url)  # what is read and made ready at the first use is not to be compared
            with page_times(app.url):  # as beside the collection
                alone = singles(app.url)
            data, began = folder / "data", time.monotonic()
            with page_times(app.url) as pages:
                (data / BEGIN).touch()
                time.sleep(UNDER_WAY_S)
                beside = singles(app.url)
                early = (data / ENDED).exists()
                while not (data / ENDED).exists() and time.monotonic() - began < LIMIT_S:
                    time.sleep(0.5)
            whole = json.loads((data / ENDED).read_text()) if (data / ENDED).exists() else {}
            return told(alone, beside, pages, whole, time.monotonic() - began, app) and not early
        finally:
            app.stop()


def told(
    alone: Wait, beside: Wait, pages: PageTimes, whole: dict[str, int], took: float, app: Server
) -> bool:
    """Prints what was seen; whether all went well."""
    crowded = pages.percentile(95, beside.began, beside.done)
    times = beside.median / alone.median
    lines = (
        f"a collection of {GARMENTS * MODELS} cells: {whole or 'not ended'} in {took:.0f} s",
        f"single jobs alone: {len(alone.seconds)} of {SINGLES}, median {alone.median:.1f} s",
        f"single jobs beside it: {len(beside.seconds)} of {SINGLES}, median {beside.median:.1f} s",
        f"{times:.2f} times as long",
        f"{len(pages.seen)} pages meanwhile: median {pages.percentile(50) * 1000:.0f} ms, 95th percentile"
        f" {pages.percentile(95) * 1000:.0f} ms, while the single jobs run {crowded * 1000:.0f} ms",
        f"peak memory: app {app.peak_mb():.0f} MB",
        f"errors: {dict(alone.errors + beside.errors)}",
    )
    sys.stdout.write("\n".join((*lines, *complaints(app))) + "\n")
    all_ended = whole == {"cells": GARMENTS * MODELS, "succeeded": GARMENTS * MODELS}
    all_singles = len(alone.seconds) == len(beside.seconds) == SINGLES
    quick = times <= MOST_TIMES_LONGER and pages.percentile(95) <= SLOWEST_PAGE_S
    return all_ended and all_singles and quick and app.peak_mb() < MOST_MB
