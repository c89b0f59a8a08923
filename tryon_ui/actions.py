"""What the buttons of cards and rows do, the same for every tab."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tryon_core import Job, Problem
from tryon_ui.card.parts import Act
from tryon_ui.clicks import Click
from tryon_ui.error_boundary import attempt
from tryon_ui.files import served
from tryon_ui.page_context import PageContext

_Start = Callable[[PageContext, Click, str], Awaitable[Job]]


async def start(context: PageContext, click: Click, *, visitor: str) -> Job | Problem:
    """The job to be shown after a button that starts, resumes or opens one."""
    return await attempt(_STARTS.get(click.act, _open)(context, click, visitor))


async def zip_of(context: PageContext, click: Click, *, visitor: str) -> str | Problem:
    """The path, in the folder that Gradio serves, of a zip of all the job's pictures."""
    archive = await attempt(context.studio.archive(click.job_id, visitor=visitor))
    return archive if isinstance(archive, Problem) else served(archive, click.job_id)


async def delete(context: PageContext, click: Click, *, visitor: str) -> Problem | None:
    """Takes the job away."""
    return await attempt(context.studio.delete(click.job_id, visitor=visitor))


async def rename(context: PageContext, click: Click, *, visitor: str) -> Job | Problem:
    """Gives the job the title that was typed."""
    return await attempt(context.studio.rename(click.job_id, click.title, visitor=visitor))


async def pin(context: PageContext, click: Click, *, visitor: str) -> Job | Problem:
    """Pins the job, or no longer."""
    return await attempt(context.studio.pin(click.job_id, click.act is Act.PIN, visitor=visitor))


async def pick_up(context: PageContext, vendor: str, task_id: str, *, visitor: str) -> Job | Problem:
    """Follows a task of another program."""
    return await attempt(context.studio.pick_up(vendor, task_id, visitor=visitor))


async def _open(context: PageContext, click: Click, visitor: str) -> Job:
    return await context.studio.job(click.job_id, visitor=visitor)


async def _again(context: PageContext, click: Click, visitor: str) -> Job:
    return await context.studio.send_again(click.job_id, visitor=visitor)


async def _ask(context: PageContext, click: Click, visitor: str) -> Job:
    return await context.studio.poll_again(click.job_id, visitor=visitor)


async def _adopt(context: PageContext, click: Click, visitor: str) -> Job:
    return await context.studio.adopt_task(click.job_id, click.task, visitor=visitor)


_STARTS: dict[Act, _Start] = {
    Act.AGAIN: _again,
    Act.ASK: _ask,
    Act.ADOPT: _adopt,
    Act.WATCH: _open,
    Act.OPEN: _open,
}
