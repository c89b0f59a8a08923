"""The framework is imported without its stubs, and for everybody else files are found as ever."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path

import pytest
from gradio.component_meta import create_or_modify_pyi

from tryon_ui import gradio_stubs

COMPONENT = '''
class Shelf:
    """A component of somebody's."""
'''


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> type:
    """A class whose source lies in a file of its own, as a component's does."""
    (tmp_path / "shelf_of_a_test.py").write_text(COMPONENT)
    monkeypatch.syspath_prepend(tmp_path)
    found: type = importlib.import_module("shelf_of_a_test").Shelf
    return found


def test_the_framework_writes_no_stub_while_it_is_imported(shelf: type, tmp_path: Path) -> None:
    with gradio_stubs._without_stubs():
        create_or_modify_pyi(shelf, "Shelf", [])
        assert inspect.getfile(shelf) == str(tmp_path / "shelf_of_a_test.py")
    assert not list(tmp_path.glob("*.pyi"))

    create_or_modify_pyi(shelf, "Shelf", [])
    assert list(tmp_path.glob("*.pyi"))
