"""The lookbook, as a file for printers and as one for browsers, and the contact sheet."""

from __future__ import annotations

import base64
import html
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageCms

from tests.core.collections.export.exports import export, figure, picture
from tests.core.images.pictures import saved, turned
from tests.core.images.profiles import DISPLAY_P3, of_primaries
from tryon_core.collections.export.ai_label import found_label
from tryon_core.collections.export.contact_sheet import Grid, contact_sheet, grid_for
from tryon_core.collections.export.contents import Export, ExportGarment, ExportPicture
from tryon_core.collections.export.fonts import CHAIN, Run, has_unknown, runs_of
from tryon_core.collections.export.lookbook_html import lookbook_html
from tryon_core.collections.export.lookbook_pages import (
    ALL_ON_FIRST,
    ON_FURTHER,
    CoverPage,
    GarmentPage,
    IndexPage,
    pages_of,
)
from tryon_core.collections.export.lookbook_pdf import lookbook_pdf
from tryon_core.collections.export.pdf_places import first_places, further_places, photo_places, tables_place
from tryon_core.collections.export.pdf_sheet import A4, MARGIN, Box
from tryon_core.collections.export.pdf_table import FACT, table_height
from tryon_core.images.figure import crop_of, figure_of
from tryon_core.images.file_segments import walk

pytestmark = pytest.mark.slow

AI = "Made with AI from photos of the garments. Fit and detail may differ."
AI_ZH = "图片由人工智能根据服装照片生成，版型与细节可能与实物有差异。"


def one_of(*pictures: ExportPicture, title: str = "Autumn 26", language: str = "en") -> Export:
    return Export(title, (ExportGarment("Hoodie", "40-1187", pictures),), 1_780_000_000.0, "", language)


def colour(image: Image.Image, x: int, y: int) -> tuple[int, ...]:
    found = image.convert("RGB").getpixel((x, y))
    assert isinstance(found, tuple)
    return found


def page(whole: Export) -> str:
    return b"".join(lookbook_html(whole)).decode()


def images(pdf: bytes) -> list[tuple[dict[str, str], bytes]]:
    """What a PDF has as pictures: their dictionaries and their bytes."""
    found = []
    for match in re.finditer(rb"<<(?:(?!>>\s*stream).)*?/Subtype /Image.*?>>\s*stream\n", pdf, re.DOTALL):
        names = dict(
            re.findall(r"/(\w+) (<<.*?>>|\[.*?\]|/?[\w ]+?)(?=\s*[\n/>])", match[0].decode("latin-1"))
        )
        length = int(names["Length"])
        found.append((names, pdf[match.end() : match.end() + length]))
    return found


def test_the_pages_are_a_cover_an_index_and_one_for_each_garment_in_order(tmp_path: Path) -> None:
    whole = export(tmp_path, 4, 0, 1, 11, 1)
    pages = pages_of(whole)
    assert list(map(type, pages)) == [CoverPage, IndexPage, *[GarmentPage] * 6]
    index = pages[1]
    assert isinstance(index, IndexPage)
    assert [(garment.name, number) for garment, number in index.entries] == [
        ("Garment 1", 3),
        ("Garment 3", 4),
        ("Garment 4", 5),
        ("Garment 5", 8),
    ]
    counts = [len(page.pictures) for page in pages if isinstance(page, GarmentPage)]
    assert counts == [4, 1, 4, 4, 3, 1]
    assert [one.number for page in pages[4:-1] if isinstance(page, GarmentPage) for one in page.pictures] == [
        *range(1, 12)
    ]


@pytest.mark.parametrize(
    ("count", "pages"), [(1, [1]), (2, [2]), (3, [3]), (5, [5]), (6, [4, 2]), (7, [4, 3]), (13, [4, 5, 4])]
)
def test_no_picture_is_left_over_alone_on_a_page(tmp_path: Path, count: int, pages: list[int]) -> None:
    made = pages_of(export(tmp_path, count))
    assert [len(page.pictures) for page in made if isinstance(page, GarmentPage)] == pages


