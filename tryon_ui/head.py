"""The page's head: our styles, script and font, in the first bytes, so that nothing flashes."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Final

from tryon_core import MAX_MODEL_PHOTOS
from tryon_ui import links
from tryon_ui.collection.plan_files import MOST
from tryon_ui.language import TAGS, spoken
from tryon_ui.samples import Samples
from tryon_ui.sheets import GARMENTS, MODELS, Sheet
from tryon_ui.texts import say
from tryon_ui.texts.script import script_words
from tryon_ui.upload_limits import LARGEST_FILE

_STYLES: Final = (
    *("tokens", "page", "controls", "card", "stage", "details", "refine", "jobs", "panels"),
    *("drafts", "board", "compare", "handover"),
    *("lightbox", "slides", "splash"),
    "tryon_narrow",  # takes back what the others say for wide windows
    "forced",  # last: it puts back what is lost where the system chooses the colours
)
_SCRIPTS: Final = (
    *(
        "storage",
        "frames",
        "language",
        "toast",
        "opened_anew",
        "held_submits",
        "unzip",
        "reading",
        "questions",
        "drafts",
        "wells",
        "upload_recovery",
        "narrow",
        "access",
        "ui",
        "panels",
        "busy",
        "event_stream",
    ),
    *("filling", "choices", "connection", "addresses", "title", "gallery"),
    *("lightbox_parts", "zoom", "gestures", "before_after", "figure", "slides", "lightbox"),
    *("compare", "arrange", "shots", "stars", "board_news", "board", "board_panels", "handover", "splash"),
)
PATIENCE_MS: Final = 20_000  # for what an event brings that fills the form
_REMARK: Final = re.compile(r"^[ \t]*(?://[^\n]*|/\*(?:(?!\*/)[^\n])*\*/[ \t]*)\n", re.MULTILINE)
FONT: Final = "fonts/instrument-sans.woff2"


def head(assets: Path, samples: Samples) -> str:
    """The head's HTML. Reads the style and script files once, when the page is built."""
    styles = "\n".join(_plain((assets / "css" / f"{name}.css").read_text("utf-8")) for name in _STYLES)
    first, *rest = (_plain((assets / "js" / f"{name}.js").read_text("utf-8")) for name in _SCRIPTS)
    script = "\n".join((first, _known(), *rest))
    font = hash_of(assets / FONT)
    return (
        f'<meta name="color-scheme" content="light dark"><script>{script}</script>'
        f'<link rel="preload" href="{links.asset(FONT, font)}" as="font" type="font/woff2" crossorigin>'
        f"<style>{_font_face(font)}{_words()}\n{styles}\n{tiles_css(samples, assets)}</style>"
    )


def _plain(text: str) -> str:
    """A style or a script without the remarks that take whole lines."""
    return _REMARK.sub("", text)


def _known() -> str:
    """What the scripts know: their sentences, and the limits that hold for uploads."""
    limits = {"bytes": LARGEST_FILE, "photos": MAX_MODEL_PHOTOS, "garments": MOST, "patience": PATIENCE_MS}
    known = json.dumps({"words": script_words(), "language": TAGS[spoken()], "limits": limits}).replace(
        "<", "\\u003c"
    )
    return f"Object.assign(window.TryOn, {known});"


def tiles_css(samples: Samples, assets: Path) -> str:
    """Where the pictures of the sample and model tiles lie on their sheets, for each choice."""
    garments = _tiles("samples", GARMENTS, len(samples.garments), assets)
    models = "".join(_tiles(name, MODELS, len(samples.models), assets) for name in ("library", "manylibrary"))
    return garments + models


def _tiles(identity: str, sheet: Sheet, count: int, assets: Path) -> str:
    places = [sheet.place(number, count) for number in range(count)]
    size = places[0][1] if places else "auto"
    picture = (
        f'#{identity}{{--img:url("{links.asset(sheet.file, hash_of(assets / sheet.file))}");--of:{size}}}'
    )
    return picture + "".join(
        f"#{identity} label:nth-of-type({i}){{--at:{at}}}" for i, (at, _) in enumerate(places, 1)
    )


def hash_of(file: Path) -> str:
    """What names a file's content in its address; empty for none. Blocks."""
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


def _words() -> str:
    """What styles say."""
    return f":root{{--for-an-outfit:{json.dumps(say('form.for_an_outfit'), ensure_ascii=False)}}}"


def _font_face(font: str) -> str:
    return (
        '@font-face{font-family:"Instrument Sans";font-weight:400 700;font-display:swap;'
        f'src:url("{links.asset(FONT, font)}") format("woff2")}}'
    )
