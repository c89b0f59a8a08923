"""What is drawn here is no photo: the network that looks at photos is asked where a test says so."""

from collections.abc import Iterator

import pytest

from tryon_sandbox.renderer.garments import learned_kind


@pytest.fixture(autouse=True)
def _by_the_outline_alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(learned_kind, "installed", lambda: None)
    yield
