"""The network for objects, against somebody else's convolutions, and reading the file of its weights."""

import io
import os
import pickle
import struct
import sys
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import Any

import cv2
import numpy as np
import pytest

from tryon_sandbox.renderer.garments.networks import object_network, torch_file
from tryon_sandbox.renderer.garments.networks.object_network import EPSILON, SIDE, STRIDES
from tryon_sandbox.renderer.raster import Floats, floats

WIDTH, REACH = 4, 5
Weights = dict[str, Floats]


def _weights() -> Weights:
    """A network of that shape with four channels, at random."""
    random = np.random.default_rng(7)
    found: Weights = {}

    def layer(name: str, norm: str, *shape: int) -> None:
        found[f"{name}.weight"] = floats(random.normal(0, 0.4, shape))
        for part, low in (("weight", 0.6), ("bias", -0.5), ("running_mean", -0.5), ("running_var", 0.5)):
            found[f"{norm}.{part}"] = floats(random.uniform(low, low + 0.9, shape[0]))

    layer("_conv_stem", "_bn0", WIDTH, 3, 3, 3)
    for index in range(len(STRIDES)):
        name = f"_blocks.{index}."
        wide = WIDTH if index == 0 else 2 * WIDTH
        if index:
            layer(f"{name}_expand_conv", f"{name}_bn0", wide, WIDTH, 1, 1)
        layer(f"{name}_depthwise_conv", f"{name}_bn1", wide, 1, REACH, REACH)
        layer(f"{name}_project_conv", f"{name}_bn2", WIDTH, wide, 1, 1)
    layer("_conv_head", "_bn1", 6, WIDTH, 1, 1)
    return found


def _normed(values: Floats, weights: Weights, norm: str) -> Floats:
    mean, variance, scale, shift = (
        weights[f"{norm}.{part}"][:, None, None] for part in ("running_mean", "running_var", "weight", "bias")
    )
    return floats((values - mean) / np.sqrt(variance + EPSILON) * scale + shift)


