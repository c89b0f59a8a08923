"""What stands in a hosted link for a job and one of its files.

A token is made of two HMACs, of the job, and of the job and the file's name: it cannot be guessed, is the
same after a restart and in every process, is stored nowhere, and tells nothing of the job.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Collection
from threading import Lock

MOST = 20_000  # jobs that are remembered: 4 MB
_HALF = 16  # bytes of each HMAC


class Tokens:
    """Makes tokens, and finds the job of one without trying a thousand."""

    def __init__(self, key: bytes, open_jobs: Callable[[], Collection[str]]) -> None:
        self._key = key
        self._open_jobs = open_jobs
        self._jobs: dict[str, str] = {}  # of those that this process made or met
        self._looks = 0
        self._looking = Lock()

    def of(self, job_id: str, name: str) -> str:
        """The token of a file: 64 hexadecimal digits."""
        beginning = self._mac(job_id)
        if len(self._jobs) >= MOST:
            self._jobs = {}
        self._jobs[beginning] = job_id
        return beginning + self._mac(job_id, name)

    def job_of(self, token: str) -> str | None:
        """The job that a token may belong to. One that is not known takes a look at all open jobs, of which
        there is one at a time, however many ask. Blocks."""
        beginning = token[: 2 * _HALF]
        looks = self._looks
        if beginning not in self._jobs:
            with self._looking:
                if self._looks == looks:
                    self._jobs = {self._mac(job_id): job_id for job_id in self._open_jobs()}
                    self._looks += 1
        return self._jobs.get(beginning)

    def fits(self, token: str, job_id: str, name: str) -> bool:
        """Whether it is the token of this file."""
        right = self._mac(job_id) + self._mac(job_id, name)
        return hmac.compare_digest(right.encode(), token.encode())

    def _mac(self, *parts: str) -> str:
        text = "\n".join(("hosted", *parts))
        return hmac.digest(self._key, text.encode(), hashlib.sha256)[:_HALF].hex()
