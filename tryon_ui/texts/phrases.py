"""Words for numbers, times, names, and several of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import reduce

from tryon_core import label
from tryon_ui.texts import say, translated, wordings


def either(words: Sequence[str]) -> str:
    """`JPG, PNG or BMP`."""
    *first, last = words
    return say("word.either", first=tuple(first), last=last) if first else last


def listed(words: Sequence[str]) -> str:
    """`full body, 4 pictures, Aidge sandbox`."""
    return say("word.list").join(words)


def sentence(words: str) -> str:
    """Words as a sentence, which what a vendor or an earlier version said may not be."""
    words = translated(words)
    return (
        words if words.endswith((".", "!", "?", "。", "！", "？", "”")) else say("word.sentence", words=words)
    )


def sentences(parts: Iterable[str]) -> str:
    """Several sentences after each other, those of the core among them; an empty one is left out."""
    first, *more = [translated(part) for part in parts if part] or [""]
    return reduce(lambda before, after: say("word.then", first=before, second=after), more, first)


def input_label(name: str) -> str:
    """A picture's name in a request as the page writes it: `Garment`, `Bottom`, `Person photo`."""
    words = translated(label(name)).removesuffix(" 1")
    return f"{words[:1].upper()}{words[1:]}"


def pictures(n: int) -> str:
    """`1 picture`, `4 pictures`."""
    return say("word.pictures", n=n)


def price(unit: str, number: float) -> str:
    """What a vendor's price is counted in, in words that follow "charges": `25 credits`."""
    return say(f"unit.{unit}", n=round(number) if unit == "picture" else number, amount=amount(number))


def code(of_problem: str) -> str:
    """The code of a problem: in words where it is one of ours, a vendor's as it came."""
    return wordings("code").get(of_problem.replace(" ", "-"), of_problem)


def create(n: int) -> str:
    """The label of the button that creates `n` pictures."""
    return say("word.create", n=n)


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
    unit, size = ("seconds", 1.0) if high < 100 else ("minutes", 60.0)
    low, high = max(1, round(low / size)), max(1, round(high / size))
    about = "about_" if low == high else ""
    return say(f"usually.{about}{unit}", low=low, high=high)


def day(unix: float) -> str:
    """A date in the words of whoever reads it, of UTC."""
    moment = datetime.fromtimestamp(unix, UTC)
    month = say(f"month.{moment.month}")
    return say("share.day", day=moment.day, month=month, year=moment.year)