def _filtered(plane: Floats, kernel: Floats, stride: int) -> Floats:
    """By OpenCV, on a plane that is padded as TensorFlow's "same" does."""
    size, reach = plane.shape[0], kernel.shape[0]
    needed = max((-(-size // stride) - 1) * stride + reach - size, 0)
    before = needed // 2
    padded = np.pad(plane, (before, needed - before + reach))
    whole = cv2.filter2D(padded, cv2.CV_32F, kernel, anchor=(0, 0), borderType=cv2.BORDER_CONSTANT)
    places = slice(0, stride * (-(-size // stride) - 1) + 1, stride)
    return floats(whole[places, places])


def _expected(rgb: Floats, weights: Weights) -> Floats:
    picture = (rgb.transpose(2, 0, 1) * 255 - 127) / 128
    stem = weights["_conv_stem.weight"]
    seen = np.stack(
        [sum(_filtered(floats(p), k, 2) for p, k in zip(picture, one, strict=True)) for one in stem]
    )
    seen = np.clip(_normed(floats(seen), weights, "_bn0"), 0, 6)
    for index, stride in enumerate(STRIDES):
        name, given = f"_blocks.{index}.", seen
        if index:
            mixed = np.einsum("oi,iyx->oyx", weights[f"{name}_expand_conv.weight"][:, :, 0, 0], seen)
            seen = np.clip(_normed(mixed, weights, f"{name}_bn0"), 0, 6)
        kernels = weights[f"{name}_depthwise_conv.weight"][:, 0]
        deep = np.stack([_filtered(floats(p), k, stride) for p, k in zip(seen, kernels, strict=True)])
        deep = np.clip(_normed(deep, weights, f"{name}_bn1"), 0, 6)
        mixed = np.einsum("oi,iyx->oyx", weights[f"{name}_project_conv.weight"][:, :, 0, 0], deep)
        seen = _normed(mixed, weights, f"{name}_bn2")
        seen = seen + given if seen.shape == given.shape else seen
    head = np.einsum("oi,iyx->oyx", weights["_conv_head.weight"][:, :, 0, 0], seen)
    return floats(np.clip(_normed(head, weights, "_bn1"), 0, 6).mean((1, 2)))


def test_the_network_is_what_other_convolutions_make_of_the_same_weights() -> None:
    weights = _weights()
    rgb = floats(np.random.default_rng(3).uniform(0, 1, (SIDE, SIDE, 3)))
    found = object_network.of_weights(weights)(rgb)
    assert found.std() > 0.01 and np.allclose(found, _expected(rgb, weights), atol=2e-4)


def test_two_threads_at_once_are_told_what_each_asked_for() -> None:
    network = object_network.of_weights(_weights())
    pictures = [floats(np.random.default_rng(seed).uniform(0, 1, (SIDE, SIDE, 3))) for seed in range(8)]
    alone = [network(rgb) for rgb in pictures]
    with ThreadPoolExecutor(2) as workers:
        assert np.array_equal(list(workers.map(network, pictures)), alone)


class _Kept:
    """Stands for a storage of PyTorch's when pickled."""

    def __init__(self, key: str, numbers: Floats) -> None:
        self.key, self.numbers = key, numbers


class _View:
    def __init__(self, rebuild: Any, *args: object) -> None:
        self._reduced = rebuild, args

    def __reduce__(self) -> tuple[Any, tuple[object, ...]]:
        return self._reduced


def _file(monkeypatch: pytest.MonkeyPatch, found: object) -> bytes:
    """As PyTorch's first format has it: three pickles before, the tensors' views, keys, the numbers."""
    torch = ModuleType("torch")
    torch.FloatStorage = type("FloatStorage", (), {"__module__": "torch"})  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "torch", torch)
    storages: dict[str, _Kept] = {}

    class Pickler(pickle.Pickler):
        def persistent_id(self, one: object) -> object:
            if not isinstance(one, _Kept):
                return None
            storages[one.key] = one
            return "storage", torch.FloatStorage, one.key, "cpu", len(one.numbers)

    file = io.BytesIO()
    for part in (0x1950A86A20F9469CFC6C, 1001, {}, found):
        Pickler(file, 2).dump(part)
    Pickler(file, 2).dump(list(storages))
    for storage in storages.values():
        file.write(struct.pack("<q", len(storage.numbers)) + storage.numbers.tobytes())
    return file.getvalue()


def _rebuild(monkeypatch: pytest.MonkeyPatch) -> Any:
    utils = ModuleType("torch._utils")
    monkeypatch.setitem(sys.modules, "torch._utils", utils)

    def _rebuild_tensor_v2() -> None: ...

    _rebuild_tensor_v2.__module__, _rebuild_tensor_v2.__qualname__ = "torch._utils", "_rebuild_tensor_v2"
    utils._rebuild_tensor_v2 = _rebuild_tensor_v2  # type: ignore[attr-defined]
    return _rebuild_tensor_v2


def test_tensors_come_out_of_the_file_by_their_shape_and_strides(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = floats(np.arange(10))
    rebuild = _rebuild(monkeypatch)
    plain = _View(rebuild, _Kept("0", numbers), 1, (2, 3), (3, 1), False, {})
    turned = _View(rebuild, _Kept("0", numbers), 1, (3, 2), (1, 3), False, {})
    data = _file(monkeypatch, {"plain": plain, "turned": turned})
    found = torch_file.tensors(data)
    assert found["plain"].tolist() == [[1, 2, 3], [4, 5, 6]]
    assert np.array_equal(found["turned"], found["plain"].T)


def test_nothing_in_such_a_file_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    data = _file(monkeypatch, {"plain": _View(os.getcwd)})
    with pytest.raises(pickle.UnpicklingError, match="no part of a tensor"):
        torch_file.tensors(data)
