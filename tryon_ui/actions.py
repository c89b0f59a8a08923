"""What a pressed button of a card or a row reports, and what it does, the same for every tab."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

import gradio as gr

from tryon_core import UNDO_S, Job, JobNotFound, Problem
from tryon_ui.card.parts import Act
from tryon_ui.error_boundary import attempt, sentence
from tryon_ui.files import served
from tryon_ui.page_context import PageContext
from tryon_ui.texts import said


@dataclass(frozen=True, slots=True)
class Click:
    """A pressed button, as the page's script reports it: of which job, at which picture. It comes from
    outside; `task` and `title` are what was typed beside it, `address` names the job as the page's own
    address does. `after` is the place behind which a page of jobs begins, as `gallery.pages.place_text`
    writes it; `until` the last deletion that a bar told of (Unix seconds), 0 without one."""

    act: Act
    job_id: str
    number: int
    task: str
    title: str = ""
    address: str = ""
    after: str = ""
    until: float = 0.0


def click_of(event: gr.EventData) -> Click:
    """The click in `event`; whatever it lacks is empty, an unknown act opens."""
    data = event._data if isinstance(event._data, dict) else {}
    act, number = data.get("act"), data.get("n")
    return Click(
        act=Act(act) if isinstance(act, str) and act in list(Act) else Act.OPEN,
        job_id=str(data.get("job", ""))[:200],
        number=number if isinstance(number, int) else 1,
        task=str(data.get("task") or "")[:200].strip(),
        title=str(data.get("title") or "")[:200].strip(),
        address=str(data.get("at") or "")[:40],
        after=str(data.get("after") or "")[:100],
        until=_moment(data.get("until")),
    )


def _moment(told: object) -> float:
    """The moment that a page told; 0 for what no page of ours sends."""
    try:
        moment = float(str(told))
    except ValueError:
        return 0.0
    return moment if math.isfinite(moment) else 0.0


_Start = Callable[[PageContext, Click, str], Awaitable[Job]]


async def start(context: PageContext, click: Click, *, visitor: str) -> Job | Problem | None:
    """The job to be shown after a button that starts, resumes or opens one. None where only its task was
    asked about, in vain: that is told beside the card, which stays as it is, with what was typed."""
    outcome = await attempt(_STARTS.get(click.act, _open)(context, click, visitor))
    if isinstance(outcome, Problem) and click.act in _ASKS:
        gr.Warning(sentence(outcome))
        return None
    return outcome


async def opened_job(context: PageContext, click: Click, *, visitor: str) -> Job | Problem:
    """The job that the click is about, by its id or its address."""
    return await attempt(_open(context, click, visitor))


async def zip_of(context: PageContext, click: Click, *, visitor: str) -> str | Problem:
    """The path, in the folder that Gradio serves, of a zip of all the job's pictures."""
    archive = await attempt(context.studio.archive(click.job_id, visitor=visitor))
    return archive if isinstance(archive, Problem) else served(archive, click.job_id)


async def delete(context: PageContext, click: Click, *, visitor: str) -> Problem | None:
    """Takes the job away; for a while `undo` has it back. What another window deleted before is gone, too."""
    return await attempt(_delete(context, click, visitor))


async def offered_back(context: PageContext, *, visitor: str) -> tuple[tuple[Job, float], ...]:
    """What the visitor deleted a moment ago and when, the last first, but for what was dismissed, and for
    jobs that went with their collection, which brings them back."""
    deleted = await context.studio.gallery.deleted(visitor=visitor)
    if not deleted:
        return ()
    collections = await context.studio.collections.deleted(visitor=visitor)
    went = {one.id: at for one, at in collections}
    until = context.dismissals.until(visitor)
    return tuple((job, at) for job, at in deleted if at > until and at != went.get(job.collection_id or ""))


def dismiss(context: PageContext, click: Click, *, visitor: str) -> None:
    """Leaves deleted what the bar told of when it was closed."""
    context.dismissals.dismiss(visitor, click.until, context.now())


async def undo(context: PageContext, *, visitor: str) -> Job | Problem:
    """Has back what the visitor deleted a moment ago; the job that was deleted last."""
    deleted = await attempt(offered_back(context, visitor=visitor))
    if isinstance(deleted, Problem):
        return deleted
    if not deleted:
        return Problem(said("trouble.undone_what"), said("trouble.undone_todo", n=round(UNDO_S)))
    for job, _ in deleted:
        outcome = await attempt(context.studio.gallery.undo(job.id, visitor=visitor))
        if isinstance(outcome, Problem):
            return outcome
    return deleted[0][0]


async def rename(context: PageContext, click: Click, *, visitor: str) -> Job | Problem:
    """Gives the job the title that was typed."""
    return await attempt(context.studio.rename(click.job_id, click.title, visitor=visitor))


async def pin(context: PageContext, click: Click, *, visitor: str) -> Job | Problem:
    """Pins the job, or no longer."""
    return await attempt(context.studio.pin(click.job_id, click.act is Act.PIN, visitor=visitor))


async def pick_up(context: PageContext, vendor: str, task_id: str, *, visitor: str) -> Job | Problem:
    """Follows a task of another program."""
    return await attempt(context.studio.pick_up(vendor, task_id, visitor=visitor))


async def _delete(context: PageContext, click: Click, visitor: str) -> None:
    with suppress(JobNotFound):
        await context.studio.gallery.delete(click.job_id, visitor=visitor)


async def _open(context: PageContext, click: Click, visitor: str) -> Job:
    if click.address:
        return await context.studio.job_at(click.address, visitor=visitor)
    return await context.studio.job(click.job_id, visitor=visitor)


async def _again(context: PageContext, click: Click, visitor: str) -> Job:
    return await context.studio.send_again(click.job_id, visitor=visitor)


async def _ask(context: PageContext, click: Click, visitor: str) -> Job:
    return await context.studio.poll_again(click.job_id, visitor=visitor)


async def _adopt(context: PageContext, click: Click, visitor: str) -> Job:
    return await context.studio.adopt_task(click.job_id, click.task, visitor=visitor)


_ASKS = (Act.ASK, Act.ADOPT)
_STARTS: dict[Act, _Start] = {
    Act.AGAIN: _again,
    Act.ASK: _ask,
    Act.ADOPT: _adopt,
    Act.WATCH: _open,
    Act.OPEN: _open,
}
