"""The line at the page's foot that has back what was deleted a moment ago, jobs and collections alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from tryon_core import UNDO_S
from tryon_ui import icons
from tryon_ui.texts import say

JOBS, COLLECTIONS = "jobs", "collections"  # under which names the page has their ids
LONGEST: Final = 48  # signs of a name: the line is to cover little of the page
_SEVERAL: Final = {JOBS: "gallery.some_deleted", COLLECTIONS: "collection.some_deleted"}


@dataclass(frozen=True, slots=True)
class Deleted:
    """Something that can be had back: its id, how it is called, and when it was deleted (Unix seconds)."""

    id: str
    name: str
    at: float


def bar_html(kind: str, deleted: Sequence[Deleted], now: float) -> str:
    """What was deleted of a `kind` (`JOBS` or `COLLECTIONS`), the last first, and the way back at `now`, for
    as long as there is one."""
    left = max((min(one.at + UNDO_S - now, UNDO_S) for one in deleted), default=0.0)
    if left <= 0:
        return ""
    what = (
        say("gallery.one_deleted", title=_short(deleted[0].name))
        if len(deleted) == 1
        else say(_SEVERAL[kind], n=len(deleted))
    )
    return str(
        Markup(
            '<div class="undo" role="status" style="--left:{:.1f}s" data-left="{:.1f}" data-last="{}"'
            ' data-{}="{}"><span>{}</span>'
            '<button type="button" data-act="undo">{}</button>'
            '<button type="button" data-act="dismiss" aria-label="{}">{}</button></div>'
        ).format(
            left,
            left,
            repr(max(one.at for one in deleted)),
            kind,
            " ".join(one.id for one in deleted),
            what,
            say("do.undo"),
            say("page.close"),
            icons.CROSS,
        )
    )


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}\u2026"
