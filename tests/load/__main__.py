"""`make load`: 200 visitors at once, then 50 beside a collection of 500 cells; the app and a sandbox server
each in a process of its own. Every run is bounded in time and ends its servers itself.

`python -m tests.load 100` is another number of visitors, `python -m tests.load collection` the second run
only.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.browser.conftest import app_server, sandbox_server
from tests.load import beside_collection
from tests.load.crowd import VISITORS, crowd, told
from tests.load.pages import page_times


def visitors_at_once(folder: Path, visitors: int) -> bool:
    """Whether all visitors got their picture, and nothing grew too large."""
    vendors = sandbox_server(folder)
    keys = {
        "AIDGE_BASE_URL": f"{vendors.url}/rest",
        "AIDGE_APP_KEY": "sandbox",
        "AIDGE_APP_SECRET": "sandbox-secret",
    }
    app = app_server(folder, **keys)
    try:
        vendors.start()
        app.start()
        with page_times(app.url) as pages:
            outcomes = asyncio.run(crowd(app.url, visitors))
        return told(outcomes, pages, app, vendors)
    finally:
        app.stop()
        vendors.stop()


def main() -> None:
    """Runs what was asked for, and exits with 1 when anything went wrong."""
    asked = sys.argv[1] if sys.argv[1:] else ""
    fine = True
    with tempfile.TemporaryDirectory() as name:
        for run in ("crowd", "collection"):
            (Path(name) / run).mkdir()
        if asked != "collection":
            fine = visitors_at_once(Path(name) / "crowd", int(asked or VISITORS))
        if asked in ("", "collection"):
            fine = beside_collection.measured(Path(name) / "collection") and fine
    raise SystemExit(0 if fine else 1)


if __name__ == "__main__":
    main()
