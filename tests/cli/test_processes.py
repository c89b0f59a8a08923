"""The command line as processes: README's lines, in a terminal and in a pipe; ended, and resumed."""

from __future__ import annotations

import os
import pty
import re
import select
import shlex
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.browser.conftest import HOUSE
from tests.cli.quick import NOTHING_LEFT, SLOW, Cli, Ran
from tests.fork_server import Process, forked

pytestmark = pytest.mark.slow
PATIENCE_S = 60.0
PROGRAM = ".venv/bin/python -m tryon_cli "
README = (HOUSE / "README.md").read_text()
EVERY_LINE = [
    line.partition("#")[0].removeprefix(PROGRAM).strip()
    for line in README.replace("\\\n", "").splitlines()
    if line.startswith(PROGRAM)
]
LINES = [line for line in EVERY_LINE if "--server" not in line]
PLAN = re.search(r"```csv\n(.*?)```", README, re.DOTALL)
HOODIE = str(HOUSE / "assets" / "garments" / "hoodie.jpg")
TRY_ON = ("try-on", HOODIE, "--model", "James", "--model", "Ariel", "--count", "2", "--out")


class House:
    """A folder with the studio's samples in it, where commands are run."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.out = folder, folder / "pictures"
        self.cli = Cli(folder / "data")

    def env(self, **more: str) -> dict[str, str]:
        keep = {
            k: v for k, v in os.environ.items() if not k.startswith(("AIDGE_", "AILAB_", "TRYON_", "LC_"))
        }
        own = {
            "TRYON_DATA_DIR": str(self.folder / "data"),
            "LANG": "C.UTF-8",
            "TERM": "xterm",
            "COLUMNS": "100",
        }
        return {**keep, **own, **more}

    def begun(self, *arguments: str, **more: str) -> Piped:
        """A command whose output goes into a file, as into a pipe."""
        return Piped(self.folder / f"said-{time.monotonic_ns()}", arguments, self.env(**more))

    def submits(self) -> int:
        return self.cli.submits()

    def pictures(self) -> list[str]:
        return sorted(file.name for file in self.out.iterdir()) if self.out.exists() else []


class Piped:
    """A command that runs, and what it has said so far."""

    def __init__(self, log: Path, arguments: tuple[str, ...], env: dict[str, str]) -> None:
        self._log = log
        with log.open("wb") as file:
            self.process: Process = forked(command(*arguments), env, file)

    def ended(self) -> int:
        return self.process.wait(PATIENCE_S)

    def said(self) -> str:
        return self._log.read_text()


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "tests.cli.quick", *arguments]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def until(seen: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not seen():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)


@contextmanager
def terminal() -> Iterator[tuple[int, int]]:
    """Both ends of a pseudo-terminal."""
    ours, theirs = pty.openpty()
    try:
        yield ours, theirs
    finally:
        os.close(ours)


def seen_in_terminal(arguments: list[str], env: dict[str, str]) -> tuple[int, str]:
    """What a command that runs in a terminal answers and shows there."""
    with terminal() as (ours, theirs):
        with os.fdopen(theirs, "wb") as screen:
            process = forked(command(*arguments), env, screen)
        shown = b""
        while select.select([ours], [], [], PATIENCE_S)[0]:
            try:
                shown += os.read(ours, 65536)
            except OSError:  # nobody has the other end any more
                break
        return process.wait(PATIENCE_S), shown.decode()


def test_the_readme_has_lines_to_run() -> None:
    assert {shlex.split(line)[0] for line in LINES} >= {"try-on", "refine", "jobs", "resume", "collection"}
    assert PLAN


def as_they_stand(house: House) -> Iterator[list[str]]:
    """README's lines, its folder and its plan in a place of their own."""
    (house.folder / "assets").symlink_to(HOUSE / "assets")
    assert PLAN
    (house.folder / "plan.csv").write_text(PLAN[1])
    places = {"pictures/": str(house.out), "plan.csv": str(house.folder / "plan.csv")}
    for line in LINES:
        yield [places.get(word, word) for word in shlex.split(line)]


def in_a_pipe(house: House, arguments: list[str]) -> tuple[int, str]:
    ran = house.begun(*arguments)
    return ran.ended(), ran.said()


def in_a_terminal(house: House, arguments: list[str]) -> tuple[int, str]:
    return seen_in_terminal(arguments, house.env())


@pytest.mark.parametrize(("run", "draws"), [(in_a_pipe, False), (in_a_terminal, True)])
def test_every_line_of_the_readme_runs_as_it_stands(
    house: House, run: Callable[[House, list[str]], tuple[int, str]], draws: bool
) -> None:
    for arguments in as_they_stand(house):
        code, said = run(house, arguments)
        assert code == 0, said
        assert ("\x1b[" in said) is draws
    assert house.submits() >= 7
    made = {"hoodie-ariel-1.png", "hoodie-james-2.png", "coarse-refined-1.png"}
    assert made <= set(house.pictures()) and sum(name.startswith("4711_") for name in house.pictures()) == 4


