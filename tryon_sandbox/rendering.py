"""What the sandbox asks of a renderer of pictures, and its own one, which is the default."""

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
class ModelDescription:
    """The model: one of the library by `name`, or a description in the words of the Aidge page."""

    name: str = ""
    gender: str = "female"
    style: str = "universal_1"
    age: str = "youngadult"
    body: str = "slim"


@dataclass(frozen=True, slots=True)
class TryOnInput:
    """What one try-on picture is made from.

    `view` is `fullbody` or `halfbody`; `index` counts the pictures of one request, for variety. `person` is
    the caller's own model photo, which wins over `model`.
    """

    garments: tuple[Garment, ...]
    model: ModelDescription = ModelDescription()
    view: str = "fullbody"
    index: int = 0
    person: bytes | None = None
    quality_gate: bool = False


@dataclass(frozen=True, slots=True)
class RefineInput:
    """What a refined picture is made from; `gender` is `woman` or `man`. It gets the size of `coarse`."""

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

    def dress(self, inputs: TryOnInput) -> bytes:
        """The garments, worn. Raises `NotWearable`."""
        ...

    def refine(self, inputs: RefineInput) -> bytes:
        """The coarse picture, made better. Raises `NotWearable`."""
        ...


class GarmentRenderer:
    """The sandbox's own renderer, imported when it is first needed, as it brings heavy libraries."""

    def library(self) -> frozenset[str]:
        """The names of the library's models."""
        from tryon_sandbox import renderer

        return frozenset(renderer.LIBRARY)

    def dress(self, inputs: TryOnInput) -> bytes:
        """The garments, worn. Raises `NotWearable`."""
        from tryon_sandbox import renderer

        _use_one_thread()
        model = inputs.model
        described = renderer.Figure(model.name, model.gender, model.style, model.age, model.body)
        look = renderer.Look(
            pieces=tuple(renderer.Piece(garment.data, garment.type) for garment in inputs.garments),
            figure=renderer.LIBRARY[model.name] if model.name else described,
            view=inputs.view,
            index=inputs.index,
            person=inputs.person,
            quality_gate=inputs.quality_gate,
        )
        try:
            return renderer.dress(look).png
        except renderer.NotFlatLay as refusal:
            raise NotWearable(str(refusal)) from refusal

    def refine(self, inputs: RefineInput) -> bytes:
        """The coarse picture, made better. Raises `NotWearable`."""
        from tryon_sandbox import renderer

        _use_one_thread()
        try:
            return renderer.refine(
                person=inputs.person,
                top=inputs.top,
                coarse=inputs.coarse,
                gender=inputs.gender,
                bottom=inputs.bottom,
            )
        except renderer.NotFlatLay as refusal:
            raise NotWearable(str(refusal)) from refusal


def _use_one_thread() -> None:
    """Pictures are made side by side already: more threads would only take time from the event loop."""
    import cv2

    cv2.setNumThreads(1)
