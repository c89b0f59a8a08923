"""Where the figure stands in a picture: what a narrow tile may cut away at its sides."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image

_WIDE, _HIGH = 48, 64  # pixels of the measure
_DIFFERENT = 60  # sum of three colours' differences
_ROWS = 4  # pixels that make a column one of the figure's
_MARGIN = 0.03  # of the width, left and right of the figure
_MARK_FROM = 0.82  # of the width: the sandbox writes its mark to the right of it
_STEP = 3 * _WIDE  # bytes of a row


def crop_of(image: Image.Image, part: float, *, live: bool = True) -> tuple[float, float] | None:
    """From where to where, 0 to 1, a tile shows that has room for `part` of the width; None where it has to
    show it all, as the figure is wider. Of one that is not `live` the mark is shown whole or not at all."""
    if part >= 1:
        return None
    left, right = figure_of(image)
    if right - left + 2 * _MARGIN > part:
        return None
    most = max(right + _MARGIN, 1.0 if live else _MARK_FROM)
    start = min(max(0.0, (left + right - part) / 2), max(0.0, most - part), 1 - part)
    return start, start + part


def figure_of(image: Image.Image) -> tuple[float, float]:
    """The figure's left and right end, 0 to 1: columns that differ from the ground beside and above it. All
    of the width where there is no even ground."""
    small = image.convert("RGB").resize((_WIDE, _HIGH), Image.Resampling.BOX)
    data = small.tobytes()
    rows = [[data[at : at + 3] for at in range(y * _STEP, (y + 1) * _STEP, 3)] for y in range(_HIGH)]
    filled = [x for x in range(_WIDE) if sum(_is_off(rows, x, y) for y in range(_HIGH)) >= _ROWS]
    return (filled[0] / _WIDE, (filled[-1] + 1) / _WIDE) if filled else (0.0, 1.0)


def _is_off(rows: Sequence[Sequence[bytes]], x: int, y: int) -> bool:
    ground = rows[y][1], rows[y][_WIDE - 2], rows[1][x]
    return all(_between(rows[y][x], colour) > _DIFFERENT for colour in ground)


def _between(one: bytes, other: bytes) -> int:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))
