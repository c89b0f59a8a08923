"""Two visitors of one app: neither sees, lists, fetches or deletes anything of the other's.

Ann has a job and pictures. Ben knows her job's id and the names of its files, which the app tells nobody, and
says to the server whatever might help him.
"""

from __future__ import annotations

import hashlib
import http.client
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.browser import history
from tests.browser.conftest import QUICK_APP, Server, app_server, create, worn
from tests.browser.raw import API, EXT, Raw
from tests.browser.test_main_job import photo_of, upload
from tests.on_disk import files_with
from tryon_ui.links import SIDES

PATIENCE_S = 20.0
TITLE = "Zanzibar 4711"


def photo(folder: Path, title: str) -> Path:
    """A garment of that title."""
    return photo_of("hoodie", folder, 900).rename(folder / f"{title}.jpg")


@dataclass(frozen=True)
class Container:
    """The app, the folder that it was told to let out besides, and what Ann has."""

    server: Server
    folder: Path
    ann: Raw
    job: str
    picture: str
    input: str

    @property
    def marks(self) -> tuple[str, ...]:
        """What only those see who see something of Ann's."""
        return TITLE, *(f"{kind}/{self.job}" for kind in ("files", *SIDES))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Container]:
    folder = tmp_path_factory.mktemp("apart")
    # Even an operator who lets out the folder around the data lets none of the data out.
    server = app_server(folder, QUICK_APP, UNDO_S="3", GRADIO_ALLOWED_PATHS=str(folder)).start()
    with Raw(server.url) as ann:
        job = ann.create(photo(folder, TITLE))
        pictures = list((folder / "data" / "jobs" / job / "pictures").iterdir())
        inputs = list((folder / "data" / "jobs" / job / "input").iterdir())
        yield Container(server, folder, ann, job, pictures[0].name, inputs[0].name)
    server.stop()


def listed(visitor: Raw) -> str:
    """What My jobs shows, whenever it was drawn."""
    output = visitor.rows_text().partition("output")[2].split("duration")[0]
    return re.sub(r"data-drawn=\S*", "", output)


@pytest.fixture
def ben(house: Container) -> Iterator[Raw]:
    """Ben at his best; whatever he did, Ann has what she had, and he heard nothing of it."""
    before = listed(house.ann)
    with Raw(house.server.url) as raw:
        yield raw
        heard = "".join(raw.heard)
    assert listed(house.ann) == before
    assert TITLE in before and not [mark for mark in house.marks if mark in heard]


def asked_as_written(server: Server, *paths: str) -> list[int]:
    """The statuses for paths that the client does not tidy up; one connection for all."""
    line = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=30)
    found = []
    for path in paths:
        line.putrequest("GET", path.replace(" ", "%20"), skip_accept_encoding=True)
        line.endheaders()
        answer = line.getresponse()
        answer.read()
        found.append(answer.status)
    line.close()
    return found


CLICKS: dict[str, tuple[str, str, dict[str, object]]] = {
    "open it": ("jobrows", "select", {"act": "open"}),
    "send it again": ("jobrows", "retry", {"act": "again"}),
    "ask about it": ("jobrows", "retry", {"act": "ask"}),
    "give it a task": ("jobrows", "retry", {"act": "adopt", "task": "77"}),
    "delete it": ("jobrows", "delete", {"act": "delete"}),
    "rename it": ("jobrows", "submit", {"act": "rename", "title": "Ben's"}),
    "pin it": ("jobrows", "like", {"act": "pin"}),
    "refine its picture": ("jobrows", "edit", {"act": "refine", "n": 1}),
    "download it all": ("jobrows", "download", {"act": "zip"}),
    "open it on the card": ("jobcard", "retry", {"act": "watch"}),
    "send it again on the card": ("jobcard", "retry", {"act": "again"}),
    "refine it on the card": ("jobcard", "edit", {"act": "refine", "n": 1}),
    "download it on the card": ("jobcard", "download", {"act": "zip"}),
    "send it again as a refinement": ("refinecard", "retry", {"act": "again"}),
    "do something unheard of": ("jobrows", "retry", {"act": "../../etc", "n": [1], "task": {"a": 1}}),
}


