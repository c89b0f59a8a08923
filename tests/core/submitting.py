"""Requests put to a studio, in the two ways that tests need most."""

from __future__ import annotations

from typing import Protocol

from tryon_core import Job, Request, Studio, Submission, vendors_for


class Submits(Protocol):
    """A studio, or what stands in for one."""

    async def submit_or_offer(
        self, request: Request, *, visitor: str, title: str | None = None, offer: bool = True
    ) -> Submission: ...

    async def job(self, job_id: str, *, visitor: str) -> Job: ...


async def submit(studio: Submits, request: Request, *, visitor: str, title: str | None = None) -> Job:
    """A job of the request; one that was finished before is no reason not to start."""
    submission = await studio.submit_or_offer(request, visitor=visitor, title=title, offer=False)
    return await studio.job(submission.job_id, visitor=visitor)


async def earlier(studio: Studio, request: Request, *, visitor: str) -> Job | None:
    """The job that would be offered; nothing is started where there is none."""
    admission = studio._container.admission
    candidate = await admission.candidate(request, visitor, vendors_for(request.capability)[0].id)
    found = await admission.earlier(candidate)
    return await studio.job(found.id, visitor=visitor) if found else None


async def delete(studio: Studio, job_id: str, *, visitor: str) -> None:
    """Deletes a job and waits until it is gone for good."""
    await studio.gallery.delete(job_id, visitor=visitor)
    await all_deleted(studio)


async def all_deleted(studio: Studio) -> None:
    """Waits until what is marked as deleted is gone for good."""
    await studio._container.deletion.taking_away.over()
