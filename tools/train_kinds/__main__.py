"""`python -m tools.train_kinds TABLE`: fits the layers behind the network for objects, and judges them.

TABLE has a line per photo, parted by tabs: its path, what it shows (a `Thing`), the collection that it comes
from, and the `Sleeves` and the `Neck` of a top or dress, each or nothing. No photo is kept, and none is
committed. Necks are looked at where the layers that are there find them, so those of things come first.
"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tools.train_kinds.fit import Seen
from tools.train_kinds.record import write
from tools.train_kinds.seeing import seen, seen_neck
from tryon_sandbox.renderer.garments.necks.neck_kinds import Neck
from tryon_sandbox.renderer.garments.networks.learned_kind import LAYERS, Sleeves, Thing
from tryon_sandbox.renderer.raster import Floats

Line = Sequence[str]
# By layer: its column, what is written there, and what is looked at.
COLUMNS: Mapping[str, tuple[int, type[Thing | Sleeves | Neck], Callable[[Path], Floats | None]]] = {
    "things": (1, Thing, seen),
    "sleeves": (3, Sleeves, seen),
    "necks": (4, Neck, seen_neck),
}


def main() -> None:
    """Writes into the folder that the studio reads."""
    parser = argparse.ArgumentParser(prog="python -m tools.train_kinds", description=__doc__)
    parser.add_argument("table", type=Path)
    parser.add_argument("--into", type=Path, default=LAYERS.parent)
    parser.add_argument("--only", choices=COLUMNS, help="the others stay as they are")
    parser.add_argument("--processes", type=int, default=2)
    chosen = parser.parse_args()
    lines = [line.split("\t") for line in chosen.table.read_text().splitlines()]
    with ProcessPoolExecutor(chosen.processes) as pool:
        photos = {of: _seen(pool, lines, of) for of in COLUMNS if chosen.only in (None, of)}
    write(photos, chosen.into)


def _seen(pool: ProcessPoolExecutor, lines: Sequence[Line], of: str) -> list[Seen]:
    """The photos that have something in this column, and in which it could be looked at."""
    column, names, see = COLUMNS[of]
    such = [line for line in lines if line[column]]
    features = pool.map(see, [Path(line[0]) for line in such], chunksize=8)
    return [
        Seen(found, names(line[column]), line[2])
        for found, line in zip(features, such, strict=True)
        if found is not None
    ]


if __name__ == "__main__":
    main()
