"""Commands on a running app: by its endpoints, as one caller who finds its jobs again."""

from __future__ import annotations

import asyncio
import shlex
import signal
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.browser.conftest import HOUSE, QUICK_APP, Server, app_server
from tests.browser.drawn_once import FOLDER
from tests.cli.quick import Cli, Ran
from tests.cli.test_following import job
from tests.cli.test_processes import EVERY_LINE, House, until
from tryon_cli.backends.backend import Away
from tryon_cli.backends.endpoints import Endpoints
from tryon_cli.backends.identities import kept_identity
from tryon_cli.backends.running_app import AWAY_S, LOOK_S, Passing, RunningApp
from tryon_cli.words import Words
from tryon_core import JobState

pytestmark = pytest.mark.slow
HOODIE = str(HOUSE / "assets" / "garments" / "hoodie.jpg")
JEANS = str(HOUSE / "assets" / "garments" / "jeans.jpg")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER, str(tmp_path_factory.mktemp("drawn")))
        server = app_server(tmp_path_factory.mktemp("app"), QUICK_APP, TRYON_AUTH="").start()
        yield server
        server.stop()


@pytest.fixture(scope="module")
def tried(cli: Cli, app: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[Ran, Path]:
    """An outfit on a model, and where the picture is."""
    out = tmp_path_factory.mktemp("tried")
    worn = ("try-on", HOODIE, "--bottom", JEANS, "--model", "Theo", "--count", "1", "--json")
    return cli(*worn, "--out", str(out), "--server", app.url), out


def test_a_job_of_a_running_app_has_its_pictures_to_the_byte(tried: tuple[Ran, Path], app: Server) -> None:
    ran, out = tried
    (told,) = ran.objects
    assert (ran.code, told["title"], told["files"]) == (
        0,
        "Hoodie and jeans on Theo",
        [str(out / told["pictures"][0])],
    )
    served = httpx.get(f"{app.url}/gradio_api/ext/files/{told['id']}/{told['pictures'][0]}").content
    assert Path(told["files"][0]).read_bytes() == served


def test_a_later_command_is_the_same_caller_and_another_folder_is_not(
    cli: Cli, tried: tuple[Ran, Path], app: Server, tmp_path: Path
) -> None:
    (told,) = tried[0].objects
    assert [job["id"] for job in cli("jobs", "--json", "--server", f"{app.url}/").objects] == [told["id"]]
    assert Cli(tmp_path)("jobs", "--server", app.url) == Ran(0, "", "There are no jobs here yet.\n")
    (key,) = cli.kept.glob("servers/*/identity")
    assert key.stat().st_mode & 0o077 == 0 and key.read_text() not in "".join(map(str, tried[0].objects))


def test_the_readmes_lines_for_a_running_app_run_as_they_stand(cli: Cli, app: Server, tmp_path: Path) -> None:
    lines = [shlex.split(line) for line in EVERY_LINE if "--server" in line]
    places = {"pictures/": str(tmp_path), "http://127.0.0.1:7860": app.url}
    assert [cli(*(places.get(word, word) for word in line)).code for line in lines] == [0, 0]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["hoodie-james-1.png", "hoodie-james-2.png"]


def test_a_collection_is_made_at_the_app_and_comes_as_pictures_and_as_one_zip(
    cli: Cli, app: Server, tmp_path: Path
) -> None:
    (tmp_path / "plan.csv").write_text(f"article,garment,model\n4711,{HOODIE},James; Ariel\n")
    made = (
        "collection",
        str(tmp_path / "plan.csv"),
        "--count",
        "1",
        "--name",
        "Autumn",
        "--out",
        str(tmp_path),
    )
    there = ("--server", app.url, "--json")
    before = len(cli("jobs", *there).objects)
    ran = cli(*made, *there)
    files = sorted(Path(file) for told in ran.objects if "files" in told for file in told["files"])
    assert ran.code == 0 and [file.name.startswith("4711_hoodie-") for file in files] == [True, True]
    assert cli(*made, *there).code == 0 and len(cli("jobs", *there).objects) == before + 2

    packed = cli("export", "--collection", "autumn", "--pattern", "{model}", "--out", str(tmp_path), *there)
    with zipfile.ZipFile(packed.objects[0]["files"][0]) as archive:
        assert sorted(archive.namelist()) == ["Ariel.png", "James.png", "manifest.csv", "manifest.json"]
        assert {archive.read(f"{name}.png") for name in ("Ariel", "James")} == {
            file.read_bytes() for file in files
        }
    wrong = cli(
        "export", "--collection", "autumn", "--pattern", "{n}", "--out", str(tmp_path / "plan.csv"), *there
    )
    assert wrong.code == 7


def test_what_the_app_refuses_is_said_in_the_readers_language(cli: Cli, app: Server, tmp_path: Path) -> None:
    broken = tmp_path / "note.jpg"
    broken.write_text("no picture")
    ran = cli("try-on", str(broken), "--server", app.url, lang="zh_CN.UTF-8")
    assert ran.code == 3 and ran.err.startswith("没有发送。") and "图片" in ran.err


def test_a_plan_looks_at_the_pictures_at_the_app_as_it_does_here(
    cli: Cli, app: Server, tmp_path: Path
) -> None:
    (tmp_path / "note.jpg").write_text("no picture")
    (tmp_path / "plan.csv").write_text("garment\nnote.jpg\n")
    line = ("collection", str(tmp_path / "plan.csv"), "--plan")
    here, there = cli(*line), cli(*line, "--server", app.url)
    assert here.code == there.code == 3 and here.err == there.err != ""


def test_what_only_the_page_does_is_said(cli: Cli, tried: tuple[Ran, Path], app: Server) -> None:
    begins = tried[0].objects[0]["id"][:8]
    ran = cli("refine", begins, "--gender", "man", "--server", app.url)
    assert ran.code == 3 and "--coarse" in ran.err


def test_where_there_is_no_app_it_is_away(cli: Cli, app: Server) -> None:
    nobody = cli("jobs", "--server", "http://127.0.0.1:9")
    no_app = cli("jobs", "--server", f"{app.url}/elsewhere")
    no_address = cli("jobs", "--server", "studio")
    assert [ran.code for ran in (nobody, no_app, no_address)] == [7, 7, 3]
    assert "does not answer" in nobody.err and "HTTP status" in no_app.err


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_jobs_go_on_at_the_app_when_the_command_is_ended(
    sign: signal.Signals, app: Server, tmp_path: Path
) -> None:
    house = House(tmp_path)
    first = house.begun("try-on", HOODIE, "--count", "8", "--out", str(house.out), "--server", app.url)
    until(
        lambda: list(house.cli.kept.glob("servers/*/deliveries/*.json")) or first.process.poll() is not None
    )
    first.process.send_signal(sign)
    first.ended()
    if sign is signal.SIGINT:
        assert f"python -m tryon_cli resume --server {app.url}" in first.said()
    resumed = house.cli("resume", "--server", app.url, "--json")
    (told,) = resumed.objects
    assert (resumed.code, told["state"], len(house.pictures())) == (0, "succeeded", 8)
    assert len(house.cli("jobs", "--json", "--server", app.url).objects) == 1


class Clock:
    """Time that passes when somebody waits."""

    def __init__(self) -> None:
        self.time = 0.0

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.time += seconds


class Sometimes(Endpoints):
    """Answers with what is in the list, and then is away."""

    def __init__(self, answers: list[Any]) -> None:
        self.answers = answers

    async def first(self, name: str, /, **given: object) -> Any:
        answer = self.answers.pop(0) if self.answers else None
        if answer is None:
            raise Away("away")
        return [answer.facts]


@pytest.mark.anyio
async def test_an_app_that_is_away_for_a_while_is_waited_for() -> None:
    queued, done = job(1), job(1, JobState.SUCCEEDED, 2)
    clock = Clock()
    app = RunningApp(
        Sometimes([queued, None, None, done]), Words("en"), "me", (), Passing(clock.now, clock.sleep)
    )
    assert [seen async for seen in app.watch(queued.id)] == [queued, done]


@pytest.mark.anyio
async def test_an_app_that_stays_away_is_given_up() -> None:
    clock = Clock()
    app = RunningApp(Sometimes([job(1)]), Words("en"), "me", (), Passing(clock.now, clock.sleep))
    with pytest.raises(Away):
        _ = [seen async for seen in app.watch(job(1).id)]
    assert AWAY_S < clock.time <= AWAY_S + 2 * LOOK_S


@pytest.mark.anyio
async def test_of_two_commands_that_begin_together_the_first_ones_key_counts(tmp_path: Path) -> None:
    keys = iter(("one", "two"))
    both = asyncio.Barrier(2)

    async def make() -> str:
        await both.wait()
        return next(keys)

    found = await asyncio.gather(kept_identity(tmp_path / "app", make), kept_identity(tmp_path / "app", make))
    assert found[0] == found[1] and [file.name for file in (tmp_path / "app").iterdir()] == ["identity"]
