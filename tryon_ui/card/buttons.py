"""Which buttons a job card has: what can sensibly be done with a job in its state, and what that may cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from tryon_core import Capability, Job, JobState, PickedUp, Problem, Sentence, TryOnRequest
from tryon_ui import links
from tryon_ui.card.parts import Act, Button
from tryon_ui.texts import say

# What each does, the key of its label, and whether it is the main one.
_Plan: TypeAlias = tuple[Act, str, bool]
_RUNNING: Final[_Plan] = (Act.STOP, "do.stop", False)
_STOPPED: Final[_Plan] = (Act.WATCH, "do.watch_again", True)
_STUCK: Final[Mapping[JobState, tuple[_Plan, ...]]] = {
    # The form for the task id stands beside it: that way costs nothing, so it is the main one.
    JobState.UNCERTAIN: ((Act.AGAIN, "do.send_again", False),),
    JobState.OVERDUE: ((Act.ASK, "do.ask_again", True), (Act.AGAIN, "do.send_again", False)),
    JobState.EXPIRED: ((Act.AGAIN, "do.make_again", True), (Act.ASK, "do.ask_again", False)),
}


_FREE: Final = {"do.send_again": "do.send_again_free", "do.make_again": "do.make_again_free"}
# What the keys of fields have in them: of the core's, and of the form's.
_ABOUT: Final = {
    **dict.fromkeys(("garment", "suit", "bottom"), "do.change_garment"),
    "model": "do.change_model",
}


def buttons_of(job: Job, watching: bool) -> tuple[Button, ...]:
    """The buttons of `job`; a task of another program cannot be sent from here, so it has none for that."""
    every = (*key_button(job), *_buttons(job, watching))
    if isinstance(job.request, PickedUp):
        return tuple(button for button in every if button.act not in (Act.AGAIN, Act.CHANGE))
    return every


def change_label(problem: Problem | None, *, refines: bool) -> str:
    """The label of the way back to the form: to what is wrong in it, as far as the problem names that."""
    if refines:
        return say("do.change_pictures")
    field = problem.field if problem else ""
    about = field.key if isinstance(field, Sentence) else ""
    return say(next((label for word, label in _ABOUT.items() if word in about), "do.change_form"))


def next_ones(job: Job) -> tuple[Button, ...]:
    """The ways from a try-on to the next one, with half of its form."""
    if not job.state.ended or not isinstance(job.request, TryOnRequest):
        return ()
    return Button(Act.SAME_GARMENT, say("do.same_garment")), Button(Act.SAME_MODEL, say("do.same_model"))


def key_button(job: Job) -> tuple[Button, ...]:
    """The way to give back the key that a job waits for."""
    if not job.waits_for_key:
        return ()
    return (Button(Act.KEY, say("key.enter"), primary=True, door=job.vendor),)


def _buttons(job: Job, watching: bool) -> tuple[Button, ...]:
    if not job.state.ended:
        return _planned(_RUNNING if watching else _STOPPED)
    if job.state is JobState.SUCCEEDED:
        late = (Button(Act.ASK, say("do.ask_again")),) if job.failed_pictures and job.task_id else ()
        return (*_saved(job), *late)
    if job.state in _STUCK:
        plans = _STUCK[job.state]
        return _planned(*plans) if job.live else _planned(*map(_free, plans))
    ask = (Button(Act.ASK, say("do.ask_again")),) if job.task_id else ()
    change = change_label(job.problem, refines=job.capability is Capability.REFINE)
    return Button(Act.AGAIN, say("do.try_again"), primary=True), *ask, Button(Act.CHANGE, change)


def _free(plan: _Plan) -> _Plan:
    """The same in the sandbox, where no label need speak of money."""
    act, key, primary = plan
    return act, _FREE.get(key, key), primary


def _planned(*plans: _Plan) -> tuple[Button, ...]:
    return tuple(Button(act, say(key), primary=primary) for act, key, primary in plans)


def _saved(job: Job) -> tuple[Button, ...]:
    if not job.pictures:
        return ()
    save = Button(Act.SAVE, say("do.download"), href=links.download_of(job))
    if job.capability is Capability.REFINE:
        first = Button(Act.SAVE, say("do.download"), primary=True, href=save.href)
        return first, Button(Act.AGAIN, say("do.refine_again")), Button(Act.JOBS, say("do.show_in_jobs"))
    refine = Button(Act.REFINE, say("do.refine_this"), primary=True, identity="refinethis")
    every = (Button(Act.ZIP, say("do.download_all_n", n=len(job.pictures))),) if len(job.pictures) > 1 else ()
    return refine, Button(Act.COMPARE, say("do.compare")), save, *every
