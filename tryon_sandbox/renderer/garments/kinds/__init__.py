"""What kind of garment an outline is."""
