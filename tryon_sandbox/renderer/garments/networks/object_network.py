"""What a network for objects makes of a picture: EfficientNet-Lite0, computed by OpenCV.

Tan and Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks", 2019; Lite0 is its
variant without squeeze and excitation, with ReLU6. 4.7 million weights, 0.025 s a picture on one core.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock

import cv2
import numpy as np

from tryon_sandbox.renderer.garments.networks.onnx_file import PICTURE, OnnxFile
from tryon_sandbox.renderer.raster import Floats, floats

SIDE = 224  # pixels of the square picture
FEATURES = 1280
HALF_WAY = 11  # blocks: after them a picture shows shapes, and still where they are
SMALLER = 16  # how much, after so many
STRIDES = (1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1)  # of the sixteen blocks
MIDDLE, SPREAD = 127.0, 128.0  # what a value of 0..255 is brought around 0 by
MOST = 6.0  # of ReLU6
EPSILON = 1e-3  # of the batches' normalisation
Features = Callable[[Floats], Floats]  # a picture (SIDE, SIDE, 3) in 0..1, red first, to FEATURES numbers
Weights = Mapping[str, Floats]


@dataclass(frozen=True, slots=True)
class _Half:
    """A network of OpenCV's, for one thread at a time: from (channels, rows, columns) to as many axes."""

    network: cv2.dnn.Net
    turn: Lock = field(default_factory=Lock)

    def __call__(self, given: Floats) -> Floats:
        with self.turn:
            self.network.setInput(given[None])
            return floats(self.network.forward()[0])


@dataclass(frozen=True, slots=True)
class Network:
    """What it makes of a picture (SIDE, SIDE, 3) in 0..1, red first."""

    first: _Half
    second: _Half

    def __call__(self, rgb: Floats) -> Floats:
        """FEATURES numbers, wherever things lie."""
        return floats(self.second(self.half_way(rgb)).mean((1, 2)))

    def half_way(self, rgb: Floats) -> Floats:
        """What is seen where, after the first HALF_WAY blocks: (numbers, SIDE / 16, SIDE / 16)."""
        picture = (rgb * np.float32(255) - np.float32(MIDDLE)) / np.float32(SPREAD)
        return self.first(np.ascontiguousarray(picture.transpose(2, 0, 1)))


def of_weights(weights: Weights) -> Network:
    """The network with these tensors. Raises KeyError where one is missing."""
    first, second = _Written(weights), _Written(weights)
    seen = first.clipped(first.layer(PICTURE, "_conv_stem", "_bn0", stride=2))
    for index, stride in enumerate(STRIDES[:HALF_WAY]):
        seen = first.block(seen, f"_blocks.{index}.", stride)
    half = first.read((3, SIDE, SIDE), seen)
    seen = PICTURE
    for index, stride in enumerate(STRIDES[HALF_WAY:], HALF_WAY):
        seen = second.block(seen, f"_blocks.{index}.", stride)
    seen = second.clipped(second.layer(seen, "_conv_head", "_bn1"))
    channels = weights[f"_blocks.{HALF_WAY}._expand_conv.weight"].shape[1]
    return Network(half, second.read((channels, SIDE // SMALLER, SIDE // SMALLER), seen))


@dataclass(frozen=True, slots=True)
class _Written:
    """A half while it is written for OpenCV; what is seen, and comes out, goes by its name in the file."""

    weights: Weights
    file: OnnxFile = field(default_factory=OnnxFile)

    def block(self, given: str, name: str, stride: int) -> str:
        """Expanded, looked at in each channel by itself, and brought together."""
        seen, channels = given, len(self.weights[f"{name}_depthwise_conv.weight"])
        if f"{name}_expand_conv.weight" in self.weights:
            seen = self.clipped(self.layer(seen, f"{name}_expand_conv", f"{name}_bn0"))
            channels = self.weights[f"{name}_expand_conv.weight"].shape[1]
        seen = self.clipped(self.layer(seen, f"{name}_depthwise_conv", f"{name}_bn1", stride=stride))
        seen = self.layer(seen, f"{name}_project_conv", f"{name}_bn2")
        is_alike = stride == 1 and channels == len(self.weights[f"{name}_project_conv.weight"])
        return self.file.node("Add", seen, given) if is_alike else seen

    def layer(self, given: str, convolution: str, norm: str, *, stride: int = 1) -> str:
        """A convolution with the normalisation after it folded in."""
        scale, shift, mean, variance = (
            self.weights[f"{norm}.{part}"] for part in ("weight", "bias", "running_mean", "running_var")
        )
        scale = scale / np.sqrt(variance + np.float32(EPSILON))
        weight = self.weights[f"{convolution}.weight"] * scale[:, None, None, None]
        tensors = self.file.tensor(weight), self.file.tensor(shift - mean * scale)
        reach = int(weight.shape[-1])
        # As many places come out as strides go in, of a side that is even; an odd zero comes after.
        before, after = (reach - stride) // 2, (reach - stride + 1) // 2
        return self.file.node(
            "Conv",
            given,
            *tensors,
            kernel_shape=(reach, reach),
            pads=(before, before, after, after),
            strides=(stride, stride),
            group=len(weight) if "depthwise" in convolution else 1,
        )

    def clipped(self, given: str) -> str:
        return self.file.node("Clip", given, min=0.0, max=MOST)

    def read(self, shape: tuple[int, int, int], output: str) -> _Half:
        data = self.file.written((1, *shape), output)
        return _Half(cv2.dnn.readNetFromONNX(np.frombuffer(data, np.uint8)))
