"""Handing over jobs with settings that lead to none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tryon_core.handover import main


@pytest.mark.parametrize(("found", "why"), [(None, "FileNotFoundError"), (b"", "OperationalError")])
def test_where_no_jobs_were_ever_kept_that_is_said_in_a_sentence_and_nothing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: bytes | None, why: str
) -> None:
    monkeypatch.chdir(tmp_path)  # no .env here
    monkeypatch.setenv("TRYON_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("TRYON_DATABASE_URL", raising=False)
    file = tmp_path / "data" / "studio.sqlite"
    if found is not None:
        file.parent.mkdir()
        file.write_bytes(found)

    with pytest.raises(SystemExit, match=rf"No jobs .*\({why}\).* must be those of the lost replica"):
        main(["there"])

    assert file.exists() is (found is not None)
