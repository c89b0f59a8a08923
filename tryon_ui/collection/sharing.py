"""Links to a collection as its owner has them: made, listed with how often they were opened, closed."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import gradio as gr
from markupsafe import Markup

from tryon_core import SHORTEST_PASSWORD, Collection, NewShare, Secret, Share, Verdict, Vote
from tryon_ui import icons
from tryon_ui.card.elements import NOTHING, joined
from tryon_ui.page_context import PageContext
from tryon_ui.texts import phrases, say, translated

DAYS: Final = (1, 7, 14, 30, 90)
USUAL_DAYS: Final = 14
LONGEST_TYPED: Final = 400


@dataclass(frozen=True, slots=True)
class Said:
    """What those who have a link said of one picture."""

    votes: tuple[Vote, ...]

    @property
    def counts(self) -> str:
        """`Yes 2, No 1`, in the words of the list below the links."""
        sides = [(_verdict(verdict), len(self.who(verdict))) for verdict in Verdict]
        counts = [say("links.said", answer=answer, n=n) for answer, n in sides if n]
        words = sum(not vote.verdict for vote in self.votes)
        return phrases.listed([*counts, *([say("links.words_alone", n=words)] if words else [])])

    @property
    def lines(self) -> tuple[str, ...]:
        """What each of them said, with the name: a yes or no without a word is somebody's, too."""
        return tuple(f"{_who(vote)}: {phrases.listed(_told(vote))}" for vote in self.votes)

    def who(self, verdict: Verdict) -> tuple[str, ...]:
        """The names of those who said so."""
        return tuple(_who(vote) for vote in self.votes if vote.verdict is verdict)


def said_of(votes: Sequence[Vote]) -> Mapping[tuple[str, str], Said]:
    """What was said of each picture, by its job and its file's name."""
    found: dict[tuple[str, str], list[Vote]] = defaultdict(list)
    for vote in votes:
        if vote.verdict or vote.word:
            found[vote.job_id, vote.picture].append(vote)
    return {picture: Said(tuple(some)) for picture, some in found.items()}


def _who(vote: Vote) -> str:
    """Who said it, and by which link, where its owner gave it another name."""
    if vote.shared_with.casefold() in ("", vote.reviewer.casefold()):
        return vote.reviewer
    return say("links.by_link", reviewer=vote.reviewer, name=vote.shared_with)


def _told(vote: Vote) -> list[str]:
    return [*([_verdict(vote.verdict)] if vote.verdict else []), *([vote.word] if vote.word else [])]


def _verdict(verdict: Verdict) -> str:
    return say(f"share.{verdict.value}")


def news_of(shares: Sequence[Share], votes: Sequence[Vote], now: float) -> str:
    """What stands for all that came back by links, so that a page need not be told what it shows already;
    empty while no link is open (`now` is Unix seconds), as nothing comes back then."""
    if not any(share.is_open(now) for share in shares):
        return ""
    opened = [(share.id, share.opened, share.is_open(now)) for share in shares]
    return hashlib.sha256(repr((opened, list(votes))).encode()).hexdigest()[:16]


async def heard(context: PageContext, collection_id: str, *, visitor: str) -> tuple[Sequence[Vote], str]:
    """What was said by links of a collection, and what stands for it. Raises what the studio does."""
    shares, votes = await _came_back(context, collection_id, visitor)
    return votes, news_of(shares, votes, context.now())


async def _came_back(
    context: PageContext, collection_id: str, visitor: str
) -> tuple[Sequence[Share], Sequence[Vote]]:
    links = context.studio.collections.shares
    shares = await links.list(collection_id, visitor=visitor)
    return shares, await links.votes(collection_id, visitor=visitor)


