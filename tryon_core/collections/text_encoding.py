"""In which encoding a list of garments is written: read where that is known, named where it only seems so.

Without a mark it is any bytes. UTF-8 and UTF-16 show by themselves, GB 18030 and Windows-1252 are what
Excel writes in China and in the west. Others look like one of these, and would be read as nonsense.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import Final

_MARKS: Final = {
    codecs.BOM_UTF32_LE: "utf-32",  # before that of UTF-16, which it begins with
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    codecs.BOM_UTF8: "utf-8-sig",
}
_WIDE: Final = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_CHINESE: Final = "gb18030"
_WESTERN: Final = "cp1252"
_RARE: Final = 0xD8  # first byte of the characters of GB 2312 that few texts have (its level 2)
_KANA: Final = re.compile("[぀-ヿ]")
_PAIR: Final = re.compile(rb"[\x81-\xfe][\x40-\xfe]")
_ROW: Final = re.compile(rb"[\xc0-\xff]{4,}")
_FEW: Final = 20  # characters of which nothing can be said


class OtherEncoding(ValueError):
    """The list is in an encoding that is not read: `found` names what it seems to be, "" for nothing."""

    def __init__(self, found: str) -> None:
        super().__init__(found or "unknown")
        self.found = found


def decoded(data: bytes) -> str:
    """The text of a list. Raises `OtherEncoding`."""
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "")
    if marked:
        return _read(data, marked)
    if b"\0" in data:
        return _wide(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _narrow(data)


def _read(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise OtherEncoding("") from None


def _wide(data: bytes) -> str:
    """Zero bytes are half of every comma and of every end of a line: the right order has most of these."""
    texts = [text for name in _WIDE if (text := _or_none(data, name)) is not None and "\0" not in text]
    if not texts:
        raise OtherEncoding("")
    return max(texts, key=lambda text: sum(map(text.count, ",;\t\r\n")))


def _narrow(data: bytes) -> str:
    for name, seems in _OTHERS.items():
        if seems(data):
            raise OtherEncoding(name)
    text = _or_none(data, _CHINESE)
    if text is not None and _is_usual(text):
        return text
    return _read(data, _WESTERN)


def _or_none(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_usual(text: str) -> bool:
    """Whether half of what is not ASCII is what Chinese texts are made of."""
    foreign = [sign for sign in text if not sign.isascii()]
    return 2 * sum(map(_is_usual_sign, foreign)) >= len(foreign)


def _is_usual_sign(sign: str) -> bool:
    try:
        return sign.encode("gb2312")[0] < _RARE
    except UnicodeEncodeError:
        return False


def _seems_japanese(data: bytes) -> bool:
    """Shift-JIS begins its characters with bytes that no letter of the west and few of China have."""
    text, pairs = _or_none(data, "cp932"), _PAIR.findall(data)
    low = sum(pair[0] < 0xA0 for pair in pairs)
    return text is not None and bool(_KANA.search(text)) and 2 * low > len(pairs)


def _seems_euc_japanese(data: bytes) -> bool:
    """GB 2312 has kana in the places of EUC-JP; a text of China has next to none of them."""
    text = _or_none(data, "euc_jp") or ""
    return 5 * len(_KANA.findall(text)) > sum(not sign.isascii() for sign in text)


def _seems_taiwanese(data: bytes) -> bool:
    """Big5 has its usual characters at 0xA4 to 0xC6, half of them with a second byte that GB 2312 has not."""
    text, pairs = _or_none(data, "big5"), _PAIR.findall(data)
    usual = sum(0xA4 <= pair[0] <= 0xC6 for pair in pairs)
    apart = sum(pair[1] < 0xA1 for pair in pairs)
    mixed = len(pairs) < 5 * apart < 4 * len(pairs)  # in texts of the west a letter follows nearly each one
    return text is not None and 10 * usual >= 9 * len(pairs) and mixed


def _seems_korean(data: bytes) -> bool:
    """Hangul has the first half of the places of the usual Chinese characters: what has none of the second
    half is no text of China, if it is more than a few."""
    text, pairs = _or_none(data, "euc_kr"), _PAIR.findall(data)
    hangul = sum(0xB0 <= pair[0] <= 0xC8 and pair[1] >= 0xA1 for pair in pairs)
    return text is not None and len(pairs) >= _FEW and 20 * hangul >= 19 * len(pairs)


def _seems_another_alphabet(data: bytes) -> bool:
    """Letters of other alphabets (Cyrillic, Greek, Hebrew, Arabic) lie where Windows-1252 has those with
    accents, of which no language of the west writes rows; and where texts of China have what is rare."""
    letters = sum(byte >= 0xC0 for byte in data)
    in_rows = sum(map(len, _ROW.findall(data)))
    text = _or_none(data, _CHINESE)
    return 2 * in_rows > letters and not (text is not None and _is_usual(text))


_OTHERS: Final[dict[str, Callable[[bytes], bool]]] = {
    "Shift-JIS": _seems_japanese,
    "EUC-JP": _seems_euc_japanese,
    "Big5": _seems_taiwanese,
    "EUC-KR": _seems_korean,
    "Windows-1251 or another code page": _seems_another_alphabet,
}
