"""What each vendor asks of a picture, as a table with its sources."""

from __future__ import annotations

from dataclasses import dataclass

from tryon_core.task import Vendor

KB, MB = 1024, 1024 * 1024


@dataclass(frozen=True, slots=True)
class ImageRule:
    """Limits of one vendor's field; both ends are allowed. Sides are pixels, sizes are bytes."""

    formats: frozenset[str]
    min_side: int
    max_side: int
    min_bytes: int
    max_bytes: int


# Aidge "Virtual Try-on Submit API": clothing image sides from 150 to 3000 pixels. Formats and bytes are
# those of its sister "Virtual Model Alternation". The page names no limit of bytes: 15 MB is our own.
AIDGE = ImageRule(frozenset({"JPEG", "PNG", "BMP", "WEBP"}), 150, 3000, 1, 15 * MB)

# AILab "Try on Clothes Refiner": JPG, JPEG, PNG, BMP; no more than 5 MB; larger than 150 x 150 and smaller
# than 4096 x 4096. The 5 KB floor is not on the page: it was read in the vendor's error texts.
AILAB = ImageRule(frozenset({"JPEG", "PNG", "BMP"}), 151, 4095, 5 * KB, 5 * MB)

RULES: dict[Vendor, ImageRule] = {Vendor.AIDGE: AIDGE, Vendor.AILAB: AILAB}
