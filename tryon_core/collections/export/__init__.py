"""What is handed over of a collection: a zip, a lookbook, a contact sheet, and copies with the AI label."""
