"""What the lightbox and its presentation say; the page's scripts fill in the numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tryon_ui.texts.jobs import (
    AFTER,
    BEFORE,
    BEFORE_AFTER,
    DOWNLOAD,
    FACT_SIZE,
    PICTURE_OF,
    REFINE_THIS,
    SIZE,
)

FACT_MADE_BY: Final = "Made by"

LIGHTBOX: Final[Mapping[str, str]] = {
    "lightboxAlt": PICTURE_OF,
    "lightboxAsServed": f"{SIZE}, as served",
    "lightboxPicture": "Picture {n} of {m}",
    "lightboxPictures": "Pictures",
    "lightboxPrevious": "Previous picture",
    "lightboxNext": "Next picture",
    "lightboxZoom": "Zoom",
    "lightboxFit": "Fit",
    "lightboxActual": "1:1",
    "lightboxPresent": "Present",
    "lightboxDownload": DOWNLOAD,
    "lightboxRefine": REFINE_THIS,
    "lightboxSize": FACT_SIZE,
    "lightboxFile": "File",
    "lightboxFailed": "The picture cannot be loaded in its own size just now. This is a smaller copy.",
    "lightboxBefore": BEFORE,
    "lightboxAfter": AFTER,
    "lightboxCompare": BEFORE_AFTER,
    "keyMove": "Move",
    "keyRefine": "Refine",
    "keyZoom": "Fit or 1:1",
    "keySlide": "Slide the handle",
    "keyHold": "Hold for before",
    "slides": "Presentation",
    "slidesCount": "Slide {n} of {m}",
    "slidesPrevious": "Previous slide",
    "slidesNext": "Next slide",
    "slidesRun": "Run by itself",
    "slidesPause": "Pause",
    "slidesEnd": "End the presentation",
    "slidesGarment": "Garment",
    "slidesMadeWithAi": "Made with AI",
    "slidesPreview": "Sandbox preview",
}
