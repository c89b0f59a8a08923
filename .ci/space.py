"""Puts this app on Hugging Face Spaces, or says how: `make space`, see the README.

What belongs on a Space is laid out in build/space. With a name, and with an `hf` command that is logged in,
it goes up from there; otherwise the commands are told. No secret passes through here: the ones that a Space
needs are named, and set by `hf` itself or on the settings page.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).parent.parent
STAGE = HOUSE / "build" / "space"  # beside it nothing of the house is uploaded: no data, no .env, no tests
# Large, and of no use where nothing is tested.
TESTS_ONLY = (
    *("pytest", "pytest-xdist", "hypothesis", "mypy", "ruff"),
    *("playwright", "axe-playwright-python", "ailabtools-sdk"),
)
# What serves agents, with what it brings along: every start would take longer, and nothing else needs it.
AGENTS_ONLY = (
    *("mcp", "sse-starlette", "httpx-sse", "PyJWT", "cryptography", "cffi", "pycparser"),
    *("jsonschema", "jsonschema-specifications", "referencing", "rpds-py", "attrs"),
)
PARTS = (
    "app.py",
    "tryon_core",
    "tryon_ui",
    "tryon_sandbox",
    "assets",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
)
MOUNT = "/data"
DISK = "/tmp/try-on-studio"  # a database is no work for a mounted bucket: it gets a copy
NAME = re.compile(r"\w[\w.-]*/\w[\w.-]*")
SECRET = re.compile(r"^([A-Z_]+_(?:KEY|SECRET|TOKEN))=", re.MULTILINE)
LIMITS = ("TRYON_DAILY_PICTURES=50", "TRYON_DAILY_PICTURES_PER_VISITOR=8")


@dataclass(frozen=True)
class Step:
    """One `hf` command, and what it does."""

    why: str
    arguments: tuple[str, ...]

    def __str__(self) -> str:
        return f"  # {self.why}\n  {shlex.join(('hf', *self.arguments))}"


def main(arguments: list[str], stage: Path = STAGE) -> int:
    """Takes the Space's name and, if wanted, its bucket's. Returns the exit code of the command."""
    space, bucket = (*arguments, "", "")[:2]
    if wrong := [name for name in (space, bucket) if name and not NAME.fullmatch(name)]:
        return say(f"{wrong[0]!r} is no name of a Space or bucket: it has the form user/name.", code=2)
    lay_out(HOUSE, stage)
    say(f"What belongs on the Space is laid out in {stage}.\n")
    hf = shutil.which("hf") or shutil.which("hf", path=str(HOUSE / ".venv/bin"))
    if missing := what_is_missing(space, hf):
        return tell(missing, space, bucket, stage)
    return do(str(hf), space, bucket, stage)


def what_is_missing(space: str, hf: str | None) -> str:
    """Why nothing can be uploaded now, in words; empty when it can."""
    if not space:
        return "To upload it, name the Space: make space SPACE=user/name [BUCKET=user/name]"
    if hf is None:
        return "There is no `hf` command here: pip install huggingface_hub, or make run once."
    if subprocess.run([hf, "auth", "whoami"], capture_output=True, check=False).returncode:
        return "The `hf` command is not logged in: hf auth login, with a token that may write."
    return ""


def tell(missing: str, space: str, bucket: str, stage: Path) -> int:
    """The "says" form: nothing is sent."""
    steps = list(steps_for(space or "user/name", bucket or "user/name", stage))
    say(missing, "\nThen `make space` does this, or you do it by hand:\n", *map(str, steps))
    return say(after(space or "user/name", bucket))


def do(hf: str, space: str, bucket: str, stage: Path) -> int:
    """Runs the steps and stops at the first that fails."""
    for step in steps_for(space, bucket, stage):
        say(str(step))
        code = subprocess.run([hf, *step.arguments], cwd=HOUSE, check=False).returncode
        if code:
            return say(f"\nThat did not work, and nothing after it was done ({code}).", code=code)
    return say(after(space, bucket))


def steps_for(space: str, bucket: str, stage: Path) -> Iterator[Step]:
    """What has to be done, in order; every step may be done again."""
    create = ("repos", "create", space, "--type", "space", "--sdk", "gradio", "--public", "--exist-ok")
    yield Step("The Space; to make a new one takes a paid plan of Hugging Face's", create)
    if bucket:
        volume = f"hf://buckets/{bucket}:{MOUNT}"
        yield Step(
            "A private bucket that keeps jobs and pictures",
            ("buckets", "create", bucket, "--private", "--exist-ok"),
        )
        yield Step(
            "Mounts it; takes the place of other volumes", ("spaces", "volumes", "set", space, "-v", volume)
        )
        told = (f"TRYON_DATA_DIR={MOUNT}", f"TRYON_DATABASE_DIR={DISK}")
        variables = (part for variable in told for part in ("-e", variable))
        yield Step(
            "Tells the app where to keep and where to work",
            ("spaces", "variables", "add", space, *variables),
        )
    stale = (part for name in PARTS if (HOUSE / name).is_dir() for part in ("--delete", f"{name}/*"))
    files = ("upload", space, str(stage), ".", "--type", "space", "--commit-message", "Try-On Studio")
    yield Step("The files; the Space builds and starts", (*files, *stale))


def after(space: str, bucket: str) -> str:
    """What only the operator can do."""
    settings = f"https://huggingface.co/spaces/{space}/settings"
    secrets = shlex.join(part for name in secrets_of(HOUSE) for part in ("-s", name))
    limits = shlex.join(part for value in LIMITS for part in ("-e", value))
    lost = "" if bucket else NO_BUCKET
    return AFTER.format(settings=settings, space=space, secrets=secrets, limits=limits, lost=lost)


def secrets_of(house: Path) -> list[str]:
    """The settings that are a key or a secret by their names, of every vendor that there is."""
    return SECRET.findall((house / ".env.example").read_text())


def lay_out(house: Path, stage: Path) -> None:
    """A fresh folder with what belongs on a Space, its requirements at the versions tested together."""
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    for name in PARTS:
        if (house / name).is_dir():
            shutil.copytree(house / name, stage / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        else:
            shutil.copyfile(house / name, stage / name)
    (stage / "requirements.txt").write_text(pinned((house / "constraints.txt").read_text()))


def pinned(constraints: str) -> str:
    """Everything at its tested version, what the requirements bring along too: a Space reads requirements.txt
    alone, and the guard knows the insides of the server under the page."""
    left_out = {*TESTS_ONLY, *AGENTS_ONLY}
    return "".join(f"{line}\n" for line in constraints.split() if line.partition("==")[0] not in left_out)


def say(*lines: str, code: int = 0) -> int:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
    return code


NO_BUCKET = """
Without BUCKET=user/name a restart, a rebuild and a sleep lose all jobs and pictures. Tasks that a vendor
was already paid for go on there: pick them up by task id in My jobs.
"""
AFTER = """
Left for you, on {settings} or with `hf`:

  # Secrets, each only if you have it; the values are read from your shell's environment.
  # Without a vendor's key the Space runs that vendor on the sandbox.
  hf spaces secrets add {space} {secrets}
  # How far visitors may use your keys. Without the first, or TRYON_AUTH among the secrets, not at all.
  hf spaces variables add {space} {limits}

The app finds its own address. A private Space works for you alone, and Aidge cannot fetch pictures from it:
public, or protected (hf repos settings {space} --type space --protected), is what live use needs.
{lost}"""

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
