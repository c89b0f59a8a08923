"""Which buttons a job card has: what can sensibly be done with a job in its state, and what that may cost."""

from __future__ import annotations

from tryon_core import Capability, Job, JobState, PickedUp, TryOnRequest
from tryon_ui import links, texts
from tryon_ui.card.parts import Act, Button

_RUNNING = (Button(Act.STOP, texts.STOP),)
_STOPPED = (Button(Act.WATCH, texts.WATCH_AGAIN, primary=True),)
_STUCK: dict[JobState, tuple[Button, ...]] = {
    # The form for the task id stands beside it: that way costs nothing, so it is the main one.
    JobState.UNCERTAIN: (Button(Act.AGAIN, texts.SEND_AGAIN),),
    JobState.OVERDUE: (Button(Act.ASK, texts.ASK_AGAIN, primary=True), Button(Act.AGAIN, texts.SEND_AGAIN)),
    JobState.EXPIRED: (Button(Act.AGAIN, texts.MAKE_AGAIN, primary=True), Button(Act.ASK, texts.ASK_AGAIN)),
}


def buttons_of(job: Job, watching: bool) -> tuple[Button, ...]:
    """The buttons of `job`; a task of another program cannot be sent from here, so it has none for that."""
    every = (*key_button(job), *_buttons(job, watching))
    if isinstance(job.request, PickedUp):
        return tuple(button for button in every if button.act not in (Act.AGAIN, Act.CHANGE))
    return every


def next_ones(job: Job) -> tuple[Button, ...]:
    """The ways from a try-on to the next one, with half of its form."""
    if not job.state.ended or not isinstance(job.request, TryOnRequest):
        return ()
    return Button(Act.SAME_GARMENT, texts.SAME_GARMENT), Button(Act.SAME_MODEL, texts.SAME_MODEL)


def key_button(job: Job) -> tuple[Button, ...]:
    """The way to give back the key that a job waits for."""
    if not job.waits_for_key:
        return ()
    return (Button(Act.KEY, texts.KEY_ENTER, primary=True, door=job.vendor),)


def _buttons(job: Job, watching: bool) -> tuple[Button, ...]:
    if not job.state.ended:
        return _RUNNING if watching else _STOPPED
    if job.state is JobState.SUCCEEDED:
        late = (Button(Act.ASK, texts.ASK_AGAIN),) if job.failed_pictures and job.task_id else ()
        return (*_saved(job), *late)
    if job.state in _STUCK:
        return _STUCK[job.state]
    ask = (Button(Act.ASK, texts.ASK_AGAIN),) if job.task_id else ()
    change = texts.CHANGE_GARMENT if isinstance(job.request, TryOnRequest) else texts.CHANGE_PICTURES
    return Button(Act.AGAIN, texts.TRY_AGAIN, primary=True), *ask, Button(Act.CHANGE, change)


def _saved(job: Job) -> tuple[Button, ...]:
    if not job.pictures:
        return ()
    save = Button(Act.SAVE, texts.DOWNLOAD, href=links.download_of(job))
    if job.capability is Capability.REFINE:
        first = Button(Act.SAVE, texts.DOWNLOAD, primary=True, href=save.href)
        return first, Button(Act.AGAIN, texts.REFINE_AGAIN), Button(Act.JOBS, texts.SHOW_IN_JOBS)
    refine = Button(Act.REFINE, texts.REFINE_THIS, primary=True, identity="refinethis")
    every = (
        (Button(Act.ZIP, texts.DOWNLOAD_ALL_N.format(n=len(job.pictures))),) if len(job.pictures) > 1 else ()
    )
    return refine, Button(Act.COMPARE, texts.COMPARE), save, *every
