"""Words for numbers, times and names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from tryon_core import label


def either(words: Sequence[str]) -> str:
    """`JPG, PNG or BMP`."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def input_label(name: str) -> str:
    """A picture's name in a request as the page writes it: `Garment`, `Garment 2`, `Person photo`."""
    words = label(name).removesuffix(" 1")
    return f"{words[:1].upper()}{words[1:]}"


def pictures(n: int) -> str:
    """`1 picture`, `4 pictures`."""
    return "1 picture" if n == 1 else f"{n} pictures"


def credits(number: float) -> str:
    """`1 credit`, `25 credits`."""
    return "1 credit" if number == 1 else f"{amount(number)} credits"


# What a vendor's price is counted in, in words that follow "charges".
UNITS: Final[Mapping[str, Callable[[float], str]]] = {
    "picture": lambda number: f"for {pictures(round(number))}",
    "credit": credits,
}


def create(n: int) -> str:
    """The label of the button that creates `n` pictures."""
    return f"Create {pictures(n)}"


def amount(number: float) -> str:
    """A number of credits as `1,250` or `1,250.5`."""
    return f"{number:,.2f}".rstrip("0").rstrip(".")


def clock(seconds: float) -> str:
    """Seconds as `0:41`, `12:05` or `1:02:05`."""
    whole = max(0, int(seconds))
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def usually(span: tuple[float, float] | None) -> str:
    """The usual range of a job in words: `usually 40 to 70 s`, `usually 1 to 2 min`; empty when unknown."""
    if span is None:
        return ""
    low, high = span
    unit, size = ("s", 1.0) if high < 100 else ("min", 60.0)
    low, high = max(1, round(low / size)), max(1, round(high / size))
    return f"usually about {high} {unit}" if low == high else f"usually {low} to {high} {unit}"
