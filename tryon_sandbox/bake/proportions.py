"""The measures of each body, in cm. Heights are above the floor, widths and depths are half sections.

Adults follow shop-window mannequins (1.78 m on an arched foot, 1.87 m): longer legs and narrower waists than
anthropometric means. The child is 1.22 m, about seven years, 6.3 heads tall.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Depths:
    """Half depths of the trunk, front or back."""

    chest: float
    underbust: float
    waist: float
    belly: float
    hip: float

    def fuller(self, by: "Depths", amount: float) -> "Depths":
        """Each depth grown by its own share, times `amount`."""
        return Depths(*(getattr(self, n) * (1 + getattr(by, n) * amount) for n in self.__dataclass_fields__))


@dataclass(frozen=True, slots=True)
class Proportions:
    """One body. See the module for units."""

    height: float
    chin: float
    neck_pit: float
    acromion: float
    armpit: float
    bust: float
    underbust: float
    waist: float
    hip: float
    crotch: float
    knee: float
    ankle: float
    shoulder_width: float
    chest_width: float
    underbust_width: float
    waist_width: float
    high_hip_width: float
    hip_width: float
    front: Depths
    back: Depths
    breast: float
    pectoral: float
    thigh: float
    calf: float
    arm: float
    neck: float
    head_width: float
    head_depth: float
    hand: float
    arched: bool
    upper_arm: float
    forearm: float

    @property
    def scale(self) -> float:
        """Size against the adult female figure: what fixed small radii are multiplied by."""
        return self.height / 178.0


FEMALE = Proportions(
    height=178, chin=155.8, neck_pit=147, acromion=144.5, armpit=133.5, bust=128, underbust=121, waist=110,
    hip=90, crotch=83, knee=50, ankle=12, shoulder_width=16.3, chest_width=14.2, underbust_width=12.3,
    waist_width=10.8, high_hip_width=14.3, hip_width=16.4, front=Depths(8.5, 8.8, 8.2, 9.2, 8.6),
    back=Depths(9.4, 8.6, 6.6, 8.4, 12.2), breast=5.8, pectoral=0, thigh=8.3, calf=5.0, arm=3.9, neck=4.6,
    head_width=7.5, head_depth=9.4, hand=0.94, arched=True, upper_arm=29.5, forearm=24.5,
)  # fmt: skip

MALE = Proportions(
    height=187, chin=163.8, neck_pit=155, acromion=152.5, armpit=139, bust=136, underbust=126, waist=114,
    hip=95, crotch=86.5, knee=51.5, ankle=9, shoulder_width=19.6, chest_width=17.6, underbust_width=15.8,
    waist_width=13.8, high_hip_width=15.0, hip_width=16.2, front=Depths(10.5, 9.8, 9.2, 9.4, 8.8),
    back=Depths(11.3, 9.8, 8.2, 8.8, 11.6), breast=0, pectoral=8.2, thigh=8.8, calf=5.7, arm=4.9, neck=6.1,
    head_width=7.9, head_depth=9.9, hand=1.06, arched=False, upper_arm=31.5, forearm=26.5,
)  # fmt: skip

CHILD = Proportions(
    height=122, chin=102.5, neck_pit=97, acromion=95, armpit=87.5, bust=84, underbust=79, waist=72, hip=60,
    crotch=55, knee=32.5, ankle=6.5, shoulder_width=11.6, chest_width=10.4, underbust_width=9.8,
    waist_width=9.3, high_hip_width=10.0, hip_width=10.9, front=Depths(6.8, 7.0, 7.2, 7.4, 6.2),
    back=Depths(7.2, 6.6, 5.8, 6.2, 8.2), breast=0, pectoral=0, thigh=5.7, calf=3.7, arm=2.9, neck=3.9,
    head_width=7.3, head_depth=9.0, hand=0.68, arched=False, upper_arm=19.5, forearm=16.5,
)  # fmt: skip

# How much a curvy body outgrows a slim one, as shares of the slim measure.
_WIDER = {
    "chest_width": 0.19, "underbust_width": 0.24, "waist_width": 0.33, "high_hip_width": 0.26,
    "hip_width": 0.22,
    "thigh": 0.27, "calf": 0.2, "arm": 0.33, "neck": 0.12, "breast": 0.24, "shoulder_width": 0.07,
}  # fmt: skip
_DEEPER = Depths(0.15, 0.2, 0.36, 0.36, 0.26)


def fuller(slim: Proportions, amount: float) -> Proportions:
    """The same body, curvier: 1 is a plus-size form, less is broad."""
    grown = {name: getattr(slim, name) * (1 + share * amount) for name, share in _WIDER.items()}
    front, back = slim.front.fuller(_DEEPER, amount), slim.back.fuller(_DEEPER, 0.8 * amount)
    return replace(slim, front=front, back=back, **grown)


BODIES = {
    "female_slim": FEMALE,
    "male_slim": MALE,
    "female_curvy": fuller(FEMALE, 1.0),
    "male_curvy": fuller(MALE, 0.5),
    "child": CHILD,
}
