"""Benchmarks, which compute in one thread, as what they measure does."""

import os

# NumPy reads it when it is loaded. With more, threads that wait for each other burn a fifth of a picture.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
