"""What answers at an address of ours: assets, pictures, files that are handed over, links to collections."""
