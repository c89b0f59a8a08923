"""What garment it is, and where its neck, sleeves, legs and hems are."""
