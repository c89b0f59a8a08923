"""What a job card says, as plain data: no HTML here, so every state can be tested by reading it."""

from __future__ import annotations

from tryon_core import Capability, Charged, Job, JobState, PickedUp, Problem, RefineRequest, TryOnRequest
from tryon_ui.card.buttons import buttons_of, next_ones
from tryon_ui.card.lightbox import lightbox_of
from tryon_ui.card.parts import Act, Badge, Button, CardView, Notice, Offer, Silence, Step, Usual
from tryon_ui.card.pictures import (
    NO_PORTRAITS,
    Portraits,
    options_of,
    origins_of,
    pictures_made,
    size_of,
    slider_of,
    tiles_of,
)
from tryon_ui.texts import phrases, say, translated


def card_view(
    job: Job,
    now: float,
    *,
    watching: bool = True,
    offered: bool = False,
    portraits: Portraits = NO_PORTRAITS,
) -> CardView:
    """The card of `job` at `now` (Unix seconds); `offered`: instead of making the same once more."""
    notice, slider = _notice(job), slider_of(job)
    return CardView(
        state=job.state.value,
        title=translated(job.title),
        facts=_facts(job),
        job_id=job.id,
        address=job.address,
        badge=_badge(job, now),
        steps=steps_of(job),
        say=_say(job),
        notice=notice,
        tiles=() if slider or _nothing_to_show(job) else tiles_of(job),
        wait=_wait(job),
        compare=() if slider else options_of(job),
        slider=slider,
        heading=_heading(job),
        under=_under(job),
        usual=_usual(job, now),
        notes=tuple(map(translated, job.notes)),
        buttons=buttons_of(job, watching),
        next_ones=next_ones(job),
        asks_task_id=job.state is JobState.UNCERTAIN,
        foot=_foot(job, watching),
        silence=_silence(job),
        origins=origins_of(job, portraits),
        table=_table(job),
        sent_at=job.submitted_at,
        request_id="" if job.problem else _last(job.request_ids),
        waits=not job.state.ended,
        offer=_offer(job) if offered else None,
        lightbox=lightbox_of(job, vendor_words(job)),
    )


def refused_view(problem: Problem, change: str) -> CardView:
    """The card of a request that was not sent."""
    notice = Notice(
        "bad",
        translated(problem.what),
        translated(problem.todo),
        charged_words(problem.charged),
        phrases.code(problem.code),
        problem.request_id,
    )
    return CardView(
        state="refused",
        title=say("card.refused"),
        facts=(say("card.refused_facts"),),
        say=translated(problem.what),
        notice=notice,
        buttons=(Button(Act.CHANGE, change),),
    )


def missing_view(problem: Problem) -> CardView:
    """In place of the card of a job that an address names and that is not here for this visitor."""
    what, code = translated(problem.what), phrases.code(problem.code)
    notice = Notice("warn", what, say("card.missing_todo"), "", code, problem.request_id)
    return CardView(
        state="refused",
        title=say("card.missing"),
        facts=(say("card.missing_facts"),),
        say=what,
        notice=notice,
        buttons=(Button(Act.JOBS, say("page.jobs")),),
    )


def earlier_view(job: Job) -> CardView:
    """A job that succeeded before, as a strip of pictures to come back to."""
    return CardView(
        state="strip",
        title=translated(job.title),
        facts=(say("card.earlier"), vendor_words(job)),
        job_id=job.id,
        badge=_badge(job, job.submitted_at),
        tiles=pictures_made(job),
    )


def _offer(job: Job) -> Offer:
    """What is said of it; one whose end is not certain has its ways on as buttons already."""
    if job.state is not JobState.SUCCEEDED:
        return Offer(say("card.offer_open"))
    return Offer(say("card.offer"), say("card.new_live") if job.live else say("card.new_sandbox"))


def _nothing_to_show(job: Job) -> bool:
    return not job.pictures and (job.state.ended or job.waits_for_key)


def vendor_words(job: Job) -> str:
    """Who made it: its name, or that the sandbox stood in for it."""
    return job.vendor_name if job.live else say("card.sandbox_of", vendor=job.vendor_name)


def _facts(job: Job) -> tuple[str, ...]:
    vendor = vendor_words(job)
    if isinstance(job.request, PickedUp):
        return say("card.picked_up"), vendor
    if isinstance(job.request, TryOnRequest):
        return say(f"framing.{job.request.view}"), phrases.pictures(job.expected), vendor
    return say(f"kind.{job.capability}"), vendor


_TONES = {
    JobState.SUCCEEDED: "ok",
    JobState.FAILED: "bad",
    JobState.UNCERTAIN: "warn",
    JobState.OVERDUE: "warn",
    JobState.EXPIRED: "warn",
}


_ENDED_AFTER = (JobState.SUCCEEDED, JobState.FAILED, JobState.OVERDUE)  # the time follows


def _badge(job: Job, now: float) -> Badge:
    if job.waits_for_key:
        return Badge("warn", say("card.waits_for_key"))
    if not job.state.ended:
        return Badge(_tone(job), _progress(job), max(0.0, now - job.submitted_at), counting=True)
    took = max(0.0, (job.finished_at or job.submitted_at) - job.submitted_at)
    word = say(f"ended.{job.state}")
    return Badge(_TONES[job.state], word, took if job.state in _ENDED_AFTER else None)


