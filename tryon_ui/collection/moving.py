"""What moves a garment of the matrix up or down: lookbooks and links show them in this order."""

from __future__ import annotations

from markupsafe import Markup

from tryon_core import Collection, CollectionGarment
from tryon_ui import icons
from tryon_ui.card.elements import NOTHING, joined
from tryon_ui.texts import say


def move_buttons(told: Collection, garment: CollectionGarment) -> Markup:
    """The two in a row's head; where one leads nowhere it is off. None for a row that is alone."""
    if len(told.garments) < 2:
        return NOTHING
    ends = {-1: told.garments[0], 1: told.garments[-1]}
    drawings = {-1: icons.UP, 1: icons.LOWER}
    names = {
        -1: say("collection.move_up", name=garment.name),
        1: say("collection.move_down", name=garment.name),
    }
    buttons = (
        Markup(
            '<button type="button" data-board="move" data-n="{}" tabindex="-1" aria-label="{}"{}>{}</button>'
        ).format(
            way,
            names[way],
            Markup(' aria-disabled="true"') if ends[way].id == garment.id else NOTHING,
            drawings[way],
        )
        for way in ends
    )
    return Markup('<span class="rmove">{}</span>').format(joined(buttons))


def moved(told: Collection, garment_id: str, way: int) -> list[str]:
    """The ids of the garments in their new order: that one a place up (-1) or down (1), if there is one."""
    ids = [garment.id for garment in told.garments]
    if garment_id not in ids:
        return ids
    at = ids.index(garment_id)
    ids.insert(min(max(at + (1 if way > 0 else -1), 0), len(ids) - 1), ids.pop(at))
    return ids
