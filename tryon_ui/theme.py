"""The look of Gradio's own parts: the colours, radii and type of the page as theme variables."""

from __future__ import annotations

from typing import Final

import gradio as gr
from gradio.themes.utils.fonts import Font

_COBALT: Final = gr.themes.Color(
    "#eef2ff", "#e0e7ff", "#c3d0ff", "#9db1ff", "#7d95fb", "#4c68ee", "#2f4bdc", "#263db8", "#213493",
    "#1e2e73", "#141d49", name="cobalt",
)  # fmt: skip
_GREY: Final = gr.themes.Color(
    "#fafaf9", "#f4f4f2", "#e6e6e2", "#d3d3ce", "#a3a5a8", "#73767c", "#585b61", "#3d4046", "#2b2d32",
    "#1b1c20", "#111215", name="grey",
)  # fmt: skip
_SANS: Final[list[Font | str]] = [
    Font("Instrument Sans"),
    "system-ui",
    "-apple-system",
    "Segoe UI",
    "Roboto",
    "sans-serif",
]
_MONO: Final = ["ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace"]

# variable: (light, dark)
_COLOURS: Final[dict[str, tuple[str, str]]] = {
    "body_background_fill": ("#f6f6f4", "#111215"),
    "background_fill_primary": ("#ffffff", "#1a1b1f"),
    "background_fill_secondary": ("#f6f6f4", "#111215"),
    "body_text_color": ("#17181b", "#f1f1ee"),
    "body_text_color_subdued": ("#5a5d63", "#a9acb3"),
    "border_color_primary": ("#e3e3df", "#2e3036"),
    "border_color_accent": ("#2f4bdc", "#7d95fb"),
    "block_background_fill": ("transparent", "transparent"),
    "block_border_color": ("#e3e3df", "#2e3036"),
    "block_label_text_color": ("#5a5d63", "#a9acb3"),
    "block_label_background_fill": ("transparent", "transparent"),
    "block_title_text_color": ("#17181b", "#f1f1ee"),
    "block_info_text_color": ("#5a5d63", "#a9acb3"),
    "panel_background_fill": ("transparent", "transparent"),
    "input_background_fill": ("#ffffff", "#222429"),
    "input_border_color": ("#8b8e94", "#686c74"),
    "input_border_color_focus": ("#2f4bdc", "#7d95fb"),
    "input_placeholder_color": ("#6b6e74", "#9a9da4"),
    "input_shadow_focus": ("0 0 0 3px #2f4bdc33", "0 0 0 3px #7d95fb40"),
    "checkbox_background_color_selected": ("#2f4bdc", "#4560ea"),
    "button_primary_background_fill": ("#2f4bdc", "#4560ea"),
    "button_primary_background_fill_hover": ("#263db8", "#3c56de"),
    "button_primary_border_color": ("transparent", "transparent"),
    "button_primary_text_color": ("#ffffff", "#ffffff"),
    "button_secondary_background_fill": ("#ffffff", "#222429"),
    "button_secondary_background_fill_hover": ("#f4f4f2", "#2b2d32"),
    "button_secondary_border_color": ("#d3d3ce", "#3d4046"),
    "button_secondary_border_color_hover": ("#a3a5a8", "#585b61"),
    "button_secondary_text_color": ("#17181b", "#f1f1ee"),
    "color_accent_soft": ("#eef2ff", "#1c2340"),
    "loader_color": ("#2f4bdc", "#7d95fb"),
    "slider_color": ("#2f4bdc", "#7d95fb"),
    "link_text_color": ("#2f4bdc", "#9db1ff"),
    "error_background_fill": ("#fdf0ee", "#2c1a18"),
    "error_border_color": ("#f0c8c3", "#5a2a25"),
    "error_text_color": ("#a8211a", "#ff9c92"),
}
_SHAPES: Final[dict[str, str]] = {
    "block_border_width": "0px",
    "block_shadow": "none",
    "block_padding": "0",
    "block_radius": "12px",
    "block_label_shadow": "none",
    "block_label_border_width": "0",
    "block_title_text_weight": "550",
    "block_title_text_size": "14px",
    "block_info_text_size": "13px",
    "layout_gap": "16px",
    "form_gap_width": "0px",
    "input_radius": "10px",
    "input_padding": "10px 12px",
    "input_text_size": "15px",
    "input_shadow": "none",
    "container_radius": "12px",
    "button_large_radius": "12px",
    "button_medium_radius": "10px",
    "button_small_radius": "8px",
    "button_large_padding": "14px 20px",
    "button_medium_padding": "10px 16px",
    "button_large_text_size": "16px",
    "button_medium_text_size": "14px",
    "button_large_text_weight": "600",
    "button_medium_text_weight": "550",
    "button_border_width": "1px",
    "button_primary_shadow": "none",
    "button_secondary_shadow": "none",
    "button_transform_active": "translateY(1px)",
}


def theme() -> gr.themes.Base:
    """The page's theme, light and dark."""
    base = gr.themes.Base(
        primary_hue=_COBALT, secondary_hue=_COBALT, neutral_hue=_GREY, font=_SANS, font_mono=_MONO
    )
    light = {name: pair[0] for name, pair in _COLOURS.items()}
    dark = {f"{name}_dark": pair[1] for name, pair in _COLOURS.items()}
    return base.set(**light, **dark, **_SHAPES)
