"""What can be set, and what is refused when it is."""

import pytest

from tryon_sandbox import Dialect, SandboxSettings, Timing


@pytest.mark.parametrize(
    "wrong",
    [
        {"dialects": frozenset({"klingon"})},
        {"link_ttl_s": 0},
        {"task_ttl_s": -1},
        {"timestamp_window_s": 0},
    ],
)
def test_settings_that_make_no_sense_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        SandboxSettings(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [(-1, 1, 0), (1, -1, 0), (1, 1, 1.1), (1, 1, -0.1)])
def test_a_schedule_that_makes_no_sense_is_refused(wrong: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError):
        Timing(*wrong)


def test_every_dialect_is_of_one_vendor() -> None:
    assert {dialect.vendor for dialect in Dialect} == {"aidge", "ailab"}
    assert Dialect.PASCAL.vendor == "aidge" and Dialect.V3.vendor == "ailab"
