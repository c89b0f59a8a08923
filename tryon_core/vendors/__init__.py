"""The vendors on the wire, a folder each: what leaves, what comes back, and what it means."""
