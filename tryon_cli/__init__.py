"""Try-On Studio by command: a second front end of the same core, beside the page."""
