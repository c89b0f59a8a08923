"""What a job card says, as plain data: no HTML here, so every state can be tested by reading it."""

from __future__ import annotations

from tryon_core import (
    Charged,
    FilePicture,
    Job,
    JobState,
    PickedUp,
    Problem,
    RefineRequest,
    SavedPicture,
    TryOnRequest,
    pictures_of,
)
from tryon_ui import links, texts
from tryon_ui.card.buttons import buttons_of, next_ones
from tryon_ui.card.parts import (
    Act,
    BeforeAfter,
    Button,
    CardView,
    Clock,
    Notice,
    Offer,
    Option,
    Step,
    Tile,
)


def card_view(job: Job, now: float, *, watching: bool = True, offered: bool = False) -> CardView:
    """The card of `job` at `now` (Unix seconds); `offered`: instead of making the same once more."""
    problem = job.problem
    slider = _slider(job)
    return CardView(
        state=job.state.value,
        title=job.title,
        facts=_facts(job),
        sent_at=job.submitted_at,
        job_id=job.id,
        address=job.address,
        clock=_clock(job, now),
        steps=_steps(job),
        say=_say(job),
        notice=_notice(job),
        tiles=() if slider or _nothing_to_show(job) else _tiles(job),
        wait=texts.FIRST_WAIT,
        compare=_options(job) if job.pictures else (),
        slider=slider,
        table=_table(job) if slider else (),
        notes=job.notes,
        buttons=buttons_of(job, watching),
        next_ones=next_ones(job),
        asks_task_id=job.state is JobState.UNCERTAIN,
        foot=_foot(job, watching),
        request_id="" if problem else _last(job.request_ids),
        offer=Offer(texts.OFFER, texts.NEW_LIVE if job.live else texts.NEW_SANDBOX) if offered else None,
    )


def refused_view(problem: Problem, change: str) -> CardView:
    """The card of a request that was not sent."""
    notice = Notice(
        "bad", problem.what, problem.todo, problem.charged.value, problem.code, problem.request_id
    )
    return CardView(
        state="refused",
        title=texts.REFUSED,
        facts=(texts.REFUSED_FACTS,),
        say=problem.what,
        notice=notice,
        buttons=(Button(Act.CHANGE, change),),
    )


def earlier_view(job: Job) -> CardView:
    """A job that succeeded before, as a strip of pictures to come back to."""
    took = (job.finished_at or job.submitted_at) - job.submitted_at
    return CardView(
        state="strip",
        title=job.title,
        facts=(texts.EARLIER, vendor_words(job)),
        sent_at=job.submitted_at,
        job_id=job.id,
        clock=Clock(took, False, texts.pictures(len(job.pictures))),
        tiles=tuple(_tile(job, picture) for picture in job.pictures),
    )


def thumbs_of(job: Job) -> tuple[str, ...]:
    """Small pictures that tell the job at a glance: what went in first, then what came out."""
    inputs = [name for _, name in _inputs(job)][:2]
    before = [(name, "") for name in (inputs[:1] if job.pictures else inputs)]
    after = [(picture.name, picture.sha256) for picture in job.pictures]
    return tuple(links.thumb(job.id, *one) for one in (*before, *after))


def _nothing_to_show(job: Job) -> bool:
    return job.state.ended and not job.pictures


def vendor_words(job: Job) -> str:
    """Who made it: its name, or that the sandbox stood in for it."""
    return job.vendor_name if job.live else texts.SANDBOX_OF.format(vendor=job.vendor_name)


def _facts(job: Job) -> tuple[str, ...]:
    vendor = vendor_words(job)
    if isinstance(job.request, PickedUp):
        return vendor, texts.PICKED_UP
    if isinstance(job.request, TryOnRequest):
        return vendor, texts.VIEW_FACTS[job.request.view], texts.pictures(job.expected)
    return vendor, texts.KINDS[job.capability]


def _clock(job: Job, now: float) -> Clock:
    end = job.finished_at if job.finished_at is not None else now
    return Clock(
        elapsed=max(0.0, end - job.submitted_at),
        running=not job.state.ended,
        under=texts.CLOCK_WORDS.get(job.state) or texts.usually(job.usual),
    )


_AT = {JobState.SUBMITTING: 0, JobState.QUEUED: 1, JobState.RUNNING: 2, JobState.UNCERTAIN: 0}


def _steps(job: Job) -> tuple[Step, ...]:
    names = texts.STEPS[job.capability]
    if job.state is JobState.SUCCEEDED:
        return tuple(Step(name, "done") for name in names)
    at = _AT.get(job.state, 2 if job.task_id else 0)
    counting = at == 2 and job.expected > 1 and (job.pictures or not job.state.ended)
    note = made_of(job) if counting else ""
    here = Step(names[at], "bad" if job.state.ended else "now", note)
    before = (Step(name, "done") for name in names[:at])
    after = (Step(name, "todo") for name in names[at + 1 :])
    return (*before, here, *after)


