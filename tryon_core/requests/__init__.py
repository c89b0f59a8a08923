"""What a visitor asks for: garments, models and what can be chosen, and their parts by name."""
