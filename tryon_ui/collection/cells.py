"""One cell of the matrix: a garment on a model, in whatever state it is, in a frame that keeps its size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from markupsafe import Markup

from tryon_core import Cell, CellState, Job, SavedPicture
from tryon_ui import icons, links
from tryon_ui.card.elements import NOTHING, joined, lightbox_attribute
from tryon_ui.card.lightbox import lightbox_of
from tryon_ui.card.view import vendor_words
from tryon_ui.texts import phrases, say, translated

MOST_SHOWN: Final = 8  # pictures of one cell; a job has no more
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


@dataclass(frozen=True, slots=True)
class Named:
    """What stands at a cell's row and column, and which of its pictures are chosen."""

    garment: str
    article: str
    model: str
    chosen: frozenset[int] = frozenset()
    notes: Mapping[int, str] = field(default_factory=dict)


def cell_html(cell: Cell, named: Named) -> Markup:
    """The cell. Every value is escaped by `Markup.format`."""
    job, tone = cell.job, _TONES[cell.state]
    chosen = " chosen" if named.chosen else ""
    return Markup(
        '<div class="cell {}{}" role="gridcell" tabindex="-1" data-part="cell:{}" data-cell="{}"'
        ' data-job="{}"{} data-title="{}" data-article="{}" aria-label="{}">'
        '<div class="cin">{}<div class="cside"><div class="cst {}"><span class="cwho">{}</span>'
        '<span class="cw">{}<span>{}</span></span><span class="ct">{}</span></div>{}</div>{}</div></div>'
    ).format(
        tone,
        chosen,
        cell.id,
        cell.id,
        job.id if job else "",
        lightbox_attribute(lightbox_of(job, vendor_words(job))) if job else NOTHING,
        say("collection.cell", garment=named.garment, model=named.model),
        named.article,
        _label(cell, named),
        joined(_pictures(cell, named)),
        tone,
        named.model,
        _ICONS.get(tone, NOTHING),
        word_of(cell),
        _aside(cell),
        joined(_under(cell, named)),
        _meter(cell),
    )


def word_of(cell: Cell) -> str:
    """How far the cell is, in a word or two."""
    job = cell.job
    if job is not None and job.waits_for_key:
        return say("card.waits_for_key")
    if cell.state is CellState.RUNNING and job is not None and job.pictures:
        return _made(cell, job)
    return say(f"cell.{cell.state}")


def _label(cell: Cell, named: Named) -> str:
    said = [say("collection.cell", garment=named.garment, model=named.model), word_of(cell)]
    if cell.state is CellState.SUCCEEDED and cell.job:
        said.append(_made(cell, cell.job))
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


def _pictures(cell: Cell, named: Named) -> Iterator[Markup]:
    """The pictures that are here, and grey boxes for those that are not; the first stands large."""
    made = cell.job.pictures[:MOST_SHOWN] if cell.job else ()
    first = next((one.number for one in made if one.number in named.chosen), made[0].number if made else 0)
    ordered = sorted(made, key=lambda one: (one.number != first, one.number))
    if cell.state in (CellState.FAILED, CellState.UNCLEAR) and not made:
        yield Markup('<div class="shot blank" aria-hidden="true">{}</div>').format(icons.ALERT)
        return
    for place, picture in enumerate(ordered):
        yield _shot(cell, picture, named, place, more=len(made) - 2)
    shimmer = " shim" if cell.state is CellState.RUNNING else ""
    for place in range(len(made), max(min(cell.expected, 2), 1)):
        second = " second" if place else ""
        yield Markup('<div class="shot blank{}{}" aria-hidden="true"></div>').format(second, shimmer)


def _shot(cell: Cell, picture: SavedPicture, named: Named, place: int, more: int) -> Markup:
    at = (cell.job.id if cell.job else "", picture.name, picture.sha256)
    on = picture.number in named.chosen
    note = named.notes.get(picture.number, "")
    title = say("collection.cell", garment=named.garment, model=named.model)
    return Markup(
        '<div class="shot{}{}" data-n="{}"><button type="button" class="look" data-n="{}" tabindex="-1"'
        ' aria-label="{}"><img src="{}" srcset="{} 1x, {} 2x" alt="" loading="lazy" width="240" height="320">'
        '</button>{}{}<button type="button" class="pick" data-board="star" data-n="{}" aria-pressed="{}"'
        ' aria-label="{}" tabindex="-1">{}</button></div>'
    ).format(
        ("", " second", " third")[min(place, 2)],
        " on" if on else "",
        picture.number,
        picture.number,
        say("card.picture_of", title=title, n=picture.number),
        links.thumb(*at),
        links.thumb(*at),
        links.view(*at),
        Markup('<span class="cmore" aria-hidden="true">+{}</span>').format(more) if more > 0 else NOTHING,
        Markup('<span class="cnote" title="{}">{}</span>').format(note, icons.NOTE) if note else NOTHING,
        picture.number,
        str(on).lower(),
        say("collection.choose", title=title, n=picture.number),
        icons.STAR,
    )


