"""Every limit of both vendors' pictures, one step below, at and above, with the verdict that is due.

The numbers are written down here from the vendors' pages, not read from the rules that they test.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tests.core.images.pictures import claiming, flat, grain, padded

Verdict = Literal["as it is", "mended", "refused"]
Case = tuple[int, int, Verdict, str, str]  # width, height, verdict, what is found or done, the limit
Weight = tuple[int, Verdict, str, str]  # bytes, verdict, what is found, the limit

AIDGE_SIDES = "Aidge, Virtual Try-on Submit API, imageUrl: minimum side ≥ 150 px, maximum side ≤ 3000 px"
AIDGE_KINDS = "Aidge, Virtual Model Alternation: JPEG, JPG, PNG, BMP, WEBP; the try-on page names no formats"
AIDGE_BYTES = "our own; the try-on page names no limit of bytes"
AILAB_SIDES = "AILab, Try on Clothes Refiner: larger than 150x150px, smaller than 4096x4096px"
AILAB_KINDS = "AILab, Try on Clothes Refiner: JPG, JPEG, PNG, BMP"
AILAB_MOST = "AILab, Try on Clothes Refiner: no more than 5 MB"
OURS = "our own: what decoding one picture may cost"
AILAB_LEAST = "the service behind AILab: 5 KB to 5 MB; seen in AILab's own error texts"

TAKEN = "a picture (AVIF, BMP, GIF, HEIC, JPEG, PNG, TIFF, WEBP) of at most 50 million pixels"
MB15, MB5 = "at most 15 MB (15,728,640 bytes)", "at most 5 MB (5,242,880 bytes)"


@dataclass(frozen=True, slots=True)
class Row:
    """A picture beside a limit. `size` in bytes; 0: neither too few nor too many. `found` is also what a mend
    says."""

    vendor: str
    rule: str
    source: str
    kind: str
    width: int
    height: int
    size: int
    verdict: Verdict
    found: str
    limit: str

    def __str__(self) -> str:
        return f"{self.vendor} {self.rule}: {self.kind} {self.width}x{self.height} {self.size or ''}"

    @property
    def data(self) -> bytes:
        """The file."""
        if self.kind == "nothing":
            return b""
        if self.kind == "PNG's beginning":
            return claiming(self.width, self.height)
        few = self.width * self.height < 3_000_000  # grain weighs enough for what is left after a mend
        draw = grain if self.verdict != "as it is" and not self.size and few else flat
        picture = draw(self.width, self.height, self.kind)
        return padded(picture, self.kind, self.size or max(len(picture), _ENOUGH))


def _shrunk(width: int, height: int, to_width: int, to_height: int) -> str:
    return f"shrunk from {width} × {height} to {to_width} × {to_height} pixels"


_AIDGE_SHORTEST: tuple[Case, ...] = (
    (149, 400, "refused", "149 × 400 pixels", "sides of at least 150 pixels"),
    (150, 400, "as it is", "", ""),
    (151, 400, "as it is", "", ""),
    (400, 149, "refused", "400 × 149 pixels", "sides of at least 150 pixels"),
    (400, 150, "as it is", "", ""),
    (400, 151, "as it is", "", ""),
    (149, 149, "refused", "149 × 149 pixels", "sides of at least 150 pixels"),
    (150, 150, "as it is", "", ""),
)
_AIDGE_LONGEST: tuple[Case, ...] = (
    (2999, 400, "as it is", "", ""),
    (3000, 400, "as it is", "", ""),
    (3001, 400, "mended", _shrunk(3001, 400, 3000, 400), ""),
    (400, 2999, "as it is", "", ""),
    (400, 3000, "as it is", "", ""),
    (400, 3001, "mended", _shrunk(400, 3001, 400, 3000), ""),
    (3000, 3000, "as it is", "", ""),
    (3001, 3001, "mended", _shrunk(3001, 3001, 3000, 3000), ""),
    (3000, 150, "as it is", "", ""),
    (3001, 150, "refused", "3001 × 150 pixels", "sides from 150 to 3000 pixels"),
    (6000, 299, "refused", "6000 × 299 pixels", "sides from 150 to 3000 pixels"),
    (6000, 300, "mended", _shrunk(6000, 300, 3000, 150), ""),
)
_AILAB_SHORTEST: tuple[Case, ...] = (
    (150, 400, "refused", "150 × 400 pixels", "sides of at least 151 pixels"),
    (151, 400, "as it is", "", ""),
    (152, 400, "as it is", "", ""),
    (400, 150, "refused", "400 × 150 pixels", "sides of at least 151 pixels"),
    (400, 151, "as it is", "", ""),
    (400, 152, "as it is", "", ""),
    (150, 150, "refused", "150 × 150 pixels", "sides of at least 151 pixels"),
    (151, 151, "as it is", "", ""),
)
_AILAB_LONGEST: tuple[Case, ...] = (
    (4094, 400, "as it is", "", ""),
    (4095, 400, "as it is", "", ""),
    (4096, 400, "mended", _shrunk(4096, 400, 4095, 400), ""),
    (400, 4094, "as it is", "", ""),
    (400, 4095, "as it is", "", ""),
    (400, 4096, "mended", _shrunk(400, 4096, 400, 4095), ""),
    (4095, 4095, "as it is", "", ""),
    (4095, 151, "as it is", "", ""),
    (4096, 151, "refused", "4096 × 151 pixels", "sides from 151 to 4095 pixels"),
    (8190, 301, "refused", "8190 × 301 pixels", "sides from 151 to 4095 pixels"),
    (8190, 302, "mended", _shrunk(8190, 302, 4095, 151), ""),
)
_AIDGE_HEAVIEST: tuple[Weight, ...] = (
    (15_728_639, "as it is", "", ""),
    (15_728_640, "as it is", "", ""),
    (15_728_641, "refused", "15,728,641 bytes", MB15),
)
_AILAB_LIGHTEST: tuple[Weight, ...] = (
    (5_119, "refused", "5,119 bytes", "at least 5,120 bytes"),
    (5_120, "as it is", "", ""),
    (5_121, "as it is", "", ""),
)
_AILAB_HEAVIEST: tuple[Weight, ...] = (
    (5_242_879, "as it is", "", ""),
    (5_242_880, "as it is", "", ""),
    (5_242_881, "refused", "5,242,881 bytes", MB5),
)
_KINDS: tuple[tuple[str, Verdict, Verdict], ...] = (
    ("JPEG", "as it is", "as it is"),
    ("PNG", "as it is", "as it is"),
    ("BMP", "as it is", "as it is"),
    ("WEBP", "as it is", "mended"),
    ("GIF", "mended", "mended"),
    ("TIFF", "mended", "mended"),
    ("AVIF", "mended", "mended"),
)
_COMMON = ("JPEG", "PNG", "BMP")
_PLAIN, _LARGE = (160, 160), (400, 300)
_ENOUGH = 6_000  # bytes that AILab takes, for pictures whose sides are the point


def rows() -> Iterator[Row]:
    """All rows."""
    for kind in _COMMON:
        for case in _AIDGE_SHORTEST:
            yield _sides("aidge", "min_side", AIDGE_SIDES, kind, case)
        for case in _AILAB_SHORTEST:
            yield _sides("ailab", "min_side", AILAB_SIDES, kind, case)
        for weight in _AILAB_LIGHTEST:
            yield _weights("ailab", "min_bytes", AILAB_LEAST, kind, weight)
        for weight in _AILAB_HEAVIEST:
            yield _weights("ailab", "max_bytes", AILAB_MOST, kind, weight)
    for kind in ("JPEG", "WEBP"):
        for weight in _AIDGE_HEAVIEST:
            yield _weights("aidge", "max_bytes", AIDGE_BYTES, kind, weight)
    yield from _longest()
    yield from _kinds()
    yield from _too_much()


def _longest() -> Iterator[Row]:
    """The longest sides in turns as JPEG, PNG and BMP: large pictures take time."""
    for number, case in enumerate(_AIDGE_LONGEST):
        yield _sides("aidge", "max_side", AIDGE_SIDES, _COMMON[number % 3], case)
    for number, case in enumerate(_AILAB_LONGEST):
        yield _sides("ailab", "max_side", AILAB_SIDES, _COMMON[number % 3], case)


def _kinds() -> Iterator[Row]:
    for kind, aidge, ailab in _KINDS:
        into = "PNG" if kind in ("GIF", "TIFF") else "JPEG, quality 95"
        said = f"converted from {kind} to {into}"
        for vendor, verdict, source in (
            ("aidge", aidge, AIDGE_KINDS),
            ("ailab", ailab, AILAB_KINDS),
        ):
            note = said if verdict == "mended" else ""
            yield Row(vendor, "formats", source, kind, *_LARGE, 0, verdict, note, "")
    for vendor, limit, source in (
        ("aidge", TAKEN, AIDGE_KINDS),
        ("ailab", TAKEN, AILAB_KINDS),
    ):
        yield Row(vendor, "formats", source, "PPM", *_LARGE, 0, "refused", "a PPM picture", limit)


def _too_much() -> Iterator[Row]:
    """The pixels that are decoded at all, and the fewest bytes: a file of none."""
    for vendor, limit, source in (
        ("aidge", TAKEN, AIDGE_BYTES),
        ("ailab", TAKEN, AILAB_LEAST),
    ):
        yield Row(vendor, "min_bytes", source, "nothing", 0, 0, 0, "refused", "an empty file", limit)
        found = "10000 × 5001 pixels"
        yield Row(vendor, "pixels", OURS, "PNG's beginning", 10_000, 5_001, 0, "refused", found, limit)
    large = _shrunk(10_000, 5_000, 3_000, 1_500)
    yield Row("aidge", "pixels", OURS, "PNG", 10_000, 5_000, 0, "mended", large, "")


def _sides(vendor: str, rule: str, source: str, kind: str, case: Case) -> Row:
    width, height, verdict, found, limit = case
    return Row(vendor, rule, source, kind, width, height, 0, verdict, found, limit)


def _weights(vendor: str, rule: str, source: str, kind: str, weight: Weight) -> Row:
    (width, height), (size, verdict, found, limit) = _PLAIN, weight
    return Row(vendor, rule, source, kind, width, height, size, verdict, found, limit)