@pytest.mark.parametrize("wish", CLICKS)
def test_a_forged_click_on_another_s_job_does_nothing(wish: str, house: Container, ben: Raw) -> None:
    element, trigger, click = CLICKS[wish]
    said = ben.click(element, trigger, job=house.job, **click)
    assert ben.rows() == [] and house.picture not in said


def test_a_state_that_the_browser_makes_up_is_not_taken_for_the_server_s(house: Container, ben: Raw) -> None:
    for name in ("watch", "watch_1", "opened", "go_to"):
        event = ben.named(name)
        forged = {"job_id": house.job, "problem": None, "offered": False, "nonce": "x"}
        ben.send(event, ben.values(event, state=forged), {"job": house.job, "act": "open"})


FORGED = {
    "nothing": "",
    "null": None,
    "a number": 7,
    "a list": ["a" * 43],
    "a user's name": "user:ann",
    "a prefix": "browser:",
    "a pattern": "%" * 43,
    "SQL": "' OR '1'='1' -- padded to look long enough",
    "a very long one": "a" * 100_000,
}


@pytest.mark.parametrize("kind", FORGED)
def test_a_made_up_browser_s_id_lists_nothing(kind: str, house: Container, ben: Raw) -> None:
    ben.visitor = FORGED[kind]  # type: ignore[assignment]
    assert ben.rows() == []


@pytest.mark.parametrize("kind", ["the job's id", "the owner as the ledger knows her", "her session"])
def test_what_is_written_elsewhere_of_a_visitor_is_not_her_key(kind: str, house: Container, ben: Raw) -> None:
    known = {
        "the job's id": house.job,
        "her session": house.ann.session,
        "the owner as the ledger knows her": hashlib.sha256(
            f"visitor\nbrowser:{house.ann.visitor}".encode()
        ).hexdigest()[:64],
    }
    ben.visitor = known[kind]
    assert ben.rows() == []


def test_with_another_s_session_one_is_still_oneself(house: Container, ben: Raw) -> None:
    ben.session = house.ann.session
    assert ben.rows() == []
    ben.click("jobrows", "delete", act="delete", job=house.job)
    listing = ben.named("jobs")
    assert ben.send(listing, ben.values(listing)).count('"data":[[]]') == 1


def test_scripts_get_nothing_of_another_s(house: Container, ben: Raw) -> None:
    for session in (ben.session, house.ann.session, house.job, "x"):
        ben.send(ben.named("jobs"), ben.values(ben.named("jobs")), session=session)
        ben.send(ben.named("job"), [house.job], session=session)
    for name, data in (("job", [house.job]), ("jobs", [])):
        begun = ben.http.post(f"{API}/call/{name}", json={"data": data, "session_hash": house.ann.session})
        ben.http.get(f"{API}/call/{name}/{begun.json()['event_id']}")


def test_a_script_reads_no_file_of_this_machine(house: Container, ben: Raw) -> None:
    mine = house.folder / "data" / "jobs" / house.job / "pictures" / house.picture
    places = [str(mine), f"{house.folder}/cache/../data/jobs/{house.job}/pictures/{house.picture}"]
    places += ["/etc/hostname", "app.py", "assets/garments/hoodie.jpg", f"file://{mine}", "//etc/hostname"]
    for place in places:
        for given in (
            place,
            {"path": place, "meta": {"_type": "gradio.FileData"}},
            {"path": "x", "url": place},
        ):
            said = ben.call("tryon", garment=given, count=1)
            assert "event: error" in said and "complete" not in said


