"""What is drawn here is no photo: the network that looks at photos is asked where a test says so."""

from collections.abc import Iterator

import pytest

from tryon_sandbox.renderer.garments.necks import learned_neck
from tryon_sandbox.renderer.garments.networks import learned_kind, not_cloth


@pytest.fixture(autouse=True)
def _by_the_outline_alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for sight in (learned_kind, learned_neck, not_cloth):
        monkeypatch.setattr(sight, "installed", lambda: None)
    yield
