"""Pictures that the page shows many of at once, laid on one sheet each. `draw_sheets` draws them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Sheet:
    """Equal pictures in rows. `cell` is one's width and height in pixels."""

    file: str
    columns: int
    cell: tuple[int, int]

    def rows(self, count: int) -> int:
        """How many rows that many pictures take."""
        return -(-count // self.columns)

    def place(self, number: int, count: int) -> tuple[str, str]:
        """Where the picture of that number, from 0, lies on the sheet, and how large the sheet is, as CSS has
        them: a position and a size in percent of one picture."""
        rows = self.rows(count)
        row, column = divmod(number, self.columns)
        at = f"{_share(column, self.columns)}% {_share(row, rows)}%"
        return at, f"{self.columns * 100}% {rows * 100}%"


GARMENTS: Final = Sheet("sheets/garments.webp", 6, (120, 120))
MODELS: Final = Sheet("sheets/models.webp", 4, (200, 210))  # twice the size of a tile


def _share(number: int, count: int) -> str:
    return f"{100 * number / max(count - 1, 1):.4g}"
