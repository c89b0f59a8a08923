"""A visitor's own photo of a person: read, judged, dressed."""
