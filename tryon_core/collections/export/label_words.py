"""The label that a picture's maker has put into it, in words for whoever has the picture."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tryon_core.collections.export.ai_label import SourceType, found_label
from tryon_core.sentences import Sentence, said

_HOW: Mapping[str, str] = {SourceType.GENERATED: "generated", SourceType.COMPOSITE: "composite", "": "unsaid"}


def label_in(picture: Path) -> Sentence | None:
    """What a file's signed Content Credentials or its maker's AI label say, None for a file without. Reads
    the file: call it in a worker thread. Signatures are not verified. Raises `OSError`."""
    found = found_label(picture.read_bytes())
    if found is None:
        return None
    how = said(f"label.how.{_HOW.get(found.source_type, 'other')}", word=found.source_type)
    return said(f"label.{found.state}", how=how)