def _say(job: Job) -> str:
    word = texts.WAITS_FOR_KEY if job.waits_for_key else texts.STATE_WORDS[job.state]
    count = f", {made_of(job)}" if job.pictures else ""
    return f"{word}{count}"


def made_of(job: Job) -> str:
    """`2 of 4`; of a task that another program sent only what came is known: `2 pictures`."""
    made = len(job.pictures)
    return texts.N_OF_M.format(n=made, m=job.expected) if job.expected else texts.pictures(made)


_AMBER = (JobState.UNCERTAIN, JobState.OVERDUE, JobState.EXPIRED)


def _notice(job: Job) -> Notice | None:
    if job.waits_for_key:
        what = texts.WAITS_WHAT.format(vendor=job.vendor_name)
        return Notice("warn", what, texts.WAITS_TODO, job.charged.value)
    return _notice_of(job, job.problem) if job.problem else None


def _notice_of(job: Job, problem: Problem) -> Notice:
    return Notice(
        tone="warn" if job.state in _AMBER or job.state is JobState.SUCCEEDED else "bad",
        what=problem.what,
        todo=texts.PICKED_UP_GONE if _picked_up_gone(job) else problem.todo,
        charged=problem.charged.value,
        code=problem.code,
        request_id=problem.request_id or _last(job.request_ids),
    )


def _picked_up_gone(job: Job) -> bool:
    return job.state is JobState.EXPIRED and isinstance(job.request, PickedUp)


def _tiles(job: Job) -> tuple[Tile, ...]:
    made = [_tile(job, picture) for picture in job.pictures]
    missing = max(0, job.expected - len(made))
    generating = job.state is JobState.RUNNING
    blank = [
        Tile(
            number=len(made) + i + 1,
            alt="",
            word=_blank_word(job, first=i == 0),
            live=generating and i == 0,
        )
        for i in range(missing)
    ]
    return (*made, *blank)


def _blank_word(job: Job, *, first: bool) -> str:
    if job.state.ended:
        return texts.NOT_MADE
    return texts.GENERATING if first and job.state is JobState.RUNNING else texts.WAITING


def _tile(job: Job, picture: SavedPicture) -> Tile:
    return Tile(
        number=picture.number,
        alt=texts.PICTURE_OF.format(title=job.title, n=picture.number),
        thumb=links.thumb(job.id, picture.name, picture.sha256),
        view=links.view(job.id, picture.name, picture.sha256),
        srcset=links.views(job.id, picture),
        full=links.file(job.id, picture.name, picture.sha256),
        save=links.download(job.id, picture.name, picture.sha256),
        name=picture.name,
        meta=texts.AS_SERVED.format(width=picture.width, height=picture.height),
    )


def _inputs(job: Job) -> tuple[tuple[str, str], ...]:
    """Label and file name of every picture that went in and lies in the job's folder."""
    return tuple(
        (texts.input_label(key), picture.path.name)
        for key, picture in pictures_of(job.request)
        if isinstance(picture, FilePicture)
    )


def _options(job: Job) -> tuple[Option, ...]:
    went_in = (_option(label, job.id, name) for label, name in _inputs(job))
    came_out = (_option(texts.PICTURE_N.format(n=p.number), job.id, p.name, p.sha256) for p in job.pictures)
    return (*went_in, *came_out)


def _option(label: str, *picture: str) -> Option:
    return Option(label, links.file(*picture), links.view(*picture))


def _slider(job: Job) -> BeforeAfter | None:
    request = job.request
    if not isinstance(request, RefineRequest) or not job.pictures:
        return None
    if not isinstance(request.coarse, FilePicture):
        return None
    before = (job.id, request.coarse.path.name)
    after = (job.id, job.pictures[-1].name, job.pictures[-1].sha256)
    return BeforeAfter(links.file(*before), links.file(*after), links.view(*before), links.view(*after))


def _table(job: Job) -> tuple[tuple[str, str], ...]:
    picture = job.pictures[-1]
    gender = job.request.gender.value if isinstance(job.request, RefineRequest) else ""
    return (
        (texts.FACT_FILE, picture.name),
        (texts.FACT_PERSON, gender.capitalize()),
        (texts.FACT_SIZE, texts.AS_SERVED.format(width=picture.width, height=picture.height)),
        (texts.FACT_CHARGED, job.charged.value),
    )


def _foot(job: Job, watching: bool) -> str:
    if job.waits_for_key:
        return texts.FOOT_WAITS
    if not job.state.ended:
        return texts.FOOT_RUNNING if watching else texts.FOOT_STOPPED
    if job.state is not JobState.SUCCEEDED:
        return ""
    saved = texts.FOOT_SAVED.format(pictures=texts.pictures(len(job.pictures)))
    if not job.live:
        return f"{saved}. {texts.FOOT_SANDBOX}"
    charged = texts.CHARGED[job.charged if job.charged else Charged.UNKNOWN]
    return f"{saved}, {charged}."


def _last(ids: tuple[str, ...]) -> str:
    return ids[-1] if ids else ""
