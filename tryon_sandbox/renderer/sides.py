"""Left and right, as the viewer sees them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """`sign` points outwards along x; `limb` is the suffix of the wearer's own limb on this side.

    There are two, told apart by identity: as keys they are asked for a hundred thousand times a garment.
    """

    name: str
    sign: int
    limb: str

    def outermost(self, one: float, other: float) -> float:
        """The one of two x that lies farther out."""
        return self.sign * max(self.sign * one, self.sign * other)


LEFT = Side("left", -1, "R")
RIGHT = Side("right", 1, "L")
BOTH = (LEFT, RIGHT)
