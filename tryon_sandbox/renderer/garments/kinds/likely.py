"""What follows from how likely a photo shows this or that: a kind that is sure, or a name to refuse it by."""

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np

from tryon_sandbox.renderer.garments.kinds.odd_outlines import SEVERAL
from tryon_sandbox.renderer.garments.kinds.recognise import Kind
from tryon_sandbox.renderer.garments.networks.learned_kind import Shares, Sleeves, Thing

KINDS = {
    Kind.TOP: (Thing.TOP,),
    Kind.DRESS: (Thing.DRESS,),
    Kind.TROUSERS: (Thing.TROUSERS, Thing.SHORTS),
    Kind.SKIRT: (Thing.SKIRT,),
}
TOPS = frozenset({Kind.TOP, Kind.DRESS})
BOTTOMS = frozenset({Kind.TROUSERS, Kind.SKIRT})
NAMES = {
    Thing.BAG: "It looks like a bag.",
    Thing.HAT: "It looks like a hat.",
    Thing.SHOES: "It looks like a pair of shoes.",
    Thing.SCARF: "It looks like a scarf.",
    Thing.JUMPSUIT: "It looks like a jumpsuit or dungarees.",
    Thing.SWIMWEAR: "It looks like swimwear or underwear.",
    Thing.SEVERAL: SEVERAL,
    Thing.WORN: "It looks as if a person wore it.",
    Thing.OTHER: "It does not look like a garment.",
}
HARDLY_ANY = 0.05  # the share from which on a photo may show it; trousers on a fur 0.01
# Of 456 photos in collections that the layer was not fitted to: a kind with such a share was right for
# 98 in 100, and two garments were called by another thing's name at 0.5 and none at 0.7.
SURE, NOT_WORN, NAMED = 0.8, 0.7, 0.6
# The likeliest kind, where the outline can be read as it, too: from so much on, with so little at most for
# all that is nothing to be worn, and over what was read at first if that has at most half as much.
FAVOURED, UNWORN, HALF = 0.45, 0.3, 0.5
UNLIKELY = 0.12  # from here down on it is not what it was read as; of 671 photos none that is worn well
# From armpit to hem by the chest: of 30 dresses none is shorter than 1.66, a top that swings out from below
# the bust 1.16. And how likely a dress a top is at the most that is so long: two dresses read as tops of 1.21
# and 1.88 were such by 0.34 and 0.21; coats, blazers and polo shirts by 0.15.
SHORT_DRESS, RIVAL = 1.3, ((1.1, 1.7), (0.30, 0.18))
# The same of tops that are longer, to 1.94: all are such by 0.86; a straight dress of 1.54 is by 0.53.
LONG_TOP, HARDLY_TOP = 1.42, 0.6
HARDLY = 0.40  # the likeliest kind, where a dress was read: right ones from 0.45, a halter top 0.31
# All of five that were more likely sleeveless, and read with sleeves, were read wrongly; two of 0.64 rightly.
SLEEVELESS = 0.67
SHORT = 0.8  # two that were so likely to have short sleeves were read with none or long ones: both wrongly
# All ten that were so likely, up to SHORT, had short sleeves; one of them was drawn to the wrist.
ELBOW = 0.67
# Of garments cut out once more, one whose sleeves were long by 0.61 was drawn wrongly, others were from 0.87.
CLEAR = 0.67
EITHER_OF_BOTH = 0.5  # for a top or dress together, where the outline is one's: right ones from 0.53
# Of 60 tops and dresses whose outline has short sleeves, those that were so likely to have long ones: of four
# two had such, folded or bent, and two of one kind cannot be told from them. The next had 0.59, to the elbow.
SHOWN = 0.67
LONG = 0.8  # of 115 tops and dresses that were so likely to have long sleeves, all had some
EITHER = 0.3  # for shorts or trousers, from where on it says which: one of 59 was called the other


