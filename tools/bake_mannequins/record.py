"""What a bake was made of, written beside the packs: mesh, targets, versions, and the hash of every file."""

import hashlib
import json
from importlib.metadata import version
from pathlib import Path

from tools.bake_mannequins import source
from tools.bake_mannequins.bodies import BODIES
from tools.bake_mannequins.source import Source, target_path

RECORD = "record.json"
LICENSE = "CC0-1.0"
PACKAGES = ("numpy", "scipy", "embreex", "opencv-python-headless", "pillow")


def record(opened: Source) -> dict[str, object]:
    """All but the packs."""
    targets = sorted({name for shape in BODIES.values() for name in shape.targets})
    files = (source.MESH, source.RIG, source.WEIGHTS, *(target_path(name) for name in targets))
    return {
        "mesh": {
            "author": "MakeHuman",
            "license": LICENSE,
            "wheel": source.WHEEL,
            "sha256": source.SHA256,
            "folder": source.FOLDER,
        },
        "files": {path: opened.hash(path) for path in files},
        "bodies": {
            name: {
                "height_cm": shape.height_cm,
                "targets": {t: round(s, 6) for t, s in shape.targets.items()},
            }
            for name, shape in BODIES.items()
        },
        "versions": {package: version(package) for package in PACKAGES},
    }


def write(opened: Source, folder: Path) -> None:
    """Writes the record of all packs in the folder."""
    packs = [file for file in sorted(folder.iterdir()) if file.name != RECORD]
    hashes = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in packs}
    text = json.dumps(record(opened) | {"packs": hashes}, indent=1)
    (folder / RECORD).write_text(text + "\n")
