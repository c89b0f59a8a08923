"""What a garment is by what it is called: the name of a file, or one that somebody typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, pairwise
from types import MappingProxyType
from typing import Final

from tryon_core.requests.choices import GarmentType

_WORDS: Final[Mapping[GarmentType, str]] = MappingProxyType(
    {
        GarmentType.TOPS: (
            "tee tshirt shirt overshirt undershirt polo henley crewneck longsleeve blouse tunic kurta kurti"
            " hoodie hoody sweatshirt sweater jumper pullover cardigan knitwear turtleneck rollneck bolero"
            " blazer jacket shacket bomber blouson coat overcoat raincoat trenchcoat peacoat puffer parka"
            " anorak windbreaker windcheater poncho vest gilet waistcoat tank singlet cami camisole bustier"
            " corset bandeau bodysuit bra bralette croptop tanktop"
        ),
        GarmentType.BOTTOMS: (
            "pant trouser jeans shorts boardshorts skirt miniskirt midiskirt maxiskirt kilt sarong legging"
            " jegging tights chino slacks jogger sweatpant trackpant culotte palazzo capri bermuda skort"
            " cargos khakis breeches jodhpurs"
        ),
        GarmentType.DRESSES: (
            "dress sundress minidress mididress maxidress shirtdress slipdress nightdress gown ballgown frock"
            " pinafore kaftan caftan abaya cheongsam qipao saree sari jumpsuit boilersuit catsuit playsuit"
            " romper onesie dungarees overalls coveralls"
        ),
        # Of more than one piece, so that no other word of the name says what it is.
        GarmentType.AUTO: (
            "suit tracksuit pantsuit tuxedo set twinset outfit ensemble pyjamas pajamas coord ord bikini"
        ),
    }
)
_KINDS: Final = {word: kind for kind, words in _WORDS.items() for word in words.split()}
# They count where no other word of their part of the name does: a picture of jeans may be taken from the top,
# one of a dress be of its bottom.
_PLACES: Final[Mapping[str, GarmentType]] = MappingProxyType(
    {"top": GarmentType.TOPS, "bottom": GarmentType.BOTTOMS}
)
_CHINESE_WORDS: Final[Mapping[GarmentType, str]] = MappingProxyType(
    {
        GarmentType.TOPS: (
            "上衣 外衣 衬衣 卫衣 毛衣 大衣 风衣 皮衣 棉衣 雨衣 冲锋衣 防晒衣 恤 衫 外套 夹克 棉袄 马甲"
            " 坎肩 背心 吊带 抹胸 斗篷 小西装 羽绒服 棉服 棒球服"
        ),
        GarmentType.BOTTOMS: "半身裙 半裙 百褶裙 包臀裙 裤",
        GarmentType.DRESSES: (
            "连衣裙 连身裙 吊带裙 背心裙 背带裙 睡裙 婚纱 礼服 旗袍 连体裤 连身裤 背带裤"
        ),
        # A 裙 is a skirt or a dress, a 西装 a suit or its jacket.
        GarmentType.AUTO: "裙 西装 西服 套装 件套 睡衣 泳衣 比基尼 运动服 汉服 校服",
    }
)  # fmt: skip
_CHINESE: Final = {word: kind for kind, words in _CHINESE_WORDS.items() for word in words.split()}
# What is found first counts, so the longer ones stand before those that are part of them.
_ANY_CHINESE: Final = re.compile("|".join(sorted(_CHINESE, key=len, reverse=True)))
_WORD: Final = re.compile(r"[a-z]+")
_JOINT: Final = re.compile(r"[+&/,;]|(?<![a-z])(?:and|with|plus|over)(?![a-z])")  # between two garments
_BETWEEN: Final = re.compile(r"[\s+&/,，、;；和与配加搭]+")
_TEE: Final = re.compile(r"\bt[-_ ]?shirt")


def kind_named(name: str) -> GarmentType:
    """What a name says that a garment is: "blue-jeans" a bottom, "denim jacket" a top, "shirt dress" a dress.
    `AUTO` where it says nothing, or names several: "shirt with skirt"."""
    parts = _JOINT.split(_TEE.sub("tshirt", name.lower()))
    kinds = {*chain.from_iterable(map(_english, parts)), *_chinese(name)}
    return kinds.pop() if len(kinds) == 1 else GarmentType.AUTO


def _english(part: str) -> Iterable[GarmentType]:
    words = _WORD.findall(part)
    return tuple(_last_of_each(words)) or (kind for word in words for kind in _in(_PLACES, word))


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
