"""The sandbox's own pictures, and their smaller copies, each made once for all tests of a run: what equals is
not made again."""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tryon_sandbox import RefineInput, SandboxSettings, TryOnInput
from tryon_sandbox.rendering import GarmentRenderer

FOLDER = "TESTS_DRAWN"  # the environment's name for where they are kept; without one, all are drawn
QUICK = SandboxSettings(queue_s=0.2, per_image_s=0.2, jitter=0.0)
Input = TypeVar("Input", TryOnInput, RefineInput)


class DrawnOnce(GarmentRenderer):
    """Draws as the sandbox does, and keeps what it has drawn in a folder that processes share."""

    def dress(self, inputs: TryOnInput) -> bytes:
        return _kept(super().dress, inputs)

    def refine(self, inputs: RefineInput) -> bytes:
        return _kept(super().refine, inputs)


def small_copy(made: Callable[[Path, Path, int], Path | None]) -> Callable[[Path, Path, int], Path | None]:
    """As `made` of a picture, the place of its copy and its longest side; of equal ones, one is made."""

    def once(file: Path, view: Path, side: int) -> Path | None:
        if view.is_file() or not (shared := os.environ.get(FOLDER)):
            return made(file, view, side)
        kept = Path(shared) / hashlib.sha256(file.read_bytes() + f"at {side}".encode()).hexdigest()
        if kept.is_file():
            view.parent.mkdir(parents=True, exist_ok=True)
            return _written(view, kept.read_bytes())
        if made(file, view, side) is None:
            return None
        _written(kept, view.read_bytes())
        return view

    return once


def _kept(draw: Callable[[Input], bytes], inputs: Input) -> bytes:
    if not os.environ.get(FOLDER):
        return draw(inputs)
    file = Path(os.environ[FOLDER]) / hashlib.sha256(pickle.dumps(inputs)).hexdigest()
    if not file.exists():
        _written(file, draw(inputs))
    return file.read_bytes()


def _written(file: Path, data: bytes) -> Path:
    draft = file.with_suffix(f".{os.urandom(8).hex()}")
    draft.write_bytes(data)
    return draft.rename(file)
