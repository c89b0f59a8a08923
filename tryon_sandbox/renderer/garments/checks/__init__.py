"""Whether landmarks can be those of a garment."""
