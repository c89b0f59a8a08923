"""One cell of the matrix: a garment on a model, in whatever state it is, in a frame that keeps its size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from markupsafe import Markup

from tryon_core import Cell, CellState, Job, Refinement, SavedPicture
from tryon_ui import icons, links
from tryon_ui.card.elements import NOTHING, joined, lightbox_attribute
from tryon_ui.card.lightbox import lightbox_of
from tryon_ui.card.wording import vendor_words
from tryon_ui.collection.shots import MOST_SHOWN, WRONG, Named, better_of, shots_of
from tryon_ui.texts import phrases, say, translated

_TONES: Final[Mapping[CellState, str]] = MappingProxyType(
    {
        CellState.WAITING: "wait",
        CellState.RUNNING: "run",
        CellState.SUCCEEDED: "ok",
        CellState.FAILED: "bad",
        CellState.UNCLEAR: "warn",
        CellState.STOPPED: "wait",
        CellState.DELETED: "wait",
    }
)
_ICONS: Final = {"ok": icons.CHECK, "run": icons.CLOCK}
# Which pictures are chosen while another one stands large: the page's script knows, and says it here.
_STARRED: Final = Markup(
    '<button type="button" class="cstars" data-board="starred" tabindex="-1" hidden>{}<span></span></button>'
).format(icons.STAR)


def cell_html(cell: Cell, named: Named) -> Markup:
    """The cell. Every value is escaped by `Markup.format`."""
    job, tone = cell.job, _TONES[cell.state]
    look = _look_of(cell, named)
    signs = (" chosen" if named.chosen or named.kept else "") + (" unrefined" if named.not_refined else "")
    shots = shots_of(cell, named)
    return Markup(
        '<div class="cell {}{}" role="gridcell" tabindex="-1" data-part="cell:{}" data-cell="{}"'
        ' data-job="{}"{} data-title="{}" data-article="{}" aria-label="{}">'
        '<div class="cin">{}{}{}<div class="cside"><div class="cst {}"><span class="cwho">{}</span>'
        '<span class="cw">{}<span>{}</span></span><span class="ct">{}</span></div>{}</div>{}</div></div>'
    ).format(
        tone,
        signs,
        cell.id,
        cell.id,
        job.id if job else "",
        lightbox_attribute(lightbox_of(job, vendor_words(job))) if job else NOTHING,
        named.title,
        named.article,
        _label(cell, named),
        shots.drawn,
        _STARRED if shots.pictures > 1 else NOTHING,
        shots.more(named.title),
        look,
        named.model,
        _ICONS.get(look, NOTHING),
        word_of(cell, named),
        _aside(cell),
        joined(_under(cell, named)),
        _meter(cell),
    )


def _look_of(cell: Cell, named: Named) -> str:
    """How the word alone looks: as what is made, or could not be made, of a picture that is here."""
    if cell.state is CellState.SUCCEEDED and named.is_refining:
        return _TONES[CellState.RUNNING]
    lost = _lost(cell, named)
    return _TONES[lost.state if lost else cell.state]


def _lost(cell: Cell, named: Named) -> Refinement | None:
    """What could not be made of a picture of a cell that has nothing else to tell."""
    return named.not_refined if cell.state is CellState.SUCCEEDED else None


def word_of(cell: Cell, named: Named) -> str:
    """How far the cell is, in a word or two."""
    job = cell.job
    if cell.state is CellState.SUCCEEDED and named.is_refining:
        return say("collection.refining")
    if _lost(cell, named):
        return say("collection.not_refined")
    if job is not None and job.waits_for_key:
        return say("card.waits_for_key")
    if cell.state is CellState.RUNNING and job is not None and job.pictures:
        return _made(cell, job)
    return say(f"cell.{cell.state}")


def _label(cell: Cell, named: Named) -> str:
    said = [named.title, word_of(cell, named)]
    if cell.state is CellState.SUCCEEDED and cell.job:
        said.append(_made(cell, cell.job))
    if better := better_of(named):
        said.append(say("collection.refined_here", numbers=tuple(map(str, better))))
    if named.chosen:
        said.append(say("collection.chosen_here", numbers=tuple(map(str, sorted(named.chosen)))))
    return phrases.listed(said)


def _made(cell: Cell, job: Job) -> str:
    return say("word.n_of_m", n=len(job.pictures), m=max(cell.expected, len(job.pictures)))


def _aside(cell: Cell) -> str | Markup:
    """What stands under or beside the word: the place in the line, the clock, the count."""
    job = cell.job
    if cell.state is CellState.WAITING and cell.place:
        return say("collection.place", n=cell.place)
    if cell.state is CellState.RUNNING and job is not None:
        return Markup('<span data-since="{:.1f}"></span>').format(job.submitted_at)
    if cell.state is CellState.SUCCEEDED and job is not None:
        return _made(cell, job)
    return NOTHING


def _under(cell: Cell, named: Named) -> Iterator[Markup]:
    """Below the word: why it failed and what can be done, or the small pictures and what a picture can do."""
    job = cell.job
    if cell.state in WRONG:
        yield _why(cell)
        yield _buttons(_ways_on(cell), "cacts")
    elif cell.state in (CellState.STOPPED, CellState.DELETED):
        yield _buttons([("retry", say("collection.retry"), icons.RETRY)], "cacts")
    elif job is not None and job.pictures:
        if lost := _lost(cell, named):
            yield _mended(lost)
        yield _picks(cell, job, better_of(named))
        yield _buttons(_with_pictures(), "chv")
        yield _facts(job)


def _mended(lost: Refinement) -> Markup:
    """Why a picture is not refined, and what can be done: the refinement is one of the collection's, too."""
    return Markup('<div class="cmend" data-retries="{}" data-job="{}">{}{}</div>').format(
        lost.id, lost.job.id if lost.job else "", _buttons(_ways_on(lost)[:1], "cways"), _why(lost)
    )