def test_in_a_terminal_there_are_bars_with_stage_time_and_what_is_usual(house: House) -> None:
    arguments = ["try-on", HOODIE, "--count", "1", "--again", "--out", str(house.out)]
    for _ in range(3):  # of three, the usual time is known
        assert house.cli(*arguments).code == 0
    code, shown = seen_in_terminal(arguments, house.env())
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)
    assert code == 0 and "\x1b[" in shown
    assert re.search(r"Hoodie on James +━+ +(Sending|Queued|Generating) +0:\d\d +usually \d", text)
    assert re.search(r"Saved in 0:\d\d  Hoodie on James  1 of 1  sandbox  [0-9a-f]{12}", text)


@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_command_says_how_to_go_on_and_that_goes_on(
    house: House, sign: signal.Signals, code: int
) -> None:
    first = house.begun(*TRY_ON, str(house.out), **{SLOW: "2"})
    until(lambda: house.pictures())
    first.process.send_signal(sign)
    assert first.ended() == code
    assert re.search(r"[12] jobs? not ended: .* python -m tryon_cli resume\n", first.said())

    second = house.cli("resume")
    assert (second.code, second.err, house.submits()) == (0, "", 2)
    assert house.pictures() == [f"hoodie-{name}-{at}.png" for name in ("ariel", "james") for at in (1, 2)]
    assert house.cli("resume") == Ran(0, "", NOTHING_LEFT)


@pytest.mark.parametrize("moment", ["studio.sqlite", "sandbox/tasks/*", "jobs/*/pictures/*"])
def test_a_killed_command_is_resumed_and_nothing_is_sent_twice(house: House, moment: str) -> None:
    kept = house.cli.kept
    first = house.begun(*TRY_ON, str(house.out), **{SLOW: "1"})
    until(lambda: list(kept.glob(moment)))
    first.process.kill()
    first.ended()
    resumed = house.cli("resume", "--out", str(house.out))
    states = Counter(job["state"] for job in house.cli("jobs", "--json").objects)
    # Killed between a request and its answer, a job is not certain, and is not sent again.
    assert states.keys() <= {"succeeded", "uncertain"} and resumed.code == (6 if states["uncertain"] else 0)
    assert len(house.pictures()) == 2 * states["succeeded"] and house.submits() <= 2


def test_a_collection_that_is_killed_is_resumed_with_one_job_for_each_cell(house: House) -> None:
    tee = HOODIE.replace("hoodie", "tee")
    plan = f"article,garment,model\n4711,{HOODIE},James; Ariel\n4712,{tee},\n"
    (house.folder / "plan.csv").write_text(plan)
    line = ("collection", str(house.folder / "plan.csv"), "--count", "1", "--out", str(house.out))
    first = house.begun(*line, **{SLOW: "1"})
    until(lambda: list(house.cli.kept.glob("jobs/*/pictures/*")))
    first.process.kill()
    first.ended()
    resumed = house.cli("resume")
    states = Counter(job["state"] for job in house.cli("jobs", "--json").objects)
    assert states.keys() <= {"succeeded", "uncertain"} and states.total() == 4 >= house.submits()
    assert resumed.code == (6 if states["uncertain"] else 0)
    assert len(house.pictures()) == states["succeeded"]


def test_it_starts_without_the_page(house: House) -> None:
    code = (
        "import sys, tryon_cli.__main__ as cli, app;"
        "sys.exit(sorted({n.split('.')[0] for n in sys.modules} & {'gradio', 'tryon_ui'}).__repr__())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=HOUSE, env=house.env(), capture_output=True, text=True, check=False
    )
    assert ran.stderr == "[]\n"


@pytest.mark.parametrize("lost", [">&-", ">/dev/full"])
def test_a_process_whose_output_takes_nothing_says_so_and_answers_with_seven(house: House, lost: str) -> None:
    line = shlex.join(command("--help"))
    ran = subprocess.run(
        ["sh", "-c", f"exec {line} {lost}"],
        env=house.env(),
        stderr=subprocess.PIPE,
        text=True,
        timeout=PATIENCE_S,
    )
    assert ran.returncode == 7 and ran.stderr.count("\n") == 1
    assert ran.stderr.startswith("What is to be told cannot be written: ")


def test_what_is_opened_takes_no_place_of_a_standard_file_that_was_closed() -> None:
    take = "from tryon_cli.outputs import take_standard_places as take; take()"
    asked = f"{take}; print(open('/dev/zero').fileno())"
    line = shlex.join([sys.executable, "-c", asked])
    ran = subprocess.run(
        ["sh", "-c", f"exec {line} <&- 2>&-"], capture_output=True, text=True, timeout=PATIENCE_S
    )
    assert ran.returncode == 0 and int(ran.stdout) >= 3
