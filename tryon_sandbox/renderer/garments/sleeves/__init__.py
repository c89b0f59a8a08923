"""Sleeves that lie on the body or against it, or that only one side shows."""
