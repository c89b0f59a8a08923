"""Sessions of the real page: small, and still whole."""

from __future__ import annotations

import asyncio
import tracemalloc
from pathlib import Path
from typing import cast

import gradio as gr
import pytest
from gradio.routes import App
from gradio.state_holder import SessionState

from tests.ui.fake_studio import FakeStudio
from tryon_core import Studio
from tryon_ui import build
from tryon_ui.serving.launch import launch_options
from tryon_ui.serving.sessions import Sessions

pytestmark = pytest.mark.slow

MANY, KB_EACH = 50, 40.0


@pytest.fixture
def page(assets: Path, tmp_path: Path) -> gr.Blocks:
    async def made() -> gr.Blocks:  # in a loop that runs: elsewhere Gradio makes some that it never closes
        page = build(cast(Studio, FakeStudio(tmp_path)), assets=assets)
        with page:
            gr.State("nothing")
        return page

    page = asyncio.run(made())
    page.state_session_capacity = 2 * MANY
    return page


def test_a_session_holds_no_description_of_the_page(page: gr.Blocks) -> None:
    sessions = Sessions(page)
    tracemalloc.start()
    for number in range(MANY):
        session = sessions[str(number)]
        for part in page.blocks:
            session._update_value_in_config(part, "what a visitor sees" * 1000)
    held_kb = tracemalloc.get_traced_memory()[0] / 1024
    tracemalloc.stop()
    assert held_kb / MANY < KB_EACH


def test_what_a_visitor_has_in_it_is_the_sessions_own(page: gr.Blocks) -> None:
    sessions = Sessions(page)
    kept = next(part._id for part in page.blocks.values() if isinstance(part, gr.State))
    first = sessions["ben"][kept]
    sessions["ann"][kept] = "hers"
    assert (sessions["ann"][kept], sessions["ben"][kept]) == ("hers", first)


def test_a_session_is_what_gradio_makes_but_for_the_descriptions(page: gr.Blocks) -> None:
    holder = Sessions(page)
    ours, theirs = vars(holder["ours"]), vars(SessionState(page))
    assert ours.keys() == theirs.keys() and theirs["config_values"] and not list(ours["config_values"])
    assert ours["blocks_config"].fns == theirs["blocks_config"].fns
    assert ours["blocks_config"].blocks == theirs["blocks_config"].blocks


def test_the_oldest_session_goes_when_there_are_too_many(page: gr.Blocks) -> None:
    page.state_session_capacity = 2
    sessions = Sessions(page)
    for name in "abc":
        assert sessions[name]
    assert list(sessions.session_data) == ["b", "c"]


@pytest.mark.anyio
async def test_the_served_page_keeps_its_sessions_so(assets: Path, tmp_path: Path) -> None:
    studio = cast(Studio, FakeStudio(tmp_path))
    options = launch_options(studio, assets=assets)["app_kwargs"]
    app = App.create_app(build(studio, assets=assets))
    app.middleware_stack = app.build_middleware_stack()
    async with options["lifespan"](app):
        assert isinstance(app.state_holder, Sessions) and app.get_blocks().state_holder is app.state_holder
