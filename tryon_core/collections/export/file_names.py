"""What files are called, by a pattern of the visitor's: names that Windows, macOS and Linux all take."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from tryon_core.collections.export.contents import ExportPicture
from tryon_core.errors import InvalidRequest, rule
from tryon_core.images.facts import media_type_of
from tryon_core.sentences import plain

USUAL_PATTERN = "{article}_{garment}_{model}_{view}_{n}"
LONGEST_PATTERN = 200  # characters
MOST_BYTES = 180  # of a name without its ending: 255 are allowed, and a zip is unpacked into some folder
FIELDS: Mapping[str, Callable[[ExportPicture], str]] = {
    "article": lambda picture: picture.article,
    "garment": lambda picture: picture.garment,
    "model": lambda picture: picture.model,
    "view": lambda picture: picture.view,
    "n": lambda picture: f"{picture.n}-refined" if picture.refined_from else str(picture.n),
    "vendor": lambda picture: picture.vendor,
    "date": lambda picture: datetime.fromtimestamp(picture.made_at, UTC).strftime("%Y-%m-%d"),
}
# Windows: "Naming Files, Paths, and Namespaces". A slash would make a folder, and a folder can lead away.
_REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
# What parts names from each other in the lists of pictures that shops take in. A pattern may have it.
_PARTING = re.compile(r"[,;，；、]")
_REFUSED_NAMES = re.compile(r"(CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³])(\..*)?", re.IGNORECASE)
# Signs that nobody sees: they turn the order of reading around, or make two names look like one.
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
_SPACES = re.compile(r"\s+")
_REPEATED = re.compile(r"([_-])[_-]+")
_SEPARATORS = " _-"
_ENDS = f".{_SEPARATORS}"
# And what a spreadsheet takes for a formula: the manifest has the names as they are.
_STARTS = f"{_ENDS}=+@＝＋－＠"
_NOTHING = "picture"


def check_pattern(pattern: str) -> None:
    """Raises `InvalidRequest` for a pattern that names what is not known, or that no file can be called."""
    if len(pattern) > LONGEST_PATTERN:
        raise InvalidRequest(*rule("pattern_long", length=len(pattern), most=LONGEST_PATTERN))
    parts = _parts(pattern)
    known = tuple(f"{{{name}}}" for name in FIELDS)
    odd = next((name for _, name in parts if name is not None and name not in FIELDS), None)
    if odd is not None:
        raise InvalidRequest(*rule("pattern_field", found=f"{{{plain(odd)}}}", known=known))
    if refused := next((found[0] for text, _ in parts if (found := _REFUSED.search(text))), ""):
        raise InvalidRequest(*rule("pattern_sign", sign=refused if refused.isprintable() else repr(refused)))
    if not any(name for _, name in parts):
        raise InvalidRequest(*rule("pattern_empty", known=known))


def names_of(pictures: Iterable[ExportPicture], pattern: str = USUAL_PATTERN) -> list[str]:
    """A name for each picture, all different wherever capitals do not count. Raises `InvalidRequest`."""
    check_pattern(pattern)
    taken: set[str] = set()
    return [_free(_stem(picture, pattern), _ending(picture), taken) for picture in pictures]


def file_name(text: str) -> str:
    """A text as the name of a file, without an ending."""
    return _fitting(_clean(text))


def _parts(pattern: str) -> list[tuple[str, str | None]]:
    """Each text with the field behind it. Raises `InvalidRequest` for braces that do not match, and for what
    `str.format` could do besides: reach into a value, or take long to pad it."""
    try:
        parts = list(string.Formatter().parse(pattern))
    except ValueError:
        raise InvalidRequest(*rule("pattern_braces")) from None
    if any(spec or conversion for _, _, spec, conversion in parts):
        raise InvalidRequest(*rule("pattern_braces"))
    return [(text, name) for text, name, _, _ in parts]


def _stem(picture: ExportPicture, pattern: str) -> str:
    texts, names = zip(*_parts(pattern), strict=True)
    words = [_clean(FIELDS[name](picture)) if name is not None else "" for name in names]
    words = _shortened(words, MOST_BYTES - len("".join(texts).encode()))
    return _fitting(_joined(zip(texts, words, strict=True)))


def _joined(parts: Iterable[tuple[str, str]]) -> str:
    """Each text with the word behind it. Where a word is empty, one of its two separators is left."""
    stem, between = "", ""
    for text, word in parts:
        between += "" if between and not text.strip(_SEPARATORS) else text
        if word:
            stem, between = stem + between + word, ""
    return stem + between


def _shortened(words: Sequence[str], room: int) -> list[str]:
    """The words, the longest ones cut so that all of them fit: a long name takes no other field its place."""
    sizes = [len(word.encode()) for word in words]
    fits = (most for most in range(MOST_BYTES, 0, -1) if sum(min(size, most) for size in sizes) <= room)
    most = next(fits, 1)
    return [_cut(word, most) for word in words]


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore").rstrip(_SEPARATORS)


def _clean(text: str) -> str:
    seen = (sign for sign in unicodedata.normalize("NFC", plain(text)) if _is_seen(sign))
    text = _PARTING.sub("-", _REFUSED.sub("-", "".join(seen)))
    return _REPEATED.sub(r"\1", _SPACES.sub("-", text)).strip(_SEPARATORS)


def _is_seen(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) not in _UNSEEN


def _fitting(stem: str) -> str:
    short = _cut(stem.lstrip(_STARTS).rstrip(_ENDS), MOST_BYTES).rstrip(_ENDS) or _NOTHING
    return f"{_NOTHING}-{short}" if _REFUSED_NAMES.fullmatch(short) else short


def _ending(picture: ExportPicture) -> str:
    ending = picture.path.suffix.lower()
    return ending if media_type_of(picture.path).startswith("image/") else ".img"


def _free(stem: str, ending: str, taken: set[str]) -> str:
    """The name, with a number behind it where another picture has it already."""
    name, number = f"{stem}{ending}", 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}-{number}{ending}"
    taken.add(name.casefold())
    return name
