"""The page as it is sent: the framework's, with our head and our opening frame in place of its own.

The framework puts its tags, its empty page and its loading sign first, and what is ours only when its scripts
run. So that is put in where the page goes out: what is seen first, by visitors and by those who read shared
links, is ours.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from markupsafe import Markup
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tryon_ui import icons, links
from tryon_ui.language import TAGS, spoken
from tryon_ui.serving.gate.headers import KEPT
from tryon_ui.serving.gate.origins import PublicUrls
from tryon_ui.serving.sent_page.frontend_files import FrontendFiles
from tryon_ui.serving.sent_page.packing import packed, taken_by
from tryon_ui.serving.sent_page.page_tags import address_of, tags
from tryon_ui.texts import say

STYLES: Final = f"{links.EXT}/styles.css"
_TAGS: Final = re.compile(r'\s*<meta\s+(?:property|name)="(?:og|twitter):[^>]*>')
_MANIFEST: Final = re.compile(r'\s*<link rel="manifest"[^>]*>')
_BASE_LINK: Final = r'\s*<link rel="stylesheet"[^>]*href="\./assets/{}"[^>]*>'
# Lets a page around this one size the frame that it is in; only a Space has one.
_FRAME_SCRIPT: Final = re.compile(
    r"\s*<script>\s*\(\(\) => \{(?:(?!</script>).)*iframeResizer(?:(?!</script>).)*</script>", re.S
)
_BODY: Final = "<gradio-app"
# What the scripts read, with every "<" escaped: half of the page, in which nothing is to be looked for.
_DATA: Final = re.compile(r"(?:<script>window\.gradio_\w+ = [^<]*</script>)+")
_DATA_PLACE: Final = "<!--data-->"
_DARK: Final = """<script>(() => {
  const theme = new URLSearchParams(location.search).get("__theme");
  const dark = theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.body.classList.toggle("dark", dark);
})();</script>"""


@dataclass(frozen=True, slots=True)
class Frame:
    """What is put into every page: our head's HTML, and the files that it loads. `base` is the style that
    ours go by and `theme` its values, `styles` are those of the parts, as one."""

    head: str
    files: FrontendFiles
    base: str = ""
    theme: str = ""
    styles: bytes = b""
    framed: bool = False  # whether another page may show this one in a frame of its own

    @property
    def styles_address(self) -> str:
        """Where the styles are served; the address names the content."""
        return f"{STYLES}?v={hashlib.sha256(self.styles).hexdigest()[: links.HASH]}"


def frame(head: str, files: FrontendFiles, assets: Path, *, theme: str = "", framed: bool = False) -> Frame:
    """A frame with the styles of `files`, which lie in `assets`. One that names other files by its own place
    is left where it is."""
    texts_of = {name: (assets / name).read_text("utf-8") for name in files.styles}
    alone = {
        name: text
        for name, text in texts_of.items()
        if not re.search(r"url\((?!['\"]?(?:data:|#))|@import", text)
    }
    styles = "\n".join(alone.values()).encode()
    base = (assets / files.base).read_text("utf-8") if files.base else ""
    return Frame(head, FrontendFiles(files.scripts, tuple(alone), files.base), base, theme, styles, framed)


def page_html(html: str, frame: Frame, address: str) -> str:
    """The page of the framework as ours; `address` is where it is had from, or empty."""
    found = _DATA.search(html)
    data = found[0] if found else ""
    bare = _without_theirs(html.replace(data, _DATA_PLACE, 1) if data else html, frame)
    bare = bare.replace('lang="en"', f'lang="{TAGS[spoken()]}"', 1)
    bare = bare.replace("</head>", f"{_preloads(frame)}{frame.head}</head>", 1)
    bare = bare.replace('<meta charset="utf-8" />', f'<meta charset="utf-8" />{tags(address)}', 1)
    theme = _theme_address(data or html) if frame.base and frame.theme else ""
    return _with_splash(bare, frame, theme).replace(_DATA_PLACE, data, 1)


def _without_theirs(html: str, frame: Frame) -> str:
    """Without the tags, scripts and styles that ours take the place of."""
    html = _MANIFEST.sub("", _TAGS.sub("", html))
    if frame.files.base:
        html = re.sub(_BASE_LINK.format(re.escape(frame.files.base)), "", html, count=1)
    return html if frame.framed else _FRAME_SCRIPT.sub("", html)


def _preloads(frame: Frame) -> str:
    """The scripts, and the style that is to come before ours."""
    links = "".join(f'<link rel="modulepreload" href="./assets/{name}">' for name in frame.files.scripts)
    return f"{links}<style>{frame.base}\n{frame.theme}</style>" if frame.base else links


def _with_splash(html: str, frame: Frame, theme: str) -> str:
    """Our frame first, which needs our styles only; then the styles of the parts, then the page."""
    files = frame.files
    # What the scripts look for before they load a style: that it is there already.
    known = "".join(
        f'<link rel="stylesheet" href="./assets/{name}" disabled>'
        for name in (files.base, *files.styles)
        if name
    )
    if theme:
        known += str(Markup('<link rel="stylesheet" href="{}" disabled>').format(theme))
    styles = f'<link rel="stylesheet" href="{frame.styles_address}">' if frame.styles else ""
    return html.replace(_BODY, f"{_DARK}{splash()}{styles}{known}{_BODY}", 1)


def _theme_address(html: str) -> str:
    """Where the page's scripts would load the theme from, as its configuration has it."""
    root, theme = (re.search(rf'"{name}":("[^"]*")', html) for name in ("root", "theme_hash"))
    return f"{json.loads(root[1])}/theme.css?v={json.loads(theme[1])}" if root and theme else ""


