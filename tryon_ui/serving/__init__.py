"""How the page is served, and what it is guarded against."""
