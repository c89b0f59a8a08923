"""What kind of neckline a top or dress has: half of the network for objects, and a layer of our own.

The layer was fitted to necks of tops and dresses by `tools/train_kinds/`.
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.necks import hood
from tryon_sandbox.renderer.garments.necks.neck_kinds import Neck, Necks
from tryon_sandbox.renderer.garments.networks import learned_kind
from tryon_sandbox.renderer.garments.networks.learned_kind import LAYERS, layer, through
from tryon_sandbox.renderer.garments.networks.object_network import SIDE, Network
from tryon_sandbox.renderer.raster import Floats, floats
from tryon_sandbox.renderer.sides import LEFT, RIGHT

ASIDE, ABOVE = 2.2, 0.7  # half necks: how far the view reaches from the middle, and above the neck's corners
CELLS, MIDDLE = 7, slice(2, 5)  # of each row of what is seen, and which of them are the neck's own
Sight = Callable[[Cutout, TopMarks], Necks]


def seen(cutout: Cutout, shape: Silhouette | None, marks: TopMarks) -> Necks:
    """How likely which kind is; nothing where no network is installed, or straps leave nothing to be cut."""
    sight = installed()
    if sight is None or shape is None or not marks.has_neckline:
        return {}
    return sight(cutout, hood.lying(shape, marks)[1])


@lru_cache(maxsize=1)
def installed() -> Sight | None:
    """The sight of the installed network, or None."""
    network = learned_kind.network()
    return None if network is None else of_network(network)


def of_network(network: Network) -> Sight:
    """Seeing with half of this network and the fitted layer."""
    with np.load(LAYERS) as file:
        necks = layer(file, "necks")

    def sight(cutout: Cutout, marks: TopMarks) -> Necks:
        return {Neck(name): share for name, share in necks(features(network, view(cutout, marks))).items()}

    return sight


def view(cutout: Cutout, marks: TopMarks) -> Floats:
    """The neck as it is cut out, on grey, (SIDE, SIDE, 3); its corners lie in the same places in all."""
    half = marks.neck_width / 2
    grow = SIDE / (2 * ASIDE * half * cutout.scale)
    middle = float(marks.neck[LEFT][0] + marks.neck[RIGHT][0]) / 2
    left, top = (ASIDE * half - middle) * cutout.scale, (ABOVE * half - marks.neck_y) * cutout.scale
    moved = floats([[grow, 0, left * grow], [0, grow, top * grow]])
    rows = slice(0, int((marks.neck_y + (2 * ASIDE - ABOVE) * half) * cutout.scale) + 1)
    return through(cutout, rows, moved, grow)


def features(network: Network, rgb: Floats) -> Floats:
    """What is seen half way in each of `CELLS` rows, about the middle, and on both sides of it."""
    found = network.half_way(rgb)
    count, size, _ = found.shape
    step = size // CELLS
    cells = found.reshape(count, CELLS, step, CELLS, step).mean((2, 4))
    aside = np.delete(cells, np.arange(CELLS)[MIDDLE], axis=2)
    return floats(np.concatenate([cells[:, :, MIDDLE].mean(2).ravel(), aside.mean(2).ravel()]))
