"""Where a body's outline suddenly takes in a sleeve, looking up from the hem."""

from tryon_sandbox.renderer.curves import Points, points
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.sides import BOTH, Side

STEP, ROWS = 0.045, 5  # of the width: a run that grows by more within so many rows has met a sleeve


def where_body_widens(shape: Silhouette, side: Side, lowest: int, share: float) -> Points | None:
    """Going up from `share` of the height, or `lowest`, the row where the middle run takes in the sleeve."""
    recent: list[float] = []
    which, most = BOTH.index(side), STEP * shape.width
    for y in range(min(shape.row(share), lowest), shape.row(0.07), -1):
        run = shape.central(y)
        if run is None:
            continue
        x = run[which] * side.sign
        usual = sorted(recent[-ROWS:])[ROWS // 2] if len(recent) >= ROWS else x
        if x - usual > most:
            return points([usual * side.sign, y + 1])
        recent.append(x)
    return None
