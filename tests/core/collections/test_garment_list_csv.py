"""Lists of garments are read as spreadsheets write them."""

from __future__ import annotations

import pytest

from tryon_core import CsvLine, LongCell, NoCsv, OtherEncoding, csv_lines
from tryon_core.collections.garment_list_csv import guarded

LINES = (CsvLine(1, ("sku", "name")), CsvLine(2, ("4711", "Grün, weiß")))
TEXT = 'sku;name\n4711;"Grün, weiß"\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_what_spreadsheets_of_the_west_write_is_read(encoding: str) -> None:
    assert csv_lines(TEXT.encode(encoding)) == LINES


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_what_spreadsheets_of_china_write_is_read(encoding: str) -> None:
    assert csv_lines("货号,名称\n4711,条纹衬衫\n".encode(encoding))[1].cells == ("4711", "条纹衬衫")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-32"])
@pytest.mark.parametrize("text", [TEXT, "货号,garment\n一,一.jpg\n", "品番,写真\n1,シャツ.jpg\n", "sku\n1"])
def test_what_is_wide_is_read_without_a_mark_too(text: str, encoding: str) -> None:
    assert csv_lines(text.encode(encoding)) == csv_lines(text.encode())


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        ("商品番号,商品名\n4711,ストライプのシャツ\n", "shift_jis", "Shift-JIS"),
        ("商品番号,商品名\n4711,ストライプのシャツ\n", "euc_jp", "EUC-JP"),
        ("貨號,名稱,圖片\n4711,條紋襯衫,襯衫.jpg\n", "big5", "Big5"),
        (
            "상품번호,이름,사진\n4711,줄무늬 셔츠,셔츠.jpg\n4712,검은색 청바지,청바지.jpg\n",
            "euc_kr",
            "EUC-KR",
        ),
        ("артикул;название\n4711;Рубашка в полоску\n", "cp1251", "Windows-1251 or another code page"),
        ("sku;name\n4711;Рубашка\n", "cp1251", "Windows-1251 or another code page"),
        ("sku;name\n4711;Πουκάμισο\n", "cp1253", "Windows-1251 or another code page"),
        ("sku;name\n4711;חולצת פסים\n", "cp1255", "Windows-1251 or another code page"),
        ("sku;name\n4711;قميص مخطط\n", "cp1256", "Windows-1251 or another code page"),
        ("sku\x00\x00name", "ascii", ""),
    ],
)
def test_another_encoding_is_named_and_never_read_as_nonsense(text: str, encoding: str, found: str) -> None:
    with pytest.raises(OtherEncoding) as refused:
        csv_lines(text.encode(encoding))
    assert refused.value.found == found


WESTERN = (
    "référence;nom\n1;Été à la plage\n",
    "sku;größe\n1;ÄRMEL, HÄNGER\n",
    "sku\nÅngström – “ça”\n",
    "niño\n",
    "sku;nom\n1;Chaussée d'été, créée à Orléans\n",
    "sku;navn\n1;Bukse på ÆØÅ, blå\n",
    "sku;nafn\n1;Þröngar buxur úr þæfðri ull, síð ermi\n",
    "sku;nome\n1;Calça, coração, SEÇÃO DE VERÃO\n",
    "sku;nimi\n1;Hääyöaie, pitkähihainen\n",
)


@pytest.mark.parametrize("text", WESTERN)
def test_what_is_western_seems_nothing_else(text: str) -> None:
    assert csv_lines(text.encode("cp1252")) == csv_lines(text.encode())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_end_of_a_line_and_every_separator_is_known(end: str, separator: str) -> None:
    text = end.join([separator.join(("sku", "name")), separator.join(("1", "Tee")), ""])

    assert [line.cells for line in csv_lines(text.encode())] == [("sku", "name"), ("1", "Tee")]


def test_a_record_is_told_by_the_line_that_it_begins_on() -> None:
    text = 'sku,name\n\n1,"two\nlines"\n,\n2,Tee\n'

    assert [line.number for line in csv_lines(text.encode())] == [1, 3, 6]
    assert csv_lines(text.encode())[1].cells == ("1", "two\nlines")


def test_what_was_kept_from_being_a_formula_is_read_as_it_was() -> None:
    cells = ("=4711", "-10 %", "＠home", "plain", "'quoted'", "'", "")
    line = ",".join(map(guarded, cells))

    assert line.startswith("'=4711,'-10 %,'＠home,plain,'quoted'")
    assert csv_lines(f"a\n{line}\n".encode())[1].cells == cells


def test_the_line_that_names_the_separator_is_no_heading() -> None:
    assert csv_lines(b"sep=;\r\nsku;a,b,c\r\n") == (CsvLine(2, ("sku", "a,b,c")),)


def test_a_quotation_without_an_end_is_no_csv() -> None:
    with pytest.raises(NoCsv) as refused:
        csv_lines(b'sku\n1\n"' + b"a\n" * 70_000)
    assert refused.value.line == 3


@pytest.mark.parametrize("cell", ["x" * 131_073, '"' + "x,\n" * 70_000 + '"'])
def test_a_cell_that_is_too_long_is_no_quotation_without_an_end(cell: str) -> None:
    with pytest.raises(LongCell) as refused:
        csv_lines(f'sku,name\n1,"two\nlines"\n2,{cell}\n3,"Tee"\n'.encode())
    assert (refused.value.line, refused.value.most) == (4, 131_072)


def test_a_quotation_without_an_end_swallows_no_lines_of_a_short_list_either() -> None:
    with pytest.raises(NoCsv) as refused:
        csv_lines(b'sku,name\n1,"Tee\n2,Hoodie\n3,Jeans\n')
    assert refused.value.line == 2
