"""The lookbook as one HTML file that needs nothing else: its style, font and pictures are in it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path

from markupsafe import Markup

from tryon_core.collections.export.contents import Export, ExportPicture
from tryon_core.collections.export.fonts import FOR_BROWSERS
from tryon_core.collections.export.lookbook_pages import (
    CoverPage,
    GarmentPage,
    IndexPage,
    Numbered,
    Page,
    pages_of,
)
from tryon_core.collections.export.lookbook_words import (
    MARK,
    PRODUCT,
    alt_text,
    continued,
    cover_facts,
    day,
    garment_facts,
    photo_text,
    pixels,
    words,
)
from tryon_core.collections.export.shown_pictures import (
    FULL_QUALITY,
    PHOTO_SIDE,
    THUMB_QUALITY,
    on_white,
    packed,
    shown,
)
from tryon_core.images.figure import crop_of

_STYLE = Path(__file__).with_name("lookbook.css")
_IN_BROWSERS = ("JPEG", "PNG", "WEBP")
_JPEG = "image/jpeg"
_THUMB, _LOOKED_AT = 480, 256  # pixels of the longer side
_COVER_SIDE = 1680  # pixels of the longer side: 300 an inch of a cover
_BAND_W, _BAND_H = 210, 142  # millimetres
_LONG_TITLE = 48  # characters
_BARE = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:"

_HEAD = Markup(
    '<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
    '<meta http-equiv="Content-Security-Policy" content="{bare}">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="robots" content="noindex">\n<meta name="generator" content="{product}">\n'
    "<title>{title}</title>\n<style>\n"
    '@font-face {{ font-family: "Instrument Sans"; font-weight: 400 700;'
    ' src: url("data:font/woff2;base64,{font}") format("woff2"); }}\n{style}</style>\n</head>\n'
    "<body>\n<main>\n"
)
_END = Markup("</main>\n</body>\n</html>\n")
_FOOT = Markup('<footer><span>{ai}</span><span class="n">{number} / {count}</span></footer></section>\n')
_COVER = Markup(
    '<section class="pg cov"><div class="ch"><span class="mark">{mark}{product}</span><span>{day}</span>'
    '</div><h1{long}>{title}</h1><div class="band{one}">{pictures}</div><dl>{facts}</dl>'
)
_PAIR = Markup("<div><dt>{}</dt><dd>{}</dd></div>")
_INDEX = Markup('<section class="pg idx"><h2>{}</h2><ol>{}</ol>')
_ENTRY = Markup(
    '<li><a href="#page-{number}">{picture}<b>{name}</b>'
    '<span class="n">{article}<em>{number}</em></span></a></li>'
)
_GARMENT = Markup(
    '<section class="pg one" id="page-{number}"><header><h2>{name}</h2><span class="n">{article}</span>'
    "</header>"
)
_FIRST = Markup(
    '<div class="main">{hero}<div class="side">{photos}<dl>{facts}</dl>{table}</div></div>'
    '<div class="rest few-{count}">{rest}</div>'
)
_ALONE = Markup(
    '<div class="main alone">{hero}<div class="side">{photos}</div></div>'
    '<div class="below"><dl>{facts}</dl>{table}</div>'
)
_TABLES_BELOW = Markup(
    '<div class="main tall">{hero}<div class="side">{photos}</div></div>'
    '<div class="rest few-{count}">{rest}<div class="below"><dl>{facts}</dl>{table}</div></div>'
)
_FURTHER = Markup('<div class="rest more-{}">{}</div>{}')
_FIGURE = Markup("<figure{}>{}{}</figure>")
_PHOTO = Markup('<figure class="gm{}">{}</figure>')
_CAPTION = Markup("<figcaption>{}</figcaption>")
_FACT = Markup('<dt>{}</dt><dd class="n">{}</dd>')
_TABLE = Markup(
    '<table><thead><tr><th><span class="vh">{picture}</span></th><th>{model}</th><th>{size}</th>'
    "<th>{refined}</th></tr></thead><tbody>{rows}</tbody></table>"
)
_ROW = Markup(
    '<tr><td class="n">{number}</td><td>{model}</td><td class="n">{size}</td><td>{refined}</td></tr>'
)
_IMAGE = Markup('<img src="data:{kind};base64,{data}" alt="{alt}"{style}>')
_CROPPED = Markup(' style="object-fit: cover; object-position: {:.1f}% 50%"')


def lookbook_html(export: Export) -> Iterator[bytes]:
    """The file, a page at a time."""
    said, pages = words(export.language), pages_of(export)
    yield _head(export).encode()
    for number, page in enumerate(pages, 1):
        yield _page(export, said, page, number).encode()
        yield _FOOT.format(ai=said["ai"], number=number, count=len(pages)).encode()
    yield _END.encode()


def _head(export: Export) -> Markup:
    return _HEAD.format(
        language=export.language,
        bare=Markup(_BARE),
        product=PRODUCT,
        title=export.title,
        font=b64encode(FOR_BROWSERS.read_bytes()).decode(),
        style=Markup(_STYLE.read_text(encoding="utf-8")),
    )


def _page(export: Export, said: Mapping[str, str], page: Page, number: int) -> Markup:
    match page:
        case CoverPage():
            return _cover(export, said)
        case IndexPage():
            return _index(export, said, page)
        case GarmentPage():
            return _garment(export, said, page, number)


def _cover(export: Export, said: Mapping[str, str]) -> Markup:
    part = _BAND_W / _BAND_H / max(len(export.cover), 1)
    alone = len(export.cover) == 1
    pictures = (_on_cover(export, picture, None if alone else part) for picture in export.cover)
    return _COVER.format(
        mark=Markup(MARK),
        product=PRODUCT,
        day=day(export.made_at, export.language),
        long=Markup(' class="long"' if len(export.title) > _LONG_TITLE else ""),
        title=export.title,
        one=" one-only" if alone else "",
        pictures=Markup("").join(pictures),
        facts=Markup("").join(_PAIR.format(*pair) for pair in cover_facts(export, said)),
    )


def _index(export: Export, said: Mapping[str, str], page: IndexPage) -> Markup:
    entries = (
        _ENTRY.format(
            number=number,
            picture=_small(garment.pictures[0].path, _THUMB, alt_text(garment.pictures[0], export.language)),
            name=garment.name,
            article=garment.article,
        )
        for garment, number in page.entries
    )
    return _INDEX.format(said["index"], Markup("").join(entries))


def _garment(export: Export, said: Mapping[str, str], page: GarmentPage, number: int) -> Markup:
    garment, language = page.garment, export.language
    name = garment.name if page.first else continued(garment.name, language)
    head = _GARMENT.format(number=number, name=name, article=garment.article)
    alone = len(garment.pictures) == 1
    figures = [_figure(export, numbered, alone) for numbered in page.pictures]
    table = _table(said, page.pictures)
    if not page.first:
        return head + _FURTHER.format(len(figures), Markup("").join(figures), table)
    several = " several" if len(garment.photos) > 1 else ""
    photos = (_small(photo, PHOTO_SIDE, photo_text(garment, language)) for photo in garment.photos)
    hero = _figure(export, page.pictures[0], alone, Markup(' class="hero"'))
    first = _ALONE if alone else _TABLES_BELOW if page.tables_below else _FIRST
    return head + first.format(
        hero=hero,
        count=len(figures) - 1,
        photos=Markup("").join(_PHOTO.format(several, photo) for photo in photos),
        facts=Markup("").join(_FACT.format(*fact) for fact in garment_facts(garment, said, language)),
        table=table,
        rest=Markup("").join(figures[1:]),
    )


def _figure(export: Export, numbered: Numbered, alone: bool, kind: str = "") -> Markup:
    caption = "" if alone else _CAPTION.format(numbered.number)
    return _FIGURE.format(kind, _picture(export, numbered.picture), caption)


def _table(said: Mapping[str, str], pictures: tuple[Numbered, ...]) -> Markup:
    rows = (
        _ROW.format(
            number=numbered.number,
            model=numbered.picture.model,
            size=pixels(numbered.picture),
            refined=said["yes" if numbered.picture.refined_from else "no"],
        )
        for numbered in pictures
    )
    labels = {name: said[name] for name in ("picture", "model", "size", "refined")}
    return _TABLE.format(rows=Markup("").join(rows), **labels)


def _picture(export: Export, picture: ExportPicture) -> Markup:
    """The file itself where browsers show it."""
    found = shown(picture.path)
    if found.facts.format in _IN_BROWSERS and not found.facts.odd:
        kind, data = found.facts.media_type, found.data
    else:
        kind, data = _JPEG, packed(on_white(found), FULL_QUALITY)
    return _image(kind, data, alt_text(picture, export.language))


def _on_cover(export: Export, picture: ExportPicture, narrow: float | None) -> Markup:
    """Packed smaller, as the file itself comes on its page; in a box of ratio `narrow` cut as far as the
    figure allows."""
    found, style = shown(picture.path), ""
    if narrow is not None:
        part = narrow / found.ratio
        crop = crop_of(on_white(found, _LOOKED_AT), part, live=picture.live)
        style = _CROPPED.format(100 * crop[0] / (1 - part)) if crop else ""
    data = packed(on_white(found, _COVER_SIDE), FULL_QUALITY)
    return _image(_JPEG, data, alt_text(picture, export.language), style)


def _small(path: Path, side: int, alt: str) -> Markup:
    return _image(_JPEG, packed(on_white(shown(path), side), THUMB_QUALITY), alt)


def _image(kind: str, data: bytes, alt: str, style: str = "") -> Markup:
    return _IMAGE.format(kind=kind, data=Markup(b64encode(data).decode()), alt=alt, style=style)
