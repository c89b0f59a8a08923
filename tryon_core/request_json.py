"""A request as plain JSON and back: the same after the trip."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pydantic import TypeAdapter

from tryon_core.errors import InvalidRequest
from tryon_core.request import Asked, PickedUp, RefineRequest, TryOnRequest

UNREADABLE = (InvalidRequest, KeyError, ValueError, TypeError)
"""What reading JSON that is no request's may raise."""

_KINDS: Mapping[str, type[Asked]] = {"tryon": TryOnRequest, "refine": RefineRequest, "task": PickedUp}
_ADAPTERS: Mapping[str, TypeAdapter[Asked]] = {kind: TypeAdapter(made) for kind, made in _KINDS.items()}


def to_json(request: Asked) -> dict[str, object]:
    """A plain JSON object; `from_json` makes an equal request of it."""
    kind = next(kind for kind, made in _KINDS.items() if isinstance(request, made))
    plain: dict[str, object] = _ADAPTERS[kind].dump_python(request, mode="json", warnings=False)
    return {"kind": kind, **plain}


def from_json(data: Mapping[str, object]) -> Asked:
    """What `to_json` wrote, each value of its own type. Raises one of `UNREADABLE` for something else."""
    plain = {name: value for name, value in data.items() if name != "kind"}
    read = _ADAPTERS[str(data["kind"])].validate_json(json.dumps(plain), strict=True)
    if not _covers(to_json(read), data):
        raise ValueError("a field that no request has")
    return read


def asked_from_json(data: Mapping[str, object]) -> Asked:
    """The same; one that cannot be read passes for a picked up task: a job whose pictures are paid for is not
    lost with it."""
    try:
        return from_json(data)
    except UNREADABLE:
        return PickedUp()


def proven(data: dict[str, object]) -> dict[str, object]:
    """The JSON of a request, read back as the database will read it. Raises `InvalidRequest` where that is
    not what was asked for: such a row could never be read."""
    try:
        read = to_json(from_json(json.loads(json.dumps(data).encode().decode())))
    except UNREADABLE:
        read = {}
    if read != data:
        raise InvalidRequest("request", "a value that cannot be kept", "the values that the form offers")
    return data


def _covers(whole: object, part: object) -> bool:
    """Whether nothing of `part` was left out of `whole`."""
    if isinstance(whole, dict) and isinstance(part, Mapping):
        return all(name in whole and _covers(whole[name], value) for name, value in part.items())
    if isinstance(whole, list) and isinstance(part, list):
        return len(whole) == len(part) and all(map(_covers, whole, part))
    return whole == part
