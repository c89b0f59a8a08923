"""What the Refine tab is filled in with, `RefineTab.filled`: a ready set, a try-on, or an earlier job."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, Final

import gradio as gr

from tryon_core import FilePicture, Job, Picture, RefineDraft, RefineRequest
from tryon_ui import parts
from tryon_ui.files import served
from tryon_ui.samples import RefineSample
from tryon_ui.texts import phrases, say

Filled = tuple[Any, ...]
_EMPTY: Final = (None, None, None, None)


def not_asked() -> Filled:
    """No question what is worn: `RefineTab.asked`."""
    return gr.Radio(value=None, visible=False), ""


def of_sample(sample: RefineSample) -> Filled:
    """A ready set."""
    pictures = (sample.coarse, sample.person, sample.top, sample.bottom)
    paths = (served(path) if path else None for path in pictures)
    return _heading(say("refine.sample")), *paths, sample.gender.value, sample.title, *not_asked()


def of_draft(draft: RefineDraft, job_id: str) -> Filled:
    """A picture of a try-on. It is asked what is worn where nothing tells it: taken for what it is not, a
    garment is paid for in vain."""
    hint = (
        say("refine.worn_hint") if draft.unknown else phrases.sentences(draft.notes) or say("refine.filled")
    )
    paths = _paths((draft.coarse, draft.person, draft.top, draft.bottom), job_id)
    gender = draft.gender.value if draft.gender else gr.skip()
    unknown = served(draft.unknown, job_id) if draft.unknown else ""
    asked = (gr.Radio(value=None, visible=True), unknown) if unknown else not_asked()
    return _heading(hint), *paths, gender, draft.title, *asked


async def of_job(job: Job) -> Filled:
    """What a job was made of; nothing where that is not known, as of a task of another program."""
    request = job.request
    if not isinstance(request, RefineRequest):
        return _heading(""), *_EMPTY, gr.skip(), "", *not_asked()
    pictures = (request.coarse, request.person, request.top, request.bottom)
    paths = await asyncio.to_thread(_paths, tuple(map(_here, pictures)), job.id)
    return _heading(say("refine.made_of")), *paths, request.gender.value, "", *not_asked()


def _here(picture: Picture | None) -> Path | None:
    """Its file, where one is here still."""
    return picture.path if isinstance(picture, FilePicture) and picture.path.is_file() else None


def _paths(pictures: tuple[Path | None, ...], job_id: str) -> tuple[str | None, ...]:
    return tuple(served(path, job_id) if path else None for path in pictures)


def _heading(hint: str) -> str:
    return parts.section_html(say("refine.pictures"), hint)
