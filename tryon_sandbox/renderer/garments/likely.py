"""What follows from how likely a photo shows this or that: a kind that is sure, or a name to refuse it by."""

from dataclasses import dataclass, field

from tryon_sandbox.renderer.garments.flat_lay_check import WORN
from tryon_sandbox.renderer.garments.learned_kind import Shares, Thing
from tryon_sandbox.renderer.garments.odd_outlines import SEVERAL
from tryon_sandbox.renderer.garments.recognise import Kind

KINDS = {
    Kind.TOP: (Thing.TOP,),
    Kind.DRESS: (Thing.DRESS,),
    Kind.TROUSERS: (Thing.TROUSERS, Thing.SHORTS),
    Kind.SKIRT: (Thing.SKIRT,),
}
NAMES = {
    Thing.BAG: "It looks like a bag.",
    Thing.HAT: "It looks like a hat.",
    Thing.SHOES: "It looks like a pair of shoes.",
    Thing.SCARF: "It looks like a scarf.",
    Thing.JUMPSUIT: "It looks like a jumpsuit or dungarees.",
    Thing.SWIMWEAR: "It looks like swimwear or underwear.",
    Thing.SEVERAL: SEVERAL,
    Thing.WORN: WORN,
    Thing.OTHER: "It does not look like a garment.",
}
# Of 456 photos in collections that the layer was not fitted to: a kind with such a share was right for
# 98 in 100, and two garments were called by another thing's name at 0.5 and none at 0.7.
SURE, NOT_WORN, NAMED = 0.8, 0.7, 0.6
UNLIKELY = 0.12  # for a top read as a dress, or the other way round: their outlines are too alike to go on
SHORT = 2.0  # times as likely shorts as trousers, or the other way round


@dataclass(frozen=True, slots=True)
class Likely:
    """Shares by thing; none where there is no network to ask."""

    shares: Shares = field(default_factory=dict)

    @property
    def kind(self) -> Kind | None:
        """The one kind that it must be, if there is one."""
        return next((kind for kind in KINDS if self.of(kind) > SURE), None)

    @property
    def are_shorts(self) -> bool | None:
        """Whether trousers are shorts; None where that is not clear."""
        short, long = (self.shares.get(thing, 0.0) for thing in (Thing.SHORTS, Thing.TROUSERS))
        if max(short, long) < SHORT * min(short, long) or short + long < 0.5:
            return None
        return short > long

    def of(self, kind: Kind) -> float:
        """How likely it is of this kind, 0..1."""
        return sum(self.shares.get(thing, 0.0) for thing in KINDS[kind])

    def speaks_against(self, kind: Kind) -> bool:
        """Whether it is likely a garment, and of other kinds than this."""
        others = sum(self.of(other) for other in KINDS if other is not kind)
        return self.of(kind) < UNLIKELY and others > NOT_WORN

    def other(self, least: float) -> str:
        """What it is if no garment that can be worn, in a sentence, or nothing."""
        thing = max(NAMES, key=lambda name: self.shares.get(name, 0.0))
        return NAMES[thing] if self.shares.get(thing, 0.0) > least else ""
