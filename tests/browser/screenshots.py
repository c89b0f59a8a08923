"""`make screenshots`: every state of the page at four sizes, light and dark, in each language, on one page to
look at.

Written to build/screenshots; the few that README shows go to assets/screenshots. The app runs against a
sandbox server of its own, so that failures can be had on demand.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterable, Sequence
from itertools import product
from pathlib import Path

from markupsafe import Markup
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import FLAGS, HOUSE, Server, app_server, chromium, sandbox_server
from tests.browser.screenshot_states import OWN_KEY, STATES, State, fresh
from tryon_ui.language import ENGLISH, LANGUAGES, TAGS, speaking

FOLDER = HOUSE / "build" / "screenshots"
SHOWN = HOUSE / "assets" / "screenshots"
SIZES = ((1280, 720), (1440, 900), (1920, 1080), (390, 844))
LOOKS = ("light", "dark")
# What README and its readers are shown: the file's name there, the state, the size and the look.
IN_README = {
    "tryon_desktop_light": "done-1440x900-light",
    "tryon_desktop_dark": "done-1440x900-dark",
    "tryon_running": "partly-1440x900-light",
    "tryon_error": "failed_later-1440x900-light",
    "tryon_mobile": "done-390x844-light",
    "refine": "refined-1440x900-light",
    "jobs": "jobs-1440x900-light",
    "collection": "choosing-1440x900-light",
}
SETTLED_MS = 300  # until pictures of the right size are there, and the scroll is over


def shots(page: Page, state: State) -> Iterable[tuple[str, Image.Image]]:
    """The state as it is, at each size and in each look."""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for look in LOOKS:
            page.emulate_media(color_scheme="dark" if look == "dark" else "light")
            page.locator(state.place).evaluate("(part) => part.scrollIntoView()")
            page.wait_for_timeout(SETTLED_MS)
            yield f"{state.name}-{width}x{height}-{look}", Image.open(io.BytesIO(page.screenshot()))


def take(state: State, browser: Browser, app: Server, sandbox: Server, language: str) -> list[str]:
    """All pictures of one state, in a browser that has not been here before."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 720}, reduced_motion="reduce", locale=TAGS[language]
    )
    page = context.new_page()
    page.goto(app.url)
    page.locator("#go").wait_for(timeout=60_000)
    page.wait_for_timeout(500)
    fresh(sandbox)
    with speaking(language):
        state.go(page, sandbox)
    page.mouse.move(0, 0)
    names = []
    for shot, picture in shots(page, state):
        name = f"{shot}{_ending(language)}"
        picture.convert("RGB").save(FOLDER / f"{name}.jpg", quality=94, optimize=True)
        names.append(name)
    context.close()
    return names


def _ending(language: str) -> str:
    return "" if language == ENGLISH else f"-{language}"


def taken() -> list[str]:
    """The names of all pictures that are there, in the order of the states; some may be of an earlier run."""
    names = (
        f"{state.name}-{width}x{height}-{look}{_ending(language)}"
        for state, language in product(STATES, LANGUAGES)
        for width, height in SIZES
        for look in LOOKS
    )
    return [name for name in names if (FOLDER / f"{name}.jpg").is_file()]


def sheet(names: Sequence[str]) -> str:
    """The page that shows them all."""
    pictures = Markup().join(
        Markup(
            '<figure><a href="{}.jpg"><img src="{}.jpg" loading="lazy"></a>'
            "<figcaption>{}</figcaption></figure>"
        ).format(name, name, name)
        for name in names
    )
    style = (
        "body{margin:16px;background:#888;font:13px system-ui;display:grid;gap:16px;"
        "grid-template-columns:repeat(8,max-content)}img{height:300px}figure{margin:0}"
    )
    return str(
        Markup('<!doctype html><meta charset="utf-8"><title>Screenshots</title><style>{}</style>{}').format(
            Markup(style), pictures
        )
    )


def show(names: Sequence[str]) -> None:
    """Puts the few for README where it finds them."""
    SHOWN.mkdir(parents=True, exist_ok=True)
    for shown, name in IN_README.items():
        if name in names:
            picture = Image.open(FOLDER / f"{name}.jpg")
            picture.save(SHOWN / f"{shown}.jpg", quality=88, optimize=True, progressive=True)


def main(wanted: Sequence[str]) -> None:
    """Takes the pictures of the states whose names are given, of all without any."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    names: list[str] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        keys = ("--aidge-key", "sandbox:sandbox-secret", "--aidge-key", ":".join(OWN_KEY))
        sandbox = sandbox_server(Path(folder), *keys).start()
        app = app_server(
            Path(folder),
            AIDGE_APP_KEY="sandbox",
            AIDGE_APP_SECRET="sandbox-secret",
            AIDGE_BASE_URL=f"{sandbox.url}/rest",
            AILAB_API_KEY="sandbox",
            AILAB_BASE_URL=sandbox.url,
        ).start()
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        try:
            for state, language in product(STATES, LANGUAGES):
                if not wanted or state.name in wanted:
                    names += take(state, browser, app, sandbox, language)
        finally:
            browser.close()
            app.stop()
            sandbox.stop()
    (FOLDER / "index.html").write_text(sheet(taken()), "utf-8")
    show(names)


if __name__ == "__main__":
    main(sys.argv[1:])
