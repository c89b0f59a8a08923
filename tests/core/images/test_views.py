"""The smaller copies that the page shows: what they must keep of a picture."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tryon_core.disk import write_atomically
from tryon_core.errors import DiskFull, ReadOnly, StorageFault, problem
from tryon_core.images import views
from tryon_core.images.views import browser_view, small_view

SIDE = 800
BLOCK = 16  # pixels of the squares that WebP codes a picture in
SEEN = 1.25  # of the steps from pixel to pixel in the picture: where squares meet, steps are no larger


def backdrop() -> Image.Image:
    """A studio's plain backdrop: it darkens slowly to its corners, with the noise that keeps it smooth."""
    rows, columns = np.mgrid[0:SIDE, 0:600]
    light = 205 - 22 * np.hypot((columns - 300) / 400, (rows - 400) / 500)
    tinted = light[..., None] * (1.0, 0.995, 0.98)
    noise = np.random.default_rng(1).uniform(-0.5, 0.5, light.shape)[..., None]
    return Image.fromarray(np.round(tinted + noise).astype(np.uint8))


def where_squares_meet(picture: Image.Image) -> float:
    """The mean step in brightness from the last column of a square to the next one's first."""
    light = np.asarray(picture.convert("L")).astype(float)
    return float(np.abs(np.diff(light, axis=1))[:, BLOCK - 1 :: BLOCK].mean())


def test_a_backdrop_that_darkens_slowly_shows_no_squares(tmp_path: Path) -> None:
    picture = backdrop()
    picture.save(tmp_path / "picture.png")
    view = small_view(tmp_path / "picture.png", tmp_path / "views", SIDE)
    assert view is not None
    with Image.open(view) as shown:
        assert where_squares_meet(shown) < SEEN * where_squares_meet(picture)


def broken(folder: Path) -> Path:
    """A photo that ends in its middle."""
    whole = folder / "whole.jpg"
    backdrop().save(whole)
    file = folder / "broken.jpg"
    file.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    return file


def test_an_upload_that_is_broken_is_no_fault_of_the_app_and_a_saved_picture_is(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = broken(tmp_path)
    with caplog.at_level(logging.WARNING):
        assert browser_view(file, tmp_path, 160) is None
    assert not caplog.records
    with caplog.at_level(logging.WARNING):
        assert small_view(file, tmp_path, 160) is None
    assert [record.levelname for record in caplog.records] == ["WARNING"]


@pytest.mark.parametrize("fault", [DiskFull, ReadOnly])
def test_a_disk_that_takes_no_copy_is_told_of(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    fault: type[StorageFault],
) -> None:
    def full(_path: Path, _data: bytes) -> None:
        raise fault(problem("disk_full"))

    backdrop().save(tmp_path / "whole.jpg")
    monkeypatch.setattr(views, write_atomically.__name__, full)
    assert browser_view(tmp_path / "whole.jpg", tmp_path, 160) is None
    assert [record.levelname for record in caplog.records] == ["WARNING"]
