"""The few drawings of the page, as inline SVG that takes the colour of its text."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

ALERT: Final = Markup(
    '<svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><circle cx="12" cy="12" r="9"/>'
    '<path d="M12 7.5v5.5M12 16.4v.1"/></svg>'
)
EXPAND: Final = Markup(
    '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">'
    '<path d="M12 3h5v5M8 17H3v-5M17 3l-5.5 5.5M3 17l5.5-5.5"/></svg>'
)
HANGER: Final = Markup(
    '<svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">'
    '<path d="M13 8a3 3 0 1 1 4.6 2.5c-1 .6-1.6 1.3-1.6 2.5"/>'
    '<path d="M16 13 4.4 21.2c-1.6 1.2-.8 3.8 1.2 3.8h20.8c2 0 2.8-2.6 1.2-3.8Z"/></svg>'
)
FAVICON: Final = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<rect width="32" height="32" rx="7" fill="#2f4bdc"/>'
    '<g fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round">'
    '<path d="M13.3 9.6a2.7 2.7 0 1 1 4.1 2.3c-.9.5-1.4 1.1-1.4 2.1"/>'
    '<path d="M16 14 6.6 20.6c-1.4 1-.7 3.4 1.1 3.4h16.6c1.8 0 2.5-2.4 1.1-3.4Z"/></g></svg>'
)
INFO: Final = Markup(
    '<svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true"><circle cx="10" cy="10" r="7.5"/>'
    '<path d="M10 9.2v4.4M10 6.4v.1"/></svg>'
)
ALERT_SMALL: Final = Markup(
    '<svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true"><circle cx="10" cy="10" r="7.5"/>'
    '<path d="M10 6v4.6M10 13.6v.1"/></svg>'
)
CHECK: Final = Markup(
    '<svg viewBox="0 0 20 20" width="14" height="14" aria-hidden="true">'
    '<path d="m4.5 10.5 3.7 3.7 7.3-8"/></svg>'
)
SLIDERS: Final = Markup(
    '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true"><path d="M3 6h7m4 0h3M3 14h3m4 0h7"/>'
    '<circle cx="12" cy="6" r="2"/><circle cx="8" cy="14" r="2"/></svg>'
)
PANES: Final = Markup(
    '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">'
    '<rect x="2.8" y="4" width="6" height="12" rx="1.5"/>'
    '<rect x="11.2" y="4" width="6" height="12" rx="1.5"/>'
    "</svg>"
)
STACK: Final = Markup(
    '<svg viewBox="0 0 20 20" width="14" height="14" aria-hidden="true">'
    '<rect x="6.5" y="3" width="10.5" height="10.5" rx="2"/><path d="M13 17H5a2 2 0 0 1-2-2V7"/></svg>'
)
STAR: Final = Markup(
    '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">'
    '<path d="m10 2.8 2.2 4.6 5 .7-3.6 3.5.9 5L10 14.2l-4.5 2.4.9-5L2.8 8.1l5-.7Z"/></svg>'
)
DOTS: Final = Markup(
    '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">'
    '<path d="M4.5 10h.1M10 10h.1M15.5 10h.1"/></svg>'
)
PREVIOUS: Final = Markup(
    '<svg viewBox="0 0 20 20" width="24" height="24" aria-hidden="true"><path d="m12.5 4-6 6 6 6"/></svg>'
)
NEXT: Final = Markup(
    '<svg viewBox="0 0 20 20" width="24" height="24" aria-hidden="true"><path d="m7.5 4 6 6-6 6"/></svg>'
)
CROSS: Final = Markup(
    '<svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">'
    '<path d="m5 5 10 10M15 5 5 15"/></svg>'
)
GRID: Final = Markup(
    '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">'
    '<path d="M3 3h5.5v5.5H3zM11.5 3H17v5.5h-5.5zM3 11.5h5.5V17H3zM11.5 11.5H17V17h-5.5z"/></svg>'
)
LINES: Final = Markup(
    '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">'
    '<path d="M3 5h14M3 10h14M3 15h14"/></svg>'
)
DOWN: Final = Markup(
    '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">'
    '<path d="M10 3v9.5M6 9l4 4 4-4M3.5 16.5h13"/></svg>'
)
UP: Final = Markup(
    '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true"><path d="m5 12.5 5-5 5 5"/></svg>'
)
LOWER: Final = Markup(
    '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true"><path d="m5 7.5 5 5 5-5"/></svg>'
)
LEFT: Final = Markup(
    '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true"><path d="m12.5 5-5 5 5 5"/></svg>'
)
RIGHT: Final = Markup(
    '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true"><path d="m7.5 5 5 5-5 5"/></svg>'
)
BIN: Final = Markup(
    '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">'
    '<path d="M3.5 5.5h13M8 5.5V3.5h4v2M5 5.5l.8 11h8.4l.8-11M8.5 8.5v5M11.5 8.5v5"/></svg>'
)
WORD: Final = Markup(
    '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">'
    '<path d="M10 3.5c-4 0-7 2.6-7 5.9 0 2 1.1 3.7 2.8 4.8L5.4 17l3.2-1.9c.5.1.9.1 1.4.1 4 0 7-2.6 7-5.8'
    's-3-5.9-7-5.9Z"/></svg>'
)
PLUS: Final = Markup(
    '<svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true"><path d="M10 4v12M4 10h12"/></svg>'
)
WARNING: Final = Markup(
    '<svg viewBox="0 0 20 20" width="14" height="14" aria-hidden="true">'
    '<path d="M10 3.2 17.3 16.3H2.7ZM10 8.5v3.4M10 14.2v.1"/></svg>'
)
LINK: Final = Markup(
    '<svg viewBox="0 0 20 20" width="14" height="14" aria-hidden="true">'
    '<path d="M8.5 11.5a3 3 0 0 0 4.3 0l2.7-2.7a3 3 0 0 0-4.3-4.3l-.8.8"/>'
    '<path d="M11.5 8.5a3 3 0 0 0-4.3 0l-2.7 2.7a3 3 0 0 0 4.3 4.3l.8-.8"/></svg>'
)
PERSON: Final = Markup(
    '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">'
    '<circle cx="10" cy="6.5" r="3"/><path d="M4 17c.4-3.6 2.6-5.5 6-5.5s5.6 1.9 6 5.5"/></svg>'
)
CLOCK: Final = Markup(
    '<svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">'
    '<circle cx="10" cy="10" r="7"/><path d="M10 6v4.2l2.7 1.6"/></svg>'
)
RETRY: Final = Markup(
    '<svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">'
    '<path d="M15.8 8A6.2 6.2 0 1 0 16.2 11M16 4v4h-4"/></svg>'
)
NOTE: Final = Markup(
    '<svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">'
    '<path d="M3.5 4.5h13v8.5h-7L6 16v-3H3.5Z"/></svg>'
)
SCREEN: Final = Markup(
    '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">'
    '<rect x="2.5" y="3.5" width="15" height="10" rx="1.5"/><path d="M7 17h6M10 13.5V17"/></svg>'
)
SHARE: Final = Markup(
    '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">'
    '<path d="M10 12.5V3M6.5 6 10 2.8 13.5 6M6 9H4.5v8h11V9H14"/></svg>'
)
STOP: Final = Markup(
    '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">'
    '<rect x="5" y="5" width="10" height="10" rx="1.5"/></svg>'
)
