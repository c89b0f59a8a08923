"""What is put together, as HTML: the garments, each with its verdict, and the models that are not of the
library. Every value is escaped by `Markup.format`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from markupsafe import Markup

from tryon_core import LONGEST_NAME, GarmentType
from tryon_ui import icons
from tryon_ui.card.elements import NOTHING, joined
from tryon_ui.collection.draft import Draft, Person, Row, Verdict
from tryon_ui.samples import Sample
from tryon_ui.texts import say, translated

_TONES: Final = {
    Verdict.GOOD: ("ok", icons.CHECK),
    Verdict.HINT: ("warn", icons.WARNING),
    Verdict.BAD: ("bad", icons.ALERT_SMALL),
    Verdict.LINK: ("", icons.LINK),
}


def garments_html(draft: Draft, samples: Sequence[Sample] = ()) -> str:
    """The list of garments, and what can be added to it; for a form that is for one job, the way there."""
    if not draft.many:
        return str(_head(say("form.garment"), "", {"start": say("collection.several")}))
    rows, acts = joined(_row(row) for row in draft.rows), {"one": say("collection.just_one")}
    if len(draft.rows) > 1:
        acts = {"all": say("collection.remove_all"), **acts}
    return str(
        Markup(
            '{}{}<ul class="glist" role="list">{}</ul>'
            '<div class="gadd"><button type="button" class="gmore" data-draft="files">{}'
            "<span><b>{}</b>{}</span>"
            '</button><button type="button" class="gfolder" data-draft="folder">{}</button></div>'
            '<div class="gsamples" role="group" aria-label="{}">{}</div>'
        ).format(
            _head(say("collection.garments"), str(len(draft.rows)), acts),
            _back(draft),
            rows,
            icons.PLUS,
            say("collection.add_garments"),
            say("collection.add_hint"),
            say("collection.folder"),
            say("form.samples"),
            joined(map(_sample, samples)),
        )
    )


def people_html(draft: Draft) -> str:
    """The models that are described, or on own photos."""
    rows = joined(map(_person, draft.people))
    return str(Markup('<ul class="people" role="list">{}</ul>').format(rows)) if draft.people else ""


def _head(title: str, count: str, acts: Mapping[str, str]) -> Markup:
    buttons = joined(
        Markup('<button type="button" class="linkish" data-draft="{}">{}</button>').format(act, label)
        for act, label in acts.items()
    )
    return Markup('<div class="sec"><h2>{} <span>{}</span></h2><span class="gacts">{}</span></div>').format(
        title, count, buttons
    )


def _back(draft: Draft) -> Markup:
    """What one press took out, and the way back."""
    if draft.before is None:
        return NOTHING
    return Markup(
        '<p class="gback" role="status"><span>{}</span>'
        '<button type="button" class="linkish" data-draft="back">{}</button></p>'
    ).format(say("collection.taken_out", n=draft.before.garments), say("do.undo"))


def _row(row: Row) -> Markup:
    pictures = joined(
        Markup('<img src="{}" alt="" width="46" height="46">').format(thumb) for thumb in row.thumbs
    )
    text = row.trouble or row.says
    says = Markup('<p class="gsays">{}</p>').format(text) if text else NOTHING
    return Markup(
        '<li class="g {}" data-key="{}"><span class="gph">{}</span><span class="gnames">{}{}{}</span>{}'
        '<button type="button" class="goff" data-draft="off"{} title="{}">{}</button>{}</li>'
    ).format(
        Verdict.BAD if row.trouble else row.verdict,
        row.key,
        pictures,
        _field("name", row.name, _called("collection.name_of", row)),
        _field("article", row.article, _called("collection.article_of", row), say("collection.article")),
        NOTHING if row.bottom else _kind(row),
        _tag(row),
        _called("collection.remove", row),
        say("collection.remove_short"),
        icons.CROSS,
        says,
    )


def _called(key: str, row: Row) -> Markup:
    """The label of a part of a row; the page's script puts another name into it when one is typed."""
    return Markup(' aria-label="{}" data-called="{}"').format(
        say(key, name=row.name), say(key, name="{name}")
    )


def _field(name: str, value: str, label: Markup, shown: str = "") -> Markup:
    return Markup(
        '<input class="g{}" name="{}" value="{}"{} placeholder="{}" maxlength="{}"'
        ' autocomplete="off" dir="auto">'
    ).format(name, name, value, label, shown, LONGEST_NAME)


def _kind(row: Row) -> Markup:
    """What it is, at first what is known of its photo: Refine takes tops and bottoms as such."""
    options = joined(
        Markup('<option value="{}"{}>{}</option>').format(
            kind, Markup(" selected") if kind is row.shown_kind else NOTHING, say(f"type.{kind}")
        )
        for kind in GarmentType
    )
    return Markup('<select class="gkind" name="kind"{} title="{}">{}</select>').format(
        _called("collection.kind_of", row), say("field.type"), options
    )


def _tag(row: Row) -> Markup:
    if row.trouble:
        (tone, icon), word = _TONES[Verdict.BAD], say("collection.not_taken")
    else:
        (tone, icon), word = _TONES[row.verdict], say(f"verdict.{row.verdict}")
    return Markup('<span class="tag {}">{}{}</span>').format(tone, icon, word)


def _sample(sample: Sample) -> Markup:
    title = translated(sample.title)
    return Markup(
        '<button type="button" data-draft="sample" data-name="{}" aria-label="{}" title="{}">'
        '<img src="{}" alt="" loading="lazy"></button>'
    ).format(sample.name, say("collection.add_sample", name=title), title, sample.tile)


def _person(person: Person) -> Markup:
    picture = Markup('<img src="{}" alt="">').format(person.thumb) if person.thumb else icons.PERSON
    return Markup(
        '<li data-key="{}"><span class="pph">{}</span><b>{}</b>'
        '<button type="button" class="goff" data-draft="off" aria-label="{}">{}</button></li>'
    ).format(person.key, picture, person.name, say("collection.remove", name=person.name), icons.CROSS)
