"""How long the sandbox's studio takes, beside a well-known peer in the same run: `make bench`.

Machines differ and are noisy, so what counts is the ratio, not the seconds.
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from tryon_sandbox.studio import LIBRARY, Look, Piece, dress

ROUNDS = 3
SIDE = 2000  # pixels: a phone's photo
GARMENT = Path(__file__).parent.parent.parent / "assets" / "garments" / "hoodie.jpg"


@dataclass(frozen=True)
class Row:
    what: str
    ours: Callable[[int], object]
    peer_name: str
    peer: Callable[[int], object]


@cache
def photo(number: int) -> bytes:
    """The sample as a phone's photo. Each number gives other bytes, so that nothing is remembered."""
    picture = Image.open(GARMENT).convert("RGB").resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    picture.putpixel((0, 0), (number % 256, 244, 244))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=92)
    return buffer.getvalue()


def first_picture(number: int) -> bytes:
    return dress(Look((Piece(photo(number)),), LIBRARY["James"], index=0)).png


def next_picture(number: int) -> bytes:
    return dress(Look((Piece(photo(0)),), LIBRARY["James"], index=number % 8)).png


def grab_cut(number: int) -> bytes:
    """The peer: OpenCV's GrabCut, which only finds the garment and dresses nobody."""
    picture = cv2.imdecode(np.frombuffer(photo(number), np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    small = cv2.resize(picture, (1024, 1024), interpolation=cv2.INTER_AREA)
    mask = np.zeros(small.shape[:2], np.uint8)
    cv2.grabCut(
        small, mask, (8, 8, 1008, 1008), np.zeros((1, 65)), np.zeros((1, 65)), 5, cv2.GC_INIT_WITH_RECT
    )
    return mask.tobytes()


ROWS = (
    Row("one 768x1024 picture from a new 2000 px photo", first_picture, "GrabCut alone, 512 px", grab_cut),
    Row("one more picture of the same garment", next_picture, "GrabCut alone, 512 px", grab_cut),
)


def seconds(work: Callable[[int], object]) -> float:
    """The median of some runs after a first one that does not count."""
    work(0)
    taken = []
    for number in range(1, ROUNDS + 1):
        photo(number)
        began = time.perf_counter()
        work(number)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def main() -> None:
    """Prints one line per row: ours, the peer, and the ratio."""
    cv2.setNumThreads(1)
    for row in ROWS:
        ours, peer = seconds(row.ours), seconds(row.peer)
        line = f"{row.what}: {ours:.2f} s; {row.peer_name}: {peer:.2f} s; ratio {ours / peer:.2f}\n"
        sys.stdout.write(line)


if __name__ == "__main__":
    main()
