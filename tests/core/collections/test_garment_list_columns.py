"""What a heading of a list of garments means, whoever reads it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tryon_core import ListColumn, list_columns

HOUSE = Path(__file__).parents[3]
GARMENT, BOTTOM, ARTICLE, NAME, MODEL = ListColumn


@pytest.mark.parametrize(
    ("heading", "kinds"),
    [
        ("garment,bottom,article,name,model", (GARMENT, BOTTOM, ARTICLE, NAME, MODEL)),
        ("SKU;Title;Picture;Bottom;Colour", (ARTICLE, NAME, GARMENT, BOTTOM, None)),
        ("货号,名称,图片,下装,模特", (ARTICLE, NAME, GARMENT, BOTTOM, MODEL)),
        ("Product_Name,Image URL", (NAME, GARMENT)),
        ("File name,Title", (GARMENT, NAME)),
        ("garment photo,bottom photo", (GARMENT, BOTTOM)),
        ("link,photo", (GARMENT, None)),
        ("Model 1,model2,models,Model photo,模特2", (MODEL,) * 5),
        ("model photo,garment", (MODEL, GARMENT)),
        ("Model number,link", (ARTICLE, GARMENT)),
        (",colour", (None, None)),
    ],
)
def test_a_heading_means_what_the_last_known_of_its_words_says(
    heading: str, kinds: tuple[ListColumn | None, ...]
) -> None:
    assert list_columns(re.split("[,;]", heading)).kinds == kinds


@pytest.mark.parametrize(
    ("heading", "twice"),
    [
        (("Garment", "sku", "garment "), "Garment"),
        (("link", "photo"), ""),
        (("link", "colour", "colour"), ""),
        (("link", "model", "model"), ""),
        (("link", "", ""), ""),
    ],
)
def test_a_column_that_is_read_is_there_once_but_for_models(heading: tuple[str, ...], twice: str) -> None:
    assert list_columns(heading).twice == twice


def test_a_line_may_be_shorter_or_longer_than_its_heading() -> None:
    columns = list_columns(("link", "model", "model", "name"))

    assert columns.cell((" a.jpg ", "James", " Ariel；me.jpg;", "Tee", "more"), GARMENT) == "a.jpg"
    assert columns.models(("a.jpg", "James", " Ariel；me.jpg;")) == ("James", "Ariel", "me.jpg")
    assert columns.cell(("a.jpg",), NAME) == "" and columns.models(("a.jpg",)) == ()


def test_the_readme_tells_every_column_by_a_heading_that_means_it() -> None:
    rows = re.findall(r"^\| `(\w+)` \|.*\| (.+) \|$", (HOUSE / "README.md").read_text("utf-8"), re.MULTILINE)
    told = {kind: others for kind, others in rows if kind in list(ListColumn)}

    assert list(told) == list(ListColumn)
    for kind, others in told.items():
        for heading in (kind, *re.findall("`([^`]+)`", others)):
            assert list_columns([heading]).kinds == (kind,), heading
