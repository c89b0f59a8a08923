"""Aidge's other ways of answering, each as a setting of the whole sandbox and as a fault of one call."""

import json

import httpx
import pytest

from tests.sandbox.box import EXPLOSIVE, JEANS, RESULTS, SHIRT, SUBMIT, Box, Json, Shop, signed, suit
from tests.sandbox.conftest import MakeBox
from tryon_sandbox import Dialect, SandboxSettings

pytestmark = pytest.mark.anyio


def speaking(make_box: MakeBox, *dialects: Dialect, submits_per_minute: int = 0) -> Box:
    return make_box(
        SandboxSettings(
            queue_s=1,
            per_image_s=2,
            jitter=0,
            submits_per_minute=submits_per_minute,
            dialects=frozenset(dialects),
        )
    )


async def finished(box: Box, *suits: dict[str, object]) -> tuple[str, httpx.Response]:
    """A task's id and the answer about it when it is over."""
    await box.submit(*suits)
    task_id = box.app.sandbox.task_store.tasks()[-1].id
    await box.rendered()
    box.clock.pass_seconds(60)
    return task_id, await box.aidge(RESULTS, {"task_id": task_id})


BOTTOM: Json = {"imageUrl": JEANS, "type": "bottoms"}
FORM = {"requestParams": json.dumps([suit()])}


async def test_the_result_of_a_submit_is_an_object_for_the_samples_and_a_string_for_the_sdk(box: Box) -> None:
    sample, sdk = (await box.submit()).json(), (await box.sdk(SUBMIT, FORM)).json()
    assert list(sample["data"]["result"]) == ["taskId"]
    assert list(json.loads(sdk["data"]["result"])) == ["taskId"]


async def test_the_result_of_a_submit_can_be_an_object_for_everybody(make_box: MakeBox) -> None:
    box = speaking(make_box, Dialect.RESULT_OBJECT)
    for answer in (await box.submit(), await box.sdk(SUBMIT, FORM)):
        assert list(answer.json()["data"]["result"]) == ["taskId"]


async def test_the_result_of_a_submit_can_be_a_string_for_everybody(make_box: MakeBox) -> None:
    box = speaking(make_box, Dialect.RESULT_STRING)
    for answer in (await box.submit(), await box.sdk(SUBMIT, FORM)):
        assert list(json.loads(answer.json()["data"]["result"])) == ["taskId"]


async def test_the_task_id_can_stand_in_data_itself(make_box: MakeBox) -> None:
    answer = await speaking(make_box, Dialect.TASK_ID_IN_DATA).submit()
    assert list(answer.json()["data"]) == ["taskId"]


async def test_numbers_and_booleans_can_be_themselves(make_box: MakeBox) -> None:
    box = speaking(make_box, Dialect.NUMERIC_TYPES)
    good, bad = (await box.submit()).json(), (await box.submit(suit(generateCount=0))).json()
    assert (good["code"], good["success"], good["resCode"]) == (0, True, 200)
    assert (bad["code"], bad["success"], bad["resCode"]) == (0, False, 700)


async def test_the_result_code_can_be_spelled_as_in_the_query_page_s_table(make_box: MakeBox) -> None:
    box = speaking(make_box, Dialect.RESCODE)
    for answer, code in ((await box.submit(), "200"), (await box.submit(suit(generateCount=0)), "700")):
        assert answer.json()["rescode"] == code and "resCode" not in answer.json()


async def test_a_failed_task_can_be_told_by_its_status_alone(make_box: MakeBox, shop: Shop) -> None:
    shop.photos[SHIRT] = EXPLOSIVE
    _, answer = await finished(speaking(make_box, Dialect.FAILED_200))
    body = answer.json()
    assert (body["success"], body["resCode"], body["resMessage"]) == ("true", "200", "success")
    assert body["data"]["taskStatus"] == "failed"


async def test_the_pictures_of_a_suit_can_be_one_list(make_box: MakeBox) -> None:
    box = speaking(make_box, Dialect.IMAGE_LIST)
    _, answer = await finished(box, suit(generateCount=3), suit(BOTTOM, generateCount=2))
    lists = [one["taskResult"]["result"]["imageList"] for one in answer.json()["data"]["taskResult"]]
    assert [[image["clothes"] for image in images] for images in lists] == [[SHIRT] * 3, [JEANS] * 2]
    assert len({image["imageUrl"] for images in lists for image in images}) == 5


async def test_a_suit_s_list_comes_when_all_of_it_is_over_and_leaves_out_what_failed(
    make_box: MakeBox,
) -> None:
    box = speaking(make_box, Dialect.IMAGE_LIST)
    await box.order("aidge.submit", "fail_subtask:1")
    task_id = await box.task(suit(generateCount=2), suit())
    await box.rendered()
    walk = []
    for seconds in (2, 2, 2, 2):
        box.clock.pass_seconds(seconds)
        walk.append((await box.results(task_id))["data"]["taskResult"])  # type: ignore[index]
    statuses = [[one["taskStatus"] for one in sub_tasks] for sub_tasks in walk]
    assert statuses == [["running"] * 2] * 2 + [["finished", "running"], ["finished", "finished"]]
    assert [len(one["taskResult"]["result"]["imageList"]) for one in walk[-1]] == [1, 1]


