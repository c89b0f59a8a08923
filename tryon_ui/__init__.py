"""The Gradio interface of Try-On Studio: one page, its routes, and named endpoints for scripts."""

from tryon_ui import serving
from tryon_ui.launch import launch_options
from tryon_ui.page import build

__all__ = ["build", "launch_options", "serving"]
