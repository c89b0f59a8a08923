"""AILab try-on clothes refiner: a coarse try-on picture in, a better one out."""

from tryon_core.vendors.ailab.spec import SPEC

__all__ = ["SPEC"]
