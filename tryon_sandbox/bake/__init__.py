"""Draws the sample garments, and pictures of them worn. The same code draws the same bytes."""
