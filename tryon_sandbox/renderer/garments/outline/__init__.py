"""An outline before its marks are found: its widths, its legs, and what hangs from it and is none of it."""
