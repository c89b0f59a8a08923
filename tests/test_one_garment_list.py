"""A list of garments is the same for the page and by command."""

from __future__ import annotations

from pathlib import Path

import pytest

from tryon_cli.commands.plan_file import read_plan
from tryon_cli.words import Words
from tryon_ui.collection.plan_files import taken_apart

Told = list[tuple[str, str, str, str]]
HEADINGS = [
    "garment,bottom,article,name,colour",
    "Picture;Bottom;SKU;Title;Stock",
    "图片,下装,货号,名称,库存",
    "Image URL\tBottom photo\tArticle number\tGarment name\tPrice",
    "File name,Bottom,Id,Product_Name,",
    "link,bottom,Model number,name,photo",
]


def by_the_page(folder: Path) -> Told:
    rows = taken_apart(sorted(folder.iterdir())).rows
    return [(Path(row.place).name, Path(row.bottom).name, row.article, row.name) for row in rows]


def by_command(folder: Path) -> Told:
    lines = read_plan(Words("en"), folder / "rail.csv").lines
    return [(Path(line.garment).name, Path(line.bottom).name, line.article, line.name) for line in lines]


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_list_that_one_takes_is_taken_by_the_other_and_means_the_same(tmp_path: Path, heading: str) -> None:
    for name in ("coat.jpg", "jeans.jpg", "tee.jpg"):
        (tmp_path / name).touch()
    between = next(sign for sign in ",;\t" if sign in heading)
    lines = ("coat.jpg,jeans.jpg,4711,Coat,red", "tee.jpg,,4712,,blue")
    text = "\n".join((heading, *(line.replace(",", between) for line in lines)))
    (tmp_path / "rail.csv").write_text(text, "utf-8")

    expected = [("coat.jpg", "jeans.jpg", "4711", "Coat"), ("tee.jpg", "", "4712", "")]
    assert by_the_page(tmp_path) == by_command(tmp_path) == expected


@pytest.mark.parametrize("heading", ["link,Model 1,name", "link,model photo,name", "图片,模特,名称"])
def test_models_are_read_by_command_and_told_on_the_page(tmp_path: Path, heading: str) -> None:
    (tmp_path / "rail.csv").write_text(f"{heading}\nhttps://shop.example/a.jpg,James,Tee\n", "utf-8")

    found = taken_apart([tmp_path / "rail.csv"])

    assert read_plan(Words("en"), tmp_path / "rail.csv").models == ("James",)
    assert [row.name for row in found.rows] == ["Tee"]
    assert not found.said and "column of models" in found.notes[0]
