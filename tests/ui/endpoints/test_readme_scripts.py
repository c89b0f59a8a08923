"""The programs in README, as they stand there: only the address is that of the app under test."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ui.conftest import Start
from tryon_ui.serving.gate.allowed_paths import ENDPOINTS

HOUSE = Path(__file__).parent.parent.parent.parent
README = (HOUSE / "README.md").read_text()
WRITTEN = "http://127.0.0.1:7860"
Run = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def url(start: Start) -> str:
    return start(tools=True)


def program(heading: str) -> str:
    (found,) = re.findall(r"^```python\n(.+?)^```$", section(heading), re.MULTILINE | re.DOTALL)
    return str(found)


def section(heading: str) -> str:
    return README.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


@pytest.fixture
def run(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    (tmp_path / "assets").symlink_to(HOUSE / "assets")
    monkeypatch.chdir(tmp_path)

    def run(heading: str) -> list[str]:
        """Runs the program under a heading; gives the lines that it prints."""
        source = program(heading)
        assert source.count(WRITTEN) == 1
        exec(compile(source.replace(WRITTEN, url), heading, "exec"), {"__name__": "__main__"})
        return capfd.readouterr().out.splitlines()

    return run


def test_the_script_says_its_job_and_gets_its_pictures(run: Run, tmp_path: Path) -> None:
    lines = run("From a script")
    assert re.fullmatch(r"job \S{20,}", lines[-5]) and lines[-4] == "succeeded"
    assert [Path(line).is_file() for line in lines[-2:]] == [True, True]
    assert (tmp_path / "identity.txt").stat().st_mode & 0o777 == 0o600


def test_the_agent_lists_the_tools_and_gets_its_pictures(run: Run, url: str) -> None:
    *tools, state, first, second = run("From an agent")
    assert [line.split()[0] for line in tools] == list(ENDPOINTS)
    assert "again" in tools[0].split() and state == "succeeded"
    assert first.startswith(url) and second.startswith(url)
