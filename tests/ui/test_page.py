"""The page as a whole: it builds, opens ready to go, and shows scripts four endpoints and nothing else."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import gradio as gr
import pytest
from starlette.applications import Starlette

from tests.ui.fake_studio import FakeStudio
from tryon_core import Mode
from tryon_ui import build, launch_options
from tryon_ui.serving.gate.allowed_paths import is_open

pytestmark = pytest.mark.slow

STABLE_IDS = (
    *("go", "garment", "bottom", "samples", "library", "mode", "view", "count", "jobcard", "jobrows", "nav"),
    *("refine-go", "coarse", "person", "addphotos"),
)


def page_of(studio: FakeStudio, assets: Path) -> gr.Blocks:
    """The built page. Gradio makes event loops that it never closes, except where one runs already."""

    async def make() -> gr.Blocks:
        return build(studio, assets=assets)  # type: ignore[arg-type]

    return asyncio.run(make())


@pytest.fixture
def config(studio: FakeStudio, assets: Path) -> dict[str, Any]:
    return page_of(studio, assets).config  # type: ignore[return-value]


def parts(config: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {c["props"]["elem_id"]: c["props"] for c in config["components"] if c["props"].get("elem_id")}


def test_the_parts_that_others_rely_on_are_there(config: dict[str, Any]) -> None:
    assert [name for name in STABLE_IDS if name not in parts(config)] == []


def test_a_model_is_added_below_what_it_is_made_of_and_by_another_kind_of_button(
    config: dict[str, Any],
) -> None:
    found = parts(config)
    order = list(found)

    assert order.index("addphotos") < order.index("addmodel") > order.index("describe")
    assert found["addphotos"]["elem_classes"] and not found["addmodel"]["elem_classes"]


def test_the_page_opens_with_a_sample_and_a_model_in_place(config: dict[str, Any]) -> None:
    found = parts(config)

    assert found["samples"]["value"] == "Hoodie" and found["library"]["value"] == "James"
    assert found["garment"]["value"]["path"].endswith("hoodie.jpg")
    assert found["go"]["value"] == "Create 4 pictures"
    assert "Hoodie on James. Sandbox: nothing is charged." in found["willdo"]["value"]


def test_no_part_counts_the_seconds_of_what_is_under_way(config: dict[str, Any]) -> None:
    inner = [d for d in config["dependencies"] if d["backend_fn"] and d["api_visibility"] == "private"]

    assert inner and {str(d["show_progress_on"]) for d in inner} == {"[]"}


def test_what_waits_for_the_one_before_shares_its_trigger_with_nothing(config: dict[str, Any]) -> None:
    # Gradio would trigger all of them again when it has waited: two of a kind would never come to an end.
    called = [d for d in config["dependencies"] if d["backend_fn"]]
    of: dict[tuple[int, str], list[str]] = {}
    for event in called:
        for target in event["targets"]:
            if target[0] is not None:  # what follows on another event is triggered by itself
                of.setdefault(tuple(target), []).append(event["trigger_mode"])

    assert of and [target for target, modes in of.items() if len(modes) > 1 and "always_last" in modes] == []


def test_scripts_see_seven_endpoints_and_no_inner_ones(config: dict[str, Any]) -> None:
    public = {d["api_name"] for d in config["dependencies"] if d["api_visibility"] == "public"}

    assert public == {"tryon", "refine", "job", "jobs", "collection", "collections", "identity"}
    assert all(is_open(f"/gradio_api/call/v2/{name}") for name in public)


def test_no_state_lies_in_a_tab_that_is_drawn_later(studio: FakeStudio, assets: Path) -> None:
    demo = page_of(studio, assets)
    later = [block for block in demo.blocks.values() if isinstance(block, gr.Tab)][1:]
    assert len(later) == 2
    for part in (block for block in demo.blocks.values() if isinstance(block, gr.State)):
        above = part.parent
        while above is not None:
            assert above not in later, part._id
            above = above.parent


def test_no_event_waits_for_another(studio: FakeStudio, assets: Path) -> None:
    demo = page_of(studio, assets)
    served = [fn for fn in demo.fns.values() if fn.fn is not None and not fn.js]

    assert served and {fn.concurrency_limit for fn in served} == {None}


def test_only_the_garment_is_required_for_a_try_on(studio: FakeStudio, assets: Path) -> None:
    info = page_of(studio, assets).get_api_info()["named_endpoints"]
    required = [p["parameter_name"] for p in info["/tryon"]["parameters"] if not p["parameter_has_default"]]

    assert required == ["garment"]
    view = next(p for p in info["/tryon"]["parameters"] if p["parameter_name"] == "view")
    assert view["type"]["enum"] == ["fullbody", "halfbody", "mixed"]


def test_the_header_tells_live_from_sandbox_for_each_vendor(tmp_path: Path, assets: Path) -> None:
    live = FakeStudio(tmp_path / "jobs", modes={"aidge": Mode.LIVE})
    html = parts(page_of(live, assets).config)["topbar"]["value"]  # type: ignore[arg-type]

    assert 'class="pill live" data-key="aidge"' in html and 'class="pill sandbox" data-key="ailab"' in html
    assert "<b>Aidge</b> <span>Live</span>" in html and "<b>AILab</b> <span>Sandbox</span>" in html


def test_a_live_vendor_is_said_to_charge(tmp_path: Path, assets: Path) -> None:
    live = FakeStudio(tmp_path / "jobs", modes={"aidge": Mode.LIVE})
    found = parts(page_of(live, assets).config)  # type: ignore[arg-type]

    assert "Live: Aidge charges for 4 pictures." in found["willdo"]["value"]


def test_the_server_keeps_what_gradio_leaves_open_shut(studio: FakeStudio, assets: Path) -> None:
    options = launch_options(studio, assets=assets)  # type: ignore[arg-type]

    assert (options["ssr_mode"], options["run_history"], options["enable_monitoring"]) == (
        False,
        False,
        False,
    )
    assert options["app_kwargs"]["openapi_url"] is None and options["auth"] is None
    assert "allowed_paths" not in options


@pytest.mark.anyio
async def test_the_studio_lives_as_long_as_the_server(studio: FakeStudio, assets: Path) -> None:
    lifespan = launch_options(studio, assets=assets)["app_kwargs"]["lifespan"]  # type: ignore[arg-type]
    async with lifespan(Starlette()):
        await asyncio.sleep(0)
        assert studio.started

    assert not studio.started
