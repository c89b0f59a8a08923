"""Reads the form of a refinement, and refuses what lacks a field or has another word than allowed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.datastructures import FormData, UploadFile

from tryon_sandbox.ailab.errors import AilabError

_REQUIRED_FILES = ("person_image", "top_garment", "coarse_image")
_FILES = (*_REQUIRED_FILES, "bottom_garment")
_WORDS = {"task_type": ("async",), "gender": ("woman", "man")}
_ORDER = ("task_type", *_REQUIRED_FILES, "gender")

_EMPTY = "Cannot be empty."


@dataclass(frozen=True, slots=True)
class RefineForm:
    """A complete form: photos by field name (`bottom_garment` may be missing), and `woman` or `man`."""

    photos: Mapping[str, bytes] = field(repr=False)
    gender: str

    @property
    def fingerprint(self) -> str:
        """The same for the same photos and words, however the form was packed."""
        parts = [f"{name}={hashlib.sha256(data).hexdigest()}" for name, data in sorted(self.photos.items())]
        return hashlib.sha256("\n".join([self.gender, *parts]).encode()).hexdigest()


async def read_form(form: FormData) -> RefineForm:
    """The form's content. Raises `AilabError` 400 naming the first field that is missing or not allowed.

    A file field that came as text is empty, as at the vendor; so is a file of no bytes.
    """
    photos = {name: data for name in _FILES if (data := await _file(form, name))}
    for name in _ORDER:
        if name in _WORDS:
            _check_word(form, name)
        elif name not in photos:
            raise AilabError("UNSUPPORTED_PARAMETER_VALUES", f"{name}: {_EMPTY}")
    return RefineForm(photos, str(form["gender"]))


async def _file(form: FormData, name: str) -> bytes:
    value = form.get(name)
    return await value.read() if isinstance(value, UploadFile) else b""


def _check_word(form: FormData, name: str) -> None:
    value = form.get(name)
    if not isinstance(value, str) or not value:
        raise AilabError("UNSUPPORTED_PARAMETER_VALUES", f"{name}: {_EMPTY}")
    if value not in _WORDS[name]:
        allowed = ", ".join(_WORDS[name])
        raise AilabError("UNSUPPORTED_PARAMETER_VALUES", f"{name}: Must be one of {allowed}.")
