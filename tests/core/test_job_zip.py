"""The zip of a job: the pictures to the byte, and a manifest that can be checked."""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import replace
from pathlib import Path

from tests.core import fakes
from tryon_core import Capability, Job, JobState, SavedPicture
from tryon_core.job_zip import zip_pictures


def job(folder: Path, count: int) -> Job:
    pictures = []
    for number in range(1, count + 1):
        data = fakes.picture(seed=number)
        path = folder / f"hoodie-james-{number}.png"
        path.write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        pictures.append(SavedPicture(number, path.name, path, 160, 200, len(data), digest, "image/png"))
    return Job(
        id="j",
        vendor="aidge",
        vendor_name="Aidge",
        capability=Capability.TRY_ON,
        live=True,
        title="Hoodie on James",
        request=fakes.tryon(folder),
        state=JobState.SUCCEEDED,
        expected=count,
        submitted_at=0.0,
        finished_at=61.0,
        pictures=tuple(pictures),
        task_id="task-1",
        request_ids=("r1", "r2"),
    )


def test_every_picture_matches_its_entry_in_the_manifest(tmp_path: Path) -> None:
    path = zip_pictures(job(tmp_path, 3), tmp_path / "zips")
    with zipfile.ZipFile(path) as archive:
        told = json.loads(archive.read("manifest.json"))
        hashes = {p["name"]: hashlib.sha256(archive.read(p["name"])).hexdigest() for p in told["pictures"]}
    assert path.name == "hoodie-james.zip"
    assert hashes == {p["name"]: p["sha256"] for p in told["pictures"]} and len(hashes) == 3


def test_the_manifest_says_whose_work_it_is_and_when(tmp_path: Path) -> None:
    with zipfile.ZipFile(zip_pictures(job(tmp_path, 1), tmp_path)) as archive:
        told = json.loads(archive.read("manifest.json"))
    assert (told["vendor"], told["sandbox"], told["task_id"]) == ("aidge", False, "task-1")
    assert told["request_ids"] == ["r1", "r2"] and told["finished_at"] == "1970-01-01T00:01:01+00:00"


def test_a_job_without_pictures_has_a_manifest_only(tmp_path: Path) -> None:
    empty = replace(job(tmp_path, 0), finished_at=None)
    with zipfile.ZipFile(zip_pictures(empty, tmp_path)) as archive:
        assert archive.namelist() == ["manifest.json"]
    assert not list(tmp_path.glob(".*.part"))
