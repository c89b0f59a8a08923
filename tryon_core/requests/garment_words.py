"""What a garment is by what it is called: the name of a file, or one that somebody typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from tryon_core.requests.choices import GarmentType

_WORDS: Final[Mapping[GarmentType, str]] = MappingProxyType(
    {
        GarmentType.TOPS: (
            "tee tshirt shirt overshirt undershirt polo blouse tunic hoodie sweatshirt sweater jumper"
            " pullover cardigan knitwear turtleneck blazer jacket coat overcoat raincoat parka anorak"
            " windbreaker vest waistcoat camisole bodysuit bralette"
        ),
        GarmentType.BOTTOMS: (
            "pants trouser jeans shorts skirt miniskirt leggings jeggings tights chino slacks joggers"
            " sweatpants culottes palazzos capris bermudas skort cargos"
        ),
        GarmentType.DRESSES: "dress sundress minidress gown jumpsuit playsuit romper dungarees overalls",
        # Of more than one piece, so that no other word of the name says what it is.
        GarmentType.AUTO: "suit tracksuit set outfit pyjamas pajamas coord",
    }
)
_KINDS: Final = {word: kind for kind, words in _WORDS.items() for word in words.split()}
# They count where no other word does: a picture of jeans may be taken from the top, one of a dress be of its
# bottom.
_PLACES: Final[Mapping[str, GarmentType]] = MappingProxyType(
    {"top": GarmentType.TOPS, "bottom": GarmentType.BOTTOMS}
)
# What is found first counts, so the longer ones stand before those that are part of them.
_CHINESE: Final[Mapping[str, GarmentType]] = MappingProxyType(
    {
        **dict.fromkeys(("连衣裙", "连体裤", "连身裤", "礼服", "背带裤", "旗袍"), GarmentType.DRESSES),
        **dict.fromkeys(("半身裙", "半裙", "百褶裙", "包臀裙", "裤"), GarmentType.BOTTOMS),
        **dict.fromkeys(("套装", "裙"), GarmentType.AUTO),  # the second is a skirt or a dress
        **dict.fromkeys(
            ("上衣", "T恤", "t恤", "衬衫", "衬衣", "卫衣", "毛衣", "外套", "夹克", "大衣", "风衣", "背心"),
            GarmentType.TOPS,
        ),
    }
)  # fmt: skip
_ANY_CHINESE: Final = re.compile("|".join(map(re.escape, _CHINESE)))
_WORD: Final = re.compile(r"[a-z]+|[+&/,;]")  # or a sign between two garments
_BETWEEN: Final = re.compile(r"[\s+&/,，、;；和与配]+")
_TEE: Final = re.compile(r"\bt[-_ ]?shirt")


def kind_named(name: str) -> GarmentType:
    """What a name says that a garment is: "blue-jeans" a bottom, "denim jacket" a top, "shirt dress" a dress.
    `AUTO` where it says nothing, or names several: "shirt with skirt"."""
    words = _WORD.findall(_TEE.sub("tshirt", name.lower()))
    kinds = {*_last_of_each(words), *_chinese(name)}
    kinds = kinds or {kind for word in words for kind in _in(_PLACES, word)}
    return kinds.pop() if len(kinds) == 1 else GarmentType.AUTO


def _last_of_each(words: list[str]) -> Iterator[GarmentType]:
    """Of words that follow each other the last says what it is."""
    kinds = [_in(_KINDS, word) for word in words]
    for here, following in pairwise([*kinds, ()]):
        if not following:
            yield from here


def _in(table: Mapping[str, GarmentType], word: str) -> tuple[GarmentType, ...]:
    """The kind of a word, or of the one that it is the plural of."""
    forms = (word, word.removesuffix("s"), word.removesuffix("es"))
    return next(((table[form],) for form in forms if form in table), ())


def _chinese(name: str) -> Iterator[GarmentType]:
    """Chinese names end with what it is: 衬衫裙 is no shirt."""
    for part in _BETWEEN.split(name):
        yield from (_CHINESE[word] for word in _ANY_CHINESE.findall(part)[-1:])
