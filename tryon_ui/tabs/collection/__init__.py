"""The parts of the Try-on tab for a collection: its form, its matrix, and what they do."""
