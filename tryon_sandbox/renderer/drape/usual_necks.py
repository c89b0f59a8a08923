"""How usual each curve is for each kind of neckline, and what a look at one says for each curve then."""

from dataclasses import dataclass

import numpy as np

from tryon_sandbox.renderer.curves import Numbers
from tryon_sandbox.renderer.drape.neck_curves import KINDS, ROUNDNESSES
from tryon_sandbox.renderer.garments.necks.neck_kinds import Neck, Necks


@dataclass(frozen=True, slots=True)
class Usual:
    """Of all necklines the share that is of this kind; the shares of its shapes, by `ROUNDNESSES`; and how
    deep it hangs by the chest: its median, and the deviation of the logarithm."""

    share: float
    shapes: tuple[float, ...]
    depth: float
    spread: float


# Shares of 524 photos that were looked at; shapes and depths of 149 that were written down by eye. Collars,
# stand-ups and hoods have all shapes and depths: of none of them a curve is likelier than of any neckline.
USUAL = {
    Neck.ROUND: Usual(0.33, (0.005, 0.01, 0.085, 0.60, 0.30), 0.18, 0.33),
    Neck.DEEP: Usual(0.06, (0.02, 0.03, 0.20, 0.45, 0.30), 0.34, 0.40),
    Neck.POINTED: Usual(0.08, (0.45, 0.40, 0.10, 0.04, 0.01), 0.41, 0.38),
}
OTHERS = Usual(0.53, (0.08, 0.19, 0.31, 0.26, 0.16), 0.31, 0.42)
LEAST = 1e-4  # no curve is so unusual that nothing else counts


def says(necks: Necks, by_chest: Numbers) -> Numbers:
    """Logits for each kind of curve (down) of each depth (across): how much more usual it is for a neckline
    with these shares than for any. Nothing where there are no shares."""
    if not necks:
        return np.zeros((len(KINDS), len(by_chest)))
    of = {kind: _density(usual, by_chest) for kind, usual in USUAL.items()}
    any_one = sum((USUAL[kind].share * density for kind, density in of.items()), LEAST)
    any_one = any_one + OTHERS.share * _density(OTHERS, by_chest)
    likelier = 1.0 + sum(necks.get(kind, 0.0) * (density / any_one - 1) for kind, density in of.items())
    usually = 1.0 + sum(USUAL[kind].share * (density / any_one - 1) for kind, density in of.items())
    shapes = [ROUNDNESSES.index(roundness) for roundness, _ in KINDS]
    return np.asarray(np.log((likelier + LEAST) / (usually + LEAST))[shapes], np.float64)


def _density(usual: Usual, by_chest: Numbers) -> Numbers:
    away = np.log(by_chest / usual.depth) / usual.spread
    return np.asarray(np.outer(usual.shapes, np.exp(-(away**2) / 2) / usual.spread), np.float64)