async def make(
    context: PageContext, collection_id: str, event: gr.EventData, *, visitor: str
) -> Share | None:
    """A link to the chosen pictures, or to all where none is chosen; None where they are others by now than
    those that the panel spoke of. Raises what the studio does."""
    collections, data = context.studio.collections, event._data if isinstance(event._data, dict) else {}
    told = await collections.get(collection_id, visitor=visitor)
    if data.get("chosen") != choice_of(told):
        return None
    days = str(data.get("days", ""))
    new = NewShare(
        pictures=chosen_names(told),
        shared_by=_typed(data, "by"),
        shared_with=_typed(data, "for"),
        lead=_typed(data, "lead"),
        days=int(days) if days.isdecimal() else USUAL_DAYS,
        votes=data.get("votes") is not False,
    )
    password = Secret(_typed(data, "password"))
    return await collections.shares.create(told.id, replace(new, password=password), visitor=visitor)


def choice_of(told: Collection) -> str:
    """What stands for the chosen pictures, so that a link shows those that the panel spoke of."""
    return hashlib.sha256(repr(chosen_names(told)).encode()).hexdigest()[:16]


def chosen_names(told: Collection) -> tuple[tuple[str, str], ...]:
    """The chosen pictures by their jobs and file names; where one was refined, what was made of it."""
    there = {(job.id, picture.number): (job, picture) for job, picture in told.pictures}
    chosen = [one for choice in told.chosen if (one := (choice.job_id, choice.number)) in there]
    best = (told.made_better(*one) or there[one] for one in chosen)
    return tuple((job.id, picture.name) for job, picture in best)


async def panel(context: PageContext, collection_id: str, *, visitor: str, refused: str = "") -> str:
    """The panel as it is now, with why the last link was `refused`. Raises what the studio does."""
    collections = context.studio.collections
    told = await collections.get(collection_id, visitor=visitor)
    shares, votes = await _came_back(context, collection_id, visitor)
    return panel_html(told, shares, votes, context.now(), refused)


def panel_html(
    told: Collection, shares: Sequence[Share], votes: Sequence[Vote], now: float, refused: str = ""
) -> str:
    """What makes a link, why the last one was `refused`, the links that are there, and what came back."""
    days = joined(
        Markup('<option value="{}"{}>{}</option>').format(
            n, Markup(" selected") if n == USUAL_DAYS else NOTHING, say("links.for_days", n=n)
        )
        for n in DAYS
    )
    n = len(told.chosen)
    return str(
        Markup(
            '<section class="bshare" data-collection="{}" data-chosen="{}" data-news="{}" aria-label="{}">'
            "<header><h3>{}</h3>"
            '<button type="button" class="goff" data-share="close" aria-label="{}">{}</button></header>'
            '<form><p>{} {}</p><label>{}<select name="days">{}</select></label>'
            '<label>{}<input name="for" maxlength="60" autocomplete="off" data-once></label>'
            '<label>{}<input name="by" maxlength="60" autocomplete="name"></label>'
            '<label>{}<input name="password" maxlength="200" autocomplete="off" placeholder="{}" data-once>'
            "</label>"
            '<label class="check"><input type="checkbox" name="votes" checked>{}</label>'
            '<button class="btn primary">{}</button>{}</form><ul role="list">{}</ul>{}</section>'
        ).format(
            told.id,
            choice_of(told),
            news_of(shares, votes, now),
            say("links.head"),
            say("links.head"),
            say("page.close"),
            icons.CROSS,
            say("links.chosen", n=n) if n else say("links.all"),
            say("links.keeps"),
            say("links.ends_after"),
            days,
            say("links.for"),
            say("links.by"),
            say("links.password", least=SHORTEST_PASSWORD),
            say("links.note_it"),
            say("links.votes"),
            say("links.make"),
            Markup('<p class="refused" role="alert">{}</p>').format(refused) if refused else NOTHING,
            joined(_link(share, now) for share in shares),
            _what_was_said(told, votes),
        )
    )


