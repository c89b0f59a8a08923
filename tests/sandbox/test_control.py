"""The tester's control routes: what they list, what they refuse, and that they are absent by default."""

import pytest

from tests.sandbox.box import START, Box, suit
from tests.sandbox.conftest import MakeBox
from tests.sandbox.idle import idle

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "tasks"), ("POST", "faults"), ("POST", "timing"), ("POST", "reset")]
)
async def test_without_control_there_is_no_side_entrance(make_box: MakeBox, method: str, path: str) -> None:
    box = make_box(control=False)
    assert (await box.client.request(method, f"/_sandbox/{path}")).status_code == 404


async def test_a_task_is_told_with_its_moments_and_polls(box: Box) -> None:
    task_id = await box.task()
    await box.rendered()
    for seconds in (0, 2, 5, 1):
        box.clock.pass_seconds(seconds)
        await box.results(task_id)
    assert (await box.client.get("/_sandbox/tasks")).json() == [
        {
            "id": task_id,
            "vendor": "aidge",
            "submitted_at": START,
            "ready_at": START + 3,
            "polls": 4,
            "first_done_poll_at": START + 7,
            "same_body_submits": 1,
        }
    ]


async def test_a_task_that_is_not_over_has_no_such_moments(box: Box) -> None:
    await box.order("ailab.submit", "never_finish")
    await box.refine()
    await box.rendered()
    line = (await box.client.get("/_sandbox/tasks")).json()[0]
    assert (line["vendor"], line["ready_at"], line["first_done_poll_at"]) == ("ailab", None, None)


async def test_submits_of_the_same_content_are_counted_together(box: Box) -> None:
    for element in (suit(), suit(), suit(generateCount=2)):
        await box.submit(element)
    for _ in range(2):
        await box.refine()
    tasks = (await box.client.get("/_sandbox/tasks")).json()
    assert [task["same_body_submits"] for task in tasks] == [2, 2, 1, 2, 2]


BAD_FAULTS = [
    ([{"on": "aidge.submit", "fault": "explode"}], "unknown fault 'explode'. Known: drop_before"),
    ([{"on": "aidge.submit"}], "unknown fault"),
    ([{"on": "moon", "fault": "empty"}], "on is one of aidge.submit, "),
    ([{"fault": "empty"}], "on is one of"),
    (["empty"], "a fault is an object"),
    ([{"on": "result", "fault": "code:700"}], "code does not apply to result"),
    ([{"on": "result", "fault": "never_finish"}], "never_finish does not apply to result"),
    ([{"on": "aidge.submit", "fault": "code:UNKNOWN_ERROR"}], "code does not take"),
    ([{"on": "ailab.submit", "fault": "code:700"}], "code does not take"),
    ([{"on": "aidge.submit", "fault": "dialect:v3"}], "dialect does not take"),
    ([{"on": "ailab.query", "fault": "dialect:pascal"}], "dialect does not take"),
    ([{"on": "aidge.submit", "fault": "delay"}], "delay does not take"),
    ([{"on": "aidge.submit", "fault": "delay:soon"}], "delay does not take"),
    ([{"on": "aidge.submit", "fault": "status:99"}], "status does not take"),
    ([{"on": "aidge.submit", "fault": "empty:1"}], "empty does not take"),
    ([{"on": "aidge.submit", "fault": "fail_subtask:-1"}], "fail_subtask does not take"),
    ([{"on": "aidge.submit", "fault": "empty", "times": 0}], "times is a whole number from 1"),
    ([{"on": "aidge.submit", "fault": "empty", "after": True}], "after is a whole number from 0"),
]


@pytest.mark.parametrize(("orders", "why"), BAD_FAULTS)
async def test_a_fault_that_is_not_understood_is_400_and_orders_nothing(
    box: Box, orders: list[object], why: str
) -> None:
    good = {"on": "aidge.submit", "fault": "empty"}
    answer = await box.client.post("/_sandbox/faults", json=[good, *orders])
    assert answer.status_code == 400 and why in answer.json()["error"]
    assert (await box.submit()).content


async def test_a_body_that_is_not_json_is_400(box: Box) -> None:
    for path in ("faults", "timing"):
        answer = await box.client.post(f"/_sandbox/{path}", content=b"{")
        assert (answer.status_code, answer.json()) == (400, {"error": "the body is not JSON"})


async def test_one_fault_needs_no_list(box: Box) -> None:
    order = {"on": "aidge.submit", "fault": "empty", "times": 3}
    assert (await box.client.post("/_sandbox/faults", json=order)).json() == {"open": 1}


async def test_timing_holds_for_tasks_to_come(box: Box) -> None:
    await box.task()
    answer = await box.client.post("/_sandbox/timing", json={"queue_s": 100, "per_image_s": 50})
    await box.task()
    await box.rendered()
    first, second = box.app.sandbox.task_store.tasks()
    assert answer.json() == {"queue_s": 100, "per_image_s": 50, "jitter": 0.0}
    assert {first.ready_at, second.ready_at} == {START + 3, START + 150}


@pytest.mark.parametrize(
    "timing", [[], {"speed": 1}, {"queue_s": -1}, {"queue_s": "1"}, {"jitter": 2}, {"jitter": True}]
)
async def test_a_timing_that_makes_no_sense_is_400(box: Box, timing: object) -> None:
    answer = await box.client.post("/_sandbox/timing", json=timing)
    assert answer.status_code == 400 and answer.json()["error"]


async def test_a_reset_forgets_everything(box: Box) -> None:
    url = await box.finished_url()
    await box.refine()
    await box.order("aidge.submit", "empty")
    await box.client.post("/_sandbox/timing", json={"queue_s": 100})
    assert (await box.client.post("/_sandbox/reset")).status_code == 200
    assert (await box.client.get("/_sandbox/tasks")).json() == []
    assert (await box.client.get(url)).status_code == 404
    task_id = await box.task()
    await box.rendered()
    task = box.app.sandbox.task_store.find(task_id)
    assert task is not None and task.starts_at == box.clock.now + 1


async def test_a_reset_in_the_middle_of_rendering_leaves_nothing_behind(box: Box) -> None:
    await box.task(suit(generateCount=8))
    await box.client.post("/_sandbox/reset")
    await idle(box.app.sandbox)
    assert box.app.sandbox.task_store.tasks() == ()
