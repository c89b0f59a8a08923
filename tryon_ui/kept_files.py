"""Files as a browser keeps them between visits: a sample by its name, as it lies elsewhere after an upgrade,
and a visitor's own by its path. What comes back is from outside."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tryon_ui.files import place_of_file, served
from tryon_ui.samples import Samples

SAMPLE: Final = "sample:"  # before the name, in place of a path


def kept_place(path: str | None, samples: Samples) -> str | None:
    """What is kept of a file that the page shows."""
    sample = samples.by_path(path)
    return f"{SAMPLE}{sample.name}" if sample else path


def place_of(kept: str, samples: Samples) -> str | None:
    """Where the kept file lies now; None for one that is not here any more, or was never a visitor's."""
    if kept.startswith(SAMPLE):
        sample = samples.garment(kept.removeprefix(SAMPLE))
        return served(sample.path) if sample else None
    return kept if place_of_file(Path(kept)).is_a_visitors else None
