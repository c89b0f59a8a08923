"""The log: every record is one JSON object, carries the ids that support asks for, and no secret."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import quote, quote_plus
from weakref import WeakValueDictionary

import httpx
import pytest
from PIL import ExifTags, Image

from tests.core import fakes
from tests.core.fakes import ScriptedVendors, finished, running
from tests.core.submitting import submit
from tests.core.test_studio import ANN, ended, open_house
from tests.core.wires import CODES
from tryon_core import InvalidRequest, JobState, Key, Request, Secret, Settings, secret
from tryon_core.account import Account
from tryon_core.accounts.keys import Keyring
from tryon_core.clock import SystemClock
from tryon_core.errors import NoAnswer, Problem
from tryon_core.observability.logs import adopt_logs, if_debug, set_up_logs, write_log
from tryon_core.vendors.task import Receipt
from tryon_core.vendors.transport import send

SECRET_LINK = "https://key:pass@results.example/a.png?Signature=SENTINEL"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the log wrote; afterwards logging is as it was."""
    with logging_to(logging.INFO) as stream:
        yield stream


@pytest.fixture
def debugged(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What the log wrote with TRYON_DEBUG, of a process that holds none of the other tests' secrets."""
    monkeypatch.setattr(secret, "_IN_USE", WeakValueDictionary())
    with logging_to(logging.DEBUG) as stream:
        yield stream


@contextmanager
def logging_to(chosen: int) -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    set_up_logs(stream, chosen)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(False)


def records(written: io.StringIO, logger: str = "tryon.jobs") -> list[dict[str, object]]:
    found = [json.loads(line) for line in written.getvalue().splitlines()]
    return [record for record in found if record["logger"] == logger]


@pytest.mark.anyio
async def test_a_jobs_life_can_be_read_from_its_records(tmp_path: Path, written: io.StringIO) -> None:
    vendors = ScriptedVendors(queries=[running(), running("a.png"), finished("a.png", "b.png")])
    async with open_house(tmp_path, vendors) as studio:
        job = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))

    life = records(written)
    events = [record["event"] for record in life]
    assert events[:2] == ["submitted", "accepted"] and events[-1] == "ended"
    assert events.count("saved") == 2
    assert {(record["job"], record["vendor"], record["live"]) for record in life} == {
        (job.id[:12], "aidge", False)
    }
    assert all(record["task_id"] == "task-1" for record in life[1:])
    last = life[-1]
    assert (last["state"], last["request_id"], last["pictures"]) == ("succeeded", "query-id", 2)
    assert last["level"] == "info" and isinstance(last["seconds"], float)
    assert str(last["time"]).endswith("+00:00")
    assert job.id not in written.getvalue()


@pytest.mark.anyio
async def test_a_job_that_breaks_is_told_by_the_beginning_of_its_id(
    tmp_path: Path, written: io.StringIO
) -> None:
    class Broken(ScriptedVendors):
        async def submit(self, request: Request, account: Account) -> Receipt:
            raise RuntimeError(SECRET_LINK)

    async with open_house(tmp_path, Broken()) as studio:
        job = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))

    [record] = records(written, "tryon_core.jobs.workflow")
    assert str(record["text"]).startswith(f"job {job.id[:12]} broke: RuntimeError in test_logs.py:")
    assert job.id not in written.getvalue() and "SENTINEL" not in written.getvalue()


@pytest.mark.anyio
async def test_an_end_without_success_is_a_warning_with_its_code(
    tmp_path: Path, written: io.StringIO
) -> None:
    vendors = ScriptedVendors(submits=[NoAnswer(Problem("no answer", "", request_id="lost-id"))])
    async with open_house(tmp_path, vendors) as studio:
        job = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))

    last = records(written)[-1]
    assert job.state is JobState.UNCERTAIN
    assert (last["event"], last["level"], last["code"]) == ("ended", "warning", "no answer")
    assert last["request_id"] == "lost-id"


@pytest.mark.anyio
async def test_a_job_that_is_taken_up_is_told(tmp_path: Path, written: io.StringIO) -> None:
    vendors = ScriptedVendors(submits=[NoAnswer(Problem("no answer", ""))])
    async with open_house(tmp_path, vendors) as studio:
        job = await ended(studio, await submit(studio, fakes.tryon(tmp_path), visitor=ANN))
        await ended(studio, await studio.adopt_task(job.id, "task-9", visitor=ANN))

    life = records(written)
    [taken_up] = [record for record in life if record["event"] == "resumed"]
    assert taken_up["job"] == job.id[:12] and life[-1]["task_id"] == "task-9"


