"""The house's own papers agree with each other: versions, front matter, settings, commands."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

from tryon_core import JobState, vendors

HOUSE = Path(__file__).parent.parent
README = (HOUSE / "README.md").read_text()
FRONT = yaml.safe_load(README.split("---")[1])
MAKEFILE = (HOUSE / "Makefile").read_text()
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
COLOURS = {
    "red",
    "yellow",
    "green",
    "blue",
    "indigo",
    "purple",
    "pink",
    "gray",
}  # the Hub's configuration page
LONGEST_SHORT_DESCRIPTION = 60  # characters, the Hub's limit


def wanted(name: str) -> dict[str, Requirement]:
    lines = [line for line in (HOUSE / name).read_text().splitlines() if line and line[0] not in "#-"]
    return {(found := Requirement(line)).name.lower(): found for line in lines}


REQUIREMENTS, CONSTRAINTS = wanted("requirements.txt"), wanted("constraints.txt")


def exact(name: str) -> Version:
    return Version(str(CONSTRAINTS[name].specifier).removeprefix("=="))


def test_a_space_gets_the_gradio_that_was_exact() -> None:
    assert Version(FRONT["sdk_version"]) == exact("gradio")
    assert REQUIREMENTS["gradio"].specifier.contains(FRONT["sdk_version"])


OPTIONAL = wanted("requirements-dev.txt") | wanted("requirements-mcp.txt") | wanted("requirements-studio.txt")


@pytest.mark.parametrize("name", sorted(REQUIREMENTS | OPTIONAL))
def test_what_was_tested_is_within_what_is_required(name: str) -> None:
    asked = (REQUIREMENTS | OPTIONAL)[name]
    assert asked.specifier.contains(exact(name))


def test_a_space_runs_the_python_that_is_tested_here() -> None:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text())
    assert FRONT["python_version"] == project["tool"]["mypy"]["python_version"]
    assert (
        Version(FRONT["python_version"]) in Requirement(f"x{project['project']['requires-python']}").specifier
    )


def test_the_front_matter_is_what_spaces_accept() -> None:
    assert FRONT["sdk"] == "gradio" and (HOUSE / FRONT["app_file"]).is_file()
    assert {FRONT["colorFrom"], FRONT["colorTo"]} <= COLOURS
    assert len(FRONT["emoji"]) == 1 and not FRONT["emoji"].isascii()
    assert len(FRONT["short_description"]) <= LONGEST_SHORT_DESCRIPTION
    assert FRONT["header"] in ("mini", "default")
    assert "suggested_storage" not in FRONT  # that storage is gone: a bucket is mounted instead


def test_every_local_picture_and_file_that_the_readme_links_is_there() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)", README) if "://" not in link]
    assert links and [link for link in links if not (HOUSE / link).exists()] == []


def test_the_version_is_the_one_that_the_changelog_begins_with() -> None:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text())
    newest = re.search(r"^## (\S+)", (HOUSE / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert newest and project["project"]["version"] == newest[1]


VENDORS_SETTINGS = {
    setting
    for spec in vendors()
    for setting in (
        *(part.setting for part in spec.credentials),
        *(spec.base_url_setting, spec.trial_setting, spec.submits_setting, spec.suits_setting),
    )
    if setting
}


def settings_read() -> set[str]:
    """Every setting of ours that the program asks the environment for."""
    sources = [*HOUSE.glob("tryon_core/**/*.py"), HOUSE / "app.py"]
    ours = re.findall(r"\b(TRYON_[A-Z_]+|DBOS__VMID)\b", "".join(s.read_text() for s in sources))
    return VENDORS_SETTINGS | set(ours)


def test_every_setting_is_in_the_example_and_in_the_readme_and_no_other() -> None:
    example = set(re.findall(r"^([A-Z_]+)=", (HOUSE / ".env.example").read_text(), re.MULTILINE))
    assert settings_read() and settings_read() == example
    assert {name for name in example if name not in README} == set()
    prefixes = "|".join({name.partition("_")[0] for name in VENDORS_SETTINGS} | {"TRYON"})
    named = set(re.findall(rf"\b(?:{prefixes})_[A-Z_]+\b", README))
    assert named - example == set()


PAPERS = {
    name: (HOUSE / name).read_text() for name in ("README.md", "CONTRIBUTING.md", "docs/architecture.md")
}


@pytest.mark.parametrize(
    ("paper", "some"),
    [("README.md", {"run", "test", "space"}), ("CONTRIBUTING.md", {"run", "quick", "test"})],
)
def test_every_make_target_that_is_named_exists(paper: str, some: set[str]) -> None:
    named = set(re.findall(r"\bmake ([a-z]+)\b(?=`|\s{2,}|$)", PAPERS[paper], re.MULTILINE))
    assert some <= named <= TARGETS


@pytest.mark.parametrize("paper", ["README.md", "CONTRIBUTING.md"])
def test_every_module_that_is_run_exists(paper: str) -> None:
    named = re.findall(r"python -m ([a-z_.]+)", PAPERS[paper])
    assert named and [name for name in named if find_spec(name) is None] == []


TOP = ["tryon_core", "tryon_ui", "tryon_sandbox", "tryon_cli", "tests", "tools", "assets", "docs"]


@pytest.mark.parametrize("paper", PAPERS)
def test_every_file_that_is_named_exists(paper: str) -> None:
    named = set(re.findall(rf"(?<![\w/.])(?:{'|'.join(TOP)})/[\w./-]*", PAPERS[paper]))
    assert named and [name for name in named if not (HOUSE / name.rstrip(".")).exists()] == []


@pytest.mark.parametrize("paper", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_every_test_that_is_named_exists(paper: str) -> None:
    named = re.findall(r"(tests/[\w/]+\.py)::(test_\w+)", PAPERS[paper])
    assert named
    assert [test for file, test in named if f"def {test}(" not in (HOUSE / file).read_text()] == []


def test_the_house_in_the_readme_is_the_house() -> None:
    listed = README.partition("## The house")[2].split("```")[1]
    rooms = set(re.findall(r"^  (\w+)/", listed, re.MULTILINE))
    there = {path.parent.name for path in (HOUSE / "tryon_core").glob("*/__init__.py")}
    assert rooms == there
    assert [name for name in re.findall(r"^(\S+)", listed, re.MULTILINE) if not (HOUSE / name).exists()] == []


def test_every_state_of_a_job_is_in_the_architecture() -> None:
    states = PAPERS["docs/architecture.md"].partition("## The states of a job")[2].partition("\n## ")[0]
    assert {state for state in JobState if f"| `{state}` |" in states} == set(JobState)


def test_the_log_line_that_is_explained_has_what_a_log_line_has() -> None:
    section = PAPERS["CONTRIBUTING.md"].partition("## Read a log line")[2].partition("\n## ")[0]
    line = json.loads(section.split("```")[1].removeprefix("json"))
    explained = {name for cell in re.findall(r"^\| (`.+?) \|", section, re.MULTILINE) for name in words(cell)}
    assert line.keys() <= explained and explained - line.keys() == {"code"}


def words(cell: str) -> list[str]:
    return re.findall(r"`(\w+)`", cell)


def test_every_version_but_one_that_is_not_out_has_its_day() -> None:
    heads = re.findall(r"^## (.+)$", (HOUSE / "CHANGELOG.md").read_text(), re.MULTILINE)
    found = [re.fullmatch(r"(\d+\.\d+\.\d+) \((unreleased|\d{4}-\d\d-\d\d)\)", head) for head in heads]
    versions = [(Version(match[1]), match[2]) for match in found if match]
    assert len(versions) == len(heads) > 1
    assert versions == sorted(versions, reverse=True)
    assert "unreleased" not in [day for _, day in versions[1:]]


def test_every_command_of_the_makefile_is_declared_as_one() -> None:
    declared = re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    assert declared and sorted(declared[1].split()) == sorted(TARGETS)


def test_hosted_ci_and_ours_run_what_a_developer_runs() -> None:
    job = yaml.safe_load((HOUSE / ".github" / "workflows" / "ci.yml").read_text())["jobs"]["test"]
    commands = [step["run"] for step in job["steps"] if "run" in step]
    ours = (HOUSE / ".ci" / "run").read_text().splitlines()
    assert commands == ["make test"] and ours[-2:] == ["export CI=true", *commands]
    assert "test" in TARGETS


def test_hosted_ci_has_the_python_that_types_are_checked_for() -> None:
    steps = yaml.safe_load((HOUSE / ".github" / "workflows" / "ci.yml").read_text())["jobs"]["test"]["steps"]
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text())
    (version,) = [step["with"]["python-version"] for step in steps if "with" in step]
    assert version == project["tool"]["mypy"]["python_version"]


def test_the_quick_tests_leave_out_what_is_marked_and_the_whole_run_leaves_out_nothing() -> None:
    markers = tomllib.loads((HOUSE / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"][
        "markers"
    ]
    chosen = dict(
        re.findall(r"^([a-z]+):[^\n]*\n(?:\t[^\n]*\n)*?\t[^\n]*pytest [^\n]*-m \"?([^\"\n]+)", MAKEFILE, re.M)
    )
    names = [marker.partition(":")[0] for marker in markers]
    assert chosen["fast"] == " and ".join(f"not {name}" for name in names)
    assert {chosen["unit"], chosen["browser"]} == {"not browser", "browser"}
    assert len(re.findall(r"^\t.*pytest .* --ignore tests/browser ", MAKEFILE, re.M)) == 2
    assert len(re.findall(r"^\t.*pytest .* tests/browser -m browser$", MAKEFILE, re.M)) == 1
    marks = [
        path.parent for path in (HOUSE / "tests").rglob("*.py") if "pytest.mark.browser" in path.read_text()
    ]
    assert set(marks) == {HOUSE / "tests" / "browser", HOUSE / "tests"}  # by the place alone; and this file
    for parts in ("$(SIDE_BY_SIDE) check unit && $(MAKING) browser", "$(SIDE_BY_SIDE) check fast"):
        assert re.search(rf"^\t\$\(call timed,.*{re.escape(f'$(MAKING) {parts}')}\)$", MAKEFILE, re.M)