def _link(share: Share, now: float) -> Markup:
    open_now = share.is_open(now)
    state = say("links.opened", n=share.opened) if open_now else say("links.closed")
    buttons = Markup(
        '<button type="button" class="btn" data-share="copy" data-token="{}"><span>{}</span></button>'
        '<a class="btn" data-token="{}" target="_blank" rel="noopener">{}</a>'
        '<button type="button" class="btn" data-share="revoke" data-id="{}">{}</button>'
    ).format(share.token, say("links.copy"), share.token, say("do.open"), share.id, say("links.close"))
    until = say("links.until", day=phrases.day(share.ends_at))
    facts = [state, until, phrases.pictures(share.pictures), *(_kind(share) if open_now else ())]
    whom = say("links.for_whom", name=share.shared_with) if share.shared_with else ""
    return Markup('<li class="{}"><b>{}</b><span>{}</span>{}</li>').format(
        "open" if open_now else "over",
        phrases.listed([one for one in (share.title, whom) if one]),
        phrases.listed(facts),
        buttons if open_now else NOTHING,
    )


def _kind(share: Share) -> tuple[str, ...]:
    """What else tells one link from another: whose it is, who gets in, and whether they can answer."""
    return (
        *((say("links.from_whom", name=share.shared_by),) if share.shared_by else ()),
        say("links.with_password" if share.has_password else "links.without_password"),
        say("links.with_votes" if share.votes else "links.without_votes"),
    )


def _what_was_said(told: Collection, votes: Sequence[Vote]) -> Markup:
    """Who said what, and of what: in the matrix there is room for counts only."""
    titles = _titles(told)
    words = [_word(vote, titles) for vote in votes if vote.word]
    bare = said_of([vote for vote in votes if not vote.word])
    names = [_names(titles.get(picture, ""), said) for picture, said in bare.items()]
    if not words and not names:
        return NOTHING
    head = say("links.words")
    return Markup('<h4>{}</h4><ul role="list" class="bwords">{}</ul>').format(head, joined([*words, *names]))


def _word(vote: Vote, titles: Mapping[tuple[str, str], str]) -> Markup:
    about = [titles.get((vote.job_id, vote.picture), ""), _verdict(vote.verdict) if vote.verdict else ""]
    return Markup("<li><b>{}</b><q>{}</q><span>{}</span></li>").format(
        _who(vote), vote.word, phrases.listed([one for one in about if one])
    )


def _names(title: str, said: Said) -> Markup:
    """Who said yes or no to a picture without a word."""
    sides = ((verdict, said.who(verdict)) for verdict in Verdict)
    lines = [say("links.who", answer=_verdict(verdict), names=who) for verdict, who in sides if who]
    return Markup("<li><b>{}</b><span>{}</span></li>").format(title, phrases.sentences(lines))


def _titles(told: Collection) -> Mapping[tuple[str, str], str]:
    """What each picture is called, by its job and its file's name: by the names that its row and its column
    have now, which those who looked at it were told; of several of a job with its number."""
    rows, columns = ({one.id: translated(one.name) for one in some} for some in (told.garments, told.models))
    names = {
        job.id: say("collection.cell", garment=rows[cell.garment_id], model=columns[cell.model_id])
        for cell in told.cells
        for job in cell.all_jobs
    }
    for made in told.refinements:
        better = say("collection.refined_of", title=names.get(made.of_job, ""))
        names.update((job.id, better) for job in made.all_jobs)
    of_cells = [job for cell in told.cells for job in cell.all_jobs]
    jobs = [*of_cells, *(job for made in told.refinements for job in made.all_jobs)]
    return {
        (job.id, picture.name): _title(names[job.id], picture.number, len(job.pictures))
        for job in jobs
        for picture in job.pictures
    }


def _title(name: str, number: int, pictures: int) -> str:
    return say("card.picture_of", title=name, n=number) if pictures > 1 else name


def _typed(data: Mapping[str, Any], name: str) -> str:
    return str(data.get(name) or "")[:LONGEST_TYPED].strip()
