"""`python -m tools.train_kinds TABLE`: fits the layer behind the network for objects, and judges it.

TABLE has a line per photo, parted by tabs: its path, what it shows (a `Thing`), and the collection that it
comes from. No photo is kept, and none is committed.
"""

import argparse
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tools.train_kinds.fit import Fit, Seen, fit, judged
from tools.train_kinds.record import write
from tools.train_kinds.seeing import seen
from tryon_sandbox.renderer.garments.learned_kind import LAYER, Thing


def main() -> None:
    """Writes into the folder that the studio reads."""
    parser = argparse.ArgumentParser(prog="python -m tools.train_kinds", description=__doc__)
    parser.add_argument("table", type=Path)
    parser.add_argument("--into", type=Path, default=LAYER.parent)
    parser.add_argument("--processes", type=int, default=2)
    chosen = parser.parse_args()
    lines = [line.split("\t") for line in chosen.table.read_text().splitlines()]
    with ProcessPoolExecutor(chosen.processes) as pool:
        features = pool.map(seen, [Path(line[0]) for line in lines], chunksize=8)
        photos = [
            Seen(found, Thing(thing), collection)
            for found, (_, thing, collection) in zip(features, lines, strict=True)
            if found is not None
        ]
    layer: Fit = fit(photos)
    write(layer, photos, judged(photos), chosen.into)


if __name__ == "__main__":
    main()
