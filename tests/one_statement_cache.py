"""Each statement is compiled once for all engines of a process: a test has two new ones with every studio,
and a fifth of what those tests compute was spent on compiling the same statements again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.util import LRUCache

LARGEST = 5_000  # statements


class Shared:
    """SQLAlchemy's cache of one engine, in front of the one for all engines of the same kind of database
    that read JSON alike."""

    def __init__(self, kind: tuple[object, ...], all_compiled: LRUCache[Any, Any]) -> None:
        self._kind, self._all = kind, all_compiled

    def get(self, key: tuple[Any, ...]) -> Any:
        return self._all.get(self._for_all(key))

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        self._all[self._for_all(key)] = compiled

    def _for_all(self, key: tuple[Any, ...]) -> tuple[Any, ...]:
        _dialect, *statement = key  # the dialect belongs to one engine; all of a kind speak the same
        return (*self._kind, *statement)

    def clear(self) -> None:
        self._all.clear()


def statements_are_compiled_once() -> None:
    """For this process: new engines share what they have compiled, unless they keep nothing of it."""
    begun: Callable[..., None] = sa.Engine.__init__
    all_compiled: LRUCache[Any, Any] = LRUCache(LARGEST)

    def begin(self: sa.Engine, *arguments: Any, **named: Any) -> None:
        begun(self, *arguments, **named)
        if self._compiled_cache is not None:
            # What is compiled reads JSON as the first engine did that used it.
            reads = getattr(self.dialect, "_json_deserializer", None)
            kind = (self.dialect.name, self.dialect.driver, reads)
            self._compiled_cache = Shared(kind, all_compiled)  # type: ignore[assignment]

    sa.Engine.__init__ = begin  # type: ignore[method-assign]
