"""What a network for objects makes of a picture: EfficientNet-Lite0, computed with NumPy.

Tan and Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks", 2019; Lite0 is its
variant without squeeze and excitation, with ReLU6. 4.7 million weights, 0.06 s a picture on one core.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from tryon_sandbox.renderer.raster import Floats, floats

SIDE = 224  # pixels of the square picture
FEATURES = 1280
HALF_WAY = 11  # blocks: after them a picture shows shapes, and still where they are
STRIDES = (1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1)  # of the sixteen blocks
MIDDLE, SPREAD = 127.0, 128.0  # what a value of 0..255 is brought around 0 by
MOST = 6.0  # of ReLU6
EPSILON = 1e-3  # of the batches' normalisation
Features = Callable[[Floats], Floats]  # a picture (SIDE, SIDE, 3) in 0..1, red first, to FEATURES numbers


@dataclass(frozen=True, slots=True)
class _Layer:
    """A convolution with the normalisation after it folded in: (out, in, rows, columns), and (out, 1, 1)."""

    weight: Floats
    bias: Floats

    @property
    def reach(self) -> int:
        return int(self.weight.shape[-1])


@dataclass(frozen=True, slots=True)
class _Block:
    expand: _Layer | None
    depthwise: _Layer
    project: _Layer
    stride: int


@dataclass(frozen=True, slots=True)
class Network:
    """What it makes of a picture (SIDE, SIDE, 3) in 0..1, red first."""

    stem: _Layer
    blocks: tuple[_Block, ...]
    head: _Layer

    def __call__(self, rgb: Floats) -> Floats:
        """FEATURES numbers, wherever things lie."""
        seen = self.half_way(rgb)
        for block in self.blocks[HALF_WAY:]:
            seen = _through(seen, block)
        return floats(_clipped(_pointwise(seen, self.head)).mean((1, 2)))

    def half_way(self, rgb: Floats) -> Floats:
        """What is seen where, after the first HALF_WAY blocks: (numbers, SIDE / 16, SIDE / 16)."""
        picture = (rgb * np.float32(255) - np.float32(MIDDLE)) / np.float32(SPREAD)
        seen = _clipped(_dense(np.ascontiguousarray(picture.transpose(2, 0, 1)), self.stem, 2))
        for block in self.blocks[:HALF_WAY]:
            seen = _through(seen, block)
        return seen


def of_weights(weights: Mapping[str, Floats]) -> Network:
    """The network with these tensors. Raises KeyError where one is missing."""
    stem = _layer(weights, "_conv_stem", "_bn0")
    blocks = tuple(_block(weights, f"_blocks.{index}.", stride) for index, stride in enumerate(STRIDES))
    return Network(stem, blocks, _layer(weights, "_conv_head", "_bn1"))


def _block(weights: Mapping[str, Floats], name: str, stride: int) -> _Block:
    expands = f"{name}_expand_conv.weight" in weights
    return _Block(
        _layer(weights, f"{name}_expand_conv", f"{name}_bn0") if expands else None,
        _layer(weights, f"{name}_depthwise_conv", f"{name}_bn1"),
        _layer(weights, f"{name}_project_conv", f"{name}_bn2"),
        stride,
    )


def _layer(weights: Mapping[str, Floats], convolution: str, norm: str) -> _Layer:
    scale = weights[f"{norm}.weight"] / np.sqrt(weights[f"{norm}.running_var"] + np.float32(EPSILON))
    bias = weights[f"{norm}.bias"] - weights[f"{norm}.running_mean"] * scale
    return _Layer(weights[f"{convolution}.weight"] * scale[:, None, None, None], bias[:, None, None])


def _through(given: Floats, block: _Block) -> Floats:
    seen = given if block.expand is None else _clipped(_pointwise(given, block.expand))
    seen = _pointwise(_clipped(_depthwise(seen, block.depthwise, block.stride)), block.project)
    return seen + given if seen.shape == given.shape else seen


def _clipped(values: Floats) -> Floats:
    return np.clip(values, 0.0, MOST, out=values)


def _pointwise(values: Floats, layer: _Layer) -> Floats:
    channels, rows, columns = values.shape
    mixed = layer.weight[:, :, 0, 0] @ values.reshape(channels, -1)
    return mixed.reshape(-1, rows, columns) + layer.bias


def _depthwise(values: Floats, layer: _Layer, stride: int) -> Floats:
    taken = _taken(values, layer.reach, stride)
    total = np.zeros_like(taken[0]) + layer.bias
    for weight, part in zip(layer.weight.reshape(len(values), -1).T, taken, strict=True):
        total += weight[:, None, None] * part
    return total


def _dense(values: Floats, layer: _Layer, stride: int) -> Floats:
    taken = np.stack(_taken(values, layer.reach, stride), 1)
    flat = layer.weight.reshape(len(layer.weight), len(values), -1)
    return floats(np.tensordot(flat, taken, axes=([1, 2], [0, 1]))) + layer.bias


def _taken(values: Floats, reach: int, stride: int) -> list[Floats]:
    """What lies under each weight of a kernel, for all its places; zeros beyond the edges."""
    rows, columns = (-(-size // stride) for size in values.shape[1:])
    around = [_around(size, reach, stride) for size in values.shape[1:]]
    padded = np.pad(values, ((0, 0), *around))
    last = stride * (rows - 1) + 1, stride * (columns - 1) + 1
    return [
        padded[:, y : y + last[0] : stride, x : x + last[1] : stride]
        for y in range(reach)
        for x in range(reach)
    ]


def _around(size: int, reach: int, stride: int) -> tuple[int, int]:
    """Zeros before and after, so that as many places come out as strides go in; the odd one after."""
    needed = max((-(-size // stride) - 1) * stride + reach - size, 0)
    return needed // 2, needed - needed // 2