def splash() -> str:
    """What is seen until the page is there: its frame, empty."""
    return str(
        Markup(
            '<div id="splash"><div class="topbar" aria-hidden="true">'
            '<div class="brand">{}<b>{}</b></div></div>'
            '<div class="split" aria-hidden="true"><div class="sheet"></div><div class="sheet"></div></div>'
            '<p class="vh" role="status">{}</p><noscript><p>{}</p></noscript></div>'
        ).format(icons.HANGER, say("page.title"), say("page.opening"), say("page.needs_scripts"))
    )


def _styles(frame: Frame, scope: Scope) -> Response:
    """The styles of the framework as one file."""
    body, way = packed(frame.styles, taken_by(Headers(scope=scope).get("accept-encoding", "")))
    asked = scope["query_string"].decode("latin-1")
    headers = {"vary": "Accept-Encoding", **({"content-encoding": way} if way else {})}
    if asked and frame.styles_address.endswith(f"?{asked}"):
        headers["cache-control"] = KEPT
    return Response(body, headers=headers, media_type="text/css")


class PageHtml:
    """Puts the frame into the page on its way out."""

    def __init__(self, app: ASGIApp, frame: Callable[[], Frame], public_urls: PublicUrls) -> None:
        self._app, self._frame, self._public_urls = app, frame, public_urls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one call."""
        if scope["type"] == "http" and scope["path"] == f"/{STYLES}":
            return await _styles(self._frame(), scope)(scope, receive, send)
        if scope["type"] != "http" or scope["path"] != "/":
            return await self._app(scope, receive, send)
        start: Message = {}
        body = bytearray()

        async def framed(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            body.extend(message.get("body", b""))
            if message.get("more_body", False):
                return
            headers = MutableHeaders(scope=start)
            sent = bytes(body)
            if start["status"] == 200 and headers.get("content-type", "").startswith("text/html") and sent:
                sent = page_html(
                    sent.decode(), self._frame(), address_of(scope, self._public_urls())
                ).encode()
                headers["content-length"] = str(len(sent))
            await send(start)
            await send({"type": "http.response.body", "body": sent})

        return await self._app(scope, receive, framed)
