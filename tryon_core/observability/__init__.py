"""What can be seen of the core from outside: its log, without secrets, and whether its ledger can be read."""
