"""What pictures are, what a vendor takes, and what is mended before they leave."""
