"""What was cut out along with a garment and is none of it: a hanger, a dress form, a hand that holds it.

About where it is is told by half of the network for objects and a layer of our own, fitted by
`tools/train_kinds/`; where it ends, by its colours.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import cv2
import numpy as np

from tryon_sandbox.renderer.cutout.cutout import Cutout, made_transparent
from tryon_sandbox.renderer.cutout.pieces import main_pieces
from tryon_sandbox.renderer.cutout.show_through import colours_away
from tryon_sandbox.renderer.garments.networks import learned_kind
from tryon_sandbox.renderer.garments.networks.learned_kind import LAYERS, through
from tryon_sandbox.renderer.garments.networks.object_network import SIDE, Network
from tryon_sandbox.renderer.raster import Floats, Mask, blur, components, floats, reachable, resize

CELLS = 14  # a row of what the network sees half way
ROUND, MARGIN = 1.08, 0.04  # of a view: its side by what is in it, and what is left free at one end
NEAR, FAR, CENTRAL = 0.10, 0.30, 0.12  # of the garment's width: what is near an end of it, or in its middle
# Odds, as logarithms. What is no cloth grows from what is more likely so, as far as its colours go, and up to
# what surely is cloth; somewhere it must be more than likely.
LIKELY, CLOTH, SURE = 0.0, -3.0, 0.9
# In the upper half lie the insides of collars, labels and linings, too: of 17 parts found there four such
# ones are at most so likely, to 1.8, and hangers from 1.96.
SURE_ABOVE = 1.9
# Up there so surely no cloth that its colours need not tell: hangers of wood on a print of many colours, the
# necks of forms, and what is left of the backdrop between a hanger's arms, from 4.2; a halter's ribbons 3.7.
CERTAIN = 4.0
OTHER = 2.0  # spreads from any colour of the cloth: contrast collars and the dark inside of a neck to 1.8
# Of the cloth: a rarer colour is a print's, mixed of several and so wide that a hanger's wood is of it, too.
# It does not count for what is so surely no cloth, and stands up above all cloth: in a neck it may be a trim.
RARE, SURELY = 0.04, 2.0
TOPMOST, ALONE = 4, 0.9  # pixels at working size, and how much of them is such a part's
COLOURS, FARTHEST = 1.2, 8.0  # what one spread counts by the odds, and from where on it counts no more
EVEN = 2.5  # pixels at working size that its edge is smoothed by
LEAST, LEAST_CLOTH = 0.004, 0.2  # of the mask
RIM = 3  # pixels at working size that its edge is mixed with cloth
Sight = Callable[[Cutout], Floats]


@dataclass(frozen=True, slots=True)
class _View:
    """A square in mask pixels."""

    left: float
    top: float
    side: float


def taken_off(cutout: Cutout) -> tuple[Cutout, bool]:
    """The cut-out without what is no cloth, the same object where there is none, or no network is installed;
    and whether some of what was taken off is certainly none, whatever it looks like."""
    sight = installed()
    if sight is None or not cutout.mask.any():
        return cutout, False
    odds = sight(cutout)
    other = found(cutout, odds)
    left = main_pieces(cutout.mask & ~other)
    if not other.any() or not left.any():
        return cutout, False
    bare = replace(cutout, mask=left, alpha=made_transparent(cutout.alpha, cutout.mask & ~left))
    return bare, bool(odds[other].max() > CERTAIN)


@lru_cache(maxsize=1)
def installed() -> Sight | None:
    """The sight of the installed network, or None."""
    network = learned_kind.network()
    return None if network is None else of_network(network)


def of_network(network: Network) -> Sight:
    """The odds that each pixel of a mask is no cloth, as logarithms, by this network and the fitted layer."""
    with np.load(LAYERS) as file:
        weight, bias = floats(file["other_weight"]), floats(file["other_bias"])

    def sight(cutout: Cutout) -> Floats:
        odds = [
            _spread(features(network, cutout, view) @ weight + bias, cutout.mask, view)
            for view in views(cutout.mask)
        ]
        rows = np.flatnonzero(cutout.mask.any(1))
        is_upper = np.arange(len(cutout.mask))[:, None] < (rows[0] + rows[-1]) / 2
        return floats(np.where(is_upper, odds[0], odds[-1]))

    return sight


def found(cutout: Cutout, odds: Floats) -> Mask:
    """What of the mask is no cloth, by these odds and by colours."""
    mask, area = cutout.mask, int(cutout.mask.sum())
    seed, cloth = (np.asarray(mask & part, np.bool_) for part in (odds > LIKELY, odds < CLOTH))
    if not (mask & (odds > SURE)).any() or seed.sum() < LEAST * area or cloth.sum() < LEAST_CLOTH * area:
        return np.zeros_like(mask)
    rgb, near = resize(cutout.rgb, mask.shape[::-1]), np.asarray(mask & ~cloth, np.bool_)
    from_cloth = colours_away(rgb, cloth, near)
    from_other = colours_away(rgb, seed, near)
    closer = np.minimum(from_cloth, FARTHEST) - np.minimum(from_other, FARTHEST)
    likely = near & (blur(floats(odds + COLOURS * closer), EVEN) > 0)
    other = reachable(np.asarray(likely, np.bool_), np.asarray(seed & likely, np.bool_))
    labels, areas = components(other)
    kept = [
        label
        for label in range(1, len(areas))
        if areas[label] > LEAST * area
        and _is_other(rgb, cloth, mask, odds, np.asarray(labels == label, np.bool_))
    ]
    grown = cv2.dilate(np.isin(labels, kept).astype(np.uint8), np.ones((RIM, RIM), np.uint8)) > 0
    return np.asarray(grown & mask, np.bool_)


def _is_other(rgb: Floats, cloth: Mask, mask: Mask, odds: Floats, part: Mask) -> bool:
    """Whether a part surely is no cloth, and of another colour than it."""
    rows = np.flatnonzero(mask.any(1))
    is_upper = np.nonzero(part)[0].mean() < (rows[0] + rows[-1]) / 2
    if odds[part].max() < (SURE_ABOVE if is_upper else SURE) or not _sticks_out(mask, part):
        return False
    if is_upper and odds[part].max() > CERTAIN:
        return True
    rare = RARE if _stands_up(mask, odds, part) else 0.0
    return bool(np.median(colours_away(rgb, cloth, part, rare)[part]) > OTHER)


def _sticks_out(mask: Mask, part: Mask) -> bool:
    """Whether a part reaches the mask's edge; all else is on the cloth: belts, the linings of hoods."""
    beyond = cv2.dilate((~mask).astype(np.uint8), np.ones((RIM, RIM), np.uint8), borderValue=1) > 0
    return bool((part & beyond).any())


