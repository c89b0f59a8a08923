"""What the sandbox asks of whoever makes its pictures; by default its own studio."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class NotWearable(Exception):
    """The garment's photo cannot be worn by anybody, such as an incomplete flat lay (Aidge: 707)."""


@dataclass(frozen=True, slots=True)
class Garment:
    """One piece of clothing: the bytes of its photo, and `tops`, `bottoms`, `dresses` or "" to find out."""

    data: bytes
    type: str = ""


@dataclass(frozen=True, slots=True)
class Sitter:
    """Who wears it: a library model by `name`, or a description in the words of the Aidge page."""

    name: str = ""
    gender: str = "female"
    style: str = "universal_1"
    age: str = "youngadult"
    body: str = "slim"


@dataclass(frozen=True, slots=True)
class Outfit:
    """One try-on picture to make.

    `view` is `fullbody` or `halfbody`; `index` counts the pictures of one request, for variety. `person` is
    the caller's own model photo, which wins over `sitter`.
    """

    garments: tuple[Garment, ...]
    sitter: Sitter = Sitter()
    view: str = "fullbody"
    index: int = 0
    person: bytes | None = None
    quality_gate: bool = False


@dataclass(frozen=True, slots=True)
class Retouch:
    """One refinement to make; `gender` is `woman` or `man`. The result has the size of `coarse`."""

    person: bytes
    top: bytes
    coarse: bytes
    gender: str
    bottom: bytes | None = None


class Renderer(Protocol):
    """Makes PNG pictures. Called from worker threads, two at a time; may take seconds."""

    def library(self) -> frozenset[str]:
        """The names of the library's models."""
        ...

    def dress(self, outfit: Outfit) -> bytes:
        """The outfit, worn. Raises `NotWearable`."""
        ...

    def refine(self, retouch: Retouch) -> bytes:
        """The coarse picture, made better. Raises `NotWearable`."""
        ...


class StudioRenderer:
    """The sandbox's own studio, imported when it is first needed, as it brings heavy libraries."""

    def library(self) -> frozenset[str]:
        """The names of the library's models."""
        from tryon_sandbox import renderer

        return frozenset(renderer.LIBRARY)

    def dress(self, outfit: Outfit) -> bytes:
        """The outfit, worn. Raises `NotWearable`."""
        from tryon_sandbox import renderer

        _use_one_thread()
        sitter = outfit.sitter
        described = renderer.Figure(sitter.name, sitter.gender, sitter.style, sitter.age, sitter.body)
        look = renderer.Look(
            pieces=tuple(renderer.Piece(garment.data, garment.type) for garment in outfit.garments),
            figure=renderer.LIBRARY[sitter.name] if sitter.name else described,
            view=outfit.view,
            index=outfit.index,
            person=outfit.person,
            quality_gate=outfit.quality_gate,
        )
        try:
            return renderer.dress(look).png
        except renderer.NotFlatLay as refusal:
            raise NotWearable(str(refusal)) from refusal

    def refine(self, retouch: Retouch) -> bytes:
        """The coarse picture, made better. Raises `NotWearable`."""
        from tryon_sandbox import renderer

        _use_one_thread()
        try:
            return renderer.refine(
                person=retouch.person,
                top=retouch.top,
                coarse=retouch.coarse,
                gender=retouch.gender,
                bottom=retouch.bottom,
            )
        except renderer.NotFlatLay as refusal:
            raise NotWearable(str(refusal)) from refusal


def _use_one_thread() -> None:
    """Pictures are made side by side already: more threads would only take time from the event loop."""
    import cv2

    cv2.setNumThreads(1)
