"""Where both sides of an outline step in at once, as they do below the cuffs of sleeves."""

from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments import legs

# By how much of the width, within how many rows of the height: below the sleeves of a long cardigan by 0.17;
# trousers and shorts, above their legs, to 0.012, and skirts to 0.016.
STEP, ROWS = 0.06, 0.05
FROM, TO = 0.15, 0.85  # of the height: neither shoulders nor the corners of a hem


def sleeves_end(shape: Silhouette) -> bool:
    """Whether sleeves end above the hem, and above what looks like legs where a front or back is slit."""
    found = legs.find(shape)
    end = shape.row(TO) if found is None else min(shape.row(TO), int(found.crotch[1]))
    runs = [row for y in range(shape.row(FROM), end) if (row := shape.at(y))]
    sides = [-row[0][0] for row in runs], [row[-1][1] for row in runs]
    reach = max(2, int(ROWS * shape.height))
    return min(_step(side, reach) for side in sides) > STEP * shape.width


def _step(side: list[int], reach: int) -> int:
    """By how much it steps in at the most where it runs straight on below.

    Hems of wide shorts slope on inwards, down to where the legs part.
    """
    rows = zip(side, side[reach:], side[2 * reach :], strict=False)
    return max((up - low - max(low - below, 0) for up, low, below in rows), default=0)
