"""No secret gets out: a whole run with unmistakable ones, then a look at every byte that was left or said.

Operator's keys, a visitor's own keys, the login's password, the secret that signs, what a typed link holds.
Jobs of every end, at the chattiest log level, against both vendors over sockets.
"""

from __future__ import annotations

import base64
import json
import sqlite3
import traceback
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from gradio_client import Client, handle_file

from tests.browser.conftest import HOUSE, Server, app_server, sandbox_server
from tests.browser.raw import API, EXT, Raw
from tests.browser.test_main_job import photo_of
from tests.fork_server import forked
from tests.on_disk import contents
from tryon_core import InvalidRequest, Settings

SECRETS = {
    "AIDGE_APP_KEY": "sntl-Op3rator-aidge+name",
    "AIDGE_APP_SECRET": "sntl-Op3rator-aidge=secret",
    "AILAB_API_KEY": "sntl-Op3rator-ailab/key",
    "TRYON_STATE_SECRET": "sntl-St4te-secret",
    "password": "sntl-P4ssw0rd",
    "own Aidge key": "sntl-0wn-aidge+name",
    "own Aidge secret": "sntl-0wn-aidge=secret",
    "own AILab key": "sntl-0wn-ailab/key",
    "own key that is wrong": "sntl-Wr0ng-key",
    "own key that cannot be one": "sntl-N0t a-key",
    "link's signature": "sntl-L1nk-signature",
    "link's user": "sntl-L1nk-user",
}
# As `app.py` starts it, but for the log: everything that any library has to say, and exceptions with their
# messages, as TRYON_DEBUG has them.
CHATTY = "import app; real = app.set_up_logs; app.set_up_logs = lambda out, _level: real(out, 1); app.main()"
HOODIE = HOUSE / "assets" / "garments" / "hoodie.jpg"


@dataclass(frozen=True)
class Container:
    """The app, its folder, the vendors, and the visitor whose page hears everything."""

    app: Server
    folder: Path
    vendors: Server
    ann: Raw
    sides: Iterator[int] = field(default_factory=lambda: count(400))

    def create(self) -> str:
        """A job with a garment of its own, an equal one would only show the first one's; its card."""
        garment = photo_of("hoodie", self.folder.parent, next(self.sides))
        return self.ann.card(self.ann.create(garment))

    def fault(self, point: str, fault: str, times: int = 1) -> None:
        order = [{"on": point, "fault": fault, "times": times, "after": 0}]
        httpx.post(f"{self.vendors.url}/_sandbox/faults", json=order).raise_for_status()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Container]:
    folder = tmp_path_factory.mktemp("sentinels")
    (folder / "vendors").mkdir()
    vendors = sandbox_server(
        folder / "vendors",
        *("--queue-s", "0.1", "--per-image-s", "0.1"),
        *("--aidge-key", f"{SECRETS['AIDGE_APP_KEY']}:{SECRETS['AIDGE_APP_SECRET']}"),
        *("--aidge-key", f"{SECRETS['own Aidge key']}:{SECRETS['own Aidge secret']}"),
        *("--ailab-key", SECRETS["AILAB_API_KEY"], "--ailab-key", SECRETS["own AILab key"]),
    ).start()
    (folder / "app").mkdir()
    settings = {name: value for name, value in SECRETS.items() if name.isupper()}
    app = app_server(
        folder / "app",
        ("-c", CHATTY),
        **settings,
        AIDGE_BASE_URL=f"{vendors.url}/rest",
        AILAB_BASE_URL=vendors.url,
        TRYON_AUTH=f"ann:{SECRETS['password']},ben:another",
    ).start()
    with Raw(app.url, login=("ann", SECRETS["password"])) as ann:
        yield Container(app, folder / "app", vendors, ann)
    app.stop()
    vendors.stop()


