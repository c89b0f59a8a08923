"""A network as an ONNX file, for OpenCV to read: written here, without the package of that name.

Each message is its fields one after the other, by the numbers that `onnx.proto` gives them.
"""

import struct

from tryon_sandbox.renderer.raster import Floats

PICTURE = "picture"  # what goes in
FORMAT, OPERATORS = 7, 10  # versions; up to this one of operators, the limits of Clip are attributes
FLOAT = 1  # as a type of numbers
_MORE = 0x80  # in a byte of a whole number: the next one belongs to it


class OnnxFile:
    """Operations and tensors, as they are added; each is known by the name that adding it gives."""

    def __init__(self) -> None:
        self._nodes: list[bytes] = []
        self._tensors: list[bytes] = []

    def tensor(self, values: Floats) -> str:
        """Numbers that the network holds."""
        name = f"tensor{len(self._tensors)}"
        sizes = b"".join(_field(1, size) for size in values.shape)
        numbers = _field(9, values.astype("<f4").tobytes())
        self._tensors.append(_field(5, sizes + _field(2, FLOAT) + _field(8, name) + numbers))
        return name

    def node(self, operator: str, *inputs: str, **attributes: float | tuple[int, ...]) -> str:
        """An operation of ONNX on what has these names."""
        name = f"{operator}{len(self._nodes)}"
        parts = [_field(1, one) for one in inputs] + [_field(2, name), _field(4, operator)]
        parts += [_field(5, _attribute(*pair)) for pair in attributes.items()]
        self._nodes.append(_field(1, b"".join(parts)))
        return name

    def written(self, shape: tuple[int, ...], output: str) -> bytes:
        """The file of the network that makes `output` of a PICTURE of this shape."""
        parts = [*self._nodes, *self._tensors, _field(11, _value(PICTURE, shape)), _field(12, _value(output))]
        return _field(1, FORMAT) + _field(7, b"".join(parts)) + _field(8, _field(2, OPERATORS))


def _attribute(name: str, value: float | tuple[int, ...]) -> bytes:
    if isinstance(value, tuple):
        return _field(1, name) + b"".join(_field(8, one) for one in value) + _field(20, 7)
    if isinstance(value, int):
        return _field(1, name) + _field(3, value) + _field(20, 2)
    return _field(1, name) + _whole(2 << 3 | 5) + struct.pack("<f", value) + _field(20, 1)


def _value(name: str, shape: tuple[int, ...] = ()) -> bytes:
    """What goes in or comes out; OpenCV works out for itself what shape that has which comes out."""
    sizes = b"".join(_field(1, _field(1, size)) for size in shape)
    return _field(1, name) + _field(2, _field(1, _field(1, FLOAT) + _field(2, sizes)))


def _field(number: int, value: int | str | bytes) -> bytes:
    if isinstance(value, int):
        return _whole(number << 3) + _whole(value)
    data = value.encode() if isinstance(value, str) else value
    return _whole(number << 3 | 2) + _whole(len(data)) + data


def _whole(value: int) -> bytes:
    """Seven bits a byte, the lowest first."""
    return bytes([value]) if value < _MORE else bytes([value & 0x7F | _MORE]) + _whole(value >> 7)
