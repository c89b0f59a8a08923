"""All pictures of a job in one zip, with a manifest that says where each came from."""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from pathlib import Path

from tryon_core.job_state import Job
from tryon_core.manifest_rows import file_facts, moment


def zip_pictures(job: Job, folder: Path) -> Path:
    """Writes a zip into `folder`: the pictures as the vendor served them, and manifest.json."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = job.pictures[0].name.rpartition("-")[0] if job.pictures else "pictures"
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
    # Stored, not deflated: pictures are compressed already.
    with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("manifest.json", json.dumps(manifest(job), indent=2, ensure_ascii=False))
        for picture in job.pictures:
            archive.write(picture.path, picture.name)
    target = folder / f"{stem}.zip"
    Path(temporary).replace(target)
    return target


def manifest(job: Job) -> dict[str, object]:
    """The job's facts and for every picture its name, size in bytes, pixels and SHA-256."""
    return {
        "title": job.title,
        "vendor": job.vendor,
        "sandbox": not job.live,
        "state": job.state.value,
        "task_id": job.task_id,
        "request_ids": list(job.request_ids),
        "submitted_at": moment(job.submitted_at),
        "finished_at": moment(job.finished_at) if job.finished_at is not None else None,
        "pictures": [
            {"name": picture.name, **file_facts(picture), "media_type": picture.media_type}
            for picture in job.pictures
        ],
    }
