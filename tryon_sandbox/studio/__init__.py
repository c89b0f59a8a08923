"""The picture studio: garments cut out of photos and worn by mannequins, without a network or a model."""

from tryon_sandbox.studio.dressing import dress
from tryon_sandbox.studio.library import LIBRARY, Figure
from tryon_sandbox.studio.look import Look, NotFlatLay, Piece, Rendered
from tryon_sandbox.studio.refining import refine

__all__ = ["LIBRARY", "Figure", "Look", "NotFlatLay", "Piece", "Rendered", "dress", "refine"]
