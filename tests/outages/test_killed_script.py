"""A script's process is killed amid its job, and started again: it finds its job and buys nothing twice."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import HOUSE
from tests.outages.conftest import StartApp
from tests.outages.script import PATIENCE_S, Vendors

pytestmark = pytest.mark.slow
# As README's script: one key for all its lives, kept in a file; says what it hears, a line each.
SCRIPT = """
import json, sys
from pathlib import Path
from gradio_client import Client, handle_file
url, garment, kept, way = sys.argv[1:]
key = Path(kept)
if not key.exists():
    key.write_text(Client(url, verbose=False).predict(api_name="/identity"))
headers = {"x-tryon-identity": key.read_text()} if way == "header" else None
given = {"identity": key.read_text()} if way == "parameter" else {}
client = Client(url, verbose=False, headers=headers)
print(json.dumps([job["id"] for job in client.predict(**given, api_name="/jobs")]), flush=True)
for _, job in client.submit(handle_file(garment), count=2, **given, api_name="/tryon"):
    print(json.dumps(job), flush=True)
"""


@contextmanager
def script(url: str, garment: Path, kept: Path, way: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", SCRIPT, url, str(garment), str(kept), way]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def line(process: subprocess.Popen[str]) -> Any:
    assert process.stdout is not None
    return json.loads(process.stdout.readline())


@pytest.mark.parametrize("way", ["header", "parameter"])
def test_a_script_that_was_killed_finds_its_job_and_buys_nothing_twice(
    way: str, tmp_path: Path, vendors: Vendors, start_app: StartApp
) -> None:
    url, kept = start_app().url, tmp_path / "key"
    garment = HOUSE / "assets" / "garments" / "hoodie.jpg"
    vendors.pace(1.0, 0.3)
    with script(url, garment, kept, way) as first:
        assert line(first) == []
        begun = line(first)
        first.kill()
        first.wait(PATIENCE_S)
    with script(url, garment, kept, way) as second:
        assert line(second) == [begun["id"]]
        told = [json.loads(said) for said in second.communicate(timeout=PATIENCE_S)[0].splitlines()]
    assert {job["id"] for job in told} == {begun["id"]}
    assert (told[-1]["state"], len(told[-1]["pictures"]), len(vendors.tasks())) == ("succeeded", 2, 1)
