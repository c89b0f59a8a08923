"""A CSV becomes a collection, its pictures come under the shop's own numbers, and nothing is bought twice."""

from __future__ import annotations

import os
import re
import zipfile
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from tests.browser.conftest import HOUSE
from tests.cli.quick import NOTHING_LEFT, Cli, Ran
from tryon_cli.backends.backend import Refused
from tryon_cli.commands.plan_file import PlanLine, read_plan
from tryon_cli.words import Words

GARMENTS = HOUSE / "assets" / "garments"
WORDS = Words("en")


def last_line(text: str) -> str:
    return text.splitlines()[-1]


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plan")
    for name in ("hoodie", "jeans", "tee"):
        (folder / f"{name}.jpg").symlink_to(GARMENTS / f"{name}.jpg")
    rows = "article;garment;bottom;model\r\n4711;hoodie.jpg;jeans.jpg;James\r\n;tee.jpg;;\r\n"
    (folder / "plan.csv").write_text(rows, encoding="utf-8-sig")
    return folder / "plan.csv"


@pytest.fixture(scope="module")
def collected(cli: Cli, plan: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Ran, Path]:
    """The plan on two models, and where the pictures are."""
    out = tmp_path_factory.mktemp("out")
    return cli("collection", str(plan), "--model", "Ariel", "--count", "1", "--out", str(out)), out


def test_a_plan_can_be_priced_and_nothing_is_begun(cli: Cli, plan: Path) -> None:
    ran = cli("collection", str(plan), "--model", "Ariel", "--count", "2", "--plan")
    assert ran == Ran(0, "", "4 jobs, 8 pictures, worn by James, Ariel  Sandbox: nothing is charged.\n")
    (told,) = cli("collection", str(plan), "--model", "Ariel", "--plan", "--json").objects
    assert (told["plan"]["jobs"], told["plan"]["pictures"], cli.submits()) == (4, 16, 0)
    assert told["plan"]["models"] == ["James", "Ariel"]


def test_a_plan_names_the_usual_model_where_nobody_is_named_and_a_photo_by_its_file(
    cli: Cli, tmp_path: Path
) -> None:
    (tmp_path / "plan.csv").write_text(f"garment\n{GARMENTS / 'tee.jpg'}\n")
    photo, link = str(GARMENTS / "hoodie.jpg"), "https://shop.example/anna.jpg?signed=SENTINEL"
    line = ("collection", str(tmp_path / "plan.csv"), "--plan")
    assert cli(*line).err.startswith("1 job, 4 pictures, worn by James  ")
    assert "模特：hoodie.jpg、anna.jpg  " in cli(*line, "--model", photo, "--model", link, lang="zh").err


def test_a_picture_that_no_creation_would_take_is_refused_when_it_is_planned(
    cli: Cli, tmp_path: Path
) -> None:
    (tmp_path / "note.jpg").write_text("no picture")
    (tmp_path / "plan.csv").write_text("garment\nnote.jpg\n")
    ran = cli("collection", str(tmp_path / "plan.csv"), "--plan")
    assert ran.code == 3 and "not a picture" in ran.err and "1 job" not in ran.err


def test_every_picture_that_no_creation_would_take_is_told(cli: Cli, tmp_path: Path) -> None:
    for name in ("note", "other"):
        (tmp_path / f"{name}.jpg").write_text("no picture")
    (tmp_path / "plan.csv").write_text(f"garment\nnote.jpg\n{GARMENTS / 'tee.jpg'}\nother.jpg\n")
    ran = cli("collection", str(tmp_path / "plan.csv"), "--plan")
    assert ran.code == 3 and ran.err.count("not a picture") == 2
    assert "Garment 1:" in ran.err and "Garment 3:" in ran.err
    in_chinese = cli("collection", str(tmp_path / "plan.csv"), "--plan", lang="zh").err
    assert in_chinese.count("服装照片") == 2 and "not" not in in_chinese
    assert in_chinese.count("要求：") == 1  # of both the same


def test_each_garment_is_put_on_each_model_under_its_article(cli: Cli, collected: tuple[Ran, Path]) -> None:
    ran, out = collected
    assert (ran.code, len(ran.out.splitlines()), cli.submits()) == (0, 4, 4)
    called = re.fullmatch(
        r"Collections that export --collection takes: .+ \(([0-9a-f]{12})\)", last_line(ran.err)
    )
    assert called and last_line(cli("jobs").err) == last_line(ran.err)
    ids = {str(job["collection"]) for job in cli("jobs", "--json").objects}
    assert len(ids) == 1 and ids.pop().startswith(called[1])
    names = sorted(file.name for file in out.iterdir())
    assert len(names) == 4 and [name.startswith("4711_hoodie-and-jeans-") for name in names] == [
        True,
        True,
        False,
        False,
    ]
    titles = [job["title"] for job in cli("jobs", "--json").objects]
    assert "Hoodie and jeans on James" in titles and "Tee on Ariel" in titles


def test_the_same_line_again_is_the_same_collection(
    cli: Cli, plan: Path, collected: tuple[Ran, Path], out: Path
) -> None:
    line = ("collection", str(plan), "--model", "Ariel", "--count", "1", "--out", str(out), "--json")
    again = cli(*line)
    assert (again.code, len(again.objects), cli.submits()) == (0, 4, 4)
    assert {file.name for file in out.iterdir()} == {file.name for file in collected[1].iterdir()}
    assert cli("resume") == Ran(0, "", NOTHING_LEFT)


