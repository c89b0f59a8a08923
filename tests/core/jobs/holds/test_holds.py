"""The list of what holds a submit back leads to what is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import tryon_core
from tryon_core.jobs import holds

CORE = Path(tryon_core.__file__).parent
LISTED = re.findall(r"`([\w/]+\.py): ([\w.]+(?:, [\w.]+)*)`", re.sub(r"\s+", " ", holds.__doc__ or ""))


def names_in(file: Path) -> Iterator[str]:
    """Functions, classes and values of a module, and methods and fields by `Class.name`."""
    for node in ast.parse(file.read_text()).body:
        yield from _names(node)
        for inner in getattr(node, "body", ()) if isinstance(node, ast.ClassDef) else ():
            yield from (f"{node.name}.{name}" for name in _names(inner))  # type: ignore[attr-defined]


def _names(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Assign(targets=targets):
            for target in targets:
                yield from (part.id for part in ast.walk(target) if isinstance(part, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name


def test_each_place_is_there() -> None:
    missing = [
        f"{file}: {name}"
        for file, names in LISTED
        for name in names.split(", ")
        if name not in set(names_in(CORE / file))
    ]
    assert len(LISTED) > 18 and missing == []


def test_whatever_refuses_a_click_for_money_or_keys_is_on_the_list() -> None:
    listed = {file for file, _ in LISTED}
    raising = {
        str(file.relative_to(CORE))
        for file in CORE.rglob("*.py")
        if re.search(r"raise (AllowanceSpent|OwnKeyNeeded|ConfirmationNeeded)\b", file.read_text())
    }
    assert raising and raising <= listed
