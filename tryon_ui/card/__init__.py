"""The job card: one component, the same on every tab, and its row in My jobs."""
