"""What the named endpoints take, and the words for a call that names something else."""

from __future__ import annotations

import inspect
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from gradio.block_function import BlockFunction

from tryon_core import MAX_CELLS, InvalidRequest, field_of, is_word
from tryon_ui.texts import phrases, said, say

MOST_ITEMS: Final = MAX_CELLS  # of any list: a collection has no use for more of anything


@dataclass(frozen=True, slots=True)
class Signature:
    """The values of an endpoint by their names, in their order; `needed` have no default."""

    name: str
    all: tuple[str, ...]
    needed: tuple[str, ...]

    def refusal(self, given: Collection[str]) -> str:
        """Why it cannot be called with values of these names; "" when it can. A name that is no word is not
        repeated: it may be a signed link that lost its place."""
        unknown = tuple(name for name in given if name not in self.all)
        missing = tuple(name for name in self.needed if name not in given)
        if not unknown and not missing:
            return ""
        named = tuple(filter(is_word, unknown))
        told = (
            say("trouble.unknown_values", name=self.name, those=named) if named else "",
            say("trouble.missing_values", those=missing) if missing else "",
        )
        return phrases.sentences((*told, self.words))

    @property
    def words(self) -> str:
        """What it takes."""
        needed = phrases.listed(self.needed) or say("trouble.none_of_them")
        return say("trouble.signature", name=self.name, those=self.all, needed=needed)


def check_lengths(given: Mapping[str, object]) -> None:
    """Raises `InvalidRequest` for a list of more items than anything takes, before one of them is looked at;
    it names the list, how many it has and how many it may have. `given` by the names of the values."""
    for name, value in given.items():
        if isinstance(value, list) and len(value) > MOST_ITEMS:
            raise InvalidRequest(field_of(name), str(len(value)), said("trouble.at_most", most=MOST_ITEMS))


def signature_of(event: BlockFunction) -> Signature:
    """The signature of a named endpoint."""
    parameters = list(inspect.signature(event.fn).parameters.values()) if event.fn else []
    values = parameters[len(parameters) - len(event.inputs) :]  # before them stands the framework's own
    needed = (one.name for one in values if one.default is inspect.Parameter.empty)
    return Signature(str(event.api_name), tuple(one.name for one in values), tuple(needed))


def signatures(events: Mapping[int, BlockFunction]) -> Mapping[str, Signature]:
    """Those of all endpoints that scripts may call, by their names."""
    public = (event for event in events.values() if event.fn and event.api_visibility == "public")
    return {str(event.api_name): signature_of(event) for event in public}
