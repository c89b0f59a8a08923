"""What the lightbox is told of a job: JSON that stands in the markup of its card and of its row."""

from __future__ import annotations

import json
from typing import Any, Final

from tryon_core import Capability, FilePicture, Job, JobState, RefineRequest, SavedPicture, pictures_of
from tryon_ui import links
from tryon_ui.texts import say, translated

_WORN: Final = ("garment", "top", "bottom")  # how the names of garments begin among a request's pictures


def lightbox_of(job: Job, vendor: str) -> str:
    """The pictures of `job`, made by `vendor`, with what is said beside them; "" while there is none.

    A list of jobs has it in every row, so what addresses have in common is told once: `places` is how those
    of each size begin, a picture's `file` how they go on.
    """
    if not job.pictures:
        return ""
    told = {
        "title": translated(job.title),
        "facts": [[say("card.made_by"), vendor]],
        "preview": not job.live,
        "refines": job.state is JobState.SUCCEEDED and job.capability is Capability.TRY_ON,
        "places": _places(job),
        "garments": [_input(job, picture) for name, picture in _files(job) if name.startswith(_WORN)],
        "pictures": [_picture(job, picture) for picture in job.pictures],
    }
    if before := _before(job):
        told["before"] = before
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _places(job: Job) -> dict[str, str]:
    return {"full": links.file(job.id, ""), "view": links.view(job.id, ""), "thumb": links.thumb(job.id, "")}


def _picture(job: Job, picture: SavedPicture) -> dict[str, Any]:
    full = links.file(job.id, picture.name, picture.sha256)
    return {
        "n": picture.number,
        "name": picture.name,
        "width": picture.width,
        "height": picture.height,
        "file": full.removeprefix(links.file(job.id, "")),
        "save": links.download(job.id, picture.name, picture.sha256).removeprefix(full),
    }


def _files(job: Job) -> list[tuple[str, FilePicture]]:
    """The pictures that went in and lie in the job's folder, by their names in the request."""
    every = pictures_of(job.request)
    return [(name, picture) for name, picture in every if isinstance(picture, FilePicture)]


def _input(job: Job, picture: FilePicture) -> dict[str, str]:
    return {"file": links.file(job.id, picture.path.name).removeprefix(links.file(job.id, ""))}


def _before(job: Job) -> dict[str, str] | None:
    """What a refined picture was made of."""
    if not isinstance(job.request, RefineRequest) or not isinstance(job.request.coarse, FilePicture):
        return None
    return _input(job, job.request.coarse)
