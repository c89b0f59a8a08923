"""A try-on picture made better from the garment's own photo."""
