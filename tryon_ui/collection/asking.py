"""What is asked above the matrix before money is spent."""

from __future__ import annotations

from markupsafe import Markup

from tryon_core import CollectionPlan, ConfirmationNeeded, PersonGender, vendor
from tryon_ui.card.elements import joined
from tryon_ui.collection.clicks import BoardAct, BoardClick
from tryon_ui.parts import WORN
from tryon_ui.texts import choices, phrases, say, translated


def ask_html(click: BoardClick, needed: ConfirmationNeeded) -> str:
    """The question about a click, with what it would use. A yes is one to so many pictures as it names."""
    pictures = sum(plan.pictures for plan in needed.plans)
    question = _question(click, sum(plan.jobs for plan in needed.plans), pictures)
    left_out = tuple(translated(title) for plan in needed.plans for title in plan.left_out)
    without = (say("collection.refine_left_out", names=left_out),) if left_out else ()
    prices = dict.fromkeys(map(price_words, needed.plans))
    return str(
        Markup(
            '<div class="boardask" role="alertdialog" aria-label="{}" data-act="{}" data-collection="{}"'
            ' data-cell="{}" data-agreed="{}"><p>{}</p>{}'
            '<button type="button" class="btn primary" data-answer="yes">{}</button>'
            '<button type="button" class="btn" data-answer="no">{}</button></div>'
        ).format(
            question,
            click.act,
            click.collection_id,
            click.cell,
            pictures,
            phrases.sentences((question, *without, *prices)),
            _details(needed),
            say("collection.yes"),
            say("collection.not_yet"),
        )
    )


def _details(needed: ConfirmationNeeded) -> Markup:
    """One more question for each garment of which nothing tells what it is, and for each model of whom
    nothing tells who that is. Nothing is chosen beforehand: refined as what it is not, a picture is paid for
    in vain."""
    return joined(
        Markup(
            '<fieldset class="worn" data-told="{}" data-of="{}"><legend>{}</legend>'
            '<div class="seg">{}</div></fieldset>'
        ).format(told, line, say(f"collection.ask_{told}", name=translated(name)), _options(line, *offered))
        for plan in needed.plans
        for told, names, offered in (
            ("kinds", plan.unknown, choices("type", WORN)),
            ("genders", plan.unknown_models, choices("gender", PersonGender)),
        )
        for line, name in names.items()
    )


def _options(line: str, *offered: tuple[str, str]) -> Markup:
    return joined(
        Markup('<label><input type="radio" name="worn-{}" value="{}"><span>{}</span></label>').format(
            line, value, word
        )
        for word, value in offered
    )


def price_words(plan: CollectionPlan) -> str:
    """What a plan uses, in a sentence."""
    if not plan.live:
        return say("cost.sandbox")
    key = "cost.own" if plan.own_key else "cost.live"
    return say(key, vendor=vendor(plan.vendor).name, uses=phrases.price(plan.unit, plan.amount))


def _question(click: BoardClick, jobs: int, pictures: int) -> str:
    if click.act is BoardAct.REFINE:
        return say("collection.ask_refine", n=pictures)
    if click.act is BoardAct.AGAIN:
        return say("collection.ask_again", n=pictures)
    return say("collection.ask", jobs=jobs, n=pictures)
