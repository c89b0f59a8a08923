"""A thousand jobs in flight in one process of the real app: processor, memory, and how soon pages answer."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

JOBS = 1000
WINDOW_S = 20.0  # of measuring, from the first job's end on: that is when questions come most often
BETWEEN_S = 0.1  # pauses between two page requests
STEERING = "/gradio_api/ext/bench"
PAGES = ("/gradio_api/ext/healthz", "/gradio_api/info")
PATIENCE_S = 120.0
TICKS = os.sysconf("SC_CLK_TCK")


def cpu_s(pid: int) -> float:
    """Processor seconds of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_kb(pid: int) -> int:
    """What a process holds in memory now."""
    return int(Path(f"/proc/{pid}/status").read_text().split("VmRSS:")[1].split()[0])


def until_up(app: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and process.poll() is None:
        try:
            app.get(PAGES[0]).raise_for_status()
            return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise RuntimeError("the app does not answer")


def answers(app: httpx.Client, seconds: float) -> list[float]:
    """How long pages took to answer, in seconds, asked one after the other for a while."""
    taken, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        for page in PAGES:
            began = time.monotonic()
            app.get(page).raise_for_status()
            taken.append(time.monotonic() - began)
            time.sleep(BETWEEN_S)
    return taken


def measure(app: httpx.Client, pid: int, out: list[str]) -> None:
    answers(app, 5.0)  # what a first visitor makes the app load counts for nobody
    empty, begun, cpu = memory_kb(pid), time.monotonic(), cpu_s(pid)
    app.post(f"{STEERING}/start/{JOBS}", timeout=PATIENCE_S).raise_for_status()
    while (state := app.get(f"{STEERING}/state").json())["accepted"] < JOBS:
        time.sleep(0.2)
    out.append(
        f"{JOBS} jobs sent in {time.monotonic() - begun:.0f} s,"
        f" {(cpu_s(pid) - cpu) / JOBS * 1000:.0f} ms of processor each"
    )
    while app.get(f"{STEERING}/state").json()["ended"] == 0:
        time.sleep(0.5)
    state = app.get(f"{STEERING}/state").json()
    begun, cpu = time.monotonic(), cpu_s(pid)
    taken = answers(app, WINDOW_S)
    used, later = (cpu_s(pid) - cpu) / (time.monotonic() - begun), app.get(f"{STEERING}/state").json()
    asked = (later["questions"] - state["questions"]) / (time.monotonic() - begun)
    p95 = statistics.quantiles(taken, n=20)[-1]
    out.append(
        f"{JOBS - later['ended']} jobs in flight: {used:.2f} of a core, {asked:.0f} questions a second,"
        f" {(memory_kb(pid) - empty) / JOBS:.0f} KB a job, 95 of 100 pages answer within {p95 * 1000:.0f} ms"
    )


def main() -> None:
    """Prints what sending costs and what waiting costs."""
    out: list[str] = []
    port = 18_000 + os.getpid() % 2000
    with tempfile.TemporaryDirectory() as folder, httpx.Client(base_url=f"http://127.0.0.1:{port}") as app:
        process = subprocess.Popen([sys.executable, "-m", "tests.bench.crowd", folder, str(port)])
        try:
            until_up(app, process)
            measure(app, process.pid, out)
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
