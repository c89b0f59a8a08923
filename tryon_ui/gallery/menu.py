"""The menu on a card in My jobs: what is wanted less often than its one button."""

from __future__ import annotations

from markupsafe import Markup

from tryon_ui import icons
from tryon_ui.texts import say


def menu_html(title: str, items: Markup) -> Markup:
    """The menu of what is called `title`."""
    return Markup(
        '<details class="menu"><summary aria-label="{}" tabindex="-1">{}</summary><div>{}</div></details>'
    ).format(say("gallery.more_of", title=title), icons.DOTS, items)
