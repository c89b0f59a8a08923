"""Both vendors' wires against scripted answers: what goes out, and what each answer becomes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core import wires
from tests.core.fakes import JumpingClock, picture
from tests.core.wires import CODES, VENDORS
from tryon_core.errors import NeverSent, NoAnswer, VendorBusy, VendorRefused, WireError
from tryon_core.requests.choices import GarmentType, PersonGender, View
from tryon_core.requests.request import (
    FilePicture,
    Garment,
    LinkPicture,
    OwnPhotos,
    RefineRequest,
    Suit,
    TryOnRequest,
)
from tryon_core.secret import Secret
from tryon_core.vendors.aidge import responses as aidge_responses
from tryon_core.vendors.aidge.wire import Aidge, signature
from tryon_core.vendors.ailab import responses as ailab_responses
from tryon_core.vendors.ailab.wire import Ailab
from tryon_core.vendors.error_codes import Kind
from tryon_core.vendors.task import Snapshot, TaskStatus

Handler = Callable[[httpx.Request], httpx.Response]
LINK = LinkPicture("https://pictures.invalid/a.png")
ORDER = TryOnRequest((Suit((Garment(LINK),)), Suit((Garment(LINK, GarmentType.TOPS),))))
ACCEPTED = {"code": "0", "data": {"result": '{"taskId": "t-1"}'}, "success": "true", "resCode": "200"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "data",
                    "Data",
                    "code",
                    "resCode",
                    "success",
                    "result",
                    "taskId",
                    "taskResult",
                    "taskStatus",
                    "error_response",
                    "error_detail",
                    "error_code",
                    "task_id",
                    "task_status",
                    "output",
                    "message",
                    "image_url",
                    "images",
                    "imageList",
                    "imageUrl",
                    "structData",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=15,
)


def aidge(handler: Handler) -> Aidge:
    client = httpx.AsyncClient(transport=httpx.MockTransport(handler), follow_redirects=True)
    return wires.aidge(
        "http://aidge.invalid/rest", client, JumpingClock(), app_key="512345", app_secret="s3cret"
    )


def ailab(handler: Handler) -> Ailab:
    client = httpx.AsyncClient(transport=httpx.MockTransport(handler), follow_redirects=True)
    return wires.ailab("http://ailab.invalid", client, JumpingClock(), api_key="the-key")


@pytest.mark.parametrize(
    ("secret", "timestamp", "expected"),
    [
        (
            "0123456789abcdef0123456789ABCDEF",
            "1700000000000",
            "185A89368D0B3822646B4852629DD5CCD25BB882D0C3E65C11CCCC7CD1EB5E46",
        ),
        ("a", "1", "DF44778AAC2D278C72D360B2B420316142D33D98B5E2FC1856592171C017F5F8"),
    ],
)
def test_signature_agrees_with_known_vectors(secret: str, timestamp: str, expected: str) -> None:
    assert signature(Secret(secret), timestamp) == expected


@pytest.mark.anyio
async def test_suits_are_elements_of_one_string_and_an_automatic_type_is_left_out() -> None:
    seen: list[httpx.Request] = []

    def vendor(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json=ACCEPTED)

    receipt = await aidge(vendor).submit(ORDER)
    first, second = json.loads(json.loads(seen[0].content)["requestParams"])
    assert receipt.task_id == "t-1"
    assert first["clothesList"] == [{"imageUrl": LINK.url}]
    assert second["clothesList"] == [{"imageUrl": LINK.url, "type": "tops"}]
    assert (first["generateCount"], first["viewType"], first["inputQualityDetect"]) == (4, "fullbody", 0)


@pytest.mark.anyio
async def test_with_own_photos_nothing_is_sent_that_could_multiply_the_pictures() -> None:
    seen: list[httpx.Request] = []

    def vendor(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json=ACCEPTED)

    for view in (View.FULL_BODY, View.HALF_BODY):
        order = TryOnRequest((Suit((Garment(LINK),)),), OwnPhotos((LINK, LINK)), view=view, count=3)
        await aidge(vendor).submit(order)
    sent, chosen = (json.loads(json.loads(request.content)["requestParams"])[0] for request in seen)
    assert sent["modelImage"] == [LINK.url] * 2
    assert {"generateCount", "viewType", "model"}.isdisjoint(sent)
    assert "generateCount" not in chosen and chosen["viewType"] == "halfbody"


@pytest.mark.anyio
@pytest.mark.parametrize("trial", [True, False])
async def test_the_trial_flag_goes_with_the_submit_and_with_each_poll(trial: bool) -> None:
    flags: list[str] = []

    def vendor(request: httpx.Request) -> httpx.Response:
        flags.append(request.headers["x-iop-trial"])
        return httpx.Response(200, json=ACCEPTED)

    wire = aidge(vendor)
    await wire.submit(replace(ORDER, trial=trial))
    await wire.query("t-1", trial)
    assert flags == [str(trial).lower()] * 2


@pytest.mark.anyio
@pytest.mark.parametrize("code", ["IllegalTimestamp", "InvalidTimestamp"])
async def test_clock_is_set_by_the_vendors_date_once_and_only_once(code: str) -> None:
    stamps: list[str] = []

    def vendor(request: httpx.Request) -> httpx.Response:
        stamps.append(request.url.params["timestamp"])
        return httpx.Response(200, json={"code": code}, headers={"date": "Wed, 15 Nov 2023 22:13:20 GMT"})

    with pytest.raises(VendorRefused):
        await aidge(vendor).submit(ORDER)
    assert stamps == ["1700000000000", "1700086400000"]


@pytest.mark.anyio
async def test_the_key_is_not_carried_along_a_redirect() -> None:
    hosts: list[str] = []

    def vendor(request: httpx.Request) -> httpx.Response:
        hosts.append(request.url.host)
        return httpx.Response(302, headers={"location": "http://elsewhere.invalid/"})

    with pytest.raises(VendorBusy):
        await ailab(vendor).query("t")
    with pytest.raises(NoAnswer):
        await aidge(vendor).submit(ORDER)
    assert hosts == ["ailab.invalid", "aidge.invalid"]


@pytest.mark.anyio
async def test_refiner_gets_file_parts_named_by_what_they_are(tmp_path: Path) -> None:
    paths = {name: tmp_path / f"{name}.bin" for name in ("person", "top", "coarse")}
    for path in paths.values():
        path.write_bytes(picture(kind="PNG"))
    seen: list[httpx.Request] = []

    def vendor(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"error_code": 0, "task_id": "r-1"})

    pictures = {name: FilePicture(path) for name, path in paths.items()}
    order = RefineRequest(**pictures, gender=PersonGender.MAN)
    assert (await ailab(vendor).submit(order)).task_id == "r-1"
    body = seen[0].content
    assert b'name="person_image"; filename="person_image.png"\r\nContent-Type: image/png' in body
    assert b'name="task_type"\r\n\r\nasync' in body and b'name="gender"\r\n\r\nman' in body
    assert seen[0].headers["ailabapi-api-key"] == "the-key"


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("cause", "becomes"),
    [
        (httpx.ConnectError, NeverSent),
        (httpx.ConnectTimeout, NeverSent),
        (httpx.PoolTimeout, NeverSent),
        (httpx.UnsupportedProtocol, NeverSent),
        (httpx.LocalProtocolError, NeverSent),
        (httpx.ReadTimeout, NoAnswer),
        (httpx.ReadError, NoAnswer),
        (httpx.WriteError, NoAnswer),
        (httpx.RemoteProtocolError, NoAnswer),
    ],
)
async def test_a_failing_connection_says_whether_the_request_left(
    cause: type[httpx.TransportError], becomes: type[WireError]
) -> None:
    def vendor(request: httpx.Request) -> httpx.Response:
        raise cause("no")

    with pytest.raises(becomes):
        await aidge(vendor).submit(ORDER)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("status", "body", "becomes"),
    [
        (200, "", NoAnswer),
        (200, "<html>", NoAnswer),
        (504, "timeout", NoAnswer),
        (429, "", VendorBusy),
        (503, "", VendorBusy),
        (200, "Sorry, your calling resources have been exhausted........", VendorRefused),
        (200, '{"error_response": {"code": "InvalidAppKey", "msg": "x"}}', VendorRefused),
    ],
)
async def test_a_submit_without_a_task_is_told_apart(
    status: int, body: str, becomes: type[WireError]
) -> None:
    with pytest.raises(becomes):
        await aidge(lambda _: httpx.Response(status, text=body)).submit(ORDER)


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_code_is_told_and_means_the_same_on_both_calls(vendor: str) -> None:
    codes = CODES[vendor]
    for code in codes.table:
        problem = codes.explain(code, "words", "id")
        assert problem.what and problem.todo and problem.code == code
        body = {"resCode": code} if vendor == "aidge" else {"error_detail": {"code": code}}
        answer = httpx.Response(200, json=body)
        passes = codes.kind(code) is Kind.PASSING
        with pytest.raises(NoAnswer if code in codes.late else VendorBusy if passes else VendorRefused):
            (aidge_responses if vendor == "aidge" else ailab_responses).read_receipt(answer)


def test_every_code_of_the_refiners_page_is_there() -> None:
    assert len(CODES["ailab"].table) == 126


def test_links_in_a_vendors_words_are_not_shown() -> None:
    answer = httpx.Response(200, json={"resCode": "700", "resMessage": "bad http://a.invalid/?Signature=zzz"})
    with pytest.raises(VendorRefused) as refused:
        aidge_responses.read_receipt(answer)
    assert "zzz" not in str(refused.value)


@pytest.mark.parametrize(
    "body",
    [
        {"data": {"taskStatus": "finished", "taskResult": [{"taskResult": '{"structData":{"data":["http://r/1"]}}'}]}},
        {"Code": "success", "Data": {"Status": "COMPLETED", "Result": '{"imageList":[{"imageUrl":"http://r/1"}]}'}},
        {"data": '{"taskStatus":"FINISHED","taskResult":[{"taskResult":{"data":{"structData":{"data":["http://r/1"]}}}}]}'},
    ],
)  # fmt: skip
def test_results_are_found_in_every_known_shape(body: object) -> None:
    snapshot = aidge_responses.read_snapshot(httpx.Response(200, json=body))
    assert snapshot.status is TaskStatus.SUCCEEDED
    assert [image.url for image in snapshot.images] == ["http://r/1"]


@settings(max_examples=150)
@given(JSON, st.sampled_from([200, 400, 429, 500, 503]))
def test_any_json_gives_a_snapshot_or_an_error_of_ours(body: object, status: int) -> None:
    answer = httpx.Response(status, text=json.dumps(body))
    for reader in (aidge_responses, ailab_responses):
        try:
            assert isinstance(reader.read_snapshot(answer), Snapshot)
        except WireError as error:
            assert error.problem.what
        try:
            assert reader.read_receipt(answer).task_id
        except WireError as error:
            assert error.problem.what


def test_an_unknown_code_under_a_5xx_is_polled_again() -> None:
    body = {"error_detail": {"code": "ERROR_OF_TOMORROW"}}
    with pytest.raises(VendorBusy):
        ailab_responses.read_snapshot(httpx.Response(502, json=body))


def test_a_failed_word_ends_an_ailab_task_whatever_its_number_says() -> None:
    body = {"task_status": 1, "output": {"task_status": "FAILED", "code": "InvalidPerson"}}
    snapshot = ailab_responses.read_snapshot(httpx.Response(200, json=body))
    assert (snapshot.status, snapshot.code) == (TaskStatus.FAILED, "InvalidPerson")


@pytest.mark.parametrize(("words", "gone"), [("task_id is unknown", True), ("garmentType is invalid", False)])
def test_a_poll_whose_task_id_is_not_accepted_is_about_a_task_that_is_gone(words: str, gone: bool) -> None:
    answer = httpx.Response(200, json={"success": "false", "resCode": "700", "resMessage": words})
    if gone:
        with pytest.raises(VendorRefused) as refused:
            aidge_responses.read_snapshot(answer)
        assert CODES["aidge"].kind(refused.value.problem.code) is Kind.GONE and words in str(refused.value)
    else:
        assert aidge_responses.read_snapshot(answer).status is TaskStatus.FAILED
