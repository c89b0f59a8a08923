"""What is asked above the matrix before money is spent."""

from __future__ import annotations

from markupsafe import Markup

from tryon_core import CollectionPlan, vendor
from tryon_ui.collection.clicks import BoardAct, BoardClick
from tryon_ui.texts import phrases, say


def ask_html(click: BoardClick, plan: CollectionPlan | None = None) -> str:
    """The question about a click, with what it would use where that is known."""
    question = _question(click, plan)
    return str(
        Markup(
            '<div class="boardask" role="alertdialog" aria-label="{}" data-act="{}" data-collection="{}"'
            ' data-cell="{}"><p>{}</p><button type="button" class="btn primary" data-answer="yes">{}</button>'
            '<button type="button" class="btn" data-answer="no">{}</button></div>'
        ).format(
            question,
            click.act,
            click.collection_id,
            click.cell,
            phrases.sentences((question, price_words(plan) if plan else "")),
            say("collection.yes"),
            say("collection.not_yet"),
        )
    )


def price_words(plan: CollectionPlan) -> str:
    """What a plan uses, in a sentence."""
    if not plan.live:
        return say("cost.sandbox")
    key = "cost.own" if plan.own_key else "cost.live"
    return say(key, vendor=vendor(plan.vendor).name, uses=phrases.price(plan.unit, plan.amount))


def _question(click: BoardClick, plan: CollectionPlan | None) -> str:
    if click.act is BoardAct.REFINE and plan is not None:
        return say("collection.ask_refine", n=plan.jobs)
    if click.act is BoardAct.AGAIN:
        return say("collection.ask_again")
    return say("collection.ask", jobs=plan.jobs if plan else 1, n=plan.pictures if plan else 1)
