"""The pictures of a cell: those that are here, the best first, each refined one before its first; grey boxes
for those that are still to come. A picture and what was made of it are one choice: a star on one is on both.

The page's script knows a picture of a cell by its `data-shot`: its number, with an "r" where it was refined.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from markupsafe import Markup

from tryon_core import Cell, CellState, Collection, Job, Refinement, SavedPicture
from tryon_ui import icons, links
from tryon_ui.card.elements import NOTHING, joined, lightbox_attribute
from tryon_ui.card.lightbox import lightbox_of
from tryon_ui.card.wording import vendor_words
from tryon_ui.collection.sharing import Said
from tryon_ui.texts import say

MOST_SHOWN: Final = 8  # pictures of one cell; a job has no more
WRONG: Final = (CellState.FAILED, CellState.UNCLEAR)
NOT_REFINED: Final = (*WRONG, CellState.STOPPED)
SIDE_BY_SIDE: Final = (1, 2, 3, 4)  # shots that cells have room for, by how wide they are
_PLACES: Final = ("", " second", " third", " third fourth", " third further")
_Draw = partial[Markup]  # given its place


@dataclass(frozen=True, slots=True)
class Shots:
    """A cell's pictures and boxes as they are drawn, how many of them are pictures, and how many pictures are
    beyond so many places."""

    drawn: Markup
    pictures: int = 0
    beyond: Mapping[int, int] = field(default_factory=dict)

    def more(self, title: str) -> Markup:
        """The button that says how many more there are than have room, and opens all of them. A style knows
        for how many there is room; the page's script counts anew where another one stands first."""
        if self.pictures < 2:
            return NOTHING
        beyond = (Markup(' data-beyond{}="{}"').format(*one) for one in self.beyond.items() if one[1])
        return Markup(
            '<button type="button" class="cmore" data-board="all"{0} tabindex="-1" aria-label="{1}"'
            ' title="{1}"></button>'
        ).format(joined(beyond), say("collection.all_of", n=self.pictures, title=title))


@dataclass(frozen=True, slots=True)
class Named:
    """What stands at a cell's row and column, and what is known of its pictures by their numbers: which are
    chosen, the notes, what was made of them, and what those who have a link said of each and of what was
    made of it. `kept` are the chosen pictures of jobs that it had before, with what was made of them."""

    garment: str
    article: str
    model: str
    chosen: frozenset[int] = frozenset()
    notes: Mapping[int, str] = field(default_factory=dict)
    refined: Mapping[int, Refinement] = field(default_factory=dict)
    said: Mapping[int, Said] = field(default_factory=dict)
    said_of_made: Mapping[int, Said] = field(default_factory=dict)
    kept: tuple[tuple[Job, SavedPicture, Refinement | None], ...] = ()

    @property
    def is_refining(self) -> bool:
        """Whether something is being made of one of its pictures."""
        kept = (refinement for _, _, refinement in self.kept)
        return any(one and not one.state.ended for one in (*self.refined.values(), *kept))

    @property
    def not_refined(self) -> Refinement | None:
        """The first refinement of one of its pictures that came to its end without one; None for none."""
        all_of_them = (*self.refined.values(), *(one for _, _, one in self.kept if one))
        return next((one for one in all_of_them if one.state in NOT_REFINED), None)

    @property
    def title(self) -> str:
        """`Green hoodie on Nora`."""
        return say("collection.cell", garment=self.garment, model=self.model)


def kept_of(told: Collection, cell: Cell) -> tuple[tuple[Job, SavedPicture, Refinement | None], ...]:
    """The chosen pictures of a cell's earlier jobs, as `Named.kept` has them."""
    before = (one for one in told.pictures_of(cell) if one[0] is not cell.job)
    return tuple((job, one, told.refinement(job.id, one.number)) for job, one in before)


def better_of(named: Named) -> dict[int, Job]:
    """The jobs that made pictures of the cell better, by the numbers of these."""
    return {n: one.job for n, one in named.refined.items() if one.job and one.job.pictures}


def shots_of(cell: Cell, named: Named) -> Shots:
    """The pictures and boxes in their order; the first stands large."""
    made = cell.job.pictures[:MOST_SHOWN] if cell.job else ()
    if cell.state in WRONG and not made:
        return Shots(Markup('<div class="shot blank" aria-hidden="true">{}</div>').format(icons.ALERT))
    draws = list(_now(cell, named, made))
    shimmer = " shim" if cell.state is CellState.RUNNING else ""
    draws += [partial(_box, look=shimmer)] * (max(min(cell.expected, SIDE_BY_SIDE[-1]), 1) - len(draws))
    draws += _before(named)
    drawn = joined(draw(_PLACES[min(place, len(_PLACES) - 1)]) for place, draw in enumerate(draws))
    beyond = {at: sum(draw.func is not _box for draw in draws[at:]) for at in (0, *SIDE_BY_SIDE)}
    return Shots(drawn, beyond.pop(0), beyond)


