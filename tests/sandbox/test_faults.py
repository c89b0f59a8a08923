"""Ordered faults, each in process and over a socket: a caller must meet the same thing both ways."""

import json
from time import monotonic

import httpx
import pytest

from tests.sandbox.box import FILES, KEY, PHOTO, REFINE, RESULTS, WORDS, Box, Clock, suit
from tryon_sandbox import ConnectionDropped, SandboxApp

pytestmark = pytest.mark.anyio

POINTS = ("aidge.submit", "aidge.query", "ailab.submit", "ailab.query", "result")


async def call(box: Box, point: str) -> httpx.Response:
    """One call of a kind, on a task that is over."""
    if point == "aidge.submit":
        return await box.submit()
    if point == "ailab.submit":
        return await box.refine()
    if point == "result":
        return await box.client.get(await box.finished_url())
    task_id = await box.task() if point == "aidge.query" else (await box.refine()).json()["task_id"]
    await box.rendered()
    return await (box.aidge(RESULTS, {"task_id": task_id}) if point == "aidge.query" else box.poll(task_id))


def accepted(box: Box) -> int:
    return len(box.app.sandbox.task_store.tasks())


@pytest.mark.parametrize("fault", ["drop_before", "drop_after"])
@pytest.mark.parametrize("point", POINTS)
async def test_a_dropped_call_is_a_lost_connection(wired: Box, point: str, fault: str) -> None:
    await wired.order(point, fault)
    with pytest.raises(httpx.RemoteProtocolError, match="disconnected without sending a response"):
        await call(wired, point)
    assert (await call(wired, point)).status_code == 200


async def test_in_process_a_drop_has_a_class_of_its_own(box: Box) -> None:
    await box.order("aidge.submit", "drop_after")
    with pytest.raises(ConnectionDropped):
        await box.submit()


@pytest.mark.parametrize("point", ["aidge.submit", "ailab.submit"])
@pytest.mark.parametrize(("fault", "tasks"), [("drop_before", 0), ("drop_after", 1)])
async def test_only_a_drop_after_has_made_a_task(wired: Box, point: str, fault: str, tasks: int) -> None:
    await wired.order(point, fault)
    with pytest.raises(httpx.RemoteProtocolError):
        await call(wired, point)
    assert accepted(wired) == tasks


async def test_a_form_that_is_dropped_is_read_to_its_end_first(wired: Box) -> None:
    await wired.order("ailab.submit", "drop_before")
    large = {name: (f"{name}.png", PHOTO + bytes(4_000_000), "image/png") for name in FILES}
    with pytest.raises(httpx.RemoteProtocolError):
        await wired.client.post(REFINE, data=WORDS, files=large, headers=KEY)


@pytest.mark.parametrize("point", POINTS)
async def test_a_delayed_answer_is_the_same_answer_later(wired: Box, point: str) -> None:
    await wired.order(point, "delay:0.2")
    started = monotonic()
    assert (await call(wired, point)).status_code == 200
    assert monotonic() - started >= 0.2


@pytest.mark.parametrize(("status", "again"), [(500, None), (502, None), (403, None), (429, "1"), (503, "1")])
@pytest.mark.parametrize("point", POINTS)
async def test_a_status_comes_back_with_no_json_and_nothing_done(
    wired: Box, point: str, status: int, again: str | None
) -> None:
    await wired.order(point, f"status:{status}")
    answer = await call(wired, point)
    assert (answer.status_code, answer.headers.get("retry-after")) == (status, again)
    assert answer.headers["content-type"].startswith("text/html")
    assert accepted(wired) == (0 if point.endswith("submit") else 1)


BUSINESS = ("500", "501", "700", "701", "703", "707", "801", "1000", "1001", "1002")
GATEWAY = (
    "IncompleteSignature",
    "InvalidAppKey",
    "IllegalTimestamp",
    "MissingParameter",
    "InvalidApiPath",
    "InsufficientPermission",
    "ApiCallLimit",
    "AppCallLimit",
    "ServiceTimeout",
)


