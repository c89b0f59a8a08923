"""The model, the light, and the finished picture."""