def _stands_up(mask: Mask, odds: Floats, part: Mask) -> bool:
    """Whether a part is surely no cloth and alone in the mask's first rows, as a hanger in a neck is."""
    first = slice(0, int(mask.any(1).argmax()) + TOPMOST)
    return bool(odds[part].max() > SURELY and part[first].sum() > ALONE * mask[first].sum())


def views(mask: Mask) -> tuple[_View, ...]:
    """The upper and the lower end of what is cut out, as wide as it is, and at least half as high.

    Or only the first, where it shows the lower end, too.
    """
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    side = float(max(np.ptp(columns) + 1, (np.ptp(rows) + 1) / 2) * ROUND)
    left = float(columns[0] + columns[-1] + 1 - side) / 2
    top, low = float(rows[0] - MARGIN * side), float(rows[-1] + 1 + MARGIN * side)
    upper = _View(left, top, side)
    return (upper,) if low - top <= side + 1 else (upper, _View(left, low - side, side))


def features(network: Network, cutout: Cutout, view: _View) -> Floats:
    """By cell: what is seen half way in it, around it and in the whole garment, and where it lies."""
    seen, cover = network.half_way(_seen(cutout, view)), cells(floats(cutout.mask), view)
    around = np.stack([cv2.blur(part, (3, 3), borderType=cv2.BORDER_REPLICATE) for part in seen])
    whole = (seen * cover).sum((1, 2)) / max(float(cover.sum()), 1e-6)
    everywhere = np.broadcast_to(whole[:, None, None], seen.shape)
    return floats(
        np.concatenate([seen, around, everywhere, _places(cutout.mask, cover, view)]).transpose(1, 2, 0)
    )


def cells(part: Floats, view: _View) -> Floats:
    """The share of each cell of a view that this part of the mask covers."""
    step = SIDE // CELLS
    moved = cv2.warpAffine(part, _into(view, SIDE / view.side), (SIDE, SIDE))
    return floats(moved.reshape(CELLS, step, CELLS, step).mean((1, 3)))


def _places(mask: Mask, cover: Floats, view: _View) -> Floats:
    """How near each cell is to either end and to the middle."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    wide = float(np.ptp(columns) + 1)
    at = (np.arange(CELLS) + 0.5) / CELLS * view.side
    down, up = (view.top + at - rows[0]) / wide, (rows[-1] + 1 - view.top - at) / wide
    aside = (view.left + at - float(np.median(np.nonzero(mask)[1]))) / wide
    ends = [np.exp(-way / far)[:, None] for far in (NEAR, FAR) for way in (down, up)]
    middle = np.exp(-((aside / CENTRAL) ** 2))[None]
    parts = [*ends, middle, ends[0] * middle, ends[1] * middle, cover]
    return floats(np.stack([np.broadcast_to(part, cover.shape) for part in parts]))


def _seen(cutout: Cutout, view: _View) -> Floats:
    """The view as it is cut out, on grey, (SIDE, SIDE, 3)."""
    scale = cutout.scale
    grow = SIDE / (view.side * scale)
    rows = slice(max(0, int(view.top * scale)), max(1, int((view.top + view.side) * scale) + 1))
    moved = _into(_View(view.left * scale, view.top * scale - rows.start, view.side), grow)
    return through(cutout, rows, moved, grow)


def _spread(odds: Floats, mask: Mask, view: _View) -> Floats:
    """From cells to the pixels of the mask."""
    step = view.side / CELLS
    moved = floats([[step, 0, view.left + step / 2], [0, step, view.top + step / 2]])
    return floats(cv2.warpAffine(odds, moved, mask.shape[::-1], borderMode=cv2.BORDER_REPLICATE))


def _into(view: _View, grow: float) -> Floats:
    return floats([[grow, 0, -view.left * grow], [0, grow, -view.top * grow]])
