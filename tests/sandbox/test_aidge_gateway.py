"""Aidge's gateway: who is let in, in which order things are looked at, and how a refusal looks."""

import json

import pytest

from tests.sandbox.box import RESULTS, START, SUBMIT, SUBMIT_PRO, Box, signed, signed_by_sdk, suit
from tests.sandbox.conftest import MakeBox
from tryon_sandbox import SandboxSettings
from tryon_sandbox.aidge.gateway import sign_v2

pytestmark = pytest.mark.anyio

VECTORS = [
    (
        "0123456789abcdef0123456789ABCDEF",
        "1700000000000",
        "185A89368D0B3822646B4852629DD5CCD25BB882D0C3E65C11CCCC7CD1EB5E46",
    ),
    ("a", "1", "DF44778AAC2D278C72D360B2B420316142D33D98B5E2FC1856592171C017F5F8"),
]
GOOD = {"requestParams": json.dumps([suit()])}


@pytest.mark.parametrize(("secret", "timestamp", "expected"), VECTORS)
def test_the_signature_is_that_of_the_known_vectors(secret: str, timestamp: str, expected: str) -> None:
    assert sign_v2(secret, timestamp) == expected


WRONG = [
    ({"app_key": ""}, "MissingParameter"),
    ({"app_key": "nobody"}, "InvalidAppKey"),
    ({"timestamp": ""}, "MissingParameter"),
    ({"timestamp": "yesterday"}, "IllegalTimestamp"),
    ({"timestamp": str(int(START))}, "IllegalTimestamp"),
    ({"timestamp": str(int((START - 7201) * 1000))}, "IllegalTimestamp"),
    ({"timestamp": str(int((START + 7201) * 1000))}, "IllegalTimestamp"),
    ({"sign": ""}, "IncompleteSignature"),
    ({"sign": "F" * 64}, "IncompleteSignature"),
    ({"sign": signed()["sign"].lower()}, "IncompleteSignature"),
    ({"partner_id": ""}, "MissingParameter"),
    ({"sign_method": "md5"}, "IncompleteSignature"),
    ({"sign_ver": "v1"}, "IncompleteSignature"),
    ({"sign_ver": "v3"}, "IncompleteSignature"),
    ({"sign_ver": ""}, "IncompleteSignature"),
]


@pytest.mark.parametrize(("changes", "code"), WRONG)
async def test_a_wrong_system_parameter_has_its_code(box: Box, changes: dict[str, str], code: str) -> None:
    answer = await box.client.post(f"/rest{SUBMIT}", params=signed(**changes), json=GOOD)
    assert answer.json()["code"] == code


@pytest.mark.parametrize("partner", ["aidge", "iop-sdk-java-20181207", "somebody"])
async def test_a_client_says_by_itself_who_made_it(box: Box, partner: str) -> None:
    answer = await box.client.post(f"/rest{SUBMIT}", params=signed(partner_id=partner), json=GOOD)
    assert answer.json()["success"] == "true"


@pytest.mark.parametrize("as_form", [False, True])
async def test_parameters_are_read_from_a_json_body_and_from_a_form(box: Box, as_form: bool) -> None:
    body = {"data": GOOD} if as_form else {"json": GOOD}
    submitted = await box.client.post(f"/rest{SUBMIT}", params=signed(), **body)  # type: ignore[arg-type]
    query = {"task_id": submitted.json()["data"]["result"]["taskId"]}
    body = {"data": query} if as_form else {"json": query}
    answer = await box.client.post(f"/rest{RESULTS}", params=signed(), **body)  # type: ignore[arg-type]
    assert answer.json()["data"]["taskId"] == query["task_id"]


async def test_json_is_read_even_when_it_is_announced_as_a_form(box: Box) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = await box.client.post(
        f"/rest{SUBMIT}", params=signed(), content=json.dumps(GOOD), headers=headers
    )
    assert answer.json()["success"] == "true"


async def test_a_call_signed_as_the_sdk_signs_is_let_in(box: Box) -> None:
    assert (await box.sdk(SUBMIT, GOOD)).json()["success"] == "true"


async def test_all_of_a_call_can_be_signed_and_sent_as_a_form(box: Box) -> None:
    form = signed_by_sdk(START, SUBMIT, GOOD) | GOOD
    assert (await box.client.post(f"/rest{SUBMIT}", data=form)).json()["success"] == "true"


async def test_the_sdk_may_ask_for_results_by_get(box: Box) -> None:
    task = {"task_id": await box.task()}
    query = signed_by_sdk(START, RESULTS, task) | task
    answer = await box.client.get(f"/rest{RESULTS}", params=query)
    assert answer.json()["data"]["taskId"] == task["task_id"]


