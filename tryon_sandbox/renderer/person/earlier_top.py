"""How far down the top reaches that a person wears in a photo, over trousers or a skirt."""

import numpy as np
from numpy.typing import NDArray

from tryon_sandbox.renderer.curves import Numbers, Points
from tryon_sandbox.renderer.raster import Floats, Mask
from tryon_sandbox.renderer.scene.body import LEG, TORSO, Body

FROM_CM, TO_CM = 44.0, 72.0  # below the pit of the neck, where such a hem may be
COMPARED_CM = 5.0  # above and below a hem: stripes and small prints are even over so much cloth
STEP = 0.10  # the least between the mean colours of a top and of what is worn under it
BLOCKS = ((-0.75, -0.35), (-0.2, 0.2), (0.35, 0.75))  # columns looked at, in half widths of the body
AGREE_CM = 4.0  # a hem is about as low in all of them; a large print is not


def hem(photo: Floats, body: Body) -> Points | None:
    """Where the top's hem runs: (x, y) to the left, in the middle, to the right.

    None where no edge between two garments is found.
    """
    neck = float(body.joints["neck"][1])
    rows = np.arange(int(neck + FROM_CM * body.unit), min(int(neck + TO_CM * body.unit), body.shape[0]))
    reach = max(3, round(COMPARED_CM * body.unit))
    if len(rows) < 3 * reach:
        return None
    seen = body.where(TORSO, *LEG.values()) & (body.alpha > 0.9)
    edges = [_edge(_colours(photo, seen, body, rows, block), reach) for block in BLOCKS]
    found = [float(rows[edge]) for edge in edges if edge is not None]
    if len(found) < len(BLOCKS) or max(found) - min(found) > AGREE_CM * body.unit:
        return None
    return np.array(
        [(_column(body, y, block), y) for block, y in zip(BLOCKS, found, strict=True)], np.float64
    )


def _column(body: Body, y: float, block: tuple[float, float]) -> float:
    return body.centre(y) + sum(block) / 2 * body.width(y) / 2


def _edge(colours: Numbers | None, reach: int) -> int | None:
    """The row, counted in `colours`, that they change most at from above to below."""
    if colours is None:
        return None
    total = np.concatenate([np.zeros((1, 3)), np.cumsum(colours, 0)])
    means = (total[reach:] - total[:-reach]) / reach
    steps = np.abs(means[reach:] - means[:-reach]).max(1)
    return int(steps.argmax()) + reach if steps.max() > STEP else None


def _colours(
    photo: Floats, seen: Mask, body: Body, rows: NDArray[np.intp], block: tuple[float, float]
) -> Numbers | None:
    """Mean colour of every row; behind a hand, that of the nearest row with something to see."""
    means = np.full((len(rows), 3), np.nan)
    for number, y in enumerate(rows):
        middle, half = body.centre(float(y)), body.width(float(y)) / 2
        columns = slice(*(max(int(middle + share * half), 0) for share in block))
        if seen[y, columns].any():
            means[number] = photo[y, columns][seen[y, columns]].mean(0)
    known = np.flatnonzero(~np.isnan(means[:, 0]))
    if len(known) < len(rows) / 2:
        return None
    every = np.arange(len(rows))
    return np.stack([np.interp(every, known, means[known, channel]) for channel in range(3)], 1)
