"""Aidge's results: how a task walks from submitted to finished, picture by picture."""

from collections.abc import Callable
from typing import cast

import pytest

from tests.sandbox.box import (
    EXPLOSIVE,
    JEANS,
    RESULTS,
    SHIRT,
    START,
    Box,
    Gate,
    Json,
    Shop,
    TinyRenderer,
    signed,
    suit,
    url_of,
)
from tests.sandbox.conftest import MakeBox
from tryon_sandbox import SandboxSettings

pytestmark = pytest.mark.anyio


def statuses(answer: Json) -> tuple[str, list[str]]:
    """The task's status and those of its sub-tasks."""
    data = cast(dict[str, object], answer["data"])
    entries = cast(list[dict[str, str]], data.get("taskResult", []))
    return str(data["taskStatus"]), [entry["taskStatus"] for entry in entries]


async def test_a_task_is_queued_then_makes_its_pictures_one_by_one(box: Box) -> None:
    task_id = await box.task(suit(generateCount=2))
    await box.rendered()
    walk = []
    for _ in range(4):
        walk.append(statuses(await box.results(task_id)))
        box.clock.pass_seconds(1.7)
    assert walk == [
        ("submitted", []),
        ("running", ["running", "running"]),
        ("running", ["finished", "running"]),
        ("finished", ["finished", "finished"]),
    ]


async def test_a_finished_task_looks_like_the_page_s_example(box: Box) -> None:
    task_id = await box.task()
    await box.rendered()
    box.clock.pass_seconds(60)
    answer = await box.results(task_id)
    assert list(answer) == ["code", "data", "requestId", "success", "resCode", "resMessage", "request_id"]
    image = {"imageUrl": url_of(answer), "clothes": SHIRT}
    entry = {"taskResult": {"result": {"imageList": [image]}}, "taskStatus": "finished"}
    assert answer["data"] == {"taskResult": [entry], "taskStatus": "finished", "taskId": task_id}


async def test_a_picture_that_is_not_rendered_is_not_ready_whatever_the_schedule_says(
    box: Box, renderer: TinyRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate()
    monkeypatch.setattr(renderer, "dress", gate.drawn)
    task_id = await box.task()
    box.clock.pass_seconds(3600)
    while_rendering = statuses(await box.results(task_id))
    gate.opens.set()
    await box.rendered()
    assert while_rendering == ("running", ["running"])
    assert statuses(await box.results(task_id)) == ("finished", ["finished"])


async def test_a_picture_rendered_late_is_ready_when_it_is_rendered(
    box: Box, renderer: TinyRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate()
    monkeypatch.setattr(renderer, "dress", gate.drawn)
    await box.task()
    box.clock.pass_seconds(3600)
    gate.opens.set()
    await box.rendered()
    assert box.app.sandbox.task_store.tasks()[0].ready_at == START + 3600


async def test_a_failure_ordered_while_a_picture_is_being_made_holds_when_it_is_made(
    box: Box, renderer: TinyRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate()
    monkeypatch.setattr(renderer, "dress", gate.drawn)
    task_id = await box.task()
    await gate.reached()
    await box.order("aidge.query", "fail_subtask:0")
    await box.results(task_id)
    gate.opens.set()
    await box.rendered()
    box.clock.pass_seconds(60)
    assert (await box.results(task_id))["resCode"] == "801"


async def test_the_sandbox_answers_while_pictures_are_made(
    box: Box, renderer: TinyRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate()
    monkeypatch.setattr(renderer, "dress", gate.drawn)
    task_ids = [await box.task() for _ in range(4)]
    answers = [await box.results(task_id) for task_id in task_ids]
    gate.opens.set()
    await box.rendered()
    assert [statuses(answer)[0] for answer in answers] == ["submitted"] * 4


async def test_several_suits_are_groups_of_one_task(box: Box) -> None:
    jeans: Json = {"imageUrl": JEANS, "type": "bottoms"}
    task_id = await box.task(suit(generateCount=2), suit(jeans))
    await box.rendered()
    box.clock.pass_seconds(60)
    data = cast(dict[str, list[Json]], (await box.results(task_id))["data"])
    worn = [entry["taskResult"]["result"]["imageList"][0]["clothes"] for entry in data["taskResult"]]  # type: ignore[index]
    assert worn == [SHIRT, SHIRT, JEANS]


async def test_a_group_that_fails_leaves_the_others(box: Box, shop: Shop) -> None:
    shop.photos[JEANS] = EXPLOSIVE
    task_id = await box.task(suit(), suit({"imageUrl": JEANS}))
    await box.rendered()
    box.clock.pass_seconds(60)
    answer = await box.results(task_id)
    assert statuses(answer) == ("finished", ["finished", "failed"])
    assert answer["resCode"] == "200"


@pytest.mark.parametrize("key", ["task_id", "taskId"])
async def test_a_task_is_found_by_either_name_of_the_parameter(box: Box, key: str) -> None:
    task_id = await box.task()
    answer = await box.aidge(RESULTS, {key: task_id})
    assert answer.json()["data"]["taskId"] == task_id


async def test_results_can_be_asked_for_by_get(box: Box) -> None:
    task_id = await box.task()
    answer = await box.client.get(f"/rest{RESULTS}", params={**signed(), "task_id": task_id})
    assert answer.json()["data"]["taskId"] == task_id


async def test_links_stay_the_same_from_poll_to_poll(box: Box) -> None:
    task_id = await box.task()
    await box.rendered()
    box.clock.pass_seconds(60)
    first = url_of(await box.results(task_id))
    box.clock.pass_seconds(60)
    assert url_of(await box.results(task_id)) == first


def another_vendor_s(ailab_id: str) -> str:
    return ailab_id


def made_up(ailab_id: str) -> str:
    return "1ce4fd33-b9d5-4e21-a24c-0c4027d2b105"


def a_path(ailab_id: str) -> str:
    return "../tasks"


@pytest.mark.parametrize("which", [another_vendor_s, made_up, a_path])
async def test_an_unknown_task_is_700_and_says_so(box: Box, which: Callable[[str], str]) -> None:
    ailab_id = (await box.refine()).json()["task_id"]
    answer = await box.results(which(ailab_id))
    assert answer["resCode"] == "700" and "task_id" in str(answer["resMessage"])


async def test_a_task_is_gone_after_its_time(make_box: MakeBox) -> None:
    box = make_box(SandboxSettings(task_ttl_s=100))
    task_id = await box.task()
    box.clock.pass_seconds(100)
    assert (await box.results(task_id))["resCode"] == "200"
    box.clock.pass_seconds(1)
    assert (await box.results(task_id))["resCode"] == "700"


async def test_jitter_moves_the_schedule_within_its_share(make_box: MakeBox) -> None:
    box = make_box(SandboxSettings(queue_s=1, per_image_s=10, jitter=0.2))
    for _ in range(20):
        await box.task()
    await box.rendered()
    tasks = box.app.sandbox.task_store.tasks()
    took = [task.pictures[0].due_at - task.starts_at for task in tasks]
    assert all(8 <= seconds <= 12 for seconds in took) and len(set(took)) > 10
