"""What kind a garment is: the ten samples, and silhouettes drawn from measures."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.renderer import patterns
from tests.renderer.patterns import Drawn
from tests.renderer.sample_garments import VENDOR_TYPES, garment
from tryon_sandbox.renderer.cutout import silhouette
from tryon_sandbox.renderer.garments import reading
from tryon_sandbox.renderer.garments.garment import understand
from tryon_sandbox.renderer.garments.kinds.recognise import VENDOR_TYPE, Kind, recognise

pytestmark = pytest.mark.slow

TOPS = {
    "tee": patterns.top(sleeve=20),
    "tee with arms straight out": patterns.top(sleeve=20, angle=5, cuff=18),
    "tee with arms raised": patterns.top(sleeve=20, angle=-10, cuff=18),
    "oversized tee": patterns.top(chest=30, shoulder=27, hem=30, sleeve=22, angle=35, cuff=22),
    "long sleeves": patterns.top(sleeve=60, angle=65, cuff=10),
    "long sleeves straight out": patterns.top(sleeve=58, angle=0, cuff=10),
    "sleeves beside the body": patterns.sleeves_beside_body(),
    "sleeves ending above the hem": patterns.sleeves_beside_body(longer=-10),
    "bell sleeves": patterns.bell_sleeves(),
    "tank": patterns.top(neck=11, shoulder=15, collar=12),
    "shell": patterns.top(),
    "tunic": patterns.top(length=76, hem=27),
    "camisole": patterns.strapped(),
    "halter": patterns.halter(),
    "off-shoulder": patterns.off_shoulder(),
}
DRESSES = {
    "slip": patterns.strapped(length=95, hem=30),
    "halter dress": patterns.halter(length=105),
    "off-shoulder dress": patterns.off_shoulder(length=95),
    "mini": patterns.top(length=90, waist=19, hem=34, shoulder=18, chest=22),
    "mini with sleeves": patterns.top(length=90, waist=19, hem=34, shoulder=18, chest=22, sleeve=18),
    "midi with sleeves": patterns.top(length=112, waist=19, hem=38, shoulder=18, chest=22, sleeve=18),
    "sheath": patterns.top(length=100, waist=19, hem=23, shoulder=18, chest=22),
    "maxi": patterns.top(length=140, waist=19, hem=48, shoulder=18, chest=22),
    "maxi with long sleeves": patterns.top(
        length=140, waist=19, hem=48, shoulder=18, chest=22, sleeve=58, angle=70, cuff=10
    ),
}
TROUSERS = {
    "trousers": patterns.trousers(),
    "skinny": patterns.trousers(hem=12, apart=16, hips=22),
    "flared": patterns.trousers(hem=26, apart=12),
    "far apart": patterns.trousers(apart=40),
    "legs together": patterns.trousers(together=True),
    "shorts": patterns.trousers(length=42, hem=27, apart=3),
    "wide shorts": patterns.trousers(length=38, hem=32, apart=2, rise=29),
    "mini shorts": patterns.trousers(length=32, hem=24, apart=4, rise=26),
}
SKIRTS = {
    "pencil": patterns.skirt(hem=20),
    "A-line": patterns.skirt(hem=38),
    "mini": patterns.skirt(length=36, hem=26),
    "maxi": patterns.skirt(length=100, hem=45),
    "circle": patterns.skirt(waist=16, hips=36, hem=70, length=65, sag=22),
    "straight midi": patterns.skirt(length=75, hem=25),
}
EVERY = [
    pytest.param(drawn, kind, id=f"{name}, {kind}")
    for kind, all_of in (
        (Kind.TOP, TOPS),
        (Kind.DRESS, DRESSES),
        (Kind.TROUSERS, TROUSERS),
        (Kind.SKIRT, SKIRTS),
    )
    for name, drawn in all_of.items()
]


def _kind(drawn: Drawn, given_type: str = "") -> Kind:
    return reading.read(silhouette.measure(drawn.mask), drawn.colours(), given_type)[0]


@pytest.mark.parametrize("name", VENDOR_TYPES)
def test_every_sample_has_its_type(name: str) -> None:
    assert understand(garment(name)).vendor_type == VENDOR_TYPES[name]


@pytest.mark.parametrize(("drawn", "kind"), EVERY)
def test_a_drawn_garment_is_recognised(drawn: Drawn, kind: Kind) -> None:
    assert _kind(drawn) == kind


@pytest.mark.parametrize(("drawn", "kind"), EVERY[::5])
def test_a_garment_squeezed_or_smaller_is_still_the_same(drawn: Drawn, kind: Kind) -> None:
    found = {_kind(drawn.changed(wide, high)) for wide, high in ((0.88, 1.0), (1.0, 0.88), (0.6, 0.6))}
    assert found == {kind}


@pytest.mark.parametrize("given_type", ["tops", "bottoms", "dresses"])
@pytest.mark.parametrize("drawn", [TOPS["tee"], DRESSES["maxi"], SKIRTS["A-line"], TROUSERS["shorts"]])
def test_a_type_that_is_given_wins(drawn: Drawn, given_type: str) -> None:
    assert VENDOR_TYPE[recognise(silhouette.measure(drawn.mask), given_type)] == given_type


def test_given_bottoms_are_told_apart_by_their_legs() -> None:
    assert _kind(TROUSERS["legs together"], "bottoms") == Kind.TROUSERS
    assert _kind(SKIRTS["pencil"], "bottoms") == Kind.SKIRT


@settings(max_examples=12)
@given(
    st.floats(18, 27),
    st.floats(19, 28),
    st.floats(58, 70),
    st.floats(14, 26),
    st.floats(25, 60),
    st.floats(13, 20),
)
def test_any_tee_is_a_top(
    shoulder: float, chest: float, length: float, sleeve: float, angle: float, cuff: float
) -> None:
    drawn = patterns.top(
        shoulder=shoulder, chest=chest, hem=chest, length=length, sleeve=sleeve, angle=angle, cuff=cuff
    )
    assert _kind(drawn) == Kind.TOP


@settings(max_examples=12)
@given(st.floats(15, 21), st.floats(22, 28), st.floats(80, 108), st.floats(12, 28), st.floats(2, 40))
def test_any_trousers_are_trousers(
    waist: float, hips: float, length: float, hem: float, apart: float
) -> None:
    drawn = patterns.trousers(waist=waist, hips=hips, length=length, hem=hem, apart=apart)
    assert _kind(drawn) == Kind.TROUSERS


@settings(max_examples=12)
@given(st.floats(14, 19), st.floats(20, 26), st.floats(20, 45), st.floats(35, 100))
@example(19.0, 20.0, 20.0, 35.0).via("the straightest")
@example(19.0, 20.0, 20.0, 70.0).via("the straightest")
def test_any_skirt_is_a_skirt(waist: float, hips: float, hem: float, length: float) -> None:
    assert _kind(patterns.skirt(waist=waist, hips=hips, hem=hem, length=length)) == Kind.SKIRT


def test_every_kind_has_a_vendor_type() -> None:
    assert set(VENDOR_TYPE) == set(Kind)
    assert np.isin(list(VENDOR_TYPE.values()), ["tops", "bottoms", "dresses"]).all()


@pytest.mark.parametrize(("above_hem", "kind"), [(10.0, Kind.TOP), (46.0, Kind.DRESS)])
def test_what_ends_near_its_cuffs_is_no_dress_however_narrow_its_chest(above_hem: float, kind: Kind) -> None:
    assert _kind(patterns.sleeves_beside_body(length=110, longer=-above_hem)) is kind
