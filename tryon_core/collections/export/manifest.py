"""The manifest: what each file is and where it came from, for people in a table and for programs in JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass

from tryon_core.collections.export.contents import Export, ExportPicture
from tryon_core.collections.garment_list_csv import guarded
from tryon_core.manifest_rows import file_facts, moment

_BOM = "\ufeff"  # by which Excel knows UTF-8


@dataclass(frozen=True, slots=True)
class Entry:
    """A picture with its file in the zip; `file` is "" for one whose file is gone. `label` is where its AI
    label comes from, `source_type` what that says, and `sha256` is of the file in the zip."""

    picture: ExportPicture
    file: str
    sha256: str = ""
    label: str = ""
    source_type: str = ""


def row_of(entry: Entry) -> dict[str, object]:
    """What is said of one picture, by the names of the columns."""
    picture = entry.picture
    return {
        "file": entry.file,
        "article": picture.article,
        "garment": picture.garment,
        "model": picture.model,
        "view": picture.view,
        "n": picture.n,
        "options": dict(picture.options),
        "vendor": picture.vendor,
        "sandbox": not picture.live,
        "task_id": picture.task_id,
        "request_id": picture.request_id,
        "made_at": moment(picture.made_at),
        **file_facts(picture),
        "sha256_of_file": entry.sha256,
        "refined_from": picture.refined_from,
        "charged": picture.charged,
        "person_photo": picture.person,
        "ai_label": entry.label,
        "digital_source_type": entry.source_type,
        "note": picture.note,
        "chosen": picture.chosen,
        "votes": [{"by": vote.reviewer, "vote": vote.verdict, "word": vote.word} for vote in picture.votes],
    }


def manifest_json(export: Export, entries: Sequence[Entry]) -> bytes:
    """The manifest as JSON."""
    head = {"title": export.title, "by": export.by, "made_at": moment(export.made_at)}
    whole = {**head, "pictures": [row_of(entry) for entry in entries]}
    return json.dumps(whole, indent=2, ensure_ascii=False).encode()


def manifest_csv(entries: Sequence[Entry]) -> bytes:
    """The manifest as a table that Excel opens with the right letters and takes nothing of for a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    rows = [row_of(entry) for entry in entries]
    writer.writerow(rows[0] if rows else ["file"])
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return (_BOM + text.getvalue()).encode()


def _in_line(vote: dict[str, str | None]) -> str:
    """What one person said of a picture: "Anna: yes, a bit short"."""
    return f"{vote['by']}: {', '.join(filter(None, (vote['vote'], vote['word'])))}"


def _cell(value: object) -> object:
    if isinstance(value, dict):
        value = "; ".join(f"{name}: {said}" for name, said in value.items())
    if isinstance(value, list):
        value = "; ".join(_in_line(vote) for vote in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return guarded(value) if isinstance(value, str) else value
