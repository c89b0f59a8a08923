"""Commands on a studio of their own, in this process: what they make, say and answer."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from itertools import product
from pathlib import Path

import pytest
from typer import rich_utils
from typer.main import get_command

from tests.browser.conftest import HOUSE
from tests.cli.quick import NOTHING_LEFT, Cli, Ran
from tryon_cli.__main__ import make_studio
from tryon_cli.backends.backend import Refused
from tryon_cli.command_line import commands, run
from tryon_cli.commands.refining import GivenPictures, refine_request
from tryon_cli.exit_codes import Exit
from tryon_cli.joining import Joining
from tryon_cli.outputs import Output
from tryon_cli.show.json_lines import JsonLines
from tryon_cli.words import Words
from tryon_core import FilePicture, PersonGender, RefineDraft, Settings
from tryon_core.storage import exclusive

HOODIE = str(HOUSE / "assets" / "garments" / "hoodie.jpg")
TRY_ON = ("try-on", HOODIE, "--model", "James", "--model", "Ariel", "--count", "1")


@pytest.fixture(scope="module")
def tried(cli: Cli, tmp_path_factory: pytest.TempPathFactory) -> tuple[Ran, Path]:
    """A hoodie on two models, and where the pictures are."""
    out = tmp_path_factory.mktemp("tried") / "pictures"
    return cli(*TRY_ON, "--out", str(out)), out


def test_a_garment_on_two_models_is_two_jobs_and_a_line_for_each(cli: Cli, tried: tuple[Ran, Path]) -> None:
    ran, out = tried
    assert (ran.code, ran.err, cli.submits()) == (0, "", 2)
    lines = sorted(ran.out.splitlines(), key=lambda line: "James" in line)
    assert len(lines) == 2
    for line, model in zip(lines, ("Ariel", "James"), strict=True):
        assert line.startswith("Saved in 0:0")
        assert f"Hoodie on {model}  1 of 1  sandbox" in line
        assert line.endswith(str(out / f"hoodie-{model.lower()}-1.png"))


def test_the_pictures_in_the_folder_are_those_that_were_served(cli: Cli, tried: tuple[Ran, Path]) -> None:
    served = {file.name: file.read_bytes() for file in cli.kept.glob("jobs/*/pictures/*.png")}
    there = {file.name: file.read_bytes() for file in tried[1].iterdir()}
    assert served == there and len(there) == 2


def test_the_same_line_again_sends_nothing_and_brings_the_pictures(
    cli: Cli, tried: tuple[Ran, Path], out: Path
) -> None:
    again = cli(*TRY_ON, "--out", str(out), "--json")
    assert (again.code, cli.submits()) == (0, 2)
    files = [file for told in again.objects for file in told["files"]]
    assert sorted(files) == [str(out / "hoodie-ariel-1.png"), str(out / "hoodie-james-1.png")]
    assert all(Path(file).is_file() for file in files)


def test_an_empty_data_folder_is_the_usual_one(cli: Cli, tried: tuple[Ran, Path]) -> None:
    assert cli("jobs", "--data-dir", "", "--json").objects == cli("jobs", "--json").objects != []


def test_jobs_are_listed_newest_first_and_as_json(cli: Cli, tried: tuple[Ran, Path]) -> None:
    told = cli("jobs", "--json").objects
    assert [(job["title"], job["state"], job["live"]) for job in told] == [
        ("Hoodie on Ariel", "succeeded", False),
        ("Hoodie on James", "succeeded", False),
    ]
    lines = cli("jobs").out.splitlines()
    assert [line.split("  ")[:2] for line in lines] == [[job["id"][:12], "Saved 1 of 1"] for job in told]


def test_that_there_are_no_jobs_is_said_beside_an_empty_output(tmp_path: Path) -> None:
    none = Cli(tmp_path)
    assert none("jobs") == Ran(0, "", "There are no jobs here yet.\n")
    assert none("jobs", "--language", "zh").err == "这里还没有任务。\n"
    assert none("jobs", "--json") == Ran(0, "", "")


def test_everything_is_said_in_the_language_of_the_environment(cli: Cli, tried: tuple[Ran, Path]) -> None:
    by_lang = cli("jobs", lang="zh_CN.UTF-8")
    by_option = cli("jobs", "--language", "zh")
    assert by_lang.out == by_option.out and "已保存 1/1" in by_lang.out and "James" in by_lang.out
    assert "服装照片" in cli("--help", lang="zh_CN.UTF-8").out


def test_a_refining_of_a_job_asks_for_what_the_job_does_not_say(cli: Cli, tried: tuple[Ran, Path]) -> None:
    job = cli("jobs", "--json").objects[-1]["id"][:6]
    unsaid = cli("refine", job)
    assert (unsaid.code, cli.submits()) == (3, 2)
    assert unsaid.err == (
        "Not sent. The job does not say all that refining needs. Give what is missing: --gender woman|man.\n"
    )
    beyond = cli("refine", job, "--picture", "2", "--gender", "man")
    assert beyond.code == 3 and "2" in beyond.err


def test_what_is_typed_goes_before_what_is_known_of_a_job() -> None:
    known, typed = Path("known.png"), HOODIE
    draft = RefineDraft(known, known, None, known, PersonGender.WOMAN)
    words = Words("en")
    asked = refine_request(words, GivenPictures(top=typed), draft)
    assert (asked.person, asked.top, asked.bottom) == (FilePicture(known), FilePicture(Path(typed)), None)
    assert asked.gender is PersonGender.WOMAN
    with pytest.raises(Refused, match=r"name a job, .*--coarse, --person, --gender woman\|man\."):
        refine_request(words, GivenPictures(top=typed), None)


def test_a_job_is_exported_as_a_zip_with_its_manifest(cli: Cli, tried: tuple[Ran, Path], out: Path) -> None:
    job = next(told for told in cli("jobs", "--json").objects if told["title"] == "Hoodie on James")
    ran = cli("export", job["id"][:8], "--out", str(out), "--json")
    assert (ran.code, ran.objects[0]["files"]) == (0, [str(out / "hoodie-james.zip")])
    with zipfile.ZipFile(out / "hoodie-james.zip") as archive:
        assert archive.namelist() == ["manifest.json", "hoodie-james-1.png"]
        assert archive.read("hoodie-james-1.png") == (tried[1] / "hoodie-james-1.png").read_bytes()


def test_what_cannot_be_sent_is_said_and_nothing_is(
    cli: Cli, tried: tuple[Ran, Path], tmp_path: Path
) -> None:
    no_picture = tmp_path / "note.txt"
    no_picture.write_text("no picture")
    before = cli.submits()
    absent = cli("try-on", str(tmp_path / "absent.jpg"))
    broken = cli("try-on", str(no_picture), "--json")
    nameless = cli("try-on", HOODIE, "--model", " ")
    assert [ran.code for ran in (absent, broken, nameless)] == [3, 3, 3]
    assert "There is no file" in absent.err and absent.out == nameless.out == ""
    assert broken.objects[0]["field"] == "garment" and "error" in broken.objects[0]
    assert cli.submits() == before


REFUSALS = {
    "no such file": (("try-on", "absent.jpg"), 3),
    "no picture": (("try-on", "note.jpg"), 3),
    "no name of a model": (("try-on", HOODIE, "--model", " "), 3),
    "nothing to refine": (("refine",), 3),
    "no such job": (("refine", "00000000"), 3),
    "no such job to resume": (("resume", "00000000"), 3),
    "nothing to export": (("export",), 3),
    "no such pattern": (("export", "--pattern", "{price}"), 3),
    "no plan": (("collection", "absent.csv"), 3),
    "no picture in a plan": (("collection", "plan.csv"), 3),
    "no folder for pictures": (("try-on", HOODIE, "--out", "note.jpg"), 7),
    "no folder for a collection": (("collection", "good.csv", "--out", "note.jpg"), 7),
    "no folder for jobs": (("jobs", "--data-dir", "note.jpg"), 7),
    "no address of a server": (("jobs", "--server", "here"), 3),
    "no server": (("jobs", "--server", "http://127.0.0.1:9"), 7),
    "no such count": (("try-on", HOODIE, "--count", "9"), 2),
    "no such option": (("jobs", "--none"), 2),
    "no such command": (("dance",), 2),
    "no garment": (("try-on",), 2),
}


@pytest.mark.parametrize("refusal", REFUSALS)
def test_whatever_is_refused_is_one_object_for_a_program(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusal: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "note.jpg").write_text("no picture")
    (tmp_path / "plan.csv").write_text("garment\nnote.jpg\n")
    (tmp_path / "good.csv").write_text(f"garment\n{HOODIE}\n")
    asked, code = REFUSALS[refusal]
    told, shown = cli(*asked, "--json"), cli(*asked)

    errors = [told for told in told.objects if "error" in told]
    assert (told.code, shown.code) == (code, code) and len(errors) == 1 and errors[0]["error"]
    assert told.objects[-1] == errors[0]
    if code != Exit.USAGE:  # of whose panel a program sees nothing that the object does not say
        assert told.err == "" and errors[0]["error"] in shown.err


def test_a_setting_that_makes_no_sense_is_an_object_for_a_program(tmp_path: Path) -> None:
    def settings() -> Settings:
        return Settings.load({"TRYON_DATABASE_URL": "nonsense"})

    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(["jobs", "--json"], Joining(settings, make_studio), {"LANG": "en"})
    assert (code, err.getvalue()) == (3, "")
    assert json.loads(out.getvalue())["field"] == "TRYON_DATABASE_URL"


def test_an_option_that_there_is_not_is_wrong_usage(cli: Cli) -> None:
    assert cli("try-on", HOODIE, "--count", "9").code == 2
    assert cli("dance").code == 2


def test_a_job_is_named_by_how_its_id_begins_and_by_no_less(cli: Cli, tried: tuple[Ran, Path]) -> None:
    for typed in ("abc", "0000000000000"):
        ran = cli("resume", typed)
        assert (ran.code, ran.err) == (
            3,
            f"Not sent. No job of yours begins with {typed}. The command jobs lists them.\n",
        )


def test_where_nothing_is_left_resume_says_so_and_does_nothing(cli: Cli, tried: tuple[Ran, Path]) -> None:
    assert cli("resume") == Ran(0, "", NOTHING_LEFT)


def test_a_folder_that_another_process_has_is_away(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exclusive, "WAIT_S", 0.0)
    hold = (
        "import fcntl, sys; file = open(sys.argv[1], 'a'); fcntl.lockf(file, fcntl.LOCK_EX);"
        "print(flush=True); sys.stdin.read()"
    )
    cli.kept.mkdir(exist_ok=True)
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(cli.kept / ".lock")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        ran = cli("jobs")
        other.communicate()
    assert ran.code == 7 and str(cli.kept) in ran.err


class Closed(io.StringIO):
    """A pipe whose reader has gone."""

    def write(self, text: str) -> int:
        raise BrokenPipeError


def test_a_pipe_that_nobody_reads_any_more_interrupts_and_what_was_begun_is_resumed(tmp_path: Path) -> None:
    own, out = Cli(tmp_path / "data"), tmp_path / "out"

    ran = own(*TRY_ON, "--out", str(out), reader=Closed)

    assert ran.code == 141 and "Something broke" not in ran.err
    assert own("resume").code == 0 and len(list(out.iterdir())) == 2 == own.submits()


@pytest.mark.parametrize("command", [(), *((name,) for name in get_command(commands).commands)])  # type: ignore[attr-defined]
def test_no_help_is_cut_though_chinese_has_no_spaces_to_break_lines_at(
    cli: Cli, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rich_utils, "MAX_WIDTH", 80)
    page = cli(*command, "--help", lang="zh_CN.UTF-8").out
    assert "…" not in page and "─ 选项 ─" in page and "显示本页" in page and "Options ─" not in page


def no_folders(tmp_path: Path) -> list[Path]:
    """Names that cannot be a folder for pictures: a file, below one, links to nowhere and to themselves,
    a name that is too long, a folder that is there and takes nothing."""
    file, loose, loop = tmp_path / "file", tmp_path / "loose", tmp_path / "loop"
    file.write_text("a file")
    loose.symlink_to(tmp_path / "nowhere")
    loop.symlink_to(loop)
    return [
        file,
        file / "below",
        loose,
        loop,
        tmp_path / "new" / ("x" * 300),
        Path("/proc"),
        Path("/proc/nope"),
    ]


@pytest.mark.parametrize("at", range(7))
def test_a_folder_that_takes_no_pictures_is_met_before_anything_is_sent(at: int, tmp_path: Path) -> None:
    own, out = Cli(tmp_path / "data"), no_folders(tmp_path)[at]
    plan = tmp_path / "plan.csv"
    plan.write_text(f"garment\n{HOODIE}\n")
    before = sorted(tmp_path.iterdir())

    for asked in (TRY_ON, ("collection", str(plan), "--count", "1")):
        ran = own(*asked, "--out", str(out), "--json")
        told = ran.objects[-1]["error"]
        assert ran.code == 7 and told.startswith(f"Pictures cannot be put into {out}: ")
        assert told.endswith("Nothing was begun; name another folder by --out.")

    assert own.submits() == 0 and sorted({*tmp_path.iterdir()} - {own.folder}) == before


def test_a_collection_that_is_there_is_not_noted_for_a_folder_that_takes_nothing(tmp_path: Path) -> None:
    own, out = Cli(tmp_path / "data"), tmp_path / "out"
    plan = tmp_path / "plan.csv"
    plan.write_text(f"garment\n{HOODIE}\n")
    asked = ("collection", str(plan), "--count", "1", "--out")
    assert own(*asked, str(out)).code == 0

    ran = own(*asked, "/proc")

    assert ran.code == 7 and "Nothing was begun" in ran.err and own("resume") == Ran(0, "", NOTHING_LEFT)


def test_what_is_refused_leaves_no_folder_behind(cli: Cli, out: Path, tmp_path: Path) -> None:
    no_picture = tmp_path / "note.txt"
    no_picture.write_text("no picture")
    assert cli("try-on", str(no_picture), "--out", str(out / "deep")).code == 3 and not out.exists()


def test_nothing_is_exported_into_what_is_no_folder(cli: Cli, tried: tuple[Ran, Path]) -> None:
    job = cli("jobs", "--json").objects[0]["id"][:8]
    ran = cli("export", job, "--out", "/proc")
    assert ran.code == 7 and ran.err.endswith("name another folder by --out.\n") and ran.out == ""


def test_pictures_whose_folder_is_gone_for_good_are_put_where_a_resume_says(tmp_path: Path) -> None:
    own, gone, out = Cli(tmp_path / "data"), tmp_path / "gone", tmp_path / "out"
    assert own(*TRY_ON, "--out", str(tmp_path / "first")).code == 0
    gone.write_text("a file, where a folder was when the jobs were begun")
    for job in own("jobs", "--json").objects:
        (own.kept / "deliveries" / f"{job['id'][:12]}.json").write_text(json.dumps({"out": str(gone)}))

    nowhere = own("resume", "--out", "/proc")
    resumed = own("resume", "--out", str(out))

    assert nowhere.code == 7 and "Nothing was begun" in nowhere.err
    assert resumed.code == 0 and len(list(out.iterdir())) == 2 == own.submits()


class Full(io.StringIO):
    """A file on a disk that is full: some are told so when they write, others when they hand over."""

    def write(self, text: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


class FullLater(io.StringIO):
    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


NOT_WRITTEN = re.compile(
    r"What is to be told cannot be written: [^\n:]+\. Jobs and their pictures are kept; [^\n]+\n"
)


@pytest.mark.parametrize("out", [Full(), FullLater(), None], ids=["full", "full later", "closed"])
@pytest.mark.parametrize(
    "asked", [("jobs",), ("jobs", "--json"), ("--help",), ("try-on", "--help")], ids=" ".join
)
def test_an_output_that_takes_nothing_is_one_sentence_beside_it(
    cli: Cli, tried: tuple[Ran, Path], asked: tuple[str, ...], out: io.StringIO | None
) -> None:
    err = io.StringIO()
    assert cli.answer(asked, out, err) == 7 and NOT_WRITTEN.fullmatch(err.getvalue())
    assert cli.answer(asked, out, None) == cli.answer(asked, out, Full()) == 7


@pytest.mark.parametrize("shown", [(), ("--json",)])
def test_jobs_are_followed_to_their_end_though_nothing_can_be_told(
    shown: tuple[str, ...], tmp_path: Path
) -> None:
    own, out, err = Cli(tmp_path / "data"), tmp_path / "out", io.StringIO()
    assert own.answer((*TRY_ON, "--out", str(out), *shown), Full(), err) == 7
    assert NOT_WRITTEN.fullmatch(err.getvalue()) and len(list(out.iterdir())) == 2
    assert own("resume") == Ran(0, "", NOTHING_LEFT)


@pytest.mark.parametrize(
    "err", [Full(), FullLater(), Closed(), None], ids=["full", "later", "pipe", "closed"]
)
def test_remarks_that_cannot_be_written_change_no_answer(
    cli: Cli, tried: tuple[Ran, Path], err: io.StringIO | None
) -> None:
    out = io.StringIO()
    assert cli.answer(("try-on", "absent.jpg"), out, err) == 3
    assert cli.answer(("dance",), out, err) == 2
    assert cli.answer(("resume",), out, err) == 0 and out.getvalue() == ""


@pytest.mark.parametrize("asked", [("--help",), ("try-on", "--help"), ("jobs",)], ids=" ".join)
def test_a_help_that_nobody_reads_is_as_all_that_nobody_reads(
    cli: Cli, tried: tuple[Ran, Path], asked: tuple[str, ...]
) -> None:
    read, write = os.pipe()
    os.close(read)
    err = io.StringIO()
    with os.fdopen(write, "w") as out:
        assert (cli.answer(asked, out, err), err.getvalue()) == (141, "")


def test_signs_that_a_terminal_lacks_are_written_as_their_numbers(
    cli: Cli, tried: tuple[Ran, Path], tmp_path: Path
) -> None:
    for asked in (("jobs",), ("--help",), ("try-on", "没有.jpg"), ("jobs", "--json")):
        told, said = io.BytesIO(), io.BytesIO()
        out, err = (io.TextIOWrapper(stream, "ascii", errors="strict") for stream in (told, said))
        assert cli.answer(asked, out, err, "zh_CN.UTF-8") == (3 if "try-on" in asked else 0)
        assert b"\\u" in told.getvalue() + said.getvalue()
    titles = [job["title"] for job in cli("jobs", "--json", lang="zh_CN.UTF-8").objects]
    assert [json.loads(line)["title"] for line in told.getvalue().splitlines()] == titles


def test_json_stays_json_where_a_sign_is_beyond_what_the_output_has(tmp_path: Path) -> None:
    for name, encoding in product(("\U0001f457", "\udcff"), ("ascii", "utf-8")):
        written = io.BytesIO()
        out = Output(io.TextIOWrapper(written, encoding))
        JsonLines(out.text).filed(name, tmp_path)
        assert json.loads(written.getvalue())["collection"] == name
