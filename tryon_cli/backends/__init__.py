"""Whose jobs commands work with: a studio of their own, or a running app; and what both tell of them."""
