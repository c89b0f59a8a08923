"""The files of a collection are written where the page may take them from."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.ui.collection.boards import collection
from tests.ui.fake_studio import FakeStudio
from tryon_core import Download, InvalidRequest, Which
from tryon_ui.collection.clicks import BoardAct, BoardClick
from tryon_ui.collection.handing_over import KINDS, file_of, menu_html
from tryon_ui.page_context import PageContext
from tryon_ui.samples import load

ME = "browser:me"


@pytest.fixture
def context(studio: FakeStudio, assets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PageContext:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "cache"))
    studio.collections.owner, studio.collections.kept = ME, (collection(1, 1),)

    async def made(_collection_id: str, *, visitor: str, which: Which) -> Download:
        return Download(f"{which}.bin", "application/octet-stream", iter((b"one ", b"two")))

    names = ("zip", "lookbook", "lookbook_page", "contact_sheet")
    export: Any = SimpleNamespace(**dict.fromkeys(names, made))
    studio.collections.export = export
    return PageContext(studio, load(assets))  # type: ignore[arg-type]


@pytest.mark.anyio
@pytest.mark.parametrize("kind", KINDS)
async def test_a_file_is_written_as_it_is_made_of_all_where_none_is_chosen(
    context: PageContext, kind: str
) -> None:
    path = await file_of(context, BoardClick(BoardAct.NONE, "f" * 40, text=kind), visitor=ME)

    assert path.name == "all.bin" and path.read_bytes() == b"one two"
    assert f'data-kind="{kind}"' in menu_html()


@pytest.mark.anyio
async def test_another_kind_of_file_is_refused(context: PageContext) -> None:
    with pytest.raises(InvalidRequest):
        await file_of(context, BoardClick(BoardAct.NONE, "f" * 40, text="exe"), visitor=ME)