@pytest.mark.parametrize("point", ["aidge.submit", "aidge.query"])
@pytest.mark.parametrize("code", BUSINESS)
async def test_every_business_code_of_aidge_can_be_ordered(box: Box, point: str, code: str) -> None:
    await box.order(point, f"code:{code}")
    body = (await call(box, point)).json()
    assert (body["code"], body["success"], body["resCode"]) == ("0", "false", code)


@pytest.mark.parametrize("code", GATEWAY)
async def test_every_gateway_code_of_aidge_can_be_ordered(box: Box, code: str) -> None:
    await box.order("aidge.submit", f"code:{code}")
    body = (await call(box, "aidge.submit")).json()
    assert body["code"] == code and body["type"] in ("ISV", "ISP")


async def test_an_ordered_code_is_told_in_the_ordered_dialect(box: Box) -> None:
    await box.order("aidge.submit", "code:ApiCallLimit")
    await box.order("aidge.submit", "dialect:http_status")
    await box.order("aidge.submit", "dialect:error_response")
    answer = await box.submit()
    assert answer.status_code == 429
    assert answer.json()["error_response"]["code"] == "ApiCallLimit"


@pytest.mark.parametrize("point", POINTS)
async def test_an_answer_can_be_a_page_instead_of_json(wired: Box, point: str) -> None:
    await wired.order(point, "not_json")
    answer = await call(wired, point)
    assert (answer.status_code, answer.text[:6]) == (200, "<html>")
    assert accepted(wired) == 1


@pytest.mark.parametrize("point", POINTS)
async def test_an_answer_can_be_empty(wired: Box, point: str) -> None:
    await wired.order(point, "empty")
    answer = await call(wired, point)
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("point", POINTS)
async def test_every_value_can_be_of_another_type(wired: Box, point: str) -> None:
    right = await call(wired, point)
    await wired.order(point, "wrong_type")
    wrong = await call(wired, point)
    assert wrong.status_code == 200
    if point == "result":
        assert wrong.headers["content-type"].startswith("text/plain")
        return
    assert list(wrong.json()) == list(right.json())
    assert all(type(wrong.json()[key]) is not type(value) for key, value in right.json().items())


@pytest.mark.parametrize("point", POINTS)
async def test_a_truncated_answer_is_shorter_than_it_says(wired: Box, point: str) -> None:
    await wired.order(point, "truncate")
    try:
        answer = await call(wired, point)
    except httpx.RemoteProtocolError as error:
        assert "without sending complete message body" in str(error)
        return
    assert 0 < len(answer.content) < int(answer.headers["content-length"])


@pytest.mark.parametrize("point", POINTS)
async def test_a_dripping_answer_is_whole_in_the_end(wired: Box, point: str) -> None:
    await wired.order(point, "slow_drip:0.2")
    started = monotonic()
    answer = await call(wired, point)
    assert len(answer.content) == int(answer.headers["content-length"])
    assert monotonic() - started >= 0.15


@pytest.mark.parametrize("point", ["aidge", "ailab"])
async def test_a_task_that_never_finishes_runs_for_ever(box: Box, point: str) -> None:
    await box.order(f"{point}.submit", "never_finish")
    task_id = await box.task() if point == "aidge" else (await box.refine()).json()["task_id"]
    await box.rendered()
    box.clock.pass_seconds(3600)
    answer = await box.aidge(RESULTS, {"task_id": task_id}) if point == "aidge" else await box.poll(task_id)
    data = answer.json()
    assert (data["data"]["taskStatus"] if point == "aidge" else data["task_status"]) in ("running", 1)


