"""A list of garments as spreadsheets write it: CSV with any separator and line end that they have."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from tryon_core.collections.text_encoding import decoded

LONGEST_CSV: Final = 2_000_000  # bytes: ten thousand garments with a link each
_LONGEST_CELL: Final = csv.field_size_limit()  # characters that its reader takes
_SEPARATORS: Final = ",;\t"
_HINT: Final = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)  # Excel's own first line, which is no heading
_END: Final = ["\0"]  # a line put behind the last one: a record by itself, unless a quotation swallowed it
# What spreadsheets take for the beginning of a formula; behind an apostrophe they take it for text.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_TEXT: Final = "'"


class NoCsv(ValueError):
    """What was given is not CSV: a quotation never ends. `line` is where it begins, as far as is known."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


class LongCell(NoCsv):
    """A cell is longer than is read; `most` are the characters that it may have."""

    most = _LONGEST_CELL


@dataclass(frozen=True, slots=True)
class CsvLine:
    """The cells of one record, and the line of the file that it begins on, from 1."""

    number: int
    cells: tuple[str, ...]


def guarded(text: str) -> str:
    """A cell of which no spreadsheet makes a formula; `csv_lines` gives it back as it was."""
    return f"{_TEXT}{text}" if text.startswith(_FORMULA) else text


def csv_lines(data: bytes) -> tuple[CsvLine, ...]:
    """Every record that has anything in it, the headings first. Raises `NoCsv` or `OtherEncoding`."""
    text = decoded(data)
    hint = _HINT.match(text)
    start = text[hint.end() :] if hint else text
    lines = chain(io.StringIO(start, newline=""), _END)
    reader = csv.reader(lines, delimiter=hint[1] if hint else _separator(start))
    found, skipped, begins = [], 1 if hint else 0, 1
    try:
        for cells in reader:
            found.append(CsvLine(begins + skipped, tuple(map(_as_it_was, cells))))
            begins = reader.line_num + 1
    except csv.Error:
        raise _long(start, begins)(begins + skipped) from None
    if (last := found.pop()).cells != tuple(_END):
        raise NoCsv(last.number)
    return tuple(line for line in found if any(cell.strip() for cell in line.cells))


def _as_it_was(cell: str) -> str:
    bare = cell.removeprefix(_TEXT)
    return bare if bare.startswith(_FORMULA) else cell


def _long(text: str, begins: int) -> type[NoCsv]:
    """What is wrong with the record from this line on, which the reader gave up as too long: it says the same
    of a long cell and of a quotation without an end, which swallows all lines behind it."""
    rest = "".join(islice(io.StringIO(text, newline=""), begins - 1, None))
    return NoCsv if rest.count('"') % 2 else LongCell


def _separator(text: str) -> str:
    """The sign that most often stands in the first line that has any; a comma where none does."""
    lines = (line for line in text.splitlines() if line.strip())
    return max(_SEPARATORS, key=next(lines, "").count)
