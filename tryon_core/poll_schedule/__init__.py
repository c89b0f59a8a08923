"""When to ask a vendor, by what was seen before."""
