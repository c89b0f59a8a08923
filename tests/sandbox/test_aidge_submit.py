"""Aidge's submit: the page's own examples, every rule of the page, and every code it has."""

import json
from collections.abc import Callable

import pytest

from tests.sandbox.box import (
    CRUMPLED,
    EXPLOSIVE,
    JEANS,
    PHOTO,
    SHIRT,
    SUBMIT,
    SUBMIT_PRO,
    Box,
    Json,
    Shop,
    TinyRenderer,
    photo,
    suit,
)
from tests.sandbox.conftest import MakeBox
from tryon_sandbox import TryOnInput

pytestmark = pytest.mark.anyio

TOP: Json = {"imageUrl": SHIRT, "type": "tops"}
BOTTOM: Json = {"imageUrl": JEANS, "type": "bottoms"}
GENERAL: Json = {"base": "General", "gender": "female", "style": "universal_1", "body": "slim"}


async def test_an_accepted_submit_looks_like_the_page_s_example(box: Box) -> None:
    answer = (await box.sdk(SUBMIT, {"requestParams": json.dumps([suit()])})).json()
    assert list(answer) == [
        "code",
        "data",
        "requestId",
        "success",
        "resCode",
        "resMessage",
        "request_id",
    ]
    assert (answer["code"], answer["success"], answer["resCode"]) == ("0", "true", "200")
    assert answer["resMessage"] == "success"
    assert len(answer["request_id"]) == 25 and len(answer["requestId"]) == 30
    assert len(json.loads(answer["data"]["result"])["taskId"]) == 36


ACCEPTED = {
    "the first example of the page": suit(TOP, model=GENERAL, viewType="mixed", inputQualityDetect=0),
    "a model by name": suit(TOP, model={"base": "General", "name": "James"}, viewType="mixed"),
    "own model photos": {"clothesList": [TOP], "modelImage": [JEANS]},
    "a type left out": suit({"imageUrl": SHIRT}),
    "a type left blank": suit({"imageUrl": SHIRT, "type": ""}),
    "a suit": suit(TOP, BOTTOM),
    "a suit the other way round": suit(BOTTOM, TOP),
    "a dress for a curvy child": suit(
        {"imageUrl": SHIRT, "type": "dresses"},
        model={"gender": "male", "style": "universal_3", "age": "children", "body": "curvy"},
    ),
    "the quality gate as a text": suit(inputQualityDetect="1"),
    "fields that mean nothing": suit(colour="red"),
    "no list of model photos": suit(modelImage=[]),
    "nulls": suit(generateCount=None, viewType=None, inputQualityDetect=None, model=None, modelImage=None),
}


@pytest.mark.parametrize("element", ACCEPTED.values(), ids=ACCEPTED.keys())
@pytest.mark.parametrize("api", [SUBMIT, SUBMIT_PRO])
async def test_what_the_page_allows_is_accepted(box: Box, element: Json, api: str) -> None:
    assert (await box.submit(element, api=api)).json()["resCode"] == "200"