@pytest.mark.parametrize(
    "places",
    [
        *(first_places(count) for count in range(1, ALL_ON_FIRST + 1)),
        *(further_places(count) for count in range(1, ON_FURTHER + 1)),
    ],
    ids=lambda places: f"{len(places)}-{places[0].w:.0f}",
)
def test_pictures_of_a_page_stand_upright_within_it_and_apart(places: list[Box]) -> None:
    for at, box in enumerate(places):
        assert box.ratio == pytest.approx(3 / 4, abs=0.001)
        assert box.x >= MARGIN and box.x + box.w <= A4[0] - MARGIN + 0.01 and box.bottom < 275
        for other in places[at + 1 :]:
            beside = box.x + box.w + 3.9 <= other.x or other.x + other.w + 3.9 <= box.x
            assert beside or box.bottom + 3.9 <= other.y or other.bottom + 3.9 <= box.y


@pytest.mark.parametrize("count", [2, 3, 4])
def test_few_pictures_of_a_further_page_fill_its_width_and_are_as_high_as_each_other(count: int) -> None:
    large, *others = further_places(count)
    assert others[-1].x + others[-1].w == pytest.approx(A4[0] - MARGIN)
    assert others[-1].bottom == pytest.approx(large.bottom) and large.w >= others[0].w


@pytest.mark.parametrize("pictures", range(1, ALL_ON_FIRST + 1))
@pytest.mark.parametrize("photos", [0, 1, 2])
def test_photos_and_tables_of_a_first_page_meet_no_picture(
    tmp_path: Path, pictures: int, photos: int
) -> None:
    (one,) = export(tmp_path, pictures).garments
    page = next(page for page in pages_of(export(tmp_path, pictures)) if isinstance(page, GarmentPage))
    page = replace(page, garment=replace(one, photos=one.photos * photos))
    height = 2 * FACT + table_height(pictures)
    x, y, width = tables_place(page, height)
    boxes = [*first_places(pictures), *photo_places(page), Box(x, y, width, height)]
    for at, box in enumerate(boxes):
        assert box.x + box.w <= A4[0] - MARGIN + 0.01 and box.bottom < 280
        for other in boxes[at + 1 :]:
            beside = box.x + box.w < other.x or other.x + other.w < box.x
            assert beside or box.bottom < other.y or other.bottom < box.y


def test_a_garments_only_picture_is_larger_than_one_of_several() -> None:
    (alone,), (first, *_) = first_places(1), first_places(4)
    assert alone.w > 1.2 * first.w


def test_a_long_collection_has_further_pages_of_index(tmp_path: Path) -> None:
    pages = pages_of(export(tmp_path, *[1] * 25))
    assert sum(isinstance(page, IndexPage) for page in pages) == 3
    last = pages[3]
    assert isinstance(last, IndexPage) and last.entries[0][1] == len(pages)


def test_the_cover_shows_different_garments_first(tmp_path: Path) -> None:
    whole = export(tmp_path, 3, 1)
    assert [one.garment for one in whole.cover] == ["Garment 1", "Garment 2", "Garment 1"]
    assert len(export(tmp_path, 1).cover) == 1 and export(tmp_path).cover == ()


def test_jpegs_are_in_the_pdf_to_the_byte_and_once(tmp_path: Path) -> None:
    whole = export(tmp_path, 5, 1)
    pdf = lookbook_pdf(whole)
    assert [pdf.count(one.path.read_bytes()) for one in whole.pictures] == [1] * 6
    assert len(images(pdf)) == 6 + 2  # and a small copy of each garment's photo


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_pngs_rows_are_in_the_pdf_as_they_are(tmp_path: Path, mode: str) -> None:
    data = saved(figure().convert(mode), "PNG")
    pdf = lookbook_pdf(one_of(picture(tmp_path, data, "x.png")))
    rows = b"".join(data[b.body : b.end - 4] for b in walk(data).blocks if b.kind == b"IDAT")
    ((names, stream),) = images(pdf)
    assert stream == rows and names["Filter"] == "/FlateDecode"
    colours = 3 if mode == "RGB" else 1
    assert f"/Predictor 15 /Colors {colours} /Columns 90" in names["DecodeParms"]


