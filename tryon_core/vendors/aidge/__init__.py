"""Aidge virtual try-on: photos of garments in, pictures of them worn out."""

from tryon_core.vendors.aidge.spec import SPEC

__all__ = ["SPEC"]