WRONG: list[tuple[Json, str]] = [
    ({}, "clothesList"),
    ({"clothesList": []}, "clothesList"),
    ({"clothesList": "shirt"}, "clothesList"),
    ({"clothesList": ["shirt"]}, "clothesList[0]"),
    (suit(TOP, BOTTOM, TOP), "clothesList"),
    (suit(TOP, TOP), "clothesList.type"),
    (suit(TOP, {"imageUrl": JEANS}), "clothesList.type"),
    (suit(TOP, {"imageUrl": JEANS, "type": "dresses"}), "clothesList.type"),
    (suit({"imageUrl": SHIRT, "type": "hats"}), "clothesList[0].type"),
    (suit({"imageUrl": SHIRT, "type": 1}), "clothesList[0].type"),
    (suit({"type": "tops"}), "clothesList[0].imageUrl"),
    (suit({"imageUrl": "ftp://shop.example/a.jpg"}), "clothesList[0].imageUrl"),
    (suit({"imageUrl": "http://[oh"}), "clothesList[0].imageUrl"),
    (suit(TOP, {"imageUrl": 7, "type": "bottoms"}), "clothesList[1].imageUrl"),
    (suit(generateCount=0), "generateCount"),
    (suit(generateCount=9), "generateCount"),
    (suit(generateCount="4"), "generateCount"),
    (suit(generateCount=True), "generateCount"),
    (suit(viewType="closeup"), "viewType"),
    (suit(inputQualityDetect=2), "inputQualityDetect"),
    (suit(modelImage=[SHIRT] * 9), "modelImage"),
    (suit(modelImage=SHIRT), "modelImage"),
    (suit(modelImage=[SHIRT, "me.jpg"]), "modelImage[1]"),
    (suit(model="James"), "model"),
    (suit(model={"base": "Secret"}), "model.base"),
    (suit(model={"name": "Nobody"}), "model.name"),
    (suit(model={"gender": "woman"}), "model.gender"),
    (suit(model={"style": "universal_4"}), "model.style"),
    (suit(model={"age": "old"}), "model.age"),
    (suit(model={"body": "tall"}), "model.body"),
]


@pytest.mark.parametrize(("element", "field"), WRONG)
async def test_what_the_page_forbids_is_700_and_names_the_field(box: Box, element: Json, field: str) -> None:
    answer = (await box.submit(element)).json()
    assert (answer["code"], answer["success"], answer["resCode"]) == ("0", "false", "700")
    assert answer["resMessage"].startswith(f"invalid input: {field} ")
    assert "data" not in answer and box.app.sandbox.task_store.tasks() == ()


async def test_every_wrong_field_is_named_with_its_suit(box: Box) -> None:
    answer = await box.submit(suit(), suit(viewType="x", generateCount=0))
    message = answer.json()["resMessage"]
    assert "requestParams[1].viewType" in message and "requestParams[1].generateCount" in message


BODIES: list[tuple[object, str]] = [
    ([suit()], "must be a string"),
    ("{", "is not JSON"),
    ("[]", "must be a list"),
    ("[1]", "must be a list"),
    ('"text"', "must be a list"),
    (json.dumps([suit()] * 11), "must be a list of 1 to 10"),
]


@pytest.mark.parametrize(("said", "why"), BODIES)
async def test_a_parameter_that_holds_no_list_in_a_string_is_700(box: Box, said: object, why: str) -> None:
    answer = (await box.aidge(SUBMIT, {"requestParams": said})).json()
    assert answer["resCode"] == "700" and why in answer["resMessage"]


@pytest.mark.parametrize("key", ["requestParams", "paramJson"])
@pytest.mark.parametrize("packed", [lambda one: one, lambda one: [one]])
async def test_both_names_of_the_parameter_hold_a_list_or_one_object(
    box: Box, key: str, packed: Callable[[Json], object]
) -> None:
    answer = await box.aidge(SUBMIT_PRO, {key: json.dumps(packed(suit()))})
    assert answer.json()["resCode"] == "200"