def every_end(house: Container) -> list[str]:
    """What the cards say after jobs of every end, made as the page makes them."""
    said = [house.create()]
    for point, fault in (
        ("aidge.submit", "code:701"),
        ("aidge.submit", "not_json"),
        ("aidge.submit", "drop_after"),
        ("aidge.query", "code:801"),
        ("result", "status:403"),
    ):
        house.fault(point, fault)
        said.append(house.create())
    return said


def typed_links(ann: Raw) -> None:
    """Links that are refused, each with something in it that is nobody's business."""
    signature, user = SECRETS["link's signature"], SECRETS["link's user"]
    event = ann.event("go", "click")
    for link in (
        f"http://127.0.0.1:9/a.png?Signature={signature}",
        f"https://{user}:{signature}@example.com/a.png",
        f"http://nowhere.invalid/{signature}/coat.png?X-Amz-Signature={signature}#{user}",
        f"{signature}",
        f"htps://{user}@example.com/?{signature}",
    ):
        ann.send(event, ann.values(event, garmentlink=link, count=1))
        ann.ended()
        ann.call("tryon", garment=link, count=1)


def own_keys(house: Container) -> None:
    """Wrong keys, right ones, a job with them, and a job whose key is taken away meanwhile."""
    ann = house.ann
    wrong = {"app_key": SECRETS["own key that is wrong"], "app_secret": SECRETS["own key that is wrong"]}
    bad = {
        "app_key": SECRETS["own key that cannot be one"],
        "app_secret": SECRETS["own key that cannot be one"],
    }
    ann.click("topbar", "submit", vendor="aidge", **bad)
    ann.click("topbar", "submit", vendor="aidge", **wrong)
    house.create()
    own = {"app_key": SECRETS["own Aidge key"], "app_secret": SECRETS["own Aidge secret"]}
    said = ann.click("topbar", "submit", vendor="aidge", **own)
    said += ann.click("topbar", "submit", vendor="ailab", api_key=SECRETS["own AILab key"])
    assert said.count("your key") >= 2
    house.create()
    house.fault("aidge.query", "status:500", times=3)
    event = ann.event("go", "click")
    ann.send(event, ann.values(event, garment=ann.upload(HOODIE), count=2))
    ann.click("topbar", "delete", vendor="aidge")
    ann.click("topbar", "submit", vendor="aidge", **own)
    ann.ended()


def scripts(house: Container) -> None:
    """The same from a script: a success of the refiner, and a refusal."""
    client = Client(house.app.url, auth=("ann", SECRETS["password"]), verbose=False)
    refine = HOUSE / "assets" / "refine"
    given = (handle_file(refine / "person.png"), handle_file(HOODIE), handle_file(refine / "coarse.png"))
    house.fault("ailab.submit", "code:ERROR_PARAMETERS")
    for _ in range(2):
        pictures, job = client.predict(*given, "man", api_name="/refine")
        house.ann.heard.append(json.dumps([pictures, job]))
    assert job["state"] == "succeeded"
    client.close()


def everything_served(house: Container) -> None:
    """Whatever can be asked of the server, with and without the login, sensible or not."""
    paths = ["/", "/config", f"{API}/info", f"{EXT}/healthz", f"{API}/startup-events", "/theme.css", "/x"]
    paths += [f"{API}/app_id", f"{API}/user", f"{API}/login_check", "/openapi.json", "/monitoring/summary"]
    with Raw(house.app.url) as stranger:
        for client in (house.ann, stranger):
            for path in paths:
                client.http.get(path)
            client.http.post("/login", data={"username": "ann", "password": SECRETS["password"] + "x"})
            client.http.post(f"{API}/queue/join", content=b"{")
            client.http.post(
                f"{API}/queue/join", json={"fn_index": 10**6, "data": [], "session_hash": "abcdefghij"}
            )
        house.ann.heard += stranger.heard


def broken(house: Container) -> None:
    """What nobody foresaw: the ledger is gone under a running app."""
    with closing(sqlite3.connect(house.folder / "data" / "studio.sqlite")) as database:
        house.ann.heard.append("\n".join(database.iterdump()))
        database.execute("ALTER TABLE tryon_jobs RENAME TO gone")
        house.ann.click("jobrows", "select", act="open", job="a" * 40)
        house.ann.rows_text()
        house.ann.call("job", id="a" * 40)
        database.execute("ALTER TABLE gone RENAME TO tryon_jobs")


