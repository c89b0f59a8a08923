"""A script that makes jobs of the running app by its named endpoints, under a key of its own."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from tests.browser.conftest import Server
from tests.load.crowd import dyed

PATIENCE_S = 60.0


class Script:
    """Has `identity`; each job it begins is of a hoodie in another colour."""

    def __init__(self, url: str) -> None:
        self._api = f"{url}/gradio_api"
        self.identity = secrets.token_urlsafe(32)

    def begin(self, hue: int, count: int = 1) -> str:
        """Asks for a job, and does not wait for it; what `heard` hears the end of."""
        files = {"files": (f"hoodie-{hue}.jpg", dyed(hue), "image/jpeg")}
        [path] = httpx.post(f"{self._api}/upload", files=files, timeout=PATIENCE_S).raise_for_status().json()
        garment = {"path": path, "meta": {"_type": "gradio.FileData"}}
        return self._asked("tryon", garment=garment, count=count, model="Theo")

    def heard(self, name: str, event: str) -> Any:
        """What a call came to: its outputs, or the sentence that it failed with."""
        said = httpx.get(f"{self._api}/call/{name}/{event}", timeout=PATIENCE_S).raise_for_status().text
        last = [line.removeprefix("data: ") for line in said.splitlines() if line.startswith("data: ")][-1]
        return json.loads(last)

    def call(self, name: str, **given: object) -> Any:
        return self.heard(name, self._asked(name, **given))

    def jobs(self) -> list[dict[str, Any]]:
        """All jobs of this script, newest first."""
        [jobs] = self.call("jobs")
        return list(jobs)

    def ended(self, count: int) -> list[dict[str, Any]]:
        """So many jobs, once all of them have ended."""
        until(lambda: len(jobs := self.jobs()) == count and all(job["finished_at"] for job in jobs))
        return self.jobs()

    def health(self) -> str:
        """The status that the app says of itself."""
        return str(httpx.get(f"{self._api}/ext/healthz", timeout=PATIENCE_S).json()["status"])

    def clock_is_off(self) -> float:
        """By how many seconds the app's time of day is ahead of ours."""
        said = httpx.get(f"{self._api}/ext/healthz", timeout=PATIENCE_S).headers["date"]
        return parsedate_to_datetime(said).timestamp() - time.time()

    def _asked(self, name: str, **given: object) -> str:
        asked = {**given, "identity": self.identity}
        begun = httpx.post(f"{self._api}/call/v2/{name}", json=asked, timeout=PATIENCE_S)
        return str(begun.raise_for_status().json()["event_id"])


def until(seen: Callable[[], object]) -> None:
    """Returns when `seen` is true."""
    end = time.monotonic() + PATIENCE_S
    while not seen():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.1)


class Vendors:
    """Both vendors as a process of their own, which counts what it is given."""

    def __init__(self, server: Server) -> None:
        self.server = server

    @property
    def settings(self) -> dict[str, str]:
        """With which an app takes them for the live ones."""
        return {
            "AIDGE_APP_KEY": "sandbox",
            "AIDGE_APP_SECRET": "sandbox-secret",
            "AIDGE_BASE_URL": f"{self.server.url}/rest",
        }

    def tasks(self) -> list[dict[str, Any]]:
        return list(httpx.get(f"{self.server.url}/_sandbox/tasks", timeout=PATIENCE_S).json())

    def fail(self, on: str, fault: str, times: int = 1) -> None:
        order = [{"on": on, "fault": fault, "times": times, "after": 0}]
        self._order("faults", order)

    def pace(self, queue_s: float, per_image_s: float) -> None:
        timing = {"queue_s": queue_s, "per_image_s": per_image_s, "jitter": 0.0}
        self._order("timing", timing)

    def reset(self) -> None:
        """Forgets all tasks and orders."""
        self._order("reset", {})

    def _order(self, what: str, order: object) -> None:
        url = f"{self.server.url}/_sandbox/{what}"
        httpx.post(url, json=order, timeout=PATIENCE_S).raise_for_status()