async def test_results_can_have_the_shape_of_the_hands_and_feet_service(make_box: MakeBox) -> None:
    box = speaking(make_box, Dialect.STRUCTDATA)
    task_id, answer = await finished(box, suit(generateCount=2))
    data = answer.json()["data"]
    inner = [json.loads(entry["taskResult"]) for entry in data["taskResult"]]
    urls = [url for one in inner for url in one["data"]["structData"]["data"]]
    assert (data["taskId"], data["taskStatus"], data["usage"]) == (task_id, "finished", 2)
    assert [(await box.client.get(url)).status_code for url in urls] == [200, 200]
    assert json.loads(data["taskResult"][0]["usageMap"]) == {"ProcessedImageCount": "1"}


async def test_the_cloud_edition_writes_its_names_in_pascal_case(make_box: MakeBox) -> None:
    box = speaking(make_box, Dialect.PASCAL)
    submitted = (await box.submit()).json()
    walk = []
    for seconds in (0, 1.5, 60):
        box.clock.pass_seconds(seconds)
        await box.rendered()
        asked = {"TaskId": submitted["Data"]["TaskId"]}
        walk.append((await box.aidge("/ai/task/queryTaskResult", asked)).json())
    assert (submitted["Code"], submitted["Success"]) == ("success", True)
    assert [one["Data"]["Status"] for one in walk] == ["QUEUED", "IN_PROGRESS", "COMPLETED"]
    assert walk[2]["Data"]["UsageMap"] == {"ProcessedImageCount": "1"}


async def test_the_cloud_edition_has_the_pictures_of_all_garments(make_box: MakeBox) -> None:
    _, answer = await finished(speaking(make_box, Dialect.PASCAL), suit(generateCount=2), suit(BOTTOM))
    sub_tasks = json.loads(answer.json()["Data"]["Result"])
    images = [image for one in sub_tasks for image in one["taskResult"]["result"]["imageList"]]
    assert [image["clothes"] for image in images] == [SHIRT, SHIRT, JEANS]
    assert all(image["imageUrl"].startswith("https://box.example/results/") for image in images)


async def test_the_cloud_edition_gives_a_failure_and_its_reason(make_box: MakeBox, shop: Shop) -> None:
    shop.photos[SHIRT] = EXPLOSIVE
    _, answer = await finished(speaking(make_box, Dialect.PASCAL))
    assert answer.json()["Data"]["Status"] == "FAILED"
    assert answer.json()["Data"]["Result"] == "model failed"


@pytest.mark.parametrize(
    ("query", "element", "code"),
    [(signed(app_key="x"), suit(), "InvalidAppKey"), (signed(), suit(viewType="x"), "InvalidParameter")],
)
async def test_the_cloud_edition_refuses_without_data(
    make_box: MakeBox, query: dict[str, str], element: dict[str, object], code: str
) -> None:
    box = speaking(make_box, Dialect.PASCAL)
    body = {"requestParams": json.dumps([element])}
    answer = (await box.client.post(f"/rest{SUBMIT}", params=query, json=body)).json()
    assert (answer["Code"], answer["Data"], answer["Success"]) == (code, None, False)


async def test_without_the_cloud_edition_its_path_is_unknown(box: Box) -> None:
    answer = await box.aidge("/ai/task/queryTaskResult", {"TaskId": "x"})
    assert answer.json()["code"] == "InvalidApiPath"


async def test_a_gateway_error_can_be_wrapped(make_box: MakeBox) -> None:
    box = speaking(make_box, Dialect.ERROR_RESPONSE)
    answer = await box.client.post(f"/rest{SUBMIT}", params=signed(app_key="x"), json={})
    assert list(answer.json()) == ["error_response"]
    assert set(answer.json()["error_response"]) == {"type", "code", "msg", "request_id"}


async def test_being_too_fast_can_be_http_429(make_box: MakeBox) -> None:
    box = speaking(make_box, Dialect.HTTP_STATUS, submits_per_minute=1)
    answers = [await box.submit() for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert answers[1].json()["resCode"] == "501"


async def test_dialects_can_be_spoken_together(make_box: MakeBox) -> None:
    answer = await speaking(make_box, Dialect.RESULT_OBJECT, Dialect.NUMERIC_TYPES).submit()
    assert isinstance(answer.json()["data"]["result"], dict) and answer.json()["resCode"] == 200


async def test_a_dialect_can_be_ordered_for_one_call(box: Box) -> None:
    await box.order("aidge.submit", "dialect:numeric_types")
    codes = [(await box.submit()).json()["resCode"] for _ in range(2)]
    assert codes == [200, "200"]
