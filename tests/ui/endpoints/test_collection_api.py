"""The endpoints of collections, as scripts call them, on a real studio."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest

from tests.core import fakes
from tests.core.collections.making import done
from tests.core.fakes import ScriptedVendors
from tests.core.test_studio import open_house
from tests.test_one_way_in import context_of
from tryon_core import Collection
from tryon_ui import visitor
from tryon_ui.endpoints.collection_api import CollectionEndpoints
from tryon_ui.endpoints.typed_calls import typed
from tryon_ui.files import new_folder

pytestmark = pytest.mark.anyio
KEY = visitor.new_identity()
NOBODY: Any = SimpleNamespace(username=None, headers={}, session_hash="a session of somebody")


class Api:
    """Both endpoints, called with a key."""

    def __init__(self, studio: Any) -> None:
        endpoints = CollectionEndpoints(context_of(studio))
        self._studio = studio
        self._begin, self._list = endpoints.collection, endpoints.collections

    async def collection(self, garments: list[Any], **given: Any) -> dict[str, Any]:
        told: dict[str, Any] = await self._begin(NOBODY, garments, **{"identity": KEY, **given})
        return told

    async def checked(self, garments: list[Any], **given: Any) -> dict[str, Any]:
        """The same by way of the checks of types."""
        told: dict[str, Any] = await typed(self._begin)(NOBODY, garments, **{"identity": KEY, **given})
        return told

    async def collections(self, id: str = "", identity: str = KEY) -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = await self._list(NOBODY, id, identity)
        return told

    async def ended(self, id: str) -> Collection:
        name = f"key:{KEY}"
        return await done(self._studio, await self._studio.collections.get(id, visitor=name), name)


@pytest.fixture
async def api(tmp_path: Path) -> AsyncIterator[Api]:
    async with open_house(tmp_path, ScriptedVendors(), TRYON_COLLECTION_ASK_OVER="4") as studio:
        yield Api(studio)


def upload(name: str, seed: int) -> dict[str, str]:
    """A garment as an upload's answer names it."""
    return {"path": str(fakes.file(new_folder(), f"{name}.png", fakes.picture(seed=seed)).path)}


async def test_a_collection_is_planned_begun_and_told_with_its_jobs(api: Api) -> None:
    garments = [upload("4711_shirt", 1), upload("hoodie", 2)]
    wanted: dict[str, Any] = {
        "models": ["James", "Ariel"],
        "count": 2,
        "bottoms": ["", upload("jeans", 3)],
        "articles": ["", "H-1"],
        "name": "Autumn",
    }
    planned = await api.collection(garments, **wanted, only_plan=True)
    assert planned.keys() == {"plan"} and (planned["plan"]["jobs"], planned["plan"]["pictures"]) == (4, 8)
    assert await api.collections() == []

    begun = await api.collection(garments, **wanted)
    assert [(row["name"], row["article"]) for row in begun["garments"]] == [
        ("Shirt", "4711"),
        ("Hoodie and jeans", "H-1"),
    ]
    await api.ended(begun["id"])
    (told,) = await api.collections(begun["id"])
    assert (told["ended"], told["name"], told["totals"]["succeeded"]) == (True, "Autumn", 4)
    assert [len(cell["job"]["pictures"]) for cell in told["cells"]] == [2, 2, 2, 2]
    assert told["zip"].startswith(f"gradio_api/ext/export/{begun['id']}.")
    (listed,) = await api.collections()
    assert (listed["id"], listed["cells"], listed["waiting"]) == (begun["id"], 4, 0)


async def test_a_plan_refuses_a_picture_that_no_creation_would_take(api: Api) -> None:
    note = new_folder() / "note.jpg"
    note.write_text("no picture")
    with pytest.raises(gr.Error, match="not a picture"):
        await api.collection([{"path": str(note)}], models=["James"], only_plan=True)


async def test_more_jobs_than_the_operator_lets_pass_are_begun_when_confirmed(api: Api) -> None:
    garments = [upload(f"shirt-{seed}", seed) for seed in range(5)]
    with pytest.raises(gr.Error, match="5 jobs"):
        await api.collection(garments, models=["James"], count=1)
    assert await api.collections() == []
    begun = await api.collection(garments, models=["James"], count=1, confirmed=True)
    assert begun["totals"]["cells"] == 5


async def test_a_model_that_is_named_twice_is_one_column(api: Api) -> None:
    named = ["James", "Ariel", "James"]
    planned = await api.collection([upload("shirt", 1)], models=named, count=1, only_plan=True)
    assert planned["plan"]["jobs"] == 2


async def test_a_collection_is_nobody_elses(api: Api) -> None:
    begun = await api.collection([upload("shirt", 1)], models=["James"], count=1)
    other = visitor.new_identity()
    assert await api.collections(identity=other) == []
    with pytest.raises(gr.Error, match="no such collection"):
        await api.collections(begun["id"], identity=other)


async def test_null_is_no_bottom_no_name_and_no_article_number(api: Api) -> None:
    garments = [upload("4711_shirt", 1), upload("hoodie", 2)]
    beside = {"bottoms": [None, upload("jeans", 3)], "garment_names": [None, "Set"], "articles": [None, None]}
    begun = await api.checked(garments, models=["James"], count=1, **beside)
    assert [(row["name"], row["article"]) for row in begun["garments"]] == [("Shirt", "4711"), ("Set", "")]


async def test_more_cells_than_a_collection_has_are_refused_before_a_picture_is_looked_for(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tryon_ui.endpoints.collection_api.picture_text", pytest.fail)
    with pytest.raises(gr.Error, match=r"Collection: found 2002 .* at most 2000"):
        await api.collection([upload("shirt", 1)] * 1001, models=["James", "Ariel"])


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"models": []}, "model"),
        ({"models": ["James"], "articles": ["1", "2"]}, "at least one for each .* 2"),
        ({"models": ["James"], "bottoms": ["no link"]}, "an uploaded file, or an http"),
        ({"models": ["James"], "count": 9}, "1 to 8"),
        ({"models": ["James"], "identity": "test"}, "others could think of"),
    ],
    ids=lambda given: str(given)[:30],
)
async def test_what_is_no_collection_is_refused_in_words(api: Api, given: dict[str, Any], told: str) -> None:
    with pytest.raises(gr.Error, match=told):
        await api.collection([upload("shirt", 1)], **given)
