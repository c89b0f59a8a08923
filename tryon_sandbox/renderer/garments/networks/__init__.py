"""Small networks that look at a photo, and the files that they are read from."""