def odd() -> dict[str, bytes]:
    palette = figure().quantize(8)
    return {
        "with alpha": saved(figure().convert("RGBA"), "PNG"),
        "with a palette": saved(palette, "PNG"),
        "with one clear colour": saved(figure(), "PNG", transparency=(0xDD, 0xDD, 0xDD)),
        "of 16 bits": saved(Image.new("I;16", (90, 120), 40_000), "PNG"),
        "WebP": saved(figure(), "WEBP"),
        "BMP": saved(figure(), "BMP"),
        "turned": turned(figure(120, 90)),
        "CMYK": saved(figure().convert("CMYK"), "JPEG"),
        "two in one": saved(figure(), "MPO", save_all=True, append_images=[figure(seed=1)]),
    }


@pytest.mark.parametrize("name", odd())
def test_pictures_of_every_other_build_are_shown_upright_and_whole(tmp_path: Path, name: str) -> None:
    data = odd()[name]
    one = picture(tmp_path, data, "x.img")
    ((names, stream),) = images(lookbook_pdf(one_of(one)))
    assert (names["Width"], names["Height"], names["Filter"]) == ("90", "120", "/DCTDecode")
    kept = name in ("CMYK", "two in one")
    assert (stream == data) is kept
    with Image.open(io.BytesIO(stream)) as image:
        assert image.size == (90, 120)
    contact_sheet(one_of(one))
    assert "data:image/" in page(one_of(one))


def test_a_colour_profile_comes_along(tmp_path: Path) -> None:
    profile = of_primaries(DISPLAY_P3, "Display P3")
    data = saved(figure(), "JPEG", icc_profile=profile)
    pdf = lookbook_pdf(one_of(picture(tmp_path, data, "x.jpg"), picture(tmp_path, data, "y.jpg", n=2)))
    assert all("/ICCBased" in names["ColorSpace"] for names, _ in images(pdf))
    assert pdf.count(b"/N 3") == 1 and ImageCms.ImageCmsProfile(io.BytesIO(profile))


def test_a_visitors_photo_of_a_garment_is_not_passed_on_but_a_small_copy(tmp_path: Path) -> None:
    whole = export(tmp_path, 1)
    photo = tmp_path / "photo-1.jpg"
    exif = Image.Exif()
    exif[0x010E] = "SECRET PLACE"
    figure(1600, 1600).save(photo, exif=exif)
    for made in (lookbook_pdf(whole), b"".join(lookbook_html(whole))):
        assert photo.read_bytes() not in made and b"SECRET PLACE" not in made
        assert base64.b64encode(b"SECRET PLACE")[:12] not in made
    sizes = [names["Width"] for names, _ in images(lookbook_pdf(whole))]
    assert sizes == ["90", "720"]


def test_of_an_outfit_both_photos_are_shown(tmp_path: Path) -> None:
    whole = export(tmp_path, 4)
    figure(300, 500, seed=9).save(tmp_path / "jeans.jpg")
    (one,) = whole.garments
    outfit = replace(whole, garments=(replace(one, photos=(*one.photos, tmp_path / "jeans.jpg")),))
    sizes = [(names["Width"], names["Height"]) for names, _ in images(lookbook_pdf(outfit))]
    assert sizes == [*[("90", "120")] * 4, ("400", "400"), ("300", "500")]
    assert [page(book).count('<figure class="gm') for book in (whole, outfit)] == [1, 2]


def test_texts_are_in_our_fonts_and_what_no_font_has_is_said() -> None:
    assert [(run.font, run.text) for run in runs_of("Hoodie Łódź 连帽衫\u200b 😀")] == [
        (CHAIN[0], "Hoodie "),
        (CHAIN[1], "Ł"),
        (CHAIN[0], "ód"),
        (CHAIN[1], "ź"),
        (CHAIN[0], " "),
        (CHAIN[2], "连帽衫"),
        (CHAIN[0], " ?"),
    ]
    assert has_unknown(["a", "😀"]) and not has_unknown(["a", "连帽衫", "Жя", "e\u0301", "龍"])