@dataclass(frozen=True, slots=True)
class Likely:
    """What follows from these shares; nothing where there is no network to ask."""

    shares: Shares = field(default_factory=lambda: Shares({}, {}))

    @property
    def kind(self) -> Kind | None:
        """The one kind that it must be, if there is one."""
        return next((kind for kind in KINDS if self.of(kind) > SURE), None)

    @property
    def favoured(self) -> Kind | None:
        """The likeliest kind, where little speaks for what is nothing to be worn."""
        kind = max(KINDS, key=self.of)
        return kind if self.of(kind) > FAVOURED and self._nothing_worn < UNWORN else None

    @property
    def is_clear(self) -> bool:
        """Whether a kind is favoured, and it shows how long the sleeves of a top or dress are."""
        if self.favoured not in (Kind.TOP, Kind.DRESS):
            return self.favoured is not None
        return max(self.shares.sleeves.values(), default=0.0) > CLEAR

    def higher(self, kind: Kind) -> Kind | None:
        """What it likelier is than trousers or a skirt, where that hangs from the shoulders."""
        likeliest = max(KINDS, key=self.of)
        is_higher = kind in BOTTOMS and likeliest not in BOTTOMS
        return likeliest if is_higher and self.of(likeliest) > self.of(kind) else None

    def rather(self, kind: Kind) -> bool:
        """Whether another kind is favoured over this one."""
        favoured = self.favoured
        return favoured is not None and self.of(kind) < HALF * self.of(favoured)

    @property
    def are_shorts(self) -> bool | None:
        """Whether trousers are shorts; None where that is not clear."""
        short, long = (self._share(thing) for thing in (Thing.SHORTS, Thing.TROUSERS))
        return short > long if short + long > EITHER else None

    @property
    def may_be_shorts(self) -> bool:
        """Whether trousers are nearly as likely shorts as long ones."""
        return bool(
            self._share(Thing.SHORTS) > HALF * self._share(Thing.TROUSERS) and self.are_shorts is False
        )

    @property
    def is_sleeveless(self) -> bool:
        """Whether a top or dress has no sleeves, whatever its outline looks like."""
        return self.shares.sleeves.get(Sleeves.NONE, 0.0) > SLEEVELESS

    @property
    def hides_no_sleeves(self) -> bool:
        """Whether a top or dress has no long sleeves, which alone may lie on it unseen."""
        return self.shares.sleeves.get(Sleeves.LONG, 1.0) < UNLIKELY

    @property
    def is_long_sleeved(self) -> bool:
        """Whether a top or dress has sleeves to the wrist, wherever they lie."""
        return self.shares.sleeves.get(Sleeves.LONG, 0.0) > LONG

    @property
    def is_short_sleeved(self) -> bool:
        """Whether a top or dress has sleeves to the elbow at most, wherever they seem to end."""
        return self.shares.sleeves.get(Sleeves.SHORT, 0.0) > SHORT

    @property
    def is_rather_short_sleeved(self) -> bool:
        """Whether sleeves of a top or dress are likelier short than long."""
        short, long = (self.shares.sleeves.get(sleeves, 0.0) for sleeves in (Sleeves.SHORT, Sleeves.LONG))
        return short > long

    @property
    def ends_at_elbow(self) -> bool:
        """Whether sleeves of a top or dress that were read are short, however long they lie."""
        return self.shares.sleeves.get(Sleeves.SHORT, 0.0) > ELBOW

    @property
    def shows_long_sleeves(self) -> bool:
        """Whether sleeves of a top or dress that were read are long, wherever they seem to end."""
        return self.shares.sleeves.get(Sleeves.LONG, 0.0) > SHOWN

    @property
    def is_top_or_dress(self) -> bool:
        """Whether it is one of these, be it clear which or not."""
        return self.of(Kind.TOP) + self.of(Kind.DRESS) > EITHER_OF_BOTH

    @property
    def is_bottom(self) -> bool:
        """Whether it hangs from the hips, be it clear by legs or not."""
        return sum(map(self.of, BOTTOMS)) > EITHER_OF_BOTH

    @property
    def is_rather_skirt(self) -> bool:
        """Whether it hangs from the hips, likelier a skirt than trousers or shorts, and is hardly a scarf."""
        is_likelier = self.is_bottom and self.of(Kind.SKIRT) > self.of(Kind.TROUSERS)
        return is_likelier and self._nothing_worn < UNWORN

    @property
    def is_rather_trousers(self) -> bool:
        """Whether it hangs from the hips, and is likelier trousers or shorts than a skirt."""
        return self.is_bottom and self.of(Kind.TROUSERS) > self.of(Kind.SKIRT)

    @property
    def tells_length(self) -> bool:
        """Whether trousers, if it is some, are likely of one length."""
        return max(self._share(Thing.SHORTS), self._share(Thing.TROUSERS)) > FAVOURED

    @property
    def has_sleeves(self) -> bool:
        """Whether it is a top or dress, and has sleeves, be they short or long."""
        return self.is_top_or_dress and self.shares.sleeves.get(Sleeves.NONE, 1.0) < UNLIKELY

    def of(self, kind: Kind) -> float:
        """How likely it is of this kind, 0..1."""
        return sum(map(self._share, KINDS[kind]))

    def denies(self, things: Collection[Thing]) -> bool:
        """Whether the photo shows hardly any of these; not where nothing is asked, or nobody looked."""
        return bool(self.shares.things and things) and sum(map(self._share, things)) < HARDLY_ANY

    def speaks_against(self, kind: Kind) -> bool:
        """Whether it is likely anything but this, be it worn or not."""
        return self.of(kind) < UNLIKELY and sum(self.shares.things.values()) - self.of(kind) > NOT_WORN

    @property
    def shows_nothing(self) -> bool:
        """Whether no kind is likely."""
        return bool(self.shares.things) and max(map(self.of, KINDS)) < HARDLY

    def leaves_open(self, kind: Kind, side: float) -> bool:
        """Whether a top whose sides are so long by its chest may be a dress; or a dress, a top."""
        if kind is Kind.TOP:
            is_rivalled = side > RIVAL[0][0] and self.of(Kind.DRESS) > float(np.interp(side, *RIVAL))
            return is_rivalled or (
                side > LONG_TOP and bool(self.shares.things) and self.of(kind) < HARDLY_TOP
            )
        return bool(self.shares.things) and side < SHORT_DRESS and self.of(kind) < SURE

    def is_short_for_dress(self, side: float) -> bool:
        """Whether what seems to be a dress, and is none for sure, is a top, as its sides are so short."""
        return side < RIVAL[0][0] and self.of(Kind.DRESS) < SURE

    @property
    def unworn(self) -> str:
        """What it is if most of all that it may be is nothing to be worn, in a sentence, or nothing."""
        return self.other(0) if self.is_unworn else ""

    @property
    def is_unworn(self) -> bool:
        """Whether most of all that it may be is nothing to be worn, be it clear what or not."""
        return self._nothing_worn > NOT_WORN

    @property
    def _nothing_worn(self) -> float:
        """How likely it is nothing to be worn, be it clear what or not, 0..1."""
        return sum(map(self._share, NAMES))

    def shows_parts_of(self, kind: Kind) -> bool:
        """Whether it is likely of a kind that has the parts of this one, which may be told of then."""
        return any({kind, self.favoured} <= group for group in (TOPS, BOTTOMS))

    @property
    def is_worn(self) -> bool:
        """Whether it is a garment that can be worn, be it clear which or not."""
        return sum(map(self.of, KINDS)) > EITHER_OF_BOTH

    def may_be_no(self, kind: Kind) -> bool:
        """Whether it is not of this kind for sure."""
        return bool(self.shares.things) and self.of(kind) < SURE

    def may_be_other(self, kind: Kind) -> bool:
        """Whether it may be the other of top and dress, as it is that likelier than anything else."""
        other = max(KINDS, key=self.of)
        return {kind, other} == TOPS and self.of(other) > max(HARDLY, *map(self._share, NAMES))

    def other(self, least: float) -> str:
        """What it is if no garment that can be worn, in a sentence, or nothing."""
        thing = max(NAMES, key=self._share)
        return NAMES[thing] if self._share(thing) > least else ""

    def _share(self, thing: Thing) -> float:
        return self.shares.things.get(thing, 0.0)
