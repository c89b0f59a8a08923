"""Logistic regression on the features, and how good it is on collections that it was not fitted to."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from tryon_sandbox.renderer.raster import Floats, floats

# Weakest penalty with which what is called 0.7 likely is right as often, and more, in another collection.
PENALTY = 0.003
ROUNDS = 300
WIDTH = 50.0  # of all features together, which the penalty is for
LEAST = 30  # photos of a collection that is left out to be judged by


@dataclass(frozen=True, slots=True)
class Seen:
    """A photo's features, what it shows or has, and the collection that it comes from."""

    features: Floats
    name: str
    collection: str


@dataclass(frozen=True, slots=True)
class Fit:
    """What turns features into odds: (features, names), and (names,)."""

    names: tuple[str, ...]
    weight: Floats
    bias: Floats


def fit(photos: Sequence[Seen]) -> Fit:
    """The layer that tells these photos apart; features are brought to one scale, which it takes in."""
    features = np.stack([photo.features for photo in photos]).astype(np.float64)
    middle, spread = features.mean(0), (features.std(0) + 1e-6) * features.shape[1] ** 0.5 / WIDTH
    model = LogisticRegression(C=PENALTY, max_iter=ROUNDS)
    model.fit((features - middle) / spread, [photo.name for photo in photos])
    weight = (model.coef_ / spread).T
    return Fit(tuple(map(str, model.classes_)), floats(weight), floats(model.intercept_ - middle @ weight))


@dataclass(frozen=True, slots=True)
class Judged:
    """Of photos in collections left out the shares that are told rightly, surely, and rightly if surely."""

    photos: int
    right: float
    sure: float
    right_if_sure: float


SURE = 0.7


def judged(photos: Sequence[Seen]) -> Judged:
    """Each large collection by a layer that was fitted to all the others."""
    counts = {name: sum(one.collection == name for one in photos) for name in {p.collection for p in photos}}
    told: list[tuple[bool, float]] = []
    for left_out in sorted(name for name, count in counts.items() if count >= LEAST):
        layer = fit([photo for photo in photos if photo.collection != left_out])
        told += [_told(layer, photo) for photo in photos if photo.collection == left_out]
    right: NDArray[np.bool_] = np.array([one for one, _ in told])
    sure: NDArray[np.bool_] = np.array([share > SURE for _, share in told])
    return Judged(len(told), float(right.mean()), float(sure.mean()), float(right[sure].mean()))


def _told(layer: Fit, photo: Seen) -> tuple[bool, float]:
    values = photo.features @ layer.weight + layer.bias
    odds = np.exp(values - values.max())
    return layer.names[int(values.argmax())] == photo.name, float(odds.max() / odds.sum())
