"""The garment on a body."""
