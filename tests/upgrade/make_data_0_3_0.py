"""Makes the stored data folder of 0.3.0 again: `python -m tests.upgrade.make_data_0_3_0 CHECKOUT`.

CHECKOUT is a folder with that version's files, such as `git worktree add build/0.3.0 f0149e1` lays out. Its
code makes the jobs, in processes that see nothing of today's, and is killed while some run. Takes a minute,
and writes `data-0.3.0/` beside this file: the folder as it was left, packed, and the list of its jobs.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.upgrade.vendors import settings_of

HERE = Path(__file__).resolve().parent
OUTCOME = HERE / "data-0.3.0"
PATIENCE_S = 300.0
MADE_AT = 1_760_000_000.0  # Unix seconds in the stored data: long past on every machine that will open it


def environment(checkout: Path) -> dict[str, str]:
    """Only what is needed: no setting of the one who runs this may find its way into the data."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    return {**kept, "PYTHONPATH": str(checkout), "PYTHONDONTWRITEBYTECODE": "1"}


@contextmanager
def vendors(checkout: Path, data: Path, ago_s: float) -> Iterator[int]:
    """The old version's copy of the live vendor as a process of its own; its port."""
    command = [sys.executable, str(HERE / "vendors.py"), str(data), str(ago_s)]
    env = environment(checkout)
    with subprocess.Popen(command, cwd=checkout, env=env, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield int(process.stdout.readline())
        finally:
            process.kill()


def run(checkout: Path, listed: Path, settings: dict[str, str], *arguments: str) -> int:
    command = [sys.executable, str(HERE / "old_jobs.py"), str(listed), *arguments]
    env = {**environment(checkout), **settings}
    return subprocess.run(command, cwd=checkout, env=env, timeout=PATIENCE_S, check=False).returncode


def pack(data: Path, target: Path) -> None:
    """The whole folder: the database's log goes with it, and the secret, which signs nothing else."""
    with tarfile.open(target, "w:xz", preset=9) as archive:
        archive.add(data, "data", filter=_nobodys)


def _nobodys(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def main() -> None:
    checkout = Path(sys.argv[1]).resolve()
    ago_s = time.time() - MADE_AT
    OUTCOME.mkdir(exist_ok=True)
    with TemporaryDirectory() as temporary:
        data, listed = Path(temporary) / "data", Path(temporary) / "jobs.json"
        with vendors(checkout, data, ago_s) as port:
            settings = settings_of(data, port)
            for part, end in (("first", 0), ("last", -signal.SIGKILL)):
                if (ended := run(checkout, listed, settings, part, str(ago_s))) != end:
                    raise SystemExit(f"the {part} process ended with {ended}")
        pack(data, OUTCOME / "data.tar.xz")
        (OUTCOME / "jobs.json").write_text(listed.read_text())


if __name__ == "__main__":
    main()
