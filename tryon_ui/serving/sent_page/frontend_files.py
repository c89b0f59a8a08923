"""Which of the framework's files a page with these parts loads, read from the framework's own tables of them.

Its page finds them one after the other, each file naming the next ones. Known beforehand, the scripts are
all fetched at once, and the styles as one. Where a later version writes its tables otherwise, nothing is
found, and the page loads as the framework has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_ENTRY: Final = re.compile(r'src="\./assets/([^"]+\.js)"')
_BASE: Final = re.compile(r'rel="stylesheet"[^>]*href="\./assets/([^"]+\.css)"')
_TABLE: Final = re.compile(r"m\.f\|\|\(m\.f=\[([^\]]*)\]")
_IMPORT: Final = re.compile(
    r"import\(`\./([^`]+\.js)`\)(?:(?!import\().){0,80}?__vite__mapDeps\(\[([\d,]+)\]", re.DOTALL
)
_FRAME, _BODY, _TABLES = "Index-", "Blocks-", "core-"  # as the names of these files begin


@dataclass(frozen=True, slots=True)
class FrontendFiles:
    """Names of files in the framework's folder of assets; the styles in the order in which they apply, after
    `base`."""

    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    base: str = ""  # the style that the page itself names


def frontend_files(frontend: Path, kinds: Iterable[str]) -> FrontendFiles:
    """The files of a page with parts of these `kinds` (`html`, `radio`, …). `frontend` holds `index.html` and
    `assets`."""
    assets = frontend / "assets"
    page = (frontend / "index.html").read_text("utf-8")
    entry, base = _ENTRY.search(page), _BASE.search(page)
    if entry is None or base is None or not (assets / entry[1]).is_file():
        return FrontendFiles()
    found = [entry[1]]
    shell = _of_the_shell(assets, entry[1])
    for files in (*shell.values(), *_of_the_parts(assets, shell, kinds)):
        found += files
    there = [name for name in dict.fromkeys(found) if (assets / name).is_file()]
    return FrontendFiles(
        tuple(name for name in there if name.endswith(".js")),
        tuple(name for name in there if name.endswith(".css") and name != base[1]),
        base[1],
    )


def _of_the_shell(assets: Path, entry: str) -> dict[str, tuple[str, ...]]:
    """The files that every page loads beside its entry, each with all that it needs."""
    frame = _imports((assets / entry).read_text("utf-8"))
    body = (_imports((assets / name).read_text("utf-8")) for name in frame if name.startswith(_FRAME))
    blocks = {name: files for found in body for name, files in found.items() if name.startswith(_BODY)}
    return frame | blocks


def _of_the_parts(assets: Path, shell: Iterable[str], kinds: Iterable[str]) -> Iterable[tuple[str, ...]]:
    tables = [(assets / name).read_text("utf-8") for name in shell if name.startswith(_TABLES)]
    for text in tables:
        imported = _imports(text)
        for kind in kinds:
            part = re.search(
                rf"[,{{]{kind}:\{{(?:(?!\}},).)*?component:\(\)=>\w+\(\(\)=>import\(`\./([^`]+)`", text
            )
            if part is not None:
                yield imported.get(part[1], ())


def _imports(text: str) -> dict[str, tuple[str, ...]]:
    """Each file that a script loads when it is needed, with all that is loaded along."""
    table = _TABLE.search(text)
    if table is None:
        return {}
    names = [name.strip("\"'`").removeprefix("./") for name in table[1].split(",")]
    return {
        name: tuple(names[int(place)] for place in places.split(",") if int(place) < len(names))
        for name, places in _IMPORT.findall(text)
    }
