"""The page's own table of events, read by the names of its elements."""

from __future__ import annotations

from typing import Any


def events_of(config: dict[str, Any], element: str, trigger: str) -> list[dict[str, Any]]:
    """This trigger's events that call the server: its own, and what follows on those that call nobody."""
    ids = {part["id"]: part["props"].get("elem_id") for part in config["components"]}
    events: list[dict[str, Any]] = config["dependencies"]
    own = [
        event
        for event in events
        if any(ids.get(target) == element and name == trigger for target, name in event["targets"])
    ]
    silent = {event["id"] for event in own if not event["backend_fn"]}
    following = [event for event in events if event["trigger_after"] in silent]
    found = [event for event in (*own, *following) if event["backend_fn"]]
    assert found, f"{element} has no event {trigger}"
    return found
