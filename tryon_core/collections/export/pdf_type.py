"""Text on the pages of a PDF: in our fonts, piece by piece where one font does not have all of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fpdf import FPDF

from tryon_core.collections.export.fonts import CHAIN, REGULAR, runs_of

INK, DIM = "#17181b", "#5a5d63"
_MORE = "…"


class Type:
    """Sets lines by their baselines. Lengths are millimetres, `size` is points, `spacing` a part of it."""

    def __init__(self, pdf: FPDF) -> None:
        self._pdf = pdf

    def line(
        self,
        text: str,
        x: float,
        y: float,
        size: float,
        *,
        weight: int = REGULAR,
        colour: str = INK,
        spacing: float = 0.0,
        right: bool = False,
        most: float | None = None,
    ) -> None:
        """One line from `x` on, or up to it from the left for `right`; cut short where it is longer than
        `most`."""
        text = self._cut(text, size, weight, spacing, most) if most is not None else text
        self._pdf.set_text_color(colour)
        at = x - self.width(text, size, weight, spacing) if right else x
        for run in runs_of(text, weight):
            with self._set(run.font, size, spacing):
                self._pdf.text(at, y, run.text)
                at += self._pdf.get_string_width(run.text)

    def width(self, text: str, size: float, weight: int = REGULAR, spacing: float = 0.0) -> float:
        """How long a line is."""
        total = 0.0
        for run in runs_of(text, weight):
            with self._set(run.font, size, spacing):
                total += self._pdf.get_string_width(run.text)
        return total

    def lines(self, text: str, size: float, weight: int, spacing: float, most: float) -> list[str]:
        """The text in lines of at most `most`, broken between words, or within one that is longer."""
        found, line = list[str](), ""
        for word in _words(text):
            if not line or self.width((line + word).rstrip(), size, weight, spacing) <= most:
                line += word
            else:
                found.append(line.rstrip())
                line = word
        return [*found, line.rstrip()]

    def _cut(self, text: str, size: float, weight: int, spacing: float, most: float) -> str:
        if self.width(text, size, weight, spacing) <= most:
            return text
        while text and self.width(text + _MORE, size, weight, spacing) > most:
            text = text[:-1].rstrip()
        return text + _MORE

    @contextmanager
    def _set(self, font: Path, size: float, spacing: float) -> Iterator[None]:
        if font.stem not in self._pdf.fonts:
            self._pdf.add_font(font.stem, fname=font)
        self._pdf.set_font(font.stem, size=size)
        self._pdf.set_char_spacing(size * spacing)
        yield
        self._pdf.set_char_spacing(0)


def _words(text: str) -> Iterator[str]:
    """Pieces between which a line may end: words with the space behind them, and Chinese signs."""
    for word in text.split():
        for run in runs_of(word):
            yield from run.text if run.font == CHAIN[-1] else (run.text,)
        yield " "
