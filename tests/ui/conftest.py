"""What the tests of the interface share: an assets folder, a studio in memory, jobs in every state."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

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
    Vendor,
)

MakeJob = Callable[..., Job]


@pytest.fixture
def assets(tmp_path: Path) -> Path:
    """An assets folder with the real styles, script and font, and small drawn pictures."""
    house = Path(__file__).parent.parent.parent / "assets"
    folder = tmp_path / "assets"
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
            "vendor": Vendor.AIDGE,
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
        return Job(**{**plain, **facts})  # type: ignore[arg-type]

    return make


def _picture(folder: Path, number: int) -> SavedPicture:
    path = folder / f"hoodie-james-{number}.png"
    Image.new("RGB", (3, 4)).save(path)
    return SavedPicture(number, path.name, path, 768, 1024, path.stat().st_size, "0" * 64, "image/png")
