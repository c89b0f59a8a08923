"""Corners of a trouser leg's hem where the leg still has its width, though the hem be rounded or pointed."""

from dataclasses import replace

import numpy as np

from tryon_sandbox.renderer.curves import points
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.trouser_marks import TrouserMarks, leg_runs
from tryon_sandbox.renderer.sides import BOTH, LEFT, Side

ABOVE = (0.05, 0.12)  # of the garment's height above the lowest point: where the leg's width is taken
WHOLE = 0.93  # of that width
TIP = 0.045  # of the height; what is narrower for longer than this is a cuff, and no tip
# What is no higher than this by its width is short and has no cuffs: its hems slant by so much of the height.
SHORT, SLANT = 1.3, 0.16


def squared(shape: Silhouette, marks: TrouserMarks) -> TrouserMarks:
    """The marks with both corners of each hem in the lowest row that is about as wide as the leg."""
    rows = {side: _row(shape, marks, side) for side in BOTH}
    edges = {side: _edges(shape, marks, side, rows[side]) for side in BOTH}
    if any(edge is None for edge in edges.values()):
        return marks
    outer, inner = dict(marks.outer), dict(marks.inner)
    for side, edge in edges.items():
        if edge is None:
            continue
        first, last = edge if side is LEFT else edge[::-1]
        outer[side], inner[side] = points([first, rows[side]]), points([last, rows[side]])
    return replace(marks, outer=outer, inner=inner)


def _row(shape: Silhouette, marks: TrouserMarks, side: Side) -> int:
    lowest = int(max(marks.outer[side][1], marks.inner[side][1]))
    above = 1.5 * SLANT if shape.height < SHORT * shape.width else ABOVE[1]
    highest = max(lowest - int(above * shape.height), int(marks.crotch[1]) + 2)
    widths = {y: _width(shape, marks, side, y) for y in range(highest, lowest + 1)}
    usual = [width for y, width in widths.items() if y < lowest - ABOVE[0] * shape.height]
    if not usual:
        return lowest
    wanted = WHOLE * float(np.median(usual))
    found = max((y for y, width in widths.items() if width >= wanted), default=lowest)
    most = SLANT if shape.height < SHORT * shape.width else TIP
    return found if lowest - found < most * shape.height else lowest


def _width(shape: Silhouette, marks: TrouserMarks, side: Side, y: int) -> float:
    edges = _edges(shape, marks, side, y)
    return 0.0 if edges is None else edges[1] - edges[0]


def _edges(shape: Silhouette, marks: TrouserMarks, side: Side, y: int) -> tuple[float, float] | None:
    runs = leg_runs(shape, y, side, float(marks.crotch[0]))
    return (float(runs[0][0]), float(runs[-1][1])) if runs else None
