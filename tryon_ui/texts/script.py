"""What the page's scripts say by themselves, by the names that they use; they fill in the values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tryon_ui.texts import wording, wordings

# What the page says as well, under the names of its own: those are `script` in the files of the languages.
_SHARED: Final[Mapping[str, str]] = {
    "app": "page.title",
    "close": "page.close",
    "copy": "card.copy",
    "earlier": "collection.earlier",
    "nOfM": "word.n_of_m",
    "lightboxAlt": "card.picture_of",
    "lightboxDownload": "do.download",
    "lightboxRefine": "do.refine_this",
    "lightboxSize": "card.size",
    "lightboxBefore": "card.before",
    "lightboxAfter": "card.after",
    "lightboxCompare": "card.before_after",
}


def script_words() -> Mapping[str, str]:
    """All of it in the language of the call."""
    return {**wordings("script"), **{name: wording(key) for name, key in _SHARED.items()}}
