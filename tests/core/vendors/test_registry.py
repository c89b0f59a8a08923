"""What is said of a vendor that there is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tryon_core import InvalidRequest, vendor, vendors
from tryon_core.vendors import registry


def test_a_vendor_that_there_is_not_is_named_and_so_are_all_that_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(registry, "_SPECS", {spec.id: spec for spec in vendors()})
    registry.register(replace(registry.vendor("aidge"), id="atelier"))
    with pytest.raises(InvalidRequest) as refused:
        vendor("zzz")

    assert str(refused.value) == "Vendor: found zzz. Allowed: aidge, ailab or atelier."
    assert refused.value.problem.in_language("zh").todo == "要求：aidge、ailab或atelier。"
