"""Lists of garments are read as spreadsheets write them."""

from __future__ import annotations

import pytest

from tryon_core import CsvLine, LongCell, NoCsv, csv_lines
from tryon_core.collections.garment_list_csv import guarded

LINES = (CsvLine(1, ("sku", "name")), CsvLine(2, ("4711", "Grün, weiß")))
TEXT = 'sku;name\n4711;"Grün, weiß"\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_what_spreadsheets_of_the_west_write_is_read(encoding: str) -> None:
    assert csv_lines(TEXT.encode(encoding)) == LINES


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_what_spreadsheets_of_china_write_is_read(encoding: str) -> None:
    assert csv_lines("货号,名称\n4711,条纹衬衫\n".encode(encoding))[1].cells == ("4711", "条纹衬衫")


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
