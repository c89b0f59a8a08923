"""The gallery of a studio in memory: the same questions, answered from a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from tryon_core import InvalidRequest, Job, JobNotFound, JobPage, JobQuery, JobState, Place

EVERY = JobQuery()


class FakeGallery:
    """`jobs_of` gives a visitor's jobs, newest first, and `now` Unix seconds."""

    def __init__(self, jobs_of: Callable[[str], list[Job]], now: Callable[[], float]) -> None:
        self._jobs_of, self._now = jobs_of, now
        self._deleted: dict[str, float] = {}

    def hides(self, job_id: str) -> bool:
        """Whether a job is deleted."""
        return job_id in self._deleted

    async def page(
        self, query: JobQuery = EVERY, *, visitor: str, after: Place | None = None, limit: int = 24
    ) -> JobPage:
        found = [job for job in self._jobs_of(visitor) if not self.hides(job.id) and _fits(job, query)]
        ids = [job.id for job in found]
        begin = ids.index(after.job_id) + 1 if after else 0
        shown, more = found[begin : begin + limit], found[begin + limit :]
        return JobPage(tuple(shown), Place(shown[-1].submitted_at, shown[-1].id) if more else None)

    async def counts(self, query: JobQuery = EVERY, *, visitor: str) -> Mapping[JobState, int]:
        jobs = (job for job in self._jobs_of(visitor) if not self.hides(job.id) and _fits(job, query))
        return Counter(job.state for job in jobs)

    async def deleted(self, *, visitor: str) -> tuple[tuple[Job, float], ...]:
        return tuple((job, self._deleted[job.id]) for job in self._jobs_of(visitor) if self.hides(job.id))

    async def delete(self, job_id: str, *, visitor: str) -> None:
        job = self._own(job_id, visitor)
        if not job.state.ended:
            raise InvalidRequest("job", "it is running", "a job that has ended")
        self._deleted[job_id] = self._now()

    async def undo(self, job_id: str, *, visitor: str) -> Job:
        job = self._own(job_id, visitor)
        del self._deleted[job_id]
        return job

    def _own(self, job_id: str, visitor: str) -> Job:
        for job in self._jobs_of(visitor):
            if job.id == job_id:
                return job
        raise JobNotFound


def _fits(job: Job, query: JobQuery) -> bool:
    return (
        all(word.lower() in job.title.lower() for word in query.words.split())
        and all(any(text.lower() in job.title.lower() for text in some) for some in query.any_of)
        and (not query.states or job.state in query.states)
        and query.vendor in ("", job.vendor)
        and (job.pinned or not query.pinned)
        and (query.since is None or job.submitted_at >= query.since)
    )
