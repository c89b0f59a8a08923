"""A request as plain JSON and back: the same after the trip."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import TypeAdapter

from tryon_core.request import Asked, PickedUp, RefineRequest, TryOnRequest

_KINDS: Mapping[str, type[Asked]] = {"tryon": TryOnRequest, "refine": RefineRequest, "task": PickedUp}
_ADAPTERS: Mapping[str, TypeAdapter[Asked]] = {kind: TypeAdapter(made) for kind, made in _KINDS.items()}


def to_json(request: Asked) -> dict[str, object]:
    """A plain JSON object; `from_json` makes an equal request of it."""
    kind = next(kind for kind, made in _KINDS.items() if isinstance(request, made))
    plain: dict[str, object] = _ADAPTERS[kind].dump_python(request, mode="json")
    return {"kind": kind, **plain}


def from_json(data: Mapping[str, object]) -> Asked:
    """What `to_json` wrote. Raises `InvalidRequest`, `ValueError` or `KeyError` for something else."""
    plain = {name: value for name, value in data.items() if name != "kind"}
    return _ADAPTERS[str(data["kind"])].validate_python(plain)
