"""What a vendor asks of a picture; the numbers stand in the vendor's spec."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImageRule:
    """Limits of one vendor's field; both ends are allowed. Sides are pixels, sizes are bytes."""

    formats: frozenset[str]
    min_side: int
    max_side: int
    min_bytes: int
    max_bytes: int