def _why(cell: Cell | Refinement) -> Markup:
    problem = cell.problem
    if cell.state is CellState.UNCLEAR:
        free = cell.job is not None and not cell.job.live
        return Markup('<p class="cwhy">{}</p>').format(
            say("collection.unclear_free") if free else say("collection.unclear")
        )
    if problem is None:
        return NOTHING
    what = say("word.sentence", words=translated(problem.what).rstrip(".。"))
    charged = say(f"charged.sentence.{problem.charged.name.lower()}")
    return Markup('<p class="cwhy">{} <span>{}</span></p>').format(what, charged)


def _ways_on(cell: Cell | Refinement) -> list[tuple[str, str, Markup]]:
    if cell.state is CellState.UNCLEAR:
        return [("open", say("collection.look_again"), NOTHING)]
    ways = [("retry", say("collection.retry"), icons.RETRY)]
    return [*ways, ("open", say("do.why"), NOTHING)] if cell.job else ways


def _with_pictures() -> list[tuple[str, str, Markup]]:
    return [
        ("look", say("do.open"), icons.EXPAND),
        ("note", say("collection.note"), icons.NOTE),
        ("again", say("collection.again"), icons.RETRY),
    ]


def _buttons(buttons: Iterable[tuple[str, str, Markup]], look: str) -> Markup:
    made = joined(
        Markup(
            '<button type="button" class="{}" data-board="{}" tabindex="-1">{}<span>{}</span></button>'
        ).format("cdo" if look == "chv" else "btn", act, icon, label)
        for act, label, icon in buttons
    )
    return Markup('<div class="{}">{}</div>').format(look, made)


def _picks(cell: Cell, job: Job, better: Mapping[int, Job]) -> Markup:
    """Small pictures for cells that are too narrow for two large ones, each refined one before its first."""
    shown = job.pictures[:MOST_SHOWN]
    if len(shown) < 2 and cell.expected < 2 and not better:
        return NOTHING
    picks: list[Markup] = []
    for one in sorted(shown, key=lambda one: (one.number not in better, one.number)):
        if made := better.get(one.number):
            picks.append(_pick(one.number, made, made.pictures[-1], say("collection.refined")))
        picks.append(_pick(one.number, job, one))
    return Markup('<div class="cpicks">{}</div>').format(joined(picks))


def _pick(n: int, job: Job, picture: SavedPicture, sign: str = "") -> Markup:
    name = say("card.picture_n", n=n)
    return Markup(
        '<button type="button" class="cpick" data-board="hero" data-shot="{}{}" tabindex="-1"'
        ' aria-label="{}"><img src="{}" alt="" loading="lazy" width="96" height="128">{}{}</button>'
    ).format(
        n,
        "r" if sign else "",
        phrases.listed((name, sign)) if sign else name,
        links.thumb(job.id, picture.name, picture.sha256),
        Markup('<i aria-hidden="true">{}</i>').format(sign) if sign else NOTHING,
        icons.STAR,
    )


def _facts(job: Job) -> Markup:
    first = job.pictures[0]
    rows = [(say("card.size"), say("word.size", width=first.width, height=first.height))]
    if job.state.ended and job.finished_at:
        rows.insert(0, (say("collection.took"), phrases.clock(job.finished_at - job.submitted_at)))
    drawn = joined(Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(*row) for row in rows)
    return Markup('<dl class="cmeta">{}</dl>').format(drawn)


def _meter(cell: Cell) -> Markup:
    if cell.state is not CellState.RUNNING or cell.job is None:
        return NOTHING
    made = len(cell.job.pictures) / max(cell.expected, 1)
    return Markup('<i class="cmeter" style="--v:{:.0f}%"></i>').format(max(6.0, 100 * made))
