"""Whose key is used, and how far."""