async def test_ordered_at_the_query_it_is_only_that_answer_that_says_running(wired: Box) -> None:
    task_id = await wired.task()
    await wired.rendered()
    await wired.order("aidge.query", "never_finish", times=2)
    walk = [(await wired.results(task_id))["data"]["taskStatus"] for _ in range(3)]  # type: ignore[index]
    assert walk == ["running", "running", "finished"]


@pytest.mark.parametrize("point", ["aidge.submit", "aidge.query"])
async def test_one_picture_of_several_can_fail(wired: Box, point: str) -> None:
    await wired.order(point, "fail_subtask:1")
    task_id = await wired.task(suit(generateCount=3))
    await wired.rendered()
    for _ in range(2):
        data = (await wired.results(task_id))["data"]
        assert data["taskStatus"] == "finished"  # type: ignore[index]
        entries = data["taskResult"]  # type: ignore[index]
        assert [entry["taskStatus"] for entry in entries] == ["finished", "failed", "finished"]


async def test_all_pictures_can_fail(wired: Box) -> None:
    for index in range(2):
        await wired.order("aidge.submit", f"fail_subtask:{index}")
    task_id = await wired.task(suit(generateCount=2))
    await wired.rendered()
    assert (await wired.results(task_id))["resCode"] == "801"


async def test_a_refinement_can_fail(wired: Box) -> None:
    await wired.order("ailab.submit", "fail_subtask:0")
    answer = await call(wired, "ailab.query")
    assert (answer.status_code, answer.json()["error_code_str"]) == (422, "ERROR_IMAGE_RECOGNITION_FAILED")


@pytest.mark.parametrize("when", ["submit", "query"])
async def test_an_expired_task_stays_gone(wired: Box, when: str) -> None:
    await wired.order(f"aidge.{when}", "expire")
    await wired.order(f"ailab.{when}", "expire")
    tried_on, refined = await wired.task(), (await wired.refine()).json()["task_id"]
    for _ in range(2):
        assert (await wired.results(tried_on))["resCode"] == "700"
        assert (await wired.poll(refined)).status_code == 410


async def test_an_expired_link_is_403_as_often_as_ordered(wired: Box) -> None:
    url = await wired.finished_url()
    await wired.order("result", "expire", times=2)
    assert [(await wired.client.get(url)).status_code for _ in range(3)] == [403, 403, 200]


async def test_faults_wait_for_their_turn_and_are_used_up(wired: Box) -> None:
    await wired.order("aidge.submit", "status:500", after=1, times=2)
    await wired.order("aidge.submit", "status:403", after=3)
    assert [(await wired.submit()).status_code for _ in range(5)] == [200, 500, 500, 403, 200]


async def test_calls_of_another_kind_use_no_fault_up(wired: Box) -> None:
    await wired.order("aidge.submit", "status:500")
    assert (await wired.refine()).status_code == 200
    assert (await wired.submit()).status_code == 500


async def test_faults_that_are_due_together_strike_together(wired: Box) -> None:
    await wired.order("aidge.submit", "delay:0.1")
    await wired.order("aidge.submit", "not_json")
    started = monotonic()
    answer = await wired.submit()
    assert answer.text.startswith("<html>") and monotonic() - started >= 0.1


async def test_a_truncated_result_over_a_socket_is_noticed_by_the_client(
    served: tuple[SandboxApp, str],
) -> None:
    app, base_url = served
    async with httpx.AsyncClient(base_url=base_url) as client:
        box = Box(client, app, Clock())
        url = await box.finished_url()
        await box.order("result", "truncate")
        with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
            await client.get(url)


async def test_a_submit_answer_that_was_lost_can_be_found_among_the_tasks(wired: Box) -> None:
    await wired.order("aidge.submit", "drop_after")
    with pytest.raises(httpx.RemoteProtocolError):
        await wired.submit()
    tasks = (await wired.client.get("/_sandbox/tasks")).json()
    assert json.dumps(tasks[0]["vendor"]) == '"aidge"' and len(tasks) == 1
