"""The page's head: our styles, script and font, in the first bytes, so that nothing flashes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from tryon_core import MAX_MODEL_PHOTOS
from tryon_ui import links, texts
from tryon_ui.samples import Samples
from tryon_ui.upload_limits import LARGEST_FILE

_STYLES: Final = (
    *("tokens", "page", "controls", "card", "stage", "details", "refine", "jobs", "panels"),
    *("lightbox", "slides"),
    "narrow",  # last: it takes back what the others say for wide windows
)
_SCRIPTS: Final = (
    *("storage", "say", "hold", "wells", "narrow", "ui", "panels", "busy", "filling", "connection"),
    *("addresses", "title"),
    *("lightbox_parts", "zoom", "gestures", "before_after", "figure", "slides", "lightbox"),
)
PATIENCE_MS: Final = 20_000  # for what an event brings that fills the form
FONT: Final = "fonts/instrument-sans.woff2"


def head(assets: Path, samples: Samples) -> str:
    """The head's HTML. Reads the style and script files once, when the page is built."""
    styles = "\n".join((assets / "css" / f"{name}.css").read_text("utf-8") for name in _STYLES)
    first, *rest = ((assets / "js" / f"{name}.js").read_text("utf-8") for name in _SCRIPTS)
    script = "\n".join((first, _known(), *rest))
    return (
        f'<meta name="color-scheme" content="light dark"><script>{script}</script>'
        f'<link rel="preload" href="{links.asset(FONT)}" as="font" type="font/woff2" crossorigin>'
        f"<style>{_font_face()}\n{styles}\n{tiles_css(samples)}</style>"
    )


def _known() -> str:
    """What the scripts know: their sentences, and the limits that hold for uploads."""
    limits = {"bytes": LARGEST_FILE, "photos": MAX_MODEL_PHOTOS, "patience": PATIENCE_MS}
    known = json.dumps({"words": texts.SCRIPT, "limits": limits}).replace("<", "\\u003c")
    return f"Object.assign(window.TryOn, {known});"


def tiles_css(samples: Samples) -> str:
    """The pictures of the sample and model tiles, one custom property for each choice."""
    garments = _tiles("samples", (sample.tile for sample in samples.garments))
    return garments + _tiles("library", (tile.picture for tile in samples.models))


def _tiles(identity: str, pictures: Iterable[str]) -> str:
    return "".join(
        f'#{identity} label:nth-of-type({i}){{--img:url("{picture}")}}'
        for i, picture in enumerate(pictures, 1)
    )


def _font_face() -> str:
    return (
        '@font-face{font-family:"Instrument Sans";font-weight:400 700;font-display:swap;'
        f'src:url("{links.asset(FONT)}") format("woff2")}}'
    )
