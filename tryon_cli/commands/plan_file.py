"""The file of a collection: a CSV with a line for each garment.

Columns, in any order: `garment`, a file beside the CSV or an http(s) address; `bottom`, worn with it;
`article`, `name`. Columns whose names begin with `model` say on whom: names of the library, files or
addresses, several in one cell with semicolons between. A collection is every garment on every model, so a
line that names models names all of them; a line without any has them, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from tryon_cli.backends.backend import Refused
from tryon_cli.words import Words
from tryon_core import LONGEST_CSV, CsvLine, LongCell, NoCsv, csv_lines, is_link

KNOWN = ("garment", "bottom", "article", "name")


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
    """Reads the CSV, as spreadsheets write it. Raises `Refused`, which names the line."""
    try:
        heading, *lines = csv_lines(_content(words, file)) or _nothing(words)
    except OSError as error:
        raise Refused(words("no_plan", file=str(file))) from error
    except LongCell as error:
        raise Refused(words("plan_cell", line=error.line, most=error.most)) from error
    except NoCsv as error:
        raise Refused(words("plan_quote", line=error.line)) from error
    named = [name.strip().lower() for name in heading.cells]
    unknown = [name for name in named if name and name not in KNOWN and not name.startswith("model")]
    if "garment" not in named or unknown:
        raise Refused(words("plan_columns", found=tuple(named), columns=(*KNOWN, "model")))
    if twice := next((name for name in KNOWN if named.count(name) > 1), ""):
        raise Refused(words("plan_twice", column=twice))
    return _read(words, named, lines, file.parent)


def _content(words: Words, file: Path) -> bytes:
    """What is in the file, which may be one without an end."""
    with file.open("rb") as opened:
        content = opened.read(LONGEST_CSV + 1)
    if len(content) > LONGEST_CSV:
        raise Refused(words("plan_long", file=str(file), most=LONGEST_CSV))
    return content


def _nothing(words: Words) -> NoReturn:
    raise Refused(words("plan_empty"))


def _read(words: Words, named: Sequence[str], rows: Sequence[CsvLine], folder: Path) -> PlanFile:
    lines, models = [], tuple[str, ...]()
    for row in rows:
        told = [(name, cell.strip()) for name, cell in zip(named, row.cells, strict=False)]
        cells = {name: next((cell for column, cell in told if column == name), "") for name in KNOWN}
        if not cells["garment"]:
            raise Refused(words("plan_garment", line=row.number))
        garment, bottom = (_beside(folder, cells[name]) for name in ("garment", "bottom"))
        for place in (garment, bottom):
            if place and not is_link(place) and not Path(place).is_file():
                raise Refused(words("plan_file", line=row.number, file=place))
        lines.append(PlanLine(garment, bottom, cells["article"], cells["name"]))
        here = tuple(_models_in(told, folder))
        if here and models and set(here) != set(models):
            raise Refused(words("plan_models", line=row.number))
        models = models or here
    if not lines:
        raise Refused(words("plan_empty"))
    return PlanFile(tuple(lines), models)


def _models_in(told: Sequence[tuple[str, str]], folder: Path) -> Iterator[str]:
    for name, cell in told:
        if name.startswith("model"):
            typed = [part.strip() for part in cell.split(";")]
            yield from (_beside(folder, one) if (folder / one).is_file() else one for one in typed if one)


def _beside(folder: Path, typed: str) -> str:
    return typed if not typed or is_link(typed) else str(folder / typed)