def test_a_plan_in_another_encoding_is_told_by_its_name(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_bytes("garment,article\nシャツ.jpg,ストライプ\n".encode("shift_jis"))
    ran = cli("collection", str(tmp_path / "plan.csv"), "--plan")
    assert ran.code == 3 and "in Shift-JIS" in ran.err and "Save it as CSV UTF-8." in ran.err


def test_a_collection_is_exported_as_one_zip_under_names_of_ones_own(
    cli: Cli, collected: tuple[Ran, Path], out: Path
) -> None:
    known = cli("export", "--collection", "no such name")
    found = re.search(r"There are: (.+) \(([0-9a-f]{12})\)", known.err)
    assert known.code == 3 and found
    for typed in found.groups():
        ran = cli(
            "export", "--collection", typed, "--pattern", "{article}-{model}", "--out", str(out), "--json"
        )
        (told,) = ran.objects
        assert ran.code == 0 and told["collection"] == found[1]
    with zipfile.ZipFile(told["files"][0]) as archive:
        names = archive.namelist()
        assert names[:2] == ["4711-James.png", "4711-Ariel.png"] and "manifest.csv" in names
        (one,) = collected[1].glob("4711_hoodie-*james*.png")
        assert archive.read(names[0]) == one.read_bytes()


def test_names_that_cannot_be_are_refused_and_so_is_nothing_at_all(cli: Cli) -> None:
    wrong = cli("export", "--collection", "autumn", "--pattern", "{price}")
    assert wrong.code == 3 and "{price}" in wrong.err and "--collection" in cli("export").err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "colour,model\nred,James\n",
            "one of them is garment.* garment, bottom, article, name, model.* colour, model",
        ),
        ("garment\n", "no garments"),
        ("", "no garments"),
        ("Garment,article,garment\na.jpg,1,b.jpg\n", "column Garment twice"),
        ("garment,name\n,Hoodie\n", "Line 2 .* no garment"),
        ("garment,model\na.jpg,James\nb.jpg,Ariel\n", "Line 3 .* other models"),
        ('garment\n"' + "a\n" * 70_000, "Line 2 .* never ends"),
        (f"garment,name\na.jpg,{'x' * 131_073}\n", "Line 2 .* cell of more than 131,072"),
        ("garment\n" + "a.jpg\n" * 333_333, "longer than 2,000,000 bytes"),
        ("garment,bottom\na.jpg,b.jpg\na.jpg,c.jpg\n", "Line 3 .* there is no file .*c.jpg"),
    ],
)
def test_a_plan_that_cannot_be_read_is_refused_with_its_line(text: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text(text)
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).touch()
    with pytest.raises(Refused, match=told):
        read_plan(WORDS, file)


def test_every_line_that_is_wrong_is_named_and_of_many_how_many_more(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    (tmp_path / "a.jpg").touch()
    file.write_text("garment,bottom,name\na.jpg,,\n,b.jpg,Hoodie\na.jpg,c.jpg,\n")
    with pytest.raises(Refused) as told:
        read_plan(WORDS, file)
    assert re.findall(r"Line (\d)|file \S*(.\.jpg)", told.value.text) == [
        ("3", ""),
        ("3", ""),
        ("", "b.jpg"),
        ("4", ""),
        ("", "c.jpg"),
    ]
    file.write_text("garment\n" + "gone.jpg\n" * 15)
    with pytest.raises(Refused, match=r"Line 11 of[^|]* And 5 more\.$"):
        read_plan(WORDS, file)


def test_of_a_plan_without_an_end_no_more_is_read_than_a_plan_may_have(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "plan.csv")
    taken: list[int] = []

    def feed() -> None:
        with suppress(BrokenPipeError), (tmp_path / "plan.csv").open("wb", buffering=0) as pipe:
            while len(taken) < 100:  # of a megabyte each
                taken.append(pipe.write(bytes(1_000_000)) or 0)

    feeding = Thread(target=feed)
    feeding.start()
    with pytest.raises(Refused, match="longer than 2,000,000 bytes"):
        read_plan(WORDS, tmp_path / "plan.csv")
    feeding.join()
    assert len(taken) < 5


def test_an_address_in_a_plan_is_one_whatever_case_its_scheme_is_in(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text("garment,model\nHTTPS://shop.example/a.jpg,James\n")

    (line,) = read_plan(WORDS, tmp_path / "plan.csv").lines
    assert line.garment == "HTTPS://shop.example/a.jpg"


def test_models_may_stand_in_one_cell_or_in_columns(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    (tmp_path / "me.jpg").touch()
    file.write_text("Garment,Model 1,models\nhttps://shop.test/a.jpg,James,Ariel; me.jpg\n\n")
    read = read_plan(WORDS, file)
    assert read.models == ("James", "Ariel", str(tmp_path / "me.jpg"))
    assert read.lines == (PlanLine("https://shop.test/a.jpg", "", "", ""),)


def test_models_of_two_columns_with_one_name_are_all_taken(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text('garment\tname\tmodel\tmodel\nhttps://shop.test/a.jpg\t"Two\nlines"\tJames\tAriel\n')
    read = read_plan(WORDS, file)
    assert read.models == ("James", "Ariel") and read.lines[0].name.split() == ["Two", "lines"]
