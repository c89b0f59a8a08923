"""Advice on a picture as soon as it is put in, before money is spent; never for what ships with the app."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from tryon_core import hints
from tryon_ui import icons
from tryon_ui.samples import Samples


@dataclass(frozen=True, slots=True)
class Place:
    """Where a picture stands: its name on the page, and what the core calls such a picture."""

    label: str
    kind: str


GARMENT, BOTTOM = Place("Garment", "garment"), Place("Bottom", "bottom")
REFINED = (
    Place("Picture to refine", "coarse"),
    Place("Person", "person"),
    Place("Top", "top"),
    BOTTOM,
)


def looker(samples: Samples, places: Sequence[Place]) -> Callable[..., str]:
    """A handler from the paths of the pictures in `places` to the hints as HTML.

    It blocks, so it is for a thread of Gradio's pool: a plain function.
    """

    def look(*paths: str | None) -> str:
        return hints_html(tuple(lines(samples, zip(places, paths, strict=True))))

    return look


def of_photos(samples: Samples, photos: Sequence[str]) -> str:
    """The hints for the visitor's own model photos as HTML. Blocks."""
    places = (Place(f"Photo {number}", "model") for number in range(1, len(photos) + 1))
    return hints_html(tuple(lines(samples, zip(places, photos, strict=True))))


def lines(samples: Samples, pictures: Iterator[tuple[Place, str | None]]) -> Iterator[str]:
    """One line for each picture that would come out badly; the first hint says enough."""
    for place, path in pictures:
        found = hints(Path(path), place.kind) if path and not samples.ships(Path(path)) else ()
        if found:
            yield f"{place.label}: {found[0]}."


def hints_html(found: Sequence[str]) -> str:
    """The place for hints, which screen readers watch; empty without any."""
    rows = Markup().join(Markup("<li>{}<span>{}</span></li>").format(icons.INFO, line) for line in found)
    listed = Markup('<ul role="list">{}</ul>').format(rows) if found else Markup()
    return str(Markup('<div class="advice" aria-live="polite">{}</div>').format(listed))
