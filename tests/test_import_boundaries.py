"""The walls of the house: who may know whom."""

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import tryon_core
from tryon_core import vendors

LONGEST_FILE = 300  # lines; a longer one is two things
HOUSE = Path(__file__).parent.parent
DOOR = HOUSE / "tryon_core" / "__init__.py"
ROOMS = ("tryon_core", "tryon_ui", "tryon_sandbox", "tryon_cli")
FORBIDDEN = {
    "tryon_core": {"gradio", "typer", "rich", "app", "tryon_ui", "tryon_sandbox", "tryon_cli", "tools"},
    "tryon_sandbox": {"gradio", "typer", "rich", "app", "tryon_core", "tryon_ui", "tryon_cli", "tools"},
    "tryon_ui": {"typer", "rich", "app", "tryon_sandbox", "tryon_cli", "tools"},
    "tryon_cli": {"gradio", "tryon_ui", "tryon_sandbox", "tools"},
}


def imports_of(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module


def modules(room: str) -> list[Path]:
    return sorted((HOUSE / room).rglob("*.py"))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_nothing_from_behind_its_walls(room: str) -> None:
    found = [
        f"{file.relative_to(HOUSE)}: {name}"
        for file in modules(room)
        for name in imports_of(file)
        if name.split(".")[0] in FORBIDDEN[room]
    ]
    assert modules(room) and found == []


def test_of_libraries_only_public_modules_are_imported() -> None:
    product = (file for room in ROOMS for file in modules(room))
    found = [
        f"{file.relative_to(HOUSE)}: {name}"
        for file in (*product, HOUSE / "app.py")
        for name in imports_of(file)
        if re.search(r"(^|\.)_(?!_)", name)
    ]
    assert found == []


def rooms_of(house: str) -> dict[str, set[str]]:
    """The folders and files right under a package, each with those that it imports from."""
    root, found = HOUSE / house, dict[str, set[str]]()
    before = f"{house.replace('/', '.')}."
    for file in modules(house):
        room = file.relative_to(root).with_suffix("").parts[0]
        inner = (name.removeprefix(before).split(".")[0] for name in imports_of(file) if before in name)
        found.setdefault(room, set()).update(other for other in inner if other != room)
    return found


@pytest.mark.parametrize(
    "house",
    ["tryon_core", "tryon_ui", "tryon_cli", "tryon_sandbox/renderer", "tryon_sandbox/renderer/garments"],
)
def test_no_two_rooms_of_a_package_lean_on_each_other(house: str) -> None:
    try:
        order = tuple(TopologicalSorter(rooms_of(house)).static_order())
    except CycleError as circle:
        pytest.fail(f"a circle: {' <- '.join(circle.args[1])}")
    assert len(order) > len(list((HOUSE / house).glob("*.py"))) / 2


def test_the_rooms_of_the_core_import_what_the_architecture_says() -> None:
    paper = (HOUSE / "docs" / "architecture.md").read_text()
    rows = re.findall(r"^\| `tryon_core/(\w+)/` \|.*\|([\w, ]*)\|$", paper, re.MULTILINE)
    said = {room: set(re.findall(r"\w+", others)) for room, others in rows}
    rooms = {path.parent.name for path in (HOUSE / "tryon_core").glob("*/__init__.py")}
    found = {room: others & rooms for room, others in rooms_of("tryon_core").items() if room in rooms}
    assert said == found


@pytest.mark.parametrize("front_end", ["tryon_ui", "tryon_cli"])
def test_a_front_end_uses_only_the_public_names_of_the_core(front_end: str) -> None:
    found = [
        f"{file.relative_to(HOUSE)}: {name}"
        for file in modules(front_end)
        for name in imports_of(file)
        if name.startswith("tryon_core.")
    ]
    assert found == []


def test_the_core_shows_the_names_that_it_imports_as_public_and_no_other() -> None:
    imports = [n for n in ast.parse(DOOR.read_text()).body if isinstance(n, ast.ImportFrom)]
    public = {alias.asname for node in imports for alias in node.names}
    modules_of_it = {path.stem for path in DOOR.parent.iterdir()}
    assert (
        public
        and {name for name in vars(tryon_core) if name[0] != "_"} - modules_of_it == public - modules_of_it
    )


def test_only_the_entry_sees_core_page_and_sandbox() -> None:
    seen = {name.split(".")[0] for name in imports_of(HOUSE / "app.py")}
    assert seen >= {"tryon_core", "tryon_ui", "tryon_sandbox"}


def test_the_command_line_knows_the_entry_in_one_file_and_that_imports_it_where_it_is_needed() -> None:
    knowing = [file for file in modules("tryon_cli") if "app" in imports_of(file)]
    assert [file.name for file in knowing] == ["__main__.py"]
    at_once = {
        node.names[0].name for node in ast.parse(knowing[0].read_text()).body if isinstance(node, ast.Import)
    }
    assert at_once and "app" not in at_once


def test_the_entry_imports_the_page_only_where_it_is_served() -> None:
    body = ast.parse((HOUSE / "app.py").read_text()).body
    at_once = {(node.module or "").split(".")[0] for node in body if isinstance(node, ast.ImportFrom)}
    assert "tryon_core" in at_once and "tryon_ui" not in at_once


VENDOR_NAMES = re.compile("|".join(spec.id for spec in vendors()), re.IGNORECASE)
# Where a vendor's name belongs: in its own folder, in the registry, and in what visitors read.
NAMED = ("tryon_core/vendors/registry.py", "tryon_ui/texts/", "tryon_ui/samples.py")
OWN = tuple(f"tryon_core/vendors/{spec.id}/" for spec in vendors())


@pytest.mark.parametrize("package", ["tryon_core", "tryon_ui", "tryon_cli"])
def test_no_vendor_is_named_outside_its_own_folder(package: str) -> None:
    found = [
        f"{name}: {line.strip()}"
        for file in modules(package)
        if not (name := str(file.relative_to(HOUSE))).startswith((*NAMED, *OWN))
        for line in file.read_text().splitlines()
        if re.search(rf"(?i)(?<![a-z])({VENDOR_NAMES.pattern})", line)
    ]
    assert found == []


def test_no_file_of_the_product_grows_long() -> None:
    lines = {
        str(file.relative_to(HOUSE)): len(file.read_text().splitlines())
        for package in ROOMS
        for file in modules(package)
    }
    assert {name: count for name, count in lines.items() if count > LONGEST_FILE} == {}
