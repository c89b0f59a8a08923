"""What is dropped at once becomes garments: pictures, archives and lists, and none sinks the others."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tryon_ui.collection import archives, plan_files
from tryon_ui.collection.plan_files import taken_apart

LINK = "https://shop.example/4711.jpg"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "cache"))


def put(folder: Path, **files: str) -> list[Path]:
    made = []
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_text(content, "utf-8")
        made.append(path)
    return made


def zipped(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def test_pictures_become_rows_in_their_order(tmp_path: Path) -> None:
    files = put(tmp_path, b__jpg="b", a__png="a")

    assert [Path(row.place).name for row in taken_apart(files).rows] == ["b.jpg", "a.png"]


def test_a_list_gives_article_numbers_names_links_and_files_that_came_with_it(tmp_path: Path) -> None:
    text = f"Article;Name;Picture;Bottom\n4711;Striped shirt;{LINK};\n4712;Suit;coat.JPG;jeans.jpg\n"
    files = put(tmp_path, rail__csv=text, coat__jpg="c", jeans__jpg="j", tee__jpg="t")

    rows = taken_apart(files).rows

    told = [(row.article, row.name, Path(row.place).name, Path(row.bottom).name) for row in rows]
    assert told[:2] == [("4711", "Striped shirt", "4711.jpg", ""), ("4712", "Suit", "coat.jpg", "jeans.jpg")]
    assert [Path(row.place).name for row in rows[2:]] == ["tee.jpg"]
    assert rows[0].place == LINK


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Article,Colour\n4711,red\n", "no column for pictures"),
        ("sku,link\n4711,nowhere.jpg\n", "line 2: nowhere.jpg"),
        ("sku,link\n4711,\n", "line 2: it names no picture"),
        ("", "no column for pictures"),
        ("Garment,sku,garment \nhttps://a.example/1.jpg,1,https://a.example/2.jpg\n", "column Garment twice"),
        (f'sku,link,name\n1,{LINK},"Tee\n2,{LINK},Hoodie\n', "line 2: a quotation"),
        (f"sku,link,name\n1,{LINK},{'x' * 131_073}\n", "line 2: a cell has more than 131,072 characters"),
    ],
)
def test_a_list_that_leads_nowhere_says_why_and_the_rest_goes_on(
    tmp_path: Path, text: str, said: str
) -> None:
    found = taken_apart(put(tmp_path, rail__csv=text, tee__jpg="t"))

    assert [Path(row.place).name for row in found.rows] == ["tee.jpg"]
    assert len(found.said) == 1 and said in found.said[0]


@pytest.mark.parametrize(("encoding", "found"), [("big5", "in Big5"), ("utf-16-le", "")])
def test_a_list_in_another_encoding_is_read_or_told_by_its_name(
    tmp_path: Path, encoding: str, found: str
) -> None:
    file = tmp_path / "rail.csv"
    file.write_bytes(f"貨號,名稱,link\n4711,條紋襯衫,{LINK}\n".encode(encoding))
    taken = taken_apart([file])

    assert len(taken.rows) == (not found)
    assert not found or (found in taken.said[0] and "CSV UTF-8" in taken.said[0])


def test_models_that_a_list_names_are_not_passed_over_silently(tmp_path: Path) -> None:
    found = taken_apart(put(tmp_path, rail__csv=f"link,Model,colour,colour\n{LINK},James,red,red\n"))

    assert len(found.rows) == 1 and "column of models, which is not read here" in found.notes[0]


def test_a_list_of_a_chinese_spreadsheet_is_read(tmp_path: Path) -> None:
    file = tmp_path / "表.csv"
    file.write_bytes(f"货号,名称,链接\n4711,条纹衬衫,{LINK}\n".encode("gb18030"))

    (row,) = taken_apart([file]).rows
    assert (row.article, row.name, row.place) == ("4711", "条纹衬衫", LINK)


def test_an_archive_gives_what_is_in_it_and_never_a_path_of_its_own(tmp_path: Path) -> None:
    archive = zipped(
        tmp_path / "rail.zip",
        **{"a/shirt.jpg": b"s", "../../out.jpg": b"o", "__MACOSX/a/._shirt.jpg": b"", ".DS_Store": b""},
    )

    rows = taken_apart([archive]).rows

    assert [Path(row.place).name for row in rows] == ["shirt.jpg", "out.jpg"]
    assert all(Path(row.place).is_relative_to(tmp_path / "cache") for row in rows)


def test_a_broken_archive_is_said_and_sinks_nothing(tmp_path: Path) -> None:
    found = taken_apart(put(tmp_path, rail__zip="no archive", tee__jpg="t"))

    assert [Path(row.place).name for row in found.rows] == ["tee.jpg"]
    assert "rail.zip cannot be opened" in found.said[0]


def test_an_archive_that_holds_more_than_it_says_is_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "UNPACKED", 10)
    archive = zipped(tmp_path / "rail.zip", **{"a.jpg": b"12345678", "b.jpg": b"12345678"})

    found = taken_apart([archive])

    assert [Path(row.place).name for row in found.rows] == ["a.jpg"] and "more than fits" in found.said[0]


def test_no_more_garments_are_taken_than_a_collection_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_files, "MOST", 2)

    found = taken_apart(put(tmp_path, a__jpg="a", b__jpg="b", c__jpg="c"))

    assert len(found.rows) == 2 and "Left out: 1" in found.said[0]


def test_a_file_of_an_archive_that_cannot_be_read_sinks_no_other(tmp_path: Path) -> None:
    archive = tmp_path / "rail.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        for name in ("a.jpg", "b.jpg", f"{'c' * 300}.jpg"):
            made.writestr(name, bytes(range(256)) * 200)
        made.writestr("more.zip", b"")
        begins = made.getinfo("a.jpg").header_offset + 30 + len("a.jpg")
    data = bytearray(archive.read_bytes())
    data[begins : begins + 40] = b"\xff" * 40
    archive.write_bytes(data)

    found = taken_apart([archive])

    assert [Path(row.place).name[:3] for row in found.rows] == ["b.j", "ccc"]
    assert found.said == ("rail.zip: 2 files could not be read, the first is a.jpg.",)


def test_an_archive_with_a_password_says_so(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "rail.zip", **{"a.jpg": b"a"})
    data = archive.read_bytes()
    at = data.index(b"PK\x01\x02") + 8  # the flags of the member
    archive.write_bytes(data[:at] + b"\x01" + data[at + 1 :])

    assert taken_apart([archive]).said == ("rail.zip has a password. Make it again without one.",)


def test_a_list_behind_too_many_pictures_of_an_archive_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_files, "MOST", 2)
    pictures = {f"{number}.jpg": b"p" for number in range(5)}
    archive = zipped(tmp_path / "rail.zip", **pictures, **{"rail.csv": b"sku,file\n4711,1.jpg\n"})

    found = taken_apart([archive])

    assert found.rows[0].article == "4711" and len(found.rows) == 2
    assert found.said == ("At most 2 garments. Left out: 3.",)


def test_what_a_list_has_too_much_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_files, "MOST", 2)
    file = put(tmp_path, rail__csv="link\n" + f"{LINK}\n" * 9)

    assert taken_apart(file).said == ("At most 2 garments. Left out: 7.",)


def test_what_was_exported_comes_back_without_what_is_for_programs(tmp_path: Path) -> None:
    table = "file,article\ncoat.jpg,'=4711\n"
    inside = {"coat.jpg": b"c", "manifest.csv": table.encode(), "manifest.json": b"{}"}
    folder = put(tmp_path, coat__jpg="c", manifest__csv=table, manifest__json="{}")

    for dropped in ([zipped(tmp_path / "export.zip", **inside)], folder):
        found = taken_apart(dropped)
        assert [(Path(row.place).name, row.article) for row in found.rows] == [("coat.jpg", "=4711")]
        assert found.said == ()
    alone = taken_apart(folder[-1:])
    assert [Path(row.place).name for row in alone.rows] == ["manifest.json"]  # and says that it is no picture


def test_files_of_one_name_are_told_apart_by_their_folders_or_asked_for(tmp_path: Path) -> None:
    text = b"sku,file\nA,a/front.jpg\nB,b\\front.jpg\nC,front.jpg\n"
    archive = zipped(tmp_path / "rail.zip", **{"b/front.jpg": b"b", "a/front.jpg": b"a", "l.csv": text})

    found = taken_apart([archive])

    assert [(row.article, Path(row.place).read_bytes()) for row in found.rows] == [("A", b"a"), ("B", b"b")]
    assert len(found.said) == 1 and "line 4: several files are called front.jpg" in found.said[0]


def test_the_folders_of_files_of_one_name_come_in_their_names(tmp_path: Path) -> None:
    files = put(tmp_path, rail__csv="sku,file\nA,C:\\x\\a\\front.jpg\nB,b/front.jpg\n")
    for folder in "ba":
        files.append(tmp_path / f"rail--{folder}--front.jpg")
        files[-1].write_text(folder)

    rows = taken_apart(files).rows

    assert [(row.article, Path(row.place).read_text()) for row in rows] == [("A", "a"), ("B", "b")]


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("garment name,garment image", f"Shirt,{LINK}"),
        ("Product_Name;Image URL", f"Shirt;{LINK}"),
        ("sep=;\nname;link", f"Shirt;{LINK}"),
    ],
)
def test_a_heading_means_what_its_last_word_says(tmp_path: Path, heading: str, line: str) -> None:
    (row,) = taken_apart(put(tmp_path, rail__csv=f"{heading}\n{line}\n")).rows

    assert (row.name, row.place) == ("Shirt", LINK)


def test_a_column_of_file_names_is_one_of_pictures(tmp_path: Path) -> None:
    (row,) = taken_apart(put(tmp_path, rail__csv="File name,Title\ntee.jpg,Shirt\n", tee__jpg="t")).rows

    assert (row.name, Path(row.place).name) == ("Shirt", "tee.jpg")


def test_a_list_that_is_no_csv_says_from_where_and_sinks_nothing(tmp_path: Path) -> None:
    text = f'link\n{LINK}\n"{"a" * 200}\n' + "b\n" * 70_000

    found = taken_apart(put(tmp_path, rail__csv=text, tee__jpg="t"))

    assert [Path(row.place).name for row in found.rows] == ["tee.jpg"] and "line 3" in found.said[0]
    assert len(found.said) == 1


def test_a_drop_that_holds_no_garment_says_so(tmp_path: Path) -> None:
    said = taken_apart([zipped(tmp_path / "rail.zip"), *put(tmp_path, rail__csv="sku,link\n")]).said

    assert said == ("There are no garments in rail.zip.", "There are no garments in rail.csv.")


def test_of_many_lines_that_lead_nowhere_the_first_are_told(tmp_path: Path) -> None:
    found = taken_apart(put(tmp_path, rail__csv="link\n" + "gone.jpg\n" * 150))

    assert len(found.said) == 6 and "145 more" in found.said[-1]