@pytest.mark.anyio
async def test_a_request_that_is_refused_is_told_without_what_was_in_it(
    tmp_path: Path, written: io.StringIO
) -> None:
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        broken = fakes.tryon(tmp_path)
        (tmp_path / "hoodie.png").write_bytes(b"SENTINEL is no picture")
        with pytest.raises(InvalidRequest):
            await submit(studio, broken, visitor=ANN)

    [told] = records(written)
    assert (told["event"], told["vendor"], told["field"]) == ("refused", "aidge", "garment")
    assert "SENTINEL" not in written.getvalue()


@pytest.mark.anyio
async def test_no_client_writes_the_addresses_that_it_calls(debugged: io.StringIO) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200))
    async with httpx.AsyncClient(transport=transport) as client:
        await client.get(SECRET_LINK)

    assert "SENTINEL" not in debugged.getvalue()


def test_what_libraries_carry_is_not_written_at_any_level(debugged: io.StringIO) -> None:
    for name in ("sse_starlette.sse", "mcp.server.lowlevel.server", "alembic.runtime.migration", "root"):
        logging.getLogger(name).debug("chunk: %s", {"identity": "SENTINEL"})
        logging.getLogger(name).info("session: %s", "SENTINEL")
    logging.getLogger("tryon_core.some.room").debug("ours")
    logging.getLogger("some.library").warning("a warning")

    assert "SENTINEL" not in debugged.getvalue()
    assert [record["text"] for record in records(debugged, "tryon_core.some.room")] == ["ours"]
    assert len(records(debugged, "some.library")) == 1


@pytest.mark.anyio
async def test_the_engine_writes_to_no_place_of_its_own(tmp_path: Path, written: io.StringIO) -> None:
    async with open_house(tmp_path, ScriptedVendors()):
        logging.getLogger("dbos").error("Error connecting: %s", "SENTINEL")
        assert logging.getLogger("dbos").handlers == []

    [record] = records(written, "dbos")
    assert str(record["text"]).startswith("at test_logs.py:") and "SENTINEL" not in written.getvalue()


@pytest.mark.parametrize("name", ["root", "mcp.server.lowlevel.server", "asyncio"])
def test_a_library_that_repeats_what_it_was_sent_is_told_by_its_place(
    written: io.StringIO, name: str
) -> None:
    logging.getLogger(None if name == "root" else name).error("Failed to validate: %s", "SENTINEL")

    [record] = records(written, name)
    assert str(record["text"]).startswith("at test_logs.py:") and "SENTINEL" not in written.getvalue()


def test_a_librarys_message_keeps_its_sense_and_loses_its_links(written: io.StringIO) -> None:
    logging.getLogger("some.library").warning("cannot get %s: status %d", SECRET_LINK, 502)

    [record] = records(written, "some.library")
    assert record["text"] == "cannot get https://… status 502"


@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_quote_within_a_link_ends_no_secret(written: io.StringIO, quote: str) -> None:
    logging.getLogger("some.library").warning(
        "cannot get %s", f"https://r.example/a.png?n={quote}x&s=SENTINEL"
    )

    assert "SENTINEL" not in written.getvalue()


def test_an_exception_is_told_by_kind_and_place_and_never_by_its_words(written: io.StringIO) -> None:
    try:
        try:
            raise KeyError("SENTINEL")
        except KeyError as error:
            raise RuntimeError(f"no {SECRET_LINK}") from error
    except RuntimeError:
        logging.getLogger("some.library").exception("it broke")

    [record] = records(written, "some.library")
    kinds = record["error"]
    assert isinstance(kinds, list) and kinds[0].startswith("RuntimeError at test_logs.py:")
    assert kinds[1].startswith("KeyError at test_logs.py:") and "SENTINEL" not in written.getvalue()


def test_with_debug_an_exception_is_told_in_its_words_and_at_its_place(debugged: io.StringIO) -> None:
    failing(f"no answer from {SECRET_LINK} in 9 s")

    [record] = records(debugged, "some.library")
    [error] = lines_of(record["error"])
    assert error.startswith("RuntimeError at test_logs.py:") and record["level"] == "error"
    assert error.endswith(": no answer from https://… in 9 s")


SETTINGS = {
    "AIDGE_APP_KEY": "sntl-aidge/name",
    "AIDGE_APP_SECRET": 'sntl-"aidge"-secret',
    "AILAB_API_KEY": "sntl-ailab-key+",
    "TRYON_STATE_SECRET": "sntl state-secret",
    "TRYON_AUTH": "ann:sntl-p4ss,ben:sntl",
    "TRYON_DATABASE_URL": "postgresql+psycopg://tester:sntl%20database@127.0.0.1:9/studio",
    "TRYON_BUCKET_URL": "s3://key:sntl%2Fbucket@s3.example.com/uploads",
}
PARTS = ("sntl-p4ss", "ben:sntl", "sntl database", "sntl/bucket")


