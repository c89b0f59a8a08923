"""A sandbox with a folder: a new one on the same folder knows what the old one knew."""

import asyncio
import json
from pathlib import Path

import pytest

from tests.sandbox.box import Gate, TinyRenderer, signed, suit, url_of
from tests.sandbox.conftest import STEADY, MakeBox
from tests.sandbox.idle import idle
from tryon_sandbox.blob_store import BlobStore, FolderBlobStore, MemoryBlobStore

pytestmark = pytest.mark.anyio


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).parts[0] for path in folder.rglob("*") if path.is_file())


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def test_a_finished_task_its_links_and_pictures_survive(make_box: MakeBox, tmp_path: Path) -> None:
    old = make_box(STEADY, tmp_path)
    task_id = await old.task()
    await old.rendered()
    old.clock.pass_seconds(60)
    before = await old.results(task_id)
    new = make_box(STEADY, tmp_path)
    after = await new.results(task_id)
    assert after["data"] == before["data"]
    pictures = [(await box.client.get(url_of(before))).content for box in (old, new)]
    assert pictures[0] == pictures[1] != b""


async def test_a_failed_task_and_a_refinement_survive(make_box: MakeBox, tmp_path: Path) -> None:
    old = make_box(STEADY, tmp_path)
    await old.order("aidge.submit", "fail_subtask:0")
    tried_on, refined = await old.task(), (await old.refine()).json()["task_id"]
    await old.rendered()
    new = make_box(STEADY, tmp_path)
    new.clock.pass_seconds(60)
    assert (await new.results(tried_on))["resCode"] == "801"
    assert (await new.poll(refined)).json()["task_status"] == 2


async def test_pictures_that_were_not_made_are_made_by_the_next(
    make_box: MakeBox, tmp_path: Path, renderer: TinyRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate()
    with monkeypatch.context() as patched:
        patched.setattr(renderer, "dress", gate.drawn)
        old = make_box(STEADY, tmp_path)
        task_id = await old.task(suit(generateCount=2))
        await gate.reached()
        old.app.sandbox.render_queue.stop()
        gate.opens.set()
        await asyncio.to_thread(old.app.sandbox.render_queue._pool.shutdown)  # its process is gone
    new = make_box(STEADY, tmp_path)
    new.clock.pass_seconds(60)
    first = await new.results(task_id)
    await new.rendered()
    new.clock.pass_seconds(60)
    last = await new.results(task_id)
    assert [answer["data"]["taskStatus"] for answer in (first, last)] == ["running", "finished"]  # type: ignore[index]
    assert (await new.client.get(url_of(last, 1))).content.startswith(b"\x89PNG")


async def test_only_tasks_and_pictures_stay_when_all_is_made(make_box: MakeBox, tmp_path: Path) -> None:
    kept = make_box(STEADY, tmp_path)
    task_id = await kept.task(suit(generateCount=2))
    assert "inputs" in files(tmp_path)
    await kept.rendered()
    await idle(kept.app.sandbox)
    assert files(tmp_path) == ["pictures", "pictures", "tasks"]
    assert json.loads((tmp_path / "tasks" / f"{task_id}.json").read_bytes())["id"] == task_id


async def test_no_credential_is_ever_written(make_box: MakeBox, tmp_path: Path) -> None:
    box = make_box(STEADY, tmp_path)
    await box.task()
    await box.refine()
    written = everything(tmp_path)
    await box.rendered()
    secrets = ("sandbox-secret", signed(box.clock.now)["sign"], "ailabapi-api-key")
    assert not [secret for secret in secrets if secret.encode() in written]


async def test_a_task_file_that_cannot_be_read_is_passed_over(make_box: MakeBox, tmp_path: Path) -> None:
    old = make_box(STEADY, tmp_path)
    task_id = await old.task()
    await old.rendered()
    (tmp_path / "tasks" / "broken.json").write_text('{"id": 1')
    new = make_box(STEADY, tmp_path)
    assert [task.id for task in new.app.sandbox.task_store.tasks()] == [task_id]


async def test_a_task_is_found_that_another_process_took_in_meanwhile(
    make_box: MakeBox, tmp_path: Path
) -> None:
    first, second = make_box(STEADY, tmp_path), make_box(STEADY, tmp_path)
    task_id = await first.task()
    await first.rendered()
    second.clock.pass_seconds(60)
    answer = await second.client.get(url_of(await second.results(task_id)))
    assert answer.status_code == 200


async def test_tasks_are_forgotten_a_week_after_they_expired(make_box: MakeBox, tmp_path: Path) -> None:
    box = make_box(STEADY, tmp_path)
    first = (await box.refine()).json()["task_id"]
    await box.rendered()
    statuses = []
    for days in (2, 7):
        box.clock.pass_seconds(days * 24 * 3600)
        await box.task()
        await box.rendered()
        statuses.append((await box.poll(first)).status_code)
    assert statuses == [410, 404] and files(tmp_path).count("tasks") == 2


async def test_nothing_is_written_before_the_first_task(make_box: MakeBox, tmp_path: Path) -> None:
    box = make_box(STEADY, tmp_path / "later")
    await box.client.get("/_sandbox/tasks")
    assert not (tmp_path / "later").exists()


async def test_a_reset_empties_the_folder(make_box: MakeBox, tmp_path: Path) -> None:
    box = make_box(STEADY, tmp_path)
    await box.finished_url()
    await box.client.post("/_sandbox/reset")
    assert files(tmp_path) == []


@pytest.mark.parametrize("kind", ["memory", "folder"])
def test_both_shelves_behave_alike(kind: str, tmp_path: Path) -> None:
    blobs: BlobStore = MemoryBlobStore() if kind == "memory" else FolderBlobStore(tmp_path / "blobs")
    assert (blobs.get("a/1"), blobs.names("a")) == (None, ())
    blobs.put("a/2", b"two")
    blobs.put("a/1", b"one")
    blobs.put("b/1", b"other")
    blobs.put("a/1", b"won")
    assert (blobs.get("a/1"), blobs.names("a")) == (b"won", ("a/1", "a/2"))
    blobs.drop("a/1")
    blobs.drop("a/1")
    assert (blobs.get("a/1"), blobs.names("a")) == (None, ("a/2",))


def test_a_draft_that_a_crash_left_behind_is_no_item(tmp_path: Path) -> None:
    blobs = FolderBlobStore(tmp_path)
    blobs.put("tasks/1.json", b"{}")
    (tmp_path / "tasks" / ".2.json.abcd").write_bytes(b"{")
    assert blobs.names("tasks") == ("tasks/1.json",)


async def test_a_forgotten_task_leaves_no_file(make_box: MakeBox, tmp_path: Path) -> None:
    box = make_box(STEADY, tmp_path)
    kept, forgotten = await box.task(), await box.task(suit(generateCount=2))
    await box.rendered()
    whole = len(files(tmp_path))
    box.app.forget(forgotten)
    box.app.forget("never-was")
    assert whole - len(files(tmp_path)) == 3 and forgotten.encode() not in everything(tmp_path)
    box.clock.pass_seconds(60)
    assert "data" not in await box.results(forgotten) and (await box.results(kept))["data"]


async def test_a_task_forgotten_while_it_is_drawn_leaves_no_picture(
    make_box: MakeBox, tmp_path: Path, renderer: TinyRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate()
    monkeypatch.setattr(renderer, "dress", gate.drawn)
    box = make_box(STEADY, tmp_path)
    task_id = await box.task()
    await gate.reached()
    box.app.forget(task_id)
    gate.opens.set()
    await idle(box.app.sandbox)
    assert files(tmp_path) == []