def _now(cell: Cell, named: Named, made: Sequence[SavedPicture]) -> Iterator[_Draw]:
    """The pictures of the job that the cell has, and what was made of them."""
    for picture in sorted(made, key=lambda one: (one.number not in named.chosen, one.number)):
        yield from _pair(partial(_shot, cell=cell, picture=picture, named=named), picture, named)


def _before(named: Named) -> Iterator[_Draw]:
    """The chosen pictures of the jobs that it had before, and what was made of them."""
    for job, picture, refinement in named.kept:
        mine = replace(
            named,
            chosen=frozenset({picture.number}),
            notes={},
            refined={picture.number: refinement} if refinement else {},
            said_of_made={},
        )
        yield from _pair(partial(_kept, job=job, picture=picture, named=named), picture, mine)


def _pair(first: _Draw, picture: SavedPicture, named: Named) -> Iterator[_Draw]:
    """A picture and what was made of it: the better one before, where it is here."""
    refinement, better = named.refined.get(picture.number), better_of(named).get(picture.number)
    if refinement and better:
        yield partial(_made, job=better, refinement=refinement, named=named)
    yield first
    if refinement and not better:
        yield _to_come(refinement)


def _box(place: str, look: str, words: str = "") -> Markup:
    return Markup('<div class="shot blank{}{}">{}</div>').format(place, look, words)


def _shot(place: str, cell: Cell, picture: SavedPicture, named: Named) -> Markup:
    on, note = picture.number in named.chosen, named.notes.get(picture.number, "")
    return Markup('<div class="shot{}{}" data-n="{}" data-shot="{}">{}{}{}{}</div>').format(
        place,
        " on" if on else "",
        picture.number,
        picture.number,
        _look(cell.job, picture, say("card.picture_of", title=named.title, n=picture.number)),
        _note(note),
        _said(named.said.get(picture.number)),
        _star(picture.number, say("collection.choose", title=named.title, n=picture.number), on=on),
    )


def _note(note: str) -> Markup:
    if not note:
        return NOTHING
    return Markup('<span class="cnote" role="img" aria-label="{}" title="{}">{}</span>').format(
        note, note, icons.NOTE
    )


def _star(number: int, label: str, *, on: bool) -> Markup:
    return Markup(
        '<button type="button" class="pick" data-board="star" data-n="{}" aria-pressed="{}" aria-label="{}"'
        ' tabindex="-1">{}</button>'
    ).format(number, str(on).lower(), label, icons.STAR)


def _said(said: Said | None) -> Markup:
    if said is None:
        return NOTHING
    return Markup('<span class="cvotes" title="{}">{}</span>').format("\n".join(said.lines), said.counts)


def _to_come(refinement: Refinement) -> _Draw:
    """How far it is with what is made of a picture."""
    going = not refinement.state.ended
    word = say("collection.refining") if going else say("collection.not_refined")
    return partial(_box, look=" shim words" if going else " words", words=word)


def _made(place: str, job: Job, refinement: Refinement, named: Named) -> Markup:
    """What was made of a picture; it stands for that one, whose number and star it has."""
    n, title = refinement.number, say("collection.refined_of", title=named.title)
    return Markup(
        '<div class="shot made{}" data-n="{}" data-shot="{}r" data-of="{}" data-job="{}"{}>{}'
        '<span class="ctag" aria-hidden="true">{}</span>{}{}{}</div>'
    ).format(
        place,
        n,
        n,
        refinement.of_job,
        job.id,
        lightbox_attribute(lightbox_of(job, vendor_words(job))),
        _look(job, job.pictures[-1], title),
        say("collection.refined"),
        _note(named.notes.get(n, "")),
        _said(named.said_of_made.get(n)),
        _star(n, say("collection.choose", title=title, n=n), on=n in named.chosen),
    )


def _kept(place: str, job: Job, picture: SavedPicture, named: Named) -> Markup:
    """A chosen picture of a job that the cell had before."""
    return Markup(
        '<div class="shot kept on{}" data-n="{}" data-job="{}"{}>{}<span class="ctag" aria-hidden="true">{}'
        "</span>{}</div>"
    ).format(
        place,
        picture.number,
        job.id,
        lightbox_attribute(lightbox_of(job, vendor_words(job))),
        _look(job, picture, say("collection.earlier_of", title=named.title)),
        say("collection.earlier"),
        _star(picture.number, say("collection.choose_earlier", title=named.title), on=True),
    )


def _look(job: Job | None, picture: SavedPicture, label: str) -> Markup:
    at = (job.id if job else "", picture.name, picture.sha256)
    return Markup(
        '<button type="button" class="look" data-n="{}" tabindex="-1" aria-label="{}">'
        '<img src="{}" srcset="{} 1x, {} 2x" alt="" loading="lazy" width="240" height="320"></button>'
    ).format(picture.number, label, links.thumb(*at), links.thumb(*at), links.view(*at))
