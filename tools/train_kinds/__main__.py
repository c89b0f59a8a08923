"""`python -m tools.train_kinds TABLE`: fits the layers behind the network for objects, and judges them.

TABLE has a line per photo, parted by tabs: its path, what it shows (a `Thing`), the collection that it comes
from, and the `Sleeves` of a top or dress, or nothing. No photo is kept, and none is committed.
"""

import argparse
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tools.train_kinds.fit import Seen
from tools.train_kinds.record import write
from tools.train_kinds.seeing import seen
from tryon_sandbox.renderer.garments.learned_kind import LAYERS, Sleeves, Thing
from tryon_sandbox.renderer.raster import Floats

Line = Sequence[str]


def main() -> None:
    """Writes into the folder that the studio reads."""
    parser = argparse.ArgumentParser(prog="python -m tools.train_kinds", description=__doc__)
    parser.add_argument("table", type=Path)
    parser.add_argument("--into", type=Path, default=LAYERS.parent)
    parser.add_argument("--processes", type=int, default=2)
    chosen = parser.parse_args()
    lines = [line.split("\t") for line in chosen.table.read_text().splitlines()]
    with ProcessPoolExecutor(chosen.processes) as pool:
        features = list(pool.map(seen, [Path(line[0]) for line in lines], chunksize=8))
    photos = {"things": _named(features, lines, 1, Thing), "sleeves": _named(features, lines, 3, Sleeves)}
    write(photos, chosen.into)


def _named(
    features: Sequence[Floats | None], lines: Sequence[Line], column: int, names: type[Thing | Sleeves]
) -> list[Seen]:
    """The photos that could be cut out, and have something in this column."""
    return [
        Seen(found, names(line[column]), line[2])
        for found, line in zip(features, lines, strict=True)
        if found is not None and line[column]
    ]


if __name__ == "__main__":
    main()
