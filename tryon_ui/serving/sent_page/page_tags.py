"""What others see of the page: its title, its tags for shared links, its icon and its manifest.

Addresses in the tags are whole ones, as messengers ask for, made from the address that the app goes by.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from markupsafe import Markup
from starlette.datastructures import Headers
from starlette.types import Scope

from tryon_ui import icons, links
from tryon_ui.serving.gate.path_prefix import PREFIX
from tryon_ui.texts import say

PICTURE: Final = "icons/share.jpg"
PICTURE_SIZE: Final = (1200, 630)  # pixels: the shape that the Open Graph previews cut to
MANIFEST: Final = f"{links.EXT}/app.webmanifest"
_HOST: Final = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?", re.IGNORECASE
)
_COLOURS: Final = {"light": "#ffffff", "dark": "#1a1b1f"}  # of the head line, as tokens.css has them


def address_of(scope: Scope, public_urls: tuple[str, ...]) -> str:
    """Where the caller has the page from, without a last stroke: the public address, where there is one, else
    the name that was called. Empty for a name that cannot be one."""
    if public_urls:
        return public_urls[0].rstrip("/")
    host = Headers(scope=scope).get("host", "")
    return f"{scope['scheme']}://{host}{quote(scope.get(PREFIX, ''))}" if _HOST.fullmatch(host) else ""


def tags(address: str) -> str:
    """The page's title and tags, as HTML. Without an address there is nothing to link to."""
    told = {
        "og:type": "website",
        "og:site_name": say("page.title"),
        "og:title": say("page.title"),
        "og:description": say("page.about"),
        **(_addresses(address) if address else {}),
    }
    rows = Markup().join(
        Markup('<meta {}="{}" content="{}">').format(
            "property" if name.startswith("og:") else "name", name, value
        )
        for name, value in told.items()
    )
    colours = Markup().join(
        Markup('<meta name="theme-color" media="(prefers-color-scheme: {})" content="{}">').format(*row)
        for row in _COLOURS.items()
    )
    return str(
        Markup(
            '<title>{title}</title><meta name="description" content="{about}">'
            '<meta name="application-name" content="{title}">{rows}'
            '<meta name="twitter:card" content="{card}"><meta name="twitter:title" content="{title}">'
            '<meta name="twitter:description" content="{about}">{colours}'
            '<link rel="icon" type="image/svg+xml" href="{icon}"><link rel="manifest" href="{manifest}">'
        ).format(
            title=say("page.title"),
            about=say("page.about"),
            rows=rows,
            card="summary_large_image" if address else "summary",
            colours=colours,
            icon=f"data:image/svg+xml,{quote(icons.FAVICON)}",
            manifest=MANIFEST,
        )
    )


def manifest() -> dict[str, object]:
    """The web app manifest; its addresses go by its own."""
    icon = {"src": "a/icons/favicon.png", "sizes": "64x64", "type": "image/png"}
    return {
        "name": say("page.title"),
        "short_name": say("page.title"),
        "description": say("page.about"),
        "start_url": "../../",
        "scope": "../../",
        "display": "standalone",
        "background_color": "#f6f6f4",
        "theme_color": _COLOURS["light"],
        "icons": [icon],
    }


def _addresses(address: str) -> dict[str, str]:
    picture = f"{address}/{links.asset(PICTURE)}"
    width, height = PICTURE_SIZE
    return {
        "og:url": f"{address}/",
        "og:image": picture,
        "og:image:width": str(width),
        "og:image:height": str(height),
        "og:image:alt": say("page.about_picture"),
        "twitter:image": picture,
    }
