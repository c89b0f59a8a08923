"""The top bar: which vendor is live, with whose key, and the panels to change that."""
