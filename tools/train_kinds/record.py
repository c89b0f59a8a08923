"""The fitted layer on disk, and beside it what it was made of."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

import numpy as np

from tools.train_kinds.fit import PENALTY, Fit, Judged, Seen
from tryon_sandbox.renderer.garments.learned_kind import LAYER, NETWORK

PACKAGES = ("numpy", "scikit-learn")


def write(layer: Fit, photos: Sequence[Seen], judged: Judged, into: Path) -> None:
    """Half precision is as good, and half as large."""
    into.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        into / LAYER.name,
        things=np.array([thing.value for thing in layer.things]),
        weight=layer.weight.astype(np.float16),
        bias=layer.bias,
    )
    record = {
        "network": {"package": NETWORK.package, "file": NETWORK.file, "sha256": NETWORK.sha256},
        "photos": dict(sorted(Counter(photo.thing.value for photo in photos).items())),
        "penalty": PENALTY,
        "judged": {name: round(value, 3) for name, value in asdict(judged).items()},
        "versions": {package: version(package) for package in PACKAGES},
    }
    (into / "record.json").write_text(json.dumps(record, indent=1) + "\n")
