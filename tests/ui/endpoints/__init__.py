"""The named endpoints, as scripts call them."""
