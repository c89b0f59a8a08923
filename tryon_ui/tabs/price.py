"""The line under a main button: what a click uses, and what is left. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from tryon_core import KeySource, Vendor
from tryon_ui import texts
from tryon_ui.tabs.means import Means


def line_html(means: Means, count: int, *, trial: bool = False, whom: str = "") -> str:
    """The line as HTML, for `count` pictures. `trial` jobs use up neither money nor the day's pictures."""
    words = " ".join(filter(None, (whom, price(means, count, trial=trial), *_rest(means, count, trial))))
    door = door_html(means.vendor) if _is_short(means, count, trial) else Markup()
    return str(Markup('<p class="willdo" aria-live="polite">{}{}</p>').format(words, door))


def price(means: Means, count: int, *, trial: bool = False) -> str:
    """What a click uses, in words."""
    if not means.live:
        return texts.COST_SANDBOX
    if trial and means.vendor is Vendor.AIDGE:
        return texts.COST_TRIAL
    words = texts.COST_OWN if means.key_source is KeySource.OWN else texts.COST
    return words[means.vendor].format(vendor=means.vendor.label, pictures=texts.pictures(count))


def door_html(vendor: Vendor) -> Markup:
    """The words that open the panel for an own key."""
    return Markup(' <button type="button" class="door" data-key="{}">{}</button>').format(
        vendor.value, texts.KEY_DOOR
    )


def _rest(means: Means, count: int, trial: bool) -> Iterator[str]:
    if means.balance is not None:
        yield texts.BALANCE.format(credits=texts.amount(means.balance))
    if trial or means.left is None:
        return
    if means.left == 0:
        yield texts.NONE_LEFT
    elif means.left < count:
        yield texts.TOO_FEW_LEFT.format(pictures=texts.pictures(means.left))
    else:
        yield texts.LEFT.format(pictures=texts.pictures(means.left))


def _is_short(means: Means, count: int, trial: bool) -> bool:
    return not trial and means.left is not None and means.left < count