def test_the_page_reads_no_file_of_this_machine(house: Container, ben: Raw) -> None:
    event = ben.event("go", "click")
    mine = str(house.folder / "data" / "jobs" / house.job / "pictures" / house.picture)
    for place in (mine, "/etc/hostname", "assets/garments/hoodie.jpg", "data/.state-secret"):
        ben.send(event, ben.values(event, garmentlink=place))
        ben.send(event, ben.values(event, garment={"path": place, "meta": {"_type": "gradio.FileData"}}))
        ben.send(event, ben.values(event, garment={"path": "", "url": place}))
    assert ben.rows() == []


def changed(job: str) -> Iterator[str]:
    """Ids near another's: what one would come to by counting, or by what a file system takes for equal."""
    for place in (0, 19, 39):
        other = "0" if job[place] != "0" else "1"
        yield job[:place] + other + job[place + 1 :]
    yield from (f"{int(job, 16) + step:040x}" for step in (-1, 1))
    yield from (job.upper(), job[:-1], job + "0", f"{job}%00", f"%20{job}", f"{job}.", f"./{job}", f"{job}/.")


def test_ids_near_a_job_s_lead_nowhere(house: Container, ben: Raw) -> None:
    kinds, jobs = ("files", *SIDES), tuple(changed(house.job))
    paths = [f"{EXT}/{kind}/{job}/{house.picture}" for kind in kinds for job in jobs]
    tokens = (house.job, hashlib.sha256(house.job.encode()).hexdigest(), "0" * 64, "")
    paths += [f"{EXT}/h/{token}/{house.input}" for token in tokens]
    statuses = zip(paths, asked_as_written(house.server, *paths), strict=True)
    assert [(path, status) for path, status in statuses if status != 404] == []


OUT_OF_A_JOB = (
    "../../../.state-secret",
    "..%2f..%2f..%2f.state-secret",
    "%2e%2e/%2e%2e/%2e%2e/.state-secret",
    "..%252f..%252f..%252f.state-secret",
    "..%5c..%5c..%5c.state-secret",
    "..\\..\\..\\.state-secret",
    "%c0%ae%c0%ae/%c0%ae%c0%ae/studio.sqlite",
    "%ef%bc%8f..%ef%bc%8fstudio.sqlite",
    "%00",
    ".",
    "..",
    "....//....//studio.sqlite",
    "pictures/..%2f..%2f..%2fstudio.sqlite",
    "%2fetc%2fhostname",
    "/etc/hostname",
    "~root",
    ".leaving",
)


@pytest.mark.parametrize("way", OUT_OF_A_JOB)
def test_no_name_leads_out_of_a_job_s_folder(way: str, house: Container, ben: Raw) -> None:
    jobs = (house.job, "..", ".", "")
    paths = [f"{EXT}/{kind}/{job}/{way}" for kind in ("files", *SIDES) for job in jobs]
    assert set(asked_as_written(house.server, *paths)) <= {400, 404}


DRESSED = ("{}", "{}/", "//{}", "{}%00", "{}%2500", "./{}", "{}?x", "%2f{}", "x/..{}", "{}#", "{};.png")


@pytest.mark.parametrize("dressed", DRESSED)
def test_gradio_serves_nothing_of_the_data_by_its_path(dressed: str, house: Container, ben: Raw) -> None:
    kept = [str(path) for path in (house.folder / "data").rglob("*") if path.is_file()]
    assert len(kept) > 6
    texts = [text for path in kept for text in (path, path.replace("/", "%2f"), path.replace("data", "DATA"))]
    paths = [f"{API}/file={dressed.format(text)}" for text in texts]
    statuses = zip(paths, asked_as_written(house.server, *paths), strict=True)
    assert [(path, status) for path, status in statuses if status not in (400, 403, 404)] == []


