"""The pictures of a card as HTML: the large place, the row beside it, two side by side, before and after."""

from __future__ import annotations

from markupsafe import Markup

from tryon_ui import icons
from tryon_ui.card.details import details_html
from tryon_ui.card.elements import NOTHING, button_html, joined, usual_html
from tryon_ui.card.parts import Act, BeforeAfter, Button, CardView, Option, Tile, Usual
from tryon_ui.texts import say

# How wide the large place is: it is as tall as the window allows, but for two lines of the card.
HERO_SIZES = "(max-width: 600px) 92vw, (max-width: 1179px) 56vw, calc(75vh - 130px)"


def stage_html(view: CardView, trouble: Markup = NOTHING) -> Markup:
    """The places of the pictures and the details beside them. `trouble` stands in their place where there
    are none. The same places in every state of a job: what comes later takes the room that was kept."""
    shown = shown_tile(view.tiles)
    if view.slider:
        pictures = _before_after(view.slider)
    elif view.tiles:
        pictures = Markup('<div class="hero">{}</div>{}').format(
            _hero(shown, view.wait, view.usual), _rail(view, shown)
        )
    else:
        pictures = trouble
    places = (pictures, details_html(view, shown), _compare(view.compare))
    return Markup('<div class="stage" data-pictures="{}"><div class="frame">{}</div></div>').format(
        1 if view.slider else len(view.tiles), joined(places)
    )


def strip_html(view: CardView) -> Markup:
    """Only the pictures, in one row."""
    return Markup('<div class="stage">{}</div>').format(_rail(view, None))


def shown_tile(tiles: tuple[Tile, ...]) -> Tile | None:
    """The picture in the large place: the first one, from the moment it is here. Which one a visitor has
    picked instead the page's script knows."""
    return next((tile for tile in tiles if tile.full), None)


def _rail(view: CardView, shown: Tile | None) -> Markup:
    return Markup('<ul class="rail" role="list" aria-label="{}">{}</ul>').format(
        say("form.pictures"), joined(_tile(tile, tile is shown, view.state) for tile in view.tiles)
    )


def _hero(tile: Tile | None, wait: str, usual: Usual) -> Markup:
    if tile is None:
        look = "skel shim" if wait else "skel"
        return Markup('<div class="{}"><p>{}{}</p></div>').format(look, wait, usual_html(usual))
    return Markup(
        '<img src="{}" srcset="{}" sizes="{}" data-full="{}" alt="{}" width="768" height="1024"'
        ' fetchpriority="high">{}'
    ).format(tile.view, tile.srcset, HERO_SIZES, tile.full, tile.alt, _full_screen())


def _full_screen() -> Markup:
    return Markup('<button type="button" class="full" aria-label="{}">{}</button>').format(
        say("card.full_screen"), icons.EXPAND
    )


def _tile(tile: Tile, on: bool, state: str) -> Markup:
    if not tile.full:
        word = NOTHING if state in ("submitting", "queued", "running") else say("card.not_made")
        return Markup(
            '<li><div class="slot skel{}"><span class="num">{}</span><span class="what">{}</span></div></li>'
        ).format(" shim" if tile.live else "", tile.number, word)
    return Markup(
        '<li><button type="button" class="slot" data-n="{}" data-full="{}" data-view="{}" data-srcset="{}"'
        ' data-save="{}" data-alt="{}" data-title="{}" data-name="{}" aria-pressed="{}">'
        '<img src="{}" srcset="{} 2x" alt="{}" width="240" height="320" decoding="async">'
        '<span class="num" aria-hidden="true">{}</span></button></li>'
    ).format(
        tile.number, tile.full, tile.view, tile.srcset, tile.save, tile.alt, tile.title, tile.name,
        str(on).lower(), tile.thumb, tile.view, tile.alt, tile.number,
    )  # fmt: skip


def _compare(options: tuple[Option, ...]) -> Markup:
    if len(options) < 2:
        return NOTHING
    panes = joined(_pane(options, side, say(f"card.{side}")) for side in ("left", "right"))
    back = button_html(Button(Act.COMPARE, say("do.back")))
    return Markup('<div class="compare" hidden>{}{}</div>').format(panes, back)


def _pane(options: tuple[Option, ...], side: str, label: str) -> Markup:
    choices = joined(
        Markup('<option value="{}" data-full="{}">{}</option>').format(o.view, o.full, o.label)
        for o in options
    )
    return Markup(
        '<figure data-side="{}"><select aria-label="{}">{}</select>'
        '<img alt="" width="768" height="1024"></figure>'
    ).format(side, label, choices)


def _before_after(pair: BeforeAfter) -> Markup:
    return Markup(
        '<figure class="ba"><img src="{}" data-full="{}" alt="{}" width="768" height="1024">'
        '<img class="before" src="{}" data-full="{}" alt="{}" width="768" height="1024">'
        '<span class="chip l" aria-hidden="true">{}</span>'
        '<span class="chip r" aria-hidden="true">{}</span><span class="bar" aria-hidden="true"></span>'
        '<input type="range" min="0" max="100" value="50" aria-label="{}">{}</figure>'
    ).format(
        pair.after_view, pair.after, say("card.after_alt"),
        pair.before_view, pair.before, say("card.before_alt"),
        say("card.before"), say("card.after"), say("card.before_after"), _full_screen(),
    )  # fmt: skip
