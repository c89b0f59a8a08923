"""What the command line says, in the language of whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tryon_core import add_texts, in_language, said

OWNER = "cli"
TEXTS = Path(__file__).parent / "texts"
ENGLISH = "en"
OPTION = "--language"
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")  # in the order of POSIX


class Words:
    """The texts of one language by their keys."""

    def __init__(self, language: str) -> None:
        add_texts(OWNER, TEXTS)
        self.language = language

    def __call__(self, key: str, /, **params: object) -> str:
        """The text with this key. Raises `KeyError`."""
        return in_language(said(f"{OWNER}:{key}", **params), self.language)


def language_of(arguments: Sequence[str], env: Mapping[str, str]) -> str:
    """The language that is asked for by `--language`, else by the environment; English where it is none of
    ours. It is needed before the command line is read, as the help is in it."""
    asked = _asked(arguments) or next(filter(None, map(env.get, _VARIABLES)), "")
    code = asked.replace("-", "_").partition("_")[0].partition(".")[0].lower()
    return code if code in languages() else ENGLISH


def languages() -> tuple[str, ...]:
    """The languages that there are texts in."""
    return tuple(sorted(file.stem for file in TEXTS.glob("*.toml")))


def _asked(arguments: Sequence[str]) -> str:
    for at, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == OPTION:
            return value or "".join(arguments[at + 1 : at + 2])
    return ""


def clock(seconds: float) -> str:
    """Seconds as `0:41`, `12:05` or `1:02:05`."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def plain_line(text: str) -> str:
    """A text that came from outside, fit for a terminal: one line, and nothing that would steer it."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
