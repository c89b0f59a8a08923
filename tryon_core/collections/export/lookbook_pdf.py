"""The lookbook as a PDF: A4, our fonts, pictures as they are. Lengths are millimetres, sizes points."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime

from fpdf import FPDF

from tryon_core.collections.export.contents import Export
from tryon_core.collections.export.fonts import BOLD, has_unknown
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
    words,
)
from tryon_core.collections.export.pdf_places import (
    ABOVE_TABLE,
    first_places,
    further_places,
    photo_places,
    tables_place,
)
from tryon_core.collections.export.pdf_sheet import A4, ACCENT, MARGIN, WIDTH, Box, Sheet
from tryon_core.collections.export.pdf_table import FACT, picture_table, table_height, two_columns

_MARK = MARK.replace("<g>", f'<g fill="none" stroke="{ACCENT}" stroke-width="1.75">')
_TITLE_SIZES = (56.0, 44.0, 34.0, 26.0, 20.0)
_TITLE_LINES = 3
_BAND, _BAND_GAP = 142.0, 1.0
_ABOVE_FACTS = 252.0  # where the facts of the cover have room below
_TIGHT, _TIGHTER = -0.035, -0.045  # letter spacing of heads


def lookbook_pdf(export: Export) -> bytes:
    """The whole file. Takes tenths of a second a page."""
    pdf = FPDF(unit="mm", format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.set_title(export.title)
    pdf.set_lang(export.language)
    pdf.set_creator(PRODUCT)
    pdf.set_creation_date(datetime.fromtimestamp(export.made_at, UTC))
    sheet = Sheet(pdf)
    pages = pages_of(export)
    said = words(export.language)
    for number, page in enumerate(pages, 1):
        pdf.add_page()
        _draw(sheet, export, said, page)
        _foot(sheet, said, number, len(pages))
    return bytes(pdf.output())


def _draw(sheet: Sheet, export: Export, said: Mapping[str, str], page: Page) -> None:
    match page:
        case CoverPage():
            _cover(sheet, export, said)
        case IndexPage():
            _index(sheet, export, said, page)
        case GarmentPage():
            _garment(sheet, export, said, page)


def _foot(sheet: Sheet, said: Mapping[str, str], number: int, count: int) -> None:
    sheet.dim(said["ai"], MARGIN, 286.8, 7.5, most=WIDTH - 20)
    sheet.dim(f"{number} / {count}", A4[0] - MARGIN, 286.8, 7.5, right=True)


def _cover(sheet: Sheet, export: Export, said: Mapping[str, str]) -> None:
    sheet.pdf.start_section(export.title)
    sheet.pdf.image(io.BytesIO(_MARK.encode()), MARGIN, 14.2, 6.6, 6.6)
    sheet.bold(PRODUCT, MARGIN + 9.3, 18.9, 10.5)
    sheet.ink(day(export.made_at, export.language), A4[0] - MARGIN, 18.9, 9.5, right=True)
    bottom = _title(sheet, export.title)
    _band(sheet, export, bottom + 14)
    for column, (label, value) in enumerate(cover_facts(export, said)):
        x = MARGIN + column * 47
        sheet.dim(label, x, 265.9, 7.5, most=44)
        sheet.medium(value, x, 270.6, 9.5, most=44)
    if has_unknown(_texts(export)):
        sheet.dim(said["left_out"], MARGIN, 281.5, 7.5, most=WIDTH)


def _title(sheet: Sheet, title: str) -> float:
    """In the largest type in which it takes three lines; where it ends."""
    size, lines = _TITLE_SIZES[-1], [title]
    for size in _TITLE_SIZES:
        lines = sheet.type.lines(title, size, BOLD, _TIGHTER, WIDTH)
        fits = all(sheet.type.width(line, size, BOLD, _TIGHTER) <= WIDTH for line in lines)
        if fits and len(lines) <= _TITLE_LINES:
            break
    step = size * 0.96 * 25.4 / 72
    for number, line in enumerate(lines[:_TITLE_LINES]):
        sheet.bold(line, MARGIN, 38.6 + step * (number + 0.96), size, spacing=_TIGHTER, most=WIDTH)
    return 39 + step * min(len(lines), _TITLE_LINES)


def _band(sheet: Sheet, export: Export, top: float) -> None:
    """Across the whole page; a single one stands by itself, as large as there is room."""
    pictures = export.cover
    if len(pictures) == 1:
        height = min(_ABOVE_FACTS - top, WIDTH * 4 / 3)
        box = Box((A4[0] - height * 3 / 4) / 2, top, height * 3 / 4, height)
        sheet.whole(pictures[0].path, box, alt_text(pictures[0], export.language))
        return
    each = (A4[0] - _BAND_GAP * (len(pictures) - 1)) / max(len(pictures), 1)
    for place, picture in enumerate(pictures):
        box = Box(place * (each + _BAND_GAP), top, each, _BAND)
        sheet.narrow(picture.path, box, alt_text(picture, export.language), live=picture.live)


def _index(sheet: Sheet, export: Export, said: Mapping[str, str], page: IndexPage) -> None:
    sheet.bold(said["index"], MARGIN, 23.4, 30, spacing=_TIGHT)
    for place, (garment, number) in enumerate(page.entries):
        row, column = divmod(place, 4)
        box = Box(MARGIN + column * 46.5, 34.3 + row * 73.8, 42.5, 56.67)
        sheet.whole(garment.pictures[0].path, box, alt_text(garment.pictures[0], export.language))
        sheet.bold(garment.name, box.x, box.bottom + 5.4, 9.5, most=box.w)
        sheet.dim(garment.article, box.x, box.bottom + 9.8, 9.5, most=box.w - 10)
        sheet.medium(str(number), box.x + box.w, box.bottom + 9.8, 9.5, right=True)
        sheet.pdf.link(box.x, box.y, box.w, box.h + 11, sheet.pdf.add_link(page=number))


def _garment(sheet: Sheet, export: Export, said: Mapping[str, str], page: GarmentPage) -> None:
    name = page.garment.name if page.first else continued(page.garment.name, export.language)
    width = sheet.type.width(page.garment.article, 14)
    sheet.bold(name, MARGIN, 23.4, 30, spacing=_TIGHT, most=WIDTH - width - 8)
    sheet.dim(page.garment.article, A4[0] - MARGIN, 23.4, 14, right=True)
    (_first if page.first else _further)(sheet, export, said, page)


def _first(sheet: Sheet, export: Export, said: Mapping[str, str], page: GarmentPage) -> None:
    sheet.pdf.start_section(page.garment.name)
    places = first_places(len(page.pictures))
    for numbered, box in zip(page.pictures, places, strict=True):
        _numbered(sheet, export, numbered, box, len(page.garment.pictures) == 1)
    for photo, box in zip(page.garment.photos, photo_places(page), strict=True):
        sheet.photo(photo, box, photo_text(page.garment, export.language))
    facts = garment_facts(page.garment, said, export.language)
    x, top, width = tables_place(page, FACT * len(facts) + table_height(len(places)))
    two_columns(sheet, facts, x, top, width)
    picture_table(sheet, said, page.pictures, x, top + FACT * len(facts), width)


def _further(sheet: Sheet, export: Export, said: Mapping[str, str], page: GarmentPage) -> None:
    places = further_places(len(page.pictures))
    for numbered, box in zip(page.pictures, places, strict=True):
        _numbered(sheet, export, numbered, box, False)
    bottom = max(box.bottom for box in places)
    picture_table(sheet, said, page.pictures, MARGIN, bottom + ABOVE_TABLE, WIDTH)


def _numbered(sheet: Sheet, export: Export, numbered: Numbered, box: Box, alone: bool) -> None:
    sheet.whole(numbered.picture.path, box, alt_text(numbered.picture, export.language))
    if not alone:
        sheet.badge(numbered.number, box)


def _texts(export: Export) -> list[str]:
    """All that visitors and vendors named."""
    names = [text for garment in export.garments for text in (garment.name, garment.article)]
    return [export.title, export.by, *names, *(picture.model for picture in export.pictures)]
