"""Pre-flight: whether a vendor takes a picture, by the table of its rules, and what would have to be mended.

All functions block: the pool calls them, a few at a time, however many visitors come at once. A picture of 12
megapixels takes some 40 MB while it is looked at. In threads without a bound, a crowd would take gigabytes,
and nothing else would get a turn: nobody would be answered, not even the vendor who fetches.
"""

from __future__ import annotations

import asyncio
import ctypes
import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from threading import BoundedSemaphore
from typing import ParamSpec, TypeVar

from tryon_core.errors import InvalidRequest, NotHere
from tryon_core.images.facts import KINDS, MAX_PIXELS, Facts, bytes_of, ensure_whole, facts_of
from tryon_core.images.file_signatures import FileGone, NotAPicture
from tryon_core.images.private_data import without_private_data
from tryon_core.images.rules import ImageRule
from tryon_core.requests.request_parts import label
from tryon_core.sentences import said
from tryon_core.units import MIB

P = ParamSpec("P")
T = TypeVar("T")

FEWEST, MOST = 2, 4  # threads of the pool: as many as there are cores
# How many pictures are decoded at a time: one of the largest takes 550 MB while it is shrunk (measured).
_PLACES = BoundedSemaphore(2)

CMYK = ("CMYK", "YCCK")
_OTHER_COLOURS = ("LAB", "HSV", "YCbCr")


class ImagePool:
    """Threads of its own for what takes its time. No thread is started before there is work."""

    def __init__(self, at_once: int | None = None) -> None:
        cores = min(max(os.cpu_count() or FEWEST, FEWEST), MOST)
        self._pool = ThreadPoolExecutor(at_once or cores, thread_name_prefix="pictures")
        self._waiting = 0

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of `work`, done when its turn comes; in the order of calls."""
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._pool, partial(work, *args, **kwargs)
            )
        finally:
            self._waiting -= 1
            if not self._waiting:
                self._pool.submit(_give_back)


@dataclass(frozen=True, slots=True)
class Mend:
    """What is done to a picture that is not taken as it is, told by `mend.<name>` with its facts."""

    name: str
    wanted: Callable[[Facts, ImageRule], bool]


def _too_large(facts: Facts, rule: ImageRule) -> bool:
    return max(facts.width, facts.height) > rule.max_side


MENDS = (
    Mend("turned", lambda facts, _: facts.turned),
    Mend("shrunk", _too_large),
    Mend("converted", lambda facts, rule: facts.format not in rule.formats),
    Mend("colours", lambda facts, _: facts.mode in (*CMYK, *_OTHER_COLOURS)),
    Mend("profile", lambda facts, _: bool(facts.profile)),
    Mend("depth", lambda facts, _: facts.deep),
    Mend("frames", lambda facts, _: facts.frames > 1),
    Mend("odd", lambda facts, _: facts.odd),
)


def wanted(facts: Facts, rule: ImageRule) -> bool:
    """Whether the picture has to be written anew, by what its header says."""
    return any(mend.wanted(facts, rule) for mend in MENDS)


def extension_of(field: str, data: bytes) -> str:
    """The extension that tells the true type. Raises `InvalidRequest` when it is no picture."""
    try:
        return facts_of(data).extension
    except NotAPicture as error:
        raise _refusal(field, error, said("limit.any_picture")) from None


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
    with named(field):
        data = bytes_of(source)
        facts = _facts_within(field, data, rule)
        ensure_whole(data, facts)
        written_at = source.stat().st_mtime_ns
    return Examined(facts, hashlib.sha256(data).hexdigest(), written_at)


def ensure_picture(field: str, source: Path, rules: Sequence[ImageRule]) -> None:
    """Reads a picture to its end, before it is known which vendor it is for. Raises `InvalidRequest` for what
    is none, and for one that none of the rules takes."""
    try:
        with _PLACES:
            data = bytes_of(source)
            ensure_whole(data, facts_of(data))
    except NotAPicture as error:
        raise _refusal(field, error, _allowed()) from None
    refusals = [refused for rule in rules if (refused := _refused_by(rule, field, data))]
    if refusals and len(refusals) == len(rules):
        raise refusals[0]


def _refused_by(rule: ImageRule, field: str, data: bytes) -> InvalidRequest | None:
    try:
        _facts_within(field, data, rule)
    except InvalidRequest as refused:
        return refused
    return None


@contextmanager
def named(field: str) -> Iterator[None]:
    """What is no usable picture is refused by the name of its field; few are looked at a time."""
    try:
        with _PLACES:
            yield
    except NotAPicture as error:
        raise _refusal(field, error, _allowed()) from None


def _refusal(field: str, error: NotAPicture, allowed: str) -> InvalidRequest:
    return NotHere(field) if isinstance(error, FileGone) else InvalidRequest(field, error.found, allowed)


def _facts_within(field: str, data: bytes, rule: ImageRule) -> Facts:
    facts = facts_of(data)
    _check_sides(field, facts, rule)
    if not wanted(facts, rule):
        # Nothing else is wrong with it: squeezing it harder would cost quality that nobody agreed to. Without
        # private data it is smaller, which is looked at only where that may decide.
        safe = rule.min_bytes == 1 and facts.size <= rule.max_bytes
        _check_bytes(field, facts.size if safe else len(without_private_data(data)), facts, rule)
    return facts


def _check_sides(field: str, facts: Facts, rule: ImageRule) -> None:
    if min(facts.width, facts.height) < rule.min_side:
        raise InvalidRequest(field, _size(facts), said("limit.sides_least", least=rule.min_side))
    scale = rule.max_side / max(facts.width, facts.height)
    if min(facts.width, facts.height) * min(scale, 1.0) < rule.min_side:
        limit = said("limit.sides", least=rule.min_side, most=rule.max_side)
        raise InvalidRequest(field, _size(facts), limit)


def _check_bytes(field: str, size: int, facts: Facts, rule: ImageRule) -> None:
    """`size` is what is left of the file without private data."""
    found = said("size.bytes" if size == facts.size else "size.bytes_alone", size=size)
    if size < rule.min_bytes:
        raise InvalidRequest(field, found, said("limit.bytes_least", least=rule.min_bytes))
    if size > rule.max_bytes:
        limit = said("limit.bytes_most", most=in_bytes(rule.max_bytes), size=rule.max_bytes)
        raise InvalidRequest(field, found, limit)


def check_same_sizes(facts: Mapping[str, Facts], names: Sequence[str]) -> None:
    """The pictures with these names, as far as they are there, must show the same number of pixels.

    Raises `InvalidRequest` naming the first.
    """
    here = [(label(name), facts[name]) for name in names if name in facts]
    for (field, found), (other, like) in pairwise(here):
        if (found.width, found.height) != (like.width, like.height):
            raise InvalidRequest(field, _size(found), said("limit.same_size", other=other, size=_size(like)))


def _size(facts: Facts) -> str:
    return said("size.pixels", width=facts.width, height=facts.height)


def in_bytes(count: int) -> str:
    """So many bytes in words, from one MiB on in megabytes."""
    if count >= MIB:
        return said("size.megabytes", size=round(count / MIB, 2))
    return said("size.bytes", size=count)


def _allowed() -> str:
    """Every kind that is read: what a vendor does not take of them is brought to one that it does."""
    names = tuple(sorted("HEIC" if kind == "HEIF" else kind for kind in KINDS))
    return said("limit.picture", kinds=names, millions=MAX_PIXELS // 1_000_000)


def _give_back() -> None:
    """Memory that pictures took goes back to the system: the C library would keep it for the next ones."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's
    if trim is not None:
        trim(0)
