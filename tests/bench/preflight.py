"""How long a photo's pre-flight takes, beside merely decoding it with Pillow in the same run."""

from __future__ import annotations

import io
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from PIL import Image

from tests.core.images.pictures import mend
from tryon_core.vendors.ailab.spec import IMAGE_RULE as AILAB

SIZE = (4000, 3000)  # 12 megapixels
ROUNDS = 15


def photo() -> bytes:
    """A photo-like JPEG under 5 MB, without data of place or camera."""
    coarse = Image.frombytes("RGB", (200, 150), Random(1).randbytes(200 * 150 * 3))
    buffer = io.BytesIO()
    coarse.resize(SIZE, Image.Resampling.BICUBIC).save(buffer, "JPEG", quality=92)
    return buffer.getvalue()


def median_s(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def main() -> None:
    """Prints pre-flight, the peer and the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "photo.jpg"
        source.write_bytes(photo())
        if mend("top", source, AILAB) is not None:
            raise SystemExit("the photo was taken for one that does not comply")
        ours = median_s(lambda: mend("top", source, AILAB))
        peer = median_s(lambda: Image.open(source).load())
    sys.stdout.write(
        f"pre-flight of a compliant 12-megapixel JPEG: {ours * 1000:.0f} ms;"
        f" decoding it with Pillow: {peer * 1000:.0f} ms; ratio {ours / peer:.2f}\n"
    )


if __name__ == "__main__":
    main()
