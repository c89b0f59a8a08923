"""The picture studio: garments cut out of photos and worn by mannequins, without a network or a model."""

from tryon_sandbox.renderer.dressing import dress
from tryon_sandbox.renderer.refine.refining import refine
from tryon_sandbox.renderer.scene.library import LIBRARY, Figure
from tryon_sandbox.renderer.scene.look import Look, NotFlatLay, Piece, Rendered

__all__ = ["LIBRARY", "Figure", "Look", "NotFlatLay", "Piece", "Rendered", "dress", "refine"]
