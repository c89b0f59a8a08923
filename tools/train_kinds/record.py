"""The fitted layers on disk, and beside them what they were made of."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

import numpy as np

from tools.train_kinds.fit import PENALTY, Seen, fit, judged
from tryon_sandbox.renderer.garments.networks.learned_kind import LAYERS, NETWORK

PACKAGES = ("numpy", "scikit-learn")
RECORD = "record.json"
Arrays = dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]]


def write(photos: Mapping[str, Sequence[Seen]], into: Path) -> None:
    """Half precision is as good, and half as large. Layers that are there and not among these stay."""
    into.mkdir(parents=True, exist_ok=True)
    arrays, others = _kept(into, photos)
    for of, seen in photos.items():
        layer = fit(seen)
        arrays[of] = np.array(layer.names)
        arrays[f"{of}_weight"], arrays[f"{of}_bias"] = layer.weight.astype(np.float16), layer.bias
    np.savez_compressed(into / LAYERS.name, allow_pickle=False, **arrays)
    record = {
        "network": {"package": NETWORK.package, "file": NETWORK.file, "sha256": NETWORK.sha256},
        "penalty": PENALTY,
        **others,
        **{of: _record(seen) for of, seen in photos.items()},
        "versions": {package: version(package) for package in PACKAGES},
    }
    (into / RECORD).write_text(json.dumps(record, indent=1) + "\n")


def _kept(into: Path, fitted: Mapping[str, object]) -> tuple[Arrays, dict[str, object]]:
    """The arrays and the records of the layers in this folder but for those that are fitted."""
    if not (into / LAYERS.name).exists():
        return {}, {}
    with np.load(into / LAYERS.name) as file:
        arrays = {name: file[name] for name in file if name.split("_")[0] not in fitted}
    record = json.loads((into / RECORD).read_text())
    return arrays, {of: record[of] for of in arrays if of in record}


def _record(seen: Sequence[Seen]) -> dict[str, object]:
    """How many photos there were of each, and how well they are told when their collection is left out."""
    return {
        "photos": dict(sorted(Counter(str(photo.name) for photo in seen).items())),
        "judged": {name: round(value, 3) for name, value in asdict(judged(seen)).items()},
    }
