"""Both vendors on the wire: what leaves, what comes back, and what it means."""
