"""The log: one JSON object a line, on the standard output, where every host collects it.

Every record has `time` (UTC, milliseconds), `level`, `event` and `logger`; those of a job's life have what
support asks for: `job`, `vendor`, `live`, `state`, `task_id`, `request_id`, `seconds`. No secret and no link
gets here. An exception is logged by its kind and its places, and so are the records of libraries that repeat
what they are sent; messages, which may hold what a visitor typed, only at the level DEBUG, which is
`TRYON_DEBUG`.
"""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TextIO

from tryon_core.observability.masking import masked

Fact = str | int | float | bool | None

# Other loggers than those of our packages write the address of every call (a vendor's signature, a result's
# link, a hosted picture's token), whole answers with what they carry, and what a photo tells of its place.
_OURS = "tryon"
# Of these, messages hold what callers sent, or exceptions with what these hold: the server of tools writes to
# no logger of its own name, and the engine what a database was given.
_REPEATING = ("root", "mcp", "asyncio", "dbos")
_PLACES = 6  # of an exception, the innermost
_LONGEST = 500  # characters of a message that is not ours
FACTS = "facts"


def write_log(log: logging.Logger, event: str, facts: Mapping[str, Fact], level: int = logging.INFO) -> None:
    """Writes one record. What is None or empty is left out."""
    log.log(level, event, extra={FACTS: facts})


def if_debug(log: logging.Logger, error: BaseException) -> BaseException | None:
    """The `exc_info` of a record whose words name the kind already: the whole error, where that is wanted.

    Never without our formatter, so at a logger that nobody set up: it would write the message as it is.
    """
    return error if log.isEnabledFor(logging.DEBUG) else None


class JsonLines(logging.Formatter):
    """A record as one line of JSON; with `messages`, those of exceptions too."""

    def __init__(self, *, messages: bool) -> None:
        super().__init__()
        self._messages = messages

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        told: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            **self._event(record),
            "logger": record.name,
        }
        if record.exc_info and record.exc_info[1] is not None:
            told["error"] = [self._told(error) for error in _chain(record.exc_info[1])]
        return json.dumps(told, default=str)  # in ASCII: collectors differ in what ends a line

    def _event(self, record: logging.LogRecord) -> Mapping[str, object]:
        """A record of ours by its facts; any other by its text, with links cut to where they lead, or by its
        place where the text may repeat what others sent."""
        facts = getattr(record, FACTS, None)
        if facts is not None:
            return {
                "event": record.msg,
                **{name: fact for name, fact in facts.items() if fact not in (None, "")},
            }
        repeats = record.name.partition(".")[0] in _REPEATING and not self._messages
        text = f"at {record.filename}:{record.lineno}" if repeats else _clean(record.getMessage())
        return {"event": "message", "text": text}

    def _told(self, error: BaseException) -> str:
        """`KeyError at studio.py:12 < job.py:40`, the innermost place first."""
        frames = traceback.extract_tb(error.__traceback__)[-_PLACES:]
        places = (f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(frames))
        where = f"{type(error).__name__} at {' < '.join(places) or 'no place'}"
        return f"{where}: {_clean(str(error))}" if self._messages else where


class OwnOrWarning(logging.Filter):
    """Lets records of libraries through from warnings on only, at whatever level."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written."""
        return record.levelno >= logging.WARNING or record.name.startswith(_OURS)


def set_up_logs(stream: TextIO, level: int = logging.INFO) -> None:
    """Sends records to `stream`, as lines of JSON: ours from `level` on, those of libraries from warnings on.
    At the level DEBUG and below it, with the messages of exceptions."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines(messages=level <= logging.DEBUG))
    handler.addFilter(OwnOrWarning())
    logging.basicConfig(handlers=[handler], level=level, force=True)
    logging.captureWarnings(True)


def adopt_logs(*names: str) -> None:
    """Has loggers that brought handlers of their own write with all others."""
    for name in names:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True


def _clean(text: str) -> str:
    """A text that is not ours, fit to be written. Masked before it is cut: half a secret is not found."""
    return masked(text)[:_LONGEST]


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An exception and what it came from, the last one first."""
    cause: BaseException | None = error
    for _ in range(_PLACES):
        if cause is None:
            return
        yield cause
        cause = cause.__cause__ or cause.__context__