def _under(cell: Cell, named: Named) -> Iterator[Markup]:
    """Below the word: why it failed and what can be done, or the small pictures and what a picture can do."""
    job = cell.job
    if cell.state in (CellState.FAILED, CellState.UNCLEAR):
        yield _why(cell)
        yield _buttons(_ways_on(cell), "cacts")
    elif cell.state in (CellState.STOPPED, CellState.DELETED):
        yield _buttons([("retry", say("collection.retry"), icons.RETRY)], "cacts")
    elif job is not None and job.pictures:
        yield _picks(cell, job)
        yield _buttons(_with_pictures(cell), "chv")
        yield _facts(job)


def _why(cell: Cell) -> Markup:
    problem = cell.problem
    if cell.state is CellState.UNCLEAR:
        return Markup('<p class="cwhy">{}</p>').format(say("collection.unclear"))
    if problem is None:
        return NOTHING
    what = say("word.sentence", words=translated(problem.what).rstrip(".。"))
    charged = say(f"charged.sentence.{problem.charged.name.lower()}")
    return Markup('<p class="cwhy">{} <span>{}</span></p>').format(what, charged)


def _ways_on(cell: Cell) -> list[tuple[str, str, Markup]]:
    if cell.state is CellState.UNCLEAR:
        return [("open", say("collection.look_again"), NOTHING)]
    ways = [("retry", say("collection.retry"), icons.RETRY)]
    return [*ways, ("open", say("do.why"), NOTHING)] if cell.job else ways


def _with_pictures(cell: Cell) -> list[tuple[str, str, Markup]]:
    return [
        ("look", say("do.open"), icons.EXPAND),
        ("note", say("collection.note"), icons.NOTE),
        ("again", say("collection.again"), icons.RETRY),
    ]


def _buttons(buttons: Iterable[tuple[str, str, Markup]], look: str) -> Markup:
    made = joined(
        Markup(
            '<button type="button" class="{}" data-board="{}" tabindex="-1">{}<span>{}</span></button>'
        ).format("btn" if look == "cacts" else "cdo", act, icon, label)
        for act, label, icon in buttons
    )
    return Markup('<div class="{}">{}</div>').format(look, made)


def _picks(cell: Cell, job: Job) -> Markup:
    """Small pictures for cells that are too narrow for two large ones."""
    shown: Sequence[SavedPicture] = job.pictures[:MOST_SHOWN]
    if len(shown) < 2 and cell.expected < 2:
        return NOTHING
    made = joined(
        Markup(
            '<button type="button" class="cpick" data-board="hero" data-n="{}" tabindex="-1" aria-label="{}">'
            '<img src="{}" alt="" loading="lazy" width="96" height="128"></button>'
        ).format(
            one.number,
            say("card.picture_n", n=one.number),
            links.thumb(job.id, one.name, one.sha256),
        )
        for one in shown
    )
    return Markup('<div class="cpicks">{}</div>').format(made)


def _facts(job: Job) -> Markup:
    first = job.pictures[0]
    took = phrases.clock((job.finished_at or job.submitted_at) - job.submitted_at)
    size = say("word.size", width=first.width, height=first.height)
    return Markup(
        '<dl class="cmeta"><div><dt>{}</dt><dd>{}</dd></div><div><dt>{}</dt><dd>{}</dd></div></dl>'
    ).format(say("collection.took"), took if job.state.ended else "", say("card.size"), size)


def _meter(cell: Cell) -> Markup:
    if cell.state is not CellState.RUNNING or cell.job is None:
        return NOTHING
    made = len(cell.job.pictures) / max(cell.expected, 1)
    return Markup('<i class="cmeter" style="--v:{:.0f}%"></i>').format(max(6.0, 100 * made))
