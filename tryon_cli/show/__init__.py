"""How jobs are shown: bars in a terminal, a line a job elsewhere, JSON for programs."""

from tryon_cli.show.showing import Show as Show