def test_every_sign_of_simplified_chinese_has_its_letter() -> None:
    signs = (bytes([high, low]).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFA))
    assert not has_unknown(signs)


@pytest.mark.parametrize(("title", "more"), [("Autumn", 0), ("秋季新品", 1), ("Łódź", 1)])
def test_a_font_is_in_the_pdf_only_where_it_is_wanted(tmp_path: Path, title: str, more: int) -> None:
    pdf = lookbook_pdf(one_of(picture(tmp_path, saved(figure(), "JPEG"), "x.jpg"), title=title))
    names = set(re.findall(rb"/BaseFont /\w+\+(\w+)", pdf))
    assert len(names) == 1 + more and b"InstrumentSans" in names


def test_a_title_of_any_length_and_a_table_of_any_name_fit(tmp_path: Path) -> None:
    for title in ("W" * 120, "two words " * 12, "长" * 120, "", "a"):
        one = picture(tmp_path, saved(figure(), "JPEG"), "x.jpg", model="M" * 120, garment="G" * 120)
        assert lookbook_pdf(one_of(one, title=title)).startswith(b"%PDF-")


@pytest.mark.parametrize("garments", [1, 2, 3])
def test_a_lookbook_of_few_garments_has_no_index_that_would_be_nearly_empty(
    tmp_path: Path, garments: int
) -> None:
    pages = pages_of(export(tmp_path, *[1] * garments))

    assert list(map(type, pages)) == [CoverPage, *[GarmentPage] * garments]


def test_a_lookbook_of_nothing_is_its_cover(tmp_path: Path) -> None:
    assert b"/Count 1" in lookbook_pdf(export(tmp_path)) and page(export(tmp_path)).count("<section") == 1


@pytest.mark.parametrize(("language", "line"), [("en", AI), ("zh", AI_ZH)])
def test_the_html_says_on_each_page_that_it_is_made_with_ai_and_in_its_language(
    tmp_path: Path, language: str, line: str
) -> None:
    text = page(export(tmp_path, 2, 1, 1, 1, language=language))
    assert text.count("<section") == 6 == text.count(line)
    assert f'<html lang="{language}">' in text and "6 / 6" in text
    assert ("The buying team" in text) and ("目录" in text) is (language == "zh")


def test_the_html_needs_nothing_from_elsewhere_and_runs_nothing(tmp_path: Path) -> None:
    whole = export(tmp_path, 2)
    evil = replace(whole, title='<script>alert(1)</script>"', by="{x} </style>")
    text = page(evil)
    assert "<script" not in text and text.count("</style>") == 1 and html.escape("{x} </style>") in text
    places = re.findall(r"(?:src|href|url)\s*[=(]\s*[\"']?([^\"')\s>]{1,12})", text)
    assert places and {place for place in places if not place.startswith(("data:", "#"))} == set()
    assert "default-src 'none'" in text


def test_the_html_has_the_pictures_to_the_byte_and_once(tmp_path: Path) -> None:
    for kind in ("JPEG", "PNG", "WEBP"):
        whole = export(tmp_path, 4, kind=kind)
        text = page(whole)
        files = [base64.b64encode(one.path.read_bytes()).decode() for one in whole.pictures]
        assert all(text.count(file) == files.count(file) for file in files)


def test_a_narrow_tile_is_cut_as_far_as_the_figure_allows_and_no_further() -> None:
    slim, crowded = figure(), figure().effect_spread(60)
    left, right = figure_of(slim)
    assert (round(left, 1), round(right, 1)) == (0.4, 0.6) or 0.3 < left < 0.4 < 0.6 < right < 0.7
    crop = crop_of(slim, 0.65)
    assert crop is not None and crop[0] < left < right < crop[1] and round(crop[1] - crop[0], 6) == 0.65
    assert crop_of(slim, 0.3) is None and crop_of(slim, 1.2) is None and crop_of(crowded, 0.65) is None
    aside = ImageChops.offset(slim, 25, 0)
    assert (crop_of(aside, 0.65) or (0, 0))[1] == 1.0
    assert (crop_of(aside, 0.65, live=False) or (0, 0))[1] == pytest.approx(figure_of(aside)[1] + 0.03)
    assert (crop_of(slim, 0.66, live=False) or (0, 0))[1] == pytest.approx(0.82)
    assert figure_of(Image.new("RGB", (90, 120), "white")) == (0.0, 1.0)


