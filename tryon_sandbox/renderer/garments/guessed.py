"""What to say where it was only guessed what a thing is: of hats nobody wants to hear about armholes."""

UNTOLD = "What garment it is cannot be told from its outline."
# Ends and beginnings of reasons that name parts which only some kind of garment has.
NAMES_PARTS = (
    "cannot be made out.",
    "are not where a garment has them.",
    "are not where trousers have them.",
    "stand out from its outline.",
    "is not a skirt's.",
)


def told(reason: str, given: str) -> str:
    """The reason; a general one in its place, if it is about parts of a kind that nobody gave."""
    return UNTOLD if not given and reason.endswith(NAMES_PARTS) else reason
