"""What an outline was read as."""

from dataclasses import dataclass

from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.garments.checks.plausible import Marks
from tryon_sandbox.renderer.garments.kinds.recognise import Kind


@dataclass(frozen=True, slots=True)
class Reading:
    """What an outline was read as; `doubt` says why it cannot be draped."""

    kind: Kind
    shape: Silhouette
    marks: Marks | None
    doubt: str
