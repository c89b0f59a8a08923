"""Tensors out of a file of PyTorch's first format, without PyTorch: nothing in it is run."""

import pickle
import struct
from collections import OrderedDict
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from tryon_sandbox.renderer.raster import Floats, floats

HEADER = 3  # pickles before the tensors: a magic number, the format's version, the machine
_TYPES: dict[str, type[np.generic]] = {"FloatStorage": np.float32, "LongStorage": np.int64}


@dataclass(slots=True)
class _Storage:
    """Numbers that stand behind all pickles; tensors are views of them."""

    dtype: type[np.generic]
    numbers: NDArray[Any]


@dataclass(frozen=True, slots=True)
class _Tensor:
    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    stride: tuple[int, ...]

    def array(self) -> Floats:
        start = self.storage.numbers[self.offset :]
        strides = [step * start.itemsize for step in self.stride]
        return floats(np.lib.stride_tricks.as_strided(start, self.shape, strides)).copy()


def tensors(data: bytes) -> dict[str, Floats]:
    """Every tensor by its name, as float32.

    Raises pickle.UnpicklingError where the file holds anything else.
    """
    file, storages = BytesIO(data), dict[str, _Storage]()
    for _ in range(HEADER):
        _Unpickler(file, storages).load()
    found = _Unpickler(file, storages).load()
    for key in _Unpickler(file, storages).load():
        (count,) = struct.unpack("<q", file.read(8))
        storage = storages[key]
        size = count * np.dtype(storage.dtype).itemsize
        storage.numbers = np.frombuffer(file.read(size), storage.dtype)
    return {name: tensor.array() for name, tensor in found.items()}


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: IO[bytes], storages: dict[str, _Storage]) -> None:
        super().__init__(file)
        self._storages = storages

    def persistent_load(self, pid: Any) -> _Storage:
        """A storage by its key; its numbers are read at last."""
        _, dtype, key, *_ = pid
        return self._storages.setdefault(key, _Storage(dtype, np.empty(0, dtype)))

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return lambda storage, offset, shape, stride, *_: _Tensor(storage, offset, shape, stride)
        if module == "torch" and name in _TYPES:
            return _TYPES[name]
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a tensor")
