"""Where both sides of an outline step in at once, as they do below the cuffs of sleeves."""

from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.outline import legs

# By how much of the width, within how many rows of the height: below the sleeves of a long cardigan by 0.17;
# trousers and shorts, above their legs, to 0.012, and skirts to 0.016.
STEP, ROWS = 0.06, 0.05
# How little the sides step in somewhere below that: below cuffs to 0.00, as a body runs straight; the hem of
# wide shorts, which slants on down to where the legs part, 0.074.
STRAIGHT = 0.04
FROM, TO, BOTTOM = 0.15, 0.85, 0.97  # of the height: neither shoulders nor the corners of a hem


def sleeves_end(shape: Silhouette) -> bool:
    """Whether sleeves end above the hem, and above what looks like legs where a front or back is slit."""
    found = legs.find(shape)
    end = shape.row(TO) if found is None else min(shape.row(TO), int(found.crotch[1]))
    reach = max(2, int(ROWS * shape.height))
    runs = [row for y in range(shape.row(FROM), shape.row(BOTTOM)) if (row := shape.at(y))]
    sides = [-row[0][0] for row in runs], [row[-1][1] for row in runs]
    above = max(end - shape.row(FROM) - reach, 0)
    falls = [[up - low for up, low in zip(side, side[reach:], strict=False)] for side in sides]
    if min(max(side[:above], default=0) for side in falls) <= STEP * shape.width:
        return False
    return found is None or min(_least_below(side, above, reach) for side in falls) < STRAIGHT * shape.width


def _least_below(falls: list[int], above: int, reach: int) -> int:
    """How little it steps in somewhere below where it does so the most."""
    most = falls.index(max(falls[:above]))
    return min(falls[most + reach :], default=0)
