"""The three tabs: what each shows, and what it does."""
