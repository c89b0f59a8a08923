"""The Gradio interface of Try-On Studio: one page, its routes, and named endpoints for scripts."""

from tryon_ui import gradio_stubs as gradio_stubs  # before everything else that imports Gradio
from tryon_ui.page import build
from tryon_ui.serving import serving
from tryon_ui.serving.launch import launch_options

__all__ = ["build", "launch_options", "serving"]
