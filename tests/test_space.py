"""`make space`: what goes up to Hugging Face Spaces, with which commands, and what never does."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import requires
from pathlib import Path
from types import ModuleType

import pytest
from huggingface_hub.cli.hf import app as real_hf
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HOUSE = Path(__file__).parent.parent
KEPT = ("me/studio", "me/kept")


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_space", HOUSE / ".ci" / "space.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where dataclasses look for it
    spec.loader.exec_module(module)
    return module


space = load_script()


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Callable[[], list[str]]]:
    """Puts an `hf` on the path that notes its arguments and fails where it is told to."""

    def put(fails_on: str) -> Callable[[], list[str]]:
        log, command = tmp_path / "calls", tmp_path / "bin" / "hf"
        command.parent.mkdir()
        command.write_text(
            f'#!/bin/sh\necho "$*" >> {log}\ncase "$*" in {fails_on}) echo "told to fail"; exit 3;; esac\n'
        )
        command.chmod(0o755)
        log.touch()
        monkeypatch.setenv("PATH", f"{command.parent}{os.pathsep}{os.environ['PATH']}")
        return lambda: log.read_text().splitlines()

    return put


def begins(lines: list[str]) -> list[str]:
    return [" ".join(line.split()[:2]) for line in lines]


def test_a_space_and_its_bucket_are_made_mounted_told_of_and_filled(
    calls: Callable[[str], Callable[[], list[str]]], tmp_path: Path
) -> None:
    made = calls("never")
    assert space.main([*KEPT], tmp_path / "stage") == 0
    assert begins(made()) == [
        "auth whoami",
        "repos create",
        "buckets create",
        "spaces volumes",
        "spaces variables",
        "upload me/studio",
    ]
    assert "buckets create me/kept --private --exist-ok" in made()
    assert "spaces volumes set me/studio -v hf://buckets/me/kept:/data" in made()


def test_without_a_bucket_none_is_made_and_the_loss_is_told(
    calls: Callable[[str], Callable[[], list[str]]], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    made = calls("never")
    assert space.main(["me/studio", ""], tmp_path / "stage") == 0
    assert begins(made()) == ["auth whoami", "repos create", "upload me/studio"]
    assert "lose all jobs" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "fails_on", "asked"),
    [(["", ""], "never", []), (["me/studio", ""], '"auth whoami"', ["auth whoami"])],
)
def test_without_a_name_or_a_login_it_says_what_to_do_and_sends_nothing(
    arguments: list[str],
    fails_on: str,
    asked: list[str],
    calls: Callable[[str], Callable[[], list[str]]],
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    made = calls(fails_on)
    assert space.main(arguments, tmp_path / "stage") == 0
    said = capfd.readouterr().out
    assert made() == asked
    assert "hf upload" in said and "hf spaces secrets add" in said and "TRYON_DATA_DIR=/data" in said
    assert "TRYON_DATABASE_DIR=/tmp" in said


def test_the_first_command_that_fails_is_the_last(
    calls: Callable[[str], Callable[[], list[str]]], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    made = calls('"repos create"*')
    assert space.main([*KEPT], tmp_path / "stage") == 3
    assert begins(made()) == ["auth whoami", "repos create"]
    said = capfd.readouterr().out
    assert "told to fail" in said and "nothing after it was done" in said


@pytest.mark.parametrize("name", ["studio", "me/studio/x", "me/a b", "--token=x/y", "me/;ls"])
def test_what_is_no_name_is_refused_before_anything_is_called(
    name: str, calls: Callable[[str], Callable[[], list[str]]], tmp_path: Path
) -> None:
    made = calls("never")
    assert space.main([name, ""], tmp_path / "stage") == 2
    assert made() == [] and not (tmp_path / "stage").exists()


def brought_along(*names: str) -> Iterator[str]:
    """The packages that these bring along here, and themselves."""
    known, ahead = set[str](), list(names)
    while ahead:
        name = canonicalize_name(ahead.pop())
        if name not in known:
            known.add(name)
            yield name
            needs = map(Requirement, requires(name) or ())
            ahead += [one.name for one in needs if one.marker is None or one.marker.evaluate({"extra": ""})]


def test_only_what_runs_goes_up_at_the_versions_tested_together(tmp_path: Path) -> None:
    space.lay_out(HOUSE, tmp_path)
    laid = {path.relative_to(tmp_path) for path in tmp_path.rglob("*")}
    assert {str(path) for path in laid if len(path.parts) == 1} == {*space.PARTS, "requirements.txt"}
    assert [path for path in laid if any(part.startswith(".") for part in path.parts)] == []
    assert [path for path in laid if path.suffix == ".pyc" or "tests" in path.parts] == []
    tested = (HOUSE / "constraints.txt").read_text().splitlines()
    pins = (tmp_path / "requirements.txt").read_text().splitlines()
    assert [pin for pin in pins if pin not in tested] == []
    names = {canonicalize_name(pin.partition("==")[0]) for pin in pins}
    wanted = [
        Requirement(line).name
        for line in (HOUSE / "requirements.txt").read_text().splitlines()
        if line[0] != "#"
    ]
    assert names >= set(brought_along(*wanted)) >= {"starlette", "uvicorn", "fastapi"}
    assert "pytest" not in names and not {canonicalize_name(one) for one in brought_along("mcp")} & (
        names - set(brought_along(*wanted))
    )


def test_what_was_laid_out_before_and_is_no_part_any_more_is_gone(tmp_path: Path) -> None:
    (tmp_path / "stage").mkdir()
    (tmp_path / "stage" / "old.py").touch()
    space.lay_out(HOUSE, tmp_path / "stage")
    assert not (tmp_path / "stage" / "old.py").exists()


def test_every_command_is_one_that_the_real_hf_understands(tmp_path: Path) -> None:
    secrets = [part for name in space.secrets_of(HOUSE) for part in ("-s", name)]
    limits = [part for value in space.LIMITS for part in ("-e", value)]
    told = [step.arguments for step in space.steps_for(*KEPT, tmp_path)] + [
        ("spaces", "secrets", "add", "me/studio", *secrets),
        ("spaces", "variables", "add", "me/studio", *limits),
        ("repos", "settings", "me/studio", "--type", "space", "--protected"),
    ]
    for arguments in told:
        understood(list(arguments))


def understood(arguments: list[str]) -> None:
    """Lets the real command's parser read the arguments, without running it."""
    command, rest = real_hf, arguments
    while hasattr(command, "commands"):
        context = command.make_context("hf", rest, resilient_parsing=True)
        _, command, rest = command.resolve_command(context, rest)
        assert command is not None
    command.make_context("hf", rest).close()


def test_make_space_says_how_and_shows_no_secret() -> None:
    env = {**os.environ, "AIDGE_APP_SECRET": "sentinel-7d1", "HF_TOKEN": "", "SPACE": "", "BUCKET": ""}
    done = subprocess.run(
        ["make", "space"], cwd=HOUSE, env=env, capture_output=True, text=True, timeout=60, check=True
    )
    assert "make space SPACE=user/name" in done.stdout
    secrets = "AIDGE_APP_KEY -s AIDGE_APP_SECRET -s AILAB_API_KEY -s TRYON_STATE_SECRET"
    assert f"hf spaces secrets add user/name -s {secrets}\n" in done.stdout
    assert "sentinel-7d1" not in done.stdout + done.stderr
