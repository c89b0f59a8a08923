"""Pre-flight: whether a vendor takes a picture, by the table of its rules, and the mends that are safe.

A file that complies is never touched. All functions block: call them in a worker thread.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from threading import BoundedSemaphore

from tryon_core.errors import InvalidRequest
from tryon_core.images import mending
from tryon_core.images.facts import EXTENSIONS, MAX_PIXELS, Facts, bytes_of, ensure_whole, facts_of, in_words
from tryon_core.images.file_signatures import NotAPicture
from tryon_core.images.mending import Mended
from tryon_core.images.private_data import without_private_data
from tryon_core.images.rules import MB, ImageRule
from tryon_core.request_pictures import label

# How many pictures are decoded at a time: one of the largest takes 550 MB while it is shrunk (measured).
_PLACES = BoundedSemaphore(2)


def extension_of(field: str, data: bytes) -> str:
    """The extension that tells the true type. Raises `InvalidRequest` when it is no picture."""
    try:
        return facts_of(data).extension
    except NotAPicture as error:
        raise InvalidRequest(field, str(error), "a picture") from None


@dataclass(frozen=True, slots=True)
class Examined:
    """What a picture was found to be. `sha256` is of the file, in hexadecimal digits, and `written_at` the
    file system's nanoseconds."""

    facts: Facts
    sha256: str
    written_at: int


def examine(field: str, source: Path, rule: ImageRule) -> Examined:
    """A picture that complies or can be mended: read, decoded and hashed once.

    Raises `InvalidRequest` naming the field.
    """
    with _named(field, rule):
        data = bytes_of(source)
        facts = _facts_within(field, data, rule)
        ensure_whole(data, facts)
        written_at = source.stat().st_mtime_ns
    return Examined(facts, hashlib.sha256(data).hexdigest(), written_at)


def ensure_picture(field: str, source: Path) -> None:
    """Reads a picture to its end, before it is known which vendor it is for. Raises `InvalidRequest`."""
    try:
        with _PLACES:
            data = bytes_of(source)
            ensure_whole(data, facts_of(data))
    except NotAPicture as error:
        raise InvalidRequest(field, str(error), _allowed(EXTENSIONS)) from None


@contextmanager
def _named(field: str, rule: ImageRule) -> Iterator[None]:
    """What is no usable picture is refused by the name of its field; few are looked at a time."""
    try:
        with _PLACES:
            yield
    except NotAPicture as error:
        raise InvalidRequest(field, str(error), _allowed(rule.formats)) from None


def _facts_within(field: str, data: bytes, rule: ImageRule) -> Facts:
    facts = facts_of(data)
    _check_sides(field, facts, rule)
    if not mending.wanted(facts, rule):
        # Nothing else is wrong with it: squeezing it harder would cost quality that nobody agreed to.
        _check_bytes(field, len(without_private_data(data)), facts, rule)
    return facts


def _check_sides(field: str, facts: Facts, rule: ImageRule) -> None:
    if min(facts.width, facts.height) < rule.min_side:
        raise InvalidRequest(field, _size(facts), f"sides of at least {rule.min_side} pixels")
    scale = rule.max_side / max(facts.width, facts.height)
    if min(facts.width, facts.height) * min(scale, 1.0) < rule.min_side:
        limit = f"sides from {rule.min_side} to {rule.max_side} pixels"
        raise InvalidRequest(field, _size(facts), limit)


def _check_bytes(field: str, size: int, facts: Facts, rule: ImageRule) -> None:
    """`size` is what is left of the file without private data."""
    found = f"{size:,} bytes" if size == facts.size else f"{size:,} bytes without {PRIVATE_DATA}"
    if size < rule.min_bytes:
        raise InvalidRequest(field, found, f"at least {rule.min_bytes:,} bytes")
    if size > rule.max_bytes:
        limit = f"at most {_bytes(rule.max_bytes)} ({rule.max_bytes:,} bytes)"
        raise InvalidRequest(field, found, limit)


def check_same_sizes(facts: Mapping[str, Facts], names: Sequence[str]) -> None:
    """The pictures with these names, as far as they are there, must show the same number of pixels.

    Raises `InvalidRequest` naming the first.
    """
    here = [(label(name), facts[name]) for name in names if name in facts]
    for (field, found), (other, wanted) in pairwise(here):
        if (found.width, found.height) != (wanted.width, wanted.height):
            raise InvalidRequest(field, _size(found), f"the size of the {other}, {_size(wanted)}")


def mend(field: str, source: Path, rule: ImageRule, facts: Facts) -> Mended | None:
    """A version that complies, or None when the file complies as it is. `facts` are those of `examine`.

    Mends of `mending` write the picture anew, JPEG at quality 95 or PNG; where only the file tells of place
    or camera, that is cut out and the picture's own bytes stay. Too many bytes alone are refused.
    Raises `InvalidRequest`.
    """
    with _named(field, rule):
        data = bytes_of(source)
        mended = (
            _rewritten(field, data, facts, rule)
            or _without_hidden_pixels(data, facts, rule)
            or _without_private_data(data, facts)
        )
    if mended is None:
        return None
    named = f"{field[:1].upper()}{field[1:]}"
    return replace(mended, notes=tuple(f"{named}: {note}." for note in mended.notes))


def _rewritten(field: str, data: bytes, facts: Facts, rule: ImageRule) -> Mended | None:
    if not mending.wanted(facts, rule):
        return None
    mended = mending.rewritten(data, facts, rule)
    if not rule.min_bytes <= len(mended.data) <= rule.max_bytes:
        limit = f"from {_bytes(rule.min_bytes)} to {_bytes(rule.max_bytes)}"
        raise InvalidRequest(field, f"{len(mended.data):,} bytes after the mends", limit)
    left_out = () if without_private_data(data) is data else (LEFT_OUT,)
    return replace(mended, notes=(*mended.notes, *left_out))


def _without_hidden_pixels(data: bytes, facts: Facts, rule: ImageRule) -> Mended | None:
    mended = mending.without_hidden_pixels(data, facts, rule)
    if mended is None or without_private_data(data) is data:
        return mended
    return replace(mended, notes=(*mended.notes, LEFT_OUT))


def _without_private_data(data: bytes, facts: Facts) -> Mended | None:
    cut = without_private_data(data)
    return None if cut is data else Mended(cut, replace(facts, size=len(cut)), (PRIVATE,))


PRIVATE_DATA = "what the file tells of place, camera and editing"
LEFT_OUT = "left out what the file told of place, camera and editing"
PRIVATE = "cut out what the file told of place, camera and editing; the picture itself is untouched"


def _size(facts: Facts) -> str:
    return f"{facts.width} × {facts.height} pixels"


def _bytes(count: int) -> str:
    return f"{round(count / MB, 2):g} MB" if count >= MB else f"{count} bytes"


def _allowed(kinds: Iterable[str]) -> str:
    return f"a picture ({in_words(kinds)}) of at most {MAX_PIXELS // 1_000_000} million pixels"
