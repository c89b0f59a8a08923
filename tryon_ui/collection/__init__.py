"""Garments on models: what is put together in the form, and the matrix that it becomes, as HTML."""
