"""What the forms of a link's page say, as anybody may send them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.requests import Request

from tryon_core import UNSAID, Unsaid, Verdict

_MOST_FIELDS: Final = 8


def verdict_in(form: Mapping[str, str]) -> Verdict | Unsaid | None:
    """The yes or no of a form; None where it is taken back."""
    if "verdict" not in form:
        return UNSAID
    return Verdict(form["verdict"]) if form["verdict"] in set(Verdict) else None


def number_in(typed: str) -> int:
    """A number of a picture; 0, which none has, for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0


async def fields_of(request: Request) -> dict[str, str]:
    """The fields of a form of ours; one with a file in it is none, and answered with 400."""
    async with request.form(max_files=0, max_fields=_MOST_FIELDS) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}