GARMENTS = [
    (photo(149, 400), "703", "Input clothes image resoulution low, please try other image"),
    (photo(400, 149), "703", "Input clothes image resoulution low, please try other image"),
    (photo(150, 3001, "JPEG"), "700", "invalid input: clothesList[0].imageUrl has a side of more than 3000"),
    (b"<html>", "701", "Clothing image dowloading failed, please try another input"),
    (b"", "701", "Clothing image dowloading failed, please try another input"),
    (PHOTO[: len(PHOTO) // 2], "701", "Clothing image dowloading failed, please try another input"),
    (photo(kind="GIF"), "701", "Clothing image dowloading failed, please try another input"),
]


@pytest.mark.parametrize(("data", "code", "message"), GARMENTS)
async def test_an_unfit_garment_photo_has_its_code_at_submit(
    box: Box, shop: Shop, data: bytes, code: str, message: str
) -> None:
    shop.photos[SHIRT] = data
    answer = (await box.submit()).json()
    assert (answer["success"], answer["resCode"]) == ("false", code)
    assert answer["resMessage"].startswith(message)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP", "WEBP"])
@pytest.mark.parametrize("size", [(150, 150), (3000, 150)])
async def test_a_garment_photo_at_the_limits_is_taken(
    box: Box, shop: Shop, kind: str, size: tuple[int, int]
) -> None:
    shop.photos[SHIRT] = photo(*size, kind)
    assert (await box.submit()).json()["resCode"] == "200"


async def test_a_garment_that_cannot_be_fetched_is_701(box: Box) -> None:
    answer = await box.submit(suit({"imageUrl": "http://shop.example/gone.jpg"}))
    assert answer.json()["resCode"] == "701"


async def test_a_fetcher_that_breaks_is_701_too(make_box: MakeBox) -> None:
    async def broken(url: str) -> bytes:
        raise TimeoutError

    box = make_box()
    box.app.sandbox.fetch = broken
    assert (await box.submit()).json()["resCode"] == "701"


@pytest.mark.parametrize("data", [None, b"text"])
async def test_a_model_photo_that_is_no_picture_is_700_and_named(
    box: Box, shop: Shop, data: bytes | None
) -> None:
    if data:
        shop.photos["https://me.example/1.png"] = data
    answer = await box.submit(suit(modelImage=[JEANS, "https://me.example/1.png"]))
    assert answer.json()["resCode"] == "700" and "modelImage[1]" in answer.json()["resMessage"]


async def test_each_photo_is_fetched_once(box: Box, shop: Shop) -> None:
    await box.submit(suit(), suit(TOP, BOTTOM))
    assert sorted(shop.asked) == [JEANS, SHIRT]


async def test_the_renderer_is_told_what_was_asked_for(box: Box, renderer: TinyRenderer) -> None:
    asked = suit(
        TOP, BOTTOM, model={"name": "James"}, viewType="mixed", generateCount=3, inputQualityDetect=1
    )
    await box.task(asked)
    await box.rendered()
    rendered = [inputs for inputs in renderer.seen if isinstance(inputs, TryOnInput)]
    assert [inputs.view for inputs in rendered] == ["fullbody", "halfbody", "fullbody"]
    assert [inputs.index for inputs in rendered] == [0, 1, 2]
    assert {inputs.model.name for inputs in rendered} == {"James"}
    assert [garment.type for garment in rendered[0].garments] == ["tops", "bottoms"]
    assert rendered[0].garments[0].data == PHOTO and rendered[0].quality_gate


async def test_own_photos_give_one_picture_each_whatever_the_count_says(
    box: Box, renderer: TinyRenderer
) -> None:
    task_id = await box.task(suit(modelImage=[SHIRT, JEANS], generateCount=8))
    await box.rendered()
    box.clock.pass_seconds(60)
    data = (await box.results(task_id))["data"]
    assert isinstance(data, dict) and len(data["taskResult"]) == 2
    assert all(isinstance(seen, TryOnInput) and seen.person for seen in renderer.seen)


@pytest.mark.parametrize(("data", "code"), [(CRUMPLED, "707"), (EXPLOSIVE, "801")])
async def test_what_cannot_be_rendered_fails_at_the_query_with_its_code(
    box: Box, shop: Shop, data: bytes, code: str
) -> None:
    shop.photos[SHIRT] = data
    task_id = await box.task(suit(inputQualityDetect=1))
    await box.rendered()
    box.clock.pass_seconds(60)
    answer = await box.results(task_id)
    assert (answer["success"], answer["resCode"]) == ("false", code)
    assert answer["data"] == {
        "taskResult": [{"taskStatus": "failed"}],
        "taskStatus": "failed",
        "taskId": task_id,
    }


async def test_without_the_gate_a_crumpled_garment_is_worn(box: Box, shop: Shop) -> None:
    shop.photos[SHIRT] = CRUMPLED
    task_id = await box.task()
    await box.rendered()
    box.clock.pass_seconds(60)
    assert (await box.results(task_id))["resCode"] == "200"
