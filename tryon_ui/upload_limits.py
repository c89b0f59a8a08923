"""How large an upload may be, how many go together, and how long they stay: the page, its script and the
server go by these."""

from __future__ import annotations

from typing import Final

from tryon_core import MAX_MODEL_PHOTOS, MIB

LARGEST_FILE: Final = 15 * MIB
FILES: Final = MAX_MODEL_PHOTOS
LARGEST_UPLOAD: Final = FILES * LARGEST_FILE + MIB
KEEP_S: Final = 7200  # that Gradio keeps one: jobs have copies of their own
