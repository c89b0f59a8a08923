"""What scripts and agents are told of a named endpoint: what each parameter means and may be, and what comes
back. `/info`, `view_api` of Gradio's clients and the tools of agents all say the same.

The meaning stands in the endpoint's docstring, with a section `Args` and one `Returns`, a name in each line;
the limits are the core's.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from gradio.context import get_blocks_context
from gradio.events import api as endpoint_for

from tryon_core import MAX_CELLS, MAX_COUNT, MAX_MODEL_PHOTOS, Capability, vendors_for
from tryon_ui import visitor
from tryon_ui.samples import Samples
from tryon_ui.signatures import MOST_ITEMS

_SECTION: Final = re.compile(r"^(Args|Returns):$", re.MULTILINE)
_NAMED: Final = re.compile(r"^ {4}(\w+): ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Limit:
    """What a parameter may be: as keywords of JSON Schema, and in words."""

    schema: Mapping[str, object]
    words: str


@dataclass(frozen=True, slots=True)
class Description:
    """What an endpoint's docstring says; parameters and what comes back by name, in their order."""

    summary: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    returns: Mapping[str, str] = field(default_factory=dict)

    @property
    def whole(self) -> str:
        """What it does and what comes back, in one text."""
        back = " ".join(f"{name}: {text}" for name, text in self.returns.items())
        return f"{self.summary} Returns {back}" if back else self.summary


def description_of(endpoint: Callable[..., Any]) -> Description:
    """Reads the endpoint's docstring."""
    summary, *sections = _SECTION.split(inspect.getdoc(endpoint) or "")
    named = {title: _named(text) for title, text in zip(sections[::2], sections[1::2], strict=True)}
    return Description(_line(summary), named.get("Args", {}), named.get("Returns", {}))


def limits_of(endpoint: str, samples: Samples) -> dict[str, Limit]:
    """The limits of an endpoint's parameters that its annotations cannot say."""
    return {"identity": _IDENTITY, **_LIMITS.get(endpoint, _none)(samples)}


def publish_described(endpoint: Callable[..., Any], limits: Mapping[str, Limit]) -> None:
    """Adds an endpoint to the page being built, with its description."""
    said = description_of(endpoint)
    made = endpoint_for(
        endpoint, api_name=endpoint.__name__, api_description=said.whole, concurrency_limit=None
    )
    page = get_blocks_context()
    assert page is not None  # `endpoint_for` would not have come here
    for name, part in zip(said.parameters, made["inputs"], strict=True):
        limit = limits.get(name)
        words = f"{said.parameters[name]} Allowed: {limit.words}." if limit else said.parameters[name]
        _describe(page.blocks[part], name, words, limit.schema if limit else {})
    for name, part in zip(said.returns, made["outputs"], strict=True):
        _describe(page.blocks[part], name, said.returns[name], {})


def _describe(part: Any, name: str, words: str, schema: Mapping[str, object]) -> None:
    part.label = name
    part._api_info = {**part._api_info, **schema, "additional_description": words}  # what Gradio reads


def _try_on(samples: Samples) -> dict[str, Limit]:
    names = [tile.name for tile in samples.models]
    return {
        "model": Limit({"examples": names}, samples.model_words),  # others may be known to a live vendor
        "model_photos": Limit({"minItems": 1, "maxItems": MAX_MODEL_PHOTOS}, f"1 to {MAX_MODEL_PHOTOS}"),
        "count": Limit({"minimum": 1, "maximum": MAX_COUNT}, f"1 to {MAX_COUNT}"),
        "vendor": _vendor(Capability.TRY_ON),
    }


def _collection(samples: Samples) -> dict[str, Limit]:
    of_one = _try_on(samples)
    most = {"maxItems": MOST_ITEMS}
    rows = Limit({"minItems": 1, **most}, f"1 or more; with the models at most {MAX_CELLS} jobs")
    beside = dict.fromkeys(_BESIDE_GARMENTS, Limit(most, "no more than there are garments"))
    return {**of_one, "models": of_one["model"], "garments": rows, **beside}


def _refine(_samples: Samples) -> dict[str, Limit]:
    return {"vendor": _vendor(Capability.REFINE)}


def _none(_samples: Samples) -> dict[str, Limit]:
    return {}


def _vendor(capability: Capability) -> Limit:
    ids = [spec.id for spec in vendors_for(capability)]
    return Limit({"enum": ["", *ids]}, f"{', '.join(ids)}, or empty for the usual one")


_IDENTITY: Final = Limit({"pattern": f"^({visitor.KEY_PATTERN})?$"}, "what `identity` made, or empty")
_BESIDE_GARMENTS: Final = ("bottoms", "garment_names", "articles")
_LIMITS: Final = {"tryon": _try_on, "refine": _refine, "collection": _collection}


def _named(section: str) -> dict[str, str]:
    _, *parts = _NAMED.split(section)
    return {name: _line(text) for name, text in zip(parts[::2], parts[1::2], strict=True)}


def _line(text: str) -> str:
    return " ".join(text.split())
