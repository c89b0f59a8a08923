"""Where a body's outline suddenly takes in a sleeve, looking up from the hem."""

from statistics import median

from tryon_sandbox.renderer.curves import Points, points
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.sides import BOTH, Side

STEP = 0.045  # of the width: a run that grows by more within five rows has met a sleeve


def where_body_widens(shape: Silhouette, side: Side, lowest: int, share: float) -> Points | None:
    """Going up from `share` of the height, or `lowest`, the row where the middle run takes in the sleeve."""
    recent: list[float] = []
    for y in range(min(shape.row(share), lowest), shape.row(0.07), -1):
        run = shape.central(y)
        if run is None:
            continue
        x = run[BOTH.index(side)] * side.sign
        usual = median(recent[-5:]) if len(recent) > 4 else x
        if x - usual > STEP * shape.width:
            return points([usual * side.sign, y + 1])
        recent.append(x)
    return None
