"""Links that visitors typed. They may be signed, so that the address itself is held in memory only.

The ledger knows of a link its host and its file's name. The picture behind it is fetched for the checks, and
its copy lies among the job's inputs: with it a later process goes on.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from types import MappingProxyType

from tryon_core.requests.request import LinkPicture, Request
from tryon_core.requests.request_parts import with_pictures

MAX_JOBS = 10_000  # of the newest: each has a handful of addresses at most
NO_LINKS: Mapping[str, LinkPicture] = MappingProxyType({})


class TypedLinks:
    """The links of this process's jobs, by the names that pictures have in a request."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Mapping[str, LinkPicture]] = OrderedDict()

    def remember(self, job_id: str, links: Mapping[str, LinkPicture]) -> None:
        self._jobs[job_id] = links
        while len(self._jobs) > MAX_JOBS:
            self._jobs.popitem(last=False)

    def of(self, job_id: str) -> Mapping[str, LinkPicture]:
        """What is known: nothing after a restart."""
        return self._jobs.get(job_id, NO_LINKS)

    def forget(self, job_id: str) -> None:
        self._jobs.pop(job_id, None)

    def restored(self, job_id: str, request: Request) -> Request:
        """A kept request with the links in it again, as far as they are known."""
        return with_pictures(request, dict(self.of(job_id)))
