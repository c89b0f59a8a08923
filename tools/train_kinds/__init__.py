"""Fits the layer that tells what a photo shows."""
