"""Who and what is let in: callers, paths, bodies, log-ins, uploads, and how much of each."""