ALTERED: list[tuple[str, dict[str, str], dict[str, str]]] = [
    (SUBMIT_PRO, GOOD, {}),
    (SUBMIT, {"requestParams": "[]"}, {}),
    (SUBMIT, GOOD, {"partner_id": "somebody"}),
    (SUBMIT, GOOD, {"sign": ""}),
]


@pytest.mark.parametrize(("api", "form", "changes"), ALTERED)
async def test_what_the_sdk_has_signed_cannot_be_altered(
    box: Box, api: str, form: dict[str, str], changes: dict[str, str]
) -> None:
    query = signed_by_sdk(START, SUBMIT, GOOD) | changes
    answer = await box.client.post(f"/rest{api}", params=query, data=form)
    assert answer.json()["code"] == "IncompleteSignature"


@pytest.mark.parametrize("off", [-7200, 0, 7200])
async def test_a_timestamp_within_two_hours_is_taken(box: Box, off: int) -> None:
    answer = await box.client.post(f"/rest{SUBMIT}", params=signed(START + off), json=GOOD)
    assert answer.json()["success"] == "true"


async def test_a_refusal_is_http_200_in_the_gateway_s_own_shape(box: Box) -> None:
    answer = await box.client.post(f"/rest{SUBMIT}", params=signed(app_key="nobody"), json=GOOD)
    assert answer.status_code == 200
    assert set(answer.json()) == {"type", "code", "message", "request_id"}
    assert answer.json()["type"] == "ISV"


async def test_key_timestamp_signature_path_and_parameters_are_looked_at_in_this_order(box: Box) -> None:
    wrong = {"app_key": "nobody", "timestamp": "yesterday", "sign": "bad"}
    met = []
    for mended in (None, "app_key", "timestamp", "sign"):
        wrong.pop(mended or "", None)
        answer = await box.client.post("/rest/ai/unheard/of", params=signed(**wrong), json={})
        met.append(answer.json()["code"])
    answer = await box.client.post(f"/rest{SUBMIT}", params=signed(), json={})
    met.append(answer.json()["code"])
    assert met == [
        "InvalidAppKey",
        "IllegalTimestamp",
        "IncompleteSignature",
        "InvalidApiPath",
        "MissingParameter",
    ]


@pytest.mark.parametrize(
    ("api", "name"), [(SUBMIT, "requestParams"), (SUBMIT_PRO, "requestParams"), (RESULTS, "task_id")]
)
@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b"{}"])
async def test_a_missing_parameter_is_named(box: Box, api: str, name: str, body: bytes) -> None:
    answer = await box.client.post(f"/rest{api}", params=signed(), content=body)
    assert answer.json()["code"] == "MissingParameter" and name in answer.json()["message"]


async def test_a_signature_serves_any_api_until_it_is_too_old(box: Box) -> None:
    query = signed()
    for api in (SUBMIT, SUBMIT_PRO):
        answer = await box.client.post(f"/rest{api}", params=query, json=GOOD)
        assert answer.json()["success"] == "true"
    box.clock.pass_seconds(7300)
    answer = await box.client.post(f"/rest{SUBMIT}", params=query, json=GOOD)
    assert answer.json()["code"] == "IllegalTimestamp"


async def test_an_answer_carries_the_date_that_clients_set_their_clock_by(box: Box) -> None:
    answer = await box.client.post(f"/rest{SUBMIT}", params=signed(START - 9000), json=GOOD)
    assert answer.json()["code"] == "IllegalTimestamp"
    assert answer.headers["date"] == "Fri, 15 Jan 2027 08:00:00 GMT"


async def test_used_up_trials_are_told_and_bought_calls_go_on(make_box: MakeBox) -> None:
    box = make_box(SandboxSettings(trial_quota=2))
    answers = [(await box.submit(**{"x-iop-trial": "true"})).json() for _ in range(3)]
    assert [answer.get("success") for answer in answers] == ["true", "true", None]
    assert answers[2]["message"].startswith("Sorry, your calling resources have been exhausted")
    assert (await box.submit(**{"x-iop-trial": "false"})).json()["success"] == "true"


async def test_a_refused_submit_costs_nothing(make_box: MakeBox) -> None:
    box = make_box(SandboxSettings(purchased_calls=1))
    assert (await box.submit(suit(generateCount=9))).json()["resCode"] == "700"
    assert (await box.submit()).json()["success"] == "true"
    assert (await box.submit()).json()["message"].startswith("Sorry")


async def test_too_many_submits_in_a_minute_are_501_and_later_ones_are_taken(make_box: MakeBox) -> None:
    box = make_box(SandboxSettings(submits_per_minute=2))
    codes = [(await box.submit()).json()["resCode"] for _ in range(3)]
    box.clock.pass_seconds(60)
    codes.append((await box.submit()).json()["resCode"])
    assert codes == ["200", "200", "501", "200"]
