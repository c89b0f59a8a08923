"""What rows, columns and collections are called until their visitor says otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tryon_core import identity
from tryon_core.collections.new import LONGEST_NAME, NewGarment, NewModel
from tryon_core.sentences import ENGLISH, Sentence, in_every_language, in_language, one_line, said

FEW = 3  # garments that are named one by one
LONGEST_LISTED = 60  # characters of their names: a line of a cover
_PARTS = re.compile(r"[\s_-]+")
# A number keeps the capitals before its hyphen where the other parts are joined by something else:
# `SKU-881 navy tee`.
_CODE = r"[A-Z]{1,4}-\d[A-Za-z\d]*"
_PART = re.compile(rf"(?<![^\s_]){_CODE}(?=[\s_])|(?<=[\s_]){_CODE}(?![^\s_])|[^\s_-]+")
# What cameras, phones and messengers call a picture: `IMG_2044`, `DSCN0012`, `P1040321`, `20240501_101500`,
# `PXL_20240501_101500123`, `WhatsApp Image 2024-05-01 at 10.15.00 AM`. Their number counts pictures or tells
# a time; what somebody typed behind it is left.
_TAKEN = re.compile(
    r"_*(?:(?:img|image?|cimg|dsc[nf]?|mg|pxl|mvimg|gopr|dji|sam|fb[ _-]?img|photo|pic(?:ture)?"
    r"|screen ?shots?|bildschirmfoto|whatsapp (?:image|bild)|wechat ?img|mmexport|received|signal"
    r"|微信图片|屏幕截图|截屏|图片)"
    r"(?=[\W_]*e?\d)|p(?=_?\d{7})|(?=(?:19|20)\d{6}[_-]\d{6}))"
    r"(?:[\W_]*(?:wa|e)?\d+|[\W_]+(?:at|um|am|pm)(?![^\W\d_]))+[\W_]*",
    re.IGNORECASE,
)

# Of a file that was converted and has two: `IMG_2045.HEIC.jpg`.
_ENDING = re.compile(r"(?:\.(?:jpe?g|png|hei[cf]|webp|bmp|tiff?|gif|avif))+$", re.IGNORECASE)


def tidy(text: str) -> str:
    """What was typed, in one line that every database takes, no longer than anybody reads."""
    return one_line(text)[:LONGEST_NAME].strip()


def names_of(garment: NewGarment) -> tuple[str, str]:
    """Name and article number of a row: those that were given, else from the names of the files. There the
    number is the first part that has a digit: "4711_striped-shirt" and "striped-shirt-4711" are one shirt.
    That of a camera is none."""
    name, article = tidy(garment.name), tidy(garment.article)
    if name and article:
        return name, article
    words, numbers = zip(*map(_read, identity.stems_of_suit(garment.suit)), strict=True)
    return name or tidy(identity.together(words)), article or tidy(numbers[0])


def _read(stem: str) -> tuple[str, str]:
    """The words and the number in a file's name, which may have kept the ending that it had before."""
    stem = _ENDING.sub("", stem) or stem
    if taken := _TAKEN.match(stem):
        typed = stem[taken.end() :]
        return _read(typed) if typed else (_joined(_PARTS.split(stem)), "")
    parts = _PART.findall(stem)
    number = next((part for part in parts if any(letter.isdigit() for letter in part)), "")
    words = " ".join(part for part in parts if part != number)
    return _joined([words] if any(letter.isalpha() for letter in words) else parts), number


def _joined(parts: Sequence[str]) -> str:
    words = " ".join(filter(None, parts))
    return words[:1].upper() + words[1:]


def name_of(model: NewModel) -> str:
    """What a column is called."""
    return tidy(model.name) or tidy(identity.name_of_model(model.model))


def usual_name(garments: Sequence[str]) -> str:
    """What a collection of garments with these names is called where its visitor gave it no name: all of
    them where they are few, short and not the same; as a sentence that can be shown in each language. It
    stands on what is handed over, too, so it says what is in there."""
    *names, last = garments
    if not names:
        return last
    listed = said("collection.few", names=tuple(names), last=last)
    is_short = len(garments) <= FEW and len(listed) <= LONGEST_LISTED
    tells_them_apart = len(set(garments)) == len(garments)
    return listed if is_short and tells_them_apart else said("collection.many", n=len(garments))


def _counts(listed: str) -> bool:
    return isinstance(listed, Sentence) and listed.key == "collection.many"


def name_of_shown(name: str, garments: Sequence[str], shown: Sequence[str]) -> str:
    """What to call what shows some of a collection's garments: its name; where that only lists all of them,
    those that are shown, in the language of who made it. A name that counts them goes on counting all:
    with another number it would be another collection's."""
    listed = usual_name(shown)
    return name_after(name, garments, usual_name(garments) if _counts(listed) else listed)


def name_after(name: str, garments: Sequence[str], listed: str) -> str:
    """A collection's name; where that is the usual one of its `garments`, what is `listed` instead, in the
    language of who made it."""
    lists = in_every_language(usual_name(garments))
    if name == lists[ENGLISH]:
        return listed
    spoken = [language for language, usual in lists.items() if usual == name]
    return in_language(listed, spoken[0]) if spoken else name
