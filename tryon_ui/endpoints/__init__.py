"""The named endpoints, by which scripts and agents do what the page does."""
