"""Where a path from outside leads: into the folder that Gradio serves, to whom, or elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tryon_ui.files import OURS, FilePlace, home_of, new_folder, place_of_file, place_of_path, served


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(folder))
    folder.mkdir()
    return folder


def written(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"coat")
    return path


def test_what_lies_in_the_folder_is_told_apart_by_who_can_name_it(cache: Path, tmp_path: Path) -> None:
    outside = written(tmp_path / "coat.png")
    places = {
        outside: FilePlace.ELSEWHERE,
        written(tmp_path / "cache of others" / "coat.png"): FilePlace.ELSEWHERE,
        written(cache / "digest" / "coat.png"): FilePlace.CACHE,
        Path(served(outside)): FilePlace.CACHE,
        Path(served(outside, "job")): FilePlace.COPY,
        written(new_folder() / "coat.png"): FilePlace.UPLOAD,
    }
    assert {path: place_of_path(path) for path in places} == places
    assert {path: place_of_file(path) for path in places} == places
    assert [place.is_a_visitors for place in FilePlace] == [False, False, True, True]


@pytest.mark.parametrize("place", FilePlace)
def test_what_is_gone_is_no_file_but_led_to_the_same_place(
    cache: Path, tmp_path: Path, place: FilePlace
) -> None:
    ways = {
        FilePlace.ELSEWHERE: tmp_path / "gone.png",
        FilePlace.CACHE: cache / "digest" / "gone.png",
        FilePlace.COPY: home_of("job") / "digest" / "gone.png",
        FilePlace.UPLOAD: cache / f"{OURS}1" / "gone.png",
    }
    assert place_of_path(ways[place]) is place
    assert place_of_file(ways[place]) is FilePlace.ELSEWHERE


@pytest.mark.parametrize("name", ["", ".", "a\0b.png", f"{'x' * 300}.png", "\udc80.png", "../coat.png"])
def test_what_is_no_name_of_a_file_there_leads_elsewhere(cache: Path, name: str) -> None:
    folder = new_folder()
    assert place_of_file(Path(f"{folder}/{name}")) is FilePlace.ELSEWHERE


def test_a_way_out_of_the_folder_is_followed_to_its_end(cache: Path, tmp_path: Path) -> None:
    outside, upload = written(tmp_path / "coat.png"), written(new_folder() / "coat.png")
    door = cache / "door.png"
    door.symlink_to(outside)
    assert place_of_file(door) is FilePlace.ELSEWHERE
    assert place_of_file(upload.parent / ".." / ".." / "coat.png") is FilePlace.ELSEWHERE
    assert place_of_file(upload.parent / ".." / upload.parent.name / "coat.png") is FilePlace.UPLOAD
