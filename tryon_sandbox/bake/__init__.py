"""Draws what ships as pictures: mannequins and sample garments. The same code draws the same bytes."""
