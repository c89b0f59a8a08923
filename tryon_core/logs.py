"""The log: one JSON object a line, on the standard output, where every host collects it.

Every record has `time` (UTC, milliseconds), `level`, `event` and `logger`; those of a job's life have what
support asks for: `job`, `vendor`, `live`, `state`, `task_id`, `request_id`, `seconds`. No secret, no link and
no text of an exception gets here: an exception is told by its kind and its places.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TextIO

Fact = str | int | float | bool | None

# They write the address of every call: a vendor's signature, a result's link, a hosted picture's token.
_TELLTALES = ("httpx", "httpcore", "hpack", "urllib3", "uvicorn.access", "sqlalchemy", "asyncio")
_LINK = re.compile(r"\b([a-z][a-z0-9+.-]*://)[^\s<>]+", re.IGNORECASE)
_PLACES = 6  # of an exception, the innermost
_LONGEST = 500  # characters of a message that is not ours
_FACTS = "facts"


def tell(log: logging.Logger, event: str, facts: Mapping[str, Fact], level: int = logging.INFO) -> None:
    """Writes one record. What is None or empty is left out."""
    log.log(level, event, extra={_FACTS: facts})


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        told: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            **_event(record),
            "logger": record.name,
        }
        if record.exc_info and record.exc_info[1] is not None:
            told["error"] = _kinds(record.exc_info[1])
        return json.dumps(told, default=str)  # in ASCII: collectors differ in what ends a line


class AddressFilter(logging.Filter):
    """Lets records of libraries that write addresses through from warnings on only, at whatever level."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written."""
        telltale = any(record.name == name or record.name.startswith(f"{name}.") for name in _TELLTALES)
        return record.levelno >= logging.WARNING or not telltale


def set_up(stream: TextIO, level: int = logging.INFO) -> None:
    """Sends every record of this process to `stream`, as lines of JSON."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    handler.addFilter(AddressFilter())
    logging.basicConfig(handlers=[handler], level=level, force=True)
    logging.captureWarnings(True)


def adopt(*names: str) -> None:
    """Has loggers that brought handlers of their own write with all others."""
    for name in names:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True


def _event(record: logging.LogRecord) -> Mapping[str, object]:
    """A record of ours by its facts; any other by its text, with links cut to where they lead."""
    facts = getattr(record, _FACTS, None)
    if facts is None:
        return {"event": "message", "text": _LINK.sub(r"\1…", record.getMessage())[:_LONGEST]}
    return {"event": record.msg, **{name: fact for name, fact in facts.items() if fact not in (None, "")}}


def _kinds(error: BaseException) -> list[str]:
    """An exception and what it came from: `KeyError at studio.py:12 < job.py:40`, innermost place first."""
    told: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(told) < _PLACES:
        frames = traceback.extract_tb(cause.__traceback__)[-_PLACES:]
        places = (f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(frames))
        told.append(f"{type(cause).__name__} at {' < '.join(places) or 'no place'}")
        cause = cause.__cause__ or cause.__context__
    return told
