"""What is refined: a picture of a job, with what is known of it, or pictures that were given."""

from __future__ import annotations

from dataclasses import dataclass

from tryon_cli.backends.backend import Refused
from tryon_cli.commands.choosing import chosen
from tryon_cli.commands.following import Follower
from tryon_cli.commands.pictures import picture
from tryon_cli.words import Words
from tryon_core import FilePicture, PersonGender, Picture, RefineDraft, RefineRequest


@dataclass(frozen=True, slots=True)
class GivenPictures:
    """What was typed; "" is nothing."""

    coarse: str = ""
    person: str = ""
    top: str = ""
    bottom: str = ""
    gender: PersonGender | None = None


async def refine(follower: Follower, job: str, number: int, given: GivenPictures) -> RefineRequest:
    """The request for picture `number` of a job, named by how its id begins; "" is for pictures that were
    given, all of them. Raises `Refused`."""
    draft = None
    if job:
        (meant,) = chosen(follower.words, await follower.backend.jobs(), [job])
        draft = await follower.backend.refine_draft(meant.id, number)
    return refine_request(follower.words, given, draft)


def refine_request(words: Words, given: GivenPictures, draft: RefineDraft | None) -> RefineRequest:
    """What was typed, and behind it what a draft knows. Raises `Refused`, which names what is missing."""
    known = _known(draft) if draft else {}
    found: dict[str, Picture] = {}
    for name in ("coarse", "person", "top", "bottom"):
        if typed := getattr(given, name):
            found[name] = picture(words, typed)
        elif name in known:
            found[name] = known[name]
    gender = given.gender or (draft.gender if draft else None)
    missing = [name for name in ("coarse", "person", "top") if name not in found]
    missing += [] if gender else ["gender"]
    if missing or gender is None:
        lacks = "refine_job_lacks" if draft else "refine_needs"
        raise Refused(words(lacks, options=tuple(map(_typed, missing))))
    return RefineRequest(found["person"], found["top"], found["coarse"], gender, found.get("bottom"))


def _typed(name: str) -> str:
    """An option as it is typed, with what it takes where that is one of a few words."""
    return f"--{name} {'|'.join(PersonGender)}" if name == "gender" else f"--{name}"


def _known(draft: RefineDraft) -> dict[str, Picture]:
    paths = {"coarse": draft.coarse, "person": draft.person, "top": draft.top, "bottom": draft.bottom}
    return {name: FilePicture(path) for name, path in paths.items() if path}
