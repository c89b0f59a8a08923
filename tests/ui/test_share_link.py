"""A share link is known only once the page is served: the studio hears of it then."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import gradio as gr
import pytest
from gradio import networking

from tests.browser.conftest import free_port
from tests.ui.fake_studio import FakeStudio
from tryon_ui.serving import serving


@pytest.mark.parametrize("link", ["https://abc.gradio.live", ""])
def test_the_studio_is_told_the_real_port_and_the_share_link(
    link: str, tmp_path: Path, assets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tunnel(*_where: object, **_more: object) -> str:
        if not link:
            raise RuntimeError("no way out")
        return link

    monkeypatch.setenv("GRADIO_SHARE", "True")
    monkeypatch.setattr(networking, "setup_tunnel", tunnel)
    studio = FakeStudio(tmp_path)

    async def served() -> gr.Blocks:
        # In a loop that runs: elsewhere Gradio makes some that it never closes.
        demo = gr.Blocks()
        with demo:
            gr.HTML("a page")
        serving.start(demo, studio, assets=assets, port=free_port())  # type: ignore[arg-type]
        return demo

    demo = asyncio.run(served())
    try:
        assert (studio.port, studio.share_link) == (demo.server_port, link)
    finally:
        serving.stop(demo)
        logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
