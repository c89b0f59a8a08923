"""My jobs as a gallery: its cards as HTML, and how they are looked up."""
