"""What the tests of the interface share: an assets folder, a studio in memory, jobs in every state."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import gradio as gr
import pytest
from PIL import Image

from tests.browser.conftest import free_port
from tests.ui.fake_studio import FakeStudio, draw
from tryon_core import (
    FilePicture,
    Garment,
    Job,
    JobState,
    LibraryModel,
    SavedPicture,
    Suit,
    TryOnRequest,
    vendor,
)
from tryon_ui import build
from tryon_ui.serving import serving
from tryon_ui.serving.launch import nobody

MakeJob = Callable[..., Job]
Start = Callable[..., str]


@pytest.fixture
def assets(tmp_path: Path) -> Path:
    """An assets folder with the real styles, script and font, and small drawn pictures."""
    return small_assets(tmp_path / "assets")


def small_assets(folder: Path) -> Path:
    house = Path(__file__).parent.parent.parent / "assets"
    folder.mkdir()
    for name in ("css", "js", "fonts", "icons"):
        (folder / name).symlink_to(house / name)
    for name in ("hoodie", "shirt", "tee", "jeans", "skirt", "dress"):
        draw(folder / "garments" / f"{name}.jpg", name, (64, 64))
        draw(folder / "garments" / "thumbs" / f"{name}.webp", name, (16, 16))
    for name in ("James", "Ariel", "Alba"):
        draw(folder / "models" / f"{name}.webp", name, (16, 16))
    for name in ("coarse", "person"):
        draw(folder / "refine" / f"{name}.png", name, (60, 80))
    return folder


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Starts the page with a studio in memory, on a port of its own; gives its address."""
    running: list[gr.Blocks] = []

    def start(
        public_url: str = "",
        waiting: int = 200,
        kind: type[FakeStudio] = FakeStudio,
        failed: Callable[[], None] = nobody,
        tools: bool = False,
    ) -> str:
        folder = tmp_path_factory.mktemp("launch")
        studio = kind(folder / "jobs")
        studio.settings = SimpleNamespace(
            **{**vars(studio.settings), "public_url": public_url, "tools": tools}
        )

        async def make() -> gr.Blocks:
            # In a loop that runs: elsewhere Gradio makes some that it never closes.
            demo = build(studio, assets=small_assets(folder / "assets"))  # type: ignore[arg-type]
            given = {
                "assets": folder / "assets",
                "waiting": waiting,
                "port": free_port(),
                "failed": failed,
            }
            serving.start(demo, studio, **given)  # type: ignore[arg-type]
            return demo

        demo = asyncio.run(make())
        running.append(demo)
        return f"http://127.0.0.1:{studio.port}"

    yield start
    for demo in running:
        serving.stop(demo)
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)


@pytest.fixture(scope="module")
def page_url(start: Start) -> str:
    """The address of one page for all tests of a file that neither change it nor count what is in it."""
    return start()


@pytest.fixture
def studio(tmp_path: Path) -> FakeStudio:
    return FakeStudio(tmp_path / "jobs")


@pytest.fixture
def make_job(tmp_path: Path) -> MakeJob:
    """A maker of jobs that looks like the studio's; any field can be given."""

    def make(pictures: int = 0, **facts: object) -> Job:
        saved = tuple(_picture(tmp_path, number) for number in range(1, pictures + 1))
        request = TryOnRequest(
            suits=(Suit((Garment(FilePicture(tmp_path / "garment-1-1.jpg")),)),), model=LibraryModel("James")
        )
        plain: dict[str, object] = {
            "id": "job-1",
            "vendor": "aidge",
            "live": False,
            "title": "Hoodie on James",
            "request": request,
            "state": JobState.RUNNING,
            "expected": 4,
            "submitted_at": 1000.0,
            "pictures": saved,
            "request_ids": ("request-1",),
            "task_id": "task-1",
        }
        given = {**plain, **facts}
        spec = vendor(str(given["vendor"]))
        of_vendor = {"vendor_name": spec.name, "capability": spec.capabilities[0]}
        return Job(**{**of_vendor, **given})  # type: ignore[arg-type]

    return make


def _picture(folder: Path, number: int) -> SavedPicture:
    path = folder / f"hoodie-james-{number}.png"
    Image.new("RGB", (3, 4)).save(path)
    return SavedPicture(number, path.name, path, 768, 1024, path.stat().st_size, "0" * 64, "image/png")
