"""`python -m tools.train_kinds.others TABLE`: fits the layer that tells what is no cloth, and judges it.

TABLE has a line per photo, parted by tabs: its path, the collection that it comes from, and the path of a
picture of what is no cloth in it, or nothing. That picture is as large as the mask of its cut-out turned
upright: white where it is no cloth, black where it is, grey where nobody can say. None is committed.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from sklearn.linear_model import LogisticRegression

from tools.train_kinds.record import RECORD
from tools.train_kinds.seeing import cut_out_of, installed_network
from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.garments.networks import not_cloth
from tryon_sandbox.renderer.garments.networks.learned_kind import LAYERS
from tryon_sandbox.renderer.raster import Floats, Mask, floats

PENALTY, ROUNDS = 0.003, 100
WHITE, BLACK = 0.75, 0.25  # of a label's picture: above and below, it is certain
COVERED, CERTAIN = 0.12, 0.6  # of a cell: how much of it is cut out, and how much of that is certain
MOSTLY, HARDLY = 0.55, 0.3  # of what is certain in a cell: no cloth, and cloth
FOLDS = 5
AGAIN, AGAIN_COUNTS = 4, 0.4  # how often such photos are shown in other colours, and what these cells count


@dataclass(frozen=True, slots=True)
class _Cells:
    """Their features, whether they are no cloth, what each counts, and the collection of each."""

    features: Floats
    is_other: Mask
    counts: Floats
    collection: np.ndarray[tuple[int], np.dtype[np.str_]]


def main() -> None:
    """Writes into the folder that the studio reads."""
    parser = argparse.ArgumentParser(prog="python -m tools.train_kinds.others", description=__doc__)
    parser.add_argument("table", type=Path)
    parser.add_argument("--into", type=Path, default=LAYERS.parent)
    chosen = parser.parse_args()
    lines = [line.split("\t") for line in chosen.table.read_text().splitlines()]
    every = [cells for line in lines for cells in _seen(Path(line[0]), line[1], line[2])]
    cells = _Cells(*(np.concatenate([getattr(one, name) for one in every]) for name in _Cells.__slots__))
    weight, bias = _fit(cells)
    with np.load(chosen.into / LAYERS.name) as file:
        arrays = {name: file[name] for name in file}
    arrays["other_weight"], arrays["other_bias"] = weight.astype(np.float16), np.float32(bias)
    np.savez_compressed(chosen.into / LAYERS.name, allow_pickle=False, **arrays)
    record = json.loads((chosen.into / RECORD).read_text())
    as_they_are = cells.counts == 1
    record["other"] = {
        "photos": len(lines),
        "with_others": sum(bool(line[2]) for line in lines),
        "cells": int(as_they_are.sum()),
        "cells_of_others": int((cells.is_other & as_they_are).sum()),
        "judged": {"average_precision": round(_judged(cells), 3)},
    }
    (chosen.into / RECORD).write_text(json.dumps(record, indent=1) + "\n")


def _seen(photo: Path, collection: str, label: str) -> Iterator[_Cells]:
    """The photo as it is, and where something in it is no cloth, with both in other colours."""
    cutout = cut_out_of(photo)
    if cutout is None:
        return
    shown = cv2.imread(label, cv2.IMREAD_GRAYSCALE) if label else np.zeros(cutout.mask.shape, np.uint8)
    if shown is None:
        raise SystemExit(f"There is no picture {label}.")
    share = floats(shown / 255)
    yield _cells(cutout, share, 1.0, collection)
    random = np.random.default_rng(len(collection))
    for turn in range(AGAIN if label else 0):
        yield _cells(_in_other_colours(cutout, share, turn, random), share, AGAIN_COUNTS, collection)


def _in_other_colours(cutout: Cutout, share: Floats, turn: int, random: np.random.Generator) -> Cutout:
    """Cloth with its channels exchanged, every second time inverted, and all of it lighter or darker.

    What is no cloth and grey is inverted, too: forms and hangers are as often black as they are white.
    """
    size = cutout.rgb.shape[1], cutout.rgb.shape[0]
    other = cv2.resize(share, size)[..., None]
    rgb = np.clip(cutout.rgb, 0, 1)
    cloth = rgb[..., random.permutation(3)] ** random.uniform(0.6, 1.7)
    aside = np.where(np.ptp(rgb, axis=-1, keepdims=True) < 0.12, 1 - rgb, rgb) if turn in (0, 3) else rgb
    cloth = 1 - cloth if turn % 2 else cloth
    return replace(cutout, rgb=floats(cloth * (1 - other) + aside ** random.uniform(0.6, 1.6) * other))


def _cells(cutout: Cutout, share: Floats, counts: float, collection: str) -> _Cells:
    features, is_other = [], []
    known = cutout.mask & ((share > WHITE) | (share < BLACK))
    for view in not_cloth.views(cutout.mask):
        covered, certain, no_cloth = (
            not_cloth.cells(floats(part), view)
            for part in (cutout.mask, known, cutout.mask & (share > WHITE))
        )
        of_it = no_cloth / np.maximum(certain, 1e-6)
        used = (certain > COVERED) & (certain > CERTAIN * covered) & ((of_it < HARDLY) | (of_it > MOSTLY))
        features.append(not_cloth.features(installed_network(), cutout, view)[used])
        is_other.append(of_it[used] > MOSTLY)
    found = floats(np.concatenate(features))
    return _Cells(
        found,
        np.concatenate(is_other),
        np.full(len(found), counts, np.float32),
        np.full(len(found), collection),
    )


def _fit(cells: _Cells) -> tuple[Floats, float]:
    middle, spread = cells.features.mean(0), cells.features.std(0) + 1e-3
    model = LogisticRegression(C=PENALTY, max_iter=ROUNDS, tol=1e-3)
    model.fit((cells.features - middle) / spread, cells.is_other, sample_weight=cells.counts)
    weight = floats(model.coef_[0] / spread)
    return weight, float(model.intercept_[0] - middle @ weight)


def _judged(cells: _Cells) -> float:
    """The average precision on collections that the layer was not fitted to, of photos as they are."""
    fold = np.unique(cells.collection, return_inverse=True)[1] % FOLDS
    odds = np.zeros(len(fold))
    for left_out in range(FOLDS):
        rest = fold != left_out
        parts = (cells.features, cells.is_other, cells.counts, cells.collection)
        weight, bias = _fit(_Cells(*(part[rest] for part in parts)))
        odds[~rest] = cells.features[~rest] @ weight + bias
    judged = cells.counts == 1
    ranked = cells.is_other[judged][np.argsort(-odds[judged])]
    precision = np.cumsum(ranked) / np.arange(1, len(ranked) + 1)
    return float(precision[ranked].mean())


if __name__ == "__main__":
    main()