def _tone(job: Job) -> str:
    return "run" if job.silent_since is None else "warn"


def _progress(job: Job) -> str:
    """What is known: of a vendor that does not answer only what has come."""
    word = say(f"state.{job.state}") if job.silent_since is None else say("card.no_answer")
    return f"{word} {made_of(job)}" if job.state is JobState.RUNNING and job.expected > 1 else word


_STEPS = {
    Capability.TRY_ON: ("sent", "queued", "generating", "saved"),
    Capability.REFINE: ("sent", "queued", "refining", "saved"),
}
_AT = {JobState.SUBMITTING: 0, JobState.QUEUED: 1, JobState.RUNNING: 2, JobState.UNCERTAIN: 0}


def steps_of(job: Job) -> tuple[Step, ...]:
    """How far the job is, step by step."""
    names = [say(f"step.{name}") for name in _STEPS[job.capability]]
    if job.state is JobState.SUCCEEDED:
        return tuple(Step(name, "done") for name in names)
    at = _AT.get(job.state, 2 if job.task_id else 0)
    counting = at == 2 and job.expected > 1 and (job.pictures or not job.state.ended)
    note = made_of(job) if counting else ""
    here = Step(names[at], "bad" if job.state.ended else "now", note)
    before = (Step(name, "done") for name in names[:at])
    after = (Step(name, "todo") for name in names[at + 1 :])
    return (*before, here, *after)


def _wait(job: Job) -> str:
    """What stands in place of the pictures while none is there."""
    waits_for_more = job.waits_for_key or job.silent_since is not None
    return "" if waits_for_more else say("card.first_wait", n=job.expected)


def _say(job: Job) -> str:
    word = say("card.waits_for_key") if job.waits_for_key else say(f"state.{job.state}")
    return phrases.listed((word, made_of(job))) if job.pictures else word


def made_of(job: Job) -> str:
    """`2 of 4`; of a task that another program sent only what came is known: `2 pictures`."""
    made = len(job.pictures)
    return say("word.n_of_m", n=made, m=job.expected) if job.expected else phrases.pictures(made)


_AMBER = (JobState.UNCERTAIN, JobState.OVERDUE, JobState.EXPIRED)


def _notice(job: Job) -> Notice | None:
    if job.waits_for_key:
        what = say("card.waits_what", vendor=job.vendor_name)
        return Notice("warn", what, say("card.waits_todo"), charged_words(job.charged))
    return _notice_of(job, job.problem) if job.problem else None


def _notice_of(job: Job, problem: Problem) -> Notice:
    return Notice(
        tone="warn" if job.state in _AMBER or job.state is JobState.SUCCEEDED else "bad",
        what=translated(problem.what),
        todo=_todo(job, problem),
        charged=charged_words(problem.charged),
        code=phrases.code(problem.code),
        request_id=problem.request_id or _last(job.request_ids),
    )


def _todo(job: Job, problem: Problem) -> str:
    if _picked_up_gone(job):
        return say("card.picked_up_gone")
    if job.state is JobState.UNCERTAIN and not job.live:
        return say("card.uncertain_sandbox")
    return translated(problem.todo)


def _picked_up_gone(job: Job) -> bool:
    return job.state is JobState.EXPIRED and isinstance(job.request, PickedUp)


def _heading(job: Job) -> str:
    if slider_of(job):
        return say("card.refined_picture")
    if job.state.ended:
        return ""
    return say("card.made_of", made=made_of(job)) if job.expected else made_of(job)


def _under(job: Job) -> str:
    if slider_of(job):
        return job.pictures[-1].name
    return ""


LATE = 2.0  # times the usual time: after it the usual time is no news any more


def _usual(job: Job, now: float) -> Usual:
    if job.state.ended or job.usual is None or job.silent_since is not None:
        return Usual()
    until = LATE * job.usual[1]
    late = now - job.submitted_at > until
    return Usual(say("card.late") if late else phrases.usually(job.usual), say("card.late"), until)


def _silence(job: Job) -> Silence | None:
    return None if job.silent_since is None else Silence(job.vendor_name, job.silent_since)


def _table(job: Job) -> tuple[tuple[str, str], ...]:
    rows = []
    if isinstance(job.request, RefineRequest):
        rows.append((say("card.person"), say(f"gender.{job.request.gender}")))
    if job.pictures or not job.state.ended:
        rows.append((say("card.size"), size_of(job.pictures[0]) if job.pictures else say("card.not_yet")))
    if job.problem is None:
        rows.append(
            (say("card.charged"), charged_words(job.charged) if job.state.ended else say("card.not_yet"))
        )
    return tuple(rows)


def _foot(job: Job, watching: bool) -> str:
    if job.waits_for_key:
        return say("card.waits_foot")
    if job.state.ended:
        return ""
    return say("card.running") if watching else say("card.stopped")


def charged_words(charged: Charged) -> str:
    """Whether money was spent, in a word or two."""
    return say(f"charged.{charged.name.lower()}")


def _last(ids: tuple[str, ...]) -> str:
    return ids[-1] if ids else ""
