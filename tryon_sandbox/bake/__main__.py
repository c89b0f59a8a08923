"""`python -m tryon_sandbox.bake garments|models|refine [names...]`, in this order."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from tryon_sandbox.bake import garments, garments_worn, models

ASSETS = Path(__file__).parents[2] / "assets"


BAKERS: dict[str, Callable[[Path, Sequence[str]], None]] = {
    "garments": garments.bake,
    "models": models.bake,
    "refine": garments_worn.bake,
}


def main() -> None:
    """Bakes one kind of asset into its folder."""
    parser = argparse.ArgumentParser(
        prog="python -m tryon_sandbox.bake", description="Draws the assets again."
    )
    parser.add_argument("kind", choices=BAKERS)
    parser.add_argument("names", nargs="*", help="only these; all when none is given")
    chosen = parser.parse_args()
    BAKERS[chosen.kind](ASSETS / chosen.kind, chosen.names)


if __name__ == "__main__":
    main()
