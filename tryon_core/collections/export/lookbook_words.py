"""The lookbook's words in its language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from tryon_core.collections.export.contents import Export, ExportGarment, ExportPicture
from tryon_core.sentences import in_language, said

PRODUCT = "Try-On Studio"
# The hanger; who draws it says in which colour.
MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">'
    '<g><path d="M9.2 7.2a2.8 2.8 0 1 1 4.2 2.4c-.9.5-1.4 1.1-1.4 2.1v.3"/>'
    '<path d="M12 12 3.6 17.4c-1.3.9-.7 2.6.8 2.6h15.2c1.5 0 2.1-1.7.8-2.6Z"/></g></svg>'
)
_WORDS = (
    *("ai", "index", "by", "garments", "pictures", "article", "made", "picture", "model"),
    *("size", "refined", "yes", "no", "left_out"),
)


def words(language: str) -> Mapping[str, str]:
    """Labels and lines by their names."""
    return {name: in_language(said(f"lookbook.{name}"), language) for name in _WORDS}


def day(seconds: float, language: str) -> str:
    """A day (UTC) as people write it."""
    moment = datetime.fromtimestamp(seconds, UTC)
    month = said(f"month.{moment.month}")
    return in_language(said("lookbook.day", day=moment.day, month=month, year=moment.year), language)


def alt_text(picture: ExportPicture, language: str) -> str:
    """What a picture shows, for those who do not see it."""
    return in_language(said("lookbook.on", garment=picture.garment, model=picture.model), language)


def photo_text(garment: ExportGarment, language: str) -> str:
    """What a garment's own photo shows."""
    return in_language(said("lookbook.photo", garment=garment.name), language)


def continued(name: str, language: str) -> str:
    """The head of a garment's further pages."""
    return in_language(said("lookbook.continued", name=name), language)


def pixels(picture: ExportPicture) -> str:
    """Its size as readers know it."""
    return f"{picture.width} × {picture.height}"


def cover_facts(export: Export, said: Mapping[str, str]) -> list[tuple[str, str]]:
    """What stands at the foot of the cover: labels with their values."""
    shown = [garment for garment in export.garments if garment.pictures]
    by = [(said["by"], export.by)] if export.by else []
    counts = [(said["garments"], str(len(shown))), (said["pictures"], str(sum(1 for _ in export.pictures)))]
    return [*by, *counts]


def garment_facts(garment: ExportGarment, said: Mapping[str, str], language: str) -> list[tuple[str, str]]:
    """What stands beside a garment: labels with their values."""
    made = day(max(picture.made_at for picture in garment.pictures), language)
    article = [(said["article"], garment.article)] if garment.article else []
    return [*article, (said["made"], made)]
