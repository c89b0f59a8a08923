"""How long the sandbox's studio takes and what it holds, beside a well-known peer in the same run.

The peer, OpenCV's GrabCut, only finds the garment and dresses nobody.
"""

from __future__ import annotations

import asyncio
import io
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import cache
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np
from PIL import Image

from tests.renderer.everyday import laid
from tryon_sandbox.renderer import LIBRARY, Look, Piece, dress
from tryon_sandbox.renderer.cutout import learned_prior

ROUNDS = 5
SIDE = 2000  # pixels: a phone's photo
COUNT = 4  # pictures of one job
CORES = 2
BLOCK = (0, 0, 16, 16)  # pixels by which photos differ: a single one is lost when a JPEG is written
TICK_S = 0.002  # how often the event loop is asked whether it still answers
GARMENT = Path(__file__).parents[2] / "assets" / "garments" / "hoodie.jpg"
PEER = "GrabCut alone"


def shade(number: int) -> tuple[int, int, int]:
    """Of a photo's BLOCK: twelve photos in a row differ, and only the last few are remembered."""
    grey = 160 + 8 * (number % 12)
    return grey, grey, grey


@cache
def photo(number: int) -> bytes:
    """The sample as a phone's photo. Each number gives other bytes, so that nothing is remembered."""
    picture = Image.open(GARMENT).convert("RGB").resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    picture.paste(shade(number), BLOCK)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=92)
    return buffer.getvalue()


@cache
def photo_at_home(number: int) -> bytes:
    """The sample on a wooden floor: what needs the prior."""
    colours = (laid("hoodie", "wood", number % 5).photo * 255).astype(np.uint8)
    picture = Image.fromarray(colours).resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    picture.paste(shade(number), BLOCK)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=92)
    return buffer.getvalue()


@cache
def workers() -> ThreadPoolExecutor:
    """As many threads as the workshop has, and kept as it keeps them."""
    return ThreadPoolExecutor(CORES)


def draw(number: int, indices: Iterable[int]) -> None:
    draw_of(photo(number), indices)


def draw_of(garment: bytes, indices: Iterable[int]) -> None:
    looks = [Look((Piece(garment),), LIBRARY["James"], index=index) for index in indices]
    list(workers().map(dress, looks))


def one_picture(number: int) -> None:
    draw(number, [0])


def next_picture(number: int) -> None:
    draw(0, [number % 8])


def one_at_home(number: int) -> None:
    dress(Look((Piece(photo_at_home(number)),), LIBRARY["James"]))


def one_job(number: int) -> None:
    draw(number, range(COUNT))


def grab_cut(number: int) -> None:
    picture = cv2.imdecode(np.frombuffer(photo(number), np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    small = cv2.resize(picture, (512, 512), interpolation=cv2.INTER_AREA)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(small, np.zeros((512, 512), np.uint8), (4, 4, 504, 504), *models, 5, cv2.GC_INIT_WITH_RECT)


def seconds(work: Callable[[int], object], first: int, prepare: Callable[[int], object] = photo) -> float:
    """The median of some runs after a first one that does not count."""
    work(first)
    taken = []
    for number in range(first + 1, first + 1 + ROUNDS):
        prepare(number)
        began = time.perf_counter()
        work(number)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


async def longest_block(work: Callable[[], object]) -> float:
    """The longest time in seconds that an event loop did not answer while work ran in a thread beside it."""
    loop = asyncio.get_running_loop()
    running = loop.run_in_executor(None, work)
    longest = 0.0
    while not running.done():
        began = time.perf_counter()
        await asyncio.sleep(TICK_S)
        longest = max(longest, time.perf_counter() - began - TICK_S)
    return longest


def idle() -> None:
    """As long as a job takes, but with nothing to do: what the machine itself costs the loop."""
    time.sleep(2.0)


def peak_of_drawing() -> float:
    """MB that a process holds at most which draws what is measured here and nothing else: this one makes the
    photos, too, and keeps them."""
    with ProcessPoolExecutor(1, get_context("spawn")) as alone, TemporaryDirectory() as folder:
        makers = (photo, photo_at_home) if learned_prior.installed() else (photo,)
        kinds = [[Path(folder, f"{kind}{n}.jpg") for n in range(ROUNDS + 1)] for kind in range(len(makers))]
        for make, places in zip(makers, kinds, strict=True):
            for number, place in enumerate(places):
                place.write_bytes(make(number))
        return alone.submit(_peak, kinds).result()


def _peak(kinds: Sequence[Sequence[Path]]) -> float:
    cv2.setNumThreads(1)
    for place in chain.from_iterable(kinds):
        draw_of(place.read_bytes(), range(COUNT))
    return _held_at_most()


def _held_at_most() -> float:
    """MB. What the system counts of a process it counts from before the program began, in the name of who
    started it: not so this file of Linux."""
    status = Path("/proc/self/status")
    if status.is_file():
        return next(int(line.split()[1]) for line in status.open() if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Prints one line per figure: ours, the peer, and the ratio."""
    cv2.setNumThreads(1)
    rows = (
        ("one 768x1024 picture from a new 2000 px photo", one_picture, 10),
        ("one more picture of the same garment", next_picture, 20),
        ("four pictures of one job, two threads", one_job, 30),
    )
    ours = [(what, seconds(work, first)) for what, work, first in rows]
    blocking: list[Callable[[], object]] = [lambda: one_job(50), idle]
    if learned_prior.installed() is None:
        tell(f"photos taken at home are left out: {learned_prior.NETWORK.package} is not installed")
    else:
        ours.append(
            ("one picture from a new 2000 px photo taken at home", seconds(one_at_home, 60, photo_at_home))
        )
        photo_at_home(70)
        blocking.insert(0, lambda: one_at_home(70))
    *drawing, idling = (1000 * asyncio.run(longest_block(work)) for work in blocking)
    memory = peak_of_drawing()
    peer = seconds(grab_cut, 0)
    for what, taken in ours:
        tell(f"{what}: {taken:.2f} s; {PEER}: {peer:.2f} s; ratio {taken / peer:.2f}")
    tell(f"event loop blocked at most {max(drawing):.0f} ms while drawing, {idling:.0f} ms while idle")
    tell(f"peak memory of a process that draws all of these: {memory:.0f} MB")


if __name__ == "__main__":
    main()
