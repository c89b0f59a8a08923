"""Whether a photo shows one garment, laid flat and alone."""
