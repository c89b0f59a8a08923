"""What all pages of a link have in common: head, mark, and the line on who made the pictures."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from markupsafe import Markup

from tryon_ui import icons, links
from tryon_ui.head import FONT, hash_of
from tryon_ui.language import TAGS, spoken
from tryon_ui.texts import say

UP: Final = "../"  # from /s/<token> to where the app's own addresses begin


@dataclass(frozen=True, slots=True)
class Preview:
    """What messengers show of a link. Without a title nothing of the collection is told; `picture` is the
    whole address of its cover."""

    title: str = ""
    about: str = ""
    picture: str = ""


def document(assets: Path, title: str, body: Markup, preview: Preview, home: str) -> str:
    """A whole page with our styles and script in it: one request brings all but the pictures. `home` is the
    way from its address to where links begin: what is relative in it holds below a link as well."""
    return str(
        Markup(
            '<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><base href="{home}">'
            '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">'
            '<meta name="robots" content="noindex, nofollow, noarchive">'
            '<meta name="color-scheme" content="light dark"><title>{title}</title>{tags}'
            '<link rel="icon" type="image/png" href="{icon}">{parts}</head>'
            '<body class="share">{body}</body></html>'
        ).format(
            lang=TAGS[spoken()],
            home=home,
            title=title,
            tags=_tags(preview),
            icon=f"{UP}{links.asset('icons/favicon.png')}",
            parts=_parts(assets).html,
            body=body,
        )
    )


def mark() -> Markup:
    """The name of the app with its sign."""
    return Markup('<span class="mark">{}{}</span>').format(icons.HANGER, say("page.title"))


def made_with_ai() -> Markup:
    """The line that says so to people."""
    return Markup('<p class="ai">{}{}</p>').format(icons.INFO, say("share.ai"))


def _tags(preview: Preview) -> Markup:
    told = {
        "og:type": "website",
        "og:site_name": say("page.title"),
        "og:title": preview.title or say("share.somebody_shares"),
        "og:description": preview.about,
        "og:image": preview.picture,
    }
    rows = [Markup('<meta property="{}" content="{}">').format(*row) for row in told.items() if row[1]]
    card = "summary_large_image" if preview.picture else "summary"
    return Markup().join([*rows, Markup('<meta name="twitter:card" content="{}">').format(card)])


@dataclass(frozen=True, slots=True)
class _Parts:
    """Styles and script, with the policy under which a browser takes these and no others."""

    html: Markup
    policy: str


@cache
def _parts(assets: Path) -> _Parts:
    font = f"{UP}{links.asset(FONT, hash_of(assets / FONT))}"
    face = (
        '@font-face{font-family:"Instrument Sans";font-weight:400 700;font-display:swap;'
        f'src:url("{font}") format("woff2")}}'
    )
    sheets = ((assets / "css" / f"{name}.css").read_text("utf-8") for name in ("tokens", "share"))
    style, script = "\n".join((face, *sheets)), (assets / "js" / "share.js").read_text("utf-8")
    policy = (
        f"default-src 'none'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; "
        f"style-src {_named(style)}; script-src {_named(script)}; base-uri 'self'; frame-ancestors 'none'"
    )
    return _Parts(Markup(f"<style>{style}</style><script>{script}</script>"), policy)


def policy(assets: Path) -> str:
    """The Content-Security-Policy of these pages: nothing runs but what is ours."""
    return _parts(assets).policy


def _named(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
