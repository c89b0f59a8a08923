"""What a collection takes to hand over: the zip's memory and pace, the PDF's time and size."""

from __future__ import annotations

import io
import sys
import tempfile
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

from fpdf import FPDF
from PIL import Image

from tests.core.collections.export.exports import ENDINGS, MADE_AT, picture
from tryon_core.collections.export.contents import Export, ExportGarment, ExportPicture
from tryon_core.collections.export.lookbook_html import lookbook_html
from tryon_core.collections.export.lookbook_pdf import lookbook_pdf
from tryon_core.collections.export.zip_stream import zip_stream

SIZE = (768, 1024)  # as the try-on vendor serves it
IN_ZIP, IN_PDF, A_GARMENT = 400, 100, 4


def photo(seed: int, kind: str) -> bytes:
    """A photo-like picture, another one for each seed."""
    coarse = Image.frombytes("RGB", (96, 128), Random(seed).randbytes(96 * 128 * 3))
    buffer = io.BytesIO()
    coarse.resize(SIZE, Image.Resampling.BICUBIC).save(buffer, kind, quality=92)
    return buffer.getvalue()


def export(folder: Path, kind: str, count: int) -> Export:
    """So many pictures that differ, four of a garment."""
    pictures = [
        picture(folder, photo(n, kind), f"{n}{ENDINGS[kind]}", model=f"Model {n}") for n in range(count)
    ]
    parts = [tuple(pictures[start : start + A_GARMENT]) for start in range(0, count, A_GARMENT)]
    garments = tuple(ExportGarment(f"Garment {n}", f"40-{n:04}", part) for n, part in enumerate(parts, 1))
    return Export("Autumn 26", garments, MADE_AT)


def taken_s(work: Callable[[], object]) -> float:
    """Seconds, the better of two."""
    found = []
    for _ in range(2):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return min(found)


def peak_mb(work: Callable[[], object]) -> float:
    """What it holds at most, in MB."""
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def drained(whole: Export) -> int:
    """All of the zip, read and let go."""
    return sum(map(len, zip_stream(whole)))


def plain_zip(pictures: list[ExportPicture], target: Path) -> None:
    """The peer: Python's own, to a file."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for number, one in enumerate(pictures):
            archive.write(one.path, f"{number}{one.path.suffix}")


def plain_pdf(pictures: list[ExportPicture]) -> bytes:
    """The peer: fpdf2's own, a picture a page and nothing else."""
    pdf = FPDF()
    for one in pictures:
        pdf.add_page()
        pdf.image(one.path, 10, 10, 120)
    return bytes(pdf.output())


def zip_row(base: Export, folder: Path) -> str:
    """The zip of four times these pictures."""
    more = replace(base, garments=base.garments * (IN_ZIP // IN_PDF))
    tenth = replace(base, garments=base.garments[: IN_ZIP // 10 // A_GARMENT])
    ours = taken_s(lambda: drained(more))
    peer = taken_s(lambda: plain_zip(list(more.pictures), folder / "x.zip"))
    return (
        f"zip of {IN_ZIP} pictures, {sum(one.size for one in more.pictures) / 1e6:.0f} MB: {ours:.2f} s,"
        f" {peak_mb(lambda: drained(more)):.1f} MB at most (of {IN_ZIP // 10} pictures:"
        f" {peak_mb(lambda: drained(tenth)):.1f}); Python's own to a file: {peer:.2f} s\n"
    )


def pdf_row(kind: str, whole: Export) -> str:
    """The lookbook of these pictures."""
    total = sum(one.size for one in whole.pictures)
    pictures = list(whole.pictures)
    ours, peer = taken_s(lambda: lookbook_pdf(whole)), taken_s(lambda: plain_pdf(pictures))
    page = taken_s(lambda: sum(map(len, lookbook_html(whole))))
    return (
        f"PDF of {len(pictures)} pictures, {kind}, {total / 1e6:.0f} MB: {ours:.1f} s,"
        f" {len(lookbook_pdf(whole)) / total:.3f} times their size; fpdf2's own, pictures only: {peer:.1f} s,"
        f" {len(plain_pdf(pictures)) / total:.3f} times; HTML: {page:.1f} s\n"
    )


def main() -> None:
    """Prints what each takes, beside its peer."""
    with tempfile.TemporaryDirectory() as name:
        sys.stdout.write(zip_row(export(Path(name), "JPEG", IN_PDF), Path(name)))
        for kind in ("JPEG", "PNG"):
            sys.stdout.write(pdf_row(kind, export(Path(name), kind, IN_PDF)))


if __name__ == "__main__":
    main()
