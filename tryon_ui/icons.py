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
INFO: Final = Markup(
    '<svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true"><circle cx="10" cy="10" r="7.5"/>'
    '<path d="M10 9.2v4.4M10 6.4v.1"/></svg>'
)
ALERT_SMALL: Final = Markup(
    '<svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true"><circle cx="10" cy="10" r="7.5"/>'
    '<path d="M10 6v4.6M10 13.6v.1"/></svg>'
)