@pytest.mark.parametrize("spelled", [quote, partial(quote, safe=""), quote_plus, json.dumps, repr, str])
def test_with_debug_no_secret_of_the_settings_is_in_the_words_of_an_exception(
    debugged: io.StringIO, spelled: Callable[[str], str]
) -> None:
    settings = Settings.load(SETTINGS)
    secrets = [*PARTS, *(value for value in SETTINGS.values() if ":" not in value)]
    said = [spelled(secret) for secret in secrets] + [*SETTINGS.values()]
    for words in said:
        failing(f"refused: {words}, says the server")
        logging.getLogger("some.library").warning("trying %s", words)

    told = records(debugged, "some.library")
    assert settings.bucket and len(told) == 2 * len(said)
    assert "sntl" not in debugged.getvalue()
    assert all("says the server" in str(record["error"]) for record in told if "error" in record)


def test_a_databases_password_is_masked_whatever_signs_it_has(debugged: io.StringIO) -> None:
    settings = Settings.load({"TRYON_DATABASE_URL": "postgresql://ann:sntl/a?b@db/studio"})
    failing("no password sntl/a?b for ann")
    assert settings.database and "sntl" not in debugged.getvalue()


def test_with_debug_no_key_of_a_visitor_is_in_the_words_of_an_exception(debugged: io.StringIO) -> None:
    keyring = Keyring(Secret("signs"), SystemClock())
    keyring.give("ann", Key("ailab", {"api_key": Secret("sntl-own")}))
    failing("the key sntl-own is not known")

    [error] = lines_of(records(debugged, "some.library")[0]["error"])
    assert error.endswith(": the key *** is not known")


@pytest.mark.anyio
async def test_with_debug_each_answer_of_a_vendor_is_told_without_the_query(debugged: io.StringIO) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200))
    async with httpx.AsyncClient(transport=transport) as client:
        await send(client, client.build_request("GET", SECRET_LINK), CODES["aidge"])

    [record] = records(debugged, "tryon_core.vendors.transport")
    assert (record["event"], record["level"]) == ("answered", "debug")
    assert (record["call"], record["status"]) == ("GET results.example/a.png", 200)
    assert "SENTINEL" not in debugged.getvalue()


def test_no_data_of_a_photo_is_written(debugged: io.StringIO) -> None:
    photo = io.BytesIO()
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "SENTINEL camera"
    Image.new("RGB", (8, 8)).save(photo, "TIFF", exif=exif)
    Image.open(photo).load()

    assert "SENTINEL" not in debugged.getvalue()


def test_a_secret_is_masked_before_a_long_message_is_cut(debugged: io.StringIO) -> None:
    secret = Secret("sntl-0123456789")
    failing("x" * 495 + secret.reveal())

    assert "sntl" not in debugged.getvalue()


def test_of_two_equal_secrets_one_is_enough_to_be_known(debugged: io.StringIO) -> None:
    kept, gone = Secret("sntl-twice"), Secret("sntl-twice")
    del gone
    failing(f"no {kept.reveal()}")

    assert "sntl" not in debugged.getvalue()


def test_a_short_secret_leaves_the_words_it_is_a_part_of(debugged: io.StringIO) -> None:
    password = Secret("in")
    failing("found in the main index")

    [error] = lines_of(records(debugged, "some.library")[0]["error"])
    assert password and error.endswith(": found *** the main index")


def test_an_error_that_was_named_already_is_told_whole_with_debug_only() -> None:
    for level, told in ((logging.INFO, False), (logging.DEBUG, True)):
        with logging_to(level) as stream:
            log = logging.getLogger("some.library")
            log.error("it broke", exc_info=if_debug(log, RuntimeError("why")))
        [record] = records(stream, "some.library")
        assert ("error" in record) is told


def test_the_setting_is_off_unless_it_is_on() -> None:
    read = [Settings.load(env).debug for env in ({}, {"TRYON_DEBUG": "false"}, {"TRYON_DEBUG": "1"})]
    assert read == [False, False, True]


def failing(words: str) -> None:
    try:
        raise RuntimeError(words)
    except RuntimeError:
        logging.getLogger("some.library").exception("it broke")


def lines_of(error: object) -> list[str]:
    assert isinstance(error, list)
    return error


def test_a_record_stays_on_one_line_whatever_is_in_it(written: io.StringIO) -> None:
    write_log(logging.getLogger("tryon.odd"), "said", {"words": 'two\nlines "quoted" \u2028 \x00 é'})

    [line] = written.getvalue().splitlines()[:1]
    assert json.loads(line)["words"] == 'two\nlines "quoted" \u2028 \x00 é'


def test_a_logger_with_a_way_of_its_own_can_be_brought_in_line(written: io.StringIO) -> None:
    own = io.StringIO()
    server = logging.getLogger("a.server")
    server.addHandler(logging.StreamHandler(own))
    server.propagate = False
    adopt_logs("a.server")
    server.error("it stopped")

    assert own.getvalue() == "" and records(written, "a.server")[0]["text"] == "it stopped"
