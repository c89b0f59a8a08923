"""The file of a collection: a CSV with a line for each garment.

Its columns are those that the page reads, too: `list_columns` of the core. A picture is a file beside the CSV
or an http(s) address. Columns of models say on whom: names of the library, files or addresses, several in one
cell with semicolons between. A collection is every garment on every model, so a line that names models names
all of them; a line without any has them, too. Other columns are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from tryon_cli.backends.backend import Refused
from tryon_cli.words import Words
from tryon_core import (
    LONGEST_CSV,
    MOST_TOLD,
    CsvLine,
    ListColumn,
    ListColumns,
    LongCell,
    NoCsv,
    OtherEncoding,
    csv_lines,
    is_link,
    list_columns,
)


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One garment; pictures as they are to be read from where the command runs."""

    garment: str
    bottom: str
    article: str
    name: str


@dataclass(frozen=True, slots=True)
class PlanFile:
    """All garments in order, and the models that lines name."""

    lines: tuple[PlanLine, ...]
    models: tuple[str, ...]


def read_plan(words: Words, file: Path) -> PlanFile:
    """Reads the CSV, as spreadsheets write it. Raises `Refused`, which names every line that is wrong."""
    try:
        heading, *lines = csv_lines(_content(words, file)) or _nothing(words)
    except OSError as error:
        raise Refused(words("no_plan", file=str(file))) from error
    except OtherEncoding as error:
        seems = error.found or words("no_encoding")
        raise Refused(words("plan_encoding", file=str(file), found=seems)) from error
    except LongCell as error:
        raise Refused(words("plan_cell", line=error.line, most=error.most)) from error
    except NoCsv as error:
        raise Refused(words("plan_quote", line=error.line)) from error
    columns = list_columns(heading.cells)
    if ListColumn.GARMENT not in columns.kinds:
        raise Refused(words("plan_columns", found=heading.cells, columns=tuple(ListColumn)))
    if columns.twice:
        raise Refused(words("plan_twice", column=columns.twice.strip()))
    return _read(words, columns, lines, file.parent)


def _content(words: Words, file: Path) -> bytes:
    """What is in the file, which may be one without an end."""
    with file.open("rb") as opened:
        content = opened.read(LONGEST_CSV + 1)
    if len(content) > LONGEST_CSV:
        raise Refused(words("plan_long", file=str(file), most=LONGEST_CSV))
    return content


def _nothing(words: Words) -> NoReturn:
    raise Refused(words("plan_empty"))


def _read(words: Words, columns: ListColumns, rows: Sequence[CsvLine], folder: Path) -> PlanFile:
    lines, models, faults = list[PlanLine](), tuple[str, ...](), list[str]()
    for row in rows:
        told = {kind: columns.cell(row.cells, kind) for kind in ListColumn}
        garment, bottom = (_beside(folder, told[kind]) for kind in (ListColumn.GARMENT, ListColumn.BOTTOM))
        named = columns.models(row.cells)
        here = tuple(_beside(folder, one) if (folder / one).is_file() else one for one in named)
        faults += _faults(words, row.number, garment, bottom)
        if here and models and set(here) != set(models):
            faults.append(words("plan_models", line=row.number))
        lines.append(PlanLine(garment, bottom, told[ListColumn.ARTICLE], told[ListColumn.NAME]))
        models = models or here
    if faults:
        raise Refused(_together(words, faults))
    if not lines:
        raise Refused(words("plan_empty"))
    return PlanFile(tuple(lines), models)


def _faults(words: Words, line: int, garment: str, bottom: str) -> Iterator[str]:
    """What is wrong with the pictures of a line."""
    if not garment:
        yield words("plan_garment", line=line)
    for place in (garment, bottom):
        if place and not is_link(place) and not Path(place).is_file():
            yield words("plan_file", line=line, file=place)


def _together(words: Words, faults: Sequence[str]) -> str:
    """All of them in one text; of many the first, and how many more."""
    more = len(faults) - MOST_TOLD
    rest = [words("plan_more", count=more)] if more > 0 else []
    return " ".join((*faults[:MOST_TOLD], *rest))


def _beside(folder: Path, typed: str) -> str:
    return typed if not typed or is_link(typed) else str(folder / typed)
