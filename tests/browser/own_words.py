"""What is on the screen, and what a screen reader says of it, as far as it is the framework's."""

from __future__ import annotations

import re
from typing import Final

from playwright.sync_api import Page

# Its name, and what its parts say where nobody gave them words.
THEIRS: Final = re.compile(
    r"gradio|built with|use via api|click to upload|drop \w+ here|connection to the server|^- or -$",
    re.IGNORECASE | re.MULTILINE,
)
_READ: Final = """() => [document.title, document.body.innerText,
  ...[...document.body.querySelectorAll("*")].flatMap((one) =>
    ["aria-label", "title", "alt", "placeholder"].map((name) => one.getAttribute(name) ?? ""))]"""


def framework_words(page: Page) -> list[str]:
    """The pieces of the page's words that are the framework's."""
    return [found[0] for text in page.evaluate(_READ) for found in THEIRS.finditer(text)]