def forms(secret: str) -> dict[str, bytes]:
    """A secret as it may stand somewhere: as it is, packed, turned round, or cut in two halves of a text."""
    data = secret.encode()
    packed = {f"base64 at {at}": base64.b64encode(b"x" * at + data + b"xx")[4:-4] for at in range(3)}
    return {
        "plain": data,
        "for a URL": quote(secret, safe="").encode(),
        "in JSON": json.dumps(secret)[1:-1].encode(),
        "with slashes in JSON": secret.replace("/", "\\/").encode(),
        "hex": data.hex().encode(),
        "HEX": data.hex().upper().encode(),
        "backwards": data[::-1],
        "UTF-16": secret.encode("utf-16-le"),
        **packed,
        **{
            f"{name}, for a URL": value.replace(b"+", b"-").replace(b"/", b"_")
            for name, value in packed.items()
        },
    }


def found(places: dict[str, bytes], secrets: dict[str, str]) -> list[tuple[str, str, str]]:
    """Where which secret stands, and in which form."""
    return [
        (place, name, form)
        for name, secret in secrets.items()
        for form, mark in forms(secret).items()
        for place, content in places.items()
        if mark in content
    ]


def left_and_said(house: Container) -> dict[str, bytes]:
    """Every byte on the disk and every byte that was answered, by its place."""
    files = contents(house.folder)
    places = {str(path.relative_to(house.folder)): bytes(path) + content for path, content in files}
    return places | {"what was answered": "\n".join(house.ann.heard).encode()}


def test_no_secret_is_left_or_said_after_jobs_of_every_end(house: Container) -> None:
    cards = "".join(every_end(house))
    for word in ("files/", "no answer came back", "701"):
        assert word in cards, word
    typed_links(house.ann)
    own_keys(house)
    scripts(house)
    everything_served(house)
    broken(house)
    house.app.stop()
    places = left_and_said(house)
    log = places["app.log"].decode()
    assert {"app.log", "data/studio.sqlite", "what was answered"} <= places.keys()
    assert "no such table: tryon_jobs" in log and '"level": "debug"' in log
    assert "unforeseen" in log and "Traceback" not in "".join(house.ann.heard)
    assert found(places, SECRETS) == []
    assert "sign=" not in log and f"{EXT}/" not in log


def test_the_look_finds_a_secret_in_each_of_its_forms() -> None:
    for name, mark in forms("sntl-A+b/c=d").items():
        assert (("there", "it", name)) in found(
            {"there": b"before " + mark + b" after"}, {"it": "sntl-A+b/c=d"}
        )


DATABASE = "postgresql+psycopg://tester:sntl-D4tabase@127.0.0.1:9/studio?connect_timeout=2"


def test_a_database_that_is_away_ends_the_start_without_its_password(tmp_path: Path) -> None:
    server = app_server(tmp_path, ("-c", CHATTY), TRYON_DATABASE_URL=DATABASE)
    with server.log.open("wb") as log:
        ended = forked(server.command, server.env, log).wait(90)
    said = server.log.read_bytes()
    assert ended != 0 and said
    assert found({"the output": said}, {"the password": "sntl-D4tabase", "its setting": DATABASE}) == []


WRONG = {
    "TRYON_BUCKET_URL": "s3://key:sntl-Buck3t@/nowhere",
    "AIDGE_APP_SECRET": "sntl-Op3rator",
    "TRYON_AUTH": "ann:sntl-P4ssw0rd,ben",
}


@pytest.mark.parametrize("name", WRONG)
def test_a_setting_that_is_wrong_is_named_and_not_repeated(name: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        Settings.load({name: WRONG[name]})
    said = "".join(traceback.format_exception(refused.value)) + repr(refused.value.problem)
    assert name in said and "sntl-" not in said
