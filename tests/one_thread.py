"""Each process of the tests computes in one thread: there are more of them than cores, and threads that wait
for each other in a busy machine burn a quarter of what the pictures cost."""

import os

# How many threads NumPy's linear algebra and OpenCV start; both read it when they are loaded.
THREADS = ("OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM")


def nothing_is_computed_in_more() -> None:
    """Holds for what this process starts as well; what is set already stays."""
    for name in THREADS:
        os.environ.setdefault(name, "1")
