"""Whose key is used, and what is left on its account."""