def test_the_cache_can_be_read_by_whole_paths_only(house: Container, ben: Raw) -> None:
    cache = house.folder / "cache"
    own = [path for path in cache.rglob("*") if path.is_file() and TITLE in path.name]
    assert own and all(re.fullmatch(r"tryon-[0-9a-f]{64}", path.parent.name) for path in own)
    places = (cache, own[0].parent, cache / "*", cache / "tryon-*", cache / ".." / "data")
    statuses = asked_as_written(house.server, *(f"{API}/file={place}" for place in places))
    assert set(statuses) <= {400, 403, 404}
    assert asked_as_written(house.server, f"{API}/file={own[0]}".replace(" ", "%20")) == [200]


def test_what_one_deletes_is_not_gone_for_another_who_has_the_same(house: Container, ben: Raw) -> None:
    same = photo(house.folder, TITLE)
    hers, his = house.ann.upload(same), ben.upload(same)
    job = ben.create(same)
    ben.click("jobrows", "delete", act="delete", job=job)
    assert hers["path"] != his["path"] and Path(str(hers["path"])).is_file() and ben.rows() == []
    ben.heard.clear()  # of this title he knows by himself


def test_what_a_visitor_deletes_is_nowhere_on_the_disk(house: Container, tmp_path: Path) -> None:
    with Raw(house.server.url) as cleo:
        garment = photo(tmp_path, "Samarkand 0042")
        with Image.open(garment) as picture:  # like nobody else's
            picture.transpose(Image.Transpose.ROTATE_90).save(garment, quality=90)
        job = cleo.create(garment)
        for trigger, click in (("download", {"act": "zip"}), ("edit", {"act": "refine", "n": 1})):
            cleo.click("jobrows", trigger, job=job, **click)
        made = list((house.folder / "data" / "jobs" / job / "pictures").iterdir())
        marks = [job.encode(), b"Samarkand", *(middle_of(path) for path in (garment, *made))]
        before = files_with(house.folder, marks, by_path=True)
        cleo.click("jobrows", "delete", act="delete", job=job)
        assert cleo.rows() == []
    kinds = {path.relative_to(house.folder).parts[:2] for path in before}
    assert {("data", "jobs"), ("data", "sandbox")} <= kinds
    assert kinds & {("data", "studio.sqlite-wal"), ("data", "studio.sqlite")}  # by whether it moved on yet
    assert len({path for path in before if "cache" in path.parts}) >= 3
    end = time.monotonic() + PATIENCE_S
    while (left := files_with(house.folder, marks, by_path=True)) and time.monotonic() < end:
        time.sleep(0.5)  # for as long as it could be had back, and the clearing after that
    assert left == []


def middle_of(path: Path) -> bytes:
    data = path.read_bytes()
    return data[len(data) // 2 :][:40]


def test_two_browsers_have_nothing_in_common(house: Container, browser: Browser, tmp_path: Path) -> None:
    how: dict[str, Any] = {"viewport": {"width": 1440, "height": 1068}, "reduced_motion": "reduce"}
    contexts = [browser.new_context(**how) for _ in range(2)]
    ann, ben = (context.new_page() for context in contexts)
    told: list[str] = []
    ben.on("response", lambda answer: told.append(answer.url))
    for page in (ann, ben):
        page.goto(house.server.url)
        page.locator("#go").wait_for(timeout=20_000)
    upload(ann, "#garment", photo(tmp_path, "Timbuktu 0815"))
    ann.get_by_role("radio", name="1", exact=True).check()
    create(ann)
    worn(ann, 1)
    job = str(ann.locator("#jobcard [data-job]").first.get_attribute("data-job"))
    for page in (ann, ben):
        page.get_by_role("tab", name="My jobs").click()
    expect(ann.locator("#jobrows")).to_contain_text("Timbuktu 0815")
    expect(ben.locator("#jobrows .nojobs")).to_be_visible(timeout=20_000)
    history.reload(ben)
    ben.get_by_role("tab", name="My jobs").click()
    expect(ben.locator("#jobrows .nojobs")).to_be_visible(timeout=20_000)
    assert "Timbuktu" not in ben.content() and job not in ben.content() + "".join(told)
    for context in contexts:
        context.close()
