"""What to say where it was only guessed what a thing is: of hats nobody wants to hear about armholes."""

UNTOLD = "What garment it is cannot be told from its outline."


class OfPart(str):
    """A reason about a part that only some kinds of garment have."""

    __slots__ = ()


class Untold(str):
    """`UNTOLD`, and which reason about a part it stands for."""

    __slots__ = ("part",)
    part: str

    @classmethod
    def of(cls, part: str) -> "Untold":
        """In place of this reason."""
        made = cls(UNTOLD)
        made.part = part
        return made


def told(reason: str, given: str) -> str:
    """The reason; a general one in its place, if it is about a part of a kind that nobody gave."""
    return Untold.of(reason) if isinstance(reason, OfPart) and not given else reason


def of_part(reason: str) -> str:
    """The reason about a part that this one stands for; any other as given."""
    return reason.part if isinstance(reason, Untold) else reason
