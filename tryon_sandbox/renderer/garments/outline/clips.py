"""The clips of a hanger that stand up above the waist of trousers, as straps would."""

from dataclasses import replace

import numpy as np

from tryon_sandbox.renderer.cutout.show_through import colours_away
from tryon_sandbox.renderer.cutout.silhouette import Silhouette, measure
from tryon_sandbox.renderer.garments.outline import legs
from tryon_sandbox.renderer.raster import Floats, resize

# Of the waist, just below: how much cloth there is in a row with nothing but clips at the most, and from how
# much on it is the waist. How high they stand at the most, by the height; straps of dungarees from 0.14.
THIN, WAIST, HIGHEST = 0.25, 0.6, 0.11
LONG = 0.35  # of the height: legs of trousers, not the fronts of a jacket
PAIR = 0.6  # of these rows that show both clips
BELOW = 0.03  # of the height: how far down the waist is as wide as it is

# What is narrow by the waist at the very top and of another colour than the cloth is a hanger: 0.23 and 8.0
# spreads; waists from 0.60, or with ruffles and cords that are as narrow, of the cloth's own colour, to 1.0.
NARROW, OTHER = 0.45, 3.2
CLOTH = (0.2, 0.9)  # of the height


def without_hanger(shape: Silhouette, rgb: Floats) -> Silhouette:
    """Without the hanger that stands up above a waist; the same object where none does."""
    at_top, below = (shape.span(shape.row(share)) for share in (0.02, HIGHEST + BELOW))
    if at_top > NARROW * below:
        return shape
    cloth = np.zeros_like(shape.mask)
    cloth[shape.row(CLOTH[0]) : shape.row(CLOTH[1])] = shape.mask[shape.row(CLOTH[0]) : shape.row(CLOTH[1])]
    upper = shape.mask & ~cloth
    upper[shape.row(CLOTH[0]) :] = False
    away = colours_away(resize(rgb, shape.mask.shape[::-1]), cloth, upper)
    rows = range(shape.top, shape.row(HIGHEST + BELOW))
    is_other = [bool(np.median(away[y][upper[y]]) > OTHER) for y in rows if upper[y].any()]
    first = next((row for row, other in enumerate(is_other) if not other), len(is_other))
    if first < 3 or first == len(is_other):
        return shape
    mask = shape.mask.copy()
    mask[: shape.top + first] = False
    return replace(measure(mask), middle=shape.middle)


def without(shape: Silhouette) -> Silhouette:
    """What ends in long legs without two thin things at its top; the same object where these are none."""
    found = legs.find(shape)
    if found is None or found.share < LONG:
        return shape
    rows = range(shape.top, shape.row(HIGHEST + BELOW))
    cloth = np.array([sum(end - start for start, end in shape.at(y)) for y in rows], np.float64)
    waist = cloth[-1]
    first = int(np.argmax(cloth > WAIST * waist))
    if first < 3 or first > HIGHEST * shape.height or np.median(cloth[:first]) > THIN * waist:
        return shape
    if float(np.mean([len(shape.at(y)) == 2 for y in rows[1:first]])) < PAIR:
        return shape
    mask = shape.mask.copy()
    mask[: shape.top + first] = False
    return replace(measure(mask), middle=shape.middle)
