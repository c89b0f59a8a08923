"""What to say where it was only guessed what a thing is: of hats nobody wants to hear about armholes."""

UNTOLD = "What garment it is cannot be told from its outline."


class OfPart(str):
    """A reason about a part that only some kinds of garment have."""

    __slots__ = ()


def told(reason: str, given: str) -> str:
    """The reason; a general one in its place, if it is about a part of a kind that nobody gave."""
    return UNTOLD if isinstance(reason, OfPart) and not given else reason
