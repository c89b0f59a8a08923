"""Which photos a suit may name: their formats and sides, and the code for what is refused."""

from __future__ import annotations

from collections.abc import Mapping

from tryon_sandbox.aidge.errors import BusinessError
from tryon_sandbox.decoding import look_at

_FORMATS = frozenset({"JPEG", "PNG", "BMP", "WEBP"})
"""What the sibling service (Virtual Model Alternation) lists; the try-on pages say nothing."""

_SHORTEST = 150
_LONGEST = 3000


def check(garments: Mapping[str, str], models: Mapping[str, str], found: Mapping[str, bytes]) -> None:
    """Checks what was `found` at the addresses of garments and models, each of which stands at a place in the
    call; nothing, where it could not be fetched. Raises `BusinessError`.

    701: a garment could not be fetched, or what came is no picture. 703: a side is under 150 px. 700: a side
    is over 3000 px, or a model photo is unusable, for which the page has no code of its own.
    """
    for url, where in garments.items():
        _check_garment(found[url], where)
    for url, where in models.items():
        photo = look_at(found[url])
        if photo is None or photo.format not in _FORMATS:
            raise BusinessError("700", f"{where} could not be fetched as a picture")


def _check_garment(data: bytes, where: str) -> None:
    photo = look_at(data)
    if photo is None or photo.format not in _FORMATS:
        raise BusinessError("701")
    if photo.shortest < _SHORTEST:
        raise BusinessError("703")
    if photo.longest > _LONGEST:
        raise BusinessError("700", f"{where} has a side of more than {_LONGEST} pixels")
