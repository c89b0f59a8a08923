"""Bakes the mannequins: a CC0 body mesh, shaped, posed, dressed in its base layer and seen by rays.

For `make assets` only: neither the app nor its tests need what this needs.
"""