@pytest.mark.parametrize("count", [1, 2, 7, 40, 400, 1000])
def test_a_contact_sheet_has_a_place_for_each_and_stays_a_picture_that_can_be_sent(count: int) -> None:
    grid = grid_for(count)
    assert grid.columns * grid.rows >= count and grid.columns * (grid.rows - 1) < count
    assert grid.width * grid.height <= 24_000_000 or grid.cell_w <= 96
    x, y = grid.at(count - 1)
    assert x + grid.cell_w < grid.width and y + grid.step < grid.height


def test_a_contact_sheet_shows_all_pictures_and_carries_the_label(tmp_path: Path) -> None:
    whole = export(tmp_path, 3, 2, language="zh")
    data = contact_sheet(whole)
    with Image.open(io.BytesIO(data)) as sheet:
        assert sheet.format == "JPEG"
        grid = grid_for(5)
        corners = [grid.at(place) for place in range(5)]
        middles = [colour(sheet, x + grid.cell_w // 2, y + grid.cell_h // 2) for x, y in corners]
    for one, middle in zip(whole.pictures, middles, strict=True):
        with Image.open(one.path) as image:
            wanted = colour(image, 45, 60)
        assert all(abs(a - b) < 12 for a, b in zip(middle, wanted, strict=True))
    found = found_label(data)
    assert found is not None and found.source_type == "trainedAlgorithmicMedia"
    person = picture(tmp_path, saved(figure(), "JPEG"), "p.jpg", person=True)
    on_person = found_label(contact_sheet(one_of(person)))
    assert on_person is not None and on_person.source_type == "compositeWithTrainedAlgorithmicMedia"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_pdf_is_hardly_larger_than_its_pictures(tmp_path: Path, kind: str) -> None:
    heavy = [
        picture(tmp_path, saved(Image.effect_noise((300, 400), 90).convert("RGB"), kind), f"{n}.x", n=n)
        for n in range(1, 13)
    ]
    assert len(lookbook_pdf(one_of(*heavy))) < 1.1 * sum(one.size for one in heavy)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("share", [None, 0.0, 0.5], ids=["gone", "empty", "cut short"])
def test_a_picture_that_cannot_be_read_leaves_its_place_empty_and_takes_no_other_along(
    tmp_path: Path, kind: str, share: float | None
) -> None:
    whole = export(tmp_path, 2, 1, kind=kind)
    first, second, _ = whole.pictures
    (photo,) = whole.garments[0].photos
    for path in (first.path, photo):
        if share is None:
            path.unlink()
        else:
            data = path.read_bytes()
            path.write_bytes(data[: int(len(data) * share)])
    assert len(images(lookbook_pdf(whole))) >= 4
    assert b64_of(second.path) in page(whole)
    with Image.open(io.BytesIO(contact_sheet(whole))) as sheet:
        grid = grid_for(3)
        empty, full = (colour(sheet, *middle_of(grid, place)) for place in (0, 1))
    assert min(empty) > 200 > min(full)


def b64_of(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode()


def middle_of(grid: Grid, place: int) -> tuple[int, int]:
    x, y = grid.at(place)
    return x + grid.cell_w // 2, y + grid.cell_h // 2


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_contact_sheet_of_one_picture_has_room_for_what_is_said_of_all(
    tmp_path: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def kept(text: str, weight: int) -> list[Run]:
        drawn.append(text)
        return runs_of(text, weight)

    monkeypatch.setattr("tryon_core.collections.export.contact_sheet.runs_of", kept)
    assert contact_sheet(export(tmp_path, 1, language=language))
    assert not any(text.endswith("…") for text in drawn)
