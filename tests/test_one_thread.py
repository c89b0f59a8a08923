"""What draws pictures computes in one thread, as no second one makes them faster."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.one_thread import THREADS

COUNT = (
    "import {}, os, numpy; print(os.environ.get('OPENBLAS_NUM_THREADS'), len(os.listdir('/proc/self/task')))"
)


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted as Linux tells of them")
@pytest.mark.parametrize("begun", ["app", "tryon_sandbox.__main__", "tests.bench"])
def test_no_product_of_matrices_starts_a_thread(begun: str) -> None:
    env = {name: value for name, value in os.environ.items() if name not in THREADS}
    command = [sys.executable, "-c", COUNT.format(begun)]
    counted = subprocess.run(command, cwd=Path(__file__).parents[1], env=env, capture_output=True, check=True)
    assert counted.stdout.split() == [b"1", b"1"]
