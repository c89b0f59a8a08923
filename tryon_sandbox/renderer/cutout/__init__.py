"""Out of a photo, the garment by itself."""
