"""A garment's neck: its kind, its corners, a collar that stands and a hood that lies."""
